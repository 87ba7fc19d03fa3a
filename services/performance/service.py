"""performance (履职统计): the points ledger and its reading. RPC and events, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.performance import reactions
from services.performance.commands import appeals, manual, rules, talks, years
from services.performance.commands.ports import Desk
from services.performance.domain import duties, facts
from services.performance.domain.members import MEMBER_EVENTS
from services.performance.domain.years import APPEAL_DAYS, FREEZE_DAYS
from services.performance.queries import desk as desk_queries
from services.performance.queries import points as queries
from services.performance.queries import statistics
from services.performance.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    Appeals,
    Duties,
    LateChanges,
    LedgerRepository,
    ManualRequests,
    MemberRepository,
    RuleSets,
    Snapshots,
    Talks,
    Years,
)
from services.performance.schemas import desk as forms
from services.performance.schemas import duties as forms_of_duties
from services.performance.schemas import points as schemas
from shared.actor import TokenSigner
from shared.call import Call
from shared.messaging.service import Event, Platform, Provide, every, on_event, read, rpc
from shared.persistence import Setting
from shared.schemas import InputSchema

SETTINGS = [
    Setting(
        queries.RANKING_FOR_ALL,
        False,
        "履职积分排名向全体委员公开",
        "section 4, publication default",
    ),
    Setting(statistics.SILENT_DAYS, 90, "无履职记录提醒天数", "section 4, statistics", 7, 365),
    Setting(FREEZE_DAYS, 31, "年度积分封存日（次年第几天）", "section 4, year", 1, 180),
    Setting(APPEAL_DAYS, 10, "积分公示申诉期（天）", "section 4, year", 1, 90),
]

Row = dict[str, Any]


def build(platform: Platform) -> Desk:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    database.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
    platform.settings.declare(SETTINGS)
    ledger, members, rule_sets = (
        LedgerRepository(database),
        MemberRepository(database),
        RuleSets(database),
    )
    snapshots = Snapshots(database)
    reading = queries.Reading(
        ledger, members, rule_sets, snapshots, platform.settings, platform.clock
    )
    return Desk(
        ledger=ledger,
        members=members,
        duties=Duties(database),
        rules=rule_sets,
        manual=ManualRequests(database),
        appeals=Appeals(database),
        years=Years(database),
        snapshots=snapshots,
        late_changes=LateChanges(database),
        talks=Talks(database),
        reading=reading,
        settings=platform.settings,
        seal=TokenSigner.load(platform.environment.keys_dir, platform.service),
        clock=platform.clock,
    )


class PerformanceService:
    name = "performance"
    deps = Provide(build)

    # Points by hand

    @rpc
    def request_credit(self, call: Call, **payload: Any) -> Row:
        data = forms.RequestCredit.parse(payload)
        return self._request(manual.request_credit(call, self.deps, **data))

    @rpc
    def request_strike(self, call: Call, **payload: Any) -> Row:
        data = forms.RequestStrike.parse(payload)
        return self._request(manual.request_strike(call, self.deps, **data))

    @rpc
    def decide_request(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideRequest.parse(payload)
        return self._request(manual.decide_request(call, self.deps, **data))

    # Appeals

    @rpc
    def submit_appeal(self, call: Call, **payload: Any) -> Row:
        data = forms.SubmitAppeal.parse(payload)
        return self._appeal(appeals.submit_appeal(call, self.deps, **data))

    @rpc
    def withdraw_appeal(self, call: Call, **payload: Any) -> Row:
        data = forms.AppealInput.parse(payload)
        return self._appeal(appeals.withdraw_appeal(call, self.deps, **data))

    @rpc
    def decide_appeal(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideAppeal.parse(payload)
        return self._appeal(appeals.decide_appeal(call, self.deps, **data))

    # Rules

    @rpc
    def draft_rules(self, call: Call, **payload: Any) -> Row:
        document = forms.rules_document(forms.DraftRules.parse(payload))
        return self._rules(call, rules.draft_rules(call, self.deps, document=document))

    @rpc
    def propose_rules(self, call: Call, **payload: Any) -> Row:
        data = forms.VersionInput.parse(payload)
        return self._rules(call, rules.propose_rules(call, self.deps, **data))

    @rpc
    def decide_rules(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideRules.parse(payload)
        return self._rules(call, rules.decide_rules(call, self.deps, **data))

    # The year

    @rpc
    def publish_draft(self, call: Call, **payload: Any) -> Row:
        data = forms.WhichYear.parse(payload)
        return self._year(years.publish_draft(call, self.deps, **data))

    @rpc
    def freeze_year(self, call: Call, **payload: Any) -> Row:
        data = forms.WhichYear.parse(payload)
        return self._year(years.freeze_year(call, self.deps, **data))

    @rpc
    def decide_late_change(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideLateChange.parse(payload)
        entry_id = years.decide_late_change(call, self.deps, **data)
        return self.deps.late_changes.row(entry_id)

    @rpc
    def record_talk(self, call: Call, **payload: Any) -> Row:
        data = forms.RecordTalk.parse(payload)
        return self.deps.talks.row(talks.record_talk(call, self.deps, **data))

    @every(seconds=5)
    def turn_years(self) -> None:
        years.turn_years(Call.system(self.name), self.deps)

    # Reads: what people decide

    @read
    def list_requests(self, call: Call, **payload: Any) -> Row:
        return desk_queries.requests_page(call, self.deps, **forms.ListRequests.parse(payload))

    @read
    def count_requests(self, call: Call, **payload: Any) -> int:
        return desk_queries.count_requests(call, self.deps, **forms.CountRequests.parse(payload))

    @read
    def requests_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return desk_queries.requests_by_ids(call, self.deps, **schemas.IdsInput.parse(payload))

    @read
    def appeals_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return desk_queries.appeals_by_ids(call, self.deps, **schemas.IdsInput.parse(payload))

    @read
    def list_appeals(self, call: Call, **payload: Any) -> Row:
        return desk_queries.appeals_page(call, self.deps, **forms.ListAppeals.parse(payload))

    @read
    def count_appeals(self, call: Call, **payload: Any) -> int:
        return desk_queries.count_appeals(call, self.deps, **forms.CountAppeals.parse(payload))

    @read
    def list_talks(self, call: Call, **payload: Any) -> Row:
        return desk_queries.talks_page(call, self.deps, **forms.ListTalks.parse(payload))

    @read
    def count_talks(self, call: Call, **payload: Any) -> int:
        return desk_queries.count_talks(call, self.deps, **forms.CountTalks.parse(payload))

    @read
    def talks_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return desk_queries.talks_by_ids(call, self.deps, **schemas.IdsInput.parse(payload))

    @read
    def list_late_changes(self, call: Call, **payload: Any) -> Row:
        data = forms.ListLateChanges.parse(payload)
        return desk_queries.late_changes_page(call, self.deps, **data)

    @read
    def count_late_changes(self, call: Call, **payload: Any) -> int:
        data = forms.CountLateChanges.parse(payload)
        return desk_queries.count_late_changes(call, self.deps, **data)

    @read
    def rule_sets(self, call: Call, **payload: Any) -> list[Row]:
        InputSchema.parse(payload)
        return [forms.rules_row(row) for row in desk_queries.rule_sets(call, self.deps)]

    @read
    def performance_years(self, call: Call, **payload: Any) -> list[Row]:
        InputSchema.parse(payload)
        return [forms.year_row(year) for year in desk_queries.years(call, self.deps)]

    @read
    def list_what_if(self, call: Call, **payload: Any) -> Row:
        found = desk_queries.what_if_page(call, self.deps, **forms.WhatIfPage.parse(payload))
        return {**found, "rows": [forms.comparison_row(*row) for row in found["rows"]]}

    @read
    def count_what_if(self, call: Call, **payload: Any) -> int:
        return desk_queries.count_what_if(call, self.deps, **forms.CountWhatIf.parse(payload))

    @read
    def what_if_score(self, call: Call, **payload: Any) -> Row:
        data = forms.WhatIfScore.parse(payload)
        return schemas.sheet_row(desk_queries.what_if_score(call, self.deps, **data))

    # Reads: points

    @read
    def score(self, call: Call, **payload: Any) -> dict[str, Any]:
        asked = schemas.MemberYearInput.parse(payload)
        return schemas.sheet_row(queries.score_of(call, self.deps.reading, **asked))

    @read
    def scores_by_member_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        asked = schemas.ScoresInput.parse(payload)
        explained = asked.pop("explained")
        found = queries.scores_by_member_ids(call, self.deps.reading, **asked)
        return [schemas.sheet_row(sheet, explained) for sheet in found]

    @read
    def list_ledger(self, call: Call, **payload: Any) -> dict[str, Any]:
        asked = schemas.LedgerPage.parse(payload)
        found = queries.ledger_page(call, self.deps.reading, **asked.pop("filter"), **asked)
        rows = [schemas.entry_row(row, self.deps.book) for row in found["rows"]]
        return {**found, "rows": rows}

    @read
    def count_ledger(self, call: Call, **payload: Any) -> int:
        asked = schemas.LedgerCount.parse(payload)
        return queries.count_ledger(call, self.deps.reading, **asked["filter"])

    @read
    def ledger_entries_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        asked = schemas.IdsInput.parse(payload)
        found = queries.ledger_entries_by_ids(call, self.deps.reading, **asked)
        return [schemas.entry_row(row, self.deps.book) for row in found]

    @read
    def group_averages(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        asked = schemas.MemberYearInput.parse(payload)
        found = queries.group_averages(call, self.deps.reading, **asked)
        return [schemas.average_row(average) for average in found]

    @read
    def list_ranking(self, call: Call, **payload: Any) -> dict[str, Any]:
        asked = schemas.RankingPage.parse(payload)
        found = queries.ranking_page(call, self.deps.reading, **asked.pop("filter"), **asked)
        return {**found, "rows": [schemas.standing_row(*row) for row in found["rows"]]}

    @read
    def count_ranking(self, call: Call, **payload: Any) -> int:
        asked = schemas.RankingCount.parse(payload)
        return queries.count_ranking(call, self.deps.reading, **asked["filter"])

    # Reads: duties

    @read
    def standings_by_member_ids(self, call: Call, **payload: Any) -> list[Row]:
        data = schemas.StandingsInput.parse(payload)
        found = queries.standings_by_member_ids(call, self.deps.reading, **data)
        return [schemas.standing_row(standing) for standing in found]

    @read
    def duty_statistics(self, call: Call, **payload: Any) -> list[Row]:
        data = forms_of_duties.StatisticsInput.parse(payload)
        found = statistics.duty_statistics(call, self.deps, **data)
        return [forms_of_duties.figures_row(group) for group in found]

    @read
    def member_figures(self, call: Call, **payload: Any) -> Row:
        data = schemas.MemberYearInput.parse(payload)
        return forms_of_duties.figures_row(statistics.member_figures(call, self.deps, **data))

    @read
    def list_duties(self, call: Call, **payload: Any) -> Row:
        data = schemas.LedgerPage.parse(payload)
        return statistics.duties_page(call, self.deps, **data.pop("filter"), **data)

    @read
    def count_duties(self, call: Call, **payload: Any) -> int:
        data = schemas.LedgerCount.parse(payload)
        return statistics.count_duties(call, self.deps, **data["filter"])

    @read
    def list_silent(self, call: Call, **payload: Any) -> Row:
        data = forms_of_duties.SilentPage.parse(payload)
        return statistics.silent_page(call, self.deps, data["first"], data["after"])

    @read
    def count_silent(self, call: Call, **payload: Any) -> int:
        forms_of_duties.SilentCount.parse(payload)
        return statistics.count_silent(call, self.deps)

    # The row after a command

    def _request(self, request_id: str) -> Row:
        return self.deps.manual.row(request_id)

    def _appeal(self, appeal_id: str) -> Row:
        return self.deps.appeals.row(appeal_id)

    def _rules(self, call: Call, rules_id: str) -> Row:
        written = desk_queries.rule_sets(call, self.deps)
        return next(forms.rules_row(row) for row in written if row.get("id") == rules_id)

    def _year(self, year_id: str) -> Row:
        found = self.deps.years.get(year_id)
        assert found is not None  # it was just written
        return forms.year_row(found)


def _listen(source: str, event_type: str, react: Callable[[Event, Desk], None]) -> None:
    """`on_<source>_<type>`, the frozen name of its queue: a row is all that a fact needs here."""

    def handle(self: PerformanceService, event: Event) -> None:
        react(event, self.deps)

    handle.__name__ = f"on_{source}_{event_type}"
    setattr(PerformanceService, handle.__name__, on_event(source, event_type)(handle))


def _take_in(event: Event, deps: Desk) -> None:
    reactions.post_points(event, deps.ledger, deps.book)
    reactions.note_duties(event, deps.ledger, deps.duties)


def _note_member(event: Event, deps: Desk) -> None:
    reactions.note_member(event, deps.members)


for _source, _type in (*facts.HEARD, *duties.HEARD):
    _listen(_source, _type, _take_in)
for _type in MEMBER_EVENTS:
    _listen("members", _type, _note_member)
