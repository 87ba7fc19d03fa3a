"""office (机关办公): meetings, documents, affairs, plans. A table of contents, nothing else."""

from __future__ import annotations

from services.office import reactions
from services.office.commands import (
    affairs,
    answers,
    attendance,
    feeds,
    incoming,
    library,
    meetings,
    outgoing,
    paper_facts,
    plans,
    reminders,
)
from services.office.commands.ports import Desk
from services.office.domain.numbers import WORDS, word_setting
from services.office.queries import library as shelf
from services.office.queries import meetings as meeting_reads
from services.office.queries import papers, work
from services.office.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    AccountFacts,
    CheckIns,
    Feeds,
    MeetingRequests,
    Meetings,
    Members,
)
from services.office.repository.papers import (
    Affairs,
    IncomingDocuments,
    OutgoingDocuments,
    Plans,
    Rules,
    Trainings,
)
from services.office.repository.plan_facts import PlanFacts
from shared.actor import TokenSigner
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Setting
from shared.persistence.directory import Directory

SETTINGS = [
    Setting("notice_days_consultation", 15, "协商会议提前通知期限（工作日）", "decision 35", 0, 60),
    Setting("leave_days_plenary", 3, "全体会议请假提前天数", "2.10", 0, 30),
    Setting("leave_days_standing", 2, "常委会会议请假提前天数", "2.10", 0, 30),
    Setting("leave_requests", 2, "同一会议请假次数上限", "2.10", 1, 10),
    Setting("answer_hours", 24, "报名默认截止（会前小时）", "2.10", 0, 720),
    Setting("answer_reminder_hours", 24, "报名截止前多少小时提醒", "2.10", 1, 240),
    Setting("start_reminder_hours", 24, "会议开始前多少小时提醒", "2.10", 1, 240),
    Setting("half_day_morning", 9, "上午半天开始时间（时）", "A1", 6, 11),
    Setting("half_day_afternoon", 14, "下午半天开始时间（时）", "A1", 12, 18),
    Setting("half_day_minutes", 180, "半天时长（分钟）", "A1", 60, 300),
    Setting("check_in_lead_minutes", 60, "会前多少分钟开放签到", "2.10", 0, 1440),
    Setting("check_in_code_seconds", 60, "签到码有效时间（秒）", "2.10", 10, 600),
    *(
        Setting(word_setting(series), word, f"发文字号机关代字：{word}", "decision 13")
        for series, word in WORDS.items()
    ),
    Setting("document_reminder_days", [3, 1], "来文办结前第几天提醒", "2.10", 0, 60),
    Setting("document_overdue_every_days", 3, "来文逾期后提醒间隔（天）", "2.10", 1, 60),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database, service = platform.database, platform.service
    database.prepare(INDEXES, MIGRATIONS, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    return Desk(
        meetings=Meetings(database),
        check_ins=CheckIns(database),
        requests=MeetingRequests(database),
        members=Members(database),
        accounts=AccountFacts(database),
        feeds=Feeds(database),
        outgoing=OutgoingDocuments(database),
        incoming=IncomingDocuments(database),
        affairs=Affairs(database),
        plans=Plans(database),
        facts=PlanFacts(database),
        rules=Rules(database),
        trainings=Trainings(database),
        directory=Directory(database),
        settings=platform.settings,
        calendar=platform.calendar,
        clock=platform.clock,
        seal=TokenSigner.load(platform.environment.keys_dir, service),
        read_statement=lambda text: platform.verifier.read_statement(text, service),
    )


@offers(
    meetings,
    answers,
    attendance,
    feeds,
    meeting_reads,
    outgoing,
    incoming,
    papers,
    affairs,
    plans,
    work,
    library,
    shelf,
)
class OfficeService:
    name = "office"
    deps = Provide(build)

    @every()
    def remind_invited(self) -> None:
        reminders.remind_invited(Call.system(self.name), self.deps)

    @every()
    def remind_of_documents(self) -> None:
        incoming.remind_of_documents(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(OfficeService, "members", _type, reactions.note_member)
for _type in reactions.ACCOUNTS:
    listen(OfficeService, "identity", _type, reactions.note_account)
for _fact in reactions.PLANS:
    listen(OfficeService, *_fact, reactions.plan_meeting)
for _fact in reactions.INVITATIONS:
    listen(OfficeService, *_fact, reactions.invite)
for _fact in reactions.HOLDINGS:
    listen(OfficeService, *_fact, reactions.hold)
for _fact in reactions.CANCELLATIONS:
    listen(OfficeService, *_fact, reactions.call_off)
for _fact, _react in paper_facts.REACTIONS.items():
    listen(OfficeService, *_fact, _react)
