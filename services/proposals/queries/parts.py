"""Who sees which part of a handled proposal (section 3; separation of duties 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from services.proposals.commands.visibility import COMMITTEES, PRO, UNITS
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.replies import ReplyOpenness
from services.proposals.domain.states import SIGNED
from shared.actor import LEADERS, Actor, Role

Row = dict[str, Any]


class Viewer(StrEnum):
    """What the viewer is to the proposal."""

    PROPOSER = "PROPOSER"  # first proposer, confirmed co-signer, writer of the organisation
    UNIT = "UNIT"
    COMMITTEE = "COMMITTEE"
    SUPERVISING = "SUPERVISING"
    CHAIR = "CHAIR"  # who mediates
    FIELD = "FIELD"  # a special committee, which comments
    READER = "READER"
    VISITOR = "VISITOR"  # the public


V = Viewer
TOOK_PART = frozenset({V.PROPOSER, V.UNIT, V.COMMITTEE, V.SUPERVISING})
# Field → who sees it; what is not named here is for all who see the proposal.
SEEN_BY: dict[str, frozenset[Viewer]] = {
    "plan": frozenset({V.COMMITTEE, V.SUPERVISING}),
    "side": frozenset({V.COMMITTEE, V.SUPERVISING}),
    "contacts": TOOK_PART,
    "attitude": TOOK_PART,
    "result": TOOK_PART,
    "objections": frozenset({V.UNIT, V.COMMITTEE, V.SUPERVISING}),
    "swap": frozenset({V.UNIT, V.COMMITTEE, V.SUPERVISING}),
    "first_review": frozenset({V.COMMITTEE}),
    "committee_comments": frozenset({V.COMMITTEE, V.FIELD}),
    "field_committees": frozenset({V.COMMITTEE, V.FIELD}),
    "absent": frozenset({V.COMMITTEE}),
    "supplements": frozenset({V.COMMITTEE}),
    "plagiarism": frozenset({V.PROPOSER, V.COMMITTEE, V.CHAIR}),
    "mediations": TOOK_PART | {V.CHAIR},
    "rehandling_units": TOOK_PART,
}
AMONG_UNITS = ("opinion", "return_request", "dispute", "extensions", "urgings")
# Of a round: what tells how its reply, or the one before, was judged; and how it ended, which the
# proposal tells of the present one.
TELLS_GRADES: Row = {"attitude": None, "result": None, "evaluator": None, "trigger": None}
TELLS_GRADES |= {"units": [], "reason": "", "commitments": []}
ENDS: Row = {"close_kind": None, "closed_at": None}
NUMBERS = frozenset({"case_no", "case_title"})
PROCESS = frozenset(
    {"sign_off_requested_at", "sign_off_refusal", "checks", "saved_at"}
)  # of a reply: the unit's and the offices' own affair


def viewer_of(actor: Actor, row: Row) -> Viewer:
    """What `actor` is to the proposal of `row`, of which it is known that the actor sees it."""
    if actor.role is Role.PUBLIC:
        return V.VISITOR
    if actor.role in PRO:
        return V.COMMITTEE
    if actor.role is Role.SUPERVISING_OFFICE:
        return V.SUPERVISING
    if actor.role in UNITS:
        return V.UNIT
    organisation = row.get("organisation")
    writes = organisation and actor.scope.get(organisation["kind"]) == organisation["id"]
    signed = [c["member_id"] for c in row.get("cosignatures", ()) if c["state"] in SIGNED]
    if writes or actor.self_among([row.get("first_proposer"), *signed]):
        return V.PROPOSER
    if actor.role in COMMITTEES:
        return V.FIELD
    return V.CHAIR if actor.role in LEADERS else V.READER


def shown(actor: Actor, row: Row) -> Row:
    """The row with those parts only that its viewer may see."""
    if PARTS.isdisjoint(row) and not told_by_replies(actor, row):
        return row
    viewer = viewer_of(actor, row)
    kept = {k: v for k, v in row.items() if viewer in SEEN_BY.get(k, EVERYONE)}
    for name, narrow in NARROWED.items():
        if name in kept:
            kept[name] = narrow(kept[name], viewer, actor)
    return _public(kept, row["replies"]) if told_by_replies(actor, row) else kept


def told_by_replies(actor: Actor, fields: Iterable[str]) -> bool:
    """Whether the replies decide how much of these the viewer may see."""
    return actor.role is Role.PUBLIC and not TOLD_BY_REPLIES.isdisjoint(fields)


def numbered(row: Row) -> Row:
    """What is merged shows the lead's case number (2.2), whether or not it once had its own."""
    merged = row.get("merged")
    return {**row, **{name: merged[name] for name in NUMBERS & row.keys()}} if merged else row


def _assignments(rows: list[Row], viewer: Viewer, actor: Actor) -> list[Row]:
    """Opinions, returns and what was said about them are among the units and the two offices."""
    if viewer in {V.UNIT, V.COMMITTEE, V.SUPERVISING}:
        return rows
    return [{**row, **dict.fromkeys(AMONG_UNITS)} for row in rows]


def _rounds(rows: list[Row], viewer: Viewer, actor: Actor) -> list[Row]:
    """Grades are among those who took part, as on the proposal itself; and so is all that tells
    them: why a further round began, for whom, and that the one before it was never closed.

    Whatever the reason, the same is hidden: a gap that one reason alone leaves would name it.
    """
    if viewer is V.COMMITTEE:
        return rows
    if viewer in TOOK_PART:
        unsealed = max((row["no"] for row in rows if row["closed_at"]), default=0)
        return [row if row["no"] <= unsealed + 1 else {**row, "trigger": None} for row in rows]
    return [{**row, **TELLS_GRADES, **(ENDS if row is not rows[-1] else {})} for row in rows]


def _contacts(rows: list[Row], viewer: Viewer, actor: Actor) -> list[Row]:
    """A unit sees its own, and what proposers wrote."""
    if viewer is V.UNIT:
        return [row for row in rows if row["unit"] in {actor.scope.get("unit"), None}]
    return rows


def _replies(rows: list[Row], viewer: Viewer, actor: Actor) -> list[Row]:
    """Delivered ones for all; drafts for the unit itself and the committee; signed ones also for
    the supervising office."""
    if viewer is V.VISITOR:
        return [_disclosed(row) for row in rows if _openness(row) in DISCLOSED]
    return [
        _flat(row, frozenset() if _inside(row, viewer, actor) else PROCESS)
        for row in rows
        if row["delivered_at"] or _inside(row, viewer, actor)
    ]


def _flat(reply: Row, hidden: frozenset[str]) -> Row:
    """The reply with its content beside; promises are called what they become."""
    kept = {k: v for k, v in reply.items() if k not in hidden}
    content = dict(kept.pop("content"))
    return {**kept, "commitments": content.pop("promises"), **content}


def _openness(reply: Row) -> str | None:
    """How much of a reply the public sees, None before that is decided (decision 52)."""
    decision = reply.get("disclosure")
    return decision["openness"] if reply["delivered_at"] and decision else None


def _disclosed(reply: Row) -> Row:
    """What is decided, in full or a summary; never who signed it or whom to call."""
    shown = _flat(reply, PROCESS)
    if _openness(reply) == ReplyOpenness.SUMMARY:
        shown |= WITHHELD
    decision = {"openness": _openness(reply), "summary": reply["disclosure"]["summary"]}
    return {**shown, **OFFICERS, "disclosure": decision}


def _public(row: Row, replies: list[Row]) -> Row:
    """What else tells what a reply says is open if the reply is in full."""
    delivered = [r for r in replies if r["delivered_at"]]
    whole = {(r["unit"], r["round"]) for r in delivered if _openness(r) == ReplyOpenness.FULL}
    closed = {r["round"] for r in delivered if (r["unit"], r["round"]) not in whole}
    present = max((r["round"] for r in delivered), default=0)
    if "commitments" in row:
        row["commitments"] = [
            c if (c["unit"], c["claim_round"]) in whole else {**c, **UNTOLD}
            for c in row["commitments"]
            if (c["unit"], c["round"]) in whole
        ]
    if "rounds" in row:
        row["rounds"] = [r if r["no"] not in closed else {**r, **CLASSES} for r in row["rounds"]]
    hidden = CLASSES.keys() & row.keys() if present in closed else set()
    return {**row, **{name: None for name in hidden}}


def _inside(row: Row, viewer: Viewer, actor: Actor) -> bool:
    if viewer is V.UNIT:
        return bool(row["unit"] == actor.scope.get("unit"))
    if viewer is V.SUPERVISING:
        return bool(row["sign_off"] or row["checks"])
    return viewer is V.COMMITTEE


def _key(row: Any, viewer: Viewer, actor: Actor) -> Any:
    """Candidates and who nominated them are for those who decide, and one's own nomination for
    oneself; minutes for those concerned."""
    if row is None or viewer in {V.COMMITTEE, V.CHAIR}:
        return row
    me = actor.account_id
    own = [said for said in row["nominations"] if me and said["account_id"] == me]
    if row["state"] == KeyState.CANDIDATE and not own:
        return None
    meetings = row["meetings"] if viewer in TOOK_PART else []
    return {**row, "nominations": own, "meetings": meetings}


DISCLOSED = frozenset({ReplyOpenness.FULL.value, ReplyOpenness.SUMMARY.value})
# Of a reply: names and phones of officers, which are never public; what a summary stands for.
OFFICERS: Row = {"contact_person": "", "contact_phone": "", "sign_off": None}
OFFICERS |= {"openness": None, "openness_reason": "", "summary": ""}  # as the unit proposed it
WITHHELD: Row = {"body": "", "measures": "", "reason": "", "result_class": None}
WITHHELD |= {"answers": [], "commitments": [], "proof": [], "outcomes": []}
UNTOLD: Row = {"note": "", "record": "", "proof": []}  # of a promise: what a later reply said of it
CLASSES: Row = {"result_class": None, "recognised_class": None, "recognition": ""}
NARROWED: dict[str, Callable[[Any, Viewer, Actor], Any]] = {
    "assignments": _assignments,
    "contacts": _contacts,
    "replies": _replies,
    "rounds": _rounds,
    "key": _key,
}
PARTS = frozenset(SEEN_BY) | frozenset(NARROWED)
TOLD_BY_REPLIES = frozenset({"commitments", "result_class", "recognised_class", "rounds"})
EVERYONE = frozenset(Viewer)
