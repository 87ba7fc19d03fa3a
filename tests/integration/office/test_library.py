"""Internal rules and the staff's training on a real database (15.1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from services.office.commands import library
from services.office.domain import document_errors as errors
from services.office.queries import library as shelf
from services.office.queries import papers as reads
from shared.clock import SHANGHAI
from tests.integration.office.desk import CHAIR, CLERK, CLERK_TWO, ECONOMY, UNIT, Office, Row
from tests.integration.office.papers import do


def published(office: Office, rule_id: str | None = None, **changes: Any) -> str:
    given: Row = {
        "title": "机关公务用车管理办法",
        "area": "车辆",
        "text": "第一条",
        "doc_no": "吴政协办〔2017〕2号",
        "valid_from": date(2017, 3, 1),
        "attachments": ["file-1"],
        **changes,
    }
    return do(office, library.publish_rule, CLERK, rule_id=rule_id, **given)


def listed(office: Office, **asked: Any) -> list[tuple[str, int | None]]:
    filter: Any = asked
    page = shelf.list_internal_rules(ECONOMY, office.desk, filter=filter, first=20, after=None)
    return [(row["title"], row["in_force_no"]) for row in page["rows"]]


def trained(office: Office, *staff: str, **changes: Any) -> str:
    given: Row = {
        "title": "公文处理培训",
        "organiser": "办公室",
        "begins_on": date(2017, 3, 9),
        "ends_on": date(2017, 3, 10),
        "hours": 3.5,
        **changes,
    }
    return do(office, library.record_training, CLERK, staff=list(staff), **given)


def test_the_version_of_the_day_is_shown(office: Office) -> None:
    rule = published(office)
    published(office, rule, valid_from=date(2017, 6, 1), text="第一条（修订）")
    assert listed(office) == [("机关公务用车管理办法", 1)]
    office.clock.at = datetime(2017, 6, 1, 9, tzinfo=SHANGHAI)
    assert listed(office, in_force=True) == [("机关公务用车管理办法", 2)]


def test_a_repealed_rule_is_kept_but_not_in_force(office: Office) -> None:
    rule = published(office)
    do(office, library.repeal_rule, CLERK, rule_id=rule, on=date(2017, 5, 4), reason="已有新规定")
    assert (listed(office, in_force=True), listed(office, area="车辆")) == (
        [],
        [("机关公务用车管理办法", None)],
    )
    with pytest.raises(errors.RuleUnfit):
        published(office, rule, valid_from=date(2018, 1, 1))
    with pytest.raises(errors.RuleNotFound):
        published(office, "unknown")


def test_a_rule_is_for_the_staff(office: Office) -> None:
    rule = published(office)
    papers = office.desk
    assert [row["id"] for row in shelf.internal_rules_by_ids(CHAIR, papers, ids=[rule])] == [rule]
    assert shelf.internal_rules_by_ids(UNIT, papers, ids=[rule]) == []
    assert reads.may_read_paper(ECONOMY, papers, "file-1", rule) is True
    assert reads.may_read_paper(UNIT, papers, "file-1", rule) is False


def test_hours_are_counted_by_year_and_each_sees_the_own(office: Office) -> None:
    trained(office, "account-office", "account-economy")
    wrong = trained(office, "account-office")
    do(office, library.withdraw_training, CLERK, training_id=wrong, reason="重复登记")
    days = {"begins_on": date(2016, 12, 31), "ends_on": date(2017, 1, 1)}
    trained(office, "account-office", hours=1, **days)
    papers = office.desk
    assert shelf.training_hours(CLERK_TWO, papers, year=2017) == [
        {"account_id": "account-office", "courses": 2, "hours": 4.5},
        {"account_id": "account-economy", "courses": 1, "hours": 3.5},
    ]
    assert shelf.training_hours(ECONOMY, papers, year=2017) == [
        {"account_id": "account-economy", "courses": 1, "hours": 3.5}
    ]
    assert shelf.training_hours(CLERK, papers, year=2016) == []
    assert shelf.count_trainings(ECONOMY, papers, filter={}) == 1
    with pytest.raises(errors.TrainingNotFound):
        do(office, library.withdraw_training, CLERK, training_id="unknown", reason="无")
