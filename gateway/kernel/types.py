"""A setting as clients see it; values are JSON, for a setting may be a number, text or a list."""

from __future__ import annotations

from graphene import ID, Field, Float, List, NonNull, ObjectType, String

from gateway.base import (
    DateTime,
    FromRow,
    Json,
    NodeType,
    connection,
    labelled,
    loaded_by,
    reference,
)
from gateway.identity.types import Account
from gateway.manifests import enum

Role = enum("Role")
AuditKind = enum("AuditKind")
AuditOutcome = enum("AuditOutcome")
SettingChangeState = enum("SettingChangeState")


class Setting(ObjectType):
    """委员会可调整的设置项。A setting that the committee may change."""

    key = String(required=True, description="设置项代码。Key.")
    label = String(required=True, description="名称。Chinese label.")
    rule = String(required=True, description="依据的规则。Rule of the specification, as DL1.")
    value = Json(description="现行值。Value valid now.")
    default = Json(description="默认值。Default value.")
    minimum = Float(description="最小值。Least value.")
    maximum = Float(description="最大值。Greatest value.")
    proposers = List(
        NonNull(Role), required=True, description="可提出调整的身份。Roles that propose a change."
    )
    approvers = List(
        NonNull(Role), required=True, description="可批准调整的身份。Roles that approve it."
    )


class SettingChange(NodeType):
    """设置调整及其审批。A change of a setting, who asked for it and what became of it."""

    service = String(
        required=True,
        resolver=FromRow(lambda row: row["id"].partition(".")[0]),
        description="服务名。Name of the service.",
    )
    key = String(required=True, description="设置项代码。Key of the setting.")
    label = String(required=True, description="名称。Chinese label.")
    former = Json(description="原值。Value before.")
    value = Json(description="新值。New value.")
    reason = String(required=True, description="理由或依据。Reason.")
    valid_from = DateTime(description="生效时间，空为批准时。Valid from; null: when approved.")
    state, state_label = labelled(SettingChangeState, "状态。State.", required=True)
    proposed_at = DateTime(required=True, description="提出时间。When it was asked for.")
    proposed_role = Field(Role, required=True, description="提出人身份。Role of who asked.")
    proposer = reference(
        Account,
        "proposer",
        key="proposed_by",
        loader="accounts",
        description="提出人。Who asked for it; shown to those who may see accounts.",
    )
    decided_at = DateTime(description="决定时间。When it was decided.")
    decided_role = Field(Role, description="决定人身份。Role of who decided.")
    decider = reference(
        Account,
        "decider",
        key="decided_by",
        loader="accounts",
        description="决定人。Who decided; shown to those who may see accounts.",
    )
    decision_reason = String(description="决定理由。Reason of the decision.")

    get_node = loaded_by("setting_changes")


class AuditEntry(ObjectType):
    """审计记录，没有内容。An entry of the audit: who, what and when, never content."""

    service = String(required=True, description="服务名。Service, or gateway.")
    at = DateTime(required=True, description="时间。When, in real time.")
    kind, kind_label = labelled(AuditKind, "种类。Kind.", "kind", required=True)
    action = String(required=True, description="操作名。Name of the operation.")
    action_label = String(description="操作中文名称。What it is, in Chinese.")
    outcome, outcome_label = labelled(AuditOutcome, "结果。Outcome.", "outcome", required=True)
    code = String(description="拒绝代码。Code of the refusal.")
    account = reference(
        Account,
        "account",
        key="account_id",
        loader="accounts",
        description="账号，访客和系统为空。Whose it is; null for visitors and the system.",
    )
    role, role_label = labelled(Role, "身份。Acting role.", "role", required=True)
    subject = ID(description="对象的全局编号。Global id of the record it is about, if it has one.")
    correlation_id = String(description="请求追踪号。Correlation id of the request.")


AuditConnection = connection(AuditEntry, "Audit")
