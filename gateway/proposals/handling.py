"""What units and proposers do with a filed proposal, as the proposals service shows it."""

from __future__ import annotations

from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import Date, DateTime, label_field, labelled
from gateway.files.types import File, files_of
from gateway.members.organisations import Organisation
from gateway.members.types import Member
from gateway.proposals.assignments import (
    Assignment,
    AssignmentPlan,
    Objection,
    PartSwap,
    unit_field,
)
from gateway.proposals.enums import (
    AdoptionState,
    CloseKind,
    CommitmentGround,
    CommitmentStatus,
    ContactWay,
    Grade,
    HeardBy,
    Pertinence,
    ReplyOpenness,
    ResultClass,
    Trigger,
)

Row = dict[str, Any]


def _files(description: str, name: str) -> List:
    """The files that the row's `name` lists."""
    return List(
        NonNull(File), resolver=lambda row, info: files_of(info, row[name]), description=description
    )


class ContactRecord(ObjectType):
    """联系记录（面商）。A contact between unit and proposer."""

    no = Int(required=True, description="序号。Number.")
    round = Int(required=True, description="第几轮答复，交办前的为0。Round; 0 before assignment.")
    after_reply = Boolean(
        resolver=lambda row, _: bool(row.get("after_reply")),
        description="是否答复之后登记，不计入面商。Recorded after the reply: counts for none.",
    )
    unit = unit_field("登记单位；提案人登记的为空。The unit; null where the proposer wrote it.")
    way, way_label = labelled(ContactWay, "方式。Way.", "way", required=True)
    held_on = Date(required=True, description="日期。Day.")
    reached = Boolean(required=True, description="是否联系上。Whether reached.")
    people = String(description="参加人。Who took part.")
    content = String(description="内容。What was said.")
    recorded_at = DateTime(required=True, description="登记时间。When recorded.")
    confirmed_at = DateTime(description="提案人确认时间。When the proposer confirmed.")
    disputed_at = DateTime(description="提案人提出异议时间。When the proposer disputed.")
    dispute = String(description="异议。The dispute.")


class SuggestionAnswer(ObjectType):
    """一条建议的采纳情况。What became of one suggestion."""

    suggestion = Int(required=True, description="建议序号，从1起。Its position, from 1.")
    adoption, adoption_label = labelled(
        AdoptionState, "采纳情况。Adoption.", "adoption", required=True
    )
    note = String(description="说明。Note.")


class ReplyCommitment(ObjectType):
    """答复中的承诺。A promise of a reply."""

    text = String(required=True, description="内容。The promise.")
    due_on = Date(required=True, description="完成日期。Due on.")


class CommitmentOutcome(ObjectType):
    """到期承诺的兑现情况。What a second reply says of a promise."""

    commitment = Int(required=True, description="承诺序号。Number of the promise.")
    status, status_label = labelled(
        CommitmentStatus, "兑现情况。What became of it.", "status", required=True
    )
    note = String(description="说明。Note.")
    record = String(description="证明记录。The record that proves it.")
    proof = _files("证明材料，未登录时为空。Files that prove it; null for visitors.", "proof")


class SignOff(ObjectType):
    """签发。The leader's signature."""

    signer = String(required=True, description="签发人。Who signed.")
    in_charge = Boolean(required=True, description="是否分管领导。Whether the leader in charge.")
    signed_at = DateTime(required=True, description="签发时间。When signed.")


class ReplyCheck(ObjectType):
    """审核。A check of the supervising office."""

    passed = Boolean(required=True, description="是否通过。Whether it passed.")
    comment = String(description="意见。Comment.")
    consent = Boolean(description="是否同意以两次联系视为已联系。Consent to two attempts.")
    checked_at = DateTime(required=True, description="审核时间。When checked.")


class ReplyDisclosure(ObjectType):
    """答复的公开方式，由提案委决定。How much of a reply the public sees, as decided."""

    openness, openness_label = labelled(
        ReplyOpenness, "公开方式，未决定为空。Null before it is decided.", "openness"
    )
    summary = String(description="公开的摘要。The summary that is shown.")
    reason = String(description="理由，访客不可见。Reason; not for visitors.")
    decided_at = DateTime(description="决定时间。When decided.")
    decide_by = DateTime(description="决定期限。To be decided by.")


class Reply(ObjectType):
    """答复。One unit's reply of one round; before delivery for those who work on it only."""

    unit = unit_field()
    round = Int(required=True, description="第几轮。Round.")
    doc_no = String(description="复文字号。Number.")
    title = String(description="标题。Title.")
    result_class, result_class_label = labelled(
        ResultClass, "办理结果类别。Class of the result.", "result_class"
    )
    body = String(description="正文。Text.")
    measures = String(description="措施。Measures.")
    answers = List(NonNull(SuggestionAnswer), description="逐条采纳情况。Per suggestion.")
    commitments = List(NonNull(ReplyCommitment), description="承诺。Commitments.")
    reason = String(description="C、D类的理由。Reason of class C or D.")
    proof = _files("A类的证明材料，未登录时为空。Files that prove it; null for visitors.", "proof")
    outcomes = List(
        NonNull(CommitmentOutcome),
        description="此前承诺的兑现情况。What became of promises.",
    )
    contact_person = String(description="单位联系人。Contact person of the unit.")
    contact_phone = String(description="单位联系电话。Contact phone of the unit.")
    openness, openness_label = labelled(
        ReplyOpenness, "单位建议的公开方式。As the unit proposes.", "openness"
    )
    openness_reason = String(description="建议不公开的理由。Why it should not be public.")
    summary = String(description="单位拟的摘要。The unit's summary for the public.")
    disclosure = Field(
        ReplyDisclosure,
        description="公开方式；访客只见决定公开的内容。What the public sees; null before delivery.",
    )
    saved_at = DateTime(description="保存时间。When saved.")
    sign_off_requested_at = DateTime(description="送签时间。When sent up for signature.")
    sign_off_refusal = String(description="签发退回意见。Why it was not signed.")
    sign_off = Field(SignOff, description="签发。Signature.")
    checks = List(NonNull(ReplyCheck), description="审核。Checks.")
    delivered_at = DateTime(description="送达时间。When delivered.")


class CommitmentFields:
    """What a promise shows in its proposal and in lists."""

    no = Int(required=True, description="序号。Number.")
    unit = unit_field()
    round = Int(required=True, description="第几轮答复。Round of replies.")
    text = String(required=True, description="内容。The promise.")
    due_on = Date(required=True, description="完成日期。Due on.")
    status, status_label = labelled(CommitmentStatus, "状态。State.", "status", required=True)
    made_at = DateTime(required=True, description="作出时间。When made.")
    note = String(description="兑现情况说明。What the unit said of it.")
    record = String(description="证明记录。The record that proves it.")
    ground, ground_label = labelled(
        CommitmentGround, "兑现的依据。What it counts as kept by.", "ground"
    )
    recognition = String(description="提案委认定的理由。The committee's reason.")
    proof = _files("兑现的证明材料，未登录时为空。Files that prove it; null for visitors.", "proof")
    settled_at = DateTime(description="了结时间，未了结的为空。When settled; null while it is not.")
    successor = Int(description="重定期限后的承诺序号。The promise that took its place.")
    release = String(description="了结理由。Why it was given up.")
    decide_by = DateTime(description="待决定的，决定期限。To be decided by, where it has to be.")


class Commitment(CommitmentFields, ObjectType):
    """承诺。A delivered promise with its own life."""


class ReplyRound(ObjectType):
    """一轮答复。One round of replies and how it ended."""

    no = Int(required=True, description="第几轮。Number, from 1.")
    trigger = Field(
        Trigger,
        description="二次答复的原因，限参与各方，办结前不显示评价所致的。Why again, for those "
        "who took part; what an evaluation began is not told before closing.",
    )
    trigger_label = label_field(Trigger, "trigger", "原因名称。Chinese label.")
    begun_at = DateTime(required=True, description="开始时间。When it began.")
    units = List(
        NonNull(Organisation),
        resolver=lambda row, info: info.context.loaders.organisations.load_many(row["units"]),
        description="二次答复的单位，限参与各方。The units that reply again, for who took part.",
    )
    reason = String(description="理由。Reason.")
    commitments = List(NonNull(Int), description="到期承诺的序号。The promises that fell due.")
    replied_at = DateTime(description="答复时间。When replied.")
    result_class = Field(ResultClass, description="办理结果类别。Class of the result.")
    recognised_class = Field(ResultClass, description="认定类别。Class as recognised.")
    recognition = String(description="认定理由。Reason of the recognition.")
    close_kind = Field(CloseKind, description="办结方式。How it was closed.")
    closed_at = DateTime(description="办结时间。When closed.")
    attitude = Field(Grade, description="办理态度，办结后限参与各方。Attitude, after closing.")
    result = Field(Grade, description="办理结果，办结后限参与各方。Result, after closing.")


class Mediation(ObjectType):
    """三方面商会。A meeting of proposer, unit and committee."""

    held_on = Date(required=True, description="日期。Day.")
    leader = String(required=True, description="主持人。Who led it.")
    people = String(required=True, description="参加人。Who took part.")
    minutes = String(required=True, description="会议纪要。Minutes.")
    files = _files("附件。Files.", "files")
    recorded_at = DateTime(required=True, description="登记时间。When recorded.")


class EvaluationLine(ObjectType):
    """对一家答复单位的评价。Judgement of one unit's reply."""

    unit = unit_field()
    attitude, attitude_label = labelled(Grade, "办理态度。Attitude.", "attitude", required=True)
    result, result_label = labelled(Grade, "办理结果。Result.", "result", required=True)


class Evaluation(ObjectType):
    """委员评价；办结前对承办单位保密。Sealed from the unit until closing."""

    round = Int(required=True, description="第几轮答复。Round of replies.")
    member = Field(
        Member,
        resolver=lambda row, info: _evaluator(row, info),
        description="评价人；集体提案为空。The evaluator; null for a collective proposal.",
    )
    binding = Boolean(required=True, description="是否正式评价。Whether it is the official one.")
    disagrees = Boolean(description="结果是否与正式评价不一致。Whether it differs from that one.")
    lines = List(NonNull(EvaluationLine), description="逐家评价。One line for each unit.")
    heard_by = Field(HeardBy, description="听取意见方式。How the proposer was heard.")
    visited = Boolean(description="是否走访。Whether visited.")
    pertinence = Field(Pertinence, description="答复针对性。Whether to the point.")
    leader_replied = Boolean(description="分管领导是否答复。Whether the leader replied.")
    comment = String(description="意见。Comment.")
    reason = String(description="不满意的理由。Reason, if dissatisfied.")
    saved_at = DateTime(description="保存时间。When saved.")
    sent_at = DateTime(description="提交时间，草稿为空。When sent; null for a draft.")
    late_at = DateTime(
        description="逾期提交、作为补充意见留存的时间。When it came too late and was kept."
    )


class Supplement(ObjectType):
    """补充意见，内容见本人的评价。An opinion after the time to evaluate; its text is with those."""

    no = Int(required=True, description="序号。Number.")
    round = Int(required=True, description="第几轮答复。Round of replies.")
    received_at = DateTime(required=True, description="收到时间。When received.")
    decide_by = DateTime(description="研究期限。To be considered by.")
    settled_at = DateTime(description="研究完毕时间，待研究的为空。When settled.")
    outcome = String(description="研究结果。What the committee said of it.")


def _evaluator(row: Row, info: GraphQLResolveInfo) -> Any:
    evaluator = row["evaluator"]
    return None if ":" in evaluator else info.context.loaders.members.load(evaluator)


class HandledProposal:
    """Fields of a proposal from its assignment on."""

    assignment_plan = Field(
        AssignmentPlan,
        resolver=lambda row, _: row.get("plan"),
        description="待决定的交办方案，限提案委和督查部门。The plan, before it is decided.",
    )
    assignments = List(NonNull(Assignment), description="承办件。Assignments.")
    swap = Field(PartSwap, description="主办会办互换，限办理各方。Main and co to change places.")
    objections = List(NonNull(Objection), description="提案委异议，限办理各方。Objections.")
    contacts = List(NonNull(ContactRecord), description="联系记录。Contact records.")
    replies = List(NonNull(Reply), description="答复。Replies.")
    commitments = List(NonNull(Commitment), description="承诺。Commitments.")
    supplements = List(
        NonNull(Supplement), description="补充意见，限提案委。Opinions that came too late."
    )
    rounds = List(NonNull(ReplyRound), description="各轮答复。Rounds of replies.")
    mediations = List(NonNull(Mediation), description="三方面商会，限参与各方。Mediations.")
    second_replied_at = DateTime(description="二次答复时间。When replied again.")
    recognised_class, recognised_class_label = labelled(
        ResultClass, "认定类别。Class as recognised.", "recognised_class"
    )
    assigned_at = DateTime(description="交办时间。When assigned.")
    due_at = DateTime(description="应复时间。Reply due.")
    replied_at = DateTime(description="答复时间。When replied.")
    result_class, result_class_label = labelled(
        ResultClass, "办理结果类别。Class of the result.", "result_class"
    )
    evaluate_by = DateTime(description="评价期限。To be evaluated by.")
    evaluated_at = DateTime(description="评价时间。When evaluated.")
    attitude, attitude_label = labelled(
        Grade, "办理态度，办结后可见。Attitude, after closing.", "attitude"
    )
    result, result_label = labelled(Grade, "办理结果，办结后可见。Result, after closing.", "result")
    evaluations = List(
        NonNull(Evaluation),
        description="评价：本人的，或办结后可见的。Evaluations: own ones, or after closing.",
    )

    @staticmethod
    def resolve_evaluations(row: Row, info: GraphQLResolveInfo) -> Any:
        return info.context.loaders.evaluations.load(row["id"])
