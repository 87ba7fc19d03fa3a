"""members (委员): the roster, terms and sessions, and organisations of all kinds.

A table of contents, nothing else.
"""

from __future__ import annotations

import os
from functools import partial

from services.members import cipher, reactions
from services.members.commands import (
    absences,
    carrying,
    departures,
    imports,
    nominations,
    organisations,
    profiles,
    terms,
    topics,
)
from services.members.commands.ports import Roster
from services.members.domain.absences import PLENARY_LIMIT, STANDING_LIMIT
from services.members.queries import directory, private, reviews, roster
from services.members.queries import imports as reports
from services.members.repository import (
    INDEXES,
    OUTBOX,
    Absences,
    Imports,
    Memberships,
    Organisations,
    Sectors,
    Terms,
    Topics,
    master_data,
)
from services.members.repository.migrations import (
    states_with_organisations,
    words_as_they_are_asked,
)
from services.members.repository.sealed import seal_plain
from shared.call import Call
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Setting
from shared.persistence.database import Migration

SETTINGS = [
    Setting(PLENARY_LIMIT, 2, "一届内无故缺席全体会议次数（启动撤销程序）", "2.1", 1, 10),
    Setting(STANDING_LIMIT, 4, "连续无故缺席常委会会议次数（启动撤销程序）", "2.1", 1, 20),
]


def build(platform: Platform) -> Roster:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    at = platform.clock.now()
    sealing = cipher.load(os.environ, platform.environment)
    migrations: list[Migration] = [
        (1, partial(master_data.load, at=at)),
        (2, words_as_they_are_asked),
        (3, partial(master_data.load_directory, at=at)),
        (4, partial(seal_plain, cipher=sealing)),
        (5, partial(states_with_organisations, at=at, cipher=sealing)),
    ]
    database.prepare(INDEXES, migrations=migrations, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    seal_plain(database, sealing)  # at each start: the version before may have written since
    sectors = Sectors(database)
    return Roster(
        memberships=Memberships(database, sectors, sealing),
        organisations=Organisations(database),
        terms=Terms(database),
        topics=Topics(database),
        sectors=sectors,
        imports=Imports(database, sealing),
        cipher=sealing,
        clock=platform.clock,
        audit=platform.audit,
        absences=Absences(database),
        settings=platform.settings,
    )


@offers(
    *(terms, topics, organisations, nominations, departures, profiles, carrying, imports, absences),
    *(roster, private, directory, reports, reviews),
)
class MembersService:
    name = "members"
    deps = Provide(build)

    @every()
    def end_memberships(self) -> None:
        departures.end_memberships(Call.system(self.name), self.deps)

    @every(seconds=1)
    def work_on_imports(self) -> None:
        imports.work_on_imports(Call.system(self.name), self.deps)


for _type in reactions.ATTENDANCE:
    listen(MembersService, "office", _type, reactions.note_attendance)
for _type in reactions.ENDS:
    listen(MembersService, "members", _type, reactions.note_end)
