from __future__ import annotations

from pathlib import Path

import pytest

from deploy.local import plan
from deploy.local.options import Options

AMQP = "amqp://guest:guest@broker/"
MONGO = "mongodb://db/?replicaSet=rs0"


def names(made: plan.Plan) -> list[str]:
    return [program.name for program in made.servers]


def test_starts_its_own_servers_and_gives_services_their_addresses(tmp_path: Path) -> None:
    made = plan.make(Options(tmp_path), {"RABBITMQ_PORT": "7001", "MONGO_PORT": "7002"}, {})
    assert names(made) == ["epmd", "rabbitmq", "mongod"]
    assert made.environment["AMQP_URI"] == "amqp://guest:guest@127.0.0.1:7001/"
    assert made.environment["MONGO_URI"] == "mongodb://127.0.0.1:7002/?replicaSet=rs0"


@pytest.mark.parametrize(
    ("amqp", "mongo", "started"),
    [
        (AMQP, None, ["mongod"]),
        (None, MONGO, ["epmd", "rabbitmq"]),
        (AMQP, MONGO, []),
    ],
)
def test_a_server_that_is_given_is_not_started(
    tmp_path: Path, amqp: str | None, mongo: str | None, started: list[str]
) -> None:
    made = plan.make(Options(tmp_path, amqp, mongo), {}, {})
    assert names(made) == started
    assert amqp in (None, made.environment["AMQP_URI"])
    assert mongo in (None, made.environment["MONGO_URI"])


def test_settings_come_from_the_environment_or_their_local_default(tmp_path: Path) -> None:
    made = plan.make(Options(tmp_path), {"LOG_LEVEL": "DEBUG", "RETRY_DELAYS": ""}, {})
    assert made.environment["LOG_LEVEL"] == "DEBUG"
    assert made.environment["RETRY_DELAYS"] == "1,5,30,120,600"
    assert made.environment["ENVIRONMENT"] == "development"
    assert made.environment["KEYS_DIR"] == str(tmp_path / "keys")


def test_the_shown_address_is_one_that_a_browser_reaches() -> None:
    assert plan.gateway_url({"GATEWAY_HOST": "0.0.0.0", "GATEWAY_PORT": "8001"}) == (
        "http://127.0.0.1:8001"
    )
