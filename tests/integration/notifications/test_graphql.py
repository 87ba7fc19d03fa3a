"""The inbox and the to-dos through the gateway, as web and mobile see them."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.ids import global_id
from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event
from tests.integration.notifications.case import DIRECTOR, TITLE, Case
from tests.stack import Document, Stack
from tests.waiting import eventually

INBOX = """
query Inbox($first: Int, $after: String, $unreadOnly: Boolean, $kind: TodoKind) {
  viewer {
    unreadCount
    notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        cursor
        node {
          id category categoryLabel title text unread readAt occurredOn
          link { kind kindLabel id }
        }
      }
    }
    todos(kind: $kind) {
      totalCount
      edges { node { id kind kindLabel text dueAt openedAt link { kind id } } }
    }
    todoCount
    todoCounts { kind kindLabel count }
  }
}
"""
MARK = """
mutation Mark($input: MarkNotificationsReadInput!) {
  markNotificationsRead(input: $input) {
    notifications { id unread }
    unreadCount
    errors { field code message }
  }
}
"""
MARK_ALL = """
mutation MarkAll($input: MarkAllNotificationsReadInput!) {
  markAllNotificationsRead(input: $input) { unreadCount errors { code } }
}
"""
NODE = "query Node($id: ID!) { node(id: $id) { __typename id ... on Notification { title } } }"


@pytest.fixture
def case(stack: Stack) -> Case:
    """Member 2 has been invited twice, the first proposer has to decide on a shortfall."""
    made = Case(stack)
    made.publish(
        made.event("proposal_cosign_invited", 2),
        made.event("proposal_cosign_shortfall_opened", 4),
        made.event("proposal_cosign_invited", 5),
    )
    eventually(lambda: len(made.inbox(made.actor(2))) == 2 and made.todos(made.actor(1)))
    return made


def ask(case: Case, actor: Actor | None, document: str, **variables: Any) -> Document:
    token = case.stack.token(actor) if actor else None
    return case.stack.graphql(document, variables, token)


def viewer(case: Case, actor: Actor, **variables: Any) -> Document:
    answer = ask(case, actor, INBOX, **variables)
    assert "errors" not in answer
    found: Document = answer["data"]["viewer"]
    return found


def message_id(case: Case, version: int) -> str:
    member = case.member(2)
    local = f"proposal_cosign_invited:{case.proposal}:{version}:{member}:member:{member}"
    return global_id("Notification", local)


def test_messages(case: Case) -> None:
    found = viewer(case, case.actor(2), first=1)
    assert found["unreadCount"] == 2
    page = found["notifications"]
    assert page["totalCount"] == 2
    (edge,) = page["edges"]
    rest = viewer(case, case.actor(2), first=1, after=edge["cursor"])["notifications"]
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    nodes = {e["node"].pop("id"): e["node"] for e in (edge, *rest["edges"])}
    expected = {
        "category": "COSIGNATURE",
        "categoryLabel": "联名",
        "title": "联名邀请",
        "text": f"邀请您联名提案《{TITLE}》，请在联名截止前确认或谢绝。",
        "unread": True,
        "readAt": None,
        "occurredOn": "2017-02-06T09:00:00+08:00",
        "link": {
            "kind": "PROPOSAL",
            "kindLabel": "提案",
            "id": global_id("Proposal", case.proposal),
        },
    }
    assert nodes == {message_id(case, 2): expected, message_id(case, 5): expected}


def test_todos(case: Case) -> None:
    found = viewer(case, case.actor(1))
    assert found["todos"] == {
        "totalCount": 1,
        "edges": [
            {
                "node": {
                    "id": f"SHORTFALL_DECISION:{case.proposal}:member:{case.member(1)}",
                    "kind": "SHORTFALL_DECISION",
                    "kindLabel": "联名不足待决定",
                    "text": f"请决定是否改为个人提案：《{TITLE}》",
                    "dueAt": "2017-02-09T09:00:00+08:00",
                    "openedAt": "2017-02-06T09:00:00+08:00",
                    "link": {"kind": "PROPOSAL", "id": global_id("Proposal", case.proposal)},
                }
            }
        ],
    }
    assert found["todoCount"] == 1
    assert found["todoCounts"] == [
        {"kind": "SHORTFALL_DECISION", "kindLabel": "联名不足待决定", "count": 1}
    ]
    assert viewer(case, case.actor(1), kind="COSIGN_ANSWER")["todos"]["totalCount"] == 0


def test_marking_some_and_then_all(case: Case) -> None:
    owner, chosen = case.actor(2), message_id(case, 2)
    command = {"ids": [chosen], "commandId": new_id()}
    for _ in range(2):
        answer = ask(case, owner, MARK, input=command)
        assert answer == {
            "data": {
                "markNotificationsRead": {
                    "notifications": [{"id": chosen, "unread": False}],
                    "unreadCount": 1,
                    "errors": [],
                }
            }
        }
    left = viewer(case, owner, unreadOnly=True)["notifications"]
    assert [edge["node"]["id"] for edge in left["edges"]] == [message_id(case, 5)]
    reused = ask(case, owner, MARK, input={**command, "ids": [message_id(case, 5)]})
    (error,) = reused["data"]["markNotificationsRead"]["errors"]
    assert error["code"] == "COMMAND_ID_REUSED"
    answer = ask(case, owner, MARK_ALL, input={"before": "2070-01-01T00:00:00+08:00"})
    assert answer == {"data": {"markAllNotificationsRead": {"unreadCount": 0, "errors": []}}}


def test_a_message_is_a_node_for_its_owner_alone(case: Case) -> None:
    id = message_id(case, 2)
    assert ask(case, case.actor(2), NODE, id=id) == {
        "data": {"node": {"__typename": "Notification", "id": id, "title": "联名邀请"}}
    }
    for other in (case.actor(1), DIRECTOR, Actor("account-admin", Role.SYSTEM_ADMIN)):
        assert ask(case, other, NODE, id=id) == {"data": {"node": None}}


def test_anothers_message_cannot_be_marked(case: Case) -> None:
    answer = ask(case, case.actor(1), MARK, input={"ids": [message_id(case, 2)]})
    assert answer["data"] == {"markNotificationsRead": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]
    assert viewer(case, case.actor(2))["unreadCount"] == 2


@pytest.mark.parametrize("ids", [[global_id("Proposal", "x")], [], ["no id"]])
def test_wrong_ids_are_told_as_data(case: Case, ids: list[str]) -> None:
    answer = ask(case, case.actor(2), MARK, input={"ids": ids})
    (error,) = answer["data"]["markNotificationsRead"]["errors"]
    assert error["code"] == "INVALID_INPUT"
    assert error["field"].startswith("ids")
    assert answer["data"]["markNotificationsRead"]["unreadCount"] is None


def test_a_visitor_has_no_inbox(case: Case) -> None:
    answer = ask(case, None, INBOX)
    assert answer["data"] == {"viewer": None}
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    answer = ask(case, None, MARK, input={"ids": [message_id(case, 2)]})
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_without_the_service_only_its_fields_are_missing(case: Case) -> None:
    case.stack.stop("notifications")
    try:
        answer = ask(case, case.actor(2), "{ viewer { __typename unreadCount } }")
    finally:
        case.stack.start("notifications")
    assert answer["data"] == {"viewer": {"__typename": "Viewer", "unreadCount": None}}
    (error,) = answer["errors"]
    assert error["path"] == ["viewer", "unreadCount"]
    assert error["extensions"]["code"] in {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"}


ALL_ROLES = """
query {
  viewer {
    todos(allRoles: true) {
      totalCount edges { node { kind role roleLabel scope { kind id } } }
    }
    badges { unread todos due roles { role roleLabel scope { kind id } todos due } }
  }
}
"""


def test_the_to_dos_of_all_roles_and_badges(stack: Stack) -> None:
    """A member who also works for a committee: one list, one look at the figures."""
    made = Case(stack)
    committee = f"com-{made.key}"
    actor = made.actor(2)
    of_account = {"account_id": actor.account_id, "member_id": actor.member_id}

    def grant(event_type: str, version: int, role: str, **scope: str) -> Event:
        given = {"grant_id": f"{made.key}-{role}", "role": role, "scope": scope, "id": new_id()}
        about = {"subject": str(actor.account_id), "version": version}
        return sample_event("identity", event_type, **of_account, **given, **about)

    def seen(role: Role, **scope: str) -> Document:
        found: Document = ask(made, made.actor(2, role, **scope), ALL_ROLES)["data"]["viewer"]
        return found

    def listed(role: Role = Role.MEMBER, **scope: str) -> list[tuple[str, str]]:
        nodes = [edge["node"] for edge in seen(role, **scope)["todos"]["edges"]]
        return sorted((node["kind"], node["role"]) for node in nodes)

    affair = {"affair_id": f"affair-{made.key}", "office": committee, "office_kind": "COMMITTEE"}
    affair["due_at"] = "2016-12-30T18:00:00+08:00"  # past, wherever other stories left the clock
    made.publish(
        grant("account_role_granted", 1, "MEMBER"),
        grant("account_role_granted", 2, "COMMITTEE_STAFF", committee=committee),
        made.event("proposal_cosign_invited", 2, 2),
        sample_event("office", "affair_raised", id=new_id(), subject=affair["affair_id"], **affair),
    )
    both = [("AFFAIR", "COMMITTEE_STAFF"), ("COSIGN_ANSWER", "MEMBER")]
    eventually(lambda: listed() == both)
    found = seen(Role.MEMBER)
    assert found["todos"]["totalCount"] == 2
    [work] = [e["node"] for e in found["todos"]["edges"] if e["node"]["kind"] == "AFFAIR"]
    scope = [{"kind": "COMMITTEE", "id": committee}]
    assert (work["roleLabel"], work["scope"]) == ("专委会工作人员", scope)
    of_member = {"role": "MEMBER", "roleLabel": "委员", "scope": [], "todos": 1, "due": 0}
    of_staff = {"role": "COMMITTEE_STAFF", "roleLabel": "专委会工作人员", "scope": scope}
    assert found["badges"] == {
        "unread": 3,  # with the words that two roles were granted
        "todos": 2,
        "due": 1,
        "roles": [of_member, {**of_staff, "todos": 1, "due": 1}],
    }
    assert listed(Role.COMMITTEE_STAFF, committee=committee) == both

    made.publish(grant("account_role_revoked", 3, "COMMITTEE_STAFF", committee=committee))
    eventually(lambda: listed() == both[1:])
