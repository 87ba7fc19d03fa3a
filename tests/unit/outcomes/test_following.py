"""What facts of other services make of files: the same, whatever their order and number."""

from __future__ import annotations

import copy
import itertools
from datetime import datetime
from typing import Any

import pytest

from services.outcomes.domain.following import Matter, matters
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import (
    Disclosure,
    End,
    FileState,
    ItemState,
    NodeKind,
    PromiseState,
    Source,
)
from services.outcomes.domain.nodes import Node, edges_of
from services.outcomes.domain.settling import begun, opened, settle
from shared.clock import SHANGHAI
from shared.contracts import names
from tests.unit.outcomes.samples import CLOCKS, NOW, node, told

Row = dict[str, Any]
Told = tuple[str, str, int, Row]
P, S = PromiseState, ItemState


def fact(event_type: str, version: int, source: str = "proposals", **changes: Any) -> Told:
    return (source, event_type, version, changes)


def proposal(*facts: Told) -> Node:
    return node(*facts, kind=NodeKind.PROPOSAL, ref="proposal-1")


def opinion(*facts: Told) -> Node:
    return node(*facts, kind=NodeKind.OPINION, ref="opinion-1")


def of(source: Source, known: Node) -> Matter:
    [found] = [matter for matter in matters(known) if matter.source is source]
    return found


def brought(known: Node, source: Source) -> tuple[Any, Item]:
    """File and item as they are opened by all facts at once."""
    matter = of(source, known)
    assert matter.item is not None
    file = opened(matter, NOW)
    item = begun(file, matter, matter.item, "GOVERNMENT")
    file.items = file.open_items = 1
    item.open = True
    settle(file, item, matter, "GOVERNMENT", CLOCKS, NOW)
    return file, item


FILED = fact(names.PROPOSAL_FILED, 2)
MADE = fact(names.COMMITMENT_MADE, 5)
CLAIMED = fact(names.COMMITMENT_CLAIMED, 7)
MET = fact(names.COMMITMENT_MET, 8)
FULL = fact(names.REPLY_OPENNESS_DECIDED, 6, unit="unit-zjj", openness="FULL")
PROMISE = [FILED, MADE, FULL, CLAIMED, MET]


def test_a_promise_that_was_met_is_verified_in_any_order_of_its_facts() -> None:
    for order in itertools.permutations(PROMISE):
        file, item = brought(proposal(*order), Source.COMMITMENT)
        assert (item.state, item.promise, item.ground) == (S.VERIFIED, P.MET, "PROPOSER")
        assert file.openness is Disclosure.FULL
        assert [row["occurrence_no"] for row in told(item, names.OUTCOME_ITEM_VERIFIED)] == [1]


def test_facts_that_arrive_one_by_one_end_where_all_together_do() -> None:
    _, whole = brought(proposal(*PROMISE), Source.COMMITMENT)
    for order in itertools.permutations(PROMISE):
        file, item = None, None
        for number in range(1, len(order) + 1):
            known = proposal(*order[:number])
            found = [m for m in matters(known) if m.source is Source.COMMITMENT]
            if not found or found[0].item is None:
                continue
            matter = found[0]
            if file is None and matter.item is not None:
                file = opened(matter, NOW)
                item = begun(file, matter, matter.item, "GOVERNMENT")
                file.items = file.open_items = 1
            assert file is not None
            for _ in range(2):
                settle(file, item, matter, "GOVERNMENT", CLOCKS, NOW)
        assert item is not None
        assert (item.state, item.promise, item.openness) == (
            whole.state,
            whole.promise,
            whole.openness,
        )
        assert [row["occurrence_no"] for row in told(item, names.OUTCOME_ITEM_VERIFIED)] == [1]


ENDINGS: list[tuple[Told, ItemState, PromiseState, End | None]] = [
    (fact(names.COMMITMENT_CLAIMED, 6), S.IMPLEMENTED, P.CLAIMED, None),
    (fact(names.COMMITMENT_MISSED, 6), S.IMPLEMENTING, P.MISSED, None),
    (fact(names.COMMITMENT_CHANGED, 6), S.IMPLEMENTING, P.CHANGED, None),
    (fact(names.COMMITMENT_MET, 6), S.VERIFIED, P.MET, None),
    (fact(names.COMMITMENT_RENEWED, 6), S.CLOSED, P.RENEWED, End.CONTINUED),
    (fact(names.COMMITMENT_RELEASED, 6), S.CLOSED, P.RELEASED, End.REASON_ACCEPTED),
    (fact(names.COMMITMENT_RELEASED, 6, kept_late=True), S.VERIFIED, P.MET_LATE, None),
]


@pytest.mark.parametrize(("last", "state", "promise", "end"), ENDINGS)
def test_each_word_on_a_promise_has_its_state(
    last: Told, state: ItemState, promise: PromiseState, end: End | None
) -> None:
    file, item = brought(proposal(FILED, MADE, last), Source.COMMITMENT)
    assert (item.state, item.promise, item.end) == (state, promise, end)
    assert item.overdue == (promise is P.MISSED)
    closed = state is S.CLOSED
    assert (file.state, file.open_items) == (
        (FileState.CLOSED, 0) if closed else (FileState.OPEN, 1)
    )


def test_its_date_is_the_end_of_the_day_that_it_names() -> None:
    _, item = brought(proposal(FILED, MADE), Source.COMMITMENT)
    assert item.due_at == datetime(2017, 11, 1, tzinfo=SHANGHAI)
    assert (item.promised_on, item.promise_year) == (item.due_at, 2017)


@pytest.mark.parametrize(
    ("facts", "openness"),
    [
        ((FILED, MADE), Disclosure.NOT),
        ((FILED, MADE, FULL), Disclosure.FULL),
        ((MADE, FULL), Disclosure.NOT),  # of a proposal that is not known to be public
        ((fact(names.PROPOSAL_FILED, 2, openness="CLOSED"), MADE, FULL), Disclosure.NOT),
        ((FILED, fact(names.PROPOSAL_FILING_REVOKED, 3), MADE, FULL), Disclosure.NOT),
        ((FILED, MADE, fact(names.REPLY_OPENNESS_DECIDED, 6, openness="NOT")), Disclosure.NOT),
        ((FILED, MADE, fact(names.REPLY_OPENNESS_DECIDED, 6, round=2)), Disclosure.NOT),
        (
            (FILED, MADE, FULL, fact(names.REPLY_OPENNESS_DECIDED, 9, openness="SUMMARY")),
            Disclosure.SUMMARY,
        ),
    ],
)
def test_the_public_sees_what_the_openness_of_the_reply_lets_out(
    facts: tuple[Told, ...], openness: Disclosure
) -> None:
    assert of(Source.COMMITMENT, proposal(*facts)).openness is openness


SELECTED = fact(names.PROPOSAL_KEY_SELECTED, 4)
DESELECTED = fact(names.PROPOSAL_KEY_DESELECTED, 5)
RESELECTED = fact(names.PROPOSAL_KEY_SELECTED, 6, occurrence_no=2)


def test_a_key_proposal_that_is_none_any_more_leaves_a_void_file() -> None:
    for order in itertools.permutations([FILED, SELECTED, DESELECTED]):
        assert of(Source.KEY_PROPOSAL, proposal(*order)).void
    file, item = brought(proposal(FILED, SELECTED), Source.KEY_PROPOSAL)
    assert (file.state, item.state, file.organiser) == (FileState.OPEN, S.SENT, "com-proposals")
    undone = of(Source.KEY_PROPOSAL, proposal(FILED, SELECTED, DESELECTED))
    settle(file, item, undone, None, CLOCKS, NOW)
    assert (file.state, item.end) == (FileState.VOID, End.SOURCE_REVOKED)
    again = of(
        Source.KEY_PROPOSAL,
        proposal(
            FILED, SELECTED, DESELECTED, fact(names.PROPOSAL_KEY_SELECTED, 6, occurrence_no=2)
        ),
    )
    settle(file, item, again, None, CLOCKS, NOW)
    assert (file.state, item.state, item.open) == (FileState.OPEN, S.SENT, True)


def test_what_was_acted_on_outlives_its_source() -> None:
    file, item = brought(proposal(FILED, SELECTED), Source.KEY_PROPOSAL)
    item.handled = True
    undone = of(Source.KEY_PROPOSAL, proposal(FILED, SELECTED, DESELECTED))
    settle(file, item, undone, None, CLOCKS, NOW)
    assert (file.state, item.open) == (FileState.OPEN, True)


INSTRUCTED = fact(names.OPINION_INSTRUCTED, 4, "opinions", title="清洗水箱", leader="区长")
REVOKED = fact(names.OPINION_INSTRUCTION_REVOKED, 7, "opinions")
REFERRED = fact(names.OPINION_REFERRED, 5, "opinions")


def answered(adoption: str) -> Told:
    return fact(names.OPINION_RESULT_GIVEN, 6, "opinions", adoption=adoption)


ANSWERED = answered("ADOPTED")


def test_an_instructed_opinion_follows_its_service_in_any_order() -> None:
    for order in itertools.permutations([INSTRUCTED, REFERRED, ANSWERED]):
        file, item = brought(opinion(*order), Source.SCPO)
        assert (item.state, item.unit, item.result) == (
            S.ADOPTED,
            "unit-slj",
            "已关停上游违规排口，水质恢复正常。",
        )
        assert [i.leader for i in file.instructions] == ["区长"]
        assert told(file, names.OUTCOME_INSTRUCTED) == []  # opinions tells it


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([INSTRUCTED], S.INSTRUCTED),
        ([INSTRUCTED, REFERRED], S.REFERRED),
        (
            [INSTRUCTED, fact(names.OPINION_RESULT_GIVEN, 6, "opinions", adoption="NOT_ADOPTED")],
            S.NOT_ADOPTED,
        ),
        (
            [
                INSTRUCTED,
                fact(names.OPINION_RESULT_GIVEN, 6, "opinions", adoption="PARTLY_ADOPTED"),
            ],
            S.PARTLY_ADOPTED,
        ),
    ],
)
def test_each_step_of_an_opinion_has_its_state(facts: list[Told], state: ItemState) -> None:
    _, item = brought(opinion(*facts), Source.SCPO)
    assert item.state is state


def test_moments_are_as_exact_as_they_are_stored() -> None:
    """An instruction's is compared with the stored one whenever its fact comes again."""
    exact = "2017-06-05T09:00:00.564321+08:00"
    said = fact(names.OPINION_INSTRUCTED, 1, "opinions", instructed_on=exact)
    [instruction] = of(Source.SCPO, opinion(said)).instructions
    assert instruction.on.microsecond == 564_000


def test_without_an_instruction_there_is_no_file() -> None:
    assert matters(opinion(REFERRED, ANSWERED)) == []
    assert of(Source.SCPO, opinion(REVOKED, INSTRUCTED)).void


def test_settling_again_changes_nothing() -> None:
    known = proposal(*PROMISE)
    file, item = brought(known, Source.COMMITMENT)
    before = copy.deepcopy((file, item))
    settle(file, item, of(Source.COMMITMENT, known), "GOVERNMENT", CLOCKS, NOW)
    assert (file, item) == before


@pytest.mark.parametrize(
    ("kind", "told_by", "source"),
    [
        (NodeKind.CONSULTATION, ("consultations", names.CONSULTATION_HELD), Source.CONSULTATION),
        (NodeKind.MOTION, ("consultations", names.MOTION_ADOPTED), Source.MOTION),
        (NodeKind.REPORT, ("consultations", names.REPORT_ACCEPTED), Source.RESEARCH_REPORT),
    ],
)
def test_meetings_and_reports_open_files_whose_items_people_write(
    kind: NodeKind, told_by: tuple[str, str], source: Source
) -> None:
    matter = of(source, node((*told_by, 1, {}), kind=kind, ref="x"))
    assert (matter.item, matter.void) == (None, False)


def test_origins_topics_and_leads_are_edges() -> None:
    assert edges_of("PROPOSAL:p", {"origin": {"kind": "LEAD", "ref": "lead-1"}}) == [
        ("LEAD:lead-1", "PROPOSAL:p")
    ]
    assert edges_of("PROPOSAL:p", {"lead": "q"}) == [("PROPOSAL:p", "PROPOSAL:q")]
    said = {"origin": "RECEPTION", "source_id": "reception-1", "topic": "二次供水"}
    assert edges_of("LEAD:lead-1", said) == [
        ("LEAD:reception-1", "LEAD:lead-1"),
        ("TOPIC:二次供水", "LEAD:lead-1"),
    ]


def test_each_opinion_of_a_supervision_has_a_file_that_goes_as_far_as_supervision_tells() -> None:
    issued: Any = ("supervision", names.SUPERVISION_OPINION_ISSUED, 4, {})
    fed_back: Any = ("supervision", names.SUPERVISION_FED_BACK, 5, {})
    rechecked: Any = ("supervision", names.SUPERVISION_RECHECKED, 6, {})
    said: Any = {"kind": NodeKind.SUPERVISION, "ref": "supervision-1"}

    def item(*facts: Any) -> Any:
        [matter] = matters(node(*facts, **said))
        assert (matter.source, matter.ref) == (Source.SUPERVISION, "supervision-1/1")
        assert (matter.organiser, matter.authors) == ("com-urban", ("m-15-0012",))
        return matter.item

    told = item(issued)
    assert (told.state, told.unit) == (ItemState.REFERRED, "unit-slj")
    assert item(fed_back, issued).state is ItemState.ADOPTED
    assert item(rechecked, issued, fed_back).state is ItemState.VERIFIED
    assert matters(node(fed_back, **said)) == []
