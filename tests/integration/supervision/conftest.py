"""A database of its own for each module, emptied for each test, on the session's mongod."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.supervision import repository
from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.integration.supervision.desk import House


@pytest.fixture(scope="module")
def prepared(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    database = Database(client, "supervision", process)
    database.prepare(
        repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX
    )
    yield database
    client.drop_database(database.db.name)
    client.close()


@pytest.fixture
def house(prepared: Database) -> House:
    """Empty, with its indexes."""
    for name in (*repository.INDEXES, "settings", "audit"):
        prepared.collection(name).delete_many({})
    return House(prepared)
