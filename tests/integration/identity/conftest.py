"""Each test has its own people on the session's platform."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.identity.repository import INDEXES, OUTBOX
from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.integration.identity.people import People
from tests.stack import Stack


@pytest.fixture
def people(stack: Stack) -> People:
    return People(stack)


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    """A prepared database without a service."""
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    prepared = Database(client, "identity", process)
    prepared.prepare(INDEXES, outbox=OUTBOX)
    yield prepared
    client.drop_database(prepared.db.name)
    client.close()
