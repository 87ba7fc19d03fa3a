"""Whom a key of a recipient means: accounts, their memberships and roles; and what they want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.notifications.domain.deliveries import Outlet
from services.notifications.domain.preferences import Preferences
from services.notifications.domain.templates import Category
from shared.call import Call
from shared.contracts.recipients import keys_of
from shared.messaging.events import Event
from shared.persistence import Aggregates, Database, execute
from shared.persistence.database import Document


class People:
    """Accounts with their memberships, as identity tells; a replay rebuilds them.

    Held roles are the projection of `HeldRoles`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, event: Event) -> None:
        """A membership is never taken back: former ones are the person's too (decision 40)."""
        member_id = event.data.get("member_id")
        added = {"$addToSet": {"memberships": member_id}} if member_id else {}
        self._database.projection("people").update_one(
            {"_id": event.data["account_id"]}, {**added, "$setOnInsert": {"off": 0}}, upsert=True
        )

    def note_state(self, event: Event, enabled: bool) -> None:
        """The newest word stays: the version of the last one, below zero while disabled."""
        said = event.version if enabled else -event.version
        self._database.projection("people").update_one(
            {"_id": event.data["account_id"]},
            [
                {
                    "$set": {
                        "memberships": {"$ifNull": ["$memberships", []]},
                        "off": {
                            "$cond": [
                                {"$lt": [{"$abs": {"$ifNull": ["$off", 0]}}, event.version]},
                                said,
                                "$off",
                            ]
                        },
                    }
                }
            ],
            upsert=True,
        )

    def behind(self, recipients: Iterable[str]) -> dict[str, list[str]]:
        """Recipient → accounts that are not disabled, of all of them in three reads at most."""
        wanted = set(recipients)
        accounts = {key[8:] for key in wanted if key.startswith("account:")}
        members = {key[7:] for key in wanted if key.startswith("member:")}
        holders = self._holders(wanted)
        query = {
            "$or": [
                {"_id": {"$in": [*accounts, *(id for ids in holders.values() for id in ids)]}},
                {"memberships": {"$in": list(members)}},
            ],
            "off": {"$gte": 0},
        }
        found: dict[str, list[str]] = {key: [] for key in wanted}
        enabled = set()
        for row in self._database.projection("people").find(query):
            enabled.add(row["_id"])
            own = [f"account:{row['_id']}", *(f"member:{id}" for id in row.get("memberships", ()))]
            for key in wanted.intersection(own):
                found[key].append(row["_id"])
        for key, ids in holders.items():
            found[key] += [id for id in ids if id in enabled]
        return found

    def _holders(self, wanted: set[str]) -> dict[str, list[str]]:
        """Of keys of roles and organisations: the accounts that hold such a role."""
        roles = {key for key in wanted if not key.startswith(("account:", "member:"))}
        if not roles:
            return {}
        named = {key.split("@")[0][5:] for key in roles if key.startswith("role:")}
        query: Document = {"holds": True}
        if all(key.startswith("role:") for key in roles):
            query["role"] = {"$in": list(named)}
        holders: dict[str, dict[str, None]] = {key: {} for key in roles}
        for row in self._database.projection("held_roles").find(query):
            for key in roles.intersection(keys_of("", (), row["role"], row["scope"])):
                holders[key][row["account_id"]] = None
        return {key: list(ids) for key, ids in holders.items()}


class Wishes:
    """The preferences of those who have said something."""

    def __init__(self, database: Database) -> None:
        self._rows = Aggregates(database, "preferences")

    def of(self, account_ids: Iterable[str]) -> dict[str, Preferences]:
        """Of each account; of those who said nothing, what holds for everyone."""
        ids = list(account_ids)
        stored = {row["_id"]: _preferences(row) for row in self._find(ids)}
        return {id: stored.get(id) or Preferences(id) for id in ids}

    def put(self, call: Call, wanted: Preferences, at: datetime) -> None:
        def once() -> str:
            doc = asdict(wanted)
            doc["_id"] = doc.pop("account_id")
            doc |= {name: [each.value for each in doc[name]] for name in ("outlets", "muted")}
            standing = self._rows.get(doc["_id"])
            if standing is None:
                self._rows.insert(call, doc, [], at)
            else:
                self._rows.save(call, {**standing, **doc}, standing["version"], [], at)
            return wanted.account_id

        execute(call, self._rows, once)

    def _find(self, ids: list[str]) -> Iterable[Document]:
        return self._rows.collection.find({"_id": {"$in": ids}})


def _preferences(row: Mapping[str, Any]) -> Preferences:
    return Preferences(
        account_id=row["_id"],
        outlets=tuple(map(Outlet, row["outlets"])),
        muted=tuple(map(Category, row["muted"])),
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        digest=row["digest"],
    )
