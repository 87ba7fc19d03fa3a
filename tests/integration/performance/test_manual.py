"""Points by hand: two people, a rule that held, and the ledger as for every other fact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.performance.commands.manual import decide_request, request_credit, request_strike
from services.performance.domain import errors
from services.performance.domain.ledger import SHANGHAI
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import Forbidden
from tests.integration.performance.desk import CHAIR, FIRST, SECOND, Office, call
from tests.unit.performance.facts import LU, SHEN, filed

BEFORE_THE_RULES = datetime(2016, 5, 1, tzinfo=SHANGHAI)
TOMORROW = datetime(2018, 5, 1, tzinfo=SHANGHAI)
CREDIT: dict[str, Any] = {
    "member_id": LU,
    "rule_code": "C1",
    "variant": "",
    "quantity": 1,
    "out_of": 1,
    "happened_on": datetime(2017, 5, 18, 9, tzinfo=SHANGHAI),
    "reason": "参加市政协视察，无系统记录",
}


@pytest.fixture
def office(database, tmp_path) -> Office:
    return Office(database, tmp_path)


def decide(office: Office, request_id: str, confirmed: bool = True, by: Call = SECOND) -> str:
    return decide_request(
        by, office.desk, request_id=request_id, confirmed=confirmed, reason="已核对签到表"
    )


def test_a_credit_counts_once_a_second_person_confirms(office):
    request = request_credit(FIRST, office.desk, **CREDIT)
    office.hear_own()
    assert office.total() == 0
    decide(office, request)
    office.hear_own()
    office.hear_own()
    assert office.total() == 2
    [entry] = office.desk.ledger.of_year(2017)
    assert (entry.entry_id, entry.occurred_on) == (
        f"C1:manual/{request}:{LU}:1",
        CREDIT["happened_on"],
    )


def test_who_asked_cannot_confirm_and_a_refusal_counts_nothing(office):
    request = request_credit(FIRST, office.desk, **CREDIT)
    with pytest.raises(errors.SamePerson):
        decide(office, request, by=FIRST)
    decide(office, request, confirmed=False)
    office.hear_own()
    assert office.total() == 0
    with pytest.raises(errors.AlreadyDecided):
        decide(office, request)


def test_nobody_handles_their_own_points(office):
    own = call(Role.OFFICE, "office-lu", LU)
    with pytest.raises(errors.OwnPoints):
        request_credit(own, office.desk, **CREDIT)
    request = request_credit(FIRST, office.desk, **CREDIT)
    with pytest.raises(errors.OwnPoints):
        decide(office, request, by=own)


@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        (Role.COMMITTEE_STAFF, {"committee": "com-economy"}, True),
        (Role.COMMITTEE_STAFF, {"committee": "com-education"}, False),
        (Role.TOWN_HEAD, {"town": "town-songling"}, True),
        (Role.TOWN_STAFF, {"town": "town-lili"}, False),
    ],
)
def test_the_members_own_committee_or_town_may_confirm(office, role, scope, may):
    request = request_credit(FIRST, office.desk, **CREDIT)
    by = Call(Actor("account-group", role, scope), "correlation-1")
    if may:
        decide(office, request, by=by)
        assert office.desk.manual.row(request)["state"] == "CONFIRMED"
    else:
        with pytest.raises(Forbidden):
            decide(office, request, by=by)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"rule_code": "X9"}, errors.RuleUnfit, "ruleCode"),
        ({"rule_code": "F5"}, errors.RuleUnfit, "variant"),
        ({"variant": "ORAL"}, errors.RuleUnfit, "variant"),
        ({"out_of": 2}, errors.RuleUnfit, "quantity"),
        ({"quantity": 2}, errors.RuleUnfit, "quantity"),
        ({"happened_on": BEFORE_THE_RULES}, errors.RuleUnfit, "ruleCode"),
        ({"happened_on": TOMORROW}, errors.HappenedLater, "happenedOn"),
    ],
)
def test_what_no_rule_of_that_day_says_is_refused(office, changes, refusal, field):
    with pytest.raises(refusal) as refused:
        request_credit(FIRST, office.desk, **{**CREDIT, **changes})
    assert refused.value.field == field


def test_points_name_members_who_exist(office):
    with pytest.raises(errors.MemberUnknown) as refused:
        request_credit(FIRST, office.desk, **{**CREDIT, "member_id": "m-15-9999"})
    assert refused.value.field == "memberId"


def test_the_plenary_by_half_days(office):
    given = {**CREDIT, "rule_code": "A1", "quantity": 3, "out_of": 6}
    decide(office, request_credit(FIRST, office.desk, **given))
    office.hear_own()
    assert office.total() == 12.5


def test_an_entry_taken_back_and_later_undone_by_its_own_event(office):
    office.hear(filed("p1"))
    entry = "B1:proposal/p1/filed:m-15-0088:1"
    request = request_strike(FIRST, office.desk, entry_id=entry, reason="重复登记")
    assert office.total() == 10
    decide(office, request)
    office.hear_own()
    assert office.total() == 0
    with pytest.raises(errors.EntryUndone):
        request_strike(FIRST, office.desk, entry_id=entry, reason="重复登记")
    reversals = [e for e in office.desk.ledger.of_year(2017) if e.is_reversal]
    assert [e.event_type for e in reversals] == ["performance_manual_entry_decided"]


def test_a_strike_names_an_entry(office):
    with pytest.raises(errors.EntryNotFound):
        request_strike(FIRST, office.desk, entry_id="B1:no/such", reason="无")


def test_a_command_sent_twice_makes_one_request(office):
    sent = call(Role.OFFICE, "office-1", command="c-1")
    first = request_credit(sent, office.desk, **CREDIT)
    assert request_credit(sent, office.desk, **CREDIT) == first
    assert office.desk.manual.count({}) == 1
    assert len(office.told("performance_manual_entry_requested")) == 1


@pytest.mark.parametrize("by", [CHAIR, call(Role.MEMBER, "m", SHEN), call(Role.INFO_EDITOR)])
def test_others_may_not_ask(office, by):
    with pytest.raises(Forbidden):
        request_credit(by, office.desk, **CREDIT)
    with pytest.raises(Forbidden):
        request_strike(by, office.desk, entry_id="e", reason="r")
    with pytest.raises(Forbidden):
        decide(office, "r", by=by)
