"""From a proposal's row to what a document says of it: names and labels in the place of ids.

A case is a flat dict of texts and lists, the only thing that the child process gets. What the row
does not hold, because its reader may not see it, is an empty text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from aiodataloader import DataLoader

from gateway.base import labels_of
from gateway.context import Context
from gateway.exports.wording import session_of
from gateway.proposals import enums

Row = dict[str, Any]
Case = dict[str, Any]
Names = Mapping[str, str]
NAMELESS = "（姓名不详）"
HANDED_BACK = "RETURN_ACCEPTED"

LISTED = [
    *("serial_no", "case_no", "case_title", "title", "term", "session"),
    *("proposer_type", "session_mark", "category", "state"),
    *("first_proposer", "organisation", "cosignatures", "assignments"),
    *("submitted_at", "filed_at", "assigned_at", "due_at", "replied_at", "closed_at"),
    *("result_class", "recognised_class", "attitude", "result"),
]
TEXT = ["situation", "analysis", "suggestions", "review_opinion", "review_units"]
# Kind of export → the fields of a row that it needs.
FIELDS: Mapping[str, list[str]] = {
    "PROPOSAL_DOCX": [*LISTED, *TEXT, "replies"],
    "COMPILATION_DOCX": [*LISTED, *TEXT],
    "CASE_LIST_XLSX": LISTED,
}


async def cases_of(context: Context, rows: list[Row]) -> list[Case]:
    """The cases of a page, in its order; raises what the members service answers."""
    people, organisations = await asyncio.gather(
        _names(context.loaders.members, {id for row in rows for id in _people(row)}),
        _names(context.loaders.organisations, {id for row in rows for id in _organisations(row)}),
    )
    return [_case(row, people, organisations) for row in rows]


def _people(row: Row) -> list[str]:
    """The first proposer, then those who confirmed."""
    return [*([row["first_proposer"]] if row.get("first_proposer") else []), *_cosigners(row)]


def _cosigners(row: Row) -> list[str]:
    signatures = row.get("cosignatures") or ()
    return [each["member_id"] for each in signatures if each["state"] == "CONFIRMED"]


def _organisations(row: Row) -> Iterable[str]:
    if row.get("organisation"):
        yield row["organisation"]["id"]
    yield from row.get("review_units") or ()
    for part in (*_assignments(row), *_delivered(row)):
        yield part["unit"]


def _assignments(row: Row) -> list[Row]:
    return [each for each in row.get("assignments") or () if each["state"] != HANDED_BACK]


def _delivered(row: Row) -> list[Row]:
    """Nobody's drafts, not even the reader's own."""
    replies = [reply for reply in row.get("replies") or () if reply["delivered_at"]]
    return sorted(replies, key=lambda reply: (reply["round"], reply["delivered_at"]))


async def _names(loader: DataLoader[Any, Any], ids: set[str]) -> Names:
    found = await loader.load_many(sorted(ids))
    return {row["id"]: row["name"] for row in found if row is not None}


def _case(row: Row, people: Names, organisations: Names) -> Case:
    return {
        **{name: row.get(name) or "" for name in TEXTS},
        **{name: _label(enum, row.get(key)) for name, (enum, key) in LABELS.items()},
        "category_no": _position(enums.ProposalCategory, row.get("category")),
        "session": session_of(row.get("term"), row.get("session")),
        "proposer": _proposer(row, people, organisations),
        "collective": bool(row.get("organisation")),
        "cosigners": [people.get(id, NAMELESS) for id in _cosigners(row)],
        "units": [
            {
                "name": organisations.get(each["unit"], each["unit"]),
                "part": _label(enums.AssignmentPart, each["part"]),
            }
            for each in _assignments(row)
        ],
        "suggestions": row.get("suggestions") or [],
        "review_units": [organisations.get(id, id) for id in row.get("review_units") or ()],
        "class": row.get("recognised_class") or row.get("result_class") or "",
        "replies": [_reply(reply, organisations) for reply in _delivered(row)],
    }


def _proposer(row: Row, people: Names, organisations: Names) -> str:
    """The organisation of a collective proposal, else the first proposer."""
    if row.get("organisation"):
        return organisations.get(row["organisation"]["id"], NAMELESS)
    return people.get(row.get("first_proposer") or "", NAMELESS)


TEXTS = (
    *("serial_no", "case_no", "case_title", "title", "situation", "analysis", "review_opinion"),
    *("submitted_at", "filed_at", "assigned_at", "due_at", "replied_at", "closed_at"),
)
# Name in the case → the enum, and the field of the row that holds its value.
LABELS: Mapping[str, tuple[Any, str]] = {
    "kind": (enums.ProposerType, "proposer_type"),
    "mark": (enums.SessionMark, "session_mark"),
    "category": (enums.ProposalCategory, "category"),
    "state": (enums.ProposalState, "state"),
    "attitude": (enums.Grade, "attitude"),
    "result": (enums.Grade, "result"),
}


def _reply(reply: Row, organisations: Names) -> Case:
    sign_off = reply["sign_off"] or {}
    return {
        **{name: reply[name] or "" for name in REPLY_TEXTS},
        "unit": organisations.get(reply["unit"], reply["unit"]),
        "class": reply["result_class"] or "",
        "answers": [
            {**answer, "adoption": _label(enums.AdoptionState, answer["adoption"])}
            for answer in reply["answers"]
        ],
        "commitments": reply["commitments"],
        "outcomes": [
            {
                "commitment": outcome["commitment"],
                "status": _label(enums.CommitmentStatus, outcome["status"]),
                "note": outcome["note"],
            }
            for outcome in reply["outcomes"]
        ],
        "signer": sign_off.get("signer", ""),
        "signed_at": sign_off.get("signed_at") or reply["delivered_at"],
    }


REPLY_TEXTS = (
    "doc_no",
    "title",
    "body",
    "measures",
    "reason",
    "contact_person",
    "contact_phone",
)


def _label(enum: Any, value: str | None) -> str:
    return labels_of(enum).get(value or "", "")


def _position(enum: Any, value: str | None) -> int:
    """Where the value stands in its enum; none comes last."""
    names = list(labels_of(enum))
    return names.index(value) if value in names else len(names)
