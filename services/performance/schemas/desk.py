"""What the operations of performance are given: desk."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.performance.domain import appeals, manual, talks, years
from services.performance.schemas import common
from shared.operations import about
from shared.schemas import Choice, Number

STATE = "状态。State."

OtherVersion = Annotated[
    int, about(Number(1, 10_000), "积分办法版本号。Version of the rules.", called="version")
]


class RequestFilter(TypedDict, total=False):
    state: Annotated[manual.RequestState, about(Choice(manual.RequestState), STATE)] | None
    member_id: common.MemberId | None


class OfMember(TypedDict, total=False):
    member_id: common.MemberId | None
    year: common.OfYear | None


class AppealFilter(OfMember, total=False):
    state: Annotated[appeals.AppealState, about(Choice(appeals.AppealState), STATE)] | None


class LateFilter(OfMember, total=False):
    state: Annotated[years.LateState, about(Choice(years.LateState), STATE)] | None


class TalkFilter(OfMember, total=False):
    state: Annotated[talks.TalkState, about(Choice(talks.TalkState), STATE)] | None
