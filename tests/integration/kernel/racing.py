"""Many writers of one collection at once: `python -m tests.integration.kernel.racing MONGO_URI`.

By itself with greenlets, as in a service process; the test has it run with threads, too.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

WRITERS, EACH, SHARED = 24, 20, 60


def race(database: Any, map_at_once: Callable[[Callable[[int], Any], Iterable[int]], Any]) -> None:
    """Each writer inserts what only it has, what others have too, what no one may have, and
    effects that stand once. Asserts that each was told what became of its own."""
    from pymongo.errors import DuplicateKeyError

    things = database.collection("things")
    things.create_index("no", unique=True)
    group = database.writes(things)

    def outcome(document: dict[str, Any]) -> str:
        try:
            group.insert(document)
            return "inserted"
        except DuplicateKeyError as error:
            assert error.details is not None
            return f"taken: {next(iter(error.details['keyPattern']))}"
        except Exception as error:
            return type(error).__name__

    def writer(number: int) -> Counter[str]:
        told: Counter[str] = Counter()
        for step in range(EACH):
            own = f"{number}-{step}"
            told["own " + outcome({"_id": own, "no": own})] += 1
            told["again " + outcome({"_id": own, "no": f"{own}-again"})] += 1
            told["number " + outcome({"_id": f"{own}-other", "no": own})] += 1
            told["shared " + outcome({"_id": f"shared-{step}", "no": f"shared-{step}"})] += 1
            if step == 0:
                told["unfit " + outcome({"_id": f"{own}-unfit", "no": object()})] += 1
            effect = {"no": f"effect-{step}"}
            made = group.upsert(f"effect-{step}", {"$setOnInsert": effect})
            told[f"effect {made}"] += 1
        return told

    total: Counter[str] = sum(map_at_once(writer, range(WRITERS)), Counter())
    all_steps = WRITERS * EACH
    assert total == {
        "own inserted": all_steps,
        "again taken: _id": all_steps,
        "number taken: no": all_steps,
        "shared inserted": EACH,
        "shared taken: _id": all_steps - EACH,
        "unfit InvalidDocument": WRITERS,
        "effect True": EACH,
        "effect False": all_steps - EACH,
    }, total
    assert things.count_documents({}) == all_steps + 2 * EACH


def kill_some(database: Any) -> None:
    """One that writes and one that waits are killed: the others go on."""
    import eventlet

    things = database.collection("killed")
    group = database.writes(things)
    writers = [eventlet.spawn(group.insert, {"_id": number}) for number in range(6)]
    eventlet.sleep(0)  # one writes, the others wait
    writers[3].kill()
    writers[0].kill()
    for number in (1, 2, 4, 5):
        writers[number].wait()
    stored = {row["_id"] for row in things.find()} - {0}
    assert stored == {1, 2, 4, 5}, stored
    group.insert({"_id": 6})


def main(mongo_uri: str) -> None:
    import eventlet

    eventlet.monkey_patch()  # before anything else is imported
    from shared import settings
    from shared.ids import new_id
    from shared.persistence import Database, connect

    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    with connect(process) as client:
        database = Database(client, "probe", process)
        try:
            race(database, eventlet.GreenPool(WRITERS).imap)
            kill_some(database)
        finally:
            client.drop_database(database.db.name)
    print("every writer was told")


if __name__ == "__main__":
    main(sys.argv[1])
