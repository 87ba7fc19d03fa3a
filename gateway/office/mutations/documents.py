"""Every command on documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Boolean, Field, List, NonNull, String

from gateway.base import CommandMutation, Date, DateTime
from gateway.office.documents import IncomingDocument, OutgoingDocument
from gateway.office.loaders import SERVICE
from gateway.office.paper_enums import DocumentKind, DocumentRetention, DocumentUrgency
from shared.contracts.recipients import account_key, member_key

Ids = Mapping[str, str]
OUTGOING: Ids = {"document_id": "OutgoingDocument"}
INCOMING: Ids = {"document_id": "IncomingDocument"}
ADDRESSED: Ids = {"main": "Organisation", "copy_to": "Organisation", "attachments": "File"}
NOTE = "意见。What is said with it."
REASON = "理由。Reason."
FILES = "附件。Files."
CLASSIFIED = "密级，默认无；涉密文件不予接收。Classification; none but NONE is taken."


class _Outgoing(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "document"
    ids: ClassVar[Ids] = OUTGOING
    holder = "document_id"
    document = Field(OutgoingDocument, description="公文。The document afterwards.")


class _Incoming(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "document"
    ids: ClassVar[Ids] = INCOMING
    holder = "document_id"
    document = Field(IncomingDocument, description="公文。The document afterwards.")


class _OfDocument:
    document_id = ID(required=True, description="公文编号。Global id of the document.")


class _WithNote(_OfDocument):
    note = String(description=NOTE)


class _WithReason(_OfDocument):
    reason = String(required=True, description=REASON)


class _ToVolume(_OfDocument):
    volume = String(required=True, description="案卷号。Volume.")


class _Wording:
    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="正文。Text.")
    main = List(NonNull(ID), required=True, description="主送单位。Main addressees.")
    copy_to = List(NonNull(ID), description="抄送单位。Copied to.")
    urgency = DocumentUrgency(description="紧急程度，默认平件。Urgency.")
    classification = String(description=CLASSIFIED)
    attachments = List(NonNull(ID), description=FILES)


class DraftDocument(_Outgoing):
    """拟稿（办公室，专委会拟本委的）。Draft an outgoing document."""

    class Input(_Wording):
        kind = DocumentKind(required=True, description="文种。Kind.")
        retention = DocumentRetention(description="保管期限，默认10年。Retention.")
        for_office = Boolean(description="是否以办公室名义。In the office's name.")

    method = "draft_document"
    ids: ClassVar[Ids] = ADDRESSED


class RedraftDocument(_Outgoing):
    """修改拟稿。Write a draft again."""

    class Input(_OfDocument, _Wording):
        pass

    method = "redraft_document"
    ids: ClassVar[Ids] = {**OUTGOING, **ADDRESSED}


class CheckDocument(_Outgoing):
    """核稿（办公室）。Check a draft."""

    class Input(_WithNote):
        pass

    method = "check_document"


class CountersignDocument(_Outgoing):
    """会签（秘书长）。Countersign."""

    class Input(_WithNote):
        pass

    method = "countersign_document"


class SignDocument(_Outgoing):
    """签发（主席会议成员）。Sign."""

    class Input(_WithNote):
        pass

    method = "sign_document"


class ReturnDocument(_Outgoing):
    """退回拟稿，由下一环节办理者退回。Send it back to the draft, by whoever acts next."""

    class Input(_WithReason):
        pass

    method = "return_document"


class NumberDocument(_Outgoing):
    """编号（办公室），连续不断号。Give it the next number of its series."""

    class Input(_OfDocument):
        pass

    method = "number_document"


class IssueDocument(_Outgoing):
    """印发（办公室）。Send it to its recipients."""

    class Input(_WithNote):
        pass

    method = "issue_document"


class GiveReceipt(_Outgoing):
    """回执（收文单位）。The read receipt of the viewer's organisation."""

    class Input(_OfDocument):
        pass

    method = "give_receipt"


class UrgeReceipts(_Outgoing):
    """催要回执（办公室）。Ask again those who gave no receipt."""

    class Input(_OfDocument):
        pass

    method = "urge_receipts"


class FileOutgoingDocument(_Outgoing):
    """发文归卷（办公室）。File an issued document."""

    class Input(_ToVolume):
        pass

    method = "file_outgoing"


class DiscardDocument(_Outgoing):
    """作废未编号的公文。Give up a document that has no number yet."""

    class Input(_WithReason):
        pass

    method = "discard_document"


class SignForDocument(_Incoming):
    """签收来文（办公室）。Sign for an incoming document."""

    class Input:
        title = String(required=True, description="标题。Title.")
        sender = ID(description="来文单位，通讯录中的。The sender, from the directory.")
        sender_name = String(description="来文单位名称，不在通讯录中的填写。The sender's name.")
        received_on = Date(required=True, description="收文日期。When received.")
        classification = String(description=CLASSIFIED)

    method = "sign_for_document"
    ids: ClassVar[Ids] = {"sender": "Organisation"}


class RegisterDocument(_Incoming):
    """登记来文（办公室），拟办前可更正。Register it; again until handling is proposed."""

    class Input(_OfDocument):
        kind = DocumentKind(required=True, description="文种。Kind.")
        number = String(description="来文文号。The sender's number.")
        urgency = DocumentUrgency(description="紧急程度，默认平件。Urgency.")
        retention = DocumentRetention(description="保管期限，默认10年。Retention.")
        adopted_on = Date(description="所附文件通过日期。When the text it carries was adopted.")
        dated_on = Date(description="成文日期。The date on it.")
        printed_on = Date(description="印发日期。When it was printed.")
        addressed_to = String(description="主送，照录。Addressees, as printed.")
        copied_to = String(description="抄送，照录。Copied to, as printed.")
        due_at = DateTime(description="办结时限。Due.")
        attachments = List(NonNull(ID), description=FILES)

    method = "register_document"
    ids: ClassVar[Ids] = {**INCOMING, "attachments": "File"}


class RouteDocument(_Incoming):
    """拟办（秘书长）。Propose how to handle it."""

    class Input(_OfDocument):
        proposed = String(required=True, description="拟办意见。Proposed handling.")

    method = "route_document"


class ReturnRouting(_Incoming):
    """退回拟办意见（主席会议成员）。Ask for another proposal."""

    class Input(_WithReason):
        pass

    method = "return_routing"


class InstructDocument(_Incoming):
    """批办（主席会议成员）。Instruct."""

    class Input(_OfDocument):
        instruction = String(required=True, description="批示。Instruction.")

    method = "instruct_document"


class CirculateDocument(_Incoming):
    """传阅（办公室），可随后增加对象。Circulate it; people may be added later."""

    class Input(_OfDocument):
        members = List(NonNull(ID), description="委员。Global ids of members.")
        accounts = List(NonNull(ID), description="工作人员账号。Global ids of accounts.")

    method = "circulate_document"
    ids: ClassVar[Ids] = {**INCOMING, "members": "Member", "accounts": "Account"}

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """People as the keys under which their receipts are noted."""
        local = super().kwargs(**input)
        members, accounts = local.pop("members", None), local.pop("accounts", None)
        readers = [member_key(id) for id in members or ()]
        return {**local, "readers": [*readers, *(account_key(id) for id in accounts or ())]}


class ReadDocument(_Incoming):
    """阅文回执（传阅对象本人）。The read receipt of somebody on the list."""

    class Input(_WithNote):
        pass

    method = "read_document"


class HandDocument(_Incoming):
    """交承办机构（办公室）。Give it to a committee or an office to handle."""

    class Input(_OfDocument):
        handler_id = ID(required=True, description="承办机构。Global id of the organisation.")

    method = "hand_document"
    ids: ClassVar[Ids] = {**INCOMING, "handler_id": "Organisation"}


class UrgeDocument(_Incoming):
    """催办（办公室）。Urge whoever has not read or handled it."""

    class Input(_OfDocument):
        pass

    method = "urge_document"


class NoteDocument(_Incoming):
    """注办（办公室或承办机构）。Note what came of it."""

    class Input(_OfDocument):
        result = String(required=True, description="办理结果。What came of it.")

    method = "note_document"


class FileIncomingDocument(_Incoming):
    """收文归卷（办公室）。File it."""

    class Input(_ToVolume):
        pass

    method = "file_incoming"


DOCUMENTS: list[Any] = [
    DraftDocument,
    RedraftDocument,
    CheckDocument,
    CountersignDocument,
    SignDocument,
    ReturnDocument,
    NumberDocument,
    IssueDocument,
    GiveReceipt,
    UrgeReceipts,
    FileOutgoingDocument,
    DiscardDocument,
    SignForDocument,
    RegisterDocument,
    RouteDocument,
    ReturnRouting,
    InstructDocument,
    CirculateDocument,
    ReadDocument,
    HandDocument,
    UrgeDocument,
    NoteDocument,
    FileIncomingDocument,
]
