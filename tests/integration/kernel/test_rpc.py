"""Calls: answers, refusals, deadlines, command ids, and a broker that goes away in between."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pika
import pytest

from shared.actor import Actor, Role
from shared.errors import (
    AppError,
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from shared.ids import new_id
from shared.messaging import topology
from tests import wire
from tests.integration.kernel.conftest import Kernel
from tests.waiting import eventually

OFFICE = Actor("account-2", Role.OFFICE)
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL)


def test_a_call_carries_the_actor(kernel: Kernel) -> None:
    assert kernel.call("actor") == {"role": "MEMBER", "account": "account-1"}
    assert kernel.call("actor", None) == {"role": "PUBLIC", "account": None}


def test_a_refusal_arrives_with_code_field_and_message(kernel: Kernel) -> None:
    with pytest.raises(DomainError) as caught:
        kernel.call("make_thing", name="taken")
    assert (caught.value.code, caught.value.field, caught.value.message) == (
        "NAME_TAKEN",
        "name",
        "名称已被使用",
    )


def test_a_wrong_role_is_refused_and_the_refusal_is_audited(kernel: Kernel) -> None:
    with pytest.raises(Forbidden):
        kernel.call("make_thing", OFFICE, name="x")
    entry = kernel.db["audit"].find_one({"account_id": "account-2", "action": "make_thing"})
    assert entry is not None
    assert (entry["outcome"], entry["code"], entry["role"]) == ("REFUSED", "FORBIDDEN", "OFFICE")


def test_a_visitor_is_asked_to_sign_in(kernel: Kernel) -> None:
    with pytest.raises(Unauthenticated):
        kernel.call("make_thing", None, name="x")


def test_an_unlogged_command_leaves_a_line_only_when_it_is_refused(kernel: Kernel) -> None:
    kernel.call("secret_thing", name="ballot")
    kernel.call("make_thing", name="a thing made afterwards")
    log = kernel.service.log
    eventually(lambda: '"method":"make_thing"' in log.read_text())
    assert "secret_thing" not in log.read_text()
    with pytest.raises(DomainError):
        kernel.call("secret_thing", name="taken")
    eventually(lambda: '"method":"secret_thing"' in log.read_text())


def test_an_internal_failure_shows_nothing_of_its_cause(kernel: Kernel) -> None:
    with pytest.raises(AppError) as caught:
        kernel.call("break_down")
    assert caught.value.code == "INTERNAL"
    assert "secret" not in repr(caught.value.to_wire())


def test_an_unknown_method_and_unknown_arguments_are_answered(kernel: Kernel) -> None:
    with pytest.raises(NotFound) as caught:
        kernel.call("does_not_exist")
    assert caught.value.code == "UNKNOWN_METHOD"
    with pytest.raises(InvalidInput):
        kernel.call("make_thing", nome="x")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b'{"args":[1],"kwargs":{}}', b"{}"])
def test_a_bad_body_is_answered_and_the_service_goes_on(kernel: Kernel, body: bytes) -> None:
    answers: list[bytes] = []
    with wire.channel(kernel.uri) as channel:
        channel.basic_consume(
            wire.REPLY_TO, lambda _c, _m, _p, reply: answers.append(reply), auto_ack=True
        )
        properties = pika.BasicProperties(reply_to=wire.REPLY_TO, correlation_id="bad")
        channel.basic_publish(topology.RPC_EXCHANGE, "probe.make_thing", body, properties)

        def answered() -> bool:
            channel.connection.process_data_events(0.05)
            return bool(answers)

        eventually(answered)
    assert orjson.loads(answers[0])["error"]["code"] == "INVALID_INPUT"
    assert kernel.call("actor")["role"] == "MEMBER"


def test_a_call_whose_deadline_is_over_is_not_executed(kernel: Kernel) -> None:
    body, headers, _ = wire.wire.request(
        {"name": "late"},
        token=kernel.token(Actor("a", Role.MEMBER)),
        correlation_id="c",
        timeout=-1,
    )
    with wire.channel(kernel.uri) as channel:
        properties = pika.BasicProperties(headers=headers)
        channel.basic_publish(topology.RPC_EXCHANGE, "probe.make_thing", body, properties)
    kernel.call("make_thing", name="after late")
    assert kernel.db["things"].count_documents({"name": "late"}) == 0


def test_the_same_command_id_gives_the_first_result_again(kernel: Kernel) -> None:
    command = new_id()
    first = kernel.call("make_thing", name="once", command_id=command)
    assert kernel.call("make_thing", name="once", command_id=command) == first
    with pytest.raises(DomainError) as caught:
        kernel.call("make_thing", name="other", command_id=command)
    assert caught.value.code == "COMMAND_ID_REUSED"
    assert kernel.db["things"].count_documents({"name": {"$in": ["once", "other"]}}) == 1


def test_a_change_knows_its_command_id_by_the_record_itself(kernel: Kernel) -> None:
    """It is not looked up before, only when the change is refused or cannot be saved."""
    command, (one, two) = new_id(), (kernel.call("make_thing", name="a")["id"] for _ in range(2))
    change = {"thing_id": one, "name": "changed", "command_id": command}
    first = kernel.call("rename_thing", **change)
    assert kernel.call("rename_thing", **change) == first  # refused: it has that name already
    kernel.call("rename_thing", thing_id=one, name="changed again")
    assert kernel.call("rename_thing", **change) == first  # not refused, and not done again
    for thing, name in ((one, "other"), (two, "other"), (two, "changed"), (two, "a")):
        with pytest.raises(DomainError) as caught:
            kernel.call("rename_thing", thing_id=thing, name=name, command_id=command)
        assert caught.value.code == "COMMAND_ID_REUSED"
    with pytest.raises(DomainError, match="NAME_TAKEN"):
        kernel.call("rename_thing", thing_id=two, name="a", command_id=new_id())
    rows = {row["_id"]: row for row in kernel.db["things"].find({"_id": {"$in": [one, two]}})}
    assert [(rows[key]["name"], rows[key]["version"]) for key in (one, two)] == [
        ("changed again", 3),
        ("a", 1),
    ]


def test_one_change_sent_ten_times_at_once_is_one_write(kernel: Kernel) -> None:
    command, thing = new_id(), kernel.call("make_thing", name="still")["id"]
    change = {"thing_id": thing, "name": "rushed", "command_id": command}
    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(lambda _: kernel.call("rename_thing", **change), range(10)))
    assert {result["id"] for result in results} == {thing}
    row = kernel.db["things"].find_one({"_id": thing})
    assert row is not None and (row["name"], row["version"]) == ("rushed", 2)


def test_another_account_may_use_the_same_command_id(kernel: Kernel) -> None:
    command = new_id()
    mine = kernel.call("make_thing", name="mine", command_id=command)
    other = Actor("account-9", Role.MEMBER)
    assert kernel.call("make_thing", other, name="mine", command_id=command) != mine


def test_a_refused_command_id_may_be_sent_again(kernel: Kernel) -> None:
    command = new_id()
    for _ in range(2):
        with pytest.raises(DomainError, match="NAME_TAKEN"):
            kernel.call("make_thing", name="taken", command_id=command)


@pytest.mark.parametrize("command", ["", 7, {"$ne": 1}, "x" * 65])
def test_a_command_id_that_is_none_is_refused(kernel: Kernel, command: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        kernel.call("make_thing", name="x", command_id=command)
    assert caught.value.field == "commandId"


def test_one_command_sent_ten_times_at_once_is_one_write(kernel: Kernel) -> None:
    command = new_id()
    with ThreadPoolExecutor(10) as pool:
        results = list(
            pool.map(
                lambda _: kernel.call("make_thing", name="rush", command_id=command), range(10)
            )
        )
    assert len({result["id"] for result in results}) == 1
    assert kernel.db["things"].count_documents({"name": "rush"}) == 1


def test_numbers_have_no_gaps_though_many_write_at_once(kernel: Kernel) -> None:
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda n: kernel.call("make_thing", name=f"n{n}"), range(40)))
    numbers = sorted(doc["no"] for doc in kernel.db["things"].find({}, {"no": 1}))
    assert numbers == list(range(315, 315 + len(numbers)))


def test_edits_of_one_aggregate_at_once_all_succeed_one_after_another(kernel: Kernel) -> None:
    thing = kernel.call("make_thing", name="shared")["id"]
    with ThreadPoolExecutor(3) as pool:
        list(
            pool.map(lambda n: kernel.call("rename_thing", thing_id=thing, name=f"s{n}"), range(3))
        )
    doc = kernel.db["things"].find_one({"_id": thing})
    assert doc is not None and doc["version"] == 4


def test_services_call_each_other_with_the_callers_token(kernel: Kernel) -> None:
    assert kernel.call("ask_self", other="probe") == {"role": "MEMBER", "account": "account-1"}
    assert kernel.call("ask_self", None, other="probe") == {
        "role": "SYSTEM",
        "account": "service:probe",
    }


def test_a_call_to_a_service_that_does_not_exist_fails_at_once(kernel: Kernel) -> None:
    started = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        kernel.call("ask_self", other="nobody")
    assert caught.value.code == "SERVICE_UNAVAILABLE"
    assert time.monotonic() - started < 0.9  # before its one-second deadline


def test_pages_continue_where_they_ended(kernel: Kernel) -> None:
    for number in range(3):
        kernel.call("make_thing", name=f"page {number}")
    seen: list[int] = []
    after = None
    while True:
        answer = kernel.call("list_things", first=7, after=after)
        seen += [row["no"] for row in answer["rows"]]
        if not answer["has_next"]:
            break
        after = answer["rows"][-1]["cursor"]
    count = kernel.db["things"].count_documents({})
    assert seen == sorted(range(315, 315 + count), reverse=True)


def test_settings_are_listed_changed_by_two_and_guarded(kernel: Kernel) -> None:
    """What the change is made of, tests/integration/kernel/test_settings.py says."""
    asked: dict[str, Any] = {"key": "limit", "reason": "主席会议"}
    with pytest.raises(Forbidden):
        kernel.call("change_setting", **asked, value=7)
    for wrong in (0, 10, "7", True):
        with pytest.raises(DomainError, match="SETTING_REFUSED"):
            kernel.call("change_setting", OFFICE, **asked, value=wrong)
    change = kernel.call("change_setting", OFFICE, **asked, value=7)
    assert (change["former"], change["value"], change["state"]) == (5, 7, "WAITING")
    decision = {"change_id": change["id"], "approved": True}
    with pytest.raises(Forbidden):
        kernel.call("decide_setting_change", OFFICE, **decision)
    [before] = kernel.call("settings")
    decided = kernel.call("decide_setting_change", CHAIR, **decision)
    [after] = kernel.call("settings")
    assert decided["state"] == "APPROVED"
    assert [(row["key"], row["value"], row["default"]) for row in (before, after)] == [
        ("limit", 5, 5),
        ("limit", 7, 5),
    ]


def test_a_reply_survives_the_loss_of_the_broker(kernel: Kernel) -> None:
    """The service loses its connection while it works; the answer arrives when it is back."""
    results: list[object] = []
    caller = threading.Thread(
        target=lambda: results.append(kernel.call("slow_thing", name="slow", timeout=20))
    )
    caller.start()
    eventually(lambda: kernel.db["tries"].find_one({"_id": "slow"}))
    kernel.proxy.cut()
    kernel.db["tries"].update_one({"_id": "slow"}, {"$set": {"go": True}})
    eventually(lambda: kernel.db["things"].find_one({"name": "slow"}))
    kernel.proxy.restore()
    caller.join(20)
    assert len(results) == 1
    eventually(lambda: kernel.call("actor", timeout=1)["role"] == "MEMBER")
