"""What the operations of performance are given: manual."""

from __future__ import annotations

from typing import Annotated

from services.performance.schemas import common
from shared.operations import Answer, about
from shared.schemas import Flag, Id

REQUEST = Answer("request", "PointsRequest", "申请。The request afterwards.")

RequestId = Annotated[str, about(Id("PointsRequest"), "申请编号。Global id of the request.")]
Confirmed = Annotated[bool, about(Flag(), "是否确认。Whether it is confirmed.")]


class RequestCredit(common.PointsCreditInput):
    """What `request_credit` is given."""

    member_id: common.MemberId
    reason: common.Reason
