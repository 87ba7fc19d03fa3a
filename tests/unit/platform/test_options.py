from __future__ import annotations

from pathlib import Path

import pytest

from deploy.local import options
from deploy.local.options import Options, PlatformError


def test_defaults_to_the_data_folder_of_the_checkout(tmp_path: Path) -> None:
    assert options.read({}, tmp_path) == Options(tmp_path / ".data", None, None)


def test_takes_folder_and_servers_from_the_environment(tmp_path: Path) -> None:
    environ = {"DATA_DIR": "/srv/d", "AMQP_URI": "amqp://b/", "MONGO_URI": "mongodb://m/"}
    assert options.read(environ, tmp_path) == Options(Path("/srv/d"), "amqp://b/", "mongodb://m/")


def test_an_empty_value_counts_as_absent(tmp_path: Path) -> None:
    environ = {"DATA_DIR": "", "AMQP_URI": "", "MONGO_URI": ""}
    assert options.read(environ, tmp_path) == Options(tmp_path / ".data", None, None)


def test_a_folder_too_deep_for_a_unix_socket_is_named_with_a_remedy() -> None:
    with pytest.raises(PlatformError, match=r"too long .* DATA_DIR=/tmp/smart-cppcc make run"):
        options.read({"DATA_DIR": "/" + "d" * 100})
