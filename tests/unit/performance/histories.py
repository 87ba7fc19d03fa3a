"""Random histories of proposals, and random ways in which their events may be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from shared.messaging.events import Event
from tests.unit.performance.facts import LU, QIAN, SHEN, day, filed, undone

PEOPLE = [LU, SHEN, QIAN, "m-15-0102"]
UNDOINGS = ["proposal_withdrawn", "proposal_filing_revoked"]

Net = set[tuple[str, str, str, int]]  # (rule, source_ref, member, occurrence)


@st.composite
def history(draw: st.DrawFn, most_proposals: int = 4) -> list[Event]:
    """The facts in the order in which they occurred: proposals filed, undone, filed again.

    Days cross the turn of the year, and several facts may share a day.
    """
    facts: list[Event] = []
    for number in range(draw(st.integers(1, most_proposals))):
        proposal = f"p{number}"
        on = draw(st.integers(0, 330))
        for occurrence in range(1, draw(st.integers(1, 3)) + 1):
            first, *others = draw(st.permutations(PEOPLE))
            kind = draw(st.sampled_from(["INDIVIDUAL", "JOINT", "JOINT", "PARTY"]))
            signers = tuple(others[: draw(st.integers(1, 3))]) if kind == "JOINT" else ()
            facts.append(
                filed(
                    proposal,
                    kind=kind,
                    first=first,
                    cosigners=signers,
                    occurrence=occurrence,
                    on=day(on),
                )
            )
            if draw(st.booleans()):
                break
            on += draw(st.integers(0, 5))
            event_type = draw(st.sampled_from(UNDOINGS))
            facts.append(undone(event_type, proposal, occurrence=occurrence, on=day(on)))
    return sorted(facts, key=lambda fact: fact.occurred_on)


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


def standing(facts: Sequence[Event]) -> Net:
    """What must stand after the history, told from the facts alone: filings never undone."""
    gone = {
        (fact.subject, fact.data["occurrence_no"])
        for fact in facts
        if fact.type != "proposal_filed"
    }
    net: Net = set()
    for fact in facts:
        occurrence = fact.data["occurrence_no"]
        if fact.type == "proposal_filed" and (fact.subject, occurrence) not in gone:
            ref = f"proposal/{fact.subject}/filed"
            net |= {(rule, ref, member, occurrence) for rule, member in _earned(fact)}
    return net


def _earned(fact: Event) -> list[tuple[str, str]]:
    data = fact.data
    match data["proposer_type"]:
        case "INDIVIDUAL":
            return [("B1", data["first_proposer"])]
        case "JOINT":
            cosigned = [("B3", member) for member in data["cosigners"]]
            return [("B2", data["first_proposer"]), *cosigned]
    return []
