"""What of an item its viewer is shown: the source is protected (2.7).

Neither unit nor leader learns who wrote it unless the authors agreed; nobody but its authors and
the editors reads the text that they sent in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from services.opinions.commands import access
from services.opinions.domain.record import Issue
from services.opinions.domain.signing import number
from services.opinions.domain.states import ISSUED
from shared.actor import LEADERS, Actor

Row = dict[str, Any]
ISSUED_STATES = {state.value for state in ISSUED}
# Field → who is shown it, besides the authors and the editors, to whom all of it is.
CREDITED, SIGNER, SUPERVISING, UNIT, READER = "credited", "signer", "supervising", "unit", "reader"
ALL = frozenset({CREDITED, SIGNER, SUPERVISING, UNIT, READER})
COURSE = frozenset({CREDITED, SIGNER, SUPERVISING})
SHOWN: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "id",
            "cursor",
            "version",
            "year",
            "state",
            "urgency",
            "openness",
            "topic",
            "topic_codes",
            "edition",
            "issue",
        ),
        ALL,
    ),
    **dict.fromkeys(("channel", "submitted_at", "created_at"), ALL - {READER, UNIT}),
    **dict.fromkeys(("deliveries", "above", "end", "end_note", "closed_at", "history"), COURSE),
    "instructions": COURSE | {UNIT},
    "referrals": COURSE | {UNIT},
    "proofs": COURSE | {UNIT},
    "followers": frozenset({SIGNER}),
    "clocks": frozenset({SIGNER}),
    "good": frozenset({SIGNER, CREDITED}),
}
LISTS = ("deliveries", "above", "instructions", "referrals", "clocks", "history")
HIDDEN_OF_ALL = {"files", "files_told", "next_alarm_at", "counts", "writer", "editor", "term"}


def shaped(actor: Actor, row: Row, own: bool) -> Row:
    """The row as the viewer may see it; what is hidden is None."""
    kind = _kind(actor, row, own)
    whole = kind is None
    shown: Row = {
        name: value if whole or kind in SHOWN.get(name, ()) else None
        for name, value in row.items()
        if name not in HIDDEN_OF_ALL
    }
    text = row["text"] if whole else None
    edition = row["edition"]
    if not whole and row["state"] not in ISSUED_STATES and kind != SIGNER:
        edition = None
    shown |= {
        "original": text,
        "edited": _edited(edition),
        "title": (edition or {}).get("text", {}).get("title")
        or (row["text"]["title"] if whole else ""),
        "issue_no": _number(row["issue"]),
        "author_ids": _authors(row, own, actor),
        "named_ids": _agreed(row),
        "organisation_id": row["organisation"] if whole or row["named"] else None,
        "origin_ref": row["origin_ref"] if whole else None,
        "origin": row["origin"] if whole else None,
        "combined_id": row["combined_into"] if whole else None,
        "combined_count": len(row["followers"]),
        "is_own": own,
    }
    shown |= {name: [_linked(one) for one in shown.get(name) or ()] for name in LISTS}
    if kind == UNIT:
        mine = actor.scope.get("unit")
        shown["referrals"] = [r for r in shown["referrals"] if r["unit"] == mine]
    return shown


def may_read_file(actor: Actor, row: Row, own: bool, file_id: str) -> bool:
    """Voice and photos tell who sent them: they are for its authors and the editors."""
    kind = _kind(actor, row, own)
    return kind is None or (file_id in row["proofs"] and kind in SHOWN["proofs"])


def _kind(actor: Actor, row: Row, own: bool) -> str | None:
    """The viewer's part in it; None for the authors and the editors, who see all."""
    if own or actor.role in access.EDITORS:
        return None
    if actor.role in access.UNITS:
        return UNIT
    if actor.role is access.SUPERVISING:
        return SUPERVISING
    if _credited(actor, row):
        return CREDITED
    return SIGNER if actor.role in LEADERS else READER


def _credited(actor: Actor, row: Row) -> bool:
    organisations = access.organisations_of(actor)
    return any(
        actor.self_among(f["authors"]) is not None or f["organisation"] in organisations
        for f in row["followers"]
    )


def _authors(row: Row, own: bool, actor: Actor) -> list[str]:
    """Editors credit all; authors see themselves and who wrote with them; others who agreed."""
    agreed = _agreed(row)
    if actor.role in access.EDITORS:
        return list(dict.fromkeys([*row["authors"], *_of(row["followers"])]))
    return list(dict.fromkeys([*(row["authors"] if own else ()), *agreed]))


def _agreed(row: Row) -> list[str]:
    """Those who may be named to anybody who reads it."""
    own = row["authors"] if row["named"] else ()
    return list(dict.fromkeys([*own, *_of(f for f in row["followers"] if f["named"])]))


def _of(followers: Iterable[Row]) -> Iterator[str]:
    return (author for follower in followers for author in follower["authors"])


def _edited(edition: Row | None) -> Row | None:
    if edition is None:
        return None
    return {**edition["text"], "edited_at": edition["at"], "sent_at": edition["sent_at"]}


def _number(issue: Row | None) -> str | None:
    return number(Issue(**issue)) if issue else None


def _linked(one: Row) -> Row:
    """With the keys by which the gateway loads what it refers to, without accounts."""
    keys = {f"{name}_id": one[name] for name in ("unit", "to") if name in one}
    return {
        name: value for name, value in one.items() if not name.endswith("_by") or name == "used_by"
    } | keys
