"""From the assignment to closing: the proposal committee, the units, the proposers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from graphene import ID, Boolean, InputObjectType, Int, List, NonNull, String

from gateway.base import Date
from gateway.proposals.enums import (
    AdoptionState,
    AssignmentMode,
    AssignmentPart,
    CommitmentStatus,
    ContactWay,
    Grade,
    HeardBy,
    Pertinence,
    ResultClass,
)
from gateway.proposals.mutations.base import OnProposal, proposal_id


class AssignmentUnitInput(InputObjectType):
    """一家承办单位。One unit of an assignment."""

    unit_id = ID(required=True, description="承办单位。The unit.")
    part = AssignmentPart(required=True, description="承办角色。What it does.")


class ProposeAssignment(OnProposal):
    """提出交办方案。Propose how the units share the work."""

    class Input:
        id = proposal_id()
        mode = AssignmentMode(required=True, description="交办方式。Mode.")
        units = List(
            NonNull(AssignmentUnitInput), required=True, description="承办单位。The units."
        )
        note = String(description="说明。Note.")

    method = "propose_assignment"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "units.unit_id": "Organisation"}


class RefuseAssignment(OnProposal):
    """退回交办方案。Send the proposed assignment back."""

    class Input:
        id = proposal_id()
        reason = String(required=True, description="理由。Reason.")

    method = "refuse_assignment"


class AssignProposal(OnProposal):
    """按方案交办。Assign as proposed."""

    class Input:
        id = proposal_id()

    method = "assign_proposal"


class ReceiveAssignment(OnProposal):
    """签收承办件。Sign for the case in the unit's name."""

    class Input:
        id = proposal_id()

    method = "receive_assignment"


class RecordContact(OnProposal):
    """登记与提案人的联系。Record a contact between unit and proposer."""

    class Input:
        id = proposal_id()
        way = ContactWay(required=True, description="方式。Way.")
        held_on = Date(required=True, description="日期。Day.")
        reached = Boolean(description="是否联系上，默认是。Whether reached; true unless told.")
        people = String(required=True, description="参加人。Who took part.")
        content = String(description="内容。What was said.")

    method = "record_contact"


class ConfirmContact(OnProposal):
    """确认承办单位登记的联系。Confirm a contact that the unit recorded."""

    class Input:
        id = proposal_id()
        no = Int(required=True, description="联系记录序号。Number of the record.")

    method = "confirm_contact"


class DisputeContact(OnProposal):
    """对联系记录提出异议。Dispute a contact that the unit recorded."""

    class Input:
        id = proposal_id()
        no = Int(required=True, description="联系记录序号。Number of the record.")
        reason = String(required=True, description="理由，1至1000字。Reason, 1 to 1000 characters.")

    method = "dispute_contact"


class GiveCoOpinion(OnProposal):
    """提交会办意见。Give the main unit a co-handling opinion."""

    class Input:
        id = proposal_id()
        text = String(required=True, description="会办意见。The opinion.")

    method = "give_co_opinion"


class AnswerInput(InputObjectType):
    """一条建议的采纳情况。What becomes of one suggestion."""

    suggestion = Int(required=True, description="建议序号，从1起。Its position, from 1.")
    adoption = AdoptionState(required=True, description="采纳情况。Adoption.")
    note = String(description="说明，未全部采纳时必填。Note; needed unless adopted.")


class CommitmentInput(InputObjectType):
    """一项承诺。A promise with a date."""

    text = String(required=True, description="承诺内容。The promise.")
    due_on = Date(required=True, description="完成日期。Due on.")


class OutcomeInput(InputObjectType):
    """到期承诺的兑现情况。What became of a promise."""

    commitment = Int(required=True, description="承诺序号。Number of the promise.")
    status = CommitmentStatus(required=True, description="兑现情况。What became of it.")
    note = String(description="说明，未兑现或变更时必填。Note; needed unless kept.")
    proof = List(NonNull(ID), description="证明材料编号。Files that prove it.")


class SaveReply(OnProposal):
    """保存答复稿，可反复自动保存。Save the draft of the reply, whole; safe for autosave."""

    class Input:
        id = proposal_id()
        doc_no = String(description="复文字号，如“吴水提复〔2017〕5号”。Number of the reply.")
        result_class = ResultClass(description="办理结果类别。Class of the result.")
        body = String(description="答复正文。Text.")
        measures = String(description="措施。Measures.")
        answers = List(NonNull(AnswerInput), description="逐条采纳情况。Adoption per suggestion.")
        commitments = List(NonNull(CommitmentInput), description="承诺。Commitments.")
        reason = String(description="C、D类的理由。Reason of class C or D.")
        proof = List(NonNull(ID), description="A类的证明材料编号。Files that prove class A.")
        outcomes = List(
            NonNull(OutcomeInput),
            description="此前承诺的兑现情况。What became of promises.",
        )
        contact_person = String(description="联系人。Contact person.")
        contact_phone = String(description="联系电话。Contact phone.")

    method = "save_reply"
    ids: ClassVar[Mapping[str, str]] = {
        "id": "Proposal",
        "proof": "File",
        "outcomes.proof": "File",
    }


class RequestSignOff(OnProposal):
    """答复送签。Send the reply up to the unit's leader."""

    class Input:
        id = proposal_id()

    method = "request_sign_off"


class RefuseSignOff(OnProposal):
    """签发退回。Send the reply back to the officer."""

    class Input:
        id = proposal_id()
        comment = String(required=True, description="意见。Comment.")

    method = "refuse_sign_off"


class SignReply(OnProposal):
    """签发答复，送督查部门审核。Sign the reply; it goes to the supervising office."""

    class Input:
        id = proposal_id()
        signer = String(required=True, description="签发人。Who signs.")
        in_charge = Boolean(
            description="签发人是否为分管领导，集体提案须是。Whether the leader in charge signs."
        )

    method = "sign_reply"


class CheckReply(OnProposal):
    """审核答复。Check a reply before delivery."""

    class Input:
        id = proposal_id()
        unit_id = ID(required=True, description="答复单位。The unit.")
        passed = Boolean(required=True, description="是否通过。Whether it passes.")
        comment = String(description="意见，不通过时必填。Comment; needed if it does not.")
        consent = Boolean(
            description="两次联系未果的，是否同意视为已联系。Let two attempts stand for a contact."
        )

    method = "check_reply"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "unit_id": "Organisation"}


class DeliverReply(OnProposal):
    """送达答复。Deliver the reply to the proposers."""

    class Input:
        id = proposal_id()

    method = "deliver_reply"


class EvaluationLineInput(InputObjectType):
    """对一家答复单位的评价。Judgement of one unit's reply."""

    unit_id = ID(required=True, description="答复单位。The unit.")
    attitude = Grade(required=True, description="办理态度。Attitude.")
    result = Grade(required=True, description="办理结果。Result.")


class EvaluationFields:
    id = proposal_id()
    lines = List(NonNull(EvaluationLineInput), description="逐家评价。One line for each unit.")
    heard_by = HeardBy(description="听取意见方式。How the proposer was heard.")
    visited = Boolean(description="是否走访。Whether the unit came to see the proposer.")
    pertinence = Pertinence(description="答复针对性。Whether it is to the point.")
    leader_replied = Boolean(description="分管领导是否答复。Whether the leader in charge replied.")
    comment = String(description="意见。Comment.")
    reason = String(description="不满意的理由。Reason, if dissatisfied.")


class SaveEvaluation(OnProposal):
    """保存评价草稿。Save a draft of the evaluation, whole."""

    class Input(EvaluationFields):
        pass

    method = "save_evaluation"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "lines.unit_id": "Organisation"}


class EvaluateReply(OnProposal):
    """提交评价，提交后不能更改。Send the evaluation: final."""

    class Input(EvaluationFields):
        pass

    method = "evaluate_reply"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "lines.unit_id": "Organisation"}


HANDLING = [
    ProposeAssignment,
    RefuseAssignment,
    AssignProposal,
    ReceiveAssignment,
    RecordContact,
    ConfirmContact,
    DisputeContact,
    GiveCoOpinion,
    SaveReply,
    RequestSignOff,
    RefuseSignOff,
    SignReply,
    CheckReply,
    DeliverReply,
    SaveEvaluation,
    EvaluateReply,
]
