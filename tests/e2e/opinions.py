"""What people do with public opinion in the stories, all of it through GraphQL."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.story import Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import World

EDITOR = Actor("account-editor", Role.INFO_EDITOR)
SECRETARY = Actor("account-op-secretary", Role.SECRETARY_GENERAL, {}, "p-op-sg", "m-op-sg")
SUPERVISING = Actor("account-op-qwb", Role.SUPERVISING_OFFICE, {"side": "PARTY"})
OFFICER = Actor("account-op-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
OTHER_OFFICER = Actor("account-op-zjj", Role.UNIT_OFFICER, {"unit": "unit-zjj"})
PARTY = Actor("account-op-minjian", Role.ORG_STAFF, {"organisation": "org-minjian"})
SLJ, ZJJ = global_id("Organisation", "unit-slj"), global_id("Organisation", "unit-zjj")
QWB = global_id("Organisation", "sup-qwb")
LU, QIAN, SHEN = "卢见深", "钱泊然", "沈听澜"
AMR = b"#!AMR\n" + bytes(64)
SHOWN = """
  opinion {
    id version title state stateLabel issueNo combinedCount isOwn
    original { title facts suggestion } edited { title facts suggestion }
    authors { name } organisation { name } voice { name } photos { name }
    origin originRef reason retentionLabel endLabel
  }
"""
COURSE = """
  query ($id: ID!) {
    opinion(id: $id) {
      title state issueNo channelLabel urgencyLabel opennessLabel topic
      original { facts } edited { title facts sentAt } authors { name } reflectors { name }
      organisation { name } voice { id } photos { id } origin named
      issue { no formLabel issuedAt signerName }
      deliveries { office { name } leaders deliveredAt receivedAt }
      above { levelLabel formLabel usedBy revokedReason }
      instructions { no levelLabel leader text instructedOn unit { name } revokedReason }
      referrals { unit { name } stateLabel result adoptionLabel dueOn }
      clocks { aboutLabel dueAt stoppedAt void }
      history { stateLabel at } good { year selectedAt } combinedInto { id }
    }
  }
"""


def opened_bureau(world: World, first: int) -> Story:
    """Three members with numbers from `first`, known to whoever has to know them."""
    for number, (name, sector) in enumerate(((LU, "22"), (SHEN, "04"), (QIAN, "27")), first):
        world.member(name, number, sector)
    ids = [world.members[name].member_id for name in (LU, SHEN, QIAN)]
    for service in ("performance", "opinions", "liaison"):
        known = world.stack.db(service)["members"]
        eventually(partial(_all_known, known, ids))
    directory = world.stack.db("opinions")["organisations"]
    eventually(partial(_all_known, directory, ["unit-slj", "unit-zjj", "sup-qwb", "sup-qzfb"]))
    return Story(world)


def _all_known(rows: Any, ids: list[Any]) -> bool:
    return bool(rows.count_documents({"_id": {"$in": ids}}) == len(ids))


def moved(story: Story, *at: int) -> None:
    story.world.stack.move_clock(datetime(*at, tzinfo=SHANGHAI))  # type: ignore[misc,arg-type]


def do(story: Story, actor: Actor, mutation: str, opinion: str, /, **given: Any) -> Document:
    """The item after `mutation`."""
    row: Document = story.run(actor, mutation, SHOWN, opinionId=opinion, **given)["opinion"]
    return row


def seen(story: Story, actor: Actor, opinion: str) -> Document | None:
    row: Document | None = story.ask(actor, COURSE, id=opinion)["opinion"]
    return row


def listed(story: Story, actor: Actor, **filter: Any) -> list[str]:
    query = """
      query ($filter: OpinionFilter) {
        opinions(first: 100, filter: $filter) { totalCount edges { node { id } } }
      }
    """
    found = story.ask(actor, query, filter=filter)["opinions"]
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["id"] for edge in found["edges"]]


def written(story: Story, actor: Actor, **changes: Any) -> str:
    text = {
        "title": "关于取水口水质异常的建议",
        "facts": "今晨发现取水口水面有异味和油膜。",
        "suggestion": "请立即排查上游排口。",
    }
    row = story.run(actor, "writeOpinion", SHOWN, **{**text, **changes})["opinion"]
    return str(row["id"])


def submitted(story: Story, actor: Actor, **changes: Any) -> str:
    opinion = written(story, actor, **changes)
    do(story, actor, "submitOpinion", opinion, declared=True)
    return opinion


def edited(story: Story, opinion: str) -> str:
    text = {"title": "关于立即排查取水口水质的建议", "facts": "取水口水面有油膜。"}
    do(story, EDITOR, "editOpinion", opinion, **text, suggestion="排查上游排口。")
    do(story, EDITOR, "sendOpinionForSignature", opinion)
    return opinion


def issued(story: Story, actor: Actor, **changes: Any) -> str:
    opinion = submitted(story, actor, **changes)
    do(story, EDITOR, "startOpinionEditing", opinion)
    do(story, SECRETARY, "signOpinion", edited(story, opinion), signer="李建平")
    return opinion


def delivered(story: Story, actor: Actor, **changes: Any) -> str:
    opinion = issued(story, actor, **changes)
    do(story, EDITOR, "deliverOpinion", opinion, to=[QWB], leaders="区委书记")
    return opinion
