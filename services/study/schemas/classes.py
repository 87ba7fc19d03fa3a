"""What the operations of study are given: classes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.study.schemas import common
from shared.operations import Answer, about
from shared.schemas import Amount, Number, When

ROTATION_CLASS = Answer("rotation_class", "RotationClass", "轮训班。The class afterwards.")

RotationClassHeldAt = Annotated[datetime, about(When(), "开班时间。Beginning.")]


class OpenClass(TypedDict):
    """What `OpenClass` is given."""

    batch: Annotated[int, about(Number(1, 100), "批次。Batch.")]
    title: common.Title
    ends_at: common.EndsAt | None
    place: common.Place
    half_days: Annotated[int, about(Number(1, 60), "半天数。Half-days.")]
    hours: Annotated[float, about(Amount(0, 200), "学时。Hours that completion is worth.")]
    quota: Annotated[int, about(Number(1, 1000), "名额。Places.")]
    sector_share: Annotated[
        int,
        about(Number(1, 100), "界别占名额上限（%），默认20。Percent for one sector.", default=20),
    ]
    enrol_by: Annotated[datetime, about(When(), "报名截止。Enrolment ends.")]
