"""What the operations of office are given: papers."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.office.domain import document_kinds, incoming, outgoing
from services.office.schemas import common
from shared.operations import about
from shared.schemas import Choice, Flag, Id, Number, Text


class OutgoingDocumentFilter(TypedDict, total=False):
    """发文筛选条件。All of these must hold."""

    state: (
        Annotated[outgoing.OutgoingState, about(Choice(outgoing.OutgoingState), "状态。State.")]
        | None
    )
    kind: common.DocumentKind | None
    year: Annotated[int, about(Number(2000, 2100), "文号年份。Year of the number.")] | None
    recipient: (
        Annotated[
            str, about(Id("Organisation"), "主送或抄送单位。Sent or copied to this organisation.")
        ]
        | None
    )
    number: common.NumberAsTyped | None
    title: common.TitleWords | None
    unreceipted: Annotated[
        bool, about(Flag(), "仅本单位尚未签收的。Only those without a receipt of one's own.")
    ]


class IncomingDocumentFilter(TypedDict, total=False):
    """收文筛选条件。All of these must hold."""

    state: (
        Annotated[incoming.IncomingState, about(Choice(incoming.IncomingState), "状态。State.")]
        | None
    )
    urgency: (
        Annotated[
            document_kinds.Urgency, about(Choice(document_kinds.Urgency), "紧急程度。Urgency.")
        ]
        | None
    )
    handler: (
        Annotated[str, about(Id("Organisation"), "承办机构。Handled by this organisation.")] | None
    )
    sender: (
        Annotated[str, about(Id("Organisation"), "来文单位，通讯录中的。From this organisation.")]
        | None
    )
    sender_name: (
        Annotated[str, about(Text(1, 100), "来文单位名称，全称。From the sender of this name.")]
        | None
    )
    number: common.NumberAsTyped | None
    title: common.TitleWords | None
    due_before: common.DueBefore | None
    open: common.OpenOnly
    unread: Annotated[bool, about(Flag(), "仅本人待阅的。Only those that the viewer is to read.")]
