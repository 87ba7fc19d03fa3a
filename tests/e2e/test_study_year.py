"""A year of study: the plan, a session that earns E1, a class that earns E2 and a certificate."""

from __future__ import annotations

import io
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from openpyxl import load_workbook
from pymongo.collection import Collection

from gateway.base import global_id, local_id
from services.study.domain import plans
from shared.actor import Actor, Role
from shared.clock import SHANGHAI
from tests.e2e.meetings import hold
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

MARCH = datetime(2017, 3, 1, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 4, 20, 9, tzinfo=SHANGHAI)
APRIL = HELD_AT.isoformat()
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL, {}, "p-chair", "m-chair")
UNIT = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
LU, SHEN, QIAN = "陆知行", "沈问渠", "钱若水"
SESSION = "id state organiser { id } attendedCount requiredCount ownHours meetingId"
CLASS = """
  id state organiser { id } enrolledCount waitingCount completedCount own ownCertificate meetingId
"""


@pytest.fixture(scope="module")
def school(world: World) -> Story:
    """Three members of their own, known to whoever has to know them."""
    for number, (name, sector) in enumerate(((LU, "22"), (SHEN, "04"), (QIAN, "27")), 601):
        world.member(name, number, sector)
    ids = [world.members[name].member_id for name in (LU, SHEN, QIAN)]
    for service in ("office", "performance", "study"):
        eventually(partial(_knows, world.stack.db(service)["members"], ids))
    return Story(world)


def _knows(members: Collection[Document], ids: list[str | None]) -> bool:
    return members.count_documents({"_id": {"$in": ids}}) == len(ids)


gid = Story.gid


run = Story.run


def organiser() -> str:
    return global_id("Organisation", "office-general")


def approved_plan(story: Story) -> str:
    """The year's plan, whatever the tests before have made of it."""
    found = story.ask(OFFICE, "{ studyPlan(year: 2017) { id state } }")["studyPlan"]
    if found and found["state"] != plans.PlanState.DRAFT:
        return str(found["id"])
    themes = [{"code": "T1", "title": "十八届六中全会精神", "required": True}]
    written = run(
        story,
        OFFICE,
        "writeStudyPlan",
        "plan { id }",
        year=2017,
        title="2017年学习计划",
        themes=themes,
    )
    plan = str(written["plan"]["id"])
    run(story, OFFICE, "proposeStudyPlan", "plan { id }", planId=plan)
    eventually(lambda: story.waits(CHAIR, "STUDY_PLAN_DECISION", plan))
    run(story, CHAIR, "decideStudyPlan", "plan { state }", planId=plan, approved=True)
    eventually(lambda: not story.waits(CHAIR, "STUDY_PLAN_DECISION", plan))
    return plan


rules = Story.earned


def seen(story: Story, actor: Actor, field: str, shown: str, id: str) -> Document:
    row: Document = story.ask(
        actor, f"query ($id: ID!) {{ {field}(id: $id) {{ {shown} }} }}", id=id
    )[field]
    return row


def downloaded(story: Story, actor: Actor, **asked: Any) -> bytes:
    export = run(story, actor, "requestExport", "export { id }", **asked)["export"]

    def ready() -> Any:
        query = "query ($id: ID!) { export(id: $id) { state message file { url } } }"
        found = story.ask(actor, query, id=export["id"])["export"]
        assert found["state"] != "FAILED", found
        return found["file"]

    return story.world.stack.http.get(eventually(ready, timeout=30)["url"]).content


def test_a_session_is_planned_held_and_earns_its_point_once(school: Story) -> None:
    story = school
    story.world.stack.move_clock(MARCH)
    plan = approved_plan(story)
    session = run(
        story,
        OFFICE,
        "planStudySession",
        f"session {{ {SESSION} }}",
        organiser=organiser(),
        title="六中全会精神专题学习",
        themes=["T1"],
        form="DUTY_TRAINING",
        way="LECTURE",
        heldAt=APRIL,
        place="区政协一楼会议室",
        hours=3,
        members=[gid(story, name) for name in (LU, SHEN, QIAN)],
    )["session"]
    hold(story, session["meetingId"], [LU, SHEN], HELD_AT)

    def taken() -> bool:
        row = seen(story, story.member(LU), "studySession", SESSION, session["id"])
        assert row["organiser"] == {"id": organiser()}
        return (row["state"], row["attendedCount"], row["ownHours"]) == ("HELD", 2, 3)

    eventually(taken)
    record = local_id(session["id"], "StudySession")
    eventually(lambda: rules(story, LU, record) == [("E1", 1.0)])
    eventually(lambda: rules(story, QIAN, record) == [("G2", -2.0)])  # absent without leave
    found = story.ask(OFFICE, "{ studyPlan(year: 2017) { id state } }")["studyPlan"]
    assert found == {"id": plan, "state": "RUNNING"}

    row = [{"memberId": gid(story, LU), "status": "ABSENT"}]
    given = {"meetingId": session["meetingId"], "rows": row, "reason": "代签"}
    run(story, OFFICE, "correctAttendance", "meeting { id }", **given)
    eventually(lambda: rules(story, LU, record) == [("E1", -1.0), ("E1", 1.0), ("G2", -2.0)])
    eventually(
        lambda: (
            seen(story, story.member(LU), "studySession", SESSION, session["id"])["ownHours"] == 0
        )
    )
    query = "{ studyStatistics(kind: SECTOR, year: 2017) { groupId attendanceRate } }"
    figures = {r["groupId"]: r for r in story.ask(OFFICE, query)["studyStatistics"]}
    assert figures["04"]["attendanceRate"] is not None


def test_a_class_ends_with_certificates_that_anybody_can_verify(school: Story) -> None:
    story = school
    story.world.stack.move_clock(MARCH)
    opened = run(
        story,
        OFFICE,
        "openRotationClass",
        f"rotationClass {{ {CLASS} }}",
        organiser=organiser(),
        batch=1,
        title="委员学习轮训班（第一期）",
        heldAt=APRIL,
        place="区委党校",
        halfDays=2,
        hours=16,
        quota=2,
        sectorShare=50,
        enrolBy="2017-04-10T18:00:00+08:00",
    )["rotationClass"]
    class_id = opened["id"]
    story.await_message(LU, "委员学习轮训班（第一期）开放报名")
    for name, state in ((LU, "ENROLLED"), (SHEN, "ENROLLED"), (QIAN, "WAITLISTED")):
        shown = "rotationClass { own }"
        enrolled = run(story, story.member(name), "enrolInClass", shown, classId=class_id)
        assert enrolled["rotationClass"]["own"] == state
    run(story, story.member(SHEN), "withdrawFromClass", "rotationClass { own }", classId=class_id)
    story.await_message(QIAN, "您已由候补转为委员学习轮训班（第一期）的学员")
    run(story, OFFICE, "closeEnrolment", "rotationClass { state }", classId=class_id)
    hold(story, opened["meetingId"], [LU], HELD_AT, half_days=2)
    record = local_id(class_id, "RotationClass")
    eventually(lambda: rules(story, LU, record) == [("E2", 5.0)])
    certified = run(
        story, OFFICE, "certifyRotationClass", f"rotationClass {{ {CLASS} }}", classId=class_id
    )["rotationClass"]
    assert (certified["state"], certified["completedCount"]) == ("CERTIFIED", 1)
    story.await_message(LU, "委员学习轮训班（第一期）结业证书已颁发")
    query = "{ viewer { studyCertificates { number code valid holder } } }"
    [own] = story.ask(story.member(LU), query)["viewer"]["studyCertificates"]
    assert (own["valid"], own["holder"]) == (True, "陆**")

    verify = """query ($number: String!, $code: String!) {
      studyCertificate(number: $number, code: $code) { title hours valid code }
    }"""
    asked = {"number": own["number"], "code": own["code"]}
    answer = story.world.stack.graphql(verify, asked, None)["data"]["studyCertificate"]
    assert (answer["title"], answer["hours"], answer["valid"]) == (
        "委员学习轮训班（第一期）",
        16,
        True,
    )
    wrong = story.world.stack.graphql(verify, {**asked, "code": "0000"}, None)
    assert wrong["data"]["studyCertificate"] is None

    pdf = downloaded(story, story.member(LU), kind="CERTIFICATE_PDF", subject=class_id)
    assert pdf.startswith(b"%PDF-") and pdf.count(b"/Type /Page\n") == 1
    with pytest.raises(AssertionError, match="没有可以导出"):
        run(
            story,
            story.member(SHEN),
            "requestExport",
            "export { id }",
            kind="CERTIFICATE_PDF",
            subject=class_id,
        )
    sheet = downloaded(story, OFFICE, kind="CLASS_XLSX", subject=class_id)
    heads, *rows = load_workbook(io.BytesIO(sheet)).worksheets[0].iter_rows(values_only=True)
    table = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    assert [(row["姓名"], row["报名状态"]) for row in table] == [
        (LU, "已结业"),
        (SHEN, "已取消"),
        (QIAN, "未结业"),
    ]
    assert table[0]["结业证号"] == own["number"]


def test_a_department_answers_what_a_member_asks(school: Story) -> None:
    story = school
    story.world.stack.move_clock(MARCH)
    material = run(
        story,
        OFFICE,
        "writeStudyMaterial",
        "material { id }",
        organiser=organiser(),
        kind="BRIEFING",
        title="全区水利工作情况通报",
        unit=global_id("Organisation", "unit-slj"),
        files=[story.upload(OFFICE, "通报.pdf")],
    )["material"]["id"]
    run(story, OFFICE, "sendStudyMaterial", "material { state }", materialId=material)
    second = Actor("account-office-2", Role.OFFICE)
    with pytest.raises(Refusal) as refused:
        given = {"materialId": material, "passed": True}
        run(story, OFFICE, "reviewStudyMaterial", "material { state }", **given)
    assert refused.value.codes == ["REVIEWER_IS_AUTHOR"]
    run(story, second, "reviewStudyMaterial", "material { state }", **given)
    story.await_message(LU, "学习资料《全区水利工作情况通报》已编发")
    read = run(
        story,
        story.member(LU),
        "confirmMaterialRead",
        "material { readersCount files { name } }",
        materialId=material,
    )
    assert read["material"] == {"readersCount": 1, "files": [{"name": "通报.pdf"}]}
    asked = run(
        story,
        story.member(LU),
        "askDepartment",
        "question { id }",
        materialId=material,
        text="二次供水改造进度如何？",
    )["question"]["id"]
    eventually(lambda: story.waits(UNIT, "DEPARTMENT_ANSWER", asked))
    given = {"questionId": asked, "text": "已完成三成。"}
    run(story, UNIT, "answerStudyQuestion", "question { answer }", **given)
    story.await_message(LU, "您就知情通报提出的问题已有答复")
    assert run(
        story,
        story.member(SHEN),
        "submitStudyPaper",
        "paper { state authors { name } }",
        kind="NOTE",
        title="学习笔记",
        text="正文",
    )["paper"] == {"state": "SHARED", "authors": [{"name": SHEN}]}
