"""What the demo data hold, and that loading them again does no harm.

The last file of its folder, for its last test ends the term.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.local import demo
from deploy.local.demo_data import accounts, people
from deploy.local.demo_data.clients import DemoError, Gateway
from deploy.local.options import ROOT
from shared import settings
from shared.clock import Clock
from tests.demo.conftest import Loaded
from tests.stack import Stack
from tests.waiting import eventually
from tests.world import OFFICE

pytestmark = pytest.mark.timeout(400)  # one load of everything; minutes where the cores are shared


def gateway(stack: Stack, account: accounts.DemoAccount) -> Gateway:
    signed_in = Gateway(settings.read(stack.environment))
    signed_in.sign_in(account.login, accounts.password(), account.role)
    return signed_in


def office(stack: Stack) -> Gateway:
    [account, *_] = [a for a in accounts.accounts() if a.role == "OFFICE"]
    return gateway(stack, account)


def run(stack: Stack, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.local.demo", *arguments],
        cwd=ROOT,
        env={**stack.environment, **environment},
        capture_output=True,
        text=True,
    )


def snapshot(stack: Stack) -> dict[str, Any]:
    """Everything that a load writes, as versions and counts."""
    members = stack.db("members")
    return {
        "members": {d["_id"]: d["version"] for d in members["members"].find({}, {"version": 1})},
        "terms": {d["_id"]: d["version"] for d in members["terms"].find({}, {"version": 1})},
        "accounts": stack.db("identity")["accounts"].count_documents({}),
    }


def test_the_clock_shows_the_day_before_the_plenary(demo_platform: Loaded) -> None:
    assert timedelta(0) <= demo_platform.opened_at - demo.STARTS_AT < timedelta(minutes=10)
    session = office(demo_platform.stack).ask(
        "{ currentTerm { no state sectors { code } } currentSession { no opensAt cutOffAt } }"
    )
    assert (session["currentTerm"]["no"], len(session["currentTerm"]["sectors"])) == (15, 30)
    assert session["currentSession"] == {
        "no": 1,
        "opensAt": "2016-10-10T00:00:00+08:00",
        "cutOffAt": "2017-02-09T17:00:00+08:00",
    }


def test_the_roster_is_complete(loaded: Stack) -> None:
    docs = list(loaded.db("members")["members"].find())
    posts = Counter(held["post"] for doc in docs for held in doc["posts"])
    assert (len(docs), {doc["state"] for doc in docs}) == (330, {"ACTIVE"})
    assert posts == {
        "STANDING_MEMBER": 60,
        "SUPERVISOR": 20,
        "CONVENER": 19,
        "COMMITTEE_DEPUTY_DIRECTOR": 14,
        "TOWN_GROUP_HEAD": 8,
        "COMMITTEE_DIRECTOR": 7,
        "VICE_CHAIR": 5,
        "CHAIR": 1,
        "SECRETARY_GENERAL": 1,
    }
    assert len({doc["sector"]["code"] for doc in docs}) == 30
    assert len({doc["town"] for doc in docs} - {None}) == 8
    assert len({doc["name"] for doc in docs}) == 330


@pytest.mark.parametrize(
    ("name", "member_no", "sector"),
    [
        ("陆晓芸", "15-0088", "经济界"),
        ("沈建国", "15-0031", "民建"),
        ("钱文娟", "15-0140", "医药卫生界"),
        ("顾梅", "15-0102", "九三学社"),
        ("吴志刚", "15-0012", "工商联"),
        ("周立新", "15-0002", "中国共产党"),
    ],
)
def test_the_people_of_the_scenarios(loaded: Stack, name: str, member_no: str, sector: str) -> None:
    query = """query($text: String) { members(filter: {text: $text}) {
        edges { node { memberNo name sector { shortName } } } } }"""
    found = office(loaded).ask(query, text=name)["members"]["edges"]
    assert found == [
        {"node": {"memberNo": member_no, "name": name, "sector": {"shortName": sector}}}
    ]


@pytest.mark.parametrize("account", accounts.accounts(), ids=lambda account: account.login)
def test_every_account_signs_in_with_its_role(loaded: Stack, account: Any) -> None:
    viewer = gateway(loaded, account).ask("{ viewer { account { label actingRole } } }")["viewer"]
    assert viewer["account"]["actingRole"] == account.role
    assert viewer["account"]["label"] == account.label


def test_a_member_sees_the_own_file(loaded: Stack) -> None:
    [lu, *_] = accounts.accounts()
    query = "{ viewer { member { memberNo name privateData(reveal: true) { phone } } } }"
    assert gateway(loaded, lu).ask(query)["viewer"]["member"] == {
        "memberNo": "15-0088",
        "name": "陆晓芸",
        "privateData": {"phone": "10000000088"},
    }


def test_what_is_asked_of_an_area_finds_consultations_and_motions(loaded: Stack) -> None:
    """By codes of the taxonomy, for whom the plan was made (7.3, decision 56)."""
    shown = "edges { node { title } }"
    query = f"""{{ consultations(filter: {{topicCode: "ECONOMY"}}) {{ {shown} }}
                  motions(filter: {{topicCode: "LIVELIHOOD"}}) {{ {shown} }} }}"""
    found = loaded.graphql(query, {}, loaded.token(OFFICE))["data"]
    titles = {name: [edge["node"]["title"] for edge in found[name]["edges"]] for name in found}
    assert sorted(titles["consultations"]) == ["建设创新生态体系", "开发地方特色旅游"]
    assert titles["motions"] == ["关于加强老旧住宅小区二次供水的建议案"]


def test_a_second_load_changes_nothing(loaded: Stack) -> None:
    before = snapshot(loaded)
    clock = Clock(loaded.mongo, settings.read(loaded.environment))
    clock.move_to(demo.STARTS_AT + timedelta(days=30))
    done = run(loaded)
    assert (done.returncode, done.stderr) == (0, "")
    assert snapshot(loaded) == before
    assert clock.now() > demo.STARTS_AT + timedelta(days=29)


def test_a_load_goes_on_where_it_broke_off(loaded: Stack) -> None:
    members = loaded.db("members")
    before = members["members"].find_one({"_id": "m-15-0014"})
    assert before is not None and before["posts"]
    for name, key in (("members", "m-15-0014"), ("persons", "p-15-0014")):
        members[name].delete_one({"_id": key})
    assert run(loaded).returncode == 0
    after = members["members"].find_one({"_id": "m-15-0014"})
    assert after is not None
    assert {k: after[k] for k in ("name", "posts", "state", "version")} == {
        k: before[k] for k in ("name", "posts", "state", "version")
    }


def test_a_repeated_command_gives_the_first_result(loaded: Stack) -> None:
    wanted = {p.number: p for p in people.roster(_groups(loaded))}[200]
    nomination = wanted.nomination(15)
    payload = office(loaded).do("nominateMember", nomination, "member { memberNo state }")
    assert payload["member"] == {"memberNo": "15-0200", "state": "ACTIVE"}
    with pytest.raises(DemoError, match="该委员证号已被使用"):
        office(loaded).do("nominateMember", {**nomination, "name": "另一人"})


def _groups(stack: Stack) -> dict[str, str]:
    rows = stack.db("members")["organisations"].find({"kind": "SECTOR_GROUP"})
    return {code: row["_id"] for row in rows for code in row["sectors"]}


def test_production_is_refused(loaded: Stack, tmp_path: Path) -> None:
    done = run(loaded, ENVIRONMENT="production")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "demo data not loaded: demo data are never loaded in production\n"


def test_the_end_of_the_term_ends_every_membership(loaded: Stack) -> None:
    """The last of these tests: nobody is a member after it."""
    office(loaded).do("closeTerm", {"no": 15}, "term { stateLabel }")
    members, log = loaded.db("members")["members"], loaded.db("members")["event_log"]

    def all_ended() -> bool:
        ended = members.count_documents({"term": 15, "state": "TERM_ENDED"})
        published = log.count_documents({"type": "member_term_ended"})
        return (ended, published) == (330, 330)

    eventually(all_ended, timeout=60)
    closed = {"no": 15, "state": "CLOSED"}
    eventually(lambda: loaded.db("members")["terms"].find_one(closed), timeout=30)
    subjects = log.distinct("subject", {"type": "member_term_ended"})
    assert len(subjects) == 330
    nominee = people.roster(_groups(loaded))[0].nomination(15)
    with pytest.raises(DemoError, match="该届已结束"):
        office(loaded).do("nominateMember", {**nominee, "memberNo": "15-0999"})
