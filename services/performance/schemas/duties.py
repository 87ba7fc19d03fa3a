"""What the operations of performance are given: duties."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.performance.domain import duties
from services.performance.schemas import common
from shared.operations import about
from shared.schemas import Choice, Flag, Number


class DutyFilter(TypedDict, total=False):
    """履职记录筛选条件。All of these must hold."""

    member_id: common.MemberId | None
    duty: Annotated[duties.Duty, about(Choice(duties.Duty), "种类。Kind of duty.")] | None
    done: Annotated[bool, about(Flag(), "是否履职，否为缺席。Done; missed if not.")] | None
    year: Annotated[int, about(Number(2000, 2100), "年度。Year.")] | None
