"""A member's messages: bound by the office's code, invited to co-sign, at night, and no more."""

from __future__ import annotations

from datetime import datetime

import pytest
from graphql_relay import to_global_id

from tests.integration.outward.world import NOON, OFFICE, World
from tests.stack import Document
from tests.waiting import eventually
from tests.world import World as Term

ISSUE = """mutation ($id: ID!) { issueWechatCode(input: {accountId: $id}) {
  code url errors { code } } }"""
SHEN, LU = 731, 788  # member numbers of this story alone
START = datetime.fromisoformat("2017-02-06T09:00:00+08:00")


@pytest.fixture
def term(world: World) -> Term:
    opened = Term(world.stack, 15, 1, START)
    opened.open()
    return opened


def account_of(world: World, member_id: str) -> str:
    accounts = world.stack.db("identity")["accounts"]
    found = eventually(lambda: accounts.distinct("_id", {"member_id": member_id}))
    world.wait_for(found[0])
    return str(found[0])


def test_a_member_is_reached_where_the_roster_and_he_say(world: World, term: Term) -> None:
    lu, shen = term.member("陆晓芸", LU), term.member("沈建国", SHEN)
    account = account_of(world, str(shen.member_id))
    phone = f"13815{SHEN:06d}"
    world.stack.move_clock(NOON)

    # He has never signed in: the office hands him a code, he writes it to the official account.
    global_id = to_global_id("Account", account)
    issued = world.graphql(ISSUE, OFFICE, id=global_id)["issueWechatCode"]
    assert issued["errors"] == []
    assert world.write("openid-shen", issued["code"]).startswith("绑定成功")
    assert world.code_of(ISSUE, lu, id=global_id) == "FORBIDDEN"

    # She invites him: WeChat at once, and a text message to the number of the roster.
    draft = term.draft(lu, proposer_type="JOINT")
    term.call("invite_cosigner", lu, proposal_id=draft["id"], member_id=shen.member_id)
    eventually(lambda: "联名邀请" in world.chats("openid-shen"))
    eventually(lambda: world.texts(phone) == ["联名邀请"])
    [sms] = [each for each in world.sms.sent if each.phone == phone]
    assert (
        sms.values["text"]
        == "邀请您联名提案《关于加强老旧住宅小区二次供水的建议》，请在联名截止前…"
    )
    looks = world.stack.db("members")["audit"]
    look = {
        "action": "look_at_contact",
        "subject": shen.member_id,
        "account_id": "service:notifications",
    }
    eventually(lambda: looks.find_one(look))
    for name, log in world.stack.logs().items():
        if name not in ("mongod", "broker"):
            assert phone not in log, name

    # He is no more: nothing is sent, whatever is told.
    died: Document = {"member_id": shen.member_id, "died_on": "2017-02-07"}
    world.stack.call("members", "record_death", OFFICE, **died)
    people = world.stack.db("notifications")["people"]
    eventually(lambda: (people.find_one({"_id": account}) or {}).get("off", 0) < 0)
    before = len(world.deliveries(account))
    world.tell(account, version=99)
    other = world.account("13900000099")
    world.tell(other)
    world.reaches(other, "SMS", "SENT")
    assert len(world.deliveries(account)) == before
