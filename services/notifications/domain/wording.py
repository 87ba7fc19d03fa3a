"""How values of an event read inside a Chinese text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from services.notifications.domain.todos import TodoKind
from shared.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROLE_LABELS = {role.value: role.label for role in Role}


def moment(value: Any) -> str:
    """2017-02-09T17:00:00+08:00 → 2017年2月9日17:00."""
    at = datetime.fromisoformat(value).astimezone(SHANGHAI)
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


def day(value: Any) -> str:
    """2017-04-12 → 2017年4月12日."""
    on = date.fromisoformat(value)
    return f"{on.year}年{on.month}月{on.day}日"


def magnitude(value: Any) -> str:
    """-2.0 → 2; the sentence says whether it was added or taken."""
    return f"{abs(value):g}"


def todo_label(value: Any) -> str:
    """EXTENSION_DECISION → 审批延期申请; EDIT → 编辑核稿."""
    return LIMITS[value] if value in LIMITS else TodoKind(value).label


def role_label(value: Any) -> str:
    return ROLE_LABELS.get(str(value), str(value))


# What of an item of public opinion is due.
LIMITS = {
    "EDIT": "编辑核稿",
    "SIGN": "签发",
    "DELIVER": "报送",
    "INFORM": "告知反映人",
    "FOLLOW": "跟踪办结",
    "GOOD": "优秀信息评定",
}
LEVELS = {"DISTRICT": "区级", "CITY": "市级", "PROVINCE": "省级", "NATION": "全国"}
DISPOSITIONS = {"TO_REFERENCE": "送有关部门参阅", "TO_LETTER": "转为委员来信"}

VERDICTS = {"FILE": "立案", "NOT_FILE": "不予立案", "MERGE": "并案"}
OPENNESS = {"FULL": "全文公开", "SUMMARY": "摘要公开", "NOT": "不公开"}

FORMATS: dict[str, Callable[[Any], str]] = {
    "disposition": DISPOSITIONS.__getitem__,
    "openness": OPENNESS.__getitem__,
    "verdict": VERDICTS.__getitem__,
    "upheld": {True: "异议成立", False: "维持原决定"}.__getitem__,
    "level": lambda level: LEVELS.get(level, level),
    "resubmit_by": moment,
    "due_on": moment,
    "co_due_at": moment,
    "decide_by": moment,
    "window_until": moment,
    "locked_until": moment,
    "active_from": day,
    "appeal_by": moment,
    "appeal_until": moment,
    "due_at": moment,
    "sign_due_at": moment,
    "evaluate_by": moment,
    "held_at": moment,
    "enrol_by": moment,
    "sign_up_by": moment,
    "moved_from": moment,
    "answer_by": moment,
    "held_on": day,
    "new_due_on": day,
    "points": magnitude,
    "role": role_label,
    "about": todo_label,
    "undecided": todo_label,
}


def params(text: str, data: Mapping[str, Any]) -> dict[str, str]:
    """The values of `data` that `text` names, as they read in Chinese."""
    named = [field for _, field, _, _ in Formatter().parse(text) if field]
    return {field: FORMATS.get(field, str)(data[field]) for field in named}


def render(text: str, data: Mapping[str, Any]) -> str:
    """`text` with the values of `data` in it."""
    return text.format_map(params(text, data))
