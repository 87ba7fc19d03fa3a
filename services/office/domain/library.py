"""The internal rule library (内部管理制度, 15.1): versions, in force from and until, repeal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.office.domain import document_errors as errors
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass(frozen=True)
class Version:
    """In force on each day from `valid_from` until `valid_to`, which is its last; none: open."""

    no: int
    text: str
    doc_no: str
    valid_from: date
    valid_to: date | None
    recorded_by: str | None
    recorded_at: datetime
    attachments: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass
class InternalRule(Aggregate):
    """`area`: what it is about (档案, 车辆, 财务 …), as the office groups its rules."""

    id: str
    term: int
    title: str
    area: str
    versions: tuple[Version, ...] = ()
    repealed_on: date | None = None
    repeal_reason: str | None = None
    files_told: tuple[str, ...] = ()

    def in_force(self, day: date) -> Version | None:
        return next((version for version in self.versions if version.holds(day)), None)

    def publish(
        self,
        text: str,
        doc_no: str,
        valid_from: date,
        attachments: tuple[str, ...],
        by: str | None,
        at: datetime,
    ) -> None:
        """The next version; the former one ends the day before. Raises RuleUnfit."""
        if self.repealed_on is not None:
            raise errors.RuleUnfit("该制度已废止")
        if self.versions:
            last = self.versions[-1]
            if valid_from <= last.valid_from:
                raise errors.RuleUnfit(field="validFrom")
            ended = replace(last, valid_to=date.fromordinal(valid_from.toordinal() - 1))
            self.versions = (*self.versions[:-1], ended)
        no = len(self.versions) + 1
        fresh = Version(no, text, doc_no, valid_from, None, by, at, attachments)
        self.versions = (*self.versions, fresh)
        self.tell(names.INTERNAL_RULE_PUBLISHED, no=no, valid_from=valid_from)

    def repeal(self, on: date, reason: str) -> None:
        """`on`: the first day on which it does not hold any more. Raises RuleUnfit."""
        last = self.versions[-1]
        if self.repealed_on is not None or on <= last.valid_from:
            raise errors.RuleUnfit(field="on")
        ended = replace(last, valid_to=date.fromordinal(on.toordinal() - 1))
        self.versions = (*self.versions[:-1], ended)
        self.repealed_on, self.repeal_reason = on, reason
        self.tell(names.INTERNAL_RULE_REPEALED, repealed_on=on, reason=reason)

    def tell_files(self) -> None:
        held = {file for version in self.versions for file in version.attachments}
        told = set(self.files_told)
        if told != held:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            self.tell(names.INTERNAL_RULE_FILES_CHANGED, **changes)
            self.files_told = tuple(sorted(held))

    def header(self) -> dict[str, Any]:
        return {"rule_id": self.id, "title": self.title}
