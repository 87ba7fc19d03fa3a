"""Who handles a proposal and how far each unit is, as the proposals service shows it."""

from __future__ import annotations

from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import Date, DateTime, label_field, labelled
from gateway.identity.types import Role
from gateway.members.organisations import Organisation
from gateway.proposals.enums import (
    AssignmentMode,
    AssignmentPart,
    AssignmentState,
    Lateness,
    ObjectionAbout,
    UrgingWay,
)

Row = dict[str, Any]


def unit_field(description: str = "承办单位。The unit.") -> Field:
    """The organisation that the row's `unit` names."""
    return Field(Organisation, resolver=_unit, description=description)


def _unit(row: Row, info: GraphQLResolveInfo) -> Any:
    unit = row.get("unit")
    return None if unit is None else info.context.loaders.organisations.load(unit)


class AssignmentUnit(ObjectType):
    """方案中的一家单位。One unit of a plan."""

    unit = unit_field()
    part, part_label = labelled(AssignmentPart, "承办角色。What it does.", "part", required=True)


class AssignmentPlan(ObjectType):
    """交办方案。How the units are to share the work, before it is decided."""

    mode, mode_label = labelled(AssignmentMode, "交办方式。Mode.", "mode", required=True)
    units = List(
        NonNull(AssignmentUnit),
        resolver=lambda row, _: row["tasks"],
        description="承办单位。The units.",
    )
    note = String(description="说明。Note.")
    proposed_at = DateTime(required=True, description="提出时间。When proposed.")
    decide_by = DateTime(description="决定期限。To be decided by.")
    refusal = String(description="退回理由。Why it was sent back.")


class CoOpinion(ObjectType):
    """会办意见。What a co-handling unit tells the main unit."""

    text = String(required=True, description="意见。The opinion.")
    given_at = DateTime(required=True, description="提交时间。When given.")


class ReturnRequest(ObjectType):
    """退办申请。A request to hand the case back."""

    reason = String(required=True, description="理由。Reason.")
    requested_at = DateTime(required=True, description="申请时间。When asked.")
    decide_by = DateTime(description="决定期限。To be decided by.")
    accepted = Boolean(description="是否同意，未决定时为空。Decision; null while open.")
    decision = String(description="决定理由。Reason of the decision.")
    decided_at = DateTime(description="决定时间。When decided.")


class Dispute(ObjectType):
    """承办争议。A dispute about who handles the case."""

    opened_at = DateTime(required=True, description="形成时间。When it opened.")
    statement = String(description="单位书面说明。The unit's statement.")
    signer = String(description="签署人。Who signed it.")
    stated_at = DateTime(description="提交时间。When stated.")
    doc_no = String(description="裁定文号。Number of the decision.")
    decided_on = Date(description="裁定日期。Day of the decision.")


class Extension(ObjectType):
    """延期申请。A request for more time."""

    until = DateTime(required=True, description="申请延至。Asked for until.")
    reason = String(required=True, description="理由。Reason.")
    requested_at = DateTime(required=True, description="申请时间。When asked.")
    decide_by = DateTime(description="决定期限。To be decided by.")
    granted = Boolean(description="是否同意，未决定时为空。Decision; null while open.")
    decision = String(description="决定理由。Reason of the decision.")
    decided_at = DateTime(description="决定时间。When decided.")


class Urging(ObjectType):
    """一次催办。One time that a unit was urged by hand."""

    at = DateTime(required=True, description="时间。When.")
    way, way_label = labelled(UrgingWay, "方式。Way.", "way", required=True)
    text = String(required=True, description="内容。What was said.")
    role = String(required=True, description="催办人身份。Role of who urged.")
    role_label = label_field(Role, "role", "催办人身份名称。Chinese label of the role.")


class AssignmentFields:
    """What a share shows in its proposal and in lists."""

    no = Int(required=True, description="序号。Number within the proposal.")
    unit = unit_field()
    part, part_label = labelled(AssignmentPart, "承办角色。What it does.", "part", required=True)
    state, state_label = labelled(AssignmentState, "状态。State.", required=True)
    assigned_at = DateTime(required=True, description="交办时间。When assigned.")
    sign_due_at = DateTime(required=True, description="签收期限。To be signed for by.")
    due_at = DateTime(required=True, description="办理期限。Due.")
    received_at = DateTime(description="签收时间。When signed for.")
    deemed = Boolean(description="是否逾期视同签收。Whether it only counts as signed for.")
    hop_count = Int(description="申请退办次数。How often it was asked to be handed back.")
    bound = Boolean(description="是否不能再退办。Whether it can no longer be handed back.")
    replaces = Int(description="由哪一承办件改办而来。The assignment that it replaces.")
    overdue_at = DateTime(description="认定逾期时间。When it was found late.")
    lateness, lateness_label = labelled(Lateness, "逾期程度。How late.", "lateness")
    return_request = Field(ReturnRequest, description="退办申请，限办理各方。Request to hand back.")
    dispute = Field(Dispute, description="承办争议，限办理各方。Dispute.")
    extensions = List(NonNull(Extension), description="延期申请，限办理各方。Requests for time.")
    opinion = Field(CoOpinion, description="会办意见，限办理各方。Co-handling opinion.")
    urgings = List(NonNull(Urging), description="催办记录，限办理各方。When it was urged.")


class Assignment(AssignmentFields, ObjectType):
    """承办件。One unit's share of the handling."""


class SwapConsent(ObjectType):
    """一家单位对互换的答复。One unit's word on a swap."""

    unit = unit_field()
    agreed = Boolean(description="是否同意，未答复为空。Null while not answered.")
    reason = String(description="理由。Reason.")
    decide_by = DateTime(description="答复期限。To be answered by.")


class PartSwap(ObjectType):
    """主办、会办单位互换。Main and co-handling unit are to change places."""

    reason = String(required=True, description="理由。Reason.")
    asked_at = DateTime(required=True, description="提出时间。When asked.")
    consents = List(NonNull(SwapConsent), required=True, description="答复情况。Consents.")
    done_at = DateTime(description="了结时间，待答复的为空。When both agreed, or one refused.")


class Objection(ObjectType):
    """提案委的异议。An objection of the proposal committee."""

    no = Int(required=True, description="序号。Number.")
    about, about_label = labelled(
        ObjectionAbout, "所对的决定。What it is about.", "about", required=True
    )
    unit = unit_field()
    reason = String(required=True, description="理由。Reason.")
    raised_at = DateTime(required=True, description="提出时间。When raised.")
    decide_by = DateTime(description="答复期限。To be answered by.")
    upheld = Boolean(description="是否成立，未答复为空。Whether upheld; null while open.")
    answer = String(description="答复。The answer.")
    answered_at = DateTime(description="答复时间。When answered.")
