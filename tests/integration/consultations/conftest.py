"""A database of its own for the module, on the session's mongod."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.consultations import repository
from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    found = Database(client, "consultations", process)
    found.prepare(repository.INDEXES, projections=repository.PROJECTIONS, outbox=repository.OUTBOX)
    yield found
    client.drop_database(found.db.name)
    client.close()
