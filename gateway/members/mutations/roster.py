"""Every change of the roster."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Boolean, Field, InputObjectType, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    CommandMutation,
    Date,
    DateTime,
    FromRow,
    global_id,
    label_field,
    labelled_enum,
)
from gateway.members import inputs
from gateway.members.enums import JoinedVia
from gateway.members.loaders import SERVICE
from gateway.members.reviews import RemovalReview
from gateway.members.types import Member

Row = dict[str, Any]
MEMBER_ID = "委员编号。Id of the member."
CHANGE_ID = "变更编号。Id of the profile change that was looked at."
DOCUMENT_NO = "文号。Number of the document behind it."


class _Member(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "member"
    ids = {"member_id": "Member"}  # noqa: RUF012

    member = Field(Member, description="委员。The member afterwards.")


class _MemberInput:
    member_id = ID(required=True, description=MEMBER_ID)


class _WithReason(_MemberInput):
    reason = String(required=True, description="原因。Reason.")


class NominateMember(_Member):
    """提名委员（办公室）。Nominate a member, of a known or a new person."""

    class Input(inputs.Nomination):
        pass

    method = "nominate_member"
    ids = inputs.PROFILE_IDS


class AppointMember(_Member):
    """委员就任（办公室）。Appoint a nominee, at the term's beginning or by co-option."""

    class Input(_MemberInput):
        joined_via = JoinedVia(required=True, description="产生方式。How the member joins.")
        joined_on = DateTime(description="增补就任时间，默认现在。Of a co-option; now unless told.")

    method = "appoint_member"


class RejectNomination(_Member):
    """提名未通过（办公室）。A nomination that is not accepted."""

    class Input(_WithReason):
        pass

    method = "reject_nomination"


class SuspendMember(_Member):
    """暂停履职（办公室）。Suspend a member."""

    class Input(_WithReason):
        document_no = String(description=DOCUMENT_NO)

    method = "suspend_member"


class ReinstateMember(_Member):
    """恢复履职（办公室）。End a suspension."""

    class Input(_MemberInput):
        reason = String(description="说明。Note.")

    method = "reinstate_member"


class ResignMember(_Member):
    """办理请辞（办公室）。Record that a member has resigned."""

    class Input(_WithReason):
        document_no = String(description=DOCUMENT_NO)

    method = "resign_member"


class RevokeMember(_Member):
    """撤销委员资格（办公室）。Revoke a membership, by a decision of the Standing Committee."""

    class Input(_WithReason):
        document_no = String(required=True, description=DOCUMENT_NO)

    method = "revoke_member"


class RecordDeath(_Member):
    """记录委员去世（办公室）。Record that a member has died."""

    class Input(_MemberInput):
        died_on = Date(required=True, description="去世日期。Day of death.")

    method = "record_death"


class ChangePost(_Member):
    """变更政协职务（办公室）。Set the posts that a member holds from now on."""

    class Input(_MemberInput):
        posts = List(
            NonNull(inputs.HeldPostInput),
            required=True,
            description="全部职务，空则免去所有职务。All posts; empty for none.",
        )

    method = "change_post"
    ids = {"member_id": "Member", "posts.organisation": "Organisation"}  # noqa: RUF012


class ChangeProfile(_Member):
    """变更委员资料（办公室）。Change a member's data."""

    class Input(_MemberInput):
        changes = inputs.MemberProfileInput(required=True, description="新的资料。New values.")

    method = "change_profile"
    ids = {  # noqa: RUF012
        "member_id": "Member",
        **{f"changes.{field}": kind for field, kind in inputs.PROFILE_IDS.items()},
    }


class RequestProfileChange(_Member):
    """申请变更本人资料。Ask for a change of one's own data; the office confirms it."""

    class Input:
        changes = inputs.SelfEditInput(required=True, description="新的资料。New values.")

    method = "request_profile_change"


class WithdrawProfileChange(_Member):
    """撤回本人的资料变更申请。Take back one's own request."""

    class Input:
        change_id = ID(required=True, description=CHANGE_ID)

    method = "withdraw_profile_change"


class _Decision(_MemberInput):
    change_id = ID(required=True, description=CHANGE_ID)


class ConfirmProfileChange(_Member):
    """确认资料变更（办公室）。Put a requested change in force."""

    class Input(_Decision):
        pass

    method = "confirm_profile_change"


class RefuseProfileChange(_Member):
    """不同意资料变更（办公室）。Refuse a requested change."""

    class Input(_Decision):
        reason = String(required=True, description="理由。Reason.")

    method = "refuse_profile_change"


CarryOutcome = labelled_enum(
    "CarryOutcome",
    {
        "CREATED": ("已结转", "A membership of the new term was made"),
        "EXISTS": ("本届已有", "The person has one already"),
        "REFUSED": ("未结转", "Refused; see message"),
    },
    "结转结果。What became of one member.",
)


class CarriedMemberInput(InputObjectType):
    """结转的一位委员。One member to go on."""

    member_id = ID(required=True, description="原届委员编号。Id of the former membership.")
    member_no = String(description="新委员证号，默认沿用尾号。New number; same digits unless told.")
    sector = String(description="新界别代码，默认不变。New sector; unchanged unless told.")


class CarriedOver(ObjectType):
    """一位委员的结转结果。What became of one member."""

    from_id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("Member", row["from_id"])),
        description="原届委员编号。Id of the former membership.",
    )
    outcome = Field(CarryOutcome, required=True, description="结果。Outcome.")
    outcome_label = label_field(CarryOutcome, "outcome", "结果名称。Chinese label of the outcome.")
    message = String(
        resolver=FromRow(lambda row: row["problems"][0]["message"] if row["problems"] else None),
        description="未结转的原因。Why it was refused, in Chinese.",
    )
    member = Field(Member, description="新一届的委员。The membership of the new term.")

    @staticmethod
    def resolve_member(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row | None] | None:
        if row["member_id"] is None:
            return None
        member: Awaitable[Row | None] = info.context.loaders.members.load(row["member_id"])
        return member


class CarryOverMembers(CommandMutation):
    """换届结转委员（办公室）。Members who go on into a new term; safe to send again."""

    class Input:
        term = Int(required=True, description="新一届的届次。Number of the new term.")
        members = List(
            NonNull(CarriedMemberInput), required=True, description="委员，一次至多100人。Members."
        )
        appoint = Boolean(description="是否同时就任，默认仅提名。Appoint too, not only nominate.")

    service = SERVICE
    method = "carry_over_members"
    ids = {"members.member_id": "Member"}  # noqa: RUF012
    result_field = "results"
    results = List(NonNull(CarriedOver), description="结果，按所列顺序。Results, in order.")


class DecideRemovalReview(CommandMutation):
    """登记常委会对缺席委员的决定（办公室）。Record the decision: removed, or kept."""

    class Input:
        review_id = ID(required=True, description="审议事项编号。Id of the review.")
        removed = Boolean(required=True, description="是否撤销资格。Whether removed.")
        reason = String(required=True, description="理由。Reason.")
        document_no = String(description=DOCUMENT_NO)

    service = SERVICE
    method = "decide_removal_review"
    ids = {"review_id": "RemovalReview"}  # noqa: RUF012
    result_field = "review"
    review = Field(RemovalReview, description="审议事项。The review afterwards.")


MUTATIONS = [
    CarryOverMembers,
    DecideRemovalReview,
    NominateMember,
    AppointMember,
    RejectNomination,
    SuspendMember,
    ReinstateMember,
    ResignMember,
    RevokeMember,
    RecordDeath,
    ChangePost,
    ChangeProfile,
    RequestProfileChange,
    WithdrawProfileChange,
    ConfirmProfileChange,
    RefuseProfileChange,
]
