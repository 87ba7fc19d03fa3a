"""The same history gives the same ledger and the same explained score, however delivered."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.performance.domain.members import Member
from services.performance.domain.scoring import ScoreSheet, score
from services.performance.reactions import post_points
from shared.messaging.events import Event
from tests.unit.performance.facts import BOOK
from tests.unit.performance.histories import (
    PEOPLE,
    Net,
    delivery,
    history,
    in_all_ids,
)
from tests.unit.performance.memory import MemoryLedger


def applied(events: Iterable[Event]) -> MemoryLedger:
    ledger = MemoryLedger()
    for event in events:
        post_points(event, ledger, BOOK)
    return ledger


def net(ledger: MemoryLedger) -> Net:
    undone = {entry.reverses_entry_id for entry in ledger.entries.values()}
    return {
        (e.rule_code, e.source_ref, e.member_id, e.occurrence_no)
        for e in ledger.entries.values()
        if not e.is_reversal and e.entry_id not in undone
    }


def sheets(ledger: MemoryLedger) -> list[ScoreSheet]:
    return [
        score(ledger.entries.values(), BOOK, year, Member(member))
        for member in PEOPLE
        for year in (2017, 2018)
    ]


@pytest.mark.timeout(600)  # half a minute by itself, more where the cores are shared
@settings(max_examples=10_000, deadline=None)
@given(st.data())
def test_any_delivery_gives_the_same_ledger_and_score(data):
    facts, stands = data.draw(history())
    sent = data.draw(delivery(facts))
    in_order, delivered = applied(in_all_ids(sent)), applied(sent)
    assert net(delivered) == stands
    assert delivered.entries == in_order.entries
    assert sheets(delivered) == sheets(in_order)
    # One event for each entry, however often its fact was delivered.
    assert sorted(data["entry_id"] for _, data in delivered.events) == sorted(delivered.entries)
