"""The audit of the service, read (decision 51): who did, was refused or looked at what, and when.

The gateway merges the services' pages. Never content: neither values nor reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypedDict

from shared.actor import LEADERS, Actor, Role, allow
from shared.call import Call
from shared.kernel.desk import Desk
from shared.operations import about, query
from shared.operations.arguments import After, First
from shared.persistence.audit import AuditKind, AuditOutcome
from shared.schemas import Choice, Id, Text, When

READERS = (Role.AUDIT_ADMIN, Role.OFFICE, *sorted(LEADERS))
INDEXED = ("account_id", "action", "kind", "subject", "outcome")


class AuditFilter(TypedDict, total=False):
    """审计的筛选，须全部符合。Filter of the audit: all of these must hold."""

    service: Annotated[str | None, about(Text(0, 40), "服务名。Name of the service, or gateway.")]
    account_id: Annotated[str | None, about(Id("Account"), "账号。Whose entries.")]
    kind: Annotated[AuditKind | None, about(Choice(AuditKind), "种类。Kind.")]
    action: Annotated[
        str | None, about(Text(0, 80), "操作名，如 file_proposal。Name of the operation.")
    ]
    subject: Annotated[str | None, about(Id(high=512), "对象编号。Id of the record it is about.")]
    outcome: Annotated[AuditOutcome | None, about(Choice(AuditOutcome), "结果。Outcome.")]
    since: Annotated[datetime | None, about(When(), "此时及以后。At this time or later.")]
    until: Annotated[datetime | None, about(When(), "此时以前。Before this time.")]


@allow(*READERS)
@query()
def list_audit(
    call: Call, desk: Desk, *, filter: AuditFilter, first: First, after: After | None
) -> dict[str, Any]:
    """审计，新的在前。The audit, the newest first; reading it is an entry itself.

    The office and the leaders see no sign-ins of others. [Decision 51]
    """
    desk.audit.record(call, "read_audit", None, AuditKind.LOOK)
    return desk.audit.page(_wanted(desk, call.actor, filter), first, after)


@allow(*READERS)
@query()
def count_audit(call: Call, desk: Desk, *, filter: AuditFilter) -> int:
    """Their number; to ask for it is an entry, too."""
    desk.audit.record(call, "count_audit", None, AuditKind.LOOK)
    return desk.audit.count(_wanted(desk, call.actor, filter))


def _wanted(desk: Desk, actor: Actor, filter: AuditFilter) -> dict[str, Any]:
    if filter.get("service") not in (None, "", desk.service):
        return {"_id": {"$in": []}}
    return wanted(actor, filter)


def wanted(actor: Actor, filter: Mapping[str, Any]) -> dict[str, Any]:
    """The query of what this actor may see among what the filter asks for."""
    query: dict[str, Any] = {key: filter[key] for key in INDEXED if filter.get(key)}
    bounds = {"$gte": filter.get("since"), "$lt": filter.get("until")}
    if span := {operator: at for operator, at in bounds.items() if at is not None}:
        query["at"] = span
    if actor.role is Role.AUDIT_ADMIN:
        return query
    return {**query, "only_for": {"$in": [None, actor.account_id]}}
