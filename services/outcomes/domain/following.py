"""What the facts of a source ask of its file and its item; a pure function of the node's facts.

A promise goes the way that the proposals service tells, to its end. An SCPO item goes as opinions
tell until somebody acts on it here; a key proposal is sent, and lives by what is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.outcomes.domain import days
from services.outcomes.domain.files import Instruction
from services.outcomes.domain.kinds import (
    Adoption,
    Disclosure,
    ItemState,
    Kind,
    Level,
    NodeKind,
    PromiseState,
    Source,
)
from services.outcomes.domain.nodes import Fact, Node
from shared.contracts import names

P, S = PromiseState, ItemState
OFFICE, PROPOSALS = "office-general", "com-proposals"
ORGANISERS = {Source.KEY_PROPOSAL: PROPOSALS, Source.COMMITMENT: PROPOSALS}
PROMISES = {
    names.COMMITMENT_MADE: P.OPEN,
    names.COMMITMENT_CLAIMED: P.CLAIMED,
    names.COMMITMENT_CHANGED: P.CHANGED,
    names.COMMITMENT_MISSED: P.MISSED,
    names.COMMITMENT_RENEWED: P.RENEWED,
    names.COMMITMENT_RELEASED: P.RELEASED,
    names.COMMITMENT_MET: P.MET,
}
ORDER = tuple(PROMISES.values())
STATES = {
    P.OPEN: S.IMPLEMENTING,
    P.CLAIMED: S.IMPLEMENTED,
    P.CHANGED: S.IMPLEMENTING,
    P.MISSED: S.IMPLEMENTING,
    P.RENEWED: S.CLOSED,
    P.RELEASED: S.CLOSED,
    P.MET: S.VERIFIED,
    P.MET_LATE: S.VERIFIED,
}


@dataclass(frozen=True)
class Wanted:
    """The item as its source tells it; due_at: none where the setting of the service counts."""

    text: str
    state: ItemState
    unit: str | None = None
    due_at: datetime | None = None
    promise: PromiseState | None = None
    promised_on: date | None = None
    ground: str | None = None
    adoption: Adoption | None = None
    result: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Handed:
    """An opinion that its source hands over; from then on it lives by what is said here."""

    no: int
    text: str
    kind: Kind | None
    unit: str | None
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """A file as its source tells it: void once the fact that opens it is undone.

    topic_codes and text are of its opening; since: when it began.
    """

    source: Source
    ref: str
    node: str
    title: str
    term: int
    since: datetime
    authors: tuple[str, ...]
    topic_codes: tuple[str, ...]
    organiser: str
    organisations: tuple[str, ...] = ()
    text: str = ""
    void: bool = False
    openness: Disclosure = Disclosure.NOT
    instructions: tuple[Instruction, ...] = ()
    item: Wanted | None = None
    handed: tuple[Handed, ...] = ()


def matters(node: Node) -> list[Matter]:
    """All files that the node's facts ask for."""
    return list(MATTERS.get(node.kind, _nothing)(node))


def _nothing(_: Node) -> Iterator[Matter]:
    return iter(())


def _matter(node: Node, source: Source, began: Fact, **more: Any) -> Matter:
    base = Matter(
        source=source,
        ref=node.ref,
        node=node.id,
        title=node.title or source.label,
        term=began.term,
        since=began.at,
        authors=node.authors,
        topic_codes=node.topic_codes,
        organiser=ORGANISERS.get(source, OFFICE),
    )
    return replace(base, **more)


def _meeting(source: Source, opening: str, sending: str = "", saying: str = "") -> Any:
    """Opened by one fact, with items that staff write down.

    sending: the fact with which its opinions are handed over; saying: the one that lists them.
    """

    def found(node: Node) -> Iterator[Matter]:
        if began := node.last(opening):
            sent, said = node.last(sending), node.last(saying)
            rows = said.data.get("items") or () if sent and said else ()
            text = str((said or began).data.get("text") or "")
            handed = tuple(_handed(row) for row in rows)
            yield _matter(node, source, began, text=text, handed=handed)

    return found


def _handed(row: Any) -> Handed:
    kind = Kind(row["kind"]) if row.get("kind") else None
    return Handed(row["no"], row["text"], kind, row.get("unit"), tuple(row.get("authors") or ()))


def _report(node: Node) -> Iterator[Matter]:
    began = node.last(names.REPORT_ACCEPTED)
    if began is not None:
        void = _undone(node, names.REPORT_ACCEPTED, names.REPORT_REVOKED)
        yield _matter(node, Source.RESEARCH_REPORT, began, void=void)


def _proposal(node: Node) -> Iterator[Matter]:
    organisation = node.said("organisation")
    own = {"organisations": (organisation,)} if organisation else {}
    began = node.last(names.PROPOSAL_KEY_SELECTED)
    if began is not None:
        void = _undone(node, names.PROPOSAL_KEY_SELECTED, names.PROPOSAL_KEY_DESELECTED)
        item = Wanted(node.title, S.SENT)
        yield _matter(node, Source.KEY_PROPOSAL, began, void=void, item=item, **own)
    told = [fact for fact in node.facts if fact.type in PROMISES]
    for no in sorted({fact.data["commitment_no"] for fact in told}):
        facts = [fact for fact in told if fact.data["commitment_no"] == no]
        yield _commitment(node, no, facts, own)


def _commitment(node: Node, no: int, facts: list[Fact], own: dict[str, Any]) -> Matter:
    last = max(facts, key=lambda fact: (fact.version, ORDER.index(PROMISES[fact.type])))
    state, data = PROMISES[last.type], last.data
    if state is P.RELEASED and data.get("kept_late"):
        state = P.MET_LATE
    made = min(facts, key=lambda fact: fact.version)
    round = next((f.data["round"] for f in facts if f.data.get("round")), None)
    # Authors: of the proposal's first proposer, whom the promise was made to.
    first = data.get("first_proposer")
    return _matter(
        node,
        Source.COMMITMENT,
        made,
        ref=f"{node.ref}/{no}",
        title=data["title"],
        authors=(first,) if first else (),
        openness=_openness(node, data["unit"], round),
        item=Wanted(
            text=data["text"],
            state=STATES[state],
            unit=data["unit"],
            due_at=days.end_of(date.fromisoformat(data["due_on"])),
            promise=state,
            promised_on=date.fromisoformat(data["due_on"]),
            ground=data.get("ground"),
            reason=data.get("reason"),
        ),
        **own,
    )


def _openness(node: Node, unit: str, round: int | None) -> Disclosure:
    """Decision 52: of the reply with the promise; nothing until it is decided, or of a proposal
    that is not public itself."""
    decided = [
        fact.data
        for fact in node.facts
        if fact.type == names.REPLY_OPENNESS_DECIDED
        and fact.data["unit"] == unit
        and fact.data["round"] == round  # a promise that does not say its round stays closed
    ]
    if not decided or not node.public:
        return Disclosure.NOT
    return Disclosure(decided[-1]["openness"])


def _opinion(node: Node) -> Iterator[Matter]:
    """A file for what a leader has instructed; what comes before it waits in the node."""
    told = [f for f in node.facts if f.type == names.OPINION_INSTRUCTED]
    if not told:
        return
    instructions = tuple(_instructions(node, told))
    standing = [i for i in instructions if i.revoked_at is None]
    yield _matter(
        node,
        Source.SCPO,
        told[0],
        void=not standing,
        instructions=instructions,
        item=_scpo_item(node, node.title),
    )


def _instructions(node: Node, told: list[Fact]) -> Iterator[Instruction]:
    gone = {
        (f.data["instruction_id"], f.data["occurrence_no"]): f
        for f in node.facts
        if f.type == names.OPINION_INSTRUCTION_REVOKED
    }
    last = {f.data["instruction_id"]: f for f in sorted(told, key=_occurrence)}
    for id, fact in sorted(last.items()):
        undone = gone.get((id, fact.data["occurrence_no"]))
        on = fact.data.get("instructed_on")
        yield Instruction(
            id=id,
            level=Level(fact.data["level"]),
            leader=fact.data.get("leader") or "",
            text=fact.data.get("text") or "",
            on=_moment(on) if on else fact.at,
            revoked_at=undone.at if undone else None,
            revoke_reason=undone.data.get("reason") if undone else None,
        )


def _moment(told: str) -> datetime:
    """To the millisecond, as it is stored: else each delivery of the fact would be a change."""
    at = datetime.fromisoformat(told)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _scpo_item(node: Node, text: str) -> Wanted:
    """As far as opinions tell: instructed, referred to a unit, answered by it."""
    item = Wanted(text, S.INSTRUCTED, unit=node.said("unit"))
    for fact in node.facts:
        data = fact.data
        if fact.type == names.OPINION_REFERRED:
            due = days.until(_moment(data["due_on"])) if data.get("due_on") else None
            item = Wanted(text, S.REFERRED, unit=data["unit"], due_at=due)
        elif fact.type == names.OPINION_RESULT_GIVEN:
            adoption = Adoption(data["adoption"])
            item = Wanted(
                text,
                S(adoption.value),
                unit=data["unit"],
                adoption=adoption,
                result=data["result"],
                reason=data.get("reason") or data["result"],
            )
    return item


def _supervision(node: Node) -> Iterator[Matter]:
    """A file for each opinion of a supervision, as far as supervision tells of it: sent to its
    unit, answered, found carried out by the team. What is left after that is tracked here."""
    issued = node.last(names.SUPERVISION_OPINION_ISSUED)
    if issued is None:
        return
    for told in issued.data["items"]:
        yield _matter(
            node,
            Source.SUPERVISION,
            issued,
            ref=f"{node.ref}/{told['no']}",
            authors=tuple(told["authors"]),
            organiser=issued.data.get("organiser") or OFFICE,
            text=told["text"],
            item=_supervised(node, told),
        )


def _supervised(node: Node, told: dict[str, Any]) -> Wanted:
    no, due = told["no"], days.until(_moment(told["due_at"]))
    item = Wanted(told["text"], S.REFERRED, unit=told["unit"], due_at=due)
    for fact in node.facts:
        if fact.type == names.SUPERVISION_FED_BACK:
            for said in fact.data["items"]:
                if said["no"] == no:
                    adoption = Adoption(said["adoption"])
                    reason = said["reason"] or said["result"]
                    item = Wanted(
                        told["text"],
                        S(adoption.value),
                        unit=said["unit"],
                        adoption=adoption,
                        result=said["result"],
                        reason=reason,
                    )
        elif no in [one["no"] for one in fact.data.get("verified", ())]:
            item = replace(item, state=S.VERIFIED)
    return item


def _undone(node: Node, doing: str, undoing: str) -> bool:
    """Whether each occurrence that was done is undone, in whatever order that was heard."""
    done = {_occurrence(f) for f in _of(node, doing)}
    return done <= {_occurrence(f) for f in _of(node, undoing)}


def _of(node: Node, event_type: str) -> Iterable[Fact]:
    return (fact for fact in node.facts if fact.type == event_type)


def _occurrence(fact: Fact) -> int:
    return int(fact.data["occurrence_no"])


MATTERS = {
    NodeKind.PROPOSAL: _proposal,
    NodeKind.OPINION: _opinion,
    NodeKind.CONSULTATION: _meeting(
        Source.CONSULTATION,
        names.CONSULTATION_HELD,
        names.CONSULTATION_REPORTED,
        names.CONSULTATION_REPORTED,
    ),
    NodeKind.MOTION: _meeting(
        Source.MOTION, names.MOTION_ADOPTED, names.MOTION_DELIVERED, names.MOTION_ADOPTED
    ),
    NodeKind.SUPERVISION: _supervision,
    NodeKind.REPORT: _report,
}
