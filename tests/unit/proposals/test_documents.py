"""Words of a proposal: cut from its text, and again only when the text has changed."""

from __future__ import annotations

import pytest

from services.proposals.domain import drafting
from services.proposals.domain.record import Proposal
from services.proposals.repository.documents import from_document, to_document
from shared.words import searching
from shared.words.folding import fold
from tests.unit.proposals.samples import AUTHOR, CHANGED, DETAILS, LATER, NOW, draft


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were cut."""
    texts: list[str] = []

    def watched(text: str) -> list[str]:
        texts.append(text)
        return [text]

    monkeypatch.setattr(searching, "cut", watched)
    return texts


def loaded() -> Proposal:
    stored = to_document(draft(), NOW)
    return from_document({**stored, "words": ["供水", "小区"], "version": 1})


def test_a_text_that_was_loaded_keeps_its_words(cut: list[str]) -> None:
    proposal = loaded()
    cut.clear()
    drafting.discard(proposal, LATER, AUTHOR)
    assert to_document(proposal, LATER)["words"] == ["供水", "小区"]
    assert cut == []


def test_a_changed_text_is_cut(cut: list[str]) -> None:
    proposal = loaded()
    cut.clear()
    drafting.edit(proposal, CHANGED, DETAILS, LATER, AUTHOR)
    parts = [CHANGED.title, CHANGED.situation, CHANGED.analysis, *CHANGED.suggestions]
    folded = [fold(part) for part in parts]
    assert to_document(proposal, LATER)["words"] == sorted({*folded, *fold(CHANGED.title)})
    assert cut == folded


def test_words_are_known_no_longer_than_their_text_is_in_use(cut: list[str]) -> None:
    proposal = loaded()
    del proposal
    cut.clear()
    assert "供水" not in to_document(draft(), NOW)["words"]
    assert len(cut) == 5
