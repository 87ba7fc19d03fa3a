"""Activities, the years of groups and towns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, Float, InputObjectType, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.liaison.activities import Activity, LiaisonYear
from gateway.liaison.enums import ActivityKind
from gateway.liaison.loaders import SERVICE

Ids = Mapping[str, str]


class MapPointInput(InputObjectType):
    """坐标（WGS 84）。A place on the map, in degrees."""

    latitude = Float(required=True, description="纬度。Latitude.")
    longitude = Float(required=True, description="经度。Longitude.")


class ParticipationInput(InputObjectType):
    """一名委员的参加情况。Whether a member took part."""

    member_id = ID(required=True, description="委员。The member.")
    took_part = Boolean(required=True, description="是否参加。Whether the member took part.")


class _Activity(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "activity"
    ids: ClassVar[Ids] = {"activity_id": "Activity"}
    holder = "activity_id"
    activity = Field(Activity, description="活动。The activity afterwards.")


class _Workspace(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "workspace"
    workspace = Field(LiaisonYear, description="年度工作。The year afterwards.")


class ApplyActivity(_Activity):
    """申请活动，退回后可重新申请。Apply for an activity, or again."""

    class Input:
        activity_id = ID(description="编号，新申请时不填。Global id; none for a new one.")
        kind = ActivityKind(required=True, description="种类。Kind.")
        title = String(required=True, description="名称。Title.")
        topic = String(description="议题。Topic.")
        organisers = List(
            NonNull(ID), required=True, description="主办单位，可多个。Organisers, one or more."
        )
        town = ID(description="所在镇（街道）。Town.")
        home_id = ID(description="委员之家。Members' Home.")
        circle_id = ID(description="交流小组或联谊会。Topic group or association.")
        held_at = DateTime(required=True, description="开始时间。Beginning.")
        ends_at = DateTime(description="结束时间。End.")
        place = String(required=True, description="地点。Place.")
        location = MapPointInput(description="坐标。Place on the map.")
        text = String(description="方案。Text.")
        capacity = Int(description="名额，不填不限。Places; none for no limit.")
        sign_up_by = DateTime(required=True, description="报名截止。Sign-up ends.")
        groups = List(
            NonNull(String),
            description="面向的组别，如 PARTY:04，不填面向全体。Groups asked; none for all.",
        )
        files = List(NonNull(ID), description="附件。Files.")

    method = "apply_activity"
    ids: ClassVar[Ids] = {
        "activity_id": "Activity",
        "organisers": "Organisation",
        "town": "Organisation",
        "home_id": "MembersHome",
        "circle_id": "Circle",
        "files": "File",
    }


class DecideActivity(_Activity):
    """发布或退回活动申请（办公室）。Publish an activity, or return it."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        published = Boolean(required=True, description="是否发布。Whether it is published.")
        opinion = String(description="意见。Opinion.")

    method = "decide_activity"


class SignUpForActivity(_Activity):
    """报名参加活动（委员本人）。Sign up."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")

    method = "sign_up"


class WithdrawFromActivity(_Activity):
    """取消报名（委员本人）。Withdraw."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")

    method = "withdraw_sign_up"


class StartActivity(_Activity):
    """活动开始。Start an activity."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")

    method = "start_activity"


class CancelActivity(_Activity):
    """取消活动。Call an activity off."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        reason = String(required=True, description="理由。Reason.")

    method = "cancel_activity"


class ConfirmParticipation(_Activity):
    """确认参加的委员；社会服务须附证明。Say who took part; social service needs proof."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        members = List(NonNull(ID), required=True, description="参加的委员。Who took part.")
        proof = List(NonNull(ID), description="证明材料。Proof.")

    method = "confirm_participation"
    ids: ClassVar[Ids] = {"activity_id": "Activity", "members": "Member", "proof": "File"}


class CorrectParticipation(_Activity):
    """更正参加记录。Correct who took part."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        rows = List(
            NonNull(ParticipationInput), required=True, description="更正的记录。What is corrected."
        )
        reason = String(required=True, description="理由。Reason.")

    method = "correct_participation"
    ids: ClassVar[Ids] = {"activity_id": "Activity", "rows.member_id": "Member"}


class CloseActivity(_Activity):
    """履职关闭，附小结。Close an activity with its summary."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        summary = String(required=True, description="小结。Summary.")

    method = "close_activity"


class AskCommitteeHelp(_Activity):
    """请求专委会协助（提前一周）。Ask a committee for help, a week ahead."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        committee = ID(required=True, description="专委会。The committee.")
        text = String(required=True, description="内容。What for.")

    method = "ask_help"
    ids: ClassVar[Ids] = {"activity_id": "Activity", "committee": "Organisation"}


class AnswerCommitteeHelp(_Activity):
    """专委会答复协助请求。Answer a request for help."""

    class Input:
        activity_id = ID(required=True, description="活动编号。Global id of the activity.")
        help_no = Int(required=True, description="序号。Number of the request.")
        answer = String(required=True, description="答复。Answer.")

    method = "answer_help"


class WriteLiaisonYear(_Workspace):
    """编写本组织的年度计划、议题和总结。Write plan, topics and summary of one's own year."""

    class Input:
        year = Int(required=True, description="年度。Year.")
        plan = String(description="计划。Plan.")
        topics = List(NonNull(String), description="区域发展热点、难点问题。Local topics.")
        summary = String(description="总结。Summary.")

    method = "write_workspace"


ACTIVITIES: list[Any] = [
    ApplyActivity,
    DecideActivity,
    SignUpForActivity,
    WithdrawFromActivity,
    StartActivity,
    CancelActivity,
    ConfirmParticipation,
    CorrectParticipation,
    CloseActivity,
    AskCommitteeHelp,
    AnswerCommitteeHelp,
    WriteLiaisonYear,
]
