"""What has to be done with an item by a time (10.3)."""

from __future__ import annotations

from dataclasses import dataclass

from shared import clocks
from shared.labels import Labelled


class Limit(Labelled, name="OpinionLimit"):
    """时限。What has to be done by a time."""

    EDIT = "EDIT", "编辑核稿", "Edit"
    SIGN = "SIGN", "签发", "Sign"
    DELIVER = "DELIVER", "报送", "Deliver"
    INFORM = "INFORM", "告知反映人", "Tell the author what becomes of it"
    RESUBMIT = "RESUBMIT", "修改后重报", "Revise and submit again"
    RESULT = "RESULT", "反馈办理结果", "Give the unit's result"
    FOLLOW = "FOLLOW", "跟踪办结", "Follow up and close"
    GOOD = "GOOD", "审定优秀信息", "Decide on a good item"


@dataclass
class Clock(clocks.Clock):
    """no: the referral's number, of results."""

    about: Limit
