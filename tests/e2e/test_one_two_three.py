"""The plan's 1-2-3: one supervision, two motions, three consultations, done by their people; the
board follows their events, stands after a replay, and nobody sets it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from graphql import GraphQLInputObjectType

from gateway.base import global_id, local_id
from shared.clock import SHANGHAI
from tests import everything
from tests.e2e import meetings, supervising, test_consultations, test_motions
from tests.e2e.story import Story
from tests.e2e.supervising import LU, SHEN, SLJ, URBAN, step, unit
from tests.e2e.test_consultations import ECONOMY, QIAN, act, proposed, seen
from tests.stack import Stack
from tests.waiting import eventually
from tests.world import OFFICE, World

YEAR = 2025  # of its own: boards and numbers are of a year, and the platform is shared
MARCH = datetime(YEAR, 3, 3, 9, tzinfo=SHANGHAI)
OF_TIMERS = ("_overdue", "_due")
CODES = ("SUPERVISION", "MOTIONS", "CONSULTATIONS")
TOPICS = ("精准开展扶贫工作", "推进全域旅游", "加强城市管理")


def board(story: Story, plan: str) -> list[int]:
    return [test_motions.board(story, plan, code) for code in CODES]


def told(stack: Stack, service: str) -> dict[str, int]:
    """How many events of each type the service has recorded, but for those of its timers: time
    goes on while it is counted."""
    log = stack.db(service)["event_log"]
    types = (row["type"] for row in log.find({}, {"type": 1}))
    return Counter(kind for kind in types if not kind.endswith(OF_TIMERS))


def supervise(story: Story, begins: datetime) -> None:
    """Found, claimed, looked at again by the same team, carried out, closed."""
    place = supervising.site(story)
    id = supervising.approved(story, place, ("unit-slj", "unit-hbj"))
    supervising.with_team(story, id)
    shown = "inspection { id state }"
    asked = {
        "title": "太浦河检查",
        "heldAt": begins.isoformat(),
        "place": "黎里镇",
        "sites": [place],
    }
    planned = story.run(URBAN, "planSupervisionInspection", shown, supervisionId=id, **asked)
    inspection = planned["inspection"]["id"]
    meeting = global_id("Meeting", local_id(inspection, "SupervisionInspection"))
    meetings.hold(story, meeting, [LU, SHEN], begins)
    query = "query ($id: ID!) { supervisionInspection(id: $id) { state } }"
    eventually(
        lambda: story.ask(URBAN, query, id=inspection)["supervisionInspection"]["state"] == "HELD"
    )
    lu = story.member(LU)
    finding = supervising.found(
        story,
        lu,
        "recordFinding",
        supervisionId=id,
        siteId=place,
        inspectionId=inspection,
        text="岸坡堆放建筑垃圾",
        severity="SERIOUS",
        photos=[story.upload(lu, "整改前.pdf")],
    )["id"]
    shen, due = story.member(SHEN), begins + timedelta(days=60)
    supervising.found(story, shen, "confirmFinding", findingId=finding, confirmed=True)
    batch = [{"findingId": finding, "unit": unit("unit-slj"), "dueAt": due.isoformat()}]
    story.run(URBAN, "assignFindings", "results { finding { state } }", items=batch)
    supervising.issued(story, id, finding, due)
    step(story, SLJ, "answerSupervisionOpinion", id, plan="两周内清理岸坡。")
    photos = [{"no": 1, "file": story.upload(SLJ, "整改后.pdf")}]
    claim = {"findingId": finding, "text": "已清理", "photos": photos}
    supervising.found(story, SLJ, "claimFinding", **claim)
    supervising.feedback(story, SLJ, id, 1)
    supervising.feedback(story, supervising.HBJ, id, 2)
    supervising.found(story, lu, "verifyFinding", findingId=finding, verified=True, text="已清理")
    verdicts = [{"no": 1, "done": True}, {"no": 2, "done": True}]
    step(story, lu, "recheckSupervision", id, verdicts=verdicts, text="现场查看")
    step(story, URBAN, "closeSupervision", id, summary="整改到位")


def submit(story: Story, title: str) -> None:
    """A motion that is researched, reviewed, adopted, numbered and delivered."""
    document = test_motions.signed(story, test_motions.adopted(story, title)["id"])
    assert test_motions.press(story, OFFICE, document).startswith(f"吴政协建〔{YEAR}〕")
    story.run(OFFICE, "issueDocument", "document { id }", documentId=document)


def consult(story: Story, topic: str, begins: datetime) -> None:
    """A consultation that stands in the year's plan is held."""
    act(
        story,
        ECONOMY,
        "planConsultationMeeting",
        consultationId=topic,
        heldAt=begins.isoformat(),
        endsAt=(begins + timedelta(hours=2)).isoformat(),
        place="三楼会议室",
        members=[story.gid(LU), story.gid(QIAN)],
    )
    meeting = global_id("Meeting", local_id(topic, "Consultation"))
    meetings.hold(story, meeting, [LU, QIAN], begins)
    eventually(lambda: seen(story, ECONOMY, topic)["state"] == "HELD")


def test_the_board_goes_from_none_to_all_six_by_events_alone(world: World) -> None:
    story, stack = Story(world), world.stack
    supervising.heard(story)
    stack.move_clock(MARCH)
    plan = test_motions.executing(story, YEAR)
    topics = [proposed(story, ECONOMY, title, "com-economy")["id"] for title in TOPICS]
    test_consultations.planned(story, YEAR, *topics)
    assert board(story, plan) == [0, 0, 0]

    for done, title in enumerate(test_motions.TITLES, 1):
        submit(story, title)
        eventually(lambda d=done: board(story, plan) == [0, d, 0])  # type: ignore[misc]
    supervise(story, MARCH + timedelta(days=7))
    eventually(lambda: board(story, plan) == [1, 2, 0])
    for done, topic in enumerate(topics, 1):
        consult(story, topic, datetime(YEAR, 3 + done, 16, 9, tzinfo=SHANGHAI))
        eventually(lambda d=done: board(story, plan) == [1, 2, d])  # type: ignore[misc]

    traces = """query ($id: ID!) { workPlan(id: $id) { items { code
      traces { totalCount edges { node { title event } } } } } }"""
    before = story.ask(OFFICE, traces, id=plan)
    logged = {service: told(stack, service) for service in ("consultations", "supervision")}
    for service in ("office", *logged):
        stack.replay(service)
    assert {service: told(stack, service) for service in logged} == logged
    assert board(story, plan) == [1, 2, 3]
    assert story.ask(OFFICE, traces, id=plan) == before
    titles = {
        row["code"]: {edge["node"]["title"] for edge in row["traces"]["edges"]}
        for row in before["workPlan"]["items"]
        if row["code"] in CODES
    }
    assert titles == {
        "SUPERVISION": {supervising.TITLE},
        "MOTIONS": set(test_motions.TITLES),
        "CONSULTATIONS": set(TOPICS),
    }


def test_no_operation_takes_a_figure_of_the_board() -> None:
    """What is done, or a trace of it, is an input of nothing."""
    inputs = [
        kind
        for kind in everything.schema().type_map.values()
        if isinstance(kind, GraphQLInputObjectType) and ("Plan" in kind.name)
    ]
    assert "PlanItemInput" in {kind.name for kind in inputs}
    assert [kind.name for kind in inputs if {"done", "traces"} & kind.fields.keys()] == []
