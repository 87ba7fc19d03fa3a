"""One demo account for every role, with one password that is no secret."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deploy.local import demo
from deploy.local.demo_data import accounts, people
from deploy.local.demo_data.clients import DemoError
from deploy.local.options import ROOT
from services.identity.commands.demo import load_demo_accounts
from services.identity.domain.roles import SIDES, check_grantable, roles_of
from services.members.repository.master_data import organisation_rows
from shared import settings
from shared.actor import Role
from shared.operations.arguments import form, inputs_of

ALL = accounts.accounts()
STAFF = [account for account in ALL if account.member_no is None]
MEMBERS = [account for account in ALL if account.member_no]


def test_every_role_but_the_public_and_the_system() -> None:
    assert {account.role for account in ALL} == {r.value for r in Role} - {"PUBLIC", "SYSTEM"}
    assert len({account.login for account in ALL}) == len(ALL)


def test_the_members_of_the_scenarios_sign_in_by_their_number() -> None:
    assert [account.login for account in MEMBERS[:4]] == [
        "15-0088",
        "15-0031",
        "15-0140",
        "15-0102",
    ]
    assert [account.label for account in MEMBERS[:4]] == ["陆晓芸", "沈建国", "钱文娟", "顾梅"]


def test_what_identity_is_asked_for() -> None:
    entries = [account.request(accounts.password()) for account in ALL]
    parsed = form("demo", inputs_of(load_demo_accounts)).parse({"accounts": entries})
    assert len(parsed["accounts"]) == len(ALL)
    assert entries[0] == {
        "login": "15-0088",
        "label": "陆晓芸",
        "password": "Wujiang-2017",
        "person_id": "p-15-0088",
        "member_id": "m-15-0088",
        "roles": [],
    }


@pytest.mark.parametrize("account", STAFF, ids=lambda account: account.login)
def test_roles_of_staff_can_be_granted_and_their_scopes_exist(
    account: accounts.DemoAccount,
) -> None:
    check_grantable(account.role, account.scope)
    ids = {row["id"] for row in organisation_rows()}
    assert set(account.scope.values()) <= ids | SIDES


@pytest.mark.parametrize("account", MEMBERS, ids=lambda account: account.login)
def test_roles_of_members_follow_from_their_posts(account: accounts.DemoAccount) -> None:
    fixtures = {row["name"]: row for row in people.data("roster")["fixtures"]}
    person = fixtures[account.label]
    posts = [_post(text) for text in person["posts"]]
    held = roles_of(posts, {"sector": person["sector"]})
    assert account.role in {role.role for role in held}


def _post(text: str) -> dict[str, str]:
    kind, _, organisation = text.partition("@")
    return {"post": kind, **({"organisation": organisation} if organisation else {})}


def test_the_units_of_the_scenarios_have_accounts() -> None:
    units = {account.scope["unit"] for account in STAFF if "unit" in account.scope}
    assert units >= {"unit-slj", "unit-zjj", "unit-hbj", "unit-scjgj", "unit-hygs"}


def test_two_people_of_the_office_for_what_needs_two() -> None:
    assert len([account for account in STAFF if account.role == "OFFICE"]) == 2


def test_the_table_is_aligned() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.local.demo", "--accounts"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    head, first, *rest = done.stdout.splitlines()
    assert head.split() == ["login", "password", "role", "name"]
    assert first.split() == ["15-0088", "Wujiang-2017", "MEMBER", "陆晓芸"]
    assert len(rest) == len(ALL) - 1
    assert first.index("Wujiang-2017") == head.index("password")


def test_production_is_refused_before_anything_is_touched() -> None:
    process = settings.read({"ENVIRONMENT": "production", "KEYS_DIR": "/nowhere"})
    said: list[str] = []
    with pytest.raises(DemoError, match="never loaded in production"):
        demo.load(process, said.append)
    assert said == []


def test_the_steps_are_a_list_to_add_to() -> None:
    assert [label for label, _ in demo.STEPS][:5] == [
        "clock",
        "accounts",
        "term 15 and its first session",
        "330 members",
        "roles of the members' accounts",
    ]
