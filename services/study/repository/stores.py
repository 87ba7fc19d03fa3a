"""What study keeps in MongoDB: plain aggregates, read receipts, quiz answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from services.study.domain import classes, materials, papers, plans, quizzes, sessions
from services.study.repository import indexes
from shared.persistence import Database
from shared.persistence.records import Records, WithFiles


class Plans(Records[plans.Plan], name=indexes.PLANS):
    pass


class Sessions(Records[sessions.Session], name=indexes.SESSIONS):
    pass


class Classes(Records[classes.RotationClass], name=indexes.CLASSES):
    def held(self, opened: classes.RotationClass) -> bool:
        """Whether there is another of the same batch that was not called off."""
        same = {"year": opened.year, "organiser": opened.organiser, "batch": opened.batch}
        return self.count({**same, "state": {"$ne": classes.ClassState.CANCELLED.value}}) > 0

    def incomplete(self, term: int) -> list[str]:
        """Who did not complete a class of the term, and has completed none since."""
        of_term: list[dict[str, Any]] = [
            {"$match": {"term": term}},
            {"$unwind": "$enrolments"},
            {"$match": {"enrolments.state": {"$in": ["COMPLETED", "INCOMPLETE"]}}},
            {
                "$group": {
                    "_id": "$enrolments.member_id",
                    "passed": {"$max": {"$eq": ["$enrolments.state", "COMPLETED"]}},
                }
            },
            {"$match": {"passed": False}},
        ]
        return sorted(row["_id"] for row in self.collection.aggregate(of_term))

    def next_number(self, session: ClientSession, year: int) -> int:
        """The next certificate of the year, taken in the transaction that writes it."""
        return self._database.next_number(session, f"certificate-{year}")

    def with_certificate(self, number: str) -> classes.RotationClass | None:
        found = self.find({"enrolments.certificate": number}, [("_id", 1)])
        return found[0] if found else None


class Materials(WithFiles[materials.Material], name=indexes.MATERIALS):
    pass


class Questions(Records[materials.Question], name=indexes.QUESTIONS):
    pass


class Papers(WithFiles[papers.Paper], name=indexes.PAPERS):
    pass


class Quizzes(Records[quizzes.Quiz], name=indexes.QUIZZES):
    pass


class Reads:
    """Who has read which material: a receipt, never a point."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(indexes.READS)

    def note(self, material_id: str, member_id: str, at: datetime) -> None:
        row = {"material_id": material_id, "member_id": member_id, "at": at}
        key = {"_id": f"{material_id}:{member_id}"}
        self._collection.update_one(key, {"$setOnInsert": row}, upsert=True)

    def counts(self, material_ids: Collection[str]) -> dict[str, int]:
        """material id → readers."""
        group = {"$group": {"_id": "$material_id", "count": {"$sum": 1}}}
        match = {"$match": {"material_id": {"$in": list(material_ids)}}}
        return {row["_id"]: row["count"] for row in self._collection.aggregate([match, group])}

    def all_of(self, member_ids: Collection[str]) -> list[str]:
        """The materials that one of these members has read."""
        rows = self._collection.find({"member_id": {"$in": list(member_ids)}}, {"material_id": 1})
        return [row["material_id"] for row in rows]

    def of_members(
        self, member_ids: Collection[str], material_ids: Collection[str]
    ) -> dict[str, datetime]:
        """material id → when one of these members, the terms of one person, read it."""
        keys = [f"{material}:{member}" for material in material_ids for member in member_ids]
        return {
            row["material_id"]: row["at"] for row in self._collection.find({"_id": {"$in": keys}})
        }


class Answers:
    """The first answers to quizzes, for the figures of all together."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(indexes.ANSWERS)

    def note(self, quiz_id: str, member_id: str, right: list[bool]) -> None:
        key = {"_id": f"{quiz_id}:{member_id}"}
        self._collection.update_one(
            key, {"$setOnInsert": {"quiz_id": quiz_id, "right": right}}, upsert=True
        )

    def of(self, quiz_id: str) -> list[list[bool]]:
        return [row["right"] for row in self._collection.find({"quiz_id": quiz_id})]
