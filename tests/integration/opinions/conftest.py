"""A database of its own for each test, on the session's mongod."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.opinions import repository
from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect
from shared.persistence.database import COUNTERS
from tests.integration.opinions.desk import Bureau


@pytest.fixture(scope="module")
def prepared(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    database = Database(client, "opinions", process)
    database.prepare(
        repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
    )
    yield database
    client.drop_database(database.db.name)
    client.close()


@pytest.fixture
def database(prepared: Database) -> Database:
    """Empty, with its indexes."""
    empty(prepared)
    return prepared


def empty(database: Database) -> None:
    for name in (*repository.INDEXES, COUNTERS, "settings"):
        database.collection(name).delete_many({})


@pytest.fixture
def bureau(database: Database) -> Bureau:
    return Bureau(database)
