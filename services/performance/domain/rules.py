"""Scoring rules as data: section 4 of the domain specification, in versions.

A rule counts a basis (`claims.Basis`), which events show (`facts.EARNINGS`). Version 1 is a data
file; later ones are drafted and approved by people (`domain/drafts.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.performance.domain.claims import Basis
from shared.labels import Labelled

TENTH = Decimal("0.1")


class ScoreGrade(Labelled):
    """年度履职等次。Grade of a year."""

    EXCELLENT = "EXCELLENT", "优秀", "Excellent"
    COMPETENT = "COMPETENT", "称职", "Competent"
    TO_IMPROVE = "TO_IMPROVE", "待改进", "To improve"


def to_tenth(points: Decimal) -> Decimal:
    """Points to one decimal place, half up (decision 32)."""
    return points.quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Rule:
    """One row of the scheme. `points` by variant; a rule without variants has the key ""."""

    code: str
    basis: Basis
    label: str
    measure: str  # 量词 of what is counted, for explanations: 件, 次
    noun: str
    points: Mapping[str, Decimal]
    further: Decimal | None = None  # each one after the year's first
    yearly_count: int | None = None  # so many count in a year
    yearly_points: Decimal | None = None  # so many points in a year

    @property
    def category(self) -> str:
        return self.code[0]

    def base(self, variant: str, quantity: int, out_of: int) -> Decimal:
        """The value before first/further, yearly limits and caps; negative for a reversal."""
        return to_tenth(self.points[variant] * quantity / out_of)

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> Rule:
        points = row["points"]
        by_variant = points if isinstance(points, Mapping) else {"": points}
        return cls(
            code=row["code"],
            basis=Basis(row["basis"]),
            label=row["label"],
            measure=row["measure"],
            noun=row["noun"],
            points={variant: Decimal(value) for variant, value in by_variant.items()},
            further=_optional(row.get("further")),
            yearly_count=row.get("yearly_count"),
            yearly_points=_optional(row.get("yearly_points")),
        )


@dataclass(frozen=True)
class Category:
    code: str
    label: str
    cap: Decimal | None  # none: deductions have no cap


@dataclass(frozen=True)
class Grade:
    code: str
    label: str
    threshold: Decimal  # reached from here on, before the co-opted members' share


@dataclass(frozen=True)
class RuleSet:
    """One version of the scheme, valid for facts from `active_from` on."""

    version: int
    label: str
    active_from: date
    categories: tuple[Category, ...]
    grades: tuple[Grade, ...]  # best first
    rules: Mapping[str, Rule]

    def counting(self, basis: Basis) -> Rule | None:
        """The rule that counts `basis`; at most one does."""
        return next((rule for rule in self.rules.values() if rule.basis is basis), None)

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> RuleSet:
        """From the data file's document; KeyError or ValueError if it is incomplete."""
        return cls(
            version=document["version"],
            label=document["label"],
            active_from=date.fromisoformat(document["active_from"]),
            categories=tuple(
                Category(row["code"], row["label"], _optional(row["cap"]))
                for row in document["categories"]
            ),
            grades=tuple(
                Grade(row["code"], row["label"], Decimal(row["from"])) for row in document["grades"]
            ),
            rules={row["code"]: Rule.parse(row) for row in document["rules"]},
        )


class RuleBook:
    """All versions of the scheme."""

    def __init__(self, rule_sets: Iterable[RuleSet]) -> None:
        self._by_date = sorted(rule_sets, key=lambda rules: (rules.active_from, rules.version))
        self._by_version = {rules.version: rules for rules in self._by_date}

    def at(self, moment: datetime) -> RuleSet | None:
        """The version in force at `moment`; none before the first."""
        return self._last(moment.date())

    def of_year(self, year: int) -> RuleSet:
        """The version whose caps and grades hold for a year: the last begun by its end."""
        return self._last(date(year, 12, 31)) or self._by_date[0]

    def latest(self) -> date:
        """The day from which the newest version holds."""
        return self._by_date[-1].active_from

    def version(self, number: int) -> RuleSet | None:
        return self._by_version.get(number)

    def rule(self, version: int, code: str) -> Rule:
        return self._by_version[version].rules[code]

    def _last(self, day: date) -> RuleSet | None:
        return next((r for r in reversed(self._by_date) if r.active_from <= day), None)


class WhatIf:
    """The ledger read with one other rule set: what was counted, by its basis (section 7.6)."""

    def __init__(self, book: RuleBook, rules: RuleSet) -> None:
        self._book, self._rules = book, rules

    def of_year(self, year: int) -> RuleSet:
        return self._rules

    def rule(self, version: int, code: str) -> Rule | None:
        """The other set's rule for what `code` counts; none where it does not count it."""
        return self._rules.counting(self._book.rule(version, code).basis)


def _optional(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
