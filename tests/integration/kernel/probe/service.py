"""A service for the kernel's own tests: it makes things and hears of the things it made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import eventlet
from marshmallow import fields
from pymongo import IndexModel

from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.setting_changes import CHANGE, SettingChangeData
from shared.errors import DomainError
from shared.ids import effect_id, new_id
from shared.messaging.service import (
    Event,
    Platform,
    Provide,
    on_event,
    read,
    rpc,
    unlogged_rpc,
)
from shared.persistence import Aggregates, Database, Setting, execute, page


@contract("probe", "thing_made", "测试事件", {"name": "one", "plan": {}})
class ThingMade(Data):
    name = fields.Str(required=True)
    plan = fields.Dict()  # {"fail": times, "refuse", "unfit", "wait": bool}: what the handler does


# As every service that has settings (shared/contracts/setting_changes.py).
contract("probe", names.SETTING_CHANGE_PROPOSED, "提出设置调整", CHANGE)(SettingChangeData)
contract("probe", names.SETTING_CHANGE_DECIDED, "决定设置调整", CHANGE)(SettingChangeData)


class NameTaken(DomainError):
    code = "NAME_TAKEN"
    message = "名称已被使用"


@dataclass
class Deps:
    platform: Platform
    things: Aggregates
    entries: Aggregates
    database: Database


def build(platform: Platform) -> Deps:
    database = platform.database
    database.prepare(
        indexes={"things": [IndexModel([("no", 1)], unique=True)], "tries": []},
        projections={"entries"},
        outbox={"things", "entries"},
    )
    platform.settings.declare([Setting("limit", 5, "上限", minimum=1, maximum=9)])
    return Deps(
        platform,
        Aggregates(database, "things", lambda _: 15),
        Aggregates(database, "entries", lambda _: 15, projection=True),
        database,
    )


@allow(Role.MEMBER)
def make_thing(call: Call, deps: Deps, name: str, plan: dict[str, Any]) -> str:
    if name == "taken":
        raise NameTaken(field="name")
    at = deps.platform.clock.now()

    def insert(session: Any) -> str:
        number = deps.database.next_number(session, "things", start=315)
        doc = {"_id": new_id(), "no": number, "name": name}
        event = ("thing_made", {"name": name, "plan": plan})
        deps.things.insert(call, doc, [event], at, session)
        return str(doc["_id"])

    return execute(call, deps.things, lambda: deps.database.run_in_transaction(insert))


class ProbeService:
    name = "probe"
    deps = Provide(build)

    @rpc
    def make_thing(self, call: Call, name: str, plan: dict[str, Any] | None = None) -> Any:
        key = make_thing(call, self.deps, name, plan or {})
        row = self.deps.things.get(key) or {}
        return {"id": key, "no": row["no"]}

    @rpc
    def rename_thing(self, call: Call, thing_id: str, name: str) -> Any:
        def use_case() -> str:
            doc = self.deps.things.get(thing_id) or {}
            if name == doc["name"]:
                raise NameTaken
            at = self.deps.platform.clock.now()
            self.deps.things.save(call, {**doc, "name": name}, doc["version"], [], at)
            return thing_id

        return {"id": execute(call, self.deps.things, use_case, look_first=False)}

    @rpc
    def slow_thing(self, call: Call, name: str) -> Any:
        """Waits until a test lets it go on."""
        tries = self.deps.database.collection("tries")
        tries.update_one({"_id": name}, {"$setOnInsert": {"go": False}}, upsert=True)
        self._wait(name)
        return {"id": make_thing(call, self.deps, name, {})}

    @unlogged_rpc
    def secret_thing(self, call: Call, name: str) -> Any:
        return {"id": make_thing(call, self.deps, name, {})}

    @rpc
    def break_down(self, call: Call) -> Any:
        raise RuntimeError("secret detail")

    @read
    def list_things(self, call: Call, first: int = 20, after: str | None = None) -> Any:
        fields_asked = {"name": 1, "no": 1}
        return page(
            self.deps.things.collection, {}, [("no", -1), ("_id", 1)], first, after, fields_asked
        )

    @read
    def actor(self, call: Call) -> Any:
        return {"role": call.actor.role, "account": call.actor.account_id}

    @read
    def ask_self(self, call: Call, other: str) -> Any:
        return self.deps.platform.rpc.call(other, "actor", call, timeout=1.0)

    @on_event("probe", "thing_made")
    def on_probe_thing_made(self, event: Event) -> None:
        plan = event.data.get("plan", {})
        tries = self.deps.database.collection("tries")
        row = tries.find_one_and_update(
            {"_id": event.id}, {"$inc": {"n": 1}}, upsert=True, return_document=True
        )
        if plan.get("unfit"):
            datetime.fromisoformat("9999-12-31T23:30:00-14:00").astimezone(SHANGHAI)
        if plan.get("refuse"):
            raise NameTaken
        if row["n"] <= plan.get("fail", 0):
            raise ConnectionError("not now")
        if plan.get("wait"):
            self._wait(event.id)
        self.deps.entries.insert_once(
            event.call("probe"),
            {"_id": effect_id(event.type, event.subject, event.version, "n"), "n": row["n"]},
            [],
            event.occurred_on,
        )

    def _wait(self, name: str) -> None:
        tries = self.deps.database.collection("tries")
        while not tries.find_one({"_id": name, "go": True}):
            eventlet.sleep(0.05)
