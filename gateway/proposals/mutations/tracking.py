"""Returns, more time, second replies, promises, escalation and archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from graphene import ID, Boolean, Int, List, NonNull, String

from gateway.base import Date
from gateway.proposals.enums import CloseKind, ResultClass
from gateway.proposals.mutations.base import OnProposal, proposal_id

UNIT_IDS = {"id": "Proposal", "unit_id": "Organisation", "new_unit_id": "Organisation"}


class RequestReturn(OnProposal):
    """申请退办，须在签收期限内；第二次申请即形成争议。Ask to hand the case back, in time."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "request_return"


class StateDispute(OnProposal):
    """提交承办争议的书面说明，由单位负责人签署。State the unit's side of a dispute in writing."""

    class Input:
        id = proposal_id()
        statement = String(required=True, description="书面说明。The statement.")
        signer = String(required=True, description="签署人。Who signs.")

    method = "state_dispute"


class ReturnDecision:
    id = proposal_id()
    unit_id = ID(required=True, description="申请退办的单位。The unit that asks.")
    accepted = Boolean(required=True, description="是否同意退办。Whether it may hand it back.")
    new_unit_id = ID(
        description="同意时由谁承办，会办件可不指定。Who takes it; a co-handling share may end."
    )
    reason = String(required=True, description="理由。Reason.")


class DecideReturn(OnProposal):
    """决定退办申请。Decide on a request to hand a case back."""

    class Input(ReturnDecision):
        pass

    method = "decide_return"
    ids: ClassVar[Mapping[str, str]] = UNIT_IDS


class DecideDispute(OnProposal):
    """记录区领导对承办争议的裁定。Record the district leader's decision on a dispute."""

    class Input(ReturnDecision):
        doc_no = String(required=True, description="裁定文号。Number of the decision.")
        decided_on = Date(required=True, description="裁定日期。Day of the decision.")

    method = "decide_dispute"
    ids: ClassVar[Mapping[str, str]] = UNIT_IDS


class RequestExtension(OnProposal):
    """申请延期答复，须在到期前提出。Ask for more time, before the reply is due."""

    class Input:
        id = proposal_id()
        until = Date(required=True, description="延至哪天。The new due day.")
        reason = String(required=True, description="理由。Reason.")

    method = "request_extension"


class DecideExtension(OnProposal):
    """审批延期申请。Decide on a request for more time."""

    class Input:
        id = proposal_id()
        unit_id = ID(required=True, description="申请单位。The unit.")
        granted = Boolean(required=True, description="是否同意。Whether granted.")
        reason = String(description="理由，不同意时必填。Reason; needed where refused.")

    method = "decide_extension"
    ids: ClassVar[Mapping[str, str]] = UNIT_IDS


class RecogniseClass(OnProposal):
    """认定办理结果类别。Recognise the class of the result as the committee sees it."""

    class Input:
        id = proposal_id()
        result_class = ResultClass(required=True, description="认定类别。The class.")
        reason = String(description="理由，C、D类必填。Reason; needed for C and D.")

    method = "recognise_class"


class CarryOver(OnProposal):
    """结转办理，每年一次。Have it handled again in a later year, once a year."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "carry_over"


class ReopenProposal(OnProposal):
    """办结后因补充意见重新启动办理。Take a closed case up again for a supplementary opinion."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "reopen_proposal"


class ArchiveProposal(OnProposal):
    """归档，须没有未了结的承诺。Archive; no promise may be left open."""

    class Input:
        id = proposal_id()

    method = "archive_proposal"


class RenewCommitment(OnProposal):
    """批准未兑现承诺的新期限。Approve a new date for a promise that was not kept."""

    class Input:
        id = proposal_id()
        no = Int(required=True, description="承诺序号。Number of the promise.")
        due_on = Date(required=True, description="新的完成日期。The new date.")

    method = "renew_commitment"


class ReleaseCommitment(OnProposal):
    """未兑现的承诺按C类说明理由了结。Give up a promise as class C, with the reason."""

    class Input:
        id = proposal_id()
        no = Int(required=True, description="承诺序号。Number of the promise.")
        reason = String(required=True, description="理由。Reason.")

    method = "release_commitment"


class RecordMediation(OnProposal):
    """登记三方面商会。Record a mediation meeting of an escalated case."""

    class Input:
        id = proposal_id()
        held_on = Date(required=True, description="日期。Day.")
        leader = String(required=True, description="主持人。Who led it.")
        people = String(required=True, description="参加人。Who took part.")
        minutes = String(required=True, description="会议纪要。Minutes.")
        files = List(NonNull(ID), description="附件编号。Files.")

    method = "record_mediation"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "files": "File"}


class CloseEscalated(OnProposal):
    """三方面商后办结。Close an escalated case after a mediation."""

    class Input:
        id = proposal_id()
        kind = CloseKind(required=True, description="办结方式。How it is closed.")

    method = "close_escalated"


TRACKING = [
    RequestReturn,
    StateDispute,
    DecideReturn,
    DecideDispute,
    RequestExtension,
    DecideExtension,
    RecogniseClass,
    CarryOver,
    ReopenProposal,
    ArchiveProposal,
    RenewCommitment,
    ReleaseCommitment,
    RecordMediation,
    CloseEscalated,
]
