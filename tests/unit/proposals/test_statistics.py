"""What each proposal adds to the figures, and how rates are computed (2.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.proposals.domain import (
    answering,
    deadlines,
    extending,
    handling,
    judging,
    rehandling,
    review,
    withdrawal,
)
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.assignments import Mode
from services.proposals.domain.evaluation import Line
from services.proposals.domain.record import Proposal
from services.proposals.domain.replies import (
    Adoption,
    Answer,
    CommitmentStatus,
    Promise,
    ReplyClass,
)
from services.proposals.domain.states import Openness
from services.proposals.domain.statistics import (
    BEFORE_FILING,
    COUNTS,
    GRADES,
    RATES,
    Rate,
    figures,
    rate_of,
    too_few,
)
from services.proposals.domain.tallying import (
    TOTAL,
    Audience,
    Bucket,
    Contribution,
    Counts,
    Grouping,
    contribution,
    difference,
)
from shared.days import day_after
from tests.unit.proposals import wujiang
from tests.unit.proposals.samples import (
    DIRECTOR,
    LATER,
    NOW,
    REVIEW_BY,
    STAFF,
    draft,
    filed,
    on,
    returned,
    submit,
    submitted,
)
from tests.unit.proposals.test_handling import PASS, SIGNED, SLJ, ZJJ, assigned, deliver, drafted
from tests.unit.proposals.test_judging import FAIR, GOOD, form, judge, replied
from tests.unit.proposals.test_returning import handed_on
from tests.unit.proposals.test_second_replies import close, dissatisfied, escalated, reply_again

REPLIED = Counter(
    assigned=1, replied=1, on_time=1, contacted=1, class_a=1, answers=2, adopted=1, partly=1
)
JUDGED = Counter(closed=1, evaluated=1, attitude_satisfied=1, result_satisfied=1)
RECEIVED = Counter(received=1, plenary=1)
FILED = RECEIVED + Counter(filed=1, filed_member=1)


def counted(
    proposal: Proposal,
    by: Grouping = Grouping.TOTAL,
    key: str = TOTAL,
    period: str = "year:2017",
    audience: Audience = Audience.ALL,
    lines: dict[str, Line] | None = None,
) -> Counts:
    return contribution(proposal, lines).get(Bucket(period, audience, by, key), Counter())


def total(found: list[Proposal], bucket: Bucket) -> Counts:
    sums: Counts = Counter()
    for proposal in found:
        sums.update(contribution(proposal).get(bucket, {}))
    return sums


# -- each state ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (draft, Counter()),
        (submitted, RECEIVED),
        (returned, RECEIVED),
        (filed, FILED),
        (wujiang.not_filed, RECEIVED + Counter(not_filed=1)),
        (assigned, FILED + Counter(assigned=1)),
        (drafted, FILED + Counter(assigned=1)),
        (replied, FILED + REPLIED),
        (wujiang.closed, FILED + REPLIED + JUDGED),
    ],
)
def test_what_each_state_adds(made: Callable[[], Proposal], expected: Counts) -> None:
    assert counted(made()) == expected


def test_a_withdrawn_one_was_received_and_is_not_filed() -> None:
    proposal = submitted()
    withdrawal.withdraw(proposal, "另行提出", NOW, STAFF)
    assert counted(proposal) == RECEIVED + Counter(withdrawn=1)


def test_revoked_and_filed_again_it_is_filed_once() -> None:
    proposal = filed()
    review.revoke_filing(proposal, "审查有误", REVIEW_BY, NOW, DIRECTOR)
    assert counted(proposal) == RECEIVED


def test_sent_in_again_it_was_received_the_first_time() -> None:
    proposal = returned()
    proposal.resubmit_by = on(2, 1, year=2018)
    submit(proposal, on(1, 5, year=2018))
    assert counted(proposal) == RECEIVED
    assert counted(proposal, period="year:2018") == Counter()


def test_each_part_counts_in_its_own_year_and_all_in_the_session() -> None:
    proposal = wujiang.closed()
    proposal.assigned_at = on(1, 5, year=2018)
    assert counted(proposal) == FILED
    assert counted(proposal, period="year:2018") == REPLIED + JUDGED
    for period in ("term:15", "session:15-1"):
        assert counted(proposal, period=period) == FILED + REPLIED + JUDGED


def test_where_a_proposal_counts() -> None:
    proposal = filed()
    where = {(b.by.value, b.key) for b in contribution(proposal) if b.audience is Audience.ALL}
    assert where == {
        ("TOTAL", "TOTAL"),
        ("CATEGORY", "URBAN_RURAL"),
        ("KIND", "INDIVIDUAL"),
        ("SECTOR", "22"),
    }


def test_a_member_of_two_committees_counts_in_both_rows_once_in_the_total() -> None:
    proposal = filed()
    proposal.groups |= {"town": "town-lili", "committees": ["com-1", "com-2"], "party": "04"}
    where = Counter(b.by.value for b in contribution(proposal) if b.period == "year:2017")
    groups = {"TOTAL": 2, "CATEGORY": 2, "KIND": 1, "SECTOR": 1}  # visitors have two of their own
    assert where == Counter({**groups, "TOWN": 1, "COMMITTEE": 2, "PARTY": 1})


def test_visitors_count_what_is_filed_and_open_in_total_and_by_category() -> None:
    proposal = filed()
    shown = {b.by.value for b in contribution(proposal) if b.audience is Audience.OPEN}
    assert shown == {"TOTAL", "CATEGORY"}
    closed = replace(proposal.details, openness=Openness.CLOSED)
    for hidden in (submitted(), filed()):
        hidden.details = closed if hidden.case_no else hidden.details
        assert {b.audience for b in contribution(hidden)} == {Audience.ALL}


# -- replies ---------------------------------------------------------------------------------


def test_late_from_the_day_after_the_due_date() -> None:
    proposal = replied()
    assert proposal.due_at is not None
    proposal.replied_at = proposal.due_at.replace(hour=23, minute=59)
    assert counted(proposal)["on_time"] == 1
    proposal.replied_at = proposal.due_at + timedelta(days=1)
    assert counted(proposal)["on_time"] == 0


def test_the_reply_figures_stay_whatever_is_taken_up_again() -> None:
    proposal = wujiang.closed()
    before = counted(proposal)
    own = counted(proposal, Grouping.UNIT, ZJJ)
    rehandling.reopen(proposal, "补充意见", on(12, 31), on(12, 1), DIRECTOR)
    assert counted(proposal) == before
    assert counted(proposal, Grouping.UNIT, ZJJ) == own
    reply_again(proposal, on(12, 5), result_class=ReplyClass.C, reason="条件不具备")
    assert counted(proposal) == before + Counter(second_replied=1)
    assert counted(proposal, Grouping.UNIT, ZJJ) == own + Counter(second_replied=1)


def test_a_late_second_reply_leaves_a_units_first_one_on_time() -> None:
    proposal = dissatisfied()
    reply_again(proposal, LATER + timedelta(days=300))
    assert counted(proposal, Grouping.UNIT, ZJJ)["on_time"] == 1


def test_the_recognised_class_comes_first() -> None:
    proposal = replied()
    rehandling.recognise_class(proposal, ReplyClass.C, "尚未落实", DIRECTOR)
    found = counted(proposal)
    assert (found["class_a"], found["class_c"]) == (0, 1)


def test_promises_count_by_what_became_of_them() -> None:
    promises = (Promise("年内完成设计", "2017-10-31"),)
    proposal = replied(result_class=ReplyClass.B, promises=promises)
    assert counted(proposal)["promises"] == 1
    proposal.commitments[0].status = type(proposal.commitments[0].status).MET
    assert counted(proposal)["promises_met"] == 1


# -- units -----------------------------------------------------------------------------------


def test_main_and_co_handling_units_have_their_own_shares() -> None:
    proposal = assigned(Mode.MAIN_CO, unit_zjj="MAIN", unit_slj="CO")
    assert counted(proposal, Grouping.UNIT, ZJJ) == Counter(assigned=1)
    assert counted(proposal, Grouping.UNIT, SLJ) == Counter(co_handled=1)
    handling.receive(proposal, SLJ, NOW)
    handling.give_co_opinion(proposal, SLJ, "同意", LATER, STAFF)
    assert counted(proposal, Grouping.UNIT, SLJ) == Counter(co_handled=1, co_opinions=1)


def test_separate_units_reply_and_are_judged_each_for_its_own() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal, ZJJ)
    deliver(proposal, ZJJ)
    assert counted(proposal, Grouping.UNIT, ZJJ) == REPLIED
    assert counted(proposal, Grouping.UNIT, SLJ) == Counter(assigned=1)
    drafted(proposal, SLJ, doc_no="吴水提复〔2017〕6号")
    deliver(proposal, SLJ)
    lines = [Line(ZJJ, GOOD, GOOD), Line(SLJ, FAIR, FAIR)]
    judge(proposal, form(*lines))
    own = {line.unit: line for line in lines}
    assert counted(proposal)["result_basic"] == 1  # the worst line
    zjj = counted(proposal, Grouping.UNIT, ZJJ, lines=own)
    slj = counted(proposal, Grouping.UNIT, SLJ, lines=own)
    assert (zjj["result_satisfied"], zjj["result_basic"]) == (1, 0)
    assert (slj["attitude_basic"], slj["result_basic"], slj["evaluated"]) == (1, 1, 1)


# -- on time, overdue, adopted (decisions 43, 44) ----------------------------------------------


def two_units(first: tuple[Answer, ...], second: tuple[Answer, ...]) -> Proposal:
    """Both have replied, the first on suggestion 1."""
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal, ZJJ, answers=first)
    deliver(proposal, ZJJ)
    drafted(proposal, SLJ, doc_no="吴水提复〔2017〕6号", answers=second)
    deliver(proposal, SLJ)
    return proposal


def answer(number: int, adoption: Adoption) -> Answer:
    return Answer(number, adoption, "" if adoption is Adoption.ADOPTED else "条件不具备")


def test_a_suggestion_that_two_units_answer_counts_once_with_the_better() -> None:
    proposal = two_units(
        (answer(1, Adoption.NOT), answer(2, Adoption.PARTLY)), (answer(1, Adoption.ADOPTED),)
    )
    found = counted(proposal)
    assert (found["answers"], found["adopted"], found["partly"], found["not_adopted"]) == (
        2,
        1,
        1,
        0,
    )
    assert figures(found)["adoption_rate"] == figures(found)["partly_rate"] == 50.0
    own = counted(proposal, Grouping.UNIT, SLJ)
    assert (own["answers"], own["adopted"]) == (1, 1)


def test_before_all_have_replied_no_suggestion_counts() -> None:
    proposal = assigned(Mode.SEPARATE, unit_zjj="SEPARATE", unit_slj="SEPARATE")
    drafted(proposal, ZJJ)
    deliver(proposal, ZJJ)
    assert counted(proposal)["answers"] == 0
    assert counted(proposal, Grouping.UNIT, ZJJ)["answers"] == 2


def test_a_suggestion_that_nobody_answered_is_not_adopted_into_the_rate() -> None:
    """Stored before all had to be answered."""
    proposal = two_units((answer(1, Adoption.ADOPTED),), (answer(2, Adoption.ADOPTED),))
    content = proposal.replies[1].content
    proposal.replies[1].content = replace(content, answers=())
    assert figures(counted(proposal))["adoption_rate"] == 50.0


def test_on_time_is_of_what_is_due_by_now() -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    assert figures(counted(proposal))["on_time_rate"] is None  # nothing is due
    late = day_after(proposal.due_at or NOW)
    deadlines.ring(proposal, late, Schedule())
    for found in (counted(proposal), counted(proposal, Grouping.UNIT, ZJJ)):
        assert (found["overdue"], found["replied"], found["on_time"]) == (1, 0, 0)
        assert figures(found)["on_time_rate"] == 0.0
    together = counted(proposal) + counted(replied())
    assert figures(together)["on_time_rate"] == 50.0


def test_replied_late_it_is_no_longer_overdue_and_not_on_time() -> None:
    proposal = drafted()
    late = day_after(proposal.due_at or NOW)
    answering.request_sign_off(proposal, ZJJ, LATER)
    answering.sign(proposal, ZJJ, SIGNED)
    answering.check(proposal, ZJJ, PASS)
    answering.deliver(proposal, ZJJ, late, late)
    for found in (counted(proposal), counted(proposal, Grouping.UNIT, ZJJ)):
        assert (found["overdue"], found["replied"], found["on_time"]) == (0, 1, 0)


def test_more_time_granted_late_is_not_overdue() -> None:
    proposal = assigned()
    handling.receive(proposal, ZJJ, NOW)
    due = proposal.due_at or NOW
    until = due + timedelta(days=30)
    extending.request(proposal, ZJJ, until, "需会商", until, due, STAFF)
    deadlines.ring(proposal, day_after(due), Schedule())
    assert counted(proposal)["overdue"] == 1
    extending.decide(proposal, ZJJ, True, "", day_after(due))
    assert counted(proposal)["overdue"] == 0


def test_a_claim_is_apart_from_kept_and_unkept() -> None:
    """Decision 42."""
    promises = (Promise("年内完成设计", "2017-10-31"),)
    proposal = replied(result_class=ReplyClass.B, promises=promises)
    proposal.commitments[0].status = CommitmentStatus.CLAIMED
    found = counted(proposal)
    assert (found["promises_claimed"], found["promises"], found["promises_met"]) == (1, 1, 0)
    assert figures(found)["promises_kept_rate"] is None


def test_a_request_to_hand_back_counts_for_who_made_it() -> None:
    proposal = handed_on()
    asked = {a.unit for a in proposal.assignments if not a.standing}
    assert counted(proposal)["returns"] == 1
    (unit,) = asked
    assert counted(proposal, Grouping.UNIT, unit) == Counter(returns=1)
    standing = [a.unit for a in proposal.assignments if a.standing]
    assert [counted(proposal, Grouping.UNIT, u)["returns"] for u in standing] == [0, 0, 0]


# -- sealed grades (V20) ---------------------------------------------------------------------


@pytest.mark.parametrize("made", [dissatisfied, escalated])
def test_no_grade_counts_before_the_case_is_closed(made: Callable[[], Proposal]) -> None:
    found = contribution(made())
    assert Bucket("year:2017", Audience.ALL, Grouping.UNIT, ZJJ) in found
    for bucket, counts in found.items():
        assert not set(counts) & {*GRADES, "evaluated", "closed"}, bucket


def test_closed_after_a_second_reply_the_last_judgement_counts() -> None:
    proposal = dissatisfied()
    reply_again(proposal)
    close(proposal)
    found = counted(proposal)
    assert (found["closed"], found["result_satisfied"], found["result_dissatisfied"]) == (1, 1, 0)


def test_silence_is_never_satisfied() -> None:
    """T16."""
    proposal = replied()
    assert proposal.evaluate_by is not None
    judging.close_unevaluated(proposal, day_after(proposal.evaluate_by))
    shown = figures(counted(proposal))
    assert (shown["closed"], shown["not_evaluated"], shown["evaluated"]) == (1, 1, 0)
    assert (shown["not_evaluated_rate"], shown["result_satisfied_rate"]) == (100.0, None)


# -- differences, rates, definitions -----------------------------------------------------------


def test_a_difference_brings_one_state_to_another_and_nothing_twice() -> None:
    before, now = contribution(filed()), contribution(wujiang.closed())
    sums = {bucket: Counter(counts) for bucket, counts in before.items()}
    for bucket, counts in difference(now, before).items():
        sums.setdefault(bucket, Counter()).update(counts)
    assert {bucket: +counts for bucket, counts in sums.items() if +counts} == now
    assert difference(now, now) == {}
    back: Contribution = difference({}, now)
    undone = {bucket: {name: -n for name, n in counts.items()} for bucket, counts in back.items()}
    assert undone == now


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [(245, 295, 83.05), (1, 3, 33.33), (2, 3, 66.67), (1, 800, 0.13), (0, 5, 0.0), (0, 0, None)],
)
def test_rates_have_two_decimals_half_up(above: int, below: int, expected: float | None) -> None:
    rate = Rate("率", ("above",), ("below",), "test")
    assert rate_of(rate, {"above": above, "below": below}) == expected


def test_every_rate_rests_on_counts_that_exist() -> None:
    for rate in RATES.values():
        assert {*rate.numerator, *rate.denominator} <= set(COUNTS)
    assert set(BEFORE_FILING) <= set(COUNTS)


def test_every_count_that_a_proposal_adds_has_a_definition() -> None:
    found = list(wujiang.proposals())
    added = {name for p in [*found, escalated(), handed_on()] for c in _counts(p) for name in c}
    assert added <= set(COUNTS)


def _counts(proposal: Proposal) -> list[Counts]:
    return list(contribution(proposal).values())


def test_what_rests_on_something_hidden_is_hidden() -> None:
    shown = figures(Counter(received=4, filed=2), frozenset({"received"}))
    assert (shown["received"], shown["filing_rate"], shown["filed"]) == (None, None, 2)


@pytest.mark.parametrize(("evaluated", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_few_judged_cases_tell_about_single_ones(evaluated: int, few: bool) -> None:
    assert too_few({"evaluated": evaluated}) is few


# -- Wujiang 2022 ------------------------------------------------------------------------------


def test_the_figures_of_wujiang_2022() -> None:
    found = list(wujiang.proposals())
    total_bucket = Bucket("year:2022", Audience.ALL, Grouping.TOTAL, TOTAL)
    shown = figures(total(found, total_bucket))
    expected = {
        "received": 295,
        "filed": 245,
        "filing_rate": 83.05,
        "filed_member": 190,
        "filed_collective": 55,
        "not_filed": 50,
        "key": 15,
        "key_head": 2,
        "key_deputy_head": 7,
        "key_cppcc_leader": 6,
        "class_a": 238,
        "class_b": 3,
        "class_c": 4,
        "class_d": 0,
        "class_a_share": 97.14,
    }
    assert {name: shown[name] for name in expected} == expected
    by_category = {
        category: total(
            found, Bucket("year:2022", Audience.ALL, Grouping.CATEGORY, category.value)
        )["filed"]
        for category in wujiang.CATEGORIES
    }
    assert by_category == wujiang.CATEGORIES
