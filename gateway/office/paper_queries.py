"""Reading documents, affairs, plans, rules and training; the service decides who sees what."""

from __future__ import annotations

from collections.abc import Awaitable
from enum import Enum
from typing import Any

from graphene import ID, Argument, Boolean, Field, InputObjectType, Int, List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.base import local_id, localise, paged, resolve_page
from gateway.office.affairs import (
    Affair,
    AffairConnection,
    InternalRuleConnection,
    StaffTrainingConnection,
    TrainingHours,
    WorkPlan,
    WorkPlanConnection,
)
from gateway.office.documents import (
    IncomingDocument,
    IncomingDocumentConnection,
    OutgoingDocument,
    OutgoingDocumentConnection,
)
from gateway.office.loaders import SERVICE
from gateway.office.paper_enums import (
    AffairKind,
    AffairState,
    DocumentKind,
    DocumentUrgency,
    IncomingDocumentState,
    OutgoingDocumentState,
    WorkPlanState,
)

Row = dict[str, Any]
LOCAL = {
    "recipient": "Organisation",
    "handler": "Organisation",
    "office": "Organisation",
    "account_id": "Account",
}


class OutgoingDocumentFilter(InputObjectType):
    """发文筛选条件。All of these must hold."""

    state = OutgoingDocumentState(description="状态。State.")
    kind = DocumentKind(description="文种。Kind.")
    year = Int(description="文号年份。Year of the number.")
    recipient = ID(description="主送或抄送单位。Sent or copied to this organisation.")


class IncomingDocumentFilter(InputObjectType):
    """收文筛选条件。All of these must hold."""

    state = IncomingDocumentState(description="状态。State.")
    urgency = DocumentUrgency(description="紧急程度。Urgency.")
    handler = ID(description="承办机构。Handled by this organisation.")
    unread = Boolean(description="仅本人待阅的。Only those that the viewer is to read.")


class AffairFilter(InputObjectType):
    """事项筛选条件。All of these must hold."""

    state = AffairState(description="状态。State.")
    kind = AffairKind(description="种类。Kind.")
    office = ID(description="办理机构。On this office's list.")
    mine = Boolean(description="仅本人提出的。Only those that the viewer raised.")


class WorkPlanFilter(InputObjectType):
    """年度工作要点筛选条件。All of these must hold."""

    year = Int(description="年度。Year.")
    term = Int(description="届次。Term.")
    state = WorkPlanState(description="状态。State.")


class InternalRuleFilter(InputObjectType):
    """制度筛选条件。All of these must hold."""

    area = String(description="类别。What it is about.")
    in_force = Boolean(description="仅今日有效的。Only those in force today.")


class StaffTrainingFilter(InputObjectType):
    """培训记录筛选条件。All of these must hold."""

    year = Int(description="年度。Year.")
    account_id = ID(description="参训人员账号。Global id of an account that took part.")


def _id() -> Argument:
    return Argument(ID, required=True, description="编号。Global id.")


def _filter(kind: Any) -> Argument:
    return Argument(kind, description="筛选。Filter.")


class DocumentsQuery:
    outgoing_document = Field(
        OutgoingDocument, id=_id(), description="一件发文，无权查看时为空。An outgoing document."
    )
    outgoing_documents = paged(
        OutgoingDocumentConnection,
        "可以查看的发文，新的在前。Outgoing documents that the viewer may see, the newest first.",
        filter=_filter(OutgoingDocumentFilter),
    )
    incoming_document = Field(
        IncomingDocument, id=_id(), description="一件收文，无权查看时为空。An incoming document."
    )
    incoming_documents = paged(
        IncomingDocumentConnection,
        "可以查看的收文，新的在前。Incoming documents that the viewer may see, the newest first.",
        filter=_filter(IncomingDocumentFilter),
    )

    @staticmethod
    def resolve_outgoing_document(
        _root: Any, info: GraphQLResolveInfo, id: str
    ) -> Awaitable[Row | None]:
        return _one(info, "outgoing_documents", "OutgoingDocument", id)

    @staticmethod
    def resolve_outgoing_documents(
        _root: Any, info: GraphQLResolveInfo, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_outgoing", **asked)

    @staticmethod
    def resolve_incoming_document(
        _root: Any, info: GraphQLResolveInfo, id: str
    ) -> Awaitable[Row | None]:
        return _one(info, "incoming_documents", "IncomingDocument", id)

    @staticmethod
    def resolve_incoming_documents(
        _root: Any, info: GraphQLResolveInfo, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_incoming", **asked)


class AffairsQuery:
    affair = Field(Affair, id=_id(), description="一个事项，无权查看时为空。An affair.")
    affairs = paged(
        AffairConnection,
        "可以查看的事项，新的在前。Affairs that the viewer may see, the newest first.",
        filter=_filter(AffairFilter),
    )
    work_plan = Field(WorkPlan, id=_id(), description="一份年度工作要点。An annual plan.")
    work_plans = paged(
        WorkPlanConnection,
        "年度工作要点，近的在前。Annual plans, the latest first.",
        filter=_filter(WorkPlanFilter),
    )

    @staticmethod
    def resolve_affair(_root: Any, info: GraphQLResolveInfo, id: str) -> Awaitable[Row | None]:
        return _one(info, "affairs", "Affair", id)

    @staticmethod
    def resolve_affairs(_root: Any, info: GraphQLResolveInfo, **asked: Any) -> Awaitable[Row]:
        return _page(info, "list_affairs", **asked)

    @staticmethod
    def resolve_work_plan(_root: Any, info: GraphQLResolveInfo, id: str) -> Awaitable[Row | None]:
        return _one(info, "work_plans", "WorkPlan", id)

    @staticmethod
    def resolve_work_plans(_root: Any, info: GraphQLResolveInfo, **asked: Any) -> Awaitable[Row]:
        return _page(info, "list_plans", **asked)


class LibraryQuery:
    internal_rules = paged(
        InternalRuleConnection,
        "内部管理制度，机关人员可见。Internal rules, for the staff.",
        filter=_filter(InternalRuleFilter),
    )
    staff_trainings = paged(
        StaffTrainingConnection,
        "培训记录，本人只见自己的。Training records; one sees one's own.",
        filter=_filter(StaffTrainingFilter),
    )
    training_hours = Field(
        List(NonNull(TrainingHours)),
        year=Argument(Int, required=True, description="年度。Year."),
        description="年度培训学时，本人只见自己的。Hours of a year; one sees one's own.",
    )

    @staticmethod
    def resolve_internal_rules(
        _root: Any, info: GraphQLResolveInfo, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_internal_rules", **asked)

    @staticmethod
    def resolve_staff_trainings(
        _root: Any, info: GraphQLResolveInfo, **asked: Any
    ) -> Awaitable[Row]:
        return _page(info, "list_trainings", **asked)

    @staticmethod
    def resolve_training_hours(
        _root: Any, info: GraphQLResolveInfo, year: int
    ) -> Awaitable[list[Row]]:
        rows: Awaitable[list[Row]] = info.context.call(SERVICE, "training_hours", year=year)
        return rows


def _page(
    info: GraphQLResolveInfo,
    method: str,
    first: int,
    after: str | None = None,
    filter: Row | None = None,
) -> Awaitable[Row]:
    plain = {
        name: value.value if isinstance(value, Enum) else value
        for name, value in (filter or {}).items()
    }
    chosen = localise(plain, LOCAL)
    return resolve_page(info, SERVICE, method, filter=chosen, first=first, after=after)


async def _one(info: GraphQLResolveInfo, loader: str, kind: str, id: str) -> Row | None:
    row: Row | None = await getattr(info.context.loaders, loader).load(local_id(id, kind, "id"))
    return row


PAPER_QUERIES = [DocumentsQuery, AffairsQuery, LibraryQuery]
