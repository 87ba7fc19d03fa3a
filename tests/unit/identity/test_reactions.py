"""Member events: the account appears once, follows, and nothing undoes a newer state."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from services.identity.commands.demo import load_demo_accounts
from services.identity.commands.sign_in import refresh, sign_in
from services.identity.domain.account import Account
from services.identity.domain.errors import LoginTaken, SessionEnded
from services.identity.reactions import follow_member
from services.identity.schemas import DemoAccount
from shared.call import Call
from shared.contracts import names, sample_event
from shared.contracts.members import GROUPS
from shared.messaging.events import Event
from tests.unit.identity.world import HASHED, PASSWORD, START, World, call_as


def member(event_type: str, version: int = 1, **data: Any) -> Event:
    return sample_event("members", event_type, version=version, subject="m-15-0088", **data)


def handle(world: World, *events: Event) -> Account:
    """The only account after these events."""
    for event in events:
        follow_member(event.call("identity"), world.identity, event)
    [account] = world.accounts.stored.values()
    return account


def roles(account: Account) -> list[tuple[str, dict[str, str]]]:
    return [(grant.role, dict(grant.scope)) for grant in account.active_grants]


APPOINTED = member(names.MEMBER_APPOINTED)


def test_an_appointment_opens_an_account_without_password() -> None:
    world = World()
    account = handle(world, APPOINTED)
    assert (account.login, account.member_no, account.phone, account.label) == (
        "15-0088",
        "15-0088",
        "13800000088",
        "陆晓芸",
    )
    assert (account.person_id, account.member_id, account.term) == ("p-15-0088", "m-15-0088", 15)
    assert (account.password, roles(account)) == (None, [("MEMBER", {})])
    assert [name for name, _ in world.accounts.published] == [
        names.ACCOUNT_CREATED,
        names.ACCOUNT_ROLE_GRANTED,
    ]
    assert all("陆晓芸" not in str(data) for _, data in world.accounts.published)
    assert all("13800000088" not in str(data) for _, data in world.accounts.published)


def test_the_same_event_twice_has_one_effect() -> None:
    world = World()
    once = handle(world, APPOINTED)
    again = handle(world, APPOINTED)
    assert (again.version, world.events()) == (once.version, world.events()[:2])


STORY = (
    APPOINTED,
    member(names.MEMBER_POST_CHANGED, 2, groups={**GROUPS, "standing": True}),
    member(names.MEMBER_SUSPENDED, 3, state="SUSPENDED"),
    member(names.MEMBER_REINSTATED, 4, groups={**GROUPS, "standing": True}),
    member(names.MEMBER_RESIGNED, 5, state="RESIGNED"),
)


@pytest.mark.parametrize("order", list(permutations(STORY)))
def test_any_order_ends_in_the_newest_state(order: tuple[Event, ...]) -> None:
    account = handle(World(), *order, *order)
    assert roles(account) == [("MEMBER", {"former": "true"})]
    assert account.disabled_by == []


@pytest.mark.parametrize(
    ("event_type", "state", "left", "barred"),
    [
        (names.MEMBER_SUSPENDED, "SUSPENDED", [("MEMBER", {"former": "true"})], []),
        (names.MEMBER_RESIGNED, "RESIGNED", [("MEMBER", {"former": "true"})], []),
        (names.MEMBER_TERM_ENDED, "TERM_ENDED", [("MEMBER", {"former": "true"})], []),
        (names.MEMBER_REVOKED, "REVOKED", [], ["ROSTER"]),
        (names.MEMBER_DECEASED, "DECEASED", [], ["ROSTER"]),
    ],
)
def test_leaving_ends_roles_and_sessions(
    event_type: str, state: str, left: list[Any], barred: list[str]
) -> None:
    world = World()
    account = handle(world, APPOINTED)
    account.password = HASHED
    sign_in(call_as(), world.identity, login="15-0088", password=PASSWORD)
    account = handle(world, member(event_type, 2, state=state))
    assert (roles(account), account.disabled_by) == (left, barred)
    assert list(world.sessions.reasons.values()) == [state]
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token="secret-1")


@pytest.mark.parametrize(
    ("event_type", "state"),
    [(names.MEMBER_RESIGNED, "RESIGNED"), (names.MEMBER_SUSPENDED, "SUSPENDED")],
)
def test_who_is_out_of_office_signs_in_for_own_past_cases(event_type: str, state: str) -> None:
    world = World()
    account = handle(world, APPOINTED, member(event_type, 2, state=state))
    account.password = HASHED
    sign_in(call_as(), world.identity, login="15-0088", password=PASSWORD)
    assert (world.minted[0].role.value, world.minted[0].scope) == ("MEMBER", {"former": "true"})
    assert world.minted[0].member_id == "m-15-0088"


def test_a_second_delivery_still_ends_sessions_the_first_did_not() -> None:
    world = World()
    account = handle(world, APPOINTED)
    account.password = HASHED
    sign_in(call_as(), world.identity, login="15-0088", password=PASSWORD)
    resigned = member(names.MEMBER_RESIGNED, 2, state="RESIGNED")
    handle(world, resigned)
    session_id, session = next(iter(world.sessions.sessions.items()))
    world.sessions.sessions[session_id] = type(session)(
        session.id, session.account_id, session.grant_id, session.created_at, session.expires_at
    )
    handle(world, resigned)
    assert world.sessions.sessions[session_id].ended_at is not None


def test_a_new_term_attaches_to_the_same_account() -> None:
    world = World()
    handle(world, APPOINTED)
    newer = sample_event(
        "members",
        names.MEMBER_APPOINTED,
        subject="m-16-0044",
        term=16,
        member_id="m-16-0044",
        member_no="16-0044",
    )
    account = handle(world, newer)
    assert (account.login, account.member_no, account.term) == ("15-0088", "16-0044", 16)
    assert account.member_id == "m-16-0044"
    account = handle(world, member(names.MEMBER_TERM_ENDED, 9, state="TERM_ENDED"))
    assert roles(account) == [("MEMBER", {})]
    account.password = HASHED
    sign_in(call_as(), world.identity, login="16-0044", password=PASSWORD)
    assert world.minted[0].memberships == ("m-16-0044", "m-15-0088")


def test_a_token_names_the_memberships_of_all_terms_the_latest_first() -> None:
    world = World()
    terms = [(14, "TERM_ENDED"), (16, "TERM_ENDED"), (15, "TERM_ENDED"), (17, "ACTIVE")]
    for term, state in terms:
        account = handle(
            world,
            sample_event(
                "members",
                names.MEMBER_APPOINTED if state == "ACTIVE" else names.MEMBER_TERM_ENDED,
                subject=f"m-{term}-0088",
                term=term,
                state=state,
                member_id=f"m-{term}-0088",
                member_no=f"{term}-0088",
            ),
        )
    assert (account.member_id, account.earlier) == (
        "m-17-0088",
        ("m-16-0088", "m-15-0088", "m-14-0088"),
    )


def test_who_was_suspended_under_former_rules_is_let_in_once() -> None:
    world = World()
    account = handle(world, APPOINTED, member(names.MEMBER_SUSPENDED, 2, state="SUSPENDED"))
    account.grants = [grant for grant in account.grants if grant.scope != {"former": "true"}]
    assert roles(account) == []
    assert account.follow_again(START) and not account.follow_again(START)
    assert roles(account) == [("MEMBER", {"former": "true"})]


def test_a_changed_profile_brings_the_new_phone() -> None:
    world = World()
    handle(world, APPOINTED)
    world.contact = {"name": "陆晓芸", "phone": "13911110088"}
    assert handle(world, member(names.MEMBER_PROFILE_CHANGED, 2)).phone == "13911110088"


def test_nominees_have_no_account() -> None:
    world = World()
    event = member(names.MEMBER_PROFILE_CHANGED, state="NOMINATED")
    follow_member(event.call("identity"), world.identity, event)
    assert world.accounts.stored == {}


def test_a_member_without_contact_still_gets_an_account() -> None:
    world = World()
    world.contact = None
    account = handle(world, APPOINTED)
    assert (account.phone, account.label) == (None, "15-0088")


DEMO: DemoAccount = {
    "login": "15-0088",
    "password": PASSWORD,
    "phone": "13800000088",
    "label": "陆晓芸",
    "roles": [{"role": "MEMBER", "scope": {}}],
    "person_id": None,
    "member_id": None,
}


@pytest.mark.parametrize("demo_first", [True, False])
def test_a_members_demo_account_and_appointment_meet_in_any_order(demo_first: bool) -> None:
    world = World()

    def load() -> None:
        load_demo_accounts(Call.system("demo"), world.identity, accounts=[DEMO])

    if demo_first:
        load()
    account = handle(world, APPOINTED)
    load()
    account = handle(world, APPOINTED)
    assert roles(account) == [("MEMBER", {})]
    assert (account.person_id, account.member_id) == ("p-15-0088", "m-15-0088")
    sign_in(call_as(), world.identity, login="15-0088", password=PASSWORD)
    account = handle(world, member(names.MEMBER_SUSPENDED, 2, state="SUSPENDED"))
    assert roles(account) == [("MEMBER", {"former": "true"})]


def test_another_persons_login_is_never_taken_over() -> None:
    world = World()
    world.account("15-0088", person_id="p-other")
    with pytest.raises(LoginTaken):
        handle(world, APPOINTED)
