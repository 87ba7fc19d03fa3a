"""performance (履职统计): the points ledger and its reading. RPC and events, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.performance import queries, reactions, schemas
from services.performance.domain.rules import RuleBook
from services.performance.repository import (
    INDEXES,
    OUTBOX,
    PROJECTIONS,
    LedgerRepository,
    MemberRepository,
    rule_book,
)
from shared.call import Call
from shared.messaging.service import Event, Platform, Provide, on_event, read
from shared.persistence import Setting

SETTINGS = [
    Setting(
        queries.RANKING_FOR_ALL,
        False,
        "履职积分排名向全体委员公开",
        "section 4, publication default",
    ),
]


@dataclass(frozen=True)
class Dependencies:
    ledger: LedgerRepository
    members: MemberRepository
    book: RuleBook
    reading: queries.Reading


def build(platform: Platform) -> Dependencies:
    platform.database.prepare(INDEXES, projections=PROJECTIONS, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    ledger = LedgerRepository(platform.database)
    members = MemberRepository(platform.database)
    book = rule_book()
    reading = queries.Reading(ledger, members, book, platform.settings, platform.clock)
    return Dependencies(ledger, members, book, reading)


class PerformanceService:
    name = "performance"
    deps = Provide(build)

    # Reads

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

    # Facts that earn or undo points

    @on_event("proposals", "proposal_filed")
    def on_proposals_proposal_filed(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_merged")
    def on_proposals_proposal_merged(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_withdrawn")
    def on_proposals_proposal_withdrawn(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_filing_revoked")
    def on_proposals_proposal_filing_revoked(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_not_filed")
    def on_proposals_proposal_not_filed(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_key_selected")
    def on_proposals_proposal_key_selected(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_key_deselected")
    def on_proposals_proposal_key_deselected(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_excellent_awarded")
    def on_proposals_proposal_excellent_awarded(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_award_revoked")
    def on_proposals_proposal_award_revoked(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_plagiarism_confirmed")
    def on_proposals_proposal_plagiarism_confirmed(self, event: Event) -> None:
        self._post_points(event)

    @on_event("proposals", "proposal_plagiarism_overturned")
    def on_proposals_proposal_plagiarism_overturned(self, event: Event) -> None:
        self._post_points(event)

    def _post_points(self, event: Event) -> None:
        reactions.post_points(event, self.deps.ledger, self.deps.book)

    # Full states of members

    @on_event("members", "member_nominated")
    def on_members_member_nominated(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_rejected")
    def on_members_member_rejected(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_appointed")
    def on_members_member_appointed(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_profile_changed")
    def on_members_member_profile_changed(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_post_changed")
    def on_members_member_post_changed(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_suspended")
    def on_members_member_suspended(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_reinstated")
    def on_members_member_reinstated(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_resigned")
    def on_members_member_resigned(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_revoked")
    def on_members_member_revoked(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_deceased")
    def on_members_member_deceased(self, event: Event) -> None:
        self._note_member(event)

    @on_event("members", "member_term_ended")
    def on_members_member_term_ended(self, event: Event) -> None:
        self._note_member(event)

    def _note_member(self, event: Event) -> None:
        reactions.note_member(event, self.deps.members)
