"""Random histories of duties, and random ways in which their events may be delivered.

A history is told twice: as events, and as what must stand in the end, from the plain story alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from shared.contracts import sample_event
from shared.messaging.events import Event
from tests.unit.performance.facts import LU, QIAN, SHEN, day, filed, undone

PEOPLE = [LU, SHEN, QIAN, "m-15-0102"]
UNDOINGS = ["proposal_withdrawn", "proposal_filing_revoked"]

Net = set[tuple[str, str, str, int]]  # (rule, source_ref, member, occurrence)
Story = tuple[list[Event], Net]

# Facts with an occurrence number that one event tells and another takes back:
# (source, event, reversal, field with the id, field with the people, more, rule, source_ref)
SIMPLE: list[tuple[str, str, str, str, str, dict[str, Any], str, str]] = [
    (
        "opinions",
        "opinion_submitted",
        "opinion_withdrawn",
        "opinion_id",
        "authors",
        {},
        "D1",
        "opinion/{}/submitted",
    ),
    (
        "opinions",
        "opinion_adopted",
        "opinion_adoption_revoked",
        "opinion_id",
        "authors",
        {"level": "PROVINCE"},
        "F3",
        "opinion/{}/adoption/PROVINCE",
    ),
    (
        "outcomes",
        "outcome_instructed",
        "outcome_instruction_revoked",
        "instruction_id",
        "authors",
        {"level": "CITY"},
        "F4",
        "instruction/{}",
    ),
    (
        "consultations",
        "report_accepted",
        "report_revoked",
        "report_id",
        "main_authors",
        {},
        "C2",
        "report/{}/accepted",
    ),
    (
        "publicity",
        "history_accepted",
        "history_revoked",
        "material_id",
        "authors",
        {},
        "F8",
        "history/{}/accepted",
    ),
]
# status → what a row of a mandatory committee meeting earns
ATTENDED = {"PRESENT": "A3", "LEAVE": "G2", "ABSENT": "G2", "EXEMPT": None}


@st.composite
def history(draw: st.DrawFn, most: int = 4) -> Story:
    """Events in the order in which they happened, days crossing the turn of the year, and what
    must stand after them."""
    facts: list[Event] = []
    net: Net = set()
    for number in range(draw(st.integers(1, most))):
        tell = draw(st.sampled_from([_proposal, _meeting, _simple, _by_hand]))
        told, stands = tell(draw, number)
        facts += told
        net |= stands
    return sorted(facts, key=lambda fact: fact.occurred_on), net


def _proposal(draw: st.DrawFn, number: int) -> Story:
    """Filed, perhaps undone, perhaps filed again."""
    proposal, on = f"p{number}", draw(st.integers(0, 330))
    facts: list[Event] = []
    net: Net = set()
    for occurrence in range(1, draw(st.integers(1, 3)) + 1):
        first, *others = draw(st.permutations(PEOPLE))
        kind = draw(st.sampled_from(["INDIVIDUAL", "JOINT", "JOINT", "PARTY"]))
        signers = tuple(others[: draw(st.integers(1, 3))]) if kind == "JOINT" else ()
        fact = filed(
            proposal, kind=kind, first=first, cosigners=signers, occurrence=occurrence, on=day(on)
        )
        facts.append(fact)
        if draw(st.booleans()):
            ref = f"proposal/{proposal}/filed"
            net = {(rule, ref, member, occurrence) for rule, member in _earned(fact)}
            break
        on += draw(st.integers(0, 5))
        event_type = draw(st.sampled_from(UNDOINGS))
        facts.append(undone(event_type, proposal, occurrence=occurrence, on=day(on)))
    return facts, net


def _meeting(draw: st.DrawFn, number: int) -> Story:
    """Attendance confirmed, then corrected for some, once or twice."""
    meeting, on = f"meeting-{number}", draw(st.integers(0, 330))
    status = st.sampled_from(list(ATTENDED))
    now = {member: (1, draw(status)) for member in draw(st.permutations(PEOPLE))[:2]}
    rows = [_row(member, 1, state) for member, (_, state) in now.items()]
    facts = [_attendance("meeting_attendance_confirmed", meeting, on, 0, rows)]
    for step in range(1, draw(st.integers(0, 2)) + 1):
        member = draw(st.sampled_from(sorted(now)))
        occurrence, state = now[member][0], draw(status)
        corrected = [_row(member, occurrence, state)]
        facts.append(_attendance("meeting_attendance_corrected", meeting, on, step, corrected))
        now[member] = (occurrence + 1, state)
    net: Net = {
        (rule, f"meeting/{meeting}/attendance/{member}", member, occurrence)
        for member, (occurrence, state) in now.items()
        if (rule := ATTENDED[state])
    }
    return facts, net


def _simple(draw: st.DrawFn, number: int) -> Story:
    """Told, perhaps taken back, perhaps told again."""
    source, event, reversal, id_field, people, more, rule, ref = draw(st.sampled_from(SIMPLE))
    fact_id, on = f"fact-{number}", draw(st.integers(0, 330))
    members = draw(st.permutations(PEOPLE))[: draw(st.integers(1, 2))]
    facts: list[Event] = []
    for occurrence in (1, 2):
        told = {id_field: fact_id, people: list(members), "occurrence_no": occurrence, **more}
        for event_type in (event, reversal):
            changes = {**told, "occurred_on": day(on).isoformat()}
            id = f"{event_type}-{number}-{occurrence}"
            facts.append(sample_event(source, event_type, id=id, subject=fact_id, **changes))
            if event_type == event and draw(st.booleans()):
                return facts, {(rule, ref.format(fact_id), m, occurrence) for m in members}
            on += draw(st.integers(0, 3))
    return facts, set()


def _by_hand(draw: st.DrawFn, number: int) -> Story:
    """A fact credited by hand; perhaps that entry is struck by hand as well."""
    member, on = draw(st.sampled_from(PEOPLE)), draw(st.integers(0, 330))
    entry = ("C1", f"manual/m{number}", member, 1)
    facts = [_decided(f"m{number}", on, member_id=member, confirmed=True)]
    if draw(st.booleans()):
        return facts, {entry}
    struck = f"C1:manual/m{number}:{member}:1"
    confirmed = draw(st.booleans())
    more = {"kind": "STRIKE", "entry_id": struck, "confirmed": confirmed}
    facts.append(_decided(f"s{number}", on + 1, member_id=member, **more))
    return facts, set() if confirmed else {entry}


def _decided(request: str, on: int, **changes: Any) -> Event:
    return sample_event(
        "performance",
        "performance_manual_entry_decided",
        id=f"decided-{request}",
        subject=request,
        request_id=request,
        happened_on=day(on).isoformat(),
        occurred_on=day(on + 2).isoformat(),
        **changes,
    )


def _row(member: str, occurrence: int, status: str) -> dict[str, Any]:
    return {
        "member_id": member,
        "status": status,
        "half_days_present": int(status == "PRESENT"),
        "half_days_exempt": int(status == "EXEMPT"),
        "role": "PARTICIPANT",
        "occurrence_no": occurrence,
    }


def _attendance(
    event_type: str, meeting: str, on: int, step: int, rows: list[dict[str, Any]]
) -> Event:
    return sample_event(
        "office",
        event_type,
        id=f"{event_type}-{meeting}-{step}",
        subject=meeting,
        meeting_id=meeting,
        kind="COMMITTEE",
        half_days=1,
        rows=rows,
        held_on=day(on).isoformat(),
        occurred_on=day(on + 1 + step).isoformat(),
    )


@st.composite
def delivery(draw: st.DrawFn, facts: Sequence[Event]) -> list[Event]:
    """Every fact one to three times, some republished under a new event id, in any order."""
    sent: list[Event] = []
    for fact in facts:
        for copy in range(draw(st.integers(1, 3))):
            again = copy and draw(st.booleans())
            sent.append(replace(fact, id=f"{fact.id}-again-{copy}") if again else fact)
    return draw(st.permutations(sent))


def in_all_ids(sent: Sequence[Event]) -> list[Event]:
    """The facts of `sent` in the order in which they occurred, under every id they came with."""
    return sorted(sent, key=lambda event: (event.occurred_on, event.id))


def _earned(fact: Event) -> list[tuple[str, str]]:
    data = fact.data
    match data["proposer_type"]:
        case "INDIVIDUAL":
            return [("B1", data["first_proposer"])]
        case "JOINT":
            cosigned = [("B3", member) for member in data["cosigners"]]
            return [("B2", data["first_proposer"]), *cosigned]
    return []
