"""Facts of other services: members, meetings that they plan, what papers and plans follow."""

from __future__ import annotations

from collections.abc import Callable

from services.office import reactions
from services.office.commands import paper_facts
from services.office.commands.paper_ports import Papers
from services.office.commands.ports import Desk
from services.office.service.base import Base
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


def _for_papers(react: Callable[[Event, Papers], None]) -> Callable[[Event, Desk], None]:
    return lambda event, desk: react(event, desk.papers)


for _type in names.MEMBER_STATES:
    listen("members", _type, reactions.note_member)
for _fact in reactions.PLANS:
    listen(*_fact, reactions.plan_meeting)
for _fact in reactions.INVITATIONS:
    listen(*_fact, reactions.invite)
for _fact in reactions.CANCELLATIONS:
    listen(*_fact, reactions.call_off)
for _fact, _react in paper_facts.REACTIONS.items():
    listen(*_fact, _for_papers(_react))
