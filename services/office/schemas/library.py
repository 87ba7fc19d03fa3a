"""What the operations of office are given: library."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from services.office.schemas import common
from shared.operations import Answer, about
from shared.schemas import Amount, CodeText, Day, Flag, Id, Many, Text

RULE = Answer("rule", "InternalRule", "制度。The rule afterwards.")
TRAINING = Answer("training", "StaffTraining", "培训记录。The record afterwards.")

KnownRuleId = Annotated[
    str, about(Id("InternalRule"), "已有制度，发布新版本时填写。The rule that gets a new version.")
]
RuleTitle = Annotated[str, about(Text(1, 200), "名称。Title.")]
Area = Annotated[str, about(Text(1, 40), "类别。What it is about.")]
DocNo = Annotated[str, about(CodeText(1, 50), "发文字号。Official number.")]
ValidFrom = Annotated[date, about(Day(), "施行日期。First day in force.")]
RuleId = Annotated[str, about(Id("InternalRule"), "制度编号。Global id of the rule.")]
RepealedOn = Annotated[date, about(Day(), "废止日期，自该日起不再有效。From this day on.")]
Hours = Annotated[float, about(Amount(0.5, 1000), "学时，可有半学时。Hours, halves allowed.")]
Staff = Annotated[list[str], about(Many(Id("Account"), high=1000), "参训人员账号。Accounts.")]
TrainingId = Annotated[str, about(Id("StaffTraining"), "记录编号。Global id of the record.")]


class InternalRuleFilter(TypedDict, total=False):
    """制度筛选条件。All of these must hold."""

    area: Area | None
    in_force: Annotated[bool, about(Flag(), "仅今日有效的。Only those in force today.")]


class StaffTrainingFilter(TypedDict, total=False):
    """培训记录筛选条件。All of these must hold."""

    year: common.Year | None
    account_id: (
        Annotated[
            str, about(Id("Account"), "参训人员账号。Global id of an account that took part.")
        ]
        | None
    )


class Course(TypedDict):
    """A training, without those who took part."""

    title: Annotated[str, about(Text(1, 200), "培训名称。Title.")]
    organiser: Annotated[str, about(Text(1, 100), "举办单位。Who held it.")]
    begins_on: Annotated[date, about(Day(), "开始日期。First day.")]
    ends_on: Annotated[date, about(Day(), "结束日期。Last day.")]
