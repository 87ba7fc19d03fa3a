"""What the operations of notifications are given. Only checked primitives reach a query."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from marshmallow import fields, validate

from services.notifications.domain.deliveries import Outlet
from services.notifications.domain.templates import Category
from services.notifications.domain.todos import TodoKind
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Matching, Text, When

MESSAGES = Answer("notifications", "[Notification!]", "已标记的消息。The messages.")
UNREAD = Answer("unread_count", "Int", "剩余未读数。Number of messages that are still unread.")


class MessageId(Id):
    """The parts of a fact, joined: longer than other ids."""

    def __init__(self, of: str | None = None) -> None:
        Text.__init__(self, 1, 400)
        self.of = of


UnreadOnly = Annotated[bool, about(Flag(), "仅未读。Unread ones only.", default=False)]
Kind = Annotated[TodoKind, about(Choice(TodoKind), "种类。Of this kind only.")]
AllRoles = Annotated[
    bool,
    about(
        Flag(),
        "本人全部身份的。Of all own roles, not the acting one.",
        default=False,
    ),
]
MessageIds = Annotated[
    list[str], about(Many(MessageId("Notification"), 1, 100), "消息编号，至多100个。Message ids.")
]
TodoIds = Annotated[list[str], about(Many(MessageId(), 1, 100), "待办编号。Ids of to-dos.")]
Before = Annotated[
    datetime,
    about(When(), "截止时刻，通常为最近一次查看的时间。Up to here, the last look as a rule."),
]

# -- what leaves the platform ---------------------------------------------------------------

PREFERENCES = Answer(
    "preferences", "NotificationPreferences", "修改后的偏好。The preferences afterwards."
)
SENT_AGAIN = Answer("waiting", "Int", "重新待发送的条数。How many wait for sending again.")
MOST_CALLBACK = 64 * 1024  # characters; WeChat's and Aliyun's are below four thousand


class Hour(Matching):
    def __init__(self) -> None:
        super().__init__(r"([01]\d|2[0-3]):[0-5]\d", "时间格式应为 22:00")


class Raw(fields.Str):
    """As it was sent: a signature is over its bytes."""

    def __init__(self, high: int) -> None:
        super().__init__(validate=validate.Length(0, high, error=f"不能超过{high}个字符"))


Outlets = Annotated[
    list[Outlet], about(Many(Choice(Outlet), high=2), "接收渠道。Outlets that are on.")
]
Muted = Annotated[
    list[Category],
    about(
        Many(Choice(Category), high=40),
        "不推送的类别，仍可在站内查看。Categories that stay in the inbox.",
        default=list,
    ),
]
QuietFrom = Annotated[str, about(Hour(), "免打扰开始，如22:00。Start of the quiet hours.")]
QuietUntil = Annotated[
    str, about(Hour(), "免打扰结束，与开始相同则不设。End; like the start: no quiet hours.")
]
Digest = Annotated[
    bool,
    about(
        Flag(),
        "微信消息每日18时汇总。WeChat's messages are summed up at 18:00.",
        default=False,
    ),
]
BroadcastId = Annotated[str, about(MessageId("Broadcast"), "外发消息编号。Id of the broadcast.")]
BroadcastIds = Annotated[
    list[str], about(Many(MessageId("Broadcast"), 1, 100), "外发消息编号。Ids of broadcasts.")
]
CallbackQuery = Annotated[
    dict[str, str],
    about(fields.Dict(keys=Raw(40), values=Raw(200)), hidden=True),
]
CallbackBody = Annotated[str, about(Raw(MOST_CALLBACK), hidden=True)]
CallbackKey = Annotated[str, about(Raw(200), hidden=True)]
