"""Identity through the gateway: as a client signs in, renews, acts, and as staff keep accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest

from gateway.ids import global_id
from services.identity.domain.second_factor import STEP
from shared.actor import Actor, Role
from tests.integration.identity.people import (
    ADMIN,
    AUDITOR,
    NEW_PASSWORD,
    OFFICE,
    PASSWORD,
    SECURITY,
    People,
)
from tests.stack import Stack
from tests.waiting import eventually

Json = dict[str, Any]

SIGN_IN = """
mutation ($login: String!, $password: String!, $role: Role) {
  signIn(input: {login: $login, password: $password, role: $role}) {
    accessToken refreshToken expiresAt mustChangePassword passwordTicket
    account { id login label actingRole actingRoleLabel actingGrantId
              roles { id role label scope { kind kindLabel id } } }
    errors { field code message }
  }
}
"""
VIEWER = "{ viewer { account { login actingRole roles { role scope { kind id } } } } }"
SWITCH = """
mutation ($grantId: ID) {
  switchRole(input: {grantId: $grantId}) { accessToken account { actingRole } errors { code } }
}
"""
ACCOUNT_FIELDS = "id login state stateLabel grants { id role state scope { kind id } source }"
UNIT = {"role": "UNIT_LEADER", "scope": {"unit": "unit-slj"}}
STAFF = {"role": "PROPOSAL_STAFF", "scope": {}}


def run(people: People, query: str, token: str | None = None, **variables: Any) -> Json:
    """`data` of an answer without top-level errors."""
    answer = people.stack.graphql(query, variables, token)
    assert "errors" not in answer, answer["errors"]
    data: Json = answer["data"]
    return data


def sign_in(people: People, name: str, password: str = PASSWORD, **variables: Any) -> Json:
    data = run(people, SIGN_IN, login=people.login(name), password=password, **variables)
    answer: Json = data["signIn"]
    return answer


def act(people: People, actor: Actor, mutation: str, **input: Any) -> Json:
    """The payload of a mutation that answers an account."""
    name = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"""mutation ($input: {name}!) {{ {mutation}(input: $input) {{
        account {{ {ACCOUNT_FIELDS} }} errors {{ field code reason message }} }} }}"""
    payload: Json = run(people, query, people.stack.token(actor), input=input)[mutation]
    return payload


def codes(answer: Json) -> list[str]:
    return [error["code"] for error in answer["errors"]]


def test_signing_in_and_looking_at_oneself(people: People) -> None:
    account_id = people.load("wang", STAFF, UNIT)
    answer = sign_in(people, "wang", role="UNIT_LEADER")
    account = answer["account"]
    assert account == {
        "id": global_id("Account", account_id),
        "login": people.login("wang"),
        "label": "wang",
        "actingRole": "UNIT_LEADER",
        "actingRoleLabel": "承办单位负责人",
        "actingGrantId": account["roles"][1]["id"],
        "roles": [
            {
                "id": account["roles"][0]["id"],
                "role": "PROPOSAL_STAFF",
                "label": "提案委工作人员",
                "scope": [],
            },
            {
                "id": account["roles"][1]["id"],
                "role": "UNIT_LEADER",
                "label": "承办单位负责人",
                "scope": [{"kind": "UNIT", "kindLabel": "承办单位", "id": "unit-slj"}],
            },
        ],
    }
    assert (answer["mustChangePassword"], answer["passwordTicket"], answer["errors"]) == (
        False,
        None,
        [],
    )
    viewer = run(people, VIEWER, answer["accessToken"])["viewer"]
    assert viewer["account"]["login"] == people.login("wang")
    switched = run(people, SWITCH, answer["accessToken"], grantId=account["roles"][0]["id"])[
        "switchRole"
    ]
    assert (switched["account"], switched["errors"]) == ({"actingRole": "PROPOSAL_STAFF"}, [])
    seen = run(people, VIEWER, switched["accessToken"])["viewer"]["account"]
    assert seen["actingRole"] == "PROPOSAL_STAFF"


def test_a_wrong_password_is_data(people: People) -> None:
    people.load("wang")
    answer = sign_in(people, "wang", password="wrong")
    assert (answer["accessToken"], answer["account"]) == (None, None)
    assert answer["errors"] == [
        {"field": None, "code": "INVALID_CREDENTIALS", "message": "账号或密码不正确"}
    ]
    for _ in range(4):
        answer = sign_in(people, "wang", password="wrong")
    assert codes(answer) == ["ACCOUNT_LOCKED"]
    assert answer["errors"][0]["message"].startswith("登录失败次数过多，请在")


def test_an_operator_is_no_password(people: People) -> None:
    query = 'mutation { signIn(input: {login: "a", password: {ne: null}}) { errors { code } } }'
    answer = people.stack.graphql(query)
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_the_sign_ins_of_an_account_are_listed_and_ended_by_its_owner(people: People) -> None:
    people.load("wang")
    lost, here = sign_in(people, "wang"), sign_in(people, "wang")
    query = "{ mySignIns { id agent role roleLabel current startedAt lastUsedAt expiresAt } }"
    listed = run(people, query, here["accessToken"])["mySignIns"]
    assert [(row["role"], row["roleLabel"]) for row in listed] == [
        ("PROPOSAL_STAFF", "提案委工作人员")
    ] * 2
    assert {row["agent"] for row in listed} == {people.stack.http.headers["user-agent"]}
    assert all(row["startedAt"] <= row["lastUsedAt"] < row["expiresAt"] for row in listed)
    [other] = [row["id"] for row in listed if not row["current"]]
    end = "mutation ($id: ID!) { endSignIn(input: {signInId: $id}) { signedOut errors { code } } }"
    ended = run(people, end, here["accessToken"], id=other)["endSignIn"]
    assert ended == {"signedOut": 1, "errors": []}
    [left] = run(people, query, here["accessToken"])["mySignIns"]
    assert left["current"]

    def refused() -> bool:
        answer = people.stack.graphql(VIEWER, {}, lost["accessToken"])
        return bool(answer.get("errors")) and (
            answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        )

    eventually(refused)
    alien = people.stack.graphql(end, {"id": left["id"]}, people.stack.token(ADMIN))
    assert alien["errors"][0]["extensions"]["code"] == "SESSION_NOT_FOUND"


def test_refreshing_and_signing_out(people: People) -> None:
    people.load("wang")
    first = sign_in(people, "wang")
    refresh = "mutation ($t: String!) { refresh(input: {refreshToken: $t}) { "
    refresh += "accessToken refreshToken errors { code } } }"
    renewed = run(people, refresh, t=first["refreshToken"])["refresh"]
    out = run(
        people,
        "mutation { signOut(input: {}) { signedOut errors { code } } }",
        renewed["accessToken"],
    )
    assert out == {"signOut": {"signedOut": 1, "errors": []}}
    ended = run(people, refresh, t=renewed["refreshToken"])["refresh"]
    assert (ended["accessToken"], codes(ended)) == (None, ["SESSION_ENDED"])
    again = sign_in(people, "wang")
    everywhere = run(
        people,
        "mutation { signOutEverywhere(input: {}) { signedOut errors { code } } }",
        again["accessToken"],
    )
    assert everywhere == {"signOutEverywhere": {"signedOut": 1, "errors": []}}


def test_an_account_from_opening_to_its_first_sign_in(people: People) -> None:
    login = people.login("li")
    opened = act(people, ADMIN, "createAccount", login=login, label="李娜", kind="PERSON")
    id = opened["account"]["id"]
    assert (opened["account"]["state"], opened["account"]["stateLabel"]) == ("ACTIVE", "正常")
    scope = [{"kind": "UNIT", "id": "unit-slj"}]
    asked = act(
        people,
        ADMIN,
        "requestRoleGrant",
        accountId=id,
        role="UNIT_OFFICER",
        scope=scope,
        reason="区水利局联络员",
    )
    [grant] = asked["account"]["grants"]
    assert (grant["state"], grant["scope"]) == ("REQUESTED", scope)
    granted = act(people, OFFICE, "approveRoleGrant", grantId=grant["id"])
    assert granted["account"]["grants"] == [{**grant, "state": "GRANTED"}]
    issue = """mutation ($id: ID!) { issueResetCode(input: {accountId: $id}) {
        code expiresAt account { login } errors { code } } }"""
    issued = run(people, issue, people.stack.token(OFFICE), id=id)["issueResetCode"]
    assert (issued["account"], issued["errors"]) == ({"login": login}, [])
    answer = sign_in(people, "li", password=issued["code"])
    assert (answer["mustChangePassword"], answer["accessToken"]) == (True, None)
    change = """mutation ($ticket: String!, $new: String!) {
        changePassword(input: {ticket: $ticket, newPassword: $new}) {
            changed errors { field code } } }"""
    short = run(people, change, ticket=answer["passwordTicket"], new="short")["changePassword"]
    assert short["errors"] == [{"field": "newPassword", "code": "PASSWORD_TOO_SHORT"}]
    done = run(people, change, ticket=answer["passwordTicket"], new=NEW_PASSWORD)
    assert done["changePassword"] == {"changed": True, "errors": []}
    assert sign_in(people, "li", password=NEW_PASSWORD)["account"]["actingRole"] == "UNIT_OFFICER"


def test_redeeming_a_code(people: People) -> None:
    account_id = people.load("wang", {"role": "UNIT_OFFICER", "scope": {"unit": "unit-slj"}})
    code = people.call("issue_reset_code", OFFICE, account_id=account_id)["code"]
    redeem = """mutation ($login: String!, $code: String!, $new: String!) {
        redeemResetCode(input: {login: $login, code: $code, newPassword: $new}) {
            changed errors { code } } }"""
    given = {"login": people.login("wang"), "new": NEW_PASSWORD}
    wrong = run(people, redeem, code="AAAA-AAAA-AAAA", **given)["redeemResetCode"]
    assert codes(wrong) == ["INVALID_CREDENTIALS"]
    right = run(people, redeem, code=code, **given)["redeemResetCode"]
    assert right == {"changed": True, "errors": []}


def test_a_reset_by_two_persons_and_what_it_holds_back(people: People) -> None:
    office = {"role": "OFFICE", "scope": {}}
    id = global_id("Account", people.load("wang", office))
    issue = """mutation ($id: ID!) { issueResetCode(input: {accountId: $id}) {
        code errors { code } } }"""
    alone = run(people, issue, people.stack.token(OFFICE), id=id)["issueResetCode"]
    assert (alone["code"], codes(alone)) == (None, ["RESET_NEEDS_TWO"])
    ask = {"accountId": id, "reason": "本人遗失密码"}
    for _ in range(2):
        asked = act(people, OFFICE, "requestPasswordReset", **ask)
        refused = act(people, SECURITY, "refusePasswordReset", **ask)
        assert (asked["errors"], refused["errors"]) == ([], [])
    assert codes(act(people, SECURITY, "refusePasswordReset", **ask)) == ["RESET_NOT_REQUESTED"]
    act(people, SECURITY, "requestPasswordReset", **ask)
    node = """query ($id: ID!) { node(id: $id) { ... on Account {
        reset { reason requestedAt requester { id } } } } }"""
    waiting = run(people, node, people.stack.token(SECURITY), id=id)["node"]["reset"]
    assert waiting["reason"] == "本人遗失密码"
    approve = """mutation ($id: ID!) { approvePasswordReset(input: {accountId: $id}) {
        code expiresAt account { login } errors { code } } }"""
    own = run(people, approve, people.stack.token(SECURITY), id=id)["approvePasswordReset"]
    assert (own["code"], codes(own)) == (None, ["SECOND_PERSON_NEEDED"])
    other = Actor("account-security-2", Role.SECURITY_ADMIN)
    given = run(people, approve, people.stack.token(other), id=id)["approvePasswordReset"]
    assert (given["account"], given["errors"]) == ({"login": people.login("wang")}, [])
    people.call(
        "redeem_code", login=people.login("wang"), code=given["code"], new_password=NEW_PASSWORD
    )
    token = sign_in(people, "wang", password=NEW_PASSWORD)["accessToken"]
    holder = global_id("Account", people.load("li", STAFF))
    wanted = act(
        people, ADMIN, "requestRoleGrant", accountId=holder, role="INFO_EDITOR", reason="信息"
    )
    grant = {"grantId": wanted["account"]["grants"][-1]["id"]}
    query = """mutation ($input: ApproveRoleGrantInput!) { approveRoleGrant(input: $input) {
        account { id } errors { code } } }"""
    held = people.stack.graphql(query, {"input": grant}, token)
    assert held["errors"][0]["extensions"]["code"] == "APPROVAL_HELD"
    approved = act(people, OFFICE, "approveRoleGrant", **grant)
    assert approved["account"]["grants"][-1]["state"] == "GRANTED"


def test_nobody_is_two_of_the_three_administrators(people: People) -> None:
    id = global_id("Account", people.load("wang", {"role": "AUDIT_ADMIN", "scope": {}}))
    ask = {"accountId": id, "reason": "工作需要"}
    apart = act(people, ADMIN, "requestRoleGrant", role="SECURITY_ADMIN", **ask)
    assert [(e["field"], e["code"]) for e in apart["errors"]] == [("role", "ADMINISTRATORS_APART")]
    assert act(people, ADMIN, "requestRoleGrant", role="SUPERVISOR", **ask)["errors"] == []


def test_refusals_of_grants_are_data(people: People) -> None:
    id = global_id("Account", people.load("wang", STAFF))
    ask = {"accountId": id, "reason": "工作需要"}
    unfit = act(people, ADMIN, "requestRoleGrant", role="UNIT_OFFICER", **ask)
    assert [(e["field"], e["code"]) for e in unfit["errors"]] == [("scope", "SCOPE_MISMATCH")]
    member = act(people, ADMIN, "requestRoleGrant", role="MEMBER", **ask)
    assert codes(member) == ["ROLE_NOT_GRANTABLE"]
    asked = act(people, OFFICE, "requestRoleGrant", role="INFO_EDITOR", **ask)
    grant_id = asked["account"]["grants"][-1]["id"]
    own = act(people, OFFICE, "approveRoleGrant", grantId=grant_id)
    assert (own["account"], codes(own)) == (None, ["SECOND_PERSON_NEEDED"])
    other = Actor("account-office-2", OFFICE.role)
    refused = act(people, other, "refuseRoleGrant", grantId=grant_id, reason="岗位不符")
    assert refused["account"]["grants"][-1]["state"] == "REFUSED"
    revoked = act(
        people,
        ADMIN,
        "revokeRole",
        grantId=refused["account"]["grants"][0]["id"],
        reason="离岗",
    )
    assert revoked["account"]["grants"][0]["state"] == "REVOKED"


def test_disabling_and_enabling(people: People) -> None:
    id = global_id("Account", people.load("wang"))
    given = {"accountId": id, "reason": "调离"}
    assert act(people, ADMIN, "disableAccount", **given)["account"]["stateLabel"] == "停用"
    assert codes(act(people, ADMIN, "disableAccount", **given)) == ["ACCOUNT_STATE_UNFIT"]
    assert codes(sign_in(people, "wang")) == ["ACCOUNT_DISABLED"]
    assert act(people, ADMIN, "enableAccount", **given)["account"]["state"] == "ACTIVE"


def test_staff_lists_and_nodes(people: People) -> None:
    ids = [people.load(f"{people.key}-{n}") for n in range(3)]
    token = people.stack.token(OFFICE)
    query = """query ($search: String!, $after: String) {
        accounts(filter: {search: $search}, first: 2, after: $after) {
            totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }"""
    first = run(people, query, token, search=people.key)["accounts"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    after = first["pageInfo"]["endCursor"]
    rest = run(people, query, token, search=people.key, after=after)["accounts"]
    listed = [edge["node"]["id"] for edge in first["edges"] + rest["edges"]]
    assert listed == [global_id("Account", id) for id in ids]
    node = "query ($id: ID!) { node(id: $id) { ... on Account { login grants { id } } "
    node += "... on RoleGrant { role account { id } requester { id } } } }"
    account = run(people, node, token, id=listed[0])["node"]
    grant = run(people, node, token, id=account["grants"][0]["id"])["node"]
    assert grant == {
        "role": "PROPOSAL_STAFF",
        "account": {"id": listed[0]},
        "requester": None,
    }
    own = people.stack.token(Actor(ids[0], Role.MEMBER))
    assert run(people, node, own, id=listed[0])["node"]["login"] == account["login"]
    others = people.stack.graphql(node, {"id": listed[1]}, own)
    assert others["errors"][0]["extensions"]["code"] == "ACCOUNT_NOT_FOUND"


def test_the_sign_in_audit(people: People) -> None:
    account_id = people.load("wang")
    sign_in(people, "wang", password="wrong")
    sign_in(people, "wang")
    query = """query ($filter: SignInAuditFilter) { signInAudit(filter: $filter) {
        totalCount edges { node {
            kind kindLabel role code account { login } details { name value } } } } }"""
    mine = {"accountId": global_id("Account", account_id)}
    seen = run(people, query, people.stack.token(AUDITOR), filter=mine)["signInAudit"]
    wang = {"login": people.login("wang")}
    assert [edge["node"] for edge in seen["edges"]] == [
        {
            "kind": "SUCCESS",
            "kindLabel": "登录成功",
            "role": "PROPOSAL_STAFF",
            "code": None,
            "account": wang,
            "details": [],
        },
        {
            "kind": "FAILURE",
            "kindLabel": "登录失败",
            "role": None,
            "code": "INVALID_CREDENTIALS",
            "account": wang,
            "details": [],
        },
    ]
    bare = run(people, query, people.stack.token(ADMIN), filter=mine)["signInAudit"]
    hidden = [(edge["node"]["code"], edge["node"]["details"]) for edge in bare["edges"]]
    assert hidden == [(None, None), (None, None)]
    failures = {**mine, "kind": "FAILURE"}
    counted = run(people, query, people.stack.token(AUDITOR), filter=failures)["signInAudit"]
    assert counted["totalCount"] == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (VIEWER, "UNAUTHENTICATED"),
        ("{ accounts { totalCount } }", "UNAUTHENTICATED"),
        ("{ signInAudit { totalCount } }", "UNAUTHENTICATED"),
        ("mutation { signOut(input: {}) { signedOut } }", "UNAUTHENTICATED"),
    ],
)
def test_a_visitor_must_sign_in(people: People, query: str, code: str) -> None:
    answer = people.stack.graphql(query)
    assert answer["errors"][0]["extensions"]["code"] == code


def test_a_member_is_no_staff(people: People) -> None:
    token = people.stack.token(Actor("account-member", Role.MEMBER))
    answer = people.stack.graphql("{ accounts { edges { cursor } } }", token=token)
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


# -- second factor ---------------------------------------------------------------------------

TOKENS = "accessToken account { actingRole } errors { field code }"
STEPS = f"mustGiveCode mustSetSecondFactor factorTicket {TOKENS}"


def secret_step(
    people: People, mutation: str, shown: str, token: str | None = None, **given: Any
) -> Json:
    """The payload of a mutation that takes a secret."""
    name = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ {shown} }} }}"
    payload: Json = run(people, query, token, input=given)[mutation]
    return payload


def app(secret: str, steps: int) -> str:
    """What the app shows so many steps from now."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + steps * STEP)


def test_who_decides_sets_up_a_second_factor_and_is_asked_for_it(stack: Stack) -> None:
    people = People(stack)
    people.load("zhou", STAFF)
    accounts = stack.db("identity")["accounts"]
    accounts.update_one({"login": people.login("zhou")}, {"$set": {"demo": False}})
    who = {"login": people.login("zhou"), "password": PASSWORD}

    first = secret_step(people, "signIn", STEPS, **who)
    assert (first["mustSetSecondFactor"], first["accessToken"]) == (True, None)
    ticket = {"factorTicket": first["factorTicket"]}
    begun = secret_step(people, "beginSecondFactor", "secret uri errors { code }", **ticket)
    assert begun["uri"].startswith("otpauth://totp/")
    code = app(begun["secret"], -1)
    shown = f"recoveryCodes {TOKENS}"
    done = secret_step(people, "confirmSecondFactor", shown, code=code, **ticket)
    assert done["account"] == {"actingRole": "PROPOSAL_STAFF"}
    assert len(done["recoveryCodes"]) == 10
    token = done["accessToken"]
    viewer = run(people, "{ viewer { account { secondFactor recoveryCodesLeft } } }", token)
    assert viewer["viewer"]["account"] == {"secondFactor": True, "recoveryCodesLeft": 10}

    again = secret_step(people, "signIn", STEPS, **who)
    assert (again["mustGiveCode"], again["accessToken"]) == (True, None)
    ticket = {"factorTicket": again["factorTicket"]}
    wrong = secret_step(people, "completeSignIn", TOKENS, code=code, **ticket)
    assert wrong["errors"] == [{"field": "code", "code": "SECOND_FACTOR_WRONG"}]
    code = app(begun["secret"], 0)
    entered = secret_step(people, "completeSignIn", TOKENS, code=code, **ticket)
    assert entered["accessToken"]
    renewed = secret_step(
        people, "renewRecoveryCodes", "recoveryCodes", token, code=done["recoveryCodes"][0]
    )
    assert len(renewed["recoveryCodes"]) == 10
    kept = secret_step(people, "dropSecondFactor", "dropped errors { code }", token, code="000000")
    assert kept == {"dropped": None, "errors": [{"code": "SECOND_FACTOR_NEEDED"}]}


def test_a_member_takes_a_second_factor_and_gives_it_up(stack: Stack) -> None:
    people = People(stack)
    people.load("lu", {"role": "MEMBER", "scope": {}})
    token = sign_in(people, "lu")["accessToken"]
    begun = secret_step(
        people, "beginSecondFactor", "secret errors { code }", token, currentPassword=PASSWORD
    )
    set_up = secret_step(
        people,
        "confirmSecondFactor",
        "recoveryCodes accessToken",
        token,
        code=app(begun["secret"], 0),
    )
    assert (len(set_up["recoveryCodes"]), set_up["accessToken"]) == (10, None)
    given = {"code": app(begun["secret"], 1)}
    dropped = secret_step(people, "dropSecondFactor", "dropped errors { code }", token, **given)
    assert dropped == {"dropped": True, "errors": []}
    assert sign_in(people, "lu")["accessToken"]
    account = stack.db("identity")["accounts"].find_one({"login": people.login("lu")})
    assert account is not None and begun["secret"] not in str(account)
