"""A setting is changed by two people, on a real database (decision 49)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared import settings as process_settings
from shared.actor import Actor, Role
from shared.call import Call, CommandId
from shared.clock import SHANGHAI
from shared.contracts import names, sample_event
from shared.contracts.setting_changes import CONTACTS_A_YEAR
from shared.errors import AppError, Forbidden, InvalidInput
from shared.ids import new_id
from shared.kernel import settings
from shared.kernel.changes import (
    ChangeDecided,
    ChangeNotFound,
    ChangeState,
    OwnChange,
    SettingChanges,
)
from shared.kernel.desk import Desk
from shared.persistence import Audit, Database, Setting, SettingsStore, connect
from shared.persistence.settings import PROPOSALS, SECURITY, SettingRefused

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
SETTINGS = [
    Setting("least", 3, "至少", minimum=1, maximum=50, not_above="most"),
    Setting("most", 8, "至多", minimum=1, maximum=50),
]


def call(account: str, role: Role, person: str | None = None, key: str | None = None) -> Call:
    command = CommandId(account, key, "f") if key else None
    return Call(Actor(account, role, person_id=person), "c-1", command=command)


OFFICE = call("office-1", Role.OFFICE)
CHAIR = call("chair-1", Role.CHAIR_COUNCIL)


@dataclass
class Fixed:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture(scope="module")
def database(mongo_uri: str) -> Iterator[Database]:
    process = process_settings.read({"MONGO_URI": mongo_uri, "DB_PREFIX": f"t-{new_id()[:8]}-"})
    with connect(process) as client:
        made = Database(client, "liaison", process)
        made.prepare({})
        yield made
        client.drop_database(made.db.name)


@pytest.fixture
def desk(database: Database) -> Desk:
    for name in ("settings", "setting_changes"):
        database.collection(name).delete_many({})
    store = SettingsStore(database)
    store.declare(SETTINGS)
    store.declare([Setting("reply", 3, "答复期限", minimum=1, maximum=12)], PROPOSALS)
    store.declare([Setting("lock", 5, "锁定", minimum=3, maximum=10)], SECURITY)
    changes = SettingChanges(database)
    return Desk("liaison", database, Fixed(), store, changes, Audit(database), None)  # type: ignore[arg-type]


def propose(desk: Desk, who: Call = OFFICE, key: str = "most", value: Any = 9, **more: Any) -> str:
    return settings.change_setting(who, desk, key=key, value=value, reason="工作需要", **more)


def decide(desk: Desk, change: str, who: Call = CHAIR, approved: bool = True) -> str:
    reason = None if approved else "暂不调整"
    return settings.decide_setting_change(
        who, desk, change_id=change, approved=approved, reason=reason
    )


def value(desk: Desk, key: str = "most", at: datetime = NOW) -> Any:
    return desk.settings.get(key, at)


def test_a_change_waits_then_holds_with_its_history(desk: Desk) -> None:
    change = propose(desk)
    assert value(desk) == 8
    told = desk.changes.row(change)
    stored = desk.changes.collection.find_one({"_id": change}) or {}
    assert [event["type"] for event in stored["pending_events"]] == ["setting_change_proposed"]
    assert (told["former"], told["value"], told["state"]) == (8, 9, "WAITING")
    decide(desk, change)
    assert value(desk) == 9
    assert value(desk, at=NOW - timedelta(seconds=1)) == 8
    [row] = settings.list_setting_changes(
        OFFICE, desk, filter={"key": "most"}, first=9, after=None
    )["rows"]
    shown = ("former", "value", "proposed_by", "decided_by", "decided_role", "state", "valid_from")
    assert [row[name] for name in shown] == [
        8,
        9,
        "office-1",
        "chair-1",
        "CHAIR_COUNCIL",
        "APPROVED",
        NOW,
    ]
    replica = SettingsStore(desk.database)
    replica.declare(SETTINGS)
    assert replica.get("most", NOW) == 9


def test_a_refused_change_changes_nothing(desk: Desk) -> None:
    change = propose(desk)
    with pytest.raises(InvalidInput) as missing:
        settings.decide_setting_change(CHAIR, desk, change_id=change, approved=False, reason=None)
    assert missing.value.field == "reason"
    decide(desk, change, approved=False)
    assert value(desk) == 8
    with pytest.raises(ChangeDecided):
        decide(desk, change)
    assert value(desk) == 8
    assert settings.count_setting_changes(OFFICE, desk, filter={"state": ChangeState.REFUSED}) == 1


@pytest.mark.parametrize(
    ("key", "proposer", "approver"),
    [
        ("most", Role.OFFICE, Role.CHAIR_COUNCIL),
        ("most", Role.OFFICE, Role.SECRETARY_GENERAL),
        ("reply", Role.PROPOSAL_DIRECTOR, Role.SECRETARY_GENERAL),
        ("lock", Role.SECURITY_ADMIN, Role.SECURITY_ADMIN),
        ("lock", Role.SECURITY_ADMIN, Role.CHAIR_COUNCIL),
    ],
)
def test_who_keeps_a_setting_changes_it(
    desk: Desk, key: str, proposer: Role, approver: Role
) -> None:
    decide(desk, propose(desk, call("one", proposer), key, 9), call("two", approver))
    assert value(desk, key) == 9


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("most", Role.PROPOSAL_DIRECTOR),
        ("most", Role.SECURITY_ADMIN),
        ("reply", Role.OFFICE),
        ("lock", Role.OFFICE),
        ("lock", Role.PROPOSAL_DIRECTOR),
    ],
)
def test_nobody_proposes_what_others_keep(desk: Desk, key: str, role: Role) -> None:
    with pytest.raises(Forbidden):
        propose(desk, call("one", role), key, 9)


@pytest.mark.parametrize(
    ("key", "role"), [("reply", Role.CHAIR_COUNCIL), ("most", Role.SECURITY_ADMIN)]
)
def test_nobody_approves_what_others_keep(desk: Desk, key: str, role: Role) -> None:
    owner = {"reply": Role.PROPOSAL_DIRECTOR, "most": Role.OFFICE}[key]
    change = propose(desk, call("one", owner), key, 9)
    with pytest.raises(Forbidden):
        decide(desk, change, call("two", role))


def test_two_accounts_of_one_person_are_one(desk: Desk) -> None:
    change = propose(desk, call("one", Role.SECURITY_ADMIN, "p-1"), "lock", 6)
    for same in (
        call("one", Role.SECURITY_ADMIN, "p-1"),
        call("one", Role.CHAIR_COUNCIL),
        call("two", Role.CHAIR_COUNCIL, "p-1"),
    ):
        with pytest.raises(OwnChange):
            decide(desk, change, same)
    assert value(desk, "lock") == 5


def test_what_contradicts_another_is_refused_when_proposed_and_when_approved(desk: Desk) -> None:
    for key, wrong in (("least", 20), ("most", 2)):
        with pytest.raises(SettingRefused) as refused:
            propose(desk, key=key, value=wrong)
        assert refused.value.field == "value"
    least, most = propose(desk, key="least", value=8), propose(desk, key="most", value=4)
    decide(desk, least)
    with pytest.raises(SettingRefused) as refused:
        decide(desk, most)
    assert refused.value.field == "value"
    assert (value(desk, "least"), value(desk, "most")) == (8, 8)
    assert desk.changes.row(most)["state"] == "WAITING"


def test_what_will_contradict_a_later_value_is_refused(desk: Desk) -> None:
    later = NOW + timedelta(days=30)
    decide(desk, propose(desk, key="most", value=4, valid_from=later))
    with pytest.raises(SettingRefused):
        propose(desk, key="least", value=5)
    decide(desk, propose(desk, key="least", value=4))
    assert (value(desk, "least", later), value(desk, "most", later)) == (4, 4)
    assert value(desk, "most") == 8


def test_of_two_that_do_not_fit_together_one_is_approved(desk: Desk) -> None:
    changes = [propose(desk, key="least", value=7), propose(desk, key="most", value=5)]
    refused: list[AppError] = []

    def approve(change: str) -> None:
        try:
            decide(desk, change)
        except AppError as error:
            refused.append(error)

    threads = [threading.Thread(target=approve, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [error.code for error in refused] == ["SETTING_REFUSED"]
    assert value(desk, "least") <= value(desk, "most")


def test_a_day_that_has_passed_while_it_waited_is_the_day_of_the_approval(desk: Desk) -> None:
    clock = Fixed()
    later = Desk(**{**vars(desk), "clock": clock})
    change = propose(later, valid_from=NOW + timedelta(days=1))
    clock.at = NOW + timedelta(days=3)
    decide(later, change)
    assert later.settings.get("most", NOW + timedelta(days=2)) == 8
    assert later.settings.get("most", clock.at) == 9


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"key": "nothing"}, "key"),
        ({"value": 51}, "value"),
        ({"value": None}, "value"),
        ({"valid_from": NOW - timedelta(days=1)}, "validFrom"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(
    desk: Desk, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(AppError) as refused:
        propose(desk, **given)
    assert refused.value.field == field


def test_an_unknown_change_is_not_found(desk: Desk) -> None:
    with pytest.raises(ChangeNotFound):
        decide(desk, "liaison.nothing")


def test_a_command_sent_twice_takes_effect_once(desk: Desk) -> None:
    twice = call("office-1", Role.OFFICE, key=new_id())
    assert propose(desk, twice) == (change := propose(desk, twice))
    again = call("chair-1", Role.CHAIR_COUNCIL, key=new_id())
    assert decide(desk, change, again) == decide(desk, change, again)
    assert desk.database.collection("settings").count_documents({}) == 1


def test_another_service_reads_it_from_its_day_on_as_it_is_told(desk: Desk) -> None:
    """One setting, two readers: performance measures by the contacts that liaison wants."""
    reader = SettingsStore(desk.database)
    reader.follow(CONTACTS_A_YEAR)
    assert reader.get(CONTACTS_A_YEAR.name, NOW) == CONTACTS_A_YEAR.default
    told = {"key": CONTACTS_A_YEAR.key, "value": 4, "valid_from": NOW.isoformat()}
    for changes in ({**told, "approved": False}, told, told, {**told, "key": "another"}):
        decided = sample_event("liaison", names.SETTING_CHANGE_DECIDED, **changes)
        reader.hear(decided)
    assert reader.get(CONTACTS_A_YEAR.name, NOW) == 4
    assert reader.get(CONTACTS_A_YEAR.name, NOW - timedelta(days=1)) == CONTACTS_A_YEAR.default
    assert reader.listed(NOW) == []
    assert desk.database.collection("settings").count_documents({}) == 1


def test_the_decision_tells_value_and_day(desk: Desk) -> None:
    decide(desk, change := propose(desk))
    stored = desk.changes.collection.find_one({"_id": change}) or {}
    *_, told = [event["data"] for event in stored["pending_events"]]
    assert (told["approved"], told["value"]) == (True, 9)
    assert datetime.fromisoformat(told["valid_from"]) == NOW
