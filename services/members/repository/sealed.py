"""What is sealed at rest, and sealed anew with another key: identity numbers and religion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from pymongo.collection import Collection

from services.members.repository.imports import ROWS
from services.members.repository.lists import MEMBERS, PERSONS
from shared.persistence import Database

Document = dict[str, Any]
AT_ONCE = 100  # documents that are read, and told of, together


class Cipher(Protocol):
    """Seals with the key of today, opens with any that is known."""

    @property
    def mark(self) -> str: ...

    def seal(self, text: str, owner: str) -> str: ...

    def open(self, sealed: str | bytes, owner: str) -> str: ...

    def digest(self, text: str) -> str: ...

    def seal_within(self, value: Any) -> Any: ...

    def open_within(self, value: Any) -> Any: ...


def seal_anew(database: Database, cipher: Cipher, tell: Callable[[str], None]) -> int:
    """Seal with the key of today whatever is not, while people work; how many documents it were.

    It may be broken off and begun again: what is done is not found any more.
    """
    persons, members, rows = map(database.collection, (PERSONS, MEMBERS, ROWS))
    work: list[tuple[str, Collection[Document], Document, Callable[[Document], Document]]] = [
        (PERSONS, persons, _either("id_number_sealed", "religion", cipher), _person(cipher)),
        (
            MEMBERS,
            members,
            _either("profile_change.changes.religion", None, cipher),
            lambda row: {"$set": {"profile_change": _again(cipher, row["profile_change"])}},
        ),
        (
            ROWS,
            rows,
            {"outcome": None, "steps": {"$exists": True}, "sealed_by": {"$ne": cipher.mark}},
            lambda row: {
                "$set": {
                    "values": _again(cipher, row["values"]),
                    "steps": _again(cipher, row["steps"]),
                    "sealed_by": cipher.mark,
                }
            },
        ),
    ]
    total = 0
    for name, collection, wanted, change in work:
        left = collection.count_documents(wanted)
        done = 0
        for row in _all(collection, wanted):
            # Whoever has changed it since has sealed it himself, or is seen by the next pass.
            guard = {"$and": [{"_id": row["_id"], "version": row.get("version")}, wanted]}
            try:
                done += collection.update_one(guard, change(row)).modified_count
            except InvalidTag:
                tell(f"{name} {row['_id']}: no key that is known opens it")
            if done and done % AT_ONCE == 0:
                tell(f"{name}: {done} of {left}")
        if left:
            tell(f"{name}: {done} of {left}")
        total += done
    return total


def seal_plain(database: Database, cipher: Cipher) -> None:
    """Seal the religions that the version before has written, or writes during an update."""
    for name, field in ((PERSONS, "religion"), (MEMBERS, "profile_change.changes.religion")):
        collection = database.collection(name)
        for row in collection.find({field: {"$gte": " "}}, {field: 1, "version": 1}):
            value: Any = row
            for part in field.split("."):
                value = value[part]
            sealed = cipher.seal_within({"religion": value})["religion"]
            same = {"_id": row["_id"], "version": row["version"]}
            collection.update_one(same, {"$set": {field: sealed}})


def left(database: Database, cipher: Cipher) -> int:
    """How many persons have something that the key of today did not seal."""
    wanted = _either("id_number_sealed", "religion", cipher)
    return database.collection(PERSONS).count_documents(wanted)


def _all(collection: Collection[Document], wanted: Document) -> Iterator[Document]:
    """By their ids, so that one which cannot be changed now does not come again and again."""
    after: Any = None
    while True:
        query = wanted if after is None else {"$and": [wanted, {"_id": {"$gt": after}}]}
        found = list(collection.find(query).sort("_id", 1).limit(AT_ONCE))
        if not found:
            return
        yield from found
        after = found[-1]["_id"]


def _either(first: str, second: str | None, cipher: Cipher) -> Document:
    """Documents with something in one of these fields that the key of today has not sealed."""
    mark = cipher.mark
    end = f"{mark[:-1]};"  # the character behind the colon: all that begins with the mark is below
    fields = [first, *([second] if second else [])]
    return {
        "$or": [
            {"$and": [{field: {"$ne": None}}, {field: {"$not": {"$gte": mark, "$lt": end}}}]}
            for field in fields
        ]
    }


def _person(cipher: Cipher) -> Callable[[Document], Document]:
    def change(row: Document) -> Document:
        values: Document = {"religion": _again(cipher, {"religion": row["religion"]})["religion"]}
        if row["id_number_sealed"] is not None:
            number = cipher.open(row["id_number_sealed"], row["_id"])
            values["id_number_sealed"] = cipher.seal(number, row["_id"])
            values["id_number_digest"] = cipher.digest(number)
        # A new version: who has read the former one reads again, and brings nothing old back.
        return {"$set": values, "$inc": {"version": 1}}

    return change


def _again(cipher: Cipher, value: Any) -> Any:
    return cipher.seal_within(cipher.open_within(value))
