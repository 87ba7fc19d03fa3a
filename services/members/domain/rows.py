"""A row of an imported roster: what it says, and what would happen (2.1, data entry by OFFICE)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.members.domain.organisation import Kind
from shared.errors import Item
from shared.labels import Labelled

Values = dict[str, Any]


class Action(Labelled, name="RosterRowAction"):
    """名册一行的处理方式。What a row would do."""

    NEW = "NEW", "新增", "A new membership"
    CHANGED = "CHANGED", "变更", "Data or posts of a member change"
    UNCHANGED = "UNCHANGED", "无变化", "Nothing changes"
    ERROR = "ERROR", "有错误", "Cannot be imported, see problems"


class Outcome(Labelled, name="RosterRowOutcome"):
    """名册一行的结果。What has become of a row."""

    APPLIED = "APPLIED", "已导入", "Done"
    NOTHING = "NOTHING", "无变化", "There was nothing to do"
    SKIPPED = "SKIPPED", "已跳过", "Left out, for it has errors"
    REFUSED = "REFUSED", "未导入", "The roster has changed since the check, see problems"


class Do(StrEnum):
    """The commands that a row consists of."""

    NOMINATE = "NOMINATE"
    APPOINT = "APPOINT"
    CHANGE_PROFILE = "CHANGE_PROFILE"
    CHANGE_POSTS = "CHANGE_POSTS"


@dataclass(frozen=True)
class Words:
    """How names in a sheet are understood: name, short name or code → code or id."""

    sectors: Mapping[str, str]
    organisations: Mapping[Kind, Mapping[str, str]]


@dataclass(frozen=True)
class SheetRow:
    """One row as it was read; `number` is the line of the sheet, the heading being line 1.

    `values` are primitives: the fields of a nomination, and former_member_no, posts
    ([{"post", "organisation"?}]), joined_via, joined_on. What was left empty is absent. hidden:
    whoever looked at the sheet did not see it.
    """

    number: int
    values: Values
    problems: tuple[Item, ...] = ()
    hidden: bool = False

    @property
    def member_no(self) -> str | None:
        return self.values.get("member_no")


@dataclass(frozen=True)
class Step:
    """One command of a row, with its arguments as primitives."""

    do: Do
    arguments: Values


@dataclass(frozen=True)
class Plan:
    """What a row would do: the steps, or the problems that stand against it.

    `fields`: names of what is given or would change; `warnings`: what somebody should look at,
    and what stops nothing.
    """

    action: Action
    member_id: str | None = None
    fields: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Item, ...] = ()
    warnings: tuple[Item, ...] = ()

    @classmethod
    def failed(cls, errors: Iterable[Item]) -> Plan:
        return cls(Action.ERROR, problems=tuple(errors))
