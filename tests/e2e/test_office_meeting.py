"""A consultation meeting, from the warning about its notice to points and minutes (AC-19)."""

from __future__ import annotations

import io
from datetime import datetime
from functools import partial
from typing import Any

import httpx
import icalendar
import pytest
from openpyxl import load_workbook
from pymongo.collection import Collection

from gateway.base import global_id, local_id
from services.office.domain.half_days import SHANGHAI
from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.e2e.story import Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE, World

FOURTH_OF_MAY = datetime(2017, 5, 4, 9, tzinfo=SHANGHAI)
EIGHTEENTH, TWENTY_FIFTH = "2017-05-18T09:00:00+08:00", "2017-05-25T09:00:00+08:00"
SECOND_CLERK = Actor("account-office-2", Role.OFFICE)
TOWN = Actor("account-town", Role.TOWN_STAFF, {"town": "town-lili"})
CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
LU, SHEN, QIAN = "陆明远", "沈一鸣", "钱思齐"
NAMES = [LU, SHEN, QIAN, *(f"委员{number}" for number in range(4, 34))]  # 33 are invited
MEETING = """
  id kindLabel state stateLabel heldAt answerBy notices reason mayRun
  own { state stateLabel } presence { statusLabel }
  tally { invited checkedIn answers { state count } attendance { status count } }
  statements { member { name } text dissent } minutes { text } speeches { topic }
"""


@pytest.fixture(scope="module")
def crowd(world: World) -> Story:
    """33 members of their own, known to the office and to performance."""
    for number, name in enumerate(NAMES, 501):
        world.member(name, number)
    ids = [world.members[name].member_id for name in NAMES]
    for service in ("office", "performance"):
        eventually(partial(_knows, world.stack.db(service)["members"], ids))
    return Story(world)


def _knows(members: Collection[Document], ids: list[str | None]) -> bool:
    return members.count_documents({"_id": {"$in": ids}}) == len(ids)


gid = Story.gid


def run(story: Story, actor: Actor, mutation: str, shown: str = "", **given: Any) -> Document:
    """The payload; raises Refusal with its codes."""
    payload = story.run(actor, mutation, shown or f"meeting {{ {MEETING} }}", **given)
    return payload if shown else dict(payload["meeting"])


def seen(story: Story, actor: Actor, meeting: str) -> Document | None:
    query = f"query ($id: ID!) {{ meeting(id: $id) {{ {MEETING} }} }}"
    row: Document | None = story.ask(actor, query, id=meeting)["meeting"]
    return row


def counts(rows: list[Document], key: str) -> dict[str, int]:
    return {row[key]: row["count"] for row in rows if row["count"]}


def planned(story: Story) -> str:
    """The consultation in the plan for 18 May, told by the service that owns it."""
    id = f"consultation-{new_id()[:8]}"
    people = [story.member(name).member_id for name in NAMES]
    event = sample_event(
        "consultations",
        "consultation_planned",
        id=new_id(),
        subject=id,
        meeting_id=id,
        organiser="office-general",
        title="精准开展扶贫工作",
        held_at=EIGHTEENTH,
        ends_at="2017-05-18T11:30:00+08:00",
        invited=[{"member_id": member, "role": "PARTICIPANT"} for member in people],
        term=15,
    )
    story.world.stack.publish(event)
    eventually(lambda: story.world.stack.db("office")["meetings"].find_one({"_id": id}))
    return global_id("Meeting", id)


def points(story: Story, name: str, meeting: str) -> list[tuple[str, float]]:
    source = local_id(meeting, "Meeting")
    rows = [row for row in story.ledger(name) if source in row["sourceRef"]]
    return sorted((row["ruleCode"], row["basePoints"]) for row in rows)


def test_ac_19_the_meeting_of_a_consultation(crowd: Story) -> None:
    story = crowd
    story.world.stack.move_clock(FOURTH_OF_MAY)
    meeting = planned(story)
    with pytest.raises(Refusal) as refused:
        run(story, OFFICE, "notifyMeeting", meetingId=meeting)
    assert refused.value.codes == ["NOTICE_PERIOD_SHORT"]
    assert refused.value.messages == ["该类会议应提前15个工作日通知；确需召开请说明理由"]
    assert seen(story, story.member(LU), meeting) is None

    run(story, OFFICE, "notifyMeeting", meetingId=meeting, shortNoticeReason="区委要求")
    story.await_message(LU, "精准开展扶贫工作定于2017年5月18日09:00在")
    eventually(lambda: story.waits(story.member(LU), "MEETING_ANSWER", meeting))
    assert run(story, story.member(LU), "answerMeeting", meetingId=meeting, coming=True)["own"] == {
        "state": "ACCEPTED",
        "stateLabel": "参加",
    }
    eventually(lambda: not story.waits(story.member(LU), "MEETING_ANSWER", meeting))

    moved = run(
        story,
        OFFICE,
        "rescheduleMeeting",
        meetingId=meeting,
        heldAt=TWENTY_FIFTH,
        reason="与区委会议冲突",
    )
    assert (moved["state"], moved["heldAt"]) == ("RESCHEDULED", TWENTY_FIFTH)
    assert counts(moved["tally"]["answers"], "state") == {"INVITED": 33}
    story.await_message(LU, "由2017年5月18日09:00改至2017年5月25日09:00")
    eventually(lambda: story.waits(story.member(LU), "MEETING_ANSWER", meeting))

    _answered(story, meeting)
    _held(story, meeting)
    _recorded(story, meeting)


def _answered(story: Story, meeting: str) -> None:
    """Two ask for leave; the secretary-general grants it."""
    for name in NAMES[-3:-1]:
        leave = {"reasonKind": "WORK", "reason": "外地出差"}
        run(story, story.member(name), "askMeetingLeave", meetingId=meeting, **leave)
    eventually(lambda: story.waits(CHIEF, "LEAVE_DECISION", meeting))
    for name in NAMES[-3:-1]:
        asking = gid(story, name)
        run(story, CHIEF, "decideMeetingLeave", meetingId=meeting, memberId=asking, granted=True)
    eventually(lambda: not story.waits(CHIEF, "LEAVE_DECISION", meeting))
    story.await_message(NAMES[-2], "您对精准开展扶贫工作的请假已获准")


def _held(story: Story, meeting: str) -> None:
    """One scans the code, others stand on a list that two clerks bring, twice."""
    story.world.stack.move_clock(datetime(2017, 5, 25, 8, 30, tzinfo=SHANGHAI))
    run(story, OFFICE, "openCheckIn", meetingId=meeting)
    query = "query ($id: ID!) { checkInCode(meetingId: $id) { code halfDay validSeconds } }"
    code = story.ask(OFFICE, query, id=meeting)["checkInCode"]
    assert (code["halfDay"], code["validSeconds"]) == (1, 60)
    run(story, story.member(LU), "checkIn", code=code["code"])
    came = "2017-05-25T08:30:00+08:00"
    rows = [{"memberId": gid(story, name), "at": came} for name in NAMES[:30]]
    stranger = global_id("Member", "m-nobody")
    rows += [{"memberId": gid(story, LU), "at": TWENTY_FIFTH}, {"memberId": stranger, "at": came}]
    for clerk, merged in ((OFFICE, 29), (SECOND_CLERK, 0)):
        shown = (
            "merged known unknown uninvited unfit unconfirmed warnings { text members { name } }"
        )
        payload = run(story, clerk, "uploadOfflineCheckIns", shown, meetingId=meeting, rows=rows)
        assert (payload["merged"], payload["known"]) == (merged, 30 - merged)
        assert (payload["unknown"], payload["unfit"]) == ([stranger], [31])
        assert (payload["uninvited"], payload["unconfirmed"]) == ([], [])
        assert payload["warnings"] == [
            {"text": "第32行不是委员，未登记", "members": []},
            {"text": "第31行时间不合理，未登记", "members": []},
        ]
    held = run(story, OFFICE, "holdMeeting", meetingId=meeting)
    assert held["tally"]["checkedIn"] == 30
    words = "本人不同意将集中安置作为唯一方式。"
    writer = story.member(QIAN)
    run(story, writer, "submitMeetingStatement", meetingId=meeting, text=words, dissent=True)


def _recorded(story: Story, meeting: str) -> None:
    """The organiser confirms; nobody else may, and nobody twice. Dissent stands as written."""
    answer = story.world.stack.graphql(
        "mutation ($input: ConfirmAttendanceInput!) "
        "{ confirmAttendance(input: $input) { errors { code } } }",
        {"input": {"meetingId": meeting}},
        story.world.stack.token(story.member(LU)),
    )
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
    confirmed = run(story, OFFICE, "confirmAttendance", meetingId=meeting)
    assert counts(confirmed["tally"]["attendance"], "status") == {
        "PRESENT": 30,
        "LEAVE": 2,
        "ABSENT": 1,
    }
    with pytest.raises(Refusal) as refused:
        run(story, SECOND_CLERK, "confirmAttendance", meetingId=meeting)
    assert refused.value.codes == ["MEETING_WRONG_STATE"]
    eventually(lambda: points(story, LU, meeting) == [("A3", 3.0)])

    run(story, OFFICE, "writeMinutes", meetingId=meeting, text="会议围绕精准扶贫进行了协商。")
    run(story, OFFICE, "closeMeeting", meetingId=meeting)
    kept = seen(story, story.member(SHEN), meeting)
    assert kept is not None
    assert kept["statements"] == [
        {"member": {"name": QIAN}, "text": "本人不同意将集中安置作为唯一方式。", "dissent": True}
    ]
    assert (kept["stateLabel"], kept["presence"]) == ("已归档", {"statusLabel": "出席"})
    assert seen(story, TOWN, meeting) is None


def test_a_correction_undoes_the_points_of_who_was_not_there(crowd: Story) -> None:
    story = crowd
    story.world.stack.move_clock(FOURTH_OF_MAY)
    meeting = planned(story)
    run(story, OFFICE, "notifyMeeting", meetingId=meeting, shortNoticeReason="区委要求")
    story.world.stack.move_clock(datetime(2017, 5, 18, 9, tzinfo=SHANGHAI))
    run(story, OFFICE, "openCheckIn", meetingId=meeting)
    run(story, OFFICE, "checkInMembers", meetingId=meeting, members=[gid(story, SHEN)])
    run(story, OFFICE, "holdMeeting", meetingId=meeting)
    run(story, OFFICE, "confirmAttendance", meetingId=meeting)
    eventually(lambda: points(story, SHEN, meeting) == [("A3", 3.0)])
    rows = [{"memberId": gid(story, SHEN), "status": "ABSENT"}]
    run(story, OFFICE, "correctAttendance", meetingId=meeting, rows=rows, reason="代签")
    eventually(lambda: ("A3", -3.0) in points(story, SHEN, meeting))
    story.await_message(SHEN, "您的一次会议出席记录已更正")


def test_a_member_reads_meetings_in_the_own_calendar(crowd: Story) -> None:
    story, actor = crowd, crowd.member(NAMES[5])
    story.world.stack.move_clock(FOURTH_OF_MAY)
    meeting = planned(story)
    run(story, OFFICE, "notifyMeeting", meetingId=meeting, shortNoticeReason="区委要求")
    opened = run(story, actor, "openCalendarFeed", "feed { path createdAt }")["feed"]
    viewer = story.ask(actor, "{ viewer { calendarFeed { path } } }")["viewer"]
    assert viewer["calendarFeed"]["path"] == opened["path"]

    def fetched() -> httpx.Response:
        return story.world.stack.http.get(opened["path"])

    answer = fetched()
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    events = {
        str(event["uid"]): event for event in icalendar.Calendar.from_ical(answer.text).events
    }
    event = events[f"{local_id(meeting, 'Meeting')}@smart-cppcc"]
    assert (str(event["summary"]), int(event["sequence"])) == ("精准开展扶贫工作", 0)
    assert event["dtstart"].dt == datetime(2017, 5, 18, 9, tzinfo=SHANGHAI)
    run(story, actor, "revokeCalendarFeed", "feed { path revokedAt }")
    assert fetched().status_code == 404
    assert story.world.stack.http.get("/calendar/nonsense.ics").status_code == 404


def test_attendance_is_exported_by_who_runs_the_meeting(crowd: Story) -> None:
    story = crowd
    story.world.stack.move_clock(FOURTH_OF_MAY)
    meeting = planned(story)
    run(story, OFFICE, "notifyMeeting", meetingId=meeting, shortNoticeReason="区委要求")
    run(story, story.member(SHEN), "answerMeeting", meetingId=meeting, coming=True)
    shown = "export { id }"
    asked = {"kind": "ATTENDANCE_XLSX", "subject": meeting}
    with pytest.raises(Refusal) as refused:
        run(story, OFFICE, "requestExport", shown, kind="ATTENDANCE_XLSX")
    assert refused.value.codes == ["INVALID_INPUT"]
    with pytest.raises(AssertionError, match="NOT_FOUND"):
        run(story, TOWN, "requestExport", shown, **asked)
    export = run(story, OFFICE, "requestExport", shown, **asked)["export"]

    def ready() -> Any:
        query = "query ($id: ID!) { export(id: $id) { state count file { name url } } }"
        found = story.ask(OFFICE, query, id=export["id"])["export"]
        assert found["state"] != "FAILED", found
        return found["file"]

    content = story.world.stack.http.get(eventually(ready, timeout=30)["url"]).content
    heads, *rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    table = {row[0]: dict(zip(map(str, heads), row, strict=True)) for row in rows}
    assert len(table) == 33
    assert (table["15-0502"]["姓名或单位"], table["15-0502"]["答复"]) == (SHEN, "参加")
    assert (table["15-0501"]["答复"], table["15-0501"]["出席情况"]) == ("未答复", None)
