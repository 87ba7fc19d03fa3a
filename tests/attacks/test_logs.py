"""Whoever can read the logs, of all processes and both servers, reads no value of anybody in them.

Secrets that can be recognised go in by the front door; things then go slow and wrong in all ways
that are known to put values into a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import NetworkTimeout, OperationFailure, PyMongoError

from gateway.base import global_id
from shared import contracts
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from shared.contracts import names
from shared.ids import new_id
from shared.messaging.events import dump
from tests.e2e.story import OFFICER, ZJJ, Story
from tests.e2e.test_proposal_to_its_end import assigned, reply
from tests.stack import Stack
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF, World

NOW = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
LU, SHEN = "陆晓芸", "沈建国"
ADMIN = Actor("account-admin", Role.SYSTEM_ADMIN)

SECRETS = {
    "password": "Geheim-Kennwort-4711",
    "wrong password": "Falsches-Kennwort-4712",
    "new password": "Neues-Kennwort-4713",
    "phone": "13987654321",
    "phone that is no number": "1398765432X",
    "id number": "320584198001014718",
    "open id": "oGeheim_openid_4714",
    "title": "关于暗号四七一五的建议",
    "text of a draft": "草稿正文暗号四七一六",
    "contact note": "面商记录暗号四七一七",
    "reason": "不满意理由暗号四七一八",
    "comment": "评价意见暗号四七一九",
    "return comment": "退回意见暗号四七二零",
    "query": "检索暗号四七二一",
    "stored value": "坏数据暗号四七二二",
    "event": "事件暗号四七二三",
    "grade": "DISSATISFIED",
}
S = SECRETS


@pytest.fixture(scope="module")
def story(stack: Stack) -> Story:
    world = World(stack, term=15, session=1, now=NOW)
    world.open()
    for number, name in enumerate((LU, SHEN, "钱文娟"), 901):
        world.member(name, number)
    return Story(world)


@pytest.fixture(scope="module")
def planted(story: Story) -> Iterator[dict[str, str]]:
    """The secrets, with those that the platform has made itself."""
    made = dict(SECRETS)
    for plant in (accounts, people, proposals, refusals, broken, events, database):
        made |= plant(story)
    yield made


def answer(story: Story, actor: Actor, query: str, **variables: Any) -> Any:
    """The answer, refusal or not."""
    return story.world.stack.graphql(query, variables, story.world.stack.token(actor))


def accounts(story: Story) -> dict[str, str]:
    """A phone of two accounts; sign-in by a one-time code, with right and wrong passwords."""
    stack, who = story.world.stack, story.member(LU).member_id
    given = {"label": "日志", "kind": "ORGANISATION", "organisationId": ZJJ, "phone": S["phone"]}
    for _ in range(2):
        made = answer(story, ADMIN, CREATE, input={**given, "login": f"log-{new_id()[:8]}"})
        assert "INTERNAL" not in str(made)
    stored = stack.db("identity")["accounts"]
    eventually(lambda: stored.find_one({"member_id": who}))
    account = stored.find_one({"member_id": who}) or {}
    number = global_id("Account", str(account["_id"]))
    code = str(story.run(OFFICE, "issueResetCode", "code", accountId=number)["code"])

    def sign_in(password: str) -> dict[str, str]:
        given = {"input": {"login": str(who).removeprefix("m-"), "password": password}}
        payload: dict[str, str] = stack.graphql(SIGN_IN, given)["data"]["signIn"]
        return payload

    ticket = sign_in(code)["passwordTicket"]
    chosen = {"newPassword": S["password"], "ticket": ticket}
    assert stack.graphql(CHANGE, {"input": chosen})["data"]["changePassword"]["changed"]
    assert sign_in(S["wrong password"])["errors"]
    tokens = sign_in(S["password"])
    wrong = {"currentPassword": S["wrong password"], "newPassword": S["new password"]}
    stack.graphql(CHANGE, {"input": wrong}, tokens["accessToken"])
    return {
        "reset code": code,
        "ticket": ticket,
        "access token": tokens["accessToken"],
        "refresh token": tokens["refreshToken"],
    }


CREATE = (
    "mutation ($input: CreateAccountInput!) { createAccount(input: $input) { errors { reason } } }"
)
SIGN_IN = """
  mutation ($input: SignInInput!) {
    signIn(input: $input) { accessToken refreshToken passwordTicket errors { reason } }
  }
"""
CHANGE = """
  mutation ($input: ChangePasswordInput!) {
    changePassword(input: $input) { changed errors { reason } }
  }
"""


def people(story: Story) -> dict[str, str]:
    """Private data of a member, one that is malformed; the number of a person, also another's."""
    member = story.gid(SHEN)
    changes = {"phone": S["phone"], "wechatOpenid": S["open id"]}
    story.run(OFFICE, "changeProfile", "member { id }", memberId=member, changes=changes)
    malformed = {"memberId": member, "changes": {"phone": S["phone that is no number"]}}
    assert answer(story, OFFICE, PROFILE, input=malformed)["data"]["changeProfile"]["errors"]
    itself = Actor("service:members", Role.SYSTEM)
    persons = story.world.stack.db("members")["members"]
    for name in (LU, SHEN):
        row = persons.find_one({"_id": story.member(name).member_id})
        assert row is not None
        given = {"person_id": row["person_id"], "id_number": S["id number"]}
        try:
            story.world.stack.call("members", "record_id_number", itself, **given)
        except Exception as error:
            assert name == SHEN, error
    return {}


PROFILE = """
  mutation ($input: ChangeProfileInput!) { changeProfile(input: $input) { errors { reason } } }
"""


def proposals(story: Story) -> dict[str, str]:
    """A case until its sealed grade; a draft that is refused."""
    story.draft(LU, title=S["title"], situation=S["text of a draft"])
    too_long = {"title": S["title"] * 20, "situation": S["text of a draft"] * 2000}
    with pytest.raises(AssertionError):
        story.draft(LU, **too_long)
    proposal = assigned(story)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    met = {"way": "PHONE", "heldOn": NOW.date().isoformat(), "people": "孙燕"}
    story.do(OFFICER, "recordContact", id=proposal, content=S["contact note"], **met)
    reply(story, proposal, 4711, NOW)
    line = {"unitId": ZJJ, "attitude": S["grade"], "result": S["grade"]}
    given = {"lines": [line], "comment": S["comment"], "reason": S["reason"]}
    story.evaluate(LU, proposal, S["grade"], **given)
    again = {"unitId": ZJJ, "attitude": S["grade"], "result": S["grade"]}
    with pytest.raises(AssertionError):
        story.evaluate(LU, proposal, S["grade"], **{**given, "lines": [again]})
    return {}


def refusals(story: Story) -> dict[str, str]:
    """Requests that are no requests, and a search."""
    stack = story.world.stack
    proposal = story.draft(LU)
    with pytest.raises(AssertionError):
        story.do(STAFF, "returnProposal", id=proposal, comment=S["return comment"])
    for body in (
        f'{{"query": "{S["query"]}',
        json.dumps({"query": f'{{ proposals(nothing: "{S["query"]}") {{ totalCount }} }}'}),
        json.dumps({"query": f"query {S['title']}"}),
    ):
        stack.http.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    query = "query ($t: String) { proposals(filter: {text: $t}) { totalCount } }"
    answer(story, DIRECTOR, query, t=S["query"])
    return {}


def broken(story: Story) -> dict[str, str]:
    """Two internal errors: a stored document that cannot be, and a key that nobody expects."""
    stack, stored = story.world.stack, story.world.stack.db("proposals")["proposals"]
    proposal = story.draft(LU, kind="INDIVIDUAL")
    key = story.local(proposal)
    stored.update_one({"_id": key}, {"$set": {"proposer_type": S["stored value"]}})
    found = answer(story, story.member(LU), SUBMIT, input={"id": proposal})
    assert "INTERNAL" in str(found), found
    stored.delete_one({"_id": key})

    texts, title = stack.db("proposals")["texts"], f"{S['title']}{new_id()}"
    of_this = {"title": title}
    texts.create_index("title", name="once", unique=True, partialFilterExpression=of_this)
    try:
        first, second = (story.draft(LU, title=title) for _ in range(2))
        for proposal in (first, second):
            story.invite(LU, proposal, SHEN)
        story.confirm(first, SHEN)
        with pytest.raises(AssertionError, match="INTERNAL"):
            story.confirm(second, SHEN)
    finally:
        texts.drop_index("once")
    eventually(lambda: stack.logged("proposals").count('"event":"rpc_failed"') >= 2)
    return {}


SUBMIT = """
  mutation ($input: SubmitProposalInput!) { submitProposal(input: $input) { errors { reason } } }
"""


def events(story: Story) -> dict[str, str]:
    """One that no consumer can read, one that breaks them."""
    stack = story.world.stack
    stack.publish_raw("members", names.MEMBER_RESIGNED, S["event"].encode())
    sample = contracts.sample_event("members", names.MEMBER_APPOINTED, id=new_id()).to_document()
    sample["data"] = {**sample["data"], "groups": S["event"], "member_id": [S["event"]]}
    stack.publish_raw("members", names.MEMBER_APPOINTED, dump(sample))
    eventually(lambda: stack.logged("performance").count('"event":"event_dead"') >= 2, timeout=30)
    return {}


def database(story: Story) -> dict[str, str]:
    """Slow reads and writes, keys that are taken, an index that cannot be, a client that goes."""
    stack = story.world.stack
    secrets = stack.mongo["logged"]["secrets"]
    secrets.drop()
    secrets.insert_many([{"phone": S["phone"]}, {"phone": S["phone"]}])
    slow = {"$where": "sleep(150) || true", "note": {"$ne": S["reason"]}}
    list(secrets.find(slow))
    secrets.update_many(slow, {"$set": {"text": S["text of a draft"]}})
    with pytest.raises(OperationFailure, match="E11000"):
        secrets.create_index("phone", unique=True)
    secrets.delete_many({})
    secrets.create_index("phone", unique=True)
    secrets.insert_many([{"phone": S["phone"]}, {"phone": "1"}])
    for act in (
        lambda: secrets.insert_one({"phone": S["phone"]}),
        lambda: secrets.update_one({"phone": "1"}, {"$set": {"phone": S["phone"]}}),
        lambda: secrets.find_one_and_update({"phone": "1"}, {"$set": {"phone": S["phone"]}}),
        lambda: list(secrets.aggregate([{"$project": {"n": {"$toDate": "$phone"}}}])),
    ):
        with pytest.raises(PyMongoError):
            act()
    uri = stack.environment["MONGO_URI"]
    with MongoClient[dict[str, Any]](uri, socketTimeoutMS=200, retryReads=False) as impatient:
        very_slow = {**slow, "$where": "sleep(1000) || true"}
        with pytest.raises(NetworkTimeout):
            list(impatient["logged"]["secrets"].find(very_slow))
    # The warnings that cannot be turned off are there, without what they are about.
    for warning in ("findAndModify", "find command", "Aggregate command"):
        eventually(lambda w=warning: re.search(rf'{w}.*"}}', stack.logged("mongod")))  # type: ignore[misc]
    return {}


def test_no_secret_is_in_any_log(planted: dict[str, str], stack: Stack) -> None:
    logs = stack.logs()
    assert {*stack.services, "gateway", "relay", "broker", "mongod"} <= logs.keys()
    found = [
        (name, what, line[:300])
        for name, text in logs.items()
        for line in text.splitlines()
        for what, secret in planted.items()
        if secret in line or json.dumps(secret)[1:-1] in line
    ]
    assert found == []
    assert {"reset code", "ticket", "access token", "refresh token"} <= planted.keys()


def test_an_internal_error_can_still_be_found_in_the_log(
    planted: dict[str, str], stack: Stack
) -> None:
    lines = [json.loads(line) for line in stack.logged("proposals").splitlines()]
    failed = [line for line in lines if line["event"] == "rpc_failed"]
    assert {line["exception"].splitlines()[-1] for line in failed} >= {
        "ValueError",
        "DuplicateKeyError(11000)",
    }
    assert all(line["correlation_id"] and "File " in line["exception"] for line in failed)


def test_the_database_logs_no_slow_operation(planted: dict[str, str], stack: Stack) -> None:
    assert "Slow query" not in stack.logged("mongod")
