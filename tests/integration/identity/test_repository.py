"""Storage: round trips, races, what expires, and which index serves which list."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.identity.domain.account import Account
from services.identity.domain.errors import AccountLocked, AccountNotFound
from services.identity.domain.grants import Person
from services.identity.domain.memberships import Membership
from services.identity.domain.passwords import OneTimeCode
from services.identity.domain.roles import RoleScope
from services.identity.domain.second_factor import SecondFactor
from services.identity.domain.sessions import Session
from services.identity.domain.throttle import Attempts, Counted, Counter, Limit
from services.identity.domain.tickets import Purpose, Ticket
from services.identity.repository import (
    MIGRATIONS,
    Accounts,
    AttemptCounter,
    Devices,
    Journal,
    Sessions,
    Tickets,
)
from shared.call import Call, CommandId
from shared.clock import SHANGHAI
from shared.errors import CommandIdReused, Conflict
from shared.ids import new_id
from shared.persistence import Database

# Real time: the server removes what has expired.
AT = datetime.now(SHANGHAI).replace(microsecond=0)
LOCK = timedelta(minutes=15)
LIMIT = Limit(5, timedelta(days=1), LOCK, LOCK)
CALL = Call.system("identity")


def account(login: str | None = None, **fields: Any) -> Account:
    id = new_id()
    return Account.open(
        id=id, login=login or f"login-{id}", label="王芳", kind="PERSON", created_at=AT, **fields
    )


def test_an_account_comes_back_as_it_was(database: Database) -> None:
    accounts = Accounts(database)
    made = account(phone="13800000001", person_id=new_id())
    made.set_password("hash")
    made.issue_code(OneTimeCode("code-hash", AT, "account-office"), Person("account-office"))
    made.request_reset(Person("account-office"), "遗失密码", AT)
    made.reset_at = AT
    made.request_grant("g-1", RoleScope("UNIT_LEADER", {"unit": "u"}), Person("a"), "需要", AT)
    roles = (RoleScope("MEMBER", {}), RoleScope("SECTOR_CONVENER", {"sector": "22"}))
    made.follow(Membership("m-1", "15-0001", 15, "ACTIVE", 3, roles), "p-1", None, AT)
    made.lock(AT + LOCK, AT)
    accounts.add(CALL, made, AT)
    found = accounts.get(made.id)
    made.version, made.events = 1, []
    assert found == made


def test_accounts_are_found_by_every_name_but_not_by_a_shared_phone(database: Database) -> None:
    accounts = Accounts(database)
    phone, shared = "13700000001", "13700000002"
    first, second = account(phone=phone), account(phone=shared)
    third = account(phone=shared)
    third.member_no = f"15-{new_id()}"
    for made in (first, second, third):
        accounts.add(CALL, made, AT)

    def found(name: str) -> str | None:
        account = accounts.by_sign_in_name(name)
        return account.id if account else None

    assert found(f" {first.login.upper()} ") == first.id
    assert found(phone) == first.id
    assert found(third.member_no) == third.id
    assert found(shared) is None
    assert found("nobody") is None
    with pytest.raises(AccountNotFound):
        accounts.get("nobody")


def test_logins_and_persons_are_unique_even_in_a_race(database: Database) -> None:
    accounts = Accounts(database)
    made = account(person_id=new_id())
    accounts.add(CALL, made, AT)
    for twin in (account(made.login), account(person_id=made.person_id)):
        with pytest.raises(Conflict):
            accounts.add(CALL, twin, AT)


def test_edits_at_the_same_moment_both_hold(database: Database) -> None:
    accounts = Accounts(database)
    made = account()
    accounts.add(CALL, made, AT)

    def request(unit: int) -> None:
        wanted = RoleScope("UNIT_OFFICER", {"unit": f"unit-{unit}"})
        accounts.edit(
            CALL, made.id, AT, lambda a: a.request_grant(f"g-{unit}", wanted, Person("a"), "w", AT)
        )

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(request, range(3)))
    after = accounts.get(made.id)
    assert sorted(grant.id for grant in after.grants) == ["g-0", "g-1", "g-2"]
    assert after.version == 4


def test_a_repeated_command_id_changes_nothing_and_other_content_is_refused(
    database: Database,
) -> None:
    accounts = Accounts(database)
    made = account()
    accounts.add(CALL, made, AT)
    command = CommandId("account-admin", new_id(), "fingerprint")
    for _ in range(2):
        accounts.edit(_with(command), made.id, AT, lambda a: a.disable(Person("account-admin")))
    assert accounts.get(made.id).version == 2
    other = CommandId("account-admin", command.id, "another")
    with pytest.raises(CommandIdReused):
        accounts.edit(_with(other), made.id, AT, lambda a: a.enable(Person("account-admin")))


def _with(command: CommandId) -> Call:
    return Call(CALL.actor, "c-1", command=command)


def test_a_change_that_answers_false_is_not_written(database: Database) -> None:
    accounts = Accounts(database)
    made = account()
    accounts.add(CALL, made, AT)
    accounts.edit(CALL, made.id, AT, lambda a: False)
    assert accounts.get(made.id).version == 1


def test_lists_show_no_secret_and_no_whole_phone(database: Database) -> None:
    accounts = Accounts(database)
    made = account(f"zz-{new_id()}", phone="13800000088")
    made.set_password("hash")
    made.request_grant("g-1", RoleScope("TOWN_STAFF", {"town": "t"}), Person("a", "p"), "需要", AT)
    accounts.add(CALL, made, AT)
    [row] = accounts.listed({"search": made.login.upper()}, "LOGIN", 20, None)["rows"]
    assert row.pop("cursor")
    assert row == accounts.row(made) == accounts.by_ids([made.id])[0]
    assert row == {
        "id": made.id,
        "login": made.login,
        "label": "王芳",
        "kind": "PERSON",
        "phone_masked": "138****0088",
        "person_id": None,
        "organisation_id": None,
        "member_id": None,
        "member_no": None,
        "state": "ACTIVE",
        "password_set": True,
        "second_factor": False,
        "locked_until": None,
        "reset": None,
        "created_at": AT,
        "grants": [
            {
                "id": "g-1",
                "account_id": made.id,
                "role": "TOWN_STAFF",
                "scope": [{"kind": "TOWN", "id": "t"}],
                "state": "REQUESTED",
                "source": "REQUEST",
                "requested_by": "a",
                "requested_at": AT,
                "reason": "需要",
                "decided_by": None,
                "decided_at": None,
                "decision_reason": None,
            }
        ],
    }


@pytest.mark.parametrize("order_by", ["LOGIN", "CREATED_AT_DESC"])
def test_lists_page_through_all(database: Database, order_by: str) -> None:
    accounts = Accounts(database)
    prefix = f"page-{new_id()[:8]}-"
    for number in range(5):
        accounts.add(CALL, account(f"{prefix}{number}"), AT)
    seen: list[str] = []
    after = None
    while True:
        found = accounts.listed({"search": prefix}, order_by, 2, after)
        seen += [row["login"] for row in found["rows"]]
        if not found["has_next"]:
            break
        after = found["rows"][-1]["cursor"]
    assert sorted(seen) == [f"{prefix}{number}" for number in range(5)]
    assert accounts.count({"search": prefix}) == 5


def test_filters(database: Database) -> None:
    accounts = Accounts(database)
    asking, holding, disabled = account(), account(), account()
    wanted = RoleScope("SUPERVISOR", {})
    asking.request_grant("g-1", wanted, Person("a"), "需要", AT)
    holding.grant_at_once("g-1", wanted, "DEMO", "DEMO", AT)
    disabled.disable(Person("a"))
    for made in (asking, holding, disabled):
        accounts.add(CALL, made, AT)

    def ids(**wanted: Any) -> set[str]:
        rows = accounts.listed(wanted, "LOGIN", 100, None)["rows"]
        return {row["id"] for row in rows} & {asking.id, holding.id, disabled.id}

    assert ids(awaits_approval=True) == {asking.id}
    assert ids(role="SUPERVISOR") == {holding.id}
    assert ids(state="DISABLED") == {disabled.id}
    assert ids(search="王") == {asking.id, holding.id, disabled.id}
    assert ids(search=".*") == set()


@pytest.mark.parametrize(
    "query",
    [
        {"roles": "OFFICE"},
        {"state": "ACTIVE"},
        {"awaits_approval": True},
        {"person_id": "p-1"},
        {"grants.id": "g-1"},
        {"$or": [{"login": "a"}, {"member_no": "a"}, {"phone": "a"}]},
        {"$or": [{"login": {"$regex": "^a"}}, {"label": {"$regex": "^a"}}]},
    ],
)
def test_lists_are_served_by_an_index(database: Database, query: dict[str, Any]) -> None:
    plan = database.collection("accounts").find(query).explain()["queryPlanner"]["winningPlan"]
    assert "COLLSCAN" not in str(plan)


@pytest.mark.parametrize("query", [{}, {"roles": "OFFICE"}, {"state": "ACTIVE"}])
def test_pages_come_out_of_an_index_in_order(database: Database, query: dict[str, Any]) -> None:
    found = database.collection("accounts").find(query).sort([("login", 1), ("_id", 1)])
    plan = str(found.explain()["queryPlanner"]["winningPlan"])
    assert "IXSCAN" in plan and "'SORT'" not in plan


def test_attempts_at_the_same_moment_are_counted_one_by_one(database: Database) -> None:
    attempts = AttemptCounter(database)
    own, other = (Counter(Counted.PAIR, new_id(), "client") for _ in range(2))

    def attempt(_: int) -> str:
        try:
            return str(attempts.settle(own, False, AT, LIMIT).failures)
        except AccountLocked:
            return "locked"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(attempt, range(20)))
    assert answers == ["1", "2", "3", "4", "5"] + ["locked"] * 15
    for refused in (
        lambda: attempts.check([other, own], AT),
        lambda: attempts.settle(own, True, AT, LIMIT),
    ):
        with pytest.raises(AccountLocked):
            refused()
    ends = AT + LOCK
    attempts.check([own, other], ends)
    assert attempts.settle(own, False, ends, LIMIT) == Attempts(1, ends, None, 1)
    assert attempts.settle(other, False, AT, LIMIT) == Attempts(1, AT)
    attempts.clear(own.who)
    assert attempts.settle(own, False, AT, LIMIT) == Attempts(1, AT)
    assert attempts.settle(own, True, AT, LIMIT) == Attempts()
    assert attempts.settle(other, False, AT, LIMIT) == Attempts(2, AT)


def test_a_device_is_known_to_its_account_until_it_is_dropped_or_twenty_newer_ones_are(
    database: Database,
) -> None:
    devices = Devices(database)
    account_id, other = new_id(), new_id()
    for number in range(21):
        at = AT + timedelta(minutes=number)
        devices.put(f"{account_id}-{number}", account_id, at, at + LOCK)
    devices.put(f"{other}-0", other, AT, AT + LOCK)
    assert devices.find(f"{account_id}-0", account_id, AT) is None
    newest = devices.find(f"{account_id}-20", account_id, AT)
    assert newest is not None and newest not in (f"{account_id}-20", account_id)
    assert devices.find(f"{account_id}-20", other, AT) is None
    assert devices.find(f"{account_id}-1", account_id, AT + LOCK + timedelta(minutes=1)) is None
    devices.drop(account_id)
    assert devices.find(f"{account_id}-20", account_id, AT) is None
    assert devices.find(f"{other}-0", other, AT) is not None


def test_of_two_hands_on_one_token_one_finds_it_used(database: Database) -> None:
    sessions = Sessions(database)
    session = Session(new_id(), "account-1", "g-1", AT, AT + timedelta(days=90))
    sessions.start(session)
    sessions.put_token("secret-a", session, AT, AT + timedelta(days=14))
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda salt: sessions.take_token("secret-a", AT, salt), "abcd"))
    assert sorted(token.used for token in taken if token) == [False, True, True, True]
    assert sessions.take_token("secret-b", AT, "s") is None
    assert sessions.get(session.id) == session


def test_a_new_token_replaces_those_before_it(database: Database) -> None:
    sessions = Sessions(database)
    session = Session(new_id(), "account-1", "g-1", AT, AT + timedelta(days=90))
    for secret in ("secret-c", "secret-d"):
        sessions.put_token(secret, session, AT, AT + timedelta(days=14))
    former, newest = (sessions.take_token(name, AT, "s") for name in ("secret-c", "secret-d"))
    assert former is not None and former.used
    assert newest is not None and not newest.used


def test_ending_sessions(database: Database) -> None:
    sessions = Sessions(database)
    account_id = new_id()
    ids = [new_id() for _ in range(4)]
    for position, id in enumerate(ids):
        sessions.start(Session(id, account_id, f"g-{position}", AT, AT + LOCK))
    assert sessions.end(CALL, ids[0], "SIGNED_OUT", AT)
    assert not sessions.end(CALL, ids[0], "SIGNED_OUT", AT)
    assert sessions.end_outside(CALL, account_id, ["g-2", "g-3"], "ROLE_REVOKED", AT) == 1
    assert sessions.end_all(CALL, account_id, "PASSWORD_CHANGED", AT, keep=ids[3]) == 1
    kept = sessions.get(ids[3])
    assert kept is not None and kept.ended_at is None
    mine = set(ids)
    assert mine & set(sessions.ended_since(AT)) == mine - {ids[3]}
    assert mine & set(sessions.ended_since(AT + timedelta(milliseconds=1))) == set()
    plan = database.collection("sessions").find({"ended_at": {"$gte": AT}}).explain()
    assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])


def test_open_sessions_of_one_account_the_one_used_last_first(database: Database) -> None:
    sessions = Sessions(database)
    account_id = new_id()
    ids = [new_id() for _ in range(4)]
    for id in ids:
        sessions.start(Session(id, account_id, "g-1", AT, AT + LOCK, agent=f"phone of {id}"))
    sessions.start(Session(new_id(), new_id(), "g-1", AT, AT + LOCK))
    sessions.end(CALL, ids[3], "SIGNED_OUT", AT)
    for minutes, id in ((3, ids[1]), (5, ids[0])):
        seen = AT + timedelta(minutes=minutes)
        sessions.put_token(new_id(), Session(id, account_id, "g-1", AT, AT + LOCK), seen, seen)
    found = sessions.open_of(account_id, AT)
    assert [(s.id, s.used_at, s.agent) for s in found] == [
        (ids[0], AT + timedelta(minutes=5), f"phone of {ids[0]}"),
        (ids[1], AT + timedelta(minutes=3), f"phone of {ids[1]}"),
        (ids[2], AT, f"phone of {ids[2]}"),
    ]
    assert sessions.open_of(account_id, AT + LOCK) == []


def test_a_session_ends_with_a_grant_that_it_acted_in_before(database: Database) -> None:
    sessions = Sessions(database)
    account_id, moved, stayed = new_id(), new_id(), new_id()
    for id in (moved, stayed):
        sessions.start(Session(id, account_id, "g-1" if id == moved else "g-2", AT, AT + LOCK))
    sessions.act_as(moved, "g-2")
    assert sessions.get(moved) == Session(moved, account_id, "g-2", AT, AT + LOCK, acted=("g-1",))
    assert sessions.end_outside(CALL, account_id, ["g-2"], "ROLE_REVOKED", AT) == 1
    kept = sessions.get(stayed)
    assert kept is not None and kept.ended_at is None


def test_tickets_are_good_until_they_expire_or_are_dropped(database: Database) -> None:
    tickets = Tickets(database)
    given = Ticket("account-1", Purpose.FACTOR, "grant-1", "手机", known=True)
    tickets.put("ticket-1", given, AT + LOCK)
    assert tickets.find("ticket-1", Purpose.FACTOR, AT) == given
    assert tickets.find("ticket-1", Purpose.PASSWORD, AT) is None
    assert tickets.find("ticket-1", Purpose.FACTOR, AT + LOCK) is None
    tickets.drop("account-1")
    assert tickets.find("ticket-1", Purpose.FACTOR, AT) is None


def test_a_second_factor_comes_back_as_it_was(database: Database) -> None:
    accounts, made = Accounts(database), account()
    accounts.add(CALL, made, AT)
    factor = SecondFactor("sealed", AT, 57, ("code-1", "code-2"))

    def hold(current: Account) -> None:
        current.factor, current.demo = factor, True

    stored = accounts.edit(CALL, made.id, AT, hold)
    assert (stored.factor, stored.factor_begun, stored.demo) == (factor, None, True)
    assert accounts.row(stored)["second_factor"] is True
    assert "sealed" not in str(accounts.row(stored))


@pytest.mark.parametrize("name", ["sessions", "refresh_tokens", "tickets", "attempts", "devices"])
def test_what_is_over_is_removed_by_the_server(database: Database, name: str) -> None:
    indexes = database.collection(name).index_information().values()
    expiring = [index for index in indexes if "expireAfterSeconds" in index]
    assert [(i["key"], i["expireAfterSeconds"]) for i in expiring] == [([("expires_at", 1)], 0)]


def test_the_journal_pages_filters_and_hides_content(database: Database) -> None:
    journal = Journal(database)
    account_id = new_id()
    for minute, kind in enumerate(("FAILURE", "SUCCESS", "SIGNED_OUT")):
        journal.record(
            CALL, kind, account_id, AT + timedelta(minutes=minute), session_id="s-1", role="MEMBER"
        )
    mine = {"account_id": account_id}
    first = journal.listed(mine, 2, None, content=False)
    assert [(set(row), row["kind"]) for row in first["rows"]] == [
        ({"id", "cursor", "at", "account_id", "kind", "role"}, kind)
        for kind in ("SIGNED_OUT", "SUCCESS")
    ]
    rest = journal.listed(mine, 2, first["rows"][-1]["cursor"], content=True)
    assert [(row["kind"], row["session_id"], row["by_role"]) for row in rest["rows"]] == [
        ("FAILURE", "s-1", "SYSTEM")
    ]
    since = {**mine, "since": AT + timedelta(minutes=1), "until": AT + timedelta(minutes=2)}
    assert [row["kind"] for row in journal.listed(since, 20, None, content=True)["rows"]] == [
        "SUCCESS"
    ]
    assert journal.count({**mine, "kind": "FAILURE"}) == 1


def test_who_was_suspended_under_former_rules_is_let_in_by_the_migration(
    database: Database,
) -> None:
    accounts, former = Accounts(database), [("MEMBER", {"former": "true"})]
    made = account(person_id=new_id())
    number = f"15-{new_id()}"
    suspended = Membership(new_id(), number, 15, "SUSPENDED", 3, (RoleScope("MEMBER", {}),))
    made.follow(suspended, str(made.person_id), None, AT)
    made.grants.clear()  # nothing was given before
    accounts.add(CALL, made, AT)
    for _ in range(2):
        for _, change in MIGRATIONS:
            change(database)
        found = accounts.get(made.id)
        assert [(grant.role, grant.scope) for grant in found.active_grants] == former
    assert found.version == 2
