"""Proposal ↔ document. A document's keys are the keys of rows on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from itertools import product
from typing import Any
from weakref import WeakKeyDictionary

import cattrs

from services.proposals.domain.assignments import AssignmentState
from services.proposals.domain.deadlines import watched
from services.proposals.domain.evaluation import Evaluation
from services.proposals.domain.groups import group_keys
from services.proposals.domain.holders import holders
from services.proposals.domain.record import Proposal
from services.proposals.domain.text import Text
from shared.persistence.database import Document
from shared.words.searching import title_words, words

NOT_STORED = ("id", "commands", "events")  # what the kernel stores, or nobody does
SPREAD = ("text", "details")  # parts that lie flat in the document

# Enums as their values, tuples as lists; a field that an older document lacks has its default.
converter = cattrs.Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=False)
converter.register_unstructure_hook_func(
    lambda kind: isinstance(kind, type) and issubclass(kind, Enum), lambda value: value.value
)
converter.register_structure_hook(datetime, lambda value, _: value)


# The words that a loaded text came with, for as long as it is in use: most changes of a proposal
# leave its text alone, and it is not cut again.
_words_of: WeakKeyDictionary[Text, list[str]] = WeakKeyDictionary()


def text_words(title: str, *others: str) -> list[str]:
    return sorted({*title_words(title), *words(*others)})


def unit_words(units: Iterable[str], found: Iterable[str]) -> list[str]:
    """Words of a unit's cases: one list, for no index holds two lists of a document."""
    return [f"{unit}|{word}" for unit, word in product(units, found)]


def plain(record: Any) -> Document:
    """An aggregate of any kind, field by field."""
    row = converter.unstructure(record)
    return {"_id": record.id, **{name: row[name] for name in row if name not in NOT_STORED}}


def to_document(proposal: Proposal, at: datetime) -> Document:
    """All fields; text and details lie flat beside the others."""
    units, found = _units(proposal), _text_words(proposal.text)
    row = plain(proposal)
    return {
        **{name: value for name, value in row.items() if name not in SPREAD},
        **row["text"],
        **row["details"],
        "assigned_units": units,
        "in_groups": group_keys(proposal),
        "holders": holders(proposal),
        "words": found,
        "unit_words": unit_words(units, found),
        "updated_at": at,
        "look_at": at if watched(proposal) else None,  # what changed has other alarms
        "untallied": proposal.serial_no is not None,  # the figures have not seen this change
    }


def from_document(row: Document) -> Proposal:
    proposal = converter.structure({**row, "id": row["_id"], "text": row, "details": row}, Proposal)
    if "words" in row:
        _words_of[proposal.text] = row["words"]
    return proposal


def evaluation_from_document(row: Document) -> Evaluation:
    return converter.structure({**row, "id": row["_id"]}, Evaluation)


def _text_words(text: Text) -> list[str]:
    known = _words_of.get(text)
    if known is not None:
        return known
    return text_words(text.title, text.situation, text.analysis, *text.suggestions)


def _units(proposal: Proposal) -> list[str]:
    """Whose case it is: a unit that handed it back no longer sees it. Of what is not filed: who
    has it for reference."""
    back = AssignmentState.RETURN_ACCEPTED
    handling = {a.unit for a in proposal.assignments if a.state is not back}
    receipts = proposal.referral.receipts if proposal.referral else ()
    return sorted(handling | {receipt.unit for receipt in receipts})
