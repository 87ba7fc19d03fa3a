"""The account: grants by two persons, states, codes, and what it records."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.identity.domain.account import Account, sign_in_name
from services.identity.domain.errors import (
    AccountDisabled,
    AccountStateUnfit,
    GrantNotFound,
    GrantStateUnfit,
    NoActiveRole,
    OwnAccount,
    ResetNeedsTwo,
    RoleAlreadyHeld,
    RoleNotHeld,
    RoleOwnedByRoster,
    SecondPersonNeeded,
)
from services.identity.domain.grants import Person
from services.identity.domain.memberships import Membership
from services.identity.domain.passwords import OneTimeCode
from services.identity.domain.roles import FORMER_MEMBER, RoleScope
from shared.clock import SHANGHAI
from shared.contracts import names

AT = datetime(2017, 2, 6, 9, 0, tzinfo=SHANGHAI)
ADMIN, OFFICE = Person("account-admin"), Person("account-office", "p-office")
STAFF = RoleScope("PROPOSAL_STAFF", {})
UNIT = RoleScope("UNIT_OFFICER", {"unit": "unit-slj"})
MEMBER = RoleScope("MEMBER", {})


def opened(**fields: str) -> Account:
    return Account.open(
        id="account-1", login="wang.fang", label="王芳", kind="PERSON", created_at=AT, **fields
    )


def recorded(account: Account) -> list[str]:
    return [event for event, _ in account.events]


def heard(
    state: str = "ACTIVE", version: int = 1, roles: tuple[RoleScope, ...] = (MEMBER,)
) -> Membership:
    return Membership("m-15-0088", "15-0088", 15, state, version, roles)


def active_roles(account: Account) -> list[tuple[str, dict[str, str]]]:
    return [(grant.role, dict(grant.scope)) for grant in account.active_grants]


def test_a_role_needs_a_request_and_another_persons_approval() -> None:
    account = opened()
    account.request_grant("grant-1", UNIT, ADMIN, "区水利局联络员", AT)
    assert account.active_grants == []
    account.approve_grant("grant-1", OFFICE, AT + timedelta(hours=1))
    grant = account.grant("grant-1")
    assert (grant.state, grant.requested_by, grant.decided_by, grant.decided_at) == (
        "GRANTED",
        "account-admin",
        "account-office",
        AT + timedelta(hours=1),
    )
    assert account.events == [
        (
            names.ACCOUNT_CREATED,
            {"account_id": "account-1", "person_id": None, "member_id": None},
        ),
        *(
            (
                event,
                {
                    "account_id": "account-1",
                    "person_id": None,
                    "member_id": None,
                    "grant_id": "grant-1",
                    "role": "UNIT_OFFICER",
                    "scope": {"unit": "unit-slj"},
                },
            )
            for event in (names.ACCOUNT_ROLE_REQUESTED, names.ACCOUNT_ROLE_GRANTED)
        ),
    ]


@pytest.mark.parametrize(
    ("asker", "approver"),
    [
        (OFFICE, OFFICE),
        (Person("account-admin", "p-office"), OFFICE),  # one person with two accounts
        (ADMIN, Person("account-1")),  # the holder
        (ADMIN, Person("account-2", "p-1")),  # the holder's other account
    ],
)
def test_nobody_approves_their_own(asker: Person, approver: Person) -> None:
    account = opened(person_id="p-1")
    account.request_grant("grant-1", STAFF, asker, "工作需要", AT)
    with pytest.raises(SecondPersonNeeded):
        account.approve_grant("grant-1", approver, AT)
    assert account.grant("grant-1").state == "REQUESTED"


def test_a_refused_grant_stays_refused_and_may_be_asked_for_again() -> None:
    account = opened()
    account.request_grant("grant-1", STAFF, ADMIN, "工作需要", AT)
    with pytest.raises(RoleAlreadyHeld):
        account.request_grant("grant-2", STAFF, ADMIN, "工作需要", AT)
    account.refuse_grant("grant-1", OFFICE, "岗位不符", AT)
    with pytest.raises(GrantStateUnfit):
        account.approve_grant("grant-1", OFFICE, AT)
    account.request_grant("grant-2", STAFF, ADMIN, "岗位已变", AT)
    assert account.grant("grant-1").decision_reason == "岗位不符"
    assert recorded(account)[-2:] == [names.ACCOUNT_ROLE_REFUSED, names.ACCOUNT_ROLE_REQUESTED]


def test_revoking_a_role() -> None:
    account = opened()
    account.grant_at_once("grant-1", STAFF, "BOOTSTRAP", "BOOTSTRAP", AT)
    with pytest.raises(OwnAccount):
        account.revoke_grant("grant-1", Person("account-1"), "离岗", AT)
    with pytest.raises(GrantNotFound):
        account.revoke_grant("grant-9", ADMIN, "离岗", AT)
    account.revoke_grant("grant-1", ADMIN, "离岗", AT)
    with pytest.raises(GrantStateUnfit):
        account.revoke_grant("grant-1", ADMIN, "离岗", AT)
    assert recorded(account)[-1] == names.ACCOUNT_ROLE_REVOKED


def test_the_acting_role_is_the_named_one_or_the_first() -> None:
    account = opened()
    with pytest.raises(NoActiveRole):
        account.choose()
    account.grant_at_once("grant-1", STAFF, "DEMO", "DEMO", AT)
    account.grant_at_once("grant-2", UNIT, "DEMO", "DEMO", AT)
    assert account.choose().id == "grant-1"
    assert account.choose(role="UNIT_OFFICER").id == "grant-2"
    assert account.choose(grant_id="grant-2").id == "grant-2"
    with pytest.raises(RoleNotHeld):
        account.choose(role="UNIT_OFFICER", grant_id="grant-1")
    with pytest.raises(RoleNotHeld):
        account.choose(role="OFFICE")


def test_disabled_by_two_sides_opens_when_both_agree() -> None:
    account = opened()
    account.disable(ADMIN)
    with pytest.raises(AccountStateUnfit):
        account.disable(ADMIN)
    account.follow(heard("REVOKED"), "p-1", None, AT)
    account.enable(ADMIN)
    with pytest.raises(AccountDisabled):
        account.check_enabled()
    with pytest.raises(AccountStateUnfit):
        account.enable(ADMIN)
    assert recorded(account) == [names.ACCOUNT_CREATED, names.ACCOUNT_DISABLED]
    account.follow(heard("ACTIVE", 2), "p-1", None, AT)
    account.check_enabled()
    assert recorded(account)[-1] == names.ACCOUNT_ENABLED


def test_nobody_disables_or_enables_their_own_account() -> None:
    account = opened(person_id="p-office")
    for act in (account.disable, account.enable):
        with pytest.raises(OwnAccount):
            act(OFFICE)


def test_a_code_is_not_for_oneself_nor_for_administrators_nor_for_disabled_accounts() -> None:
    code = OneTimeCode("hash", AT + timedelta(hours=24), "account-office")
    with pytest.raises(OwnAccount):
        opened(person_id="p-office").issue_code(code, OFFICE)
    for role in ("SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"):
        admin = opened()
        admin.grant_at_once("grant-1", RoleScope(role, {}), "BOOTSTRAP", "BOOTSTRAP", AT)
        with pytest.raises(ResetNeedsTwo):
            admin.issue_code(code, OFFICE)
    disabled = opened()
    disabled.disable(ADMIN)
    with pytest.raises(AccountDisabled):
        disabled.issue_code(code, OFFICE)


def test_choosing_a_password_ends_code_and_lock() -> None:
    account = opened()
    account.issue_code(OneTimeCode("hash", AT, "account-office"), OFFICE)
    account.lock(AT + timedelta(minutes=15), AT)
    account.set_password("new-hash")
    assert (account.password, account.code, account.locked_until) == ("new-hash", None, None)
    assert account.events[-1] == (
        names.ACCOUNT_LOCKED,
        {
            "account_id": "account-1",
            "person_id": None,
            "member_id": None,
            "locked_until": AT + timedelta(minutes=15),
        },
    )


def test_following_the_roster_gives_and_takes_roles() -> None:
    account = opened()
    convener = RoleScope("SECTOR_CONVENER", {"sector_group": "group-22"})
    assert account.follow(heard(), "p-1", {"name": "陆晓芸", "phone": "13800000088"}, AT)
    assert (account.label, account.phone, account.member_no) == ("陆晓芸", "13800000088", "15-0088")
    assert active_roles(account) == [("MEMBER", {})]
    standing_member = RoleScope("STANDING_MEMBER", {})
    account.follow(heard(version=2, roles=(standing_member, convener)), "p-1", None, AT)
    assert active_roles(account) == [
        ("STANDING_MEMBER", {}),
        ("SECTOR_CONVENER", {"sector_group": "group-22"}),
    ]
    assert recorded(account) == [
        names.ACCOUNT_CREATED,
        names.ACCOUNT_ROLE_GRANTED,
        names.ACCOUNT_ROLE_REVOKED,
        names.ACCOUNT_ROLE_GRANTED,
        names.ACCOUNT_ROLE_GRANTED,
    ]


def test_a_duplicate_or_older_state_changes_nothing() -> None:
    account = opened()
    account.follow(heard("RESIGNED", 3), "p-1", None, AT)
    before = list(account.events)
    assert not account.follow(heard("RESIGNED", 3), "p-1", None, AT)
    assert not account.follow(heard("ACTIVE", 2), "p-1", {"name": "旧", "phone": "1"}, AT)
    assert account.events == before
    assert active_roles(account) == [(FORMER_MEMBER.role, {"former": "true"})]
    assert account.phone is None


def test_suspension_takes_the_members_roles_only_and_reinstatement_returns_them() -> None:
    account = opened()
    account.grant_at_once("grant-1", STAFF, "DEMO", "DEMO", AT)
    account.follow(heard(), "p-1", None, AT)
    account.follow(heard("SUSPENDED", 2), "p-1", None, AT)
    assert active_roles(account) == [("PROPOSAL_STAFF", {}), ("MEMBER", {"former": "true"})]
    account.follow(heard("ACTIVE", 3), "p-1", None, AT)
    assert active_roles(account) == [("PROPOSAL_STAFF", {}), ("MEMBER", {})]


def test_a_new_term_attaches_to_the_same_account() -> None:
    account = opened()
    account.follow(heard(), "p-1", None, AT)
    newer = Membership("m-16-0044", "16-0044", 16, "ACTIVE", 1, (RoleScope("STANDING_MEMBER", {}),))
    account.follow(newer, "p-1", None, AT)
    account.follow(heard("TERM_ENDED", 5), "p-1", None, AT)
    assert (account.member_id, account.member_no, account.term) == ("m-16-0044", "16-0044", 16)
    assert account.login == "wang.fang"
    assert active_roles(account) == [("STANDING_MEMBER", {})]


def test_the_rosters_roles_are_not_revoked_by_hand() -> None:
    account = opened()
    account.follow(heard(), "p-1", None, AT)
    with pytest.raises(RoleOwnedByRoster):
        account.revoke_grant(account.active_grants[0].id, ADMIN, "无", AT)


def test_the_roster_takes_over_a_demo_member_role() -> None:
    account = opened()
    account.grant_at_once("demo-1", MEMBER, "DEMO", "DEMO", AT)
    account.follow(heard(roles=(RoleScope("STANDING_MEMBER", {}),)), "p-1", None, AT)
    assert active_roles(account) == [("STANDING_MEMBER", {})]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("+86 13800138000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("１５－０１４０", "15-0140"),
        (" Guan\u200b", "guan"),
        ("15-0140\n", "15-0140"),
        ("zhang-san", "zhang-san"),  # no phone: its signs are part of it
        ("23800138000", "23800138000"),
    ],
)
def test_a_sign_in_name_has_one_spelling(typed: str, name: str) -> None:
    assert sign_in_name(typed) == name
