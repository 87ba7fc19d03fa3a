"""Facts of other services: members, and what the office tells of meetings."""

from __future__ import annotations

from collections.abc import Callable

from services.study import reactions
from services.study.commands.ports import Desk
from services.study.service.base import Base
from shared.contracts import names
from shared.messaging.service import Event, on_event


class Facts(Base):
    pass


def listen(source: str, event_type: str, react: Callable[[Event, Desk], None]) -> None:
    """`on_<source>_<type>`, the frozen name of its queue: a row is all that a fact needs here."""

    def handle(self: Facts, event: Event) -> None:
        react(event, self.deps)

    handle.__name__ = f"on_{source}_{event_type}"
    setattr(Facts, handle.__name__, on_event(source, event_type)(handle))


for _type in names.MEMBER_STATES:
    listen("members", _type, reactions.note_member)
for _type in reactions.NEWS:
    listen("office", _type, reactions.follow_meeting)
for _type in reactions.PRESENCE:
    listen("office", _type, reactions.take_presence)
