"""What study keeps in MongoDB: plain aggregates, read receipts, quiz answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from services.study.domain import classes, materials, papers, plans, quizzes, sessions
from services.study.domain.presence import Presence
from services.study.repository import indexes
from shared.call import Call
from shared.persistence import Database
from shared.persistence.records import R, Records

Row = dict[str, Any]
Parse = dict[str, Callable[[Any], Any]]


def _presence(rows: Mapping[str, Row]) -> dict[str, Presence]:
    return {key: Presence(**row) for key, row in rows.items()}


def _maybe(kind: type[Any]) -> Any:
    return lambda value: None if value is None else kind(value)


class Plans(Records[plans.Plan]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": plans.PlanState,
            "themes": lambda rows: [plans.Theme(**row) for row in rows],
        }
        super().__init__(database, indexes.PLANS, plans.Plan, parse)


class Sessions(Records[sessions.Session]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": sessions.SessionState,
            "form": sessions.Form,
            "way": sessions.Method,
            "track": _maybe(sessions.Track),
            "presence": _presence,
            **dict.fromkeys(("themes", "invited", "materials", "attended", "taken"), tuple),
        }
        super().__init__(database, indexes.SESSIONS, sessions.Session, parse)


class Classes(Records[classes.RotationClass]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": classes.ClassState,
            "enrolments": lambda rows: [_enrolment(row) for row in rows],
            "presence": _presence,
            "taken": tuple,
        }
        super().__init__(database, indexes.CLASSES, classes.RotationClass, parse)

    def next_number(self, session: ClientSession, year: int) -> int:
        """The next certificate of the year, taken in the transaction that writes it."""
        return self._database.next_number(session, f"certificate-{year}")

    def with_certificate(self, number: str) -> classes.RotationClass | None:
        found = self.find({"enrolments.certificate": number}, [("_id", 1)])
        return found[0] if found else None


class WithFiles(Records[R]):
    """Records that hold files: each write names those that came or went (decision 20)."""

    def add(
        self, call: Call, record: Any, at: datetime, session: ClientSession | None = None
    ) -> None:
        record.tell_files()
        super().add(call, record, at, session)

    def save(
        self, call: Call, record: Any, at: datetime, session: ClientSession | None = None
    ) -> None:
        record.tell_files()
        super().save(call, record, at, session)

    def holding(self, ids: Collection[str]) -> set[str]:
        """Those of these files that a record holds."""
        found = self.collection.distinct("files_told", {"files_told": {"$in": list(ids)}})
        return set(found) & set(ids)


class Materials(WithFiles[materials.Material]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": materials.Kind,
            "state": materials.MaterialState,
            "level": _maybe(materials.Level),
            "track": _maybe(sessions.Track),
            **dict.fromkeys(("themes", "files", "files_told"), tuple),
        }
        super().__init__(database, indexes.MATERIALS, materials.Material, parse)


class Questions(Records[materials.Question]):
    def __init__(self, database: Database) -> None:
        super().__init__(database, indexes.QUESTIONS, materials.Question, {})


class Papers(WithFiles[papers.Paper]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": papers.Kind,
            "state": papers.PaperState,
            **dict.fromkeys(("authors", "files", "files_told"), tuple),
        }
        super().__init__(database, indexes.PAPERS, papers.Paper, parse)


class Quizzes(Records[quizzes.Quiz]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": quizzes.QuizState,
            "questions": lambda rows: [_question(row) for row in rows],
        }
        super().__init__(database, indexes.QUIZZES, quizzes.Quiz, parse)


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

    def of_member(self, member_id: str, material_ids: Collection[str]) -> dict[str, datetime]:
        """material id → when the member read it."""
        keys = [f"{material_id}:{member_id}" for material_id in material_ids]
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


def _enrolment(row: Row) -> classes.Enrolment:
    return classes.Enrolment(**{**row, "state": classes.EnrolmentState(row["state"])})


def _question(row: Row) -> quizzes.Question:
    return quizzes.Question(row["text"], tuple(row["options"]), tuple(row["right"]))
