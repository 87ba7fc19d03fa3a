"""The audit: what is kept of whom, and who may read it (decision 51)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bson import ObjectId

from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import DomainError, Forbidden
from shared.ids import new_id
from shared.kernel import trail
from shared.persistence import Audit, Database, connect
from shared.persistence.audit import AuditKind, AuditOutcome, renew
from tests.integration.kernel.conftest import MEMBER, Kernel
from tests.waiting import eventually

AUDITOR = Call(Actor("auditor", Role.AUDIT_ADMIN), "c-1")
OFFICE = Call(Actor("office-1", Role.OFFICE), "c-1")


def actions(kernel: Kernel, **wanted: Any) -> list[str]:
    return [row["action"] for row in kernel.db["audit"].find(wanted).sort("at", 1)]


# -- what is kept ------------------------------------------------------------------------------


def test_a_command_is_kept_once_however_often_it_is_sent(kernel: Kernel) -> None:
    command = new_id()
    made = kernel.call("make_thing", name="audited", command_id=command)
    assert kernel.call("make_thing", name="audited", command_id=command) == made
    key = f"{MEMBER.account_id}:{command}"
    eventually(lambda: kernel.db["audit"].find_one({"_id": key}))
    assert actions(kernel, _id=key) == ["make_thing"]
    row = kernel.db["audit"].find_one({"_id": key}) or {}
    assert (row["subject"], row["role"], row["outcome"]) == (made["id"], "MEMBER", "ALLOWED")
    assert "audited" not in str(row)


def test_the_entry_stands_in_the_commands_own_write(kernel: Kernel) -> None:
    """Nothing is done without it, whatever dies in between: the relay finds it there."""
    command = new_id()
    kernel.relay.stop()
    try:
        made = kernel.call("make_thing", name="while nobody relays", command_id=command)
        assert (
            kernel.call("make_thing", name="while nobody relays", command_id=command) == made
        )  # sent again, before it is moved
        stored = kernel.db["things"].find_one({"_id": made["id"]}) or {}
        kinds = ["audit" if "audit" in item else item["type"] for item in stored["pending_events"]]
        assert kinds == ["thing_made", "audit"]
    finally:
        kernel.relay.start()
    key = f"{MEMBER.account_id}:{command}"
    eventually(lambda: kernel.db["audit"].find_one({"_id": key}))
    eventually(lambda: not kernel.db["things"].find_one({"_id": made["id"]})["pending_events"])  # type: ignore[index]
    assert (kernel.db["audit"].find_one({"_id": key}) or {})["subject"] == made["id"]


def test_a_command_without_a_write_of_its_own_is_kept_as_well(kernel: Kernel) -> None:
    command = new_id()
    admin = Actor("admin-1", Role.SYSTEM_ADMIN)
    kernel.call("start_replay", admin, command_id=command)
    assert actions(kernel, _id=f"admin-1:{command}") == ["start_replay"]


def test_a_refusal_by_a_rule_is_none_and_what_is_secret_leaves_nothing(kernel: Kernel) -> None:
    someone = Actor(f"account-{new_id()}", Role.MEMBER)
    with pytest.raises(DomainError):
        kernel.call("make_thing", someone, name="taken", command_id=new_id())
    kernel.call("secret_thing", someone, name="ballot", command_id=new_id())
    kernel.call("list_things", someone)
    kernel.call("make_thing", someone, name="last", command_id=new_id())
    wanted = {"account_id": someone.account_id}
    eventually(lambda: kernel.db["audit"].count_documents(wanted) > 0)
    assert actions(kernel, **wanted) == ["make_thing"]
    with pytest.raises(Forbidden):
        kernel.call("start_replay", someone)
    [refused] = kernel.db["audit"].find({**wanted, "kind": "REFUSAL"})
    assert (refused["action"], refused["code"]) == ("start_replay", "FORBIDDEN")


# -- who may read it ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    process = settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"test-{new_id()[:8]}-"})
    with connect(process) as client:
        made = Database(client, "identity", process)
        made.prepare({})
        yield made
        client.drop_database(made.db.name)


@pytest.fixture
def desk(database: Database) -> Any:
    database.collection("audit").delete_many({})
    kept = Audit(database)
    for number in range(3):
        who = Call(Actor(f"account-{number}", Role.MEMBER), "c-1")
        kept.record(who, "submit_thing", f"thing-{number}", of="Thing", details={"reason": "秘"})
        kept.record(who, "sign_in_success", who.actor.account_id, AuditKind.SIGN_IN)
        kept.record(who, "file_thing", "thing-0", AuditKind.REFUSAL, outcome=AuditOutcome.REFUSED)
    kept.record(OFFICE, "sign_in_success", "office-1", AuditKind.SIGN_IN)
    return SimpleNamespace(service="identity", audit=kept, database=database)


def read(desk: Any, call: Call = AUDITOR, **filter: Any) -> list[dict[str, Any]]:
    wanted = cast("trail.AuditFilter", filter)
    found = trail.list_audit(call, desk, filter=wanted, first=100, after=None)
    rows: list[dict[str, Any]] = found["rows"]
    return [row for row in rows if row["action"] not in ("read_audit", "count_audit")]


def test_the_auditor_sees_everything_but_content(desk: Any) -> None:
    rows = read(desk)
    assert len(rows) == 10
    assert "秘" not in str(rows)
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL])
def test_the_office_and_leaders_see_no_sign_in_of_others(desk: Any, role: Role) -> None:
    call = Call(Actor("office-1", role), "c-1")
    kinds = [(row["kind"], row["account_id"]) for row in read(desk, call)]
    assert kinds.count(("SIGN_IN", "office-1")) == 1
    assert [account for kind, account in kinds if kind == "SIGN_IN"] == ["office-1"]
    assert len(kinds) == 7
    for narrowed in ({"kind": AuditKind.SIGN_IN}, {"action": "sign_in_success"}):
        assert [row["account_id"] for row in read(desk, call, **narrowed)] == ["office-1"]
    assert read(desk, call, account_id="account-1", kind=AuditKind.SIGN_IN) == []
    own = trail.count_audit(call, desk, filter={"kind": AuditKind.SIGN_IN})
    assert own == 1


def test_each_filter_and_each_bound_narrows(desk: Any) -> None:
    assert len(read(desk, account_id="account-1")) == 3
    assert len(read(desk, subject="thing-0")) == 4
    assert len(read(desk, action="submit_thing")) == 3
    assert len(read(desk, outcome=AuditOutcome.REFUSED)) == 3
    assert len(read(desk, service="identity")) == 10
    assert read(desk, service="office") == []
    now = datetime.now(SHANGHAI)
    assert read(desk, until=now - timedelta(hours=1)) == read(desk, since=now + timedelta(1)) == []
    assert len(read(desk, since=now - timedelta(hours=1), until=now + timedelta(hours=1))) == 10


def test_reading_is_an_entry_itself_and_pages_stand_still(desk: Any) -> None:
    seen: list[str] = []
    after = None
    for _ in range(20):
        page = trail.list_audit(AUDITOR, desk, filter={}, first=3, after=after)
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = page["rows"][-1]["cursor"]
    assert len(seen) == len(set(seen)) == 11  # the first look is on its own first page
    looks = trail.count_audit(AUDITOR, desk, filter={"account_id": "auditor"})
    assert looks == len(seen) // 3 + 1 + 1


@pytest.mark.parametrize("given", [{}, *({f: "x"} for f in ("account_id", "action", "subject"))])
@pytest.mark.parametrize("call", [AUDITOR, OFFICE], ids=["auditor", "office"])
def test_an_index_serves_each_list(desk: Any, call: Call, given: dict[str, str]) -> None:
    query = trail.wanted(call.actor, given)
    entries = desk.database.collection("audit")
    found = entries.find({"$and": [query, {"_id": {"$gt": ""}}]}).sort([("at", -1), ("_id", -1)])
    plan = str(found.explain()["queryPlanner"]["winningPlan"])
    assert "IXSCAN" in plan
    assert "COLLSCAN" not in plan
    assert "'SORT'" not in plan


def test_entries_stay_400_days_and_no_operation_removes_one(database: Database) -> None:
    kept = database.collection("audit").index_information()["kept"]
    assert kept["expireAfterSeconds"] == 400 * 86_400


def test_entries_of_the_version_before_get_a_kind_and_an_id_that_pages(desk: Any) -> None:
    entries = desk.database.collection("audit")
    old = {"at": datetime.now(SHANGHAI), "account_id": "old", "role": "OFFICE", "subject": None}
    for action, outcome in (("look_at_contact", "ALLOWED"), ("close", "REFUSED")):
        entries.insert_one({**old, "_id": ObjectId(), "action": action, "outcome": outcome})
    assert read(desk, account_id="old") == []
    renew(entries)
    renew(entries)
    assert {row["kind"] for row in read(desk, account_id="old")} == {"LOOK", "REFUSAL"}
