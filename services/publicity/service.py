"""publicity (宣传、文史): manuscripts, channels, interviews. A table of contents."""

from __future__ import annotations

import os
from typing import Any

from services.publicity import reactions
from services.publicity.commands import contents, interviews, publishing
from services.publicity.commands.ports import Account, Desk
from services.publicity.providers.wechat import Articles
from services.publicity.queries import publicity
from services.publicity.repository import INDEXES, OUTBOX, PROJECTIONS, Contents, Interviews
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Database, Setting, SettingsStore
from shared.persistence.roster import Members

SETTINGS = [
    Setting("publish_attempts", 5, "渠道发布失败后最多尝试次数，之后转人工", "2.11", 1, 20),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    account = Articles.configured(os.environ)
    return desk_of(database, platform.settings, platform.clock, account)


def desk_of(database: Database, settings: SettingsStore, clock: Any, account: Account) -> Desk:
    return Desk(
        contents=Contents(database),
        interviews=Interviews(database),
        members=Members(database),
        settings=settings,
        clock=clock,
        account=account,
    )


@offers(contents, publishing, interviews, publicity)
class PublicityService:
    name = "publicity"
    deps = Provide(build)

    @every()
    def carry_out(self) -> None:
        publishing.carry_out(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(PublicityService, "members", _type, reactions.note_member)
