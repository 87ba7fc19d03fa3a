"""What the operations of office are given: incoming."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypedDict

from services.office.schemas import common
from shared.operations import Answer, about
from shared.schemas import CodeText, Day, Id, Many, Text, When

MOST_READERS = 300  # of one call
DOCUMENT = Answer("document", "IncomingDocument", "公文。The document afterwards.")

Sender = Annotated[
    str, about(Id("Organisation"), "来文单位，通讯录中的。The sender, from the directory.")
]
SenderName = Annotated[
    str, about(Text(1, 100), "来文单位名称，不在通讯录中的填写。The sender's name.")
]
ReceivedOn = Annotated[date, about(Day(), "收文日期。When received.")]
DocumentId = Annotated[str, about(Id("IncomingDocument"), "公文编号。Global id of the document.")]
SenderNumber = Annotated[str, about(CodeText(0, 50), "来文文号。The sender's number.")]
AdoptedOn = Annotated[date, about(Day(), "所附文件通过日期。When the text it carries was adopted.")]
DatedOn = Annotated[date, about(Day(), "成文日期。The date on it.")]
Proposed = Annotated[str, about(Text(1, 1000), "拟办意见。Proposed handling.")]
Instruction = Annotated[str, about(Text(1, 1000), "批示。Instruction.")]
Members = Annotated[
    list[str], about(Many(Id("Member"), high=MOST_READERS), "委员。Global ids of members.")
]
Accounts = Annotated[
    list[str],
    about(Many(Id("Account"), high=MOST_READERS), "工作人员账号。Global ids of accounts."),
]
HandlerId = Annotated[str, about(Id("Organisation"), "承办机构。Global id of the organisation.")]


class Register(TypedDict):
    """What is registered of a document."""

    kind: common.DocumentKind
    urgency: common.Urgency
    retention: common.Retention
    addressed_to: Annotated[
        str, about(Text(0, 1000), "主送，照录。Addressees, as printed.", default="")
    ]
    copied_to: Annotated[
        str, about(Text(0, 1000), "抄送，照录。Copied to, as printed.", default="")
    ]
    due_at: Annotated[datetime, about(When(), "办结时限。Due.")] | None
    attachments: common.Attachments
