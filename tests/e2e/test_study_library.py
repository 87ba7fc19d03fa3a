"""Study beside its plan: a class that is called off, papers, quizzes, materials, a year's end."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from pymongo.collection import Collection

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.meetings import hold
from tests.e2e.story import OFFICER, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

MARCH = datetime(2018, 3, 1, 9, tzinfo=SHANGHAI)  # a year of its own: plans are one for each
HELD_AT = datetime(2018, 4, 19, 9, tzinfo=SHANGHAI)
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL, {}, "p-chair", "m-chair")
SECOND = Actor("account-office-2", Role.OFFICE)
TOWN = Actor("account-qidu", Role.TOWN_STAFF, {"town": "town-qidu"})
UNIT = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
GU, MENG, LEI = "顾则言", "孟令仪", "雷振声"
THEMES = [
    {"code": "T1", "title": "十九大精神", "required": True},
    {"code": "T2", "title": "协商民主", "required": False},
]


@pytest.fixture(scope="module")
def school(world: World) -> Story:
    for number, (name, sector) in enumerate(((GU, "24"), (MENG, "25"), (LEI, "26")), 771):
        world.member(name, number, sector)
    ids = [world.members[name].member_id for name in (GU, MENG, LEI)]
    for service in ("office", "study"):
        eventually(partial(_knows, world.stack.db(service)["members"], ids))
    return Story(world)


def _knows(members: Collection[Document], ids: list[str | None]) -> bool:
    return members.count_documents({"_id": {"$in": ids}}) == len(ids)


@pytest.fixture(autouse=True)
def spring(school: Story) -> None:
    school.world.stack.move_clock(MARCH)


def organiser() -> str:
    return global_id("Organisation", "office-general")


def nodes(story: Story, actor: Actor, query: str, **variables: Any) -> list[Document]:
    """The nodes of the one list that a query asks for."""
    [found] = story.ask(actor, query, **variables).values()
    return [edge["node"] for edge in found["edges"]]


def denied(story: Story, actor: Actor, query: str, **variables: Any) -> list[str]:
    """Codes of the errors of a query."""
    answer = story.world.stack.graphql(query, variables, story.world.stack.token(actor))
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


# The year


def approved(story: Story) -> str:
    """The plan of 2018, whatever the tests before have made of it."""
    found = story.ask(OFFICE, "{ studyPlan(year: 2018) { id state } }")["studyPlan"]
    if found and found["state"] != "DRAFT":
        return str(found["id"])
    given = {"year": 2018, "title": "2018年学习计划", "themes": THEMES}
    plan = str(story.run(OFFICE, "writeStudyPlan", "plan { id }", **given)["plan"]["id"])
    story.run(OFFICE, "proposeStudyPlan", "plan { id }", planId=plan)
    story.run(CHAIR, "decideStudyPlan", "plan { state }", planId=plan, approved=True)
    return plan


def test_a_session_ends_with_a_summary_and_the_year_with_its_figures(school: Story) -> None:
    story = school
    plan = approved(story)
    session = story.run(
        OFFICE,
        "planStudySession",
        "session { id meetingId }",
        organiser=organiser(),
        title="十九大精神专题学习",
        themes=["T1"],
        form="DUTY_TRAINING",
        way="LECTURE",
        heldAt=HELD_AT.isoformat(),
        place="区政协一楼会议室",
        hours=3,
        members=[story.gid(name) for name in (GU, MENG)],
    )["session"]
    given = {"sessionId": session["id"]}
    reading = issued(story, "READING", "十九大报告辅导读本")
    material = {**given, "materials": [reading]}
    story.only(OFFICE, TOWN, "setStudySessionMaterials", "session { id }", **material)
    kept = story.world.stack.db("study")["sessions"]
    [held_by] = kept.find({"_id": local_id(session["id"], "StudySession")})
    assert held_by["materials"] == [local_id(reading, "StudyMaterial")]

    hold(story, session["meetingId"], [GU], HELD_AT)
    query = """{
      studySessions(first: 5, filter: {year: 2018, theme: "T1", state: HELD, invited: true}) {
        edges { node { id attendedCount invitedCount ownHours ownInvited } }
      }
    }"""
    row = {"id": session["id"], "attendedCount": 1, "invitedCount": 2, "ownInvited": True}
    eventually(lambda: nodes(story, story.member(GU), query) == [{**row, "ownHours": 3}])
    assert nodes(story, story.member(MENG), query) == [{**row, "ownHours": 0}]
    assert nodes(story, story.member(LEI), query) == []

    summary = {"summary": "学习了十九大精神。"}
    shown = "session { state summary }"
    closed = story.only(OFFICE, TOWN, "closeStudySession", shown, **given, **summary)
    assert closed["session"] == {"state": "CLOSED", **summary}
    covered(story)

    shown = "plan { state summary }"
    text = {"planId": plan, "summary": "全年学习一次。"}
    summarised = story.only(OFFICE, TOWN, "summariseStudyPlan", shown, **text)
    assert summarised["plan"] == {"state": "SUMMARISED", "summary": "全年学习一次。"}


def named(members: list[Document | None]) -> set[str]:
    """Other tests of this platform tell of members whom the roster does not know."""
    return {member["name"] for member in members if member is not None}


def covered(story: Story) -> None:
    """Who has studied what, for the leaders; the own record for the member."""
    query = "{ themeCoverage(year: 2018) { code required members covered lacking { name } } }"
    first, second = story.ask(CHAIR, query)["themeCoverage"]
    assert (first["code"], first["required"], first["covered"]) == ("T1", True, 1)
    assert first["members"] - len(first["lacking"]) == 1
    lacking = named(first["lacking"])
    assert (GU in lacking, MENG in lacking) == (False, True)
    assert (second["code"], second["required"], second["covered"]) == ("T2", False, 0)
    assert denied(story, TOWN, query) == ["FORBIDDEN"]

    query = """query ($id: ID!) { studyRecord(memberId: $id, year: 2018) {
      hours credits { kind title hours } requiredThemes { code covered }
    } }"""
    record = {
        "hours": 3,
        "credits": [{"kind": "SESSION", "title": "十九大精神专题学习", "hours": 3}],
        "requiredThemes": [{"code": "T1", "covered": True}],
    }
    own = {"id": story.gid(GU)}
    for reader in (story.member(GU), OFFICE):
        assert story.ask(reader, query, **own)["studyRecord"] == record
    assert denied(story, story.member(MENG), query, **own) == ["FORBIDDEN"]


# Classes


def opened(story: Story, title: str, batch: int) -> str:
    row: Document = story.run(
        OFFICE,
        "openRotationClass",
        "rotationClass { id }",
        organiser=organiser(),
        batch=batch,
        title=title,
        heldAt=HELD_AT.isoformat(),
        place="区委党校",
        halfDays=1,
        hours=8,
        quota=1,
        enrolBy="2018-04-10T18:00:00+08:00",
    )["rotationClass"]
    return str(row["id"])


def test_members_are_enrolled_by_the_organiser_and_told_when_a_class_is_called_off(
    school: Story,
) -> None:
    story = school
    title = "委员学习轮训班（第八期）"
    given = {"classId": opened(story, title, 8)}
    shown = "rotationClass { enrolledCount waitingCount own }"
    for name, counts in ((GU, (1, 0)), (MENG, (1, 1))):
        member = {**given, "memberId": story.gid(name)}
        row = story.only(OFFICE, TOWN, "enrolMemberInClass", shown, **member)["rotationClass"]
        assert (row["enrolledCount"], row["waitingCount"], row["own"]) == (*counts, None)
    query = """query ($id: ID!) { rotationClass(id: $id) {
      own ownLabel enrolments(first: 5) { edges { node { member { name } state } } }
    } }"""
    asked = {"id": given["classId"]}
    row = story.ask(OFFICE, query, **asked)["rotationClass"]
    assert [edge["node"] for edge in row["enrolments"]["edges"]] == [
        {"member": {"name": GU}, "state": "ENROLLED"},
        {"member": {"name": MENG}, "state": "WAITLISTED"},
    ]
    assert denied(story, TOWN, query, **asked) == ["FORBIDDEN"]  # the list of people alone
    own = "query ($id: ID!) { rotationClass(id: $id) { own } }"
    assert story.ask(story.member(MENG), own, **asked)["rotationClass"] == {"own": "WAITLISTED"}

    called_off = {**given, "reason": "报名人数不足"}
    shown = "rotationClass { state reason }"
    row = story.only(OFFICE, TOWN, "cancelRotationClass", shown, **called_off)["rotationClass"]
    assert row == {"state": "CANCELLED", "reason": "报名人数不足"}
    for name in (GU, MENG):
        story.await_message(name, f"{title}已取消：报名人数不足。")
    listed = """{
      rotationClasses(first: 5, filter: {year: 2018, enrolled: true, state: CANCELLED}) {
        edges { node { id title } }
      }
    }"""
    assert nodes(story, story.member(GU), listed) == [{"id": asked["id"], "title": title}]
    assert nodes(story, story.member(LEI), listed) == []


def test_who_completed_a_class_is_trained(school: Story) -> None:
    story = school
    query = "{ trainingCoverage { members trained lacking { name } late { name } } }"
    before = story.ask(CHAIR, query)["trainingCoverage"]
    class_id = opened(story, "委员学习轮训班（第九期）", 9)
    story.run(story.member(LEI), "enrolInClass", "rotationClass { own }", classId=class_id)
    shown = "rotationClass { meetingId }"
    planned = story.run(OFFICE, "closeEnrolment", shown, classId=class_id)["rotationClass"]
    hold(story, planned["meetingId"], [LEI], HELD_AT)

    def trained() -> bool:
        after = story.ask(CHAIR, query)["trainingCoverage"]
        return bool(after["trained"] == before["trained"] + 1)

    eventually(trained)
    after = story.ask(CHAIR, query)["trainingCoverage"]
    assert LEI in named(before["lacking"])
    assert LEI not in named(after["lacking"])
    assert GU in named(after["late"])  # a newcomer of 2017
    assert denied(story, story.member(LEI), query) == ["FORBIDDEN"]


def test_a_place_given_back_after_the_close_changes_who_is_asked_to_come(school: Story) -> None:
    story = school
    class_id = opened(story, "委员学习轮训班（第十期）", 10)
    for name in (GU, MENG):
        story.run(story.member(name), "enrolInClass", "rotationClass { own }", classId=class_id)
    shown = "rotationClass { meetingId }"
    meeting = story.run(OFFICE, "closeEnrolment", shown, classId=class_id)["rotationClass"]
    kept = story.world.stack.db("office")["meetings"]
    eventually(lambda: kept.find_one({"_id": local_id(meeting["meetingId"], "Meeting")}))
    story.run(story.member(GU), "withdrawFromClass", "rotationClass { own }", classId=class_id)
    query = """query ($id: ID!) { meeting(id: $id) {
      invitees(first: 5) { edges { node { member { name } } } }
    } }"""

    def asked() -> list[str]:
        edges = story.ask(OFFICE, query, id=meeting["meetingId"])["meeting"]["invitees"]["edges"]
        return [edge["node"]["member"]["name"] for edge in edges]

    eventually(lambda: asked() == [MENG], timeout=3)


# Papers and quizzes


def test_a_paper_is_accepted_with_its_hours_and_revoked_without(school: Story) -> None:
    story, author = school, school.member(LEI)
    written = {"kind": "PAPER", "title": "协商民主学习体会", "text": "正文"}
    shown = "paper { id state }"
    paper = story.run(author, "submitStudyPaper", shown, **written)["paper"]
    assert paper["state"] == "SUBMITTED"
    query = "query ($by: ID!) { studyPapers(filter: {author: $by}) { edges { node { id } } } }"
    of = {"by": story.gid(LEI)}
    assert nodes(story, OFFICE, query, **of) == [{"id": paper["id"]}]
    assert nodes(story, story.member(GU), query, **of) == []  # not yet accepted

    given = {"paperId": paper["id"], "opinion": "观点鲜明"}
    shown = "paper { state hours opinion }"
    accepted = {**given, "accepted": True}
    row = story.only(OFFICE, TOWN, "decideStudyPaper", shown, **accepted)["paper"]
    assert row == {"state": "ACCEPTED", "hours": 4, "opinion": "观点鲜明"}
    assert nodes(story, story.member(GU), query, **of) == [{"id": paper["id"]}]
    with pytest.raises(Refusal) as refused:
        story.run(SECOND, "decideStudyPaper", shown, **accepted)
    assert refused.value.codes == ["PAPER_DECIDED"]

    withdrawn = {**given, "opinion": "与他人文章雷同"}
    row = story.only(OFFICE, TOWN, "revokeStudyPaper", shown, **withdrawn)["paper"]
    assert (row["state"], row["opinion"]) == ("REVOKED", "与他人文章雷同")
    assert nodes(story, story.member(GU), query, **of) == []


def test_a_quiz_tells_each_what_was_right_and_all_together_how_many(school: Story) -> None:
    story = school
    questions = [
        {"text": "政协的职能有几项？", "options": ["两项", "三项"], "right": [1]},
        {"text": "哪些是职能？", "options": ["政治协商", "民主监督", "立法"], "right": [0, 1]},
    ]
    given = {"title": "协商民主小测验", "organiser": organiser(), "questions": questions}
    quiz = story.only(OFFICE, TOWN, "openQuiz", "quiz { id stateLabel }", **given)["quiz"]
    asked = {"quizId": quiz["id"]}
    shown = "right quiz { answersCount questions { right } }"
    for name, choices, right in (
        (GU, [[1], [0]], [True, False]),
        (GU, [[1], [1, 0]], [True, True]),  # the first answer stands for the figures
        (MENG, [[0], [0]], [False, False]),
    ):
        member, answer = story.member(name), {**asked, "choices": choices}
        taken = story.only(member, OFFICE, "takeQuiz", shown, **answer)
        assert taken["right"] == right
        assert taken["quiz"] == {
            "answersCount": None,
            "questions": [{"right": None}, {"right": None}],
        }
    shown = "quiz { state }"
    closed = story.only(OFFICE, TOWN, "closeQuiz", shown, **asked)
    assert closed["quiz"] == {"state": "CLOSED"}
    query = """query ($by: ID!) {
      quizzes(first: 1, filter: {organiser: $by, state: CLOSED}) {
        edges { node { id answersCount questions { right rightShare } } }
      }
    }"""
    assert nodes(story, story.member(LEI), query, by=organiser()) == [
        {
            "id": quiz["id"],
            "answersCount": 2,
            "questions": [
                {"right": [1], "rightShare": 50},
                {"right": [0, 1], "rightShare": 0},
            ],
        }
    ]
    assert denied(story, OFFICER, query, by=organiser()) == ["FORBIDDEN"]


# Materials


def issued(story: Story, kind: str, title: str, **more: Any) -> str:
    given = {"organiser": organiser(), "kind": kind, "title": title, **more}
    row = story.run(OFFICE, "writeStudyMaterial", "material { id }", **given)["material"]
    one = {"materialId": row["id"]}
    story.run(OFFICE, "sendStudyMaterial", "material { id }", **one)
    story.run(SECOND, "reviewStudyMaterial", "material { id }", **one, passed=True)
    return str(row["id"])


def test_a_policy_is_found_by_its_level_and_recalled(school: Story) -> None:
    story = school
    given = {"level": "PROVINCE", "track": "CONSULT_WELL", "themes": ["T8"]}
    policy = issued(story, "POLICY", "省委关于加强政协工作的意见", **given)
    query = """query ($state: MaterialState!) {
      studyMaterials(
        filter: {kind: POLICY, level: PROVINCE, track: CONSULT_WELL, theme: "T8", state: $state}
      ) { edges { node { id title levelLabel reason } } }
    }"""
    row = {"id": policy, "title": "省委关于加强政协工作的意见", "levelLabel": "省"}
    listed = [{**row, "reason": None}]
    assert nodes(story, story.member(GU), query, state="ISSUED") == listed
    recalled = {"materialId": policy, "reason": "有新的意见"}
    shown = "material { state reason }"
    back = story.only(OFFICE, TOWN, "recallStudyMaterial", shown, **recalled)["material"]
    assert back == {"state": "RECALLED", "reason": "有新的意见"}
    assert nodes(story, story.member(GU), query, state="ISSUED") == []
    assert nodes(story, story.member(GU), query, state="RECALLED") == []  # the organiser's alone
    kept = [{**row, "reason": "有新的意见"}]
    assert nodes(story, OFFICE, query, state="RECALLED") == kept


def test_questions_are_listed_for_all_and_a_department_sees_its_own(school: Story) -> None:
    story = school
    water = global_id("Organisation", "unit-slj")
    pack = issued(story, "BRIEFING", "2018年水利工作情况通报", unit=water)
    asked = {"materialId": pack, "text": "河道整治进度如何？"}
    story.run(story.member(GU), "askDepartment", "question { id }", **asked)
    query = """query ($pack: ID!) {
      studyQuestions(filter: {materialId: $pack}) {
        edges { node { text member { name } material { id } answer } }
      }
    }"""
    row = {"text": "河道整治进度如何？", "member": {"name": GU}, "answer": None}
    seen = [{**row, "material": {"id": pack}}]
    for reader in (story.member(MENG), OFFICE):
        assert nodes(story, reader, query, pack=pack) == seen
    assert nodes(story, UNIT, query, pack=pack) == seen  # it is the department's own
    assert nodes(story, OFFICER, query, pack=pack) == []
    assert denied(story, Actor(None, Role.PUBLIC), query, pack=pack) == ["UNAUTHENTICATED"]
