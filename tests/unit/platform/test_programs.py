from __future__ import annotations

from pathlib import Path

import pytest

from deploy.local import programs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with two services, one of them with a package as service, and a half-made one."""
    for file in (
        "services/alpha/service.py",
        "services/beta/service/__init__.py",
        "services/unfinished/domain.py",
        "services/__init__.py",
        "shared/errors.py",
        "gateway/app.py",
    ):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_services_are_the_folders_with_a_service_module(root: Path) -> None:
    assert programs.services(root) == ["alpha", "beta"]


def test_one_process_a_service_then_relay_and_gateway(root: Path) -> None:
    found = programs.application("py", {"A": "1"}, ["alpha", "beta"], root)
    assert [program.command for program in found] == [
        ("py", "-m", "deploy.entry", "alpha"),
        ("py", "-m", "deploy.entry", "beta"),
        ("py", "-m", "deploy.entry", "relay", "alpha", "beta"),
        ("py", "-m", "deploy.entry", "gateway"),
    ]
    assert all(program.environment["A"] == "1" for program in found)
    assert {program.directory for program in found} == {root}


@pytest.mark.parametrize(
    ("changed", "affected"),
    [
        ("services/alpha/service.py", {"alpha"}),
        ("gateway/app.py", {"gateway"}),
        ("shared/errors.py", {"alpha", "beta", "relay", "gateway"}),
        ("services/alpha/__pycache__/service.pyc", set()),
    ],
)
def test_changed_sources_change_just_the_programs_that_use_them(
    root: Path, changed: str, affected: set[str]
) -> None:
    before = programs.application("py", {}, ["alpha", "beta"], root)
    (root / changed).parent.mkdir(exist_ok=True)
    (root / changed).write_text("changed = True\n")
    after = programs.application("py", {}, ["alpha", "beta"], root)
    assert {a.name for a, b in zip(after, before, strict=True) if a != b} == affected


def test_everyone_who_signs_has_a_key() -> None:
    assert programs.issuers(["alpha"]) == ["alpha", "gateway", "demo"]
