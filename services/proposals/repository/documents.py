"""Proposal ↔ document. A document's keys are the keys of rows on the wire."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

import rjieba

from services.proposals.domain.cosigning import Cosignature, Entry, Seal, Shortfall, Withdrawal
from services.proposals.domain.details import Details
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.proposal import Proposal
from services.proposals.domain.states import Category, Mark, Openness, SignState, State
from services.proposals.domain.text import Text
from shared.persistence.database import Document

DETAIL_FIELDS = [f.name for f in dataclasses.fields(Details)]
SCALARS = (
    "first_proposer",
    "organisation",
    "groups",
    "text_no",
    "text_pinned",
    "session",
    "serial_no",
    "revision",
    "submitted_at",
    "review_due_at",
    "return_comment",
    "window_until",
    "review_opinion",
    "case_no",
    "case_title",
    "filed_at",
    "filed_count",
    "history",
    "created_at",
)
MIN_WORD = 2  # single characters say nothing about likeness


def words(*texts: str) -> list[str]:
    """The different Chinese words of the texts, for search and likeness (rjieba)."""
    found = (w.strip().lower() for text in texts for w in rjieba.cut_for_search(text, True))
    return sorted({word for word in found if len(word) >= MIN_WORD})


def to_document(proposal: Proposal, at: datetime) -> Document:
    """All fields; enums as their values."""
    text = proposal.text
    return {
        "_id": proposal.id,
        "term": proposal.term,
        "version": proposal.version,
        "state": proposal.state.value,
        "proposer_type": proposal.proposer_type.value,
        "session_mark": proposal.session_mark.value if proposal.session_mark else None,
        **text.as_row(),
        **_details(proposal.details),
        "authors": list(proposal.authors),
        "review_units": list(proposal.review_units),
        "cosignatures": [
            {**dataclasses.asdict(c), "state": c.state.value} for c in proposal.cosignatures
        ],
        "seal": _optional(proposal.seal),
        "entry": _optional(proposal.entry),
        "shortfall": _optional(proposal.shortfall),
        "withdrawal": _optional(proposal.withdrawal),
        **{name: getattr(proposal, name) for name in SCALARS},
        "files_told": list(proposal.files_told),
        "words": words(text.title, text.situation, text.analysis, *text.suggestions),
        "updated_at": at,
    }


def from_document(row: Document) -> Proposal:
    details = {name: row[name] for name in DETAIL_FIELDS}
    details["category"] = Category(row["category"]) if row["category"] else None
    details["openness"] = Openness(row["openness"])
    for name in ("topics", "advised_units", "attachments"):
        details[name] = tuple(row[name])
    return Proposal(
        id=row["_id"],
        term=row["term"],
        version=row["version"],
        state=State(row["state"]),
        proposer_type=ProposerType(row["proposer_type"]),
        session_mark=Mark(row["session_mark"]) if row["session_mark"] else None,
        text=Text.of(row),
        details=Details(**details),
        authors=tuple(row["authors"]),
        review_units=tuple(row["review_units"]),
        cosignatures=[
            Cosignature(**{**c, "state": SignState(c["state"])}) for c in row["cosignatures"]
        ],
        seal=Seal(**row["seal"]) if row["seal"] else None,
        entry=Entry(**row["entry"]) if row["entry"] else None,
        shortfall=Shortfall(**row["shortfall"]) if row["shortfall"] else None,
        withdrawal=Withdrawal(**row["withdrawal"]) if row["withdrawal"] else None,
        commands=row.get("commands", []),
        files_told=tuple(row.get("files_told", ())),  # absent before files were kept
        **{name: row[name] for name in SCALARS},
    )


def _details(details: Details) -> Document:
    row = dataclasses.asdict(details)
    row["category"] = details.category.value if details.category else None
    row["openness"] = details.openness.value
    for name in ("topics", "advised_units", "attachments"):
        row[name] = list(row[name])
    row["origin"] = dict(details.origin) if details.origin else None
    return row


def _optional(part: Any) -> Document | None:
    return dataclasses.asdict(part) if part is not None else None
