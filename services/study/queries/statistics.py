"""Credits of members and figures of organisations (1.2, 3.3), from presence and papers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from services.study.commands import access
from services.study.commands.plans import plan_id
from services.study.commands.ports import Desk
from services.study.domain.classes import EnrolmentState, RotationClass
from services.study.domain.papers import PaperState
from services.study.domain.sessions import Session
from services.study.schemas import common
from services.study.schemas import statistics as form
from shared.actor import allow
from shared.call import Call
from shared.operations import query
from shared.organisers import ORGANISES, organisation_of

Row = dict[str, Any]
COMPLETED = EnrolmentState.COMPLETED
# A role's kind of scope → the kind of group that it reads figures of.
GROUP_OF = {
    "committee": "COMMITTEE",
    "town": "TOWN",
    "sector_group": "SECTOR_GROUP",
    "organisation": "PARTY",
}


@allow(*access.VIEWERS)
@query("studyRecord", gives="StudyRecord")
def study_record(call: Call, desk: Desk, *, member_id: common.MemberId, year: common.Year) -> Row:
    """委员年度学习记录，本人和办公室、领导可见。A member's study of a year.

    A member's study of a year: sessions, classes and papers with their hours (学时). Nothing here
    comes from time on line, reading or quizzes (section 4).
    """
    whose = access.memberships(call.actor, member_id)
    anyone = {"$in": whose}
    attended = desk.sessions.find({"attended": anyone, "year": year}, [("held_at", 1)])
    taught = desk.classes.find({"enrolments.member_id": anyone, "year": year}, [("held_at", 1)])
    completed = [c for c in taught if any(_completed(c, id) for id in whose)]
    accepted = {"authors": anyone, "year": year, "state": PaperState.ACCEPTED.value}
    papers = desk.papers.find(accepted, [("submitted_at", 1)])
    credits = [
        *(_credit("SESSION", s.id, s.title, s.hours, s.held_at) for s in attended),
        *(_credit("CLASS", c.id, c.title, c.hours, c.held_at) for c in completed),
        *(_credit("PAPER", p.id, p.title, p.hours, p.submitted_at) for p in papers),
    ]
    # The plan of the year, also of one before the present term.
    plan = next(iter(desk.plans.find({"year": year}, [("term", -1)])), None)
    covered = {theme for session in attended for theme in session.themes}
    return {
        "member_id": member_id,
        "year": year,
        "hours": sum(credit["hours"] for credit in credits),
        "credits": credits,
        "required_themes": [
            {"code": t.code, "title": t.title, "covered": t.code in covered}
            for t in (plan.themes if plan else [])
            if t.required
        ],
    }


@allow(*access.SEES_ALL)
@query("themeCoverage", gives="[ThemeCoverage!]")
def theme_coverage(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """学习主题覆盖情况，办公室和领导可见。Who has studied which theme.

    For each theme of the plan: how many of the members in office have studied it, who not.
    """
    plan = desk.plans.get(plan_id(desk.members.current_term(), year))
    members = set(desk.members.active())
    covered = _covered(_year(desk, year))
    return [
        {
            "code": theme.code,
            "title": theme.title,
            "required": theme.required,
            "members": len(members),
            "covered": len(members & covered[theme.code]),
            "lacking": sorted(members - covered[theme.code]),
        }
        for theme in (plan.themes if plan else [])
    ]


@allow(*access.SEES_ALL)
@query("trainingCoverage", gives="TrainingCoverage")
def training_coverage(call: Call, desk: Desk) -> Row:
    """本届轮训覆盖情况，办公室和领导可见。Who has been trained.

    Rotation training of the term: everybody once (14.2), newcomers in their first months.
    lacking: completed no class yet; late: of these the newcomers whose time for it is over.
    """
    members, term = set(desk.members.active()), desk.members.current_term()
    trained = _trained(desk.classes.find({"term": term}, [("_id", 1)]))
    limit = desk.clock.now() - relativedelta(months=desk.setting("newcomer_months"))
    return {
        "members": len(members),
        "trained": len(members & trained),
        "lacking": sorted(members - trained),
        "late": sorted(set(desk.members.newcomers(limit)) - trained),
    }


@allow(*access.SEES_ALL, *ORGANISES)
@query("studyStatistics", gives="[StudyFigures!]")
def organisation_statistics(
    call: Call, desk: Desk, *, kind: form.StatisticKind, year: common.Year
) -> list[Row]:
    """各组别学习统计；组织者只见本组织。Study by group of members.

    Study by group of members: all groups of a kind, or one's own alone. kind: SECTOR,
    SECTOR_GROUP, COMMITTEE, TOWN or PARTY. Rates are percent.
    """
    groups = _groups(desk.members.active(), kind)
    if call.actor.role not in access.SEES_ALL:
        scope = ORGANISES[call.actor.role]
        own = organisation_of(call.actor)
        groups = {own: groups.get(own, set())} if own and GROUP_OF[scope] == kind else {}
    held = _year(desk, year)
    plan = desk.plans.get(plan_id(desk.members.current_term(), year))
    required, covered = plan.required if plan else [], _covered(held)
    trained = _trained(desk.classes.find({"term": desk.members.current_term()}, [("_id", 1)]))
    accepted = desk.papers.find({"year": year, "state": PaperState.ACCEPTED.value}, [("_id", 1)])
    authors = [author for paper in accepted for author in paper.authors]
    return [
        {
            "group_id": group,
            "members": len(members),
            "sessions": sum(session.organiser == group for session in held),
            **_attendance(held, members),
            "coverage_rate": _rate(
                sum(len(members & covered[code]) for code in required),
                len(members) * len(required),
            ),
            "trained_rate": _rate(len(members & trained), len(members)),
            "papers": sum(author in members for author in authors),
        }
        for group, members in sorted(groups.items())
    ]


def _year(desk: Desk, year: int) -> list[Session]:
    """The year's sessions of which presence is known."""
    return desk.sessions.find({"year": year, "state": {"$in": ["HELD", "CLOSED"]}}, [("_id", 1)])


def _covered(held: Iterable[Session]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for session in held:
        for theme in session.themes:
            found[theme] |= set(session.attended)
    return found


def _trained(classes: Iterable[RotationClass]) -> set[str]:
    return {row.member_id for c in classes for row in c.enrolments if row.state is COMPLETED}


def _groups(members: Mapping[str, Iterable[str]], kind: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for member_id, keys in members.items():
        for key in keys:
            found_kind, _, id = key.partition(":")
            if found_kind == kind:
                found[id].add(member_id)
    return dict(found)


def _attendance(held: Iterable[Session], members: set[str]) -> Row:
    required = present = 0
    for session in held:
        required += len(members & session.presence.keys())
        present += len(members & set(session.attended))
    return {"required": required, "present": present, "attendance_rate": _rate(present, required)}


def _rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _completed(taught: RotationClass, member_id: str) -> bool:
    row = taught.enrolment(member_id)
    return row is not None and row.state is COMPLETED


def _credit(kind: str, id: str, title: str, hours: float, on: Any) -> Row:
    return {"kind": kind, "id": id, "title": title, "hours": hours, "on": on}
