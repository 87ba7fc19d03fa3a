"""What entered before today's rules is listed, and left as it is."""

from __future__ import annotations

from datetime import UTC, datetime

from shared import settings
from shared.ids import new_id
from shared.persistence import Database, connect
from shared.persistence.checking import MOST_SHOWN, check


def test_old_data_are_listed_by_place_and_not_by_value(mongo_uri: str) -> None:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    with connect(process) as client:
        database = Database(client, "office", process)
        try:
            database.collection("meetings").insert_many(
                [
                    {
                        "_id": "m-1",
                        "title": "座谈会\u200b",
                        "held_at": datetime(9999, 12, 31, tzinfo=UTC),
                    },
                    {
                        "_id": "m-2",
                        "title": "座谈会",
                        "agenda": [{"text": "一\n二", "due_on": "0017-03-16"}],
                    },
                    {"_id": "m-3", "person": {"birth_date": "1935-05-01", "name": "李\u0000明"}},
                ]
            )
            database.collection("event_log").insert_one({"_id": "e-1", "title": "\u200b"})
            before = list(database.collection("meetings").find())
            assert list(check(database)) == [
                "office.meetings m-1 title: unseen marks or other spellings",
                "office.meetings m-1 held_at: time out of bounds",
                "office.meetings m-2 agenda.due_on: time out of bounds",
                "office.meetings m-3 person.name: unseen marks or other spellings",
            ]
            assert list(database.collection("meetings").find()) == before
            database.collection("notes").insert_many(
                [{"_id": f"n-{n}", "text": "\u200b"} for n in range(MOST_SHOWN + 5)]
            )
            *_, last = check(database)
            assert last == "office.notes: 5 more of: unseen marks or other spellings"
        finally:
            client.drop_database(database.db.name)
