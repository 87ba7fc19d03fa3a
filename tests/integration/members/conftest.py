"""A roster over a database of its own for use cases; the session's platform for the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect
from tests.integration.members.roster_case import Case


@pytest.fixture(scope="module")
def prepared(mongo_uri: str) -> Iterator[Case]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    client = connect(process)
    database = Database(client, "members", process)
    yield Case(database)
    client.drop_database(database.db.name)
    client.close()


@pytest.fixture
def bare(prepared: Case) -> Case:
    """Master data, and nothing else."""
    prepared.empty()
    return prepared


@pytest.fixture
def case(bare: Case) -> Case:
    """Term 15 is open."""
    bare.open_term()
    return bare
