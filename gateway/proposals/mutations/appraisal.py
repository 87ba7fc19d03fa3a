"""Democratic appraisals and inspections: from the plan to the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, InputObjectType, Int, List, NonNull, ObjectType, String

from gateway.base import CommandMutation, DateTime, localise
from gateway.proposals.appraisal import Appraisal, Inspection, VoterKind
from gateway.proposals.enums import Grade
from gateway.proposals.types import SERVICE


class OnAppraisal(CommandMutation):
    """Base: `id` names the appraisal, the payload has it as it then is."""

    class Meta:
        abstract = True

    service = SERVICE
    result_field: ClassVar[str | None] = "appraisal"
    ids: ClassVar[Mapping[str, str]] = {"id": "Appraisal"}

    @classmethod
    def __init_subclass_with_meta__(cls, name: str | None = None, **options: Any) -> None:
        cls.appraisal = Field(Appraisal, description="操作后的评议。The appraisal as it is now.")
        super().__init_subclass_with_meta__(name, **options)

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """`id` is the service's `appraisal_id`."""
        return _named(localise(input, cls.ids), "appraisal_id")


class OnInspection(CommandMutation):
    """Base: `id` names the inspection, the payload has it as it then is."""

    class Meta:
        abstract = True

    service = SERVICE
    result_field: ClassVar[str | None] = "inspection"
    ids: ClassVar[Mapping[str, str]] = {"id": "Inspection"}
    holder = "inspection_id"

    @classmethod
    def __init_subclass_with_meta__(cls, name: str | None = None, **options: Any) -> None:
        cls.inspection = Field(Inspection, description="操作后的视察。The inspection as it is now.")
        super().__init_subclass_with_meta__(name, **options)

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """`id` is the service's `inspection_id`."""
        return _named(localise(input, cls.ids), "inspection_id")


def _named(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {name if key == "id" else key: value for key, value in given.items()}


def appraisal_id() -> ID:
    return ID(required=True, description="评议编号。Id of the appraisal.")


def inspection_id() -> ID:
    return ID(required=True, description="视察编号。Id of the inspection.")


class AppraisalCaseInput(InputObjectType):
    """列入评议的提案。A case for the list."""

    proposal_id = ID(required=True, description="提案。The case.")
    unit_ids = List(
        NonNull(ID), description="被评议单位，默认全部承办单位。Units; all of the case unless told."
    )


class PlanAppraisal(OnAppraisal):
    """安排民主评议。Plan an appraisal."""

    class Input:
        title = String(required=True, description="名称。Title.")
        held_at = DateTime(required=True, description="时间。When.")
        place = String(required=True, description="地点。Where.")
        cases = List(NonNull(AppraisalCaseInput), required=True, description="提案。Cases.")

    method = "plan_appraisal"
    ids: ClassVar[Mapping[str, str]] = {
        "cases.proposal_id": "Proposal",
        "cases.unit_ids": "Organisation",
    }


class CancelAppraisal(OnAppraisal):
    """取消民主评议，限投票开始之前。Cancel it before the vote opens."""

    class Input:
        id = appraisal_id()
        reason = String(required=True, description="原因。Reason.")

    method = "cancel_appraisal"


class VoterInput(InputObjectType):
    """评议人员：委员、账号、称谓三者填一。A member, an account, or whom a code is given to."""

    kind = VoterKind(required=True, description="类别。Kind.")
    member_id = ID(description="委员。The member.")
    account_id = ID(description="账号。The account.")
    label = String(
        description="无账号者的称谓，发给投票码。Of one without an account: gets a code."
    )
    unit_id = ID(description="无账号者申报的任职单位。Unit that this person says to work for.")


class VotingCode(ObjectType):
    """投票码，只显示一次。A voting code, shown this once."""

    no = Int(required=True, description="评议人员序号。Number of the voter.")
    label = String(required=True, description="称谓。Whom it is for.")
    code = String(required=True, description="投票码。The code.")


class InviteVoters(OnAppraisal):
    """邀请评议人员，全部成功或全部不成功。Put people on the panel, all of them or none."""

    class Input:
        id = appraisal_id()
        voters = List(NonNull(VoterInput), required=True, description="人员。The people.")

    method = "invite_voters"
    result_field = None
    ids: ClassVar[Mapping[str, str]] = {
        "id": "Appraisal",
        "voters.member_id": "Member",
        "voters.account_id": "Account",
        "voters.unit_id": "Organisation",
    }
    voting_codes = List(NonNull(VotingCode), description="投票码，只显示一次。Shown this once.")


class RemoveVoter(OnAppraisal):
    """移出评议人员，限投票开始之前。Take someone off the panel before the vote opens."""

    class Input:
        id = appraisal_id()
        no = Int(required=True, description="序号。Number of the voter.")

    method = "remove_voter"


class OpenVote(OnAppraisal):
    """开始投票。Open the vote."""

    class Input:
        id = appraisal_id()

    method = "open_vote"


class BallotLineInput(InputObjectType):
    """对一件提案的评价。The judgement of one case."""

    proposal_id = ID(required=True, description="提案。The case.")
    grade = Grade(required=True, description="评价等次。Grade.")
    scores = List(
        NonNull(Int), required=True, description="各项分数（0至100）。Scores in the order of items."
    )


class CastBallot(CommandMutation):
    """无记名投票，每人一次。Vote; secret, once for each voter."""

    class Input:
        id = appraisal_id()
        lines = List(NonNull(BallotLineInput), required=True, description="评价。Judgements.")
        code = String(description="投票码，无账号者用。Voting code, of those without an account.")

    service = SERVICE
    method = "cast_ballot"
    ids: ClassVar[Mapping[str, str]] = {"id": "Appraisal", "lines.proposal_id": "Proposal"}
    voted = Boolean(description="是否已投票。Whether the vote is cast.")

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        return _named(localise(input, cls.ids), "appraisal_id")


class CountBallots(OnAppraisal):
    """结束投票并计票。Close the vote and count."""

    class Input:
        id = appraisal_id()

    method = "count_ballots"


class PublishAppraisal(OnAppraisal):
    """公布评议结果。Publish the figures."""

    class Input:
        id = appraisal_id()
        public = Boolean(required=True, description="是否向社会公开。Whether for everyone.")

    method = "publish_appraisal"


class PlanInspection(OnInspection):
    """安排提案办理视察。Plan an inspection."""

    class Input:
        title = String(required=True, description="名称。Title.")
        held_at = DateTime(required=True, description="时间。When.")
        place = String(required=True, description="地点。Where.")
        proposal_ids = List(NonNull(ID), required=True, description="提案。The cases.")
        participants = List(NonNull(ID), required=True, description="邀请的委员。Members invited.")

    method = "plan_inspection"
    ids: ClassVar[Mapping[str, str]] = {"proposal_ids": "Proposal", "participants": "Member"}


class HoldInspection(OnInspection):
    """登记视察已举行。Record that it took place."""

    class Input:
        id = inspection_id()
        held_at = DateTime(required=True, description="时间。When.")
        participants = List(NonNull(ID), required=True, description="参加的委员。Who came.")

    method = "hold_inspection"
    ids: ClassVar[Mapping[str, str]] = {"id": "Inspection", "participants": "Member"}


class FindingInput(InputObjectType):
    """一件提案的视察情况。What was seen of one case."""

    proposal_id = ID(required=True, description="提案。The case.")
    text = String(required=True, description="情况。The finding.")
    photos = List(NonNull(ID), description="照片。Files with photos.")


class SaveInspectionFindings(OnInspection):
    """保存视察情况，替换先前所存。Save all findings, in the place of those before."""

    class Input:
        id = inspection_id()
        findings = List(NonNull(FindingInput), required=True, description="情况。Findings.")

    method = "save_findings"
    ids: ClassVar[Mapping[str, str]] = {
        "id": "Inspection",
        "findings.proposal_id": "Proposal",
        "findings.photos": "File",
    }


class ReportInspection(OnInspection):
    """提交视察报告。Hand in the report; final."""

    class Input:
        id = inspection_id()
        report = String(required=True, description="报告。The report.")
        attachments = List(NonNull(ID), description="附件。Attached files.")

    method = "report_inspection"
    ids: ClassVar[Mapping[str, str]] = {"id": "Inspection", "attachments": "File"}


class CancelInspection(OnInspection):
    """取消视察，限举行之前。Cancel it before it is held."""

    class Input:
        id = inspection_id()
        reason = String(required=True, description="原因。Reason.")

    method = "cancel_inspection"


APPRAISAL = [
    PlanAppraisal,
    CancelAppraisal,
    InviteVoters,
    RemoveVoter,
    OpenVote,
    CastBallot,
    CountBallots,
    PublishAppraisal,
    PlanInspection,
    HoldInspection,
    SaveInspectionFindings,
    ReportInspection,
    CancelInspection,
]
