"""`make backup` and `make restore`: when they refuse, and how they reach our own broker."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.backup.broker import CTL
from deploy.local import backups, options, servers
from deploy.local.options import PlatformError
from deploy.local.ports import Ports


@pytest.fixture
def stopped(tmp_path: Path) -> options.Options:
    return options.read({"DATA_DIR": str(tmp_path)})


def test_what_does_not_run_is_not_copied(stopped: options.Options) -> None:
    with pytest.raises(PlatformError, match="The platform is not running: make run"):
        backups.backup(stopped)
    assert not (stopped.data_dir / "backups").exists()


def test_a_restore_needs_a_backup(stopped: options.Options) -> None:
    with pytest.raises(PlatformError, match="Give the backup: make restore FROM="):
        backups.restore(stopped)


def test_our_own_broker_is_reached_by_its_own_tool(tmp_path: Path) -> None:
    own = servers.rabbitmq(tmp_path, Ports.free())
    found = backups.way(own)
    assert found[CTL] == "/usr/lib/rabbitmq/bin/rabbitmqctl"
    assert found["RABBITMQ_NODENAME"] == "smart-cppcc@localhost"
    assert found["HOME"] == str(tmp_path)
    assert backups.way([]) == {}  # a broker of AMQP_URI is asked by RABBITMQ_API
