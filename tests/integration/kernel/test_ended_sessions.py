"""What a service knows of sessions that have ended, over a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from shared import settings
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import Unauthenticated
from shared.ids import new_id
from shared.persistence import Database, EndedSessions, connect
from shared.persistence.ended_sessions import COLLECTION

NOW = datetime(2017, 2, 6, 9, tzinfo=UTC)


class Replica:
    """One process of the service, with a clock that the test moves."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.ended = EndedSessions(database, lambda: self.now.timestamp())

    def lets_in(self, session_id: str) -> bool:
        try:
            self.ended.require_live(Actor("account-1", Role.MEMBER, session_id=session_id))
        except Unauthenticated as error:
            assert error.message == "登录已失效，请重新登录"
            return False
        return True


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    with connect(process) as client:
        database = Database(client, "study", process)
        database.prepare({})
        yield database
        client.drop_database(database.db.name)


def test_what_one_replica_heard_the_other_knows_two_seconds_later(database: Database) -> None:
    heard, other = Replica(database), Replica(database)
    assert other.lets_in("s-1")
    heard.ended.note("s-1", NOW)
    heard.ended.note("s-1", NOW)  # delivered twice
    other.now += timedelta(seconds=1.9)
    assert other.lets_in("s-1")
    other.now += timedelta(seconds=0.1)
    assert not other.lets_in("s-1")
    assert other.lets_in("s-2")
    assert not heard.lets_in("s-1")


def test_who_has_no_session_is_let_in_without_a_look(database: Database) -> None:
    replica = Replica(database)
    replica.ended.require_live(PUBLIC_ACTOR)
    replica.ended.require_live(Actor("service:members", Role.SYSTEM))
    replica.ended.note("s-1", NOW)
    assert not replica.lets_in("s-1")  # its first look comes only now


def test_it_is_kept_for_the_life_of_an_access_token(database: Database) -> None:
    replica = Replica(database)
    replica.ended.note("s-late", NOW - timedelta(minutes=11))  # a replay tells of old ones too
    replica.ended.note("s-1", NOW)
    [row] = database.collection(COLLECTION).find()
    assert row == {"_id": "s-1", "expires_at": NOW + timedelta(minutes=11)}
    _, index = database.collection(COLLECTION).list_indexes()
    assert (dict(index["key"]), index["expireAfterSeconds"]) == ({"expires_at": 1}, 0)
