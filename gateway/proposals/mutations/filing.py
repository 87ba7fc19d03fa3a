"""From draft to filed, and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, Int, List, NonNull, String

from gateway.base import CommandMutation
from gateway.proposals.enums import (
    CounterKind,
    Disposition,
    NotFiledReason,
    Openness,
    ProposalCategory,
    ProposerType,
)
from gateway.proposals.mutations.base import OnProposal, proposal_id
from gateway.proposals.types import SERVICE, CounterStart


class DraftFields:
    """What a proposer fills in; fields that are absent stay as they are."""

    title = String(description="案由，如“关于……的建议”。Title.")
    situation = String(description="情况。Situation.")
    analysis = String(description="分析。Analysis.")
    suggestions = List(NonNull(String), description="建议条目。Suggestions.")
    category = ProposalCategory(description="类别。Category.")
    topics = List(NonNull(String), description="主题。Topics.")
    advised_units = List(NonNull(ID), description="建议承办单位。Units advised.")
    openness = Openness(description="是否公开。Whether public.")
    openness_reason = String(description="不公开理由。Why not public.")
    needs_consult = Boolean(description="需面商。Whether a meeting is asked for.")
    contact_person = String(description="联系人。Contact person.")
    contact_phone = String(description="联系电话。Contact phone.")
    attachments = List(NonNull(ID), description="附件编号。Files.")
    declared = Boolean(
        description="声明不涉密、不含他人个人信息。Declares: no secrets, no data of others."
    )
    classified = Boolean(description="是否涉密。Whether classified.")
    lead = ID(description="所依据的提案线索。The lead that it takes up.")


class _OfDraft(OnProposal):
    """A lead is one kind of origin that a proposal may name."""

    class Meta:
        abstract = True

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        given = super().kwargs(**input)
        if "lead" in given:
            lead = given.pop("lead")
            given["origin"] = {"kind": "LEAD", "ref": lead} if lead else None
        return given


class SaveDraft(_OfDraft):
    """保存草稿，可反复自动保存。Begin a draft, or save it again; safe for autosave."""

    class Input(DraftFields):
        id = ID(description="提案编号，新建时不填。Id; none for a new draft.")
        expected_version = Int(description="所见版本，不符则拒绝。Version seen; refused if older.")
        proposer_type = ProposerType(description="提案者类型。Kind of proposer.")
        authors = List(NonNull(ID), description="主要执笔人。Named main authors.")

    method = "save_draft"
    ids: ClassVar[Mapping[str, str]] = {
        "id": "Proposal",
        "advised_units": "Organisation",
        "authors": "Member",
        "attachments": "File",
        "lead": "Lead",
    }


class EnterOnBehalf(_OfDraft):
    """代委员录入纸质提案。Enter a paper proposal on a member's behalf."""

    class Input(DraftFields):
        member_id = ID(required=True, description="提案委员。The member.")
        scan = ID(required=True, description="扫描件编号。File of the scan.")

    method = "enter_on_behalf"
    ids: ClassVar[Mapping[str, str]] = {
        "member_id": "Member",
        "advised_units": "Organisation",
        "attachments": "File",
        "scan": "File",
        "lead": "Lead",
    }


class ConfirmEntry(OnProposal):
    """确认代录的提案。Confirm what was entered on one's behalf."""

    class Input:
        id = proposal_id()

    method = "confirm_entry"


class DiscardDraft(OnProposal):
    """放弃草稿。Give up a draft."""

    class Input:
        id = proposal_id()

    method = "discard_draft"


class RequestSeal(OnProposal):
    """申请负责人盖章确认。Ask the organisation's head to confirm."""

    class Input:
        id = proposal_id()

    method = "request_seal"


class ConfirmSeal(OnProposal):
    """盖章确认集体提案。Confirm a collective proposal as its head."""

    class Input:
        id = proposal_id()

    method = "confirm_seal"


class OnSignature(OnProposal):
    """Base of what the first proposer does about one co-signer."""

    class Meta:
        abstract = True

    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "member_id": "Member"}


class SignatureFields:
    id = proposal_id()
    member_id = ID(required=True, description="联名人。The co-signer.")


class InviteCosigner(OnSignature):
    """邀请联名。Invite a member to co-sign."""

    class Input(SignatureFields):
        pass

    method = "invite_cosigner"


class CancelInvitation(OnSignature):
    """取消未答复的邀请。Cancel an open invitation."""

    class Input(SignatureFields):
        pass

    method = "cancel_invitation"


class ReopenDraft(OnProposal):
    """撤回联名征集，回到草稿。Back to draft; all co-signatures are cancelled."""

    class Input:
        id = proposal_id()

    method = "reopen_draft"


class ConfirmCosignature(OnProposal):
    """确认联名；内容修改后再次确认。Confirm the co-signature, also again after a change."""

    class Input:
        id = proposal_id()

    method = "confirm_cosignature"


class DeclineCosignature(OnProposal):
    """谢绝联名。Decline the invitation."""

    class Input:
        id = proposal_id()

    method = "decline_cosignature"


class WithdrawCosignature(OnProposal):
    """撤回联名，限立案前。Withdraw the co-signature, until filing."""

    class Input:
        id = proposal_id()

    method = "withdraw_cosignature"


class DecideShortfall(OnProposal):
    """联名人数不足时的决定。Decide when there are too few co-signers."""

    class Input:
        id = proposal_id()
        as_individual = Boolean(
            required=True, description="是否改为个人提案；否则退回。Go on alone, else returned."
        )

    method = "decide_shortfall"


class SubmitProposal(OnProposal):
    """提交提案。Submit, or submit again after a return."""

    class Input:
        id = proposal_id()

    method = "submit_proposal"


class StartReview(OnProposal):
    """开始审查。Begin the review."""

    class Input:
        id = proposal_id()

    method = "start_review"


class ReturnProposal(OnProposal):
    """退回修改。Return for changes."""

    class Input:
        id = proposal_id()
        comment = String(required=True, description="意见。Comment.")

    method = "return_proposal"


class FileProposal(OnProposal):
    """立案。File, with a case number."""

    class Input:
        id = proposal_id()
        review_units = List(
            NonNull(ID), required=True, description="审查意见承办单位。Units suggested."
        )
        review_opinion = String(description="审查意见。Opinion.")
        one_matter = Boolean(required=True, description="确认一事一案。One matter, confirmed.")

    method = "file_proposal"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "review_units": "Organisation"}


class NotFileProposal(OnProposal):
    """不予立案。Do not file, with reason and disposition."""

    class Input:
        id = proposal_id()
        reason = NotFiledReason(required=True, description="理由。Reason.")
        disposition = Disposition(required=True, description="处理方式。Disposition.")
        comment = String(required=True, description="说明。Comment.")

    method = "not_file_proposal"


class RequestAppeal(OnProposal):
    """申请复议。Appeal against not filing."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "request_appeal"


class DecideAppeal(OnProposal):
    """拟定复议决定，须第二人确认。Decide on an appeal; a second person confirms."""

    class Input:
        id = proposal_id()
        agreed = Boolean(required=True, description="是否同意重新审查。Whether agreed.")
        reason = String(required=True, description="理由。Reason.")

    method = "decide_appeal"


class ConfirmAppeal(OnProposal):
    """第二人确认复议决定，或退回。Confirm the decision as the second person, or give it back."""

    class Input:
        id = proposal_id()
        confirmed = Boolean(required=True, description="是否确认。Whether confirmed.")

    method = "confirm_appeal"


class RevokeFiling(OnProposal):
    """撤销立案，限交办前；提案号保留。Undo a filing before assignment; the number is kept."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "revoke_filing"


class WithdrawProposal(OnProposal):
    """撤案，限立案前。Withdraw, before filing."""

    class Input:
        id = proposal_id()
        reason = String(description="理由。Reason.")

    method = "withdraw_proposal"


class RequestWithdrawal(OnProposal):
    """立案后申请撤案。Ask to withdraw a filed proposal."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "request_withdrawal"


class DecideWithdrawal(OnProposal):
    """决定撤案申请。Decide on a request to withdraw."""

    class Input:
        id = proposal_id()
        agreed = Boolean(required=True, description="是否同意。Whether agreed.")
        reason = String(description="不同意的理由。Reason of a refusal.")

    method = "decide_withdrawal"


class SetCounterStart(CommandMutation):
    """设定编号起始，限启用之前。Where a number series begins, before its first use."""

    class Input:
        kind = CounterKind(required=True, description="编号种类。Kind of series.")
        term = Int(required=True, description="届次。Term.")
        session = Int(required=True, description="会议次数。Session.")
        first = Int(required=True, description="起始号。First number.")

    service = SERVICE
    method = "set_counter_start"
    result_field = "start"
    start = Field(CounterStart, description="编号起始。The series and its first number.")


class OnLead:
    id = proposal_id()
    lead_id = ID(required=True, description="主案。The lead.")
    reason = String(required=True, description="理由。Reason.")


class MergeProposal(OnProposal):
    """并案，随主案办理。Merge a proposal of the same matter into a lead."""

    class Input(OnLead):
        pass

    method = "merge_proposal"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "lead_id": "Proposal"}


class NameLead(OnProposal):
    """另定主案，原主案随新主案办理。Have another of the merged proposals lead the case."""

    class Input(OnLead):
        pass

    method = "name_lead"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "lead_id": "Proposal"}


FILING = [
    MergeProposal,
    NameLead,
    SaveDraft,
    EnterOnBehalf,
    ConfirmEntry,
    DiscardDraft,
    RequestSeal,
    ConfirmSeal,
    InviteCosigner,
    CancelInvitation,
    ReopenDraft,
    ConfirmCosignature,
    DeclineCosignature,
    WithdrawCosignature,
    DecideShortfall,
    SubmitProposal,
    StartReview,
    ReturnProposal,
    FileProposal,
    NotFileProposal,
    RequestAppeal,
    DecideAppeal,
    ConfirmAppeal,
    RevokeFiling,
    WithdrawProposal,
    RequestWithdrawal,
    DecideWithdrawal,
    SetCounterStart,
]
