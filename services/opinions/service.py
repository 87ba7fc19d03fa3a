"""opinions (社情民意): items, issues, what becomes of them. A table of contents, nothing else."""

from __future__ import annotations

from services.opinions import reactions
from services.opinions.commands import alarms, circulating, editing, writing
from services.opinions.commands.ports import Desk
from services.opinions.queries import opinions
from services.opinions.repository import INDEXES, OUTBOX, PROJECTIONS, Opinions
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Platform, Provide, every, listen, offers
from shared.persistence import Setting
from shared.persistence.directory import Directory
from shared.persistence.roster import Members
from shared.persistence.topics import Topics

SETTINGS = [
    Setting("longest_text", 800, "情况反映和意见建议合计字数上限", "10.2", 100, 5000),
    Setting("longest_edition", 1500, "编辑稿合计字数上限", "10.2", 100, 5000),
    Setting("most_authors", 3, "一件信息的反映人数上限", "2.7", 1, 10),
    Setting("urgent_edit_hours", 4, "紧急信息编辑时限（小时）", "2.7", 1, 72),
    Setting("urgent_sign_hours", 1, "紧急信息签发时限（小时）", "2.7", 1, 72),
    Setting("urgent_reminder_hours", 1, "紧急信息到期前几小时提醒", "10.3", 0, 24),
    Setting("normal_days", 3, "一般信息编辑、报送时限（工作日）", "2.7", 1, 30),
    Setting("sign_days", 1, "一般信息签发时限（工作日）", "2.7", 1, 30),
    Setting("inform_days", 5, "告知反映人时限（工作日）", "2.7", 1, 30),
    Setting("decision_days", 5, "评定优秀信息时限（工作日）", "decision 41", 1, 60),
    Setting("revision_days", 10, "退回修改时限（工作日）", "decision 41", 1, 60),
    Setting("reminder_days", 1, "到期前几天提醒", "10.3", 0, 30),
    Setting("referral_days", 30, "转办反馈期限（天）", "10.5", 1, 365),
    Setting("referral_reminder_days", 5, "转办到期前几天提醒", "10.5", 0, 60),
    Setting("follow_days", 60, "报送后跟踪办结期限（天）", "10.6", 1, 365),
    Setting("norm_standing", 3, "常委每年反映信息数", "2.7", 0, 50),
    Setting("norm_member", 1, "委员每年反映信息数", "2.7", 0, 50),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    return Desk(
        opinions=Opinions(database),
        members=Members(database),
        directory=Directory(database),
        topics=Topics(database),
        settings=platform.settings,
        clock=platform.clock,
        calendar=platform.calendar,
    )


@offers(writing, editing, circulating, opinions)
class OpinionsService:
    name = "opinions"
    deps = Provide(build)

    @every()
    def ring_alarms(self) -> None:
        alarms.ring_alarms(Call.system(self.name), self.deps)


for _type in names.MEMBER_STATES:
    listen(OpinionsService, "members", _type, reactions.note_member)
listen(OpinionsService, "members", names.ORGANISATION_CHANGED, reactions.note_organisation)
listen(OpinionsService, "members", names.TOPIC_CHANGED, reactions.note_topic)
for (_source, _type), _react in reactions.MADE_OF.items():
    listen(OpinionsService, _source, _type, _react)
