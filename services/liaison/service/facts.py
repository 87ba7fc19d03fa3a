"""Facts of other services, and the timers."""

from __future__ import annotations

from collections.abc import Callable

from services.liaison import reactions
from services.liaison.commands import activities, conferences, homes, orphans
from services.liaison.commands.ports import Desk
from services.liaison.service.base import Base
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Event, every, on_event

SCAN_SECONDS = 2


class Facts(Base):
    @every(seconds=SCAN_SECONDS)
    def settle_orphans(self) -> None:
        orphans.settle_orphans(Call.system(self.name), self.deps)

    @every(seconds=SCAN_SECONDS)
    def remind_of_duties(self) -> None:
        homes.remind_of_duties(Call.system(self.name), self.deps)

    @every(seconds=SCAN_SECONDS)
    def ask_confirmations(self) -> None:
        homes.ask_confirmations(Call.system(self.name), self.deps)

    @every(seconds=SCAN_SECONDS)
    def ask_completion(self) -> None:
        activities.ask_completion(Call.system(self.name), self.deps)

    @every(seconds=SCAN_SECONDS)
    def call_overdue(self) -> None:
        conferences.call_overdue(Call.system(self.name), self.deps)


def listen(source: str, event_type: str, react: Callable[[Event, Desk], None]) -> None:
    """`on_<source>_<type>`, the frozen name of its queue: a row is all that a fact needs here."""

    def handle(self: Facts, event: Event) -> None:
        react(event, self.deps)

    handle.__name__ = f"on_{source}_{event_type}"
    setattr(Facts, handle.__name__, on_event(source, event_type)(handle))


for _type in names.MEMBER_STATES:
    listen("members", _type, reactions.note_member)
listen("members", names.ORGANISATION_CHANGED, reactions.note_organisation)
for _type in reactions.NEWS:
    listen("office", _type, reactions.follow_meeting)
for _type in reactions.PRESENCE:
    listen("office", _type, reactions.take_presence)
for _type in reactions.DONE:
    listen("office", _type, reactions.take_affair)
for _source, _type in reactions.NORMS:
    _filed = _type in reactions.FILED
    listen(_source, _type, reactions.note_filing if _filed else reactions.note_norm)
