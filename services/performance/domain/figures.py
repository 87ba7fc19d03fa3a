"""Figures of groups of members, from what each of them did in a year (section 4, statistics).

A rate whose denominator is nothing is None, never 0 %.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.performance.domain.duties import Duty
from shared.contracts.functions import DutyFunction
from shared.labels import Labelled

HUNDREDTH = Decimal("0.01")


class By(Labelled, name="DutyGroupKind"):
    """履职统计的分组方式。What members are told apart by."""

    ALL = "ALL", "全体", "All members"
    SECTOR = "SECTOR", "界别", "Sector"
    SECTOR_GROUP = "SECTOR_GROUP", "界别活动小组", "Sector activity group"
    COMMITTEE = "COMMITTEE", "专门委员会", "Special committee"
    TOWN = "TOWN", "镇（街道）", "Town or street"
    PARTY = "PARTY", "党派", "Party"
    STANDING = "STANDING", "常委与委员", "Standing and ordinary members"
    SYSTEM = "SYSTEM", "体制内外", "Inside and outside the system"
    TENURE = "TENURE", "新任与连任", "New and continuing members"
    FUNCTION = "FUNCTION", "职能", "Function of the CPPCC, of all members"
    # Known to the members service alone: the asker divides the members.
    GENDER = "GENDER", "性别", "Gender; for those who see all members' points"


@dataclass(frozen=True, slots=True)
class Sum:
    """How often a member did one kind of duty; half-days and absences are of meetings."""

    duty: Duty
    kind: str
    count: int = 0  # done: for meetings, those with any half-day present
    required: int = 0
    present: int = 0
    leave: int = 0
    refused: int = 0
    absent: int = 0
    function: DutyFunction = DutyFunction.PARTICIPATION


@dataclass(frozen=True, slots=True)
class FunctionFigures:
    """What was done of one function: duties, and members with at least one."""

    function: DutyFunction
    duties: int
    members: int


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """One kind of meeting; half-days required leave the exempt ones out."""

    kind: str
    required: int
    present: int
    rate: Decimal | None
    leave: int
    refused: int
    absent: int


@dataclass
class Tally:
    """All that the figures of a group are made of.

    sums: member → what it did; links: link → contacts in the year, of links of the members.
    """

    members: Sequence[str]
    sums: Mapping[str, Sequence[Sum]]
    links: Mapping[str, int] = field(default_factory=dict)
    trained: frozenset[str] = frozenset()  # completed a rotation class in the term
    silent: frozenset[str] = frozenset()
    planned: frozenset[str] = frozenset()  # whose sector group has its plan of the year
    summarised: frozenset[str] = frozenset()  # and its summary
    enough: int = 1  # contacts of a link in a year: a setting

    def of_function(self, function: DutyFunction, silent: frozenset[str]) -> Tally:
        """What of it was done of one function. Contacts and classes are PARTICIPATION; silent:
        who has done none of this function of late."""
        taking_part = function is DutyFunction.PARTICIPATION
        return Tally(
            self.members,
            {m: [s for s in sums if s.function is function] for m, sums in self.sums.items()},
            self.links if taking_part else {},
            self.trained if taking_part else frozenset(),
            silent,
            self.planned if taking_part else frozenset(),
            self.summarised if taking_part else frozenset(),
            self.enough,
        )

    def done(self, function: DutyFunction | None = None) -> dict[str, int]:
        """Member → duties done, of those with any."""
        counted = {
            member: sum(
                s.count for s in self.sums.get(member, ()) if function in (None, s.function)
            )
            for member in self.members
        }
        return {member: count for member, count in counted.items() if count}

    def all(self, duty: Duty) -> Iterable[Sum]:
        return (s for member in self.members for s in self.sums.get(member, ()) if s.duty is duty)

    def taking_part(self, duty: Duty, *kinds: str) -> int:
        """Members with at least one."""
        return sum(
            any(
                s.duty is duty and s.count and (not kinds or s.kind in kinds)
                for s in self.sums.get(member, ())
            )
            for member in self.members
        )

    def count(self, duty: Duty, *kinds: str) -> int:
        return sum(s.count for s in self.all(duty) if not kinds or s.kind in kinds)


def percent(part: int, whole: int) -> Decimal | None:
    """Percent to two places, half up; None of nothing."""
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(HUNDREDTH, ROUND_HALF_UP)


def _share(part: Callable[[Tally], int]) -> Callable[[Tally], Decimal | None]:
    """Percent of the active members."""
    return lambda tally: percent(part(tally), len(tally.members))


def _meeting(kind: str) -> Callable[[Tally], int]:
    return lambda tally: tally.taking_part(Duty.MEETING, kind)


def _either(meeting: str, *activities: str) -> Callable[[Tally], int]:
    """Members who took part in a meeting of this kind or in such an activity."""

    def part(tally: Tally) -> int:
        return sum(
            any(
                s.count
                and (
                    (s.duty is Duty.MEETING and s.kind == meeting)
                    or (s.duty is Duty.ACTIVITY and s.kind in activities)
                )
                for s in tally.sums.get(member, ())
            )
            for member in tally.members
        )

    return part


def _among(name: str) -> Callable[[Tally], int]:
    """Members whom the tally names for this."""
    return lambda tally: len(getattr(tally, name).intersection(tally.members))


def _half_days(tally: Tally) -> Decimal | None:
    meetings = list(tally.all(Duty.MEETING))
    return percent(sum(s.present for s in meetings), sum(s.required for s in meetings))


def _contacts(tally: Tally) -> Decimal | None:
    enough = sum(contacts >= tally.enough for contacts in tally.links.values())
    return percent(enough, len(tally.links))


# Name → what it says. The one place where a figure is defined.
FIGURES: dict[str, Callable[[Tally], Any]] = {
    "members": lambda tally: len(tally.members),
    "duties": lambda tally: sum(tally.done().values()),
    "duty_participation": _share(lambda tally: len(tally.done())),
    "attendance_rate": _half_days,
    "leave": lambda tally: sum(s.leave for s in tally.all(Duty.MEETING)),
    "leave_refused": lambda tally: sum(s.refused for s in tally.all(Duty.MEETING)),
    "absent": lambda tally: sum(s.absent for s in tally.all(Duty.MEETING)),
    "proposals": lambda tally: tally.count(Duty.PROPOSAL, "FIRST"),
    "proposal_participation": _share(
        lambda tally: tally.taking_part(Duty.PROPOSAL, "FIRST", "COSIGNER")
    ),
    "opinions": lambda tally: tally.count(Duty.OPINION),
    "opinion_participation": _share(lambda tally: tally.taking_part(Duty.OPINION)),
    "plan_participation": _share(_among("planned")),
    "summary_participation": _share(_among("summarised")),
    "plenary_participation": _share(_meeting("PLENARY")),
    "committee_participation": _share(_meeting("COMMITTEE")),
    "inspection_participation": _share(_either("INSPECTION", "INSPECTION", "ETHNIC_INSPECTION")),
    "study_tour_participation": _share(lambda t: t.taking_part(Duty.ACTIVITY, "STUDY_TOUR")),
    "survey_participation": _share(_either("RESEARCH", "RESEARCH", "SURVEY")),
    "supervision_participation": _share(
        _either("SUPERVISION", "SUPERVISION", "THEMATIC_SUPERVISION")
    ),
    "study_participation": _share(lambda tally: tally.taking_part(Duty.STUDY)),
    "speeches_oral": lambda tally: tally.count(Duty.SPEECH, "ORAL"),
    "speeches_written": lambda tally: tally.count(Duty.SPEECH, "WRITTEN"),
    "service": lambda tally: tally.count(Duty.SERVICE),
    "training_coverage": _share(
        lambda tally: sum(member in tally.trained for member in tally.members)
    ),
    "contact_coverage": _contacts,
    "receptions": lambda tally: tally.count(Duty.RECEPTION),
    "silent": lambda tally: sum(member in tally.silent for member in tally.members),
}


def figures(tally: Tally) -> dict[str, Any]:
    """Every figure of a group, its meetings kind by kind, its duties by function."""
    return {
        **{name: figure(tally) for name, figure in FIGURES.items()},
        "meetings": meetings(tally),
        "functions": [_of_function(tally, function) for function in DutyFunction],
    }


def _of_function(tally: Tally, function: DutyFunction) -> FunctionFigures:
    done = tally.done(function)
    return FunctionFigures(function, sum(done.values()), len(done))


def meetings(tally: Tally) -> list[MeetingFigures]:
    by_kind: dict[str, list[Sum]] = defaultdict(list)
    for one in tally.all(Duty.MEETING):
        by_kind[one.kind].append(one)
    return [_of_kind(kind, by_kind[kind]) for kind in sorted(by_kind)]


def _of_kind(kind: str, sums: Sequence[Sum]) -> MeetingFigures:
    required, present = sum(s.required for s in sums), sum(s.present for s in sums)
    return MeetingFigures(
        kind,
        required,
        present,
        percent(present, required),
        sum(s.leave for s in sums),
        sum(s.refused for s in sums),
        sum(s.absent for s in sums),
    )
