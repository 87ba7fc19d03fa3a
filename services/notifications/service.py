"""消息 notifications: the inbox of each person and the to-dos of each role, fed by events; and what
leaves the platform by WeChat and text message.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from eventlet import GreenPool

from services.notifications import queries, reactions, repository
from services.notifications.commands import broadcasts, inbox, preferences, receipts, sending
from services.notifications.domain.channels import Channel, Provider
from services.notifications.domain.deliveries import Address, Delivery, Outlet
from services.notifications.domain.table import REACTIONS
from services.notifications.providers import configured
from services.notifications.providers.callbacks import SmsDoor, WechatDoor
from services.notifications.queries import outside
from services.notifications.repository.deliveries import Deliveries, Outbound, Reports
from services.notifications.repository.people import People, Wishes
from shared import settings
from shared.call import Call
from shared.clock import Now
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.metrics import messages_tried

SENDERS = 8  # at one moment, of one outlet
SEND_DELAYS = "30,120,600,1800,7200"  # seconds between the tries of one message
SEND_LEASE = "60"


@dataclass(frozen=True)
class Deps:
    inbox: repository.Inbox
    todos: repository.Todos
    roles: repository.HeldRoles
    people: People
    wishes: Wishes
    channels: tuple[Channel, ...]
    deliveries: Deliveries
    reports: Reports
    providers: Mapping[Outlet, Provider]
    wechat_door: WechatDoor | None
    sms_door: SmsDoor | None
    bind: Callable[[Call, str, str], None]
    addresses: Callable[[Call, Outlet, list[str]], dict[str, Address]]
    together: Callable[[Callable[[Delivery], None], Iterable[Delivery]], None]
    counted: Callable[[Outlet, str], None]
    pace: sending.Pace
    clock: Now


def build(platform: Platform) -> Deps:
    """The inbox, and behind the same port whichever outlets an operator has set."""
    database = platform.database
    database.prepare(
        repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
    )
    own = repository.Inbox(database)
    providers = configured(os.environ)

    def addresses(call: Call, outlet: Outlet, account_ids: list[str]) -> dict[str, Address]:
        rows = platform.rpc.call("identity", "ways_to_reach", call, ids=account_ids)
        phones = _phones(platform, call, rows) if outlet is Outlet.SMS else {}
        return {
            row["id"]: Address(row["openid"], phones.get(row["member_id"]) or row["phone"])
            for row in rows
        }

    def bind(call: Call, code: str, openid: str) -> None:
        own_call = Call.system("notifications", call.correlation_id)
        platform.rpc.call("identity", "bind_wechat_by_code", own_call, code=code, openid=openid)

    return Deps(
        inbox=own,
        todos=repository.Todos(database),
        roles=repository.HeldRoles(database),
        people=People(database),
        wishes=Wishes(database),
        channels=(own, Outbound(database, providers)),
        deliveries=Deliveries(database),
        reports=Reports(database),
        providers=providers,
        wechat_door=WechatDoor.configured(os.environ),
        sms_door=SmsDoor.configured(os.environ),
        bind=bind,
        addresses=addresses,
        together=_together,
        counted=_counted,
        pace=_pace(os.environ),
        clock=platform.clock,
    )


def _phones(
    platform: Platform, call: Call, rows: Iterable[Mapping[str, str | None]]
) -> dict[str | None, str]:
    """Member → phone, for this round alone; each look is in members' audit."""
    ids = [row["member_id"] for row in rows if row["member_id"]]
    found = platform.rpc.call("members", "contacts_by_ids", call, ids=ids) if ids else []
    return {row["id"]: row["phone"] for row in found}


def _together(work: Callable[[Delivery], None], deliveries: Iterable[Delivery]) -> None:
    for _ in GreenPool(SENDERS).imap(work, deliveries):
        pass


def _counted(outlet: Outlet, outcome: str) -> None:
    messages_tried.labels("notifications", outlet.value, outcome).inc()


def _pace(environ: Mapping[str, str]) -> sending.Pace:
    delays = settings.seconds(environ, "SEND_DELAYS", SEND_DELAYS)
    [lease] = settings.seconds(environ, "SEND_LEASE", SEND_LEASE)
    return sending.Pace([timedelta(seconds=each) for each in delays], timedelta(seconds=lease))


@offers(queries, outside, inbox, preferences, broadcasts, receipts)
class NotificationsService:
    name = "notifications"
    deps = Provide(build)

    @every()
    def send_by_wechat(self) -> None:
        self._send(Outlet.WECHAT)

    @every()
    def send_by_sms(self) -> None:
        self._send(Outlet.SMS)

    def _send(self, outlet: Outlet) -> None:
        if provider := self.deps.providers.get(outlet):
            sending.send_due(Call.system(self.name), provider, self.deps)


for _source, _type in dict.fromkeys((*REACTIONS, *reactions.FOLLOWED)):
    _followed = (_source, _type) in reactions.FOLLOWED
    listen(NotificationsService, _source, _type, reactions.follow if _followed else reactions.apply)
