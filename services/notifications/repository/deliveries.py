"""What leaves the platform, in MongoDB: one document for each fact, person and outlet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pymongo import UpdateOne

from services.notifications.domain.channels import Message
from services.notifications.domain.deliveries import (
    KEPT_TRYING,
    Delivery,
    DeliveryState,
    Outlet,
    Receipt,
    figures,
)
from services.notifications.domain.routes import weight_of
from services.notifications.repository.people import People, Wishes
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import effect_id, new_id
from shared.persistence import Database, page
from shared.persistence.database import Document

WAITING, GATHERED = DeliveryState.WAITING.value, DeliveryState.GATHERED.value
NEWEST = [("told_at", -1), ("_id", -1)]
KEY_CHARACTERS = 32  # what WeChat takes as client_msg_id


class Outbound:
    """The channel behind which the outlets stand: it notes what is to be sent to whom, and when.

    Nothing is noted for an outlet that no provider serves.
    """

    outward = True

    def __init__(self, database: Database, outlets: Iterable[Outlet]) -> None:
        self._deliveries = database.collection("deliveries")
        self._broadcasts = database.collection("broadcasts")
        self._people = People(database)
        self._wishes = Wishes(database)
        self._outlets = frozenset(outlets)

    def deliver(self, _call: Call, messages: Sequence[Message], at: datetime) -> None:
        """Of a person who is several recipients of a fact, the first message alone."""
        leaving = [
            (message, weight)
            for message in messages
            if self._outlets.intersection(
                (weight := weight_of(message.template, message.category)).outlets
            )
        ]
        if not leaving:
            return
        behind = self._people.behind(message.recipient for message, _ in leaving)
        chosen: dict[str, Any] = {}
        for message, weight in leaving:
            for account_id in behind[message.recipient]:
                chosen.setdefault(account_id, (message, weight))
        wishes = self._wishes.of(chosen)
        now = at.astimezone(SHANGHAI)
        documents = []
        for account_id, (message, weight) in chosen.items():
            wish = wishes[account_id]
            for outlet in wish.outlets_of(weight, message.category):
                if outlet not in self._outlets:
                    continue
                document = _document(message, account_id, outlet, at)
                if wish.gathers(outlet, weight):
                    digest = _digest(account_id, outlet, wish.digest_at(now), at)
                    document |= {"state": DeliveryState.GATHERED.value, "digest": digest["_id"]}
                    documents += [document, digest]
                else:
                    starts = now if weight.urgent else wish.sends_at(now)
                    documents.append(_starting(document, starts))
        if documents:
            self._note(leaving[0][0], len(chosen), at)
            self._deliveries.bulk_write([_once(each) for each in documents], ordered=False)

    def _note(self, message: Message, persons: int, at: datetime) -> None:
        row = {
            "category": message.category.value,
            "title": message.title,
            "text": message.text,
            "link_kind": message.link_kind,
            "link_id": message.link_id,
            "persons": persons,
            "told_at": at,
        }
        self._broadcasts.update_one({"_id": message.fact}, {"$setOnInsert": row}, upsert=True)


class Deliveries:
    """The work of the senders: claims, results, receipts."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection("deliveries")
        self._receipts = database.collection("receipts")

    def claim(self, outlet: Outlet, at: datetime, until: datetime, most: int) -> list[Delivery]:
        """Up to `most` that are due, for the caller alone until that moment.

        Each counts as a try from here on: whoever dies with one in hand may have sent it.
        """
        due: Document = {"outlet": outlet.value, "state": WAITING, "next_at": {"$lte": at}}
        found = {row["_id"]: row for row in self._rows.find(due).sort("next_at", 1).limit(most)}
        if not found:
            return []
        claim = new_id()
        taken = {"$set": {"next_at": until, "claim": claim, "unclear": True}}
        self._rows.update_many(
            {"_id": {"$in": list(found)}, **due}, {**taken, "$inc": {"attempts": 1}}
        )
        mine = self._rows.find({"_id": {"$in": list(found)}, "claim": claim}, {"attempts": 1})
        rows = [{**found[row["_id"]], **row} for row in mine]
        for digest in (row for row in rows if row.get("is_digest")):
            digest["count"] = self._rows.count_documents(
                {"digest": digest["_id"], "state": GATHERED}
            )
        return [_delivery(row) for row in rows]

    def settle(self, delivery: Delivery, fields: Document) -> None:
        """Note what came of a try, unless the message has come to an end meanwhile.

        What a digest sums up shares its fate, and is written first: who dies in between finds
        the digest waiting, and does it again.
        """
        end = fields.get("state")
        if delivery.is_digest and end is not None:
            shared = {name: fields[name] for name in ("state", "reason", "code", "settled_at")}
            self._rows.update_many({"digest": delivery.id, "state": GATHERED}, {"$set": shared})
        self._rows.update_one({"_id": delivery.id, "state": WAITING}, {"$set": fields})

    def catch_up(self, outlet: Outlet, provider_ids: list[str]) -> None:
        """Receipts of these that came before they were noted as sent; one read for a round."""
        ids = {_receipt_id(outlet, id): id for id in provider_ids}
        for row in self._receipts.find({"_id": {"$in": list(ids)}}):
            self._apply(outlet, ids[row["_id"]], row["fields"])

    def take(self, receipt: Receipt, at: datetime) -> None:
        """A provider's word, once; kept a while, for it may come before what it is of is noted."""
        if not receipt.provider_id:
            return
        fields = {
            "state": receipt.state.value,
            "reason": receipt.reason.value if receipt.reason else None,
            "code": receipt.code,
            "settled_at": at,
        }
        row = {"fields": fields, "at": datetime.now(SHANGHAI)}
        id = _receipt_id(receipt.outlet, receipt.provider_id)
        self._receipts.update_one({"_id": id}, {"$setOnInsert": row}, upsert=True)
        self._apply(receipt.outlet, receipt.provider_id, fields)

    def again(self, call: Call, fact: str, at: datetime) -> int:
        """Those of a broadcast that were given up wait once more; how many."""
        done = self._rows.update_many(
            {"fact": fact, "state": DeliveryState.FAILED.value, "next_at": {"$exists": True}},
            {
                "$set": {
                    "state": WAITING,
                    "attempts": 0,
                    "next_at": at,
                    "expires_at": at + KEPT_TRYING,
                },
                "$unset": {"reason": 1, "code": 1, "provider_id": 1},
            },
        )
        return done.modified_count

    def _apply(self, outlet: Outlet, provider_id: str, fields: Document) -> None:
        sent = {
            "outlet": outlet.value,
            "provider_id": provider_id,
            "state": DeliveryState.SENT.value,
        }
        row = self._rows.find_one_and_update(sent, {"$set": fields})
        if row is not None and row.get("is_digest"):
            summed = {"digest": row["_id"], "state": DeliveryState.SENT.value}
            self._rows.update_many(summed, {"$set": fields})


class Reports:
    """What became of each broadcast, for the office. No person is named, none is counted twice."""

    def __init__(self, database: Database) -> None:
        self._broadcasts = database.collection("broadcasts")
        self._deliveries = database.collection("deliveries")

    def page(self, first: int, after: str | None) -> Document:
        found = page(self._broadcasts, {}, NEWEST, first, after)
        return {**found, "rows": self._with_figures(found["rows"])}

    def by_ids(self, ids: list[str]) -> list[Document]:
        found = self._broadcasts.find({"_id": {"$in": ids}})
        return self._with_figures([{**row, "id": row["_id"]} for row in found])

    def count(self) -> int:
        return self._broadcasts.estimated_document_count()

    def _with_figures(self, rows: list[Document]) -> list[Document]:
        """One aggregation for all rows of a page, served by the index on the fact."""
        group = {
            "_id": {"fact": "$fact", "outlet": "$outlet", "state": "$state", "reason": "$reason"},
            "count": {"$sum": 1},
        }
        pipeline: list[Document] = [
            {"$match": {"fact": {"$in": [row["id"] for row in rows]}}},
            {"$group": group},
        ]
        counted = [
            {**row["_id"], "count": row["count"]} for row in self._deliveries.aggregate(pipeline)
        ]
        for row in rows:
            row["outlets"] = figures([each for each in counted if each["fact"] == row["id"]])
        return rows


def _receipt_id(outlet: Outlet, provider_id: str) -> str:
    return f"{outlet.value}:{provider_id}"


def _document(message: Message, account_id: str, outlet: Outlet, at: datetime) -> Document:
    return {
        "_id": effect_id(message.fact, account_id, outlet.value),
        "fact": message.fact,
        "account_id": account_id,
        "outlet": outlet.value,
        "template": message.template,
        "title": message.title,
        "text": message.text,
        "occurred_on": message.occurred_on,
        "state": WAITING,
        "attempts": 0,
        "unclear": False,
        "created_at": at,
    }


def _digest(account_id: str, outlet: Outlet, on: datetime, at: datetime) -> Document:
    """The one delivery that sums up a day's for a person."""
    id = effect_id("digest", account_id, outlet.value, on.date().isoformat())
    return {
        "_id": id,
        "is_digest": True,
        "account_id": account_id,
        "outlet": outlet.value,
        "title": "",
        "text": "",
        "occurred_on": on,
        "state": WAITING,
        "attempts": 0,
        "unclear": False,
        "created_at": at,
        "next_at": on,
        "expires_at": on + KEPT_TRYING,
    }


def _starting(document: Document, at: datetime) -> Document:
    return {**document, "next_at": at, "expires_at": at + KEPT_TRYING}


def _once(document: Document) -> UpdateOne:
    """`key` stands for the id where a provider takes few characters."""
    key = hashlib.sha256(document["_id"].encode()).hexdigest()[:KEY_CHARACTERS]
    fresh = {**document, "key": key}
    return UpdateOne({"_id": fresh.pop("_id")}, {"$setOnInsert": fresh}, upsert=True)


def _delivery(row: Document) -> Delivery:
    return Delivery(
        id=row["_id"],
        key=row["key"],
        account_id=row["account_id"],
        outlet=Outlet(row["outlet"]),
        title=row["title"],
        text=row["text"],
        occurred_on=row["occurred_on"],
        attempts=row["attempts"],
        unclear=row["unclear"],
        expires_at=row["expires_at"],
        is_digest=row.get("is_digest", False),
        count=row.get("count", 0),
    )
