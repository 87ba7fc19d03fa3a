"""What the operations of notifications are given. Only checked primitives reach a query."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.notifications.domain.todos import TodoKind
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Text, When

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
