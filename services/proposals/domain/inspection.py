"""Inspection of how proposals are handled (提案办理视察, 8.4): planned, held, reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.proposals.domain import appraisal_errors as errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class InspectionState(Labelled):
    """提案办理视察状态。State of an inspection."""

    PLANNED = "PLANNED", "已安排", "Planned"
    HELD = "HELD", "已举行", "Held"
    REPORTED = "REPORTED", "已报告", "Reported"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"


S = InspectionState

MOVES: Mapping[InspectionState, Collection[InspectionState]] = {
    S.PLANNED: {S.HELD, S.CANCELLED},
    S.HELD: {S.REPORTED},
    S.REPORTED: {},
    S.CANCELLED: {},
}


@dataclass(frozen=True)
class Finding:
    """What was seen of one case; `photos` are file ids, `verified` the numbers of promises that
    are seen to be kept (decision 42)."""

    proposal_id: str
    text: str
    photos: tuple[str, ...] = ()
    verified: tuple[int, ...] = ()


@dataclass
class Inspection(Aggregate):
    """`participants` are those invited; once it was held, those who came (member ids)."""

    id: str
    term: int
    title: str
    held_at: datetime
    place: str
    proposal_ids: tuple[str, ...]
    units: tuple[str, ...]  # those that handle the cases
    participants: tuple[str, ...]
    account_id: str | None
    state: InspectionState = S.PLANNED
    findings: list[Finding] = field(default_factory=list)
    report: str | None = None
    attachments: tuple[str, ...] = ()
    reported_at: datetime | None = None
    reason: str | None = None  # of the cancellation
    files_told: tuple[str, ...] = ()  # the files that events have named so far

    @property
    def files(self) -> tuple[str, ...]:
        """Ids of every file that it holds."""
        photos = [photo for finding in self.findings for photo in finding.photos]
        return tuple(sorted({*photos, *self.attachments}))

    def plan(self) -> None:
        self.tell(names.INSPECTION_PLANNED, held_at=self.held_at, place=self.place)

    def hold(self, participants: Sequence[str], held_at: datetime, at: datetime) -> None:
        """It took place, with these; InspectionUnfit for a moment that has not come."""
        if held_at > at:
            raise errors.InspectionUnfit("视察时间不能晚于现在", field="heldAt")
        self._move(S.HELD)
        self.participants, self.held_at = tuple(dict.fromkeys(participants)), held_at
        self.tell(names.INSPECTION_HELD, occurrence_no=1, held_on=held_at)

    def save_findings(self, findings: Sequence[Finding]) -> None:
        """All findings so far, until the report; one for each case at most."""
        self._require(S.HELD)
        cases = [finding.proposal_id for finding in findings]
        if len(set(cases)) < len(cases) or not set(cases) <= set(self.proposal_ids):
            raise errors.InspectionUnfit(field="findings")
        self.findings = list(findings)

    def submit_report(self, report: str, attachments: Sequence[str], at: datetime) -> None:
        """Final; every case needs a finding."""
        if {finding.proposal_id for finding in self.findings} != set(self.proposal_ids):
            self._require(S.HELD)
            raise errors.InspectionUnfit("每件视察的提案都须有视察情况", field="findings")
        self._move(S.REPORTED)
        self.report, self.attachments, self.reported_at = report, tuple(attachments), at
        verified = [
            {"proposal_id": finding.proposal_id, "commitments": list(finding.verified)}
            for finding in self.findings
            if finding.verified
        ]
        self.tell(names.INSPECTION_REPORTED, verified=verified)

    def cancel(self, reason: str) -> None:
        self._move(S.CANCELLED)
        self.reason = reason
        self.tell(names.INSPECTION_CANCELLED, reason=reason)

    def tell_files(self) -> None:
        """As `Proposal.tell_files`: for the repository, before each write."""
        told, held = set(self.files_told), set(self.files)
        if told != held:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            event = {"inspection_id": self.id, **changes}
            self.events.append((names.INSPECTION_FILES_CHANGED, event))
            self.files_told = self.files

    def _require(self, state: InspectionState) -> None:
        if self.state is not state:
            raise errors.WrongInspectionState.of(self.state)

    def _move(self, to: InspectionState) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongInspectionState.of(self.state)
        self.state = to

    def header(self) -> dict[str, Any]:
        return {
            "inspection_id": self.id,
            "title": self.title,
            "proposal_ids": list(self.proposal_ids),
            "units": list(self.units),
            "participants": list(self.participants),
        }
