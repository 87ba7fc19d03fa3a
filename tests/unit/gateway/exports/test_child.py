"""The child process: what it costs a gateway that makes no exports, and how it is started."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from gateway.exports import build, runner
from gateway.exports.errors import ExportFailed
from tests.unit.gateway.exports.samples import case

LIBRARIES = {"docx", "lxml", "openpyxl"}


@pytest.mark.parametrize("module", ["gateway.app", "gateway.exports.build"])
def test_libraries_are_imported_by_the_child_alone_and_when_needed(module: str) -> None:
    script = f"import sys, {module}; print(sorted({LIBRARIES} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def test_a_child_lays_out_what_the_folder_holds(tmp_path: Path) -> None:
    head = {"kind": "CASE_LIST_XLSX", "title": "提案登记表", "made_on": "2017-02-06"}
    (tmp_path / build.HEAD).write_bytes(orjson.dumps(head))
    (tmp_path / build.ROWS).write_bytes(orjson.dumps(case()) + b"\n")
    asyncio.run(runner._build(tmp_path))
    assert (tmp_path / build.RESULT).read_bytes().startswith(b"PK")


def test_a_child_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportFailed):
        asyncio.run(runner._build(tmp_path))


def test_a_child_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "BUILD_SECONDS", 0)
    with pytest.raises(ExportFailed):
        asyncio.run(runner._build(tmp_path))
