"""What `make run` tells at its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.local import plan, up
from deploy.local.options import Options

PASSWORD = "Wujiang-2017"


def told(tmp_path: Path, capfd: pytest.CaptureFixture[str], environment: str) -> str:
    made = plan.make(Options(tmp_path), {"ENVIRONMENT": environment, "GATEWAY_PORT": "8123"}, {})
    up.announce(made)
    return capfd.readouterr().out


def test_demo_accounts_are_listed_where_there_are_some(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = told(tmp_path, capfd, "development")
    assert "Smart CPPCC is running: http://127.0.0.1:8123/graphql" in said
    assert said.count(PASSWORD) == 33
    assert "make admin" not in said


def test_in_production_there_are_none_and_the_way_in_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = told(tmp_path, capfd, "production")
    assert PASSWORD not in said
    assert "No demo accounts: make admin creates an administrator" in said


def test_a_version_without_the_demo_tells_the_same(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "DEMO", "deploy.local.no_such_module")
    assert PASSWORD not in told(tmp_path, capfd, "development")
