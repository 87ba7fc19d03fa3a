"""Documents, as the office service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import ID, Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    Date,
    DateTime,
    FromRow,
    NodeType,
    global_id,
    labelled,
    loaded_by,
    reference,
)
from gateway.files.types import File, files_of
from gateway.members.organisations import Organisation, load_organisations
from gateway.members.types import Member
from gateway.office.enums import (
    DocumentKind,
    DocumentRetention,
    DocumentUrgency,
    IncomingDocumentState,
    OutgoingDocumentState,
)

Row = dict[str, Any]


def account_field(key: str, description: str) -> Any:
    """The global id of the account under `key`; null where a service acted."""
    return ID(
        resolver=FromRow(lambda row: row[key] and global_id("Account", row[key])),
        description=description,
    )


class AccountName(ObjectType):
    """经办人的称呼。What somebody who worked on a record is called."""

    id = ID(
        required=True,
        resolver=FromRow(lambda row: global_id("Account", row["id"])),
        description="账号。The account.",
    )
    label = String(required=True, description="显示名称。Name to show.")
    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member, if one."
    )


def name_field(attribute: str, key: str, description: str) -> Any:
    """Who stands behind the account under `key`; null where a service acted."""
    return reference(
        AccountName, attribute, key=key, loader="account_names", description=description
    )


class DocumentPurpose(ObjectType):
    """公文所为之事。The record of another service that a document was asked for."""

    service = String(required=True, description="所属服务。Service that asked for it.")
    id = String(required=True, description="事项编号，本服务内。Id within that service.")


class DocumentStep(ObjectType):
    """办理过程的一步。One step on a document's way."""

    state = String(required=True, description="步骤代码。Code of the state it led to.")
    by = account_field("by", "经办账号。Account that took it.")
    person = name_field("person", "by", "经办人。Who took it.")
    at = DateTime(required=True, description="时间。When.")
    note = String(description="意见。What was said.")


class DocumentReceipt(ObjectType):
    """回执。The read receipt of an organisation."""

    organisation = reference(
        Organisation,
        "organisation",
        key="organisation_id",
        loader="organisations",
        description="单位。The organisation.",
    )
    at = DateTime(required=True, description="阅收时间。When it was read.")


class DocumentReader(ObjectType):
    """传阅对象。Somebody on the circulation list."""

    member = reference(
        Member, "member", key="member_id", loader="members", description="委员。The member."
    )
    account_id = account_field("account_id", "工作人员账号。Account of one of the staff.")
    person = name_field("person", "account_id", "工作人员。One of the staff.")
    read_at = DateTime(description="阅文时间。When it was read.")
    note = String(description="阅文意见。What the reader said.")
    urged = Int(required=True, description="催阅次数。How often urged.")


class _Document:
    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    kind, kind_label = labelled(DocumentKind, "文种。Kind.", "kind", required=True)
    title = String(required=True, description="标题。Title.")
    number = String(description="文号。Official number.")
    urgency, urgency_label = labelled(
        DocumentUrgency, "紧急程度。Urgency.", "urgency", required=True
    )
    retention, retention_label = labelled(
        DocumentRetention, "保管期限。Retention.", "retention", required=True
    )
    volume = String(description="案卷号。Volume that it is filed in.")
    attachments = List(NonNull(File), description="附件。Files.")
    trail = List(NonNull(DocumentStep), required=True, description="办理过程，办理者可见。Its way.")

    @staticmethod
    def resolve_attachments(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["attachments"])


class OutgoingDocument(_Document, NodeType):
    """发文。An outgoing document."""

    state, state_label = labelled(OutgoingDocumentState, "状态。State.", required=True)
    text = String(required=True, description="正文。Text.")
    main = List(Organisation, description="主送。Main addressees.")
    copy_to = List(Organisation, description="抄送。Copied to.")
    for_office = Boolean(required=True, description="是否以办公室名义。In the office's name.")
    drafted_for = reference(
        Organisation,
        "drafted_for",
        key="drafted_for_id",
        loader="organisations",
        description="拟稿的专委会。The committee that drafts it.",
    )
    drafted_by = account_field("drafted_by", "拟稿人账号。Account of the drafter.")
    drafter = name_field("drafter", "drafted_by", "拟稿人。Who drafted it.")
    drafted_at = DateTime(required=True, description="拟稿时间。When drafted.")
    issued_at = DateTime(description="印发时间。When issued.")
    purpose = Field(DocumentPurpose, description="所为之事。What it was asked for.")
    receipts = List(
        NonNull(DocumentReceipt),
        required=True,
        description="回执，收文单位只见本单位的。Receipts; a recipient sees its own.",
    )
    own_receipt_at = DateTime(description="本单位回执时间。When the viewer's own was given.")

    @staticmethod
    def resolve_main(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        return load_organisations(info, row["main"])

    @staticmethod
    def resolve_copy_to(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        return load_organisations(info, row["copy_to"])

    get_node = loaded_by("outgoing_documents")


class IncomingDocument(_Document, NodeType):
    """收文。An incoming document."""

    state, state_label = labelled(IncomingDocumentState, "状态。State.", required=True)
    sender = reference(
        Organisation,
        "sender",
        key="sender_id",
        loader="organisations",
        description="来文单位，不在通讯录中的为空。The sender, if the directory knows it.",
    )
    sender_name = String(required=True, description="来文单位名称。The sender's name.")
    received_on = Date(required=True, description="收文日期。When received.")
    adopted_on = Date(description="所附文件通过日期。When the text it carries was adopted.")
    dated_on = Date(description="成文日期。The date on it.")
    printed_on = Date(description="印发日期。When it was printed.")
    addressed_to = String(required=True, description="主送，照录。Addressees, as printed.")
    copied_to = String(required=True, description="抄送，照录。Copied to, as printed.")
    due_at = DateTime(description="办结时限。Due.")
    proposed_handling = String(description="拟办意见。Proposed handling.")
    instruction = String(description="批示。Instruction.")
    readers = List(
        NonNull(DocumentReader),
        required=True,
        description="传阅单，传阅对象只见本人的。Circulation list; a reader sees the own row.",
    )
    handler = reference(
        Organisation,
        "handler",
        key="handler_id",
        loader="organisations",
        description="承办机构。Who handles it.",
    )
    urged = Int(required=True, description="催办次数。How often urged.")
    result = String(description="办理结果。What came of it.")
    to_read = Boolean(required=True, description="本人是否待阅。Whether the viewer is to read it.")
    own_read_at = DateTime(description="本人阅文时间。When the viewer read it.")

    get_node = loaded_by("incoming_documents")
