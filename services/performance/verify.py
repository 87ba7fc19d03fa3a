"""`python -m services.performance.verify YEAR`: whether a frozen year is still what was signed.

Reads the snapshots from the database, computes every digest anew and checks the signatures with
the published keys. Prints one line for each thing that is wrong; exit 1 if there is any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from services.performance.domain.snapshots import Snapshot
from services.performance.domain.years import Year, YearState, digest_of
from services.performance.repository import Snapshots, Years
from shared import settings
from shared.actor import TokenVerifier
from shared.errors import Unauthenticated
from shared.persistence import Database, connect

SERVICE = "performance"


def check_year(year: Year, snapshots: Iterable[Snapshot], verifier: TokenVerifier) -> list[str]:
    """What is wrong with a frozen year, a line each; empty when all is as it was signed."""
    return list(_problems(year, list(snapshots), verifier))


def _problems(year: Year, snapshots: list[Snapshot], verifier: TokenVerifier) -> Iterator[str]:
    for snapshot in snapshots:
        if snapshot.computed_digest() != snapshot.digest:
            yield f"{snapshot.id}: the content does not match its digest"
    amended = {amendment["snapshot"]: amendment for amendment in year.amendments}
    originals = [snapshot for snapshot in snapshots if snapshot.id not in amended]
    if len(originals) != year.members:
        yield f"{year.year}: {len(originals)} snapshots, but {year.members} members were frozen"
    if digest_of({s.member_id: s.digest for s in originals}) != year.digest:
        yield f"{year.year}: the members' digests do not make the year's digest"
    yield from _signature(str(year.year), year.signature, year.digest, verifier)
    stored = {snapshot.id: snapshot for snapshot in snapshots}
    for id, amendment in amended.items():
        if id not in stored:
            yield f"{id}: the amended snapshot is missing"
        elif stored[id].digest != amendment["digest"]:
            yield f"{id}: the digest is not the amendment's"
        yield from _signature(id, amendment["signature"], amendment["digest"], verifier)


def _signature(
    of: str, signature: str | None, digest: Any, verifier: TokenVerifier
) -> Iterator[str]:
    try:
        signed = verifier.read_statement(signature or "", SERVICE)
    except Unauthenticated:
        yield f"{of}: the signature is not valid"
        return
    if signed.get("digest") != digest:
        yield f"{of}: the signature is of another digest"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not arguments[0].isdigit():
        print("usage: python -m services.performance.verify YEAR", file=sys.stderr)
        return 2
    process = settings.load()
    client = connect(process)
    database = Database(client, SERVICE, process)
    year = Years(database).of(int(arguments[0]))
    if year is None or year.state is not YearState.FROZEN:
        print(f"the year {arguments[0]} is not frozen", file=sys.stderr)
        return 1
    verifier = TokenVerifier(process.keys_dir / "jwks.json")
    wrong = check_year(year, Snapshots(database).revisions(year.year), verifier)
    for problem in wrong:
        print(problem, file=sys.stderr)
    if not wrong:
        print(f"{year.year}: {year.members} members, SHA-256 {year.digest}, signature valid")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
