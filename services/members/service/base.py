"""What every part of the service stands on: dependencies and the answers to commands."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from services.members import cipher
from services.members.commands.ports import Roster
from services.members.domain.absences import PLENARY_LIMIT, STANDING_LIMIT
from services.members.queries import directory, roster
from services.members.repository import (
    INDEXES,
    OUTBOX,
    Absences,
    Imports,
    Memberships,
    Organisations,
    Sectors,
    Terms,
    master_data,
)
from shared.call import Call
from shared.messaging.service import Platform, Provide
from shared.persistence import Setting

Row = dict[str, Any]

SETTINGS = [
    Setting(PLENARY_LIMIT, 2, "一届内无故缺席全体会议次数（启动撤销程序）", "2.1", 1, 10),
    Setting(STANDING_LIMIT, 4, "连续无故缺席常委会会议次数（启动撤销程序）", "2.1", 1, 20),
]


def build(platform: Platform) -> Roster:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    at = platform.clock.now()
    migrations = [(1, partial(master_data.load, at=at))]
    database.prepare(INDEXES, migrations=migrations, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    sectors = Sectors(database)
    return Roster(
        memberships=Memberships(database, sectors),
        organisations=Organisations(database),
        terms=Terms(database),
        sectors=sectors,
        imports=Imports(database),
        cipher=cipher.load(os.environ, platform.environment),
        clock=platform.clock,
        audit=platform.audit,
        absences=Absences(database),
        settings=platform.settings,
    )


class Base:
    name = "members"
    deps = Provide(build)

    def _member(self, call: Call, member_id: str) -> Row:
        [row] = roster.members_by_ids(call, self.deps, ids=[member_id])
        return row

    def _term(self, term_id: str) -> Row:
        return directory.term_row(self.deps.terms.get(term_id))

    def _organisation(self, organisation_id: str) -> Row:
        [row] = self.deps.organisations.rows_by_ids([organisation_id])
        return row
