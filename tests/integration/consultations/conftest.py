"""A database of its own for each module, on the session's mongod."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.consultations import repository
from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.integration.consultations.desk import House


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    found = Database(client, "consultations", process)
    found.prepare(repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX)
    yield found
    client.drop_database(found.db.name)
    client.close()


@pytest.fixture
def house(database: Database) -> House:
    """Empty, with its indexes."""
    for name in (*repository.INDEXES, "settings", "audit", "counters"):
        database.collection(name).delete_many({})
    return House(database)
