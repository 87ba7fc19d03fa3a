"""消息 notifications: the inbox of each person and the to-dos of each role, fed by events."""

from __future__ import annotations

from dataclasses import dataclass

from services.notifications import commands, queries, reactions, repository
from services.notifications.domain.channels import Channel
from services.notifications.domain.table import REACTIONS
from shared.clock import Now
from shared.messaging.service import Platform, Provide, listen, offers


@dataclass(frozen=True)
class Deps:
    inbox: repository.Inbox
    todos: repository.Todos
    roles: repository.HeldRoles
    channels: tuple[Channel, ...]
    clock: Now


def build(platform: Platform) -> Deps:
    """WeChat and SMS join `channels` beside the inbox."""
    database = platform.database
    database.prepare(
        repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
    )
    inbox = repository.Inbox(database)
    return Deps(
        inbox=inbox,
        todos=repository.Todos(database),
        roles=repository.HeldRoles(database),
        channels=(inbox,),
        clock=platform.clock,
    )


@offers(queries, commands)
class NotificationsService:
    name = "notifications"
    deps = Provide(build)


for _source, _type in REACTIONS:
    _noted = (_source, _type) in reactions.ROLES
    _react = reactions.follow_role if _noted else reactions.apply
    listen(NotificationsService, _source, _type, _react)
