"""What the use cases of proposals are given: storage, settings, questions to other services."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from services.proposals.commands.checks import field_setting, reason_setting
from services.proposals.commands.ports import Desk
from services.proposals.domain.refusal import SWITCHABLE
from services.proposals.domain.states import Category
from services.proposals.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    Appraisals,
    Directory,
    Evaluations,
    Figures,
    Guides,
    Inspections,
    Proposals,
    Worklists,
    create_ballot_box,
)
from shared.call import Call
from shared.contracts.recipients import account_key, member_key
from shared.messaging.service import Platform
from shared.persistence import Setting
from shared.persistence.settings import PROPOSALS
from shared.persistence.topics import Topics

FIELDS = {  # of directory ids, separated by 、
    Category.ECONOMIC: "com-economy",
    Category.SOCIAL: "com-legal、com-education",
    Category.URBAN_RURAL: "com-urban",
    Category.CULTURAL: "com-education",
    Category.POLITICAL_LEGAL: "com-legal",
}
SETTINGS = [
    Setting("body_max", 2000, "提案正文字数上限", "V4", 500, 10_000),
    Setting("suggestions_max", 10, "建议条目上限", "V3", 1, 50),
    Setting("title_least", 8, "案由最少字数", "V1", 4, 30, not_above="title_most"),
    Setting("title_most", 60, "案由最多字数", "V1", 20, 120),
    Setting("drafts_max", 50, "同时保留的草稿上限（件）", "decision 11", 5, 500),
    Setting("review_days", 10, "提交后审查期限（工作日）", "DL1", 1, 60),
    Setting("return_window_days", 7, "退回后联名期限（天）", "decision 22", 1, 60),
    Setting("resubmission_days", 60, "退回后重新提交的期限（天）", "decision 41", 7, 365),
    Setting(
        "resubmission_warning_days",
        15,
        "重新提交期限届满前几天提醒",
        "decision 41",
        1,
        60,
        not_above="resubmission_days",
    ),
    Setting("decision_days", 5, "各类申请的决定期限（工作日）", "decision 41", 1, 60),
    Setting("shortfall_days", 3, "联名人数不足的决定期限（工作日）", "decision 22", 1, 30),
    Setting("appeal_days", 15, "不予立案的复议期限（天）", "decision 28", 1, 90),
    *(
        Setting(reason_setting(reason), True, f"不予立案理由启用：{reason.label}", "V14")
        for reason in SWITCHABLE
    ),
    Setting("class_d", False, "启用办理结果D类（供参考）", "2.2"),
    Setting("consult_contacts", 2, "要求面商的提案应联系次数", "V16", 1, 5),
    Setting("contact_attempts", 2, "联系未果须有的次数（不同日期）", "V16", 1, 5),
    Setting("dissatisfied_rounds", 1, "不满意后重新办理的次数，再不满意即提请督办", "T19", 1, 3),
    Setting("carry_overs_a_year", 1, "每年结转办理次数", "2.2", 1, 4),
    Setting("sign_days", 10, "承办单位签收期限（天）", "DL3", 1, 60),
    Setting("co_opinion_months", 1, "会办意见期限（月）", "DL4", 1, 12),
    Setting("reply_months", 3, "答复期限（月）", "DL5", 1, 12, not_above="longest_months"),
    Setting("evaluation_days", 30, "评价期限（天）", "DL7", 1, 180),
    Setting("evaluation_reminders", [7, 14, 25], "答复后第几天提醒评价", "DL7", 1, 180),
    Setting("assignment_days", 30, "全会后交办期限（天）", "DL2", 1, 90),
    Setting("longest_months", 6, "延期后的最长办理期限（月）", "DL6", 1, 24),
    Setting("second_reply_days", 30, "二次答复期限（天）", "DL8", 1, 180),
    Setting("report_month", 11, "到期承诺最迟报告月份", "DL9", 1, 12),
    Setting("report_day", 30, "到期承诺最迟报告日", "DL9", 1, 30),
    Setting("warning_days", [30, 15, 7, 1], "答复到期前第几天提醒", "DL10", 1, 180),
    Setting("overdue_every_days", 7, "逾期后提醒间隔（天）", "DL10", 1, 60),
    Setting("notice_days", 15, "逾期多少天发督办通知", "DL10", 1, 180, not_above="escalation_days"),
    Setting("escalation_days", 30, "逾期多少天提请区领导并公布", "DL10", 1, 365),
    *(
        Setting(field_setting(category), named, f"{category.label}类对口专委会", "decision 53")
        for category, named in FIELDS.items()
    ),
    Setting("appraisal_items", "办理态度、办理措施、办理效果", "评议打分项目（以顿号分隔）", "2.2"),
    Setting("appraisal_min_ballots", 5, "民主评议计票的最少票数", "decision 29", 3, 100),
    Setting("appraisal_report_days", 3, "被评议单位汇报在评议前几天提交", "2.2", 0, 30),
    Setting("appraisal_report_reminder", 1, "被评议单位汇报到期前几天提醒", "2.2", 0, 30),
]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    create_ballot_box(database)
    database.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
    platform.settings.declare(SETTINGS, PROPOSALS)

    def active_members(call: Call, ids: Collection[str], at: datetime) -> Collection[str]:
        asking = Call.system("proposals", call.correlation_id)
        found: list[str] = platform.rpc.call(
            "members", "active_members", asking, ids=sorted(ids), at=at
        )
        return found

    return Desk(
        proposals=Proposals(database),
        evaluations=Evaluations(database),
        directory=Directory(database),
        active_members=active_members,
        appraisals=Appraisals(database),
        inspections=Inspections(database),
        guides=Guides(database),
        topics=Topics(database),
        conflicts=Interests(platform.rpc),
        settings=platform.settings,
        calendar=platform.calendar,
        clock=platform.clock,
        audit=platform.audit,
        tallies=Figures(database),
        worklists=Worklists(database),
    )


class Interests:
    """Who works for a unit, asked at the moment it matters (decision 9: V15, panels).

    Members by their work unit, accounts by the units of the roles they hold; never by names."""

    def __init__(self, rpc: Any) -> None:
        self._rpc = rpc

    def __call__(
        self, call: Call, keys: Collection[str], units: Collection[str]
    ) -> Collection[str]:
        """Those of the keys (`member:…`, `account:…`) whose people work for one of the units."""
        asking = Call.system("proposals", call.correlation_id)
        members, accounts = _named(keys, member_key("")), _named(keys, account_key(""))
        employed: list[str] = []
        if members:
            employed = self._rpc.call(
                "members", "employed_by", asking, ids=members, units=sorted(units)
            )
        rows: list[dict[str, Any]] = []
        if accounts:
            rows = self._rpc.call("identity", "accounts_by_ids", asking, ids=accounts)
        acting = [row["id"] for row in rows if _units_of(row) & set(units)]
        return {*map(member_key, employed), *map(account_key, acting)}


def _named(keys: Iterable[str], prefix: str) -> list[str]:
    return sorted(key.removeprefix(prefix) for key in keys if key.startswith(prefix))


def _units_of(account: dict[str, Any]) -> set[str]:
    """Scopes of the roles that the account holds now."""
    held = [grant for grant in account["grants"] if grant["state"] == "GRANTED"]
    return {scope["id"] for grant in held for scope in grant["scope"] if scope["kind"] == "UNIT"}
