"""The audit of all services through GraphQL: one list, by time, without content (decision 51)."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from tests.e2e.files import headers
from tests.e2e.story import Story
from tests.unit.gateway.files.samples import PDF
from tests.waiting import eventually
from tests.world import OFFICE, STAFF

AUDITOR = Actor("account-auditor", Role.AUDIT_ADMIN)
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL)
ENTRY = """
  service at kind kindLabel action actionLabel outcome outcomeLabel code role roleLabel
  subject correlationId account { id }
"""
AUDIT = f"""
  query ($filter: AuditFilter, $first: Int, $after: String) {{
    audit(filter: $filter, first: $first, after: $after) {{
      totalCount
      pageInfo {{ hasNextPage endCursor }}
      edges {{ node {{ {ENTRY} }} }}
    }}
  }}
"""


def entries(story: Story, actor: Actor = AUDITOR, **filter: Any) -> list[dict[str, Any]]:
    found = story.ask(actor, AUDIT, filter=filter, first=100)["audit"]["edges"]
    return [edge["node"] for edge in found]


def test_what_was_done_refused_looked_at_and_taken_is_one_list(story: Story) -> None:
    lu = story.member("陆晓芸")
    proposal = story.draft("陆晓芸", title="关于完善河道长效管护的建议")
    story.invite("陆晓芸", proposal, "沈建国")
    story.confirm(proposal, "沈建国")
    story.do(lu, "submitProposal", id=proposal)
    assert story.turned_away(lu, "startReview", id=proposal) == "FORBIDDEN"
    eventually(lambda: entries(story, subject=proposal, action="submit_proposal"))
    [submitted] = entries(story, subject=proposal, action="submit_proposal")
    assert submitted["service"] == "proposals"
    assert (submitted["kindLabel"], submitted["outcomeLabel"]) == ("操作", "完成")
    assert submitted["actionLabel"].startswith("提交")
    assert submitted["subject"] == proposal
    [refused] = entries(story, subject=proposal, kind="REFUSAL")
    assert (refused["action"], refused["code"], refused["outcome"]) == (
        "start_review",
        "FORBIDDEN",
        "REFUSED",
    )

    private = "query ($id: ID!) { member(id: $id) { privateData(reveal: true) { phone } } }"
    story.ask(OFFICE, private, id=story.gid("陆晓芸"))
    [look, *_] = entries(story, subject=story.gid("陆晓芸"), kind="LOOK")
    assert (look["service"], look["role"], look["subject"]) == (
        "members",
        "OFFICE",
        story.gid("陆晓芸"),
    )
    rows = entries(story)
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert len({row["service"] for row in rows}) > 3


def test_exports_and_downloads_are_in_it(story: Story) -> None:
    lu = story.member("陆晓芸")
    http, signed_in = story.world.stack.http, headers(story, lu)
    sent = http.post("/files", files={"file": ("调研.pdf", PDF)}, headers=signed_in).json()
    for span in ("bytes=0-3", "bytes=4-7"):  # as a player asks: one download
        answer = http.get(f"/files/{sent['id']}", headers={**signed_in, "Range": span})
        assert answer.status_code == 206
    [taken] = entries(story, subject=sent["id"], service="gateway")
    assert (taken["kind"], taken["action"]) == ("DOWNLOAD", "download_file")

    asked = story.run(STAFF, "requestExport", "export { id }", kind="CASE_LIST_XLSX", filter={})[
        "export"
    ]
    [exported] = entries(story, subject=asked["id"])
    assert (exported["kind"], exported["action"]) == ("EXPORT", "export_case_list_xlsx")
    assert exported["role"] == "PROPOSAL_STAFF"


def told(page: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = [edge["node"] for edge in page["edges"]]
    return [(row["service"], row["at"], row["action"]) for row in rows]


def test_pages_of_all_services_follow_each_other_without_gap_or_repeat(story: Story) -> None:
    until = entries(story)[0]["at"]
    whole = story.ask(AUDITOR, AUDIT, filter={"until": until}, first=60)["audit"]
    wanted = told(whole)
    seen: list[Any] = []
    after = None
    while len(seen) < len(wanted):
        page = story.ask(AUDITOR, AUDIT, filter={"until": until}, first=7, after=after)["audit"]
        seen += [
            (e["node"]["service"], e["node"]["at"], e["node"]["action"]) for e in page["edges"]
        ]
        after = page["pageInfo"]["endCursor"]
    assert seen[: len(wanted)] == wanted
    assert whole["totalCount"] >= len(wanted)


def test_reading_it_is_in_it(story: Story) -> None:
    reader = Actor("account-auditor-2", Role.AUDIT_ADMIN)
    account = global_id("Account", "account-auditor-2")
    entries(story, reader, service="office")
    seen = [row["action"] for row in entries(story, accountId=account, service="office")]
    assert sorted(seen) == ["count_audit", "read_audit"]


@pytest.mark.parametrize("actor", [OFFICE, CHAIR])
def test_leaders_and_office_see_no_sign_in_of_others(story: Story, actor: Actor) -> None:
    assert entries(story, actor)
    own = global_id("Account", str(actor.account_id))
    seen = entries(story, actor, kind="SIGN_IN")
    assert seen == entries(story, actor, kind="SIGN_IN", accountId=own)
    assert entries(story, actor, accountId=global_id("Account", "account-1"), kind="SIGN_IN") == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM}))
def test_nobody_else_reads_it(story: Story, role: Role) -> None:
    if role in {Role.AUDIT_ADMIN, Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}:
        return
    token = story.world.stack.token(Actor("account-x", role))
    for service in ("gateway", "office", None):
        for shown in ("totalCount", "edges { cursor }"):
            query = f"query ($s: String) {{ audit(filter: {{service: $s}}) {{ {shown} }} }}"
            answer = story.world.stack.graphql(query, {"s": service}, token)
            codes = {error["extensions"]["code"] for error in answer["errors"]}
            assert codes == {"UNAUTHENTICATED" if role is Role.PUBLIC else "FORBIDDEN"}
