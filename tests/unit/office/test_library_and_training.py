"""Internal rules in versions, and the staff's training record (15.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.office.domain import document_errors as errors
from services.office.domain.library import InternalRule
from services.office.domain.training import Hours, Training, add_up
from shared.contracts import names
from tests.unit.office.documents import AT, CLERK


def rule() -> InternalRule:
    made = InternalRule("rule-1", 15, "机关公务用车管理办法", "车辆")
    made.publish("第一条", "吴政协办〔2016〕5号", date(2016, 5, 1), (), CLERK, AT)
    return made


def training(**changes: Any) -> Training:
    given: dict[str, Any] = {
        "id": "training-1",
        "term": 15,
        "title": "公文处理培训",
        "organiser": "办公室",
        "begins_on": date(2017, 1, 12),
        "ends_on": date(2017, 1, 13),
        "half_hours": 8,
        "staff": ("account-office", "account-office-second"),
        "recorded_by": CLERK,
        "recorded_at": AT,
    }
    made = Training(**{**given, **changes})
    made.record(AT)
    return made


def test_one_version_is_in_force_on_each_day() -> None:
    one = rule()
    one.publish("第一条（修订）", "吴政协办〔2017〕2号", date(2017, 3, 1), ("file-1",), CLERK, AT)
    held = {
        day: one.in_force(day) for day in (date(2016, 4, 30), date(2017, 2, 28), date(2017, 3, 1))
    }
    assert [version and version.no for version in held.values()] == [None, 1, 2]
    assert [version.valid_to for version in one.versions] == [date(2017, 2, 28), None]


def test_a_version_begins_after_the_last() -> None:
    with pytest.raises(errors.RuleUnfit):
        rule().publish("第一条", "吴政协办〔2017〕2号", date(2016, 5, 1), (), CLERK, AT)


def test_a_repealed_rule_holds_no_more_and_stays_so() -> None:
    one = rule()
    one.repeal(date(2017, 12, 1), "已有新规定")
    assert one.in_force(date(2017, 11, 30)) is not None
    assert one.in_force(date(2017, 12, 1)) is None
    for act in (
        lambda: one.repeal(date(2018, 1, 1), "再次"),
        lambda: one.publish("第一条", "号", date(2018, 1, 1), (), CLERK, AT),
    ):
        with pytest.raises(errors.RuleUnfit):
            act()
    assert [event for event, _ in one.events] == [
        names.INTERNAL_RULE_PUBLISHED,
        names.INTERNAL_RULE_REPEALED,
    ]


def test_files_of_every_version_are_kept() -> None:
    one = rule()
    one.publish("修订", "吴政协办〔2017〕2号", date(2017, 3, 1), ("file-1",), CLERK, AT)
    one.tell_files()
    assert one.events[-1] == (
        names.INTERNAL_RULE_FILES_CHANGED,
        {"rule_id": "rule-1", "title": one.title, "attached": ["file-1"], "detached": []},
    )


def test_hours_add_up_by_account_without_what_was_withdrawn() -> None:
    wrong = training(id="training-2")
    wrong.withdraw("重复登记")
    one_more = training(id="training-3", staff=("account-office",), half_hours=3)
    assert add_up([training(), wrong, one_more]) == [
        Hours("account-office", 2, 11),
        Hours("account-office-second", 1, 8),
    ]
    with pytest.raises(errors.TrainingUnfit):
        wrong.withdraw("再次")


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_on": date(2017, 1, 11)},
        {"ends_on": date(2017, 2, 7)},
        {"staff": ()},
        {"staff": ("account-office", "account-office")},
    ],
)
def test_an_unfit_record_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(errors.TrainingUnfit):
        training(**changes)
