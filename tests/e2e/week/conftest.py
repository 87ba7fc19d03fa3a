"""The data of a working week, built once for each file: people with posts, cases in every state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from shared.actor import Actor, Role
from shared.ids import new_id
from tests.e2e.conftest import NOW, NUMBERS
from tests.e2e.story import LEADER, OFFICER, SUPERVISING, ZJJ, Story
from tests.e2e.week.desk import Desk, org
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, STAFF, World

LU = "陆晓芸"
GU, SHEN, ZHOU = "顾明远", "沈常青", "周立新"
DOC_NOS = count(5001)
GROUPS = {"sector_group": "group-22", "town": "town-lili", "committees": ["com-economy"]}
POSTS = {SHEN: "STANDING_MEMBER", ZHOU: "VICE_CHAIR"}
REPLY = {
    "resultClass": "A",
    "body": "您提出的建议收悉，现答复如下。",
    "answers": [{"suggestion": number, "adoption": "ADOPTED"} for number in (1, 2, 3)],
    "contactPerson": "孙燕",
    "contactPhone": "0512-63000000",
}


@dataclass
class Week:
    """What the tasks of a week find ready; `story` does what others have done before."""

    story: Story

    def desk(self, actor: Actor) -> Desk:
        return Desk(self.story, actor)

    def actor(self, name: str, role: Role = Role.MEMBER, **scope: str) -> Actor:
        """A member in one of the roles that the person has."""
        who = self.story.member(name)
        return Actor(who.account_id, role, scope, who.person_id, who.member_id)

    def account(self, label: str, role: str, **scope: str) -> str:
        """The id of a person's account, known to identity, that holds a role."""
        given = {
            "login": f"week.{new_id()[:8]}",
            "password": "Yuanmeng-2017",
            "label": label,
            "roles": [{"role": role, "scope": scope}],
        }
        system = Actor("service:demo", Role.SYSTEM)
        loaded = self.story.world.stack.call(
            "identity", "load_demo_accounts", system, timeout=20, accounts=[given]
        )
        return str(loaded["accounts"][0]["id"])

    def clerk(self) -> Actor:
        """Of a town, whom the lists of others name."""
        town = {"town": "town-lili"}
        return Actor(self.account("镇工委小陈", "TOWN_STAFF", **town), Role.TOWN_STAFF, town)

    def case(self, until: str, by: str = LU, **text: Any) -> str:
        """The id of a proposal that has come as far as the step `until`."""
        asked = {"contactPerson": by, "contactPhone": "13812345678", **text}
        case = self.story.draft(by, "INDIVIDUAL", **asked)
        self.handle(case, "drafted", until, by)
        return case

    def handle(self, case: str, since: str, until: str, by: str = LU) -> None:
        """All steps from the one to the other."""
        steps = self._steps(by, case)
        names = list(steps)
        for name in names[names.index(since) : names.index(until) + 1]:
            steps[name]()

    def _steps(self, by: str, case: str) -> dict[str, Callable[[], object]]:
        do, plan = self.story.do, [{"unitId": ZJJ, "part": "SOLE"}]
        met = {"way": "VISIT", "heldOn": f"{NOW:%Y-%m-%d}", "people": "孙燕", "content": "看了现场"}
        return {
            "drafted": lambda: None,
            "submitted": lambda: do(self.story.member(by), "submitProposal", id=case),
            "reviewed": lambda: do(STAFF, "startReview", id=case),
            "filed": lambda: self.story.file_reviewed(case),
            "planned": lambda: do(STAFF, "proposeAssignment", id=case, mode="SOLE", units=plan),
            "assigned": lambda: do(SUPERVISING, "assignProposal", id=case),
            "received": lambda: do(OFFICER, "receiveAssignment", id=case),
            "met": lambda: do(OFFICER, "recordContact", id=case, **met),
            "written": lambda: do(OFFICER, "saveReply", id=case, **self.reply()),
            "up": lambda: do(OFFICER, "requestSignOff", id=case),
            "signed": lambda: do(LEADER, "signReply", id=case, signer="赵宏伟", inCharge=True),
            "passed": lambda: do(SUPERVISING, "checkReply", id=case, unitId=ZJJ, passed=True),
            "replied": lambda: do(OFFICER, "deliverReply", id=case),
            "closed": lambda: self.story.evaluate(by, case, "SATISFIED"),
        }

    def reply(self) -> Document:
        """What a unit writes in its reply, of class A."""
        proof = [self.story.upload(OFFICER, "竣工照片.pdf")]
        return {**REPLY, "proof": proof, "docNo": f"吴住建提复〔2017〕{next(DOC_NOS)}号"}

    def todo(self, actor: Actor, kind: str, subject: str) -> None:
        """Wait until it stands on the person's list."""
        eventually(lambda: self.story.waits(actor, kind, subject))

    def run(self, actor: Actor, mutation: str, shown: str, /, **given: Any) -> Document:
        """What somebody else has done, before or meanwhile: the record it answers with."""
        record: Document = self.story.run(actor, mutation, shown, **given)[shown.split()[0]]
        return record

    def meeting(self, title: str, organiser: str = "office-general", **more: Any) -> str:
        """A meeting next week to which the week's people are asked."""
        names = (GU, SHEN, ZHOU)
        given = {
            "title": title,
            "organiser": org(organiser),
            "kind": "OTHER",
            "heldAt": "2017-02-20T09:00:00+08:00",
            "place": "三楼会议室",
            "mandatory": True,
            "invited": {"members": [{"memberId": self.story.gid(name)} for name in names]},
            "details": {"agenda": ["通报工作"], "host": "秘书长"},
        }
        meeting = str(self.run(OFFICE, "planMeeting", "meeting { id }", **{**given, **more})["id"])
        self.run(OFFICE, "notifyMeeting", "meeting { id }", meetingId=meeting)
        return meeting


@pytest.fixture(scope="module")
def week(world: World) -> Week:
    for name in (GU, SHEN, ZHOU):
        world.member(name, next(NUMBERS), "22", **GROUPS)
    story = Story(world)
    for name, post in POSTS.items():
        given = {"memberId": story.gid(name), "posts": [{"post": post}]}
        story.run(OFFICE, "changePost", "member { id }", **given)
    ids = [str(world.members[name].member_id) for name in (GU, SHEN, ZHOU)]
    for service in ("proposals", "office", "liaison", "study", "performance"):
        known = world.stack.db(service)["members"]
        eventually(lambda known=known: known.count_documents({"_id": {"$in": ids}}) == len(ids))  # type: ignore[misc]
    for name, post in POSTS.items():
        held = {"_id": world.members[name].member_id, "posts": post}
        eventually(lambda held=held: world.stack.db("liaison")["members"].find_one(held))  # type: ignore[misc]
    return Week(story)


@pytest.fixture(autouse=True)
def monday(week: Week) -> None:
    week.story.world.stack.move_clock(NOW)
