"""What every part of the service stands on: dependencies, settings, the answer to a command."""

from __future__ import annotations

from typing import Any

from services.office.commands.ports import Desk
from services.office.queries import meetings
from services.office.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    CheckIns,
    Feeds,
    MeetingRequests,
    Meetings,
    Members,
)
from services.office.service.papers import PAPER_SETTINGS, build_papers
from shared.actor import TokenSigner
from shared.call import Call
from shared.messaging.service import Platform, Provide
from shared.persistence import Setting

Row = dict[str, Any]

SETTINGS = [
    Setting("notice_days_consultation", 15, "协商会议提前通知期限（工作日）", "decision 35", 0, 60),
    Setting("leave_days_plenary", 3, "全体会议请假提前天数", "2.10", 0, 30),
    Setting("leave_days_standing", 2, "常委会会议请假提前天数", "2.10", 0, 30),
    Setting("leave_requests", 2, "同一会议请假次数上限", "2.10", 1, 10),
    Setting("answer_hours", 24, "报名默认截止（会前小时）", "2.10", 0, 720),
    Setting("answer_reminder_hours", 24, "报名截止前多少小时提醒", "2.10", 1, 240),
    Setting("start_reminder_hours", 24, "会议开始前多少小时提醒", "2.10", 1, 240),
    Setting("check_in_lead_minutes", 60, "会前多少分钟开放签到", "2.10", 0, 1440),
    Setting("check_in_code_seconds", 60, "签到码有效时间（秒）", "2.10", 10, 600),
    *PAPER_SETTINGS,
]
SCAN_SECONDS = 5.0  # how often the timer looks for whom to remind


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    service, members = platform.service, Members(database)
    papers = build_papers(database, platform.settings, platform.clock, members.current_term)
    return Desk(
        meetings=Meetings(database),
        check_ins=CheckIns(database),
        requests=MeetingRequests(database),
        members=members,
        feeds=Feeds(database),
        papers=papers,
        settings=platform.settings,
        calendar=platform.calendar,
        clock=platform.clock,
        seal=TokenSigner.load(platform.environment.keys_dir, service),
        read_statement=lambda text: platform.verifier.read_statement(text, service),
    )


class Base:
    name = "office"
    deps = Provide(build)

    def _meeting(self, call: Call, meeting_id: str) -> Row:
        """The meeting as the one who acted sees it now; its id alone if no longer seen."""
        rows = meetings.meetings_by_ids(call, self.deps, ids=[meeting_id])
        return rows[0] if rows else {"id": meeting_id}
