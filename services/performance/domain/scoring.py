"""The one function that turns ledger entries into points (decision 31), with every reason.

First/further, yearly counts and caps are decided here and nowhere else, from the net set of
entries in the order in which their facts occurred; the order of delivery plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.performance.domain.facts import UNDOING_LABELS
from services.performance.domain.ledger import Entry
from services.performance.domain.members import Member
from services.performance.domain.rules import Category, Grade, Rule, RuleSet

NOTHING = Decimal(0)
MONTHS = 12


class Scheme(Protocol):
    """The rules to read with: those in force (`RuleBook`), or others (`WhatIf`)."""

    def of_year(self, year: int) -> RuleSet: ...
    def rule(self, version: int, code: str) -> Rule | None: ...


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """An earning entry with the points it counts now, before the category's cap, and why."""

    entry_id: str
    rule_code: str
    rule_label: str
    points: Decimal
    reason: str
    reversed: bool
    event_type: str
    source_ref: str
    occurrence_no: int
    occurred_on: datetime


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """`raw` is the sum of the lines, `points` what the cap leaves of it."""

    code: str
    label: str
    cap: Decimal | None
    raw: Decimal
    points: Decimal
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A member's points of a year. `grade` is none for those who are not scored."""

    member_id: str
    year: int
    rule_version: int
    total: Decimal
    grade: Grade | None
    months: int  # of the year that count for the grade's thresholds
    not_scored: bool
    categories: tuple[CategoryScore, ...]


def score(entries: Iterable[Entry], rules: Scheme, year: int, member: Member) -> ScoreSheet:
    """The explained score of `member` in `year`: Σ min(cap, raw) of A–F, plus G, not below 0.

    Entries of other members and years are passed over. Points are to one decimal place.
    """
    own = [e for e in entries if e.member_id == member.member_id and e.year == year]
    scheme = rules.of_year(year)
    lines = _lines(own, rules, member)
    categories = tuple(_category(category, lines[category.code]) for category in scheme.categories)
    total = max(NOTHING, sum((category.points for category in categories), NOTHING))
    months = member.months_served(year)
    return ScoreSheet(
        member_id=member.member_id,
        year=year,
        rule_version=scheme.version,
        total=total,
        grade=None if member.not_scored else grade_of(total, months, scheme.grades),
        months=months,
        not_scored=member.not_scored,
        categories=categories,
    )


def grade_of(total: Decimal, months: int, grades: Iterable[Grade]) -> Grade | None:
    """The best grade whose threshold × months ÷ 12 is reached; none without a month served."""
    if months == 0:
        return None
    return next((g for g in grades if total * MONTHS >= g.threshold * months), None)


def _category(category: Category, lines: Iterable[ScoreLine]) -> CategoryScore:
    ordered = tuple(sorted(lines, key=lambda line: (line.occurred_on, line.entry_id)))
    raw = sum((line.points for line in ordered), NOTHING)
    points = raw if category.cap is None else min(category.cap, raw)
    return CategoryScore(category.code, category.label, category.cap, raw, points, ordered)


def _lines(entries: Sequence[Entry], rules: Scheme, member: Member) -> dict[str, list[ScoreLine]]:
    """The lines of each category; within a rule, entries count in the order of their facts."""
    reversals = {e.reverses_entry_id: e for e in entries if e.is_reversal}
    earned: dict[str, list[tuple[Entry, Rule]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (e.occurred_on, e.entry_id)):
        rule = None if entry.is_reversal else rules.rule(entry.rule_version, entry.rule_code)
        if rule is not None:
            earned[rule.code].append((entry, rule))
    lines: dict[str, list[ScoreLine]] = defaultdict(list)
    for code, of_rule in earned.items():
        lines[code[0]].extend(_lines_of_rule(of_rule, reversals, member))
    return lines


def _lines_of_rule(
    entries: Iterable[tuple[Entry, Rule]], reversals: Mapping[str | None, Entry], member: Member
) -> Iterator[ScoreLine]:
    nth = 0
    so_far = NOTHING
    for entry, rule in entries:
        reversal = reversals.get(entry.entry_id)
        if reversal is not None:
            yield _line(entry, rule, NOTHING, _why_reversed(reversal), reversed=True)
            continue
        if entry.remote and not member.overseas:
            yield _line(entry, rule, NOTHING, "线上参会，仅港澳台侨委员计分，不计分")
            continue
        nth += 1
        points, reason = _worth(entry, rule, nth, so_far)
        so_far += points
        yield _line(entry, rule, points, reason)


def _worth(entry: Entry, rule: Rule, nth: int, so_far: Decimal) -> tuple[Decimal, str]:
    """What the year's `nth` standing entry of a rule counts, after `so_far` points, and why."""
    base = rule.base(entry.variant, entry.quantity, entry.out_of)
    if rule.yearly_count is not None:
        return _within_count(rule, base, nth, rule.yearly_count)
    if rule.yearly_points is not None:
        return _within_points(base, so_far, rule.yearly_points)
    if rule.further is not None:
        return _first_or_further(rule, base, nth, rule.further)
    if entry.out_of != 1:
        full = rule.points[entry.variant]
        return base, f"{_plain(full)}分×{entry.quantity}/{entry.out_of}，计{_plain(base)}分"
    return base, f"每{rule.measure}{_plain(base)}分，计{_plain(base)}分"


def _within_count(rule: Rule, base: Decimal, nth: int, limit: int) -> tuple[Decimal, str]:
    item = f"第{nth}{rule.measure}{rule.noun}"
    if nth > limit:
        return NOTHING, f"{item}，超过年度{limit}{rule.measure}上限，不计分"
    each = f"每{rule.measure}{_plain(base)}分，年度{limit}{rule.measure}为限"
    return base, f"{each}；{item}，计{_plain(base)}分"


def _within_points(base: Decimal, so_far: Decimal, limit: Decimal) -> tuple[Decimal, str]:
    points = min(base, limit - so_far)
    scheme = f"本项年度上限{_plain(limit)}分，此前已计{_plain(so_far)}分"
    return points, f"{scheme}，计{_plain(points)}分"


def _first_or_further(rule: Rule, base: Decimal, nth: int, further: Decimal) -> tuple[Decimal, str]:
    points = base if nth == 1 else further
    scheme = f"首{rule.measure}{_plain(base)}分，后续每{rule.measure}{_plain(further)}分"
    item = f"首{rule.measure}" if nth == 1 else f"第{nth}{rule.measure}"
    return points, f"{scheme}；本{rule.measure}为{item}，计{_plain(points)}分"


def _why_reversed(reversal: Entry) -> str:
    label = UNDOING_LABELS.get(reversal.event_type, reversal.event_type)
    return f"因{label}已冲销，不计分"


def _line(
    entry: Entry, rule: Rule, points: Decimal, reason: str, *, reversed: bool = False
) -> ScoreLine:
    return ScoreLine(
        entry_id=entry.entry_id,
        rule_code=rule.code,
        rule_label=rule.label,
        points=points,
        reason=reason,
        reversed=reversed,
        event_type=entry.event_type,
        source_ref=entry.source_ref,
        occurrence_no=entry.occurrence_no,
        occurred_on=entry.occurred_on,
    )


def _plain(points: Decimal) -> str:
    """Points for a sentence: 8, 2.5, −10; never 8.0."""
    return f"{points.normalize():f}"
