"""What a fact posts and undoes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.performance.domain.claims import Basis, Claim
from services.performance.domain.facts import Earning, earned
from services.performance.domain.ledger import SHANGHAI, Entry
from services.performance.domain.scoring import score
from services.performance.reactions import post_points
from shared import contracts
from shared.contracts import sample_event
from shared.messaging.events import Event
from tests.unit.performance.facts import BOOK, LU, MEMBER, QIAN, SHEN, day, filed, undone
from tests.unit.performance.memory import MemoryLedger


def applied(*events: Event) -> MemoryLedger:
    ledger = MemoryLedger()
    for event in events:
        post_points(event, ledger, BOOK)
    return ledger


def posted(ledger: MemoryLedger) -> set[tuple[str, str, int]]:
    return {(e.rule_code, e.member_id, e.quantity) for e in ledger.entries.values()}


def total(ledger: MemoryLedger) -> float:
    return float(score(ledger.entries.values(), BOOK, 2017, MEMBER).total)


def test_an_individual_proposal_earns_b1():
    assert posted(applied(filed("p1"))) == {("B1", LU, 1)}


def test_a_joint_proposal_earns_b2_and_b3_for_each_cosigner():
    joint = filed("p1", kind="JOINT", cosigners=(SHEN, QIAN))
    assert posted(applied(joint)) == {("B2", LU, 1), ("B3", SHEN, 1), ("B3", QIAN, 1)}


def test_the_sample_of_the_contract_is_the_joint_proposal_of_ac_01():
    ledger = applied(sample_event("proposals", "proposal_filed"))
    assert posted(ledger) == {("B2", LU, 1), ("B3", SHEN, 1), ("B3", QIAN, 1)}


def test_a_cosigner_named_twice_earns_once():
    assert posted(applied(filed("p1", kind="JOINT", cosigners=(SHEN, SHEN)))) == {
        ("B2", LU, 1),
        ("B3", SHEN, 1),
    }


@pytest.mark.parametrize("kind", ["PARTY", "ORGANISATION", "SECTOR", "GROUP", "COMMITTEE"])
def test_a_collective_proposal_earns_b4_for_its_named_authors(kind):
    collective = filed("p1", kind=kind, first=None, cosigners=(QIAN,), authors=[LU, SHEN, LU])
    assert posted(applied(collective)) == {("B4", LU, 1), ("B4", SHEN, 1)}


def test_a_withdrawn_cosignature_leaves_an_individual_proposal():
    """AC-02: both co-signers withdrew before filing."""
    assert posted(applied(filed("p1", kind="INDIVIDUAL", cosigners=()))) == {("B1", LU, 1)}


def test_an_entry_holds_the_fact_and_no_decision():
    [entry] = applied(filed("p1", event_id="e1", on=day(3))).entries.values()
    assert entry == Entry(
        entry_id="B1:proposal/p1/filed:m-15-0088:1",
        member_id=LU,
        term=15,
        year=2017,
        rule_code="B1",
        rule_version=1,
        variant="",
        quantity=1,
        out_of=1,
        source_ref="proposal/p1/filed",
        occurrence_no=1,
        source_event_id="e1",
        event_type="proposal_filed",
        occurred_on=day(3),
        posted_at=day(3),
        actor={"account": "account-1", "role": "MEMBER"},
    )


@pytest.mark.parametrize(
    ("moment", "year"),
    [("2017-12-31T15:59:59+00:00", 2017), ("2017-12-31T16:00:00+00:00", 2018)],
)
def test_the_year_turns_at_midnight_in_shanghai(moment, year):
    [entry] = applied(filed("p1", on=datetime.fromisoformat(moment))).entries.values()
    assert entry.year == year


def test_facts_before_the_first_rules_earn_nothing():
    early = filed("p1", on=datetime(2016, 12, 31, 23, tzinfo=SHANGHAI))
    assert applied(early).entries == {}


@pytest.mark.parametrize("event_type", ["proposal_withdrawn", "proposal_filing_revoked"])
def test_an_undone_filing_is_reversed_for_everyone(event_type):
    joint = filed("p1", kind="JOINT", cosigners=(SHEN,), on=day(1))
    ledger = applied(joint, undone(event_type, "p1", on=day(9), event_id="u1"))
    assert posted(ledger) == {("B2", LU, 1), ("B2", LU, -1), ("B3", SHEN, 1), ("B3", SHEN, -1)}
    original = ledger.entries["B2:proposal/p1/filed:m-15-0088:1"]
    reversal = ledger.entries["B2:proposal/p1/filed:m-15-0088:1:undo"]
    assert reversal.reverses_entry_id == original.entry_id
    assert (reversal.occurred_on, reversal.posted_at) == (day(1), day(9))
    assert (reversal.source_event_id, reversal.event_type) == ("u1", event_type)
    assert total(ledger) == 0


def test_a_withdrawal_before_filing_undoes_nothing():
    never_filed = undone("proposal_withdrawn", "p1", was_filed=False, occurrence=0)
    ledger = applied(never_filed, filed("p1"))
    assert posted(ledger) == {("B1", LU, 1)}


def test_a_reversal_before_its_original_is_parked_and_nets_to_nothing():
    """AC-14."""
    reversal = undone("proposal_withdrawn", "p1", on=day(9))
    assert applied(reversal).entries == {}
    late = applied(reversal, filed("p1", on=day(1)))
    assert late.entries == applied(filed("p1", on=day(1)), reversal).entries
    assert total(late) == 0


def test_the_same_event_twice_and_the_same_fact_again():
    """AC-13: E1 twice, and E1′ after a crash of the producer: one entry."""
    ledger = applied(
        filed("p1", event_id="e1"), filed("p1", event_id="e1"), filed("p1", event_id="e1′")
    )
    assert len(ledger.entries) == 1
    assert [event_type for event_type, _ in ledger.events] == ["performance_entry_posted"]


def test_a_case_filed_again_earns_again():
    ledger = applied(
        filed("p1", occurrence=1, on=day(1)),
        undone("proposal_filing_revoked", "p1", occurrence=1, on=day(2)),
        filed("p1", occurrence=2, on=day(3)),
    )
    assert sorted(ledger.entries) == [
        "B1:proposal/p1/filed:m-15-0088:1",
        "B1:proposal/p1/filed:m-15-0088:1:undo",
        "B1:proposal/p1/filed:m-15-0088:2",
    ]
    assert total(ledger) == 10


def test_the_first_reversals_delay_does_not_undo_the_second_filing():
    ledger = applied(
        filed("p1", occurrence=2, on=day(3)),
        undone("proposal_filing_revoked", "p1", occurrence=1, on=day(2)),
    )
    assert posted(ledger) == {("B1", LU, 1)}


def test_other_proposals_stay():
    ledger = applied(filed("p1"), filed("p2", on=day(1)), undone("proposal_withdrawn", "p1"))
    assert total(ledger) == 10


def test_events_tell_of_each_new_entry_and_satisfy_their_contracts():
    ledger = applied(filed("p1"), undone("proposal_withdrawn", "p1"))
    assert [event_type for event_type, _ in ledger.events] == [
        "performance_entry_posted",
        "performance_entry_reversed",
    ]
    for event_type, data in ledger.events:
        contracts.validate("performance", event_type, {"occurred_on": day(1).isoformat(), **data})
    [(_, first), (_, second)] = ledger.events
    assert (first["points"], second["points"]) == (10, -10)
    assert second["reverses_entry_id"] == first["entry_id"]


def test_the_samples_of_the_own_contracts_are_what_is_sent():
    joint = sample_event("proposals", "proposal_filed")
    ledger = applied(joint, undone("proposal_withdrawn", "proposal-1"))
    sent = [(event_type, data) for event_type, data in ledger.events if data["member_id"] == SHEN]
    expected: list[tuple[str, dict[str, Any]]] = []
    for event_type in ("performance_entry_posted", "performance_entry_reversed"):
        sample = dict(contracts.SAMPLES["performance", event_type])
        sample.pop("occurred_on")
        expected.append((event_type, sample))
    assert sent == expected


def test_a_later_rule_is_its_data_and_one_line():
    """C2: its row is in the rule set already; the line below is all that is missing."""
    line = Earning(
        Basis.REPORT,
        "proposal_filed",
        "proposal/{proposal_id}/report",
        lambda data: [Claim(author) for author in data["authors"][:3]],
    )
    collective = filed("p1", kind="PARTY", first=None, authors=[LU, SHEN])
    entries = earned(collective, BOOK, [line])
    assert [(e.rule_code, e.member_id) for e in entries] == [("C2", LU), ("C2", SHEN)]
    assert score(entries, BOOK, 2017, MEMBER).total == 3


def not_filed(disposition: str = "TO_SCPO", occurrence: int = 1, **changes: Any) -> Event:
    return sample_event(
        "proposals",
        "proposal_not_filed",
        id=f"not-filed-{occurrence}",
        subject="p1",
        proposal_id="p1",
        disposition=disposition,
        occurrence_no=occurrence,
        **changes,
    )


@pytest.mark.parametrize("disposition", ["TO_SCPO", "TO_REFERENCE"])
def test_a_refused_proposal_earns_b5_for_its_first_proposer(disposition):
    assert posted(applied(not_filed(disposition))) == {("B5", LU, 1)}


def test_a_letter_and_a_collective_without_a_first_proposer_earn_no_b5():
    """Decision 32."""
    assert posted(applied(not_filed("TO_LETTER"))) == set()
    assert posted(applied(not_filed(first_proposer=None))) == set()


def test_filed_on_appeal_b5_is_undone_whatever_comes_first():
    facts = [not_filed(), filed("p1", undoes_not_filed=1)]
    expected = {("B5", LU, 1), ("B5", LU, -1), ("B1", LU, 1)}
    assert posted(applied(*facts)) == posted(applied(*reversed(facts))) == expected
    assert total(applied(*facts)) == 10


def test_a_later_refusal_stays():
    ledger = applied(not_filed(occurrence=2), filed("p1", undoes_not_filed=1))
    assert ("B5", LU, -1) not in posted(ledger)
