"""Who may look at whose points: the role × operation matrix, refusals included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import pytest

from services.performance.domain.ledger import Entry
from services.performance.domain.members import Group, GroupKind, Member
from services.performance.domain.rules import RuleBook
from services.performance.domain.snapshots import Snapshot
from services.performance.queries import points as queries
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.clock import FixedClock
from shared.errors import Forbidden, InvalidInput, Unauthenticated
from tests.unit.performance.facts import BOOK, LU, QIAN, SHEN, day, entry

ECONOMY = Group(GroupKind.SECTOR, "22")
COMMITTEE = Group(GroupKind.COMMITTEE, "com-economy")
TOWN = Group(GroupKind.TOWN, "town-songling")
JIANGUO = Group(GroupKind.SECTOR, "04")
LIST = [
    Member(LU, (ECONOMY, COMMITTEE, TOWN)),
    Member(SHEN, (JIANGUO, COMMITTEE)),
    Member(QIAN, (Group(GroupKind.SECTOR, "27"),), not_scored=True),
]
ENTRIES = [entry("B2"), entry("B3", 1, member_id=SHEN), entry("B3", 2, member_id=QIAN)]


@dataclass
class Stored:
    """Ledger, members and settings, as lists."""

    settings: dict[str, Any] = field(default_factory=lambda: {"ranking_open_to_members": False})

    def of_members(self, member_ids: Sequence[str], year: int) -> list[Entry]:
        return [e for e in ENTRIES if e.member_id in member_ids and e.year == year]

    def page_of(self, member_id: str, year: int, first: int, after: str | None) -> queries.Page:
        rows = [asdict(e) for e in ENTRIES if e.member_id == member_id and e.year == year]
        return {"rows": rows[:first], "has_next": len(rows) > first}

    def count_of(self, member_id: str, year: int) -> int:
        return len(self.page_of(member_id, year, 100, None)["rows"])

    def rows_by_ids(self, entry_ids: Iterable[str]) -> list[queries.Row]:
        wanted = set(entry_ids)
        return [asdict(e) for e in ENTRIES if e.entry_id in wanted]

    def by_ids(self, member_ids: Iterable[str]) -> list[Member]:
        wanted = set(member_ids)
        return [member for member in LIST if member.member_id in wanted]

    def ranked_in(self, year: int, groups: Sequence[Group] = ()) -> list[Member]:
        return [m for m in LIST if not groups or any(m.belongs_to(g) for g in groups)]

    def held_in(self, memberships: Sequence[str], year: int) -> str | None:
        return next(iter(memberships), None)

    def book(self) -> RuleBook:
        return BOOK

    def latest(self, year: int, member_ids: Sequence[str]) -> dict[str, Snapshot]:
        return {}

    def of_year(self, year: int, groups: Sequence[Group] = ()) -> dict[str, Snapshot]:
        return {}

    def of_member(self, year: int, member_id: str) -> list[Snapshot]:
        return []

    def get(self, key: str, at: datetime) -> Any:
        return self.settings[key]


def reading(**settings: Any) -> queries.Reading:
    stored = Stored({"ranking_open_to_members": False, **settings})
    return queries.Reading(stored, stored, stored, stored, stored, FixedClock(day(100)))


def call(role: Role, member_id: str | None = None, **scope: str) -> Call:
    return Call(Actor("account-1", role, scope, member_id=member_id), "correlation-1")


VISITOR = Call(PUBLIC_ACTOR, "correlation-1")
MAY_READ = [
    call(Role.MEMBER, LU),
    call(Role.STANDING_MEMBER, LU),
    call(Role.SECTOR_CONVENER, LU),
    call(Role.SECTOR_CONVENER, SHEN, sector="22"),
    call(Role.CHAIR_COUNCIL),
    call(Role.CHAIR_COUNCIL, SHEN),
    call(Role.SECRETARY_GENERAL),
    call(Role.OFFICE),
    call(Role.INFO_EDITOR),
    call(Role.COMMITTEE_STAFF, committee="com-economy"),
    call(Role.COMMITTEE_DIRECTOR, committee="com-economy"),
    call(Role.TOWN_STAFF, town="town-songling"),
    call(Role.TOWN_HEAD, town="town-songling"),
]
MAY_NOT_READ = [
    call(Role.MEMBER, SHEN),
    call(Role.MEMBER),
    call(Role.STANDING_MEMBER, SHEN),
    call(Role.SECTOR_CONVENER, SHEN, sector="04"),
    call(Role.SECTOR_CONVENER, SHEN),
    call(Role.COMMITTEE_STAFF, committee="com-study"),
    call(Role.COMMITTEE_STAFF, town="town-songling"),
    call(Role.COMMITTEE_DIRECTOR),
    call(Role.TOWN_STAFF, town="town-lili"),
    call(Role.TOWN_HEAD, town="town-lili"),
    *(
        call(role, LU, sector="22", committee="com-economy", town="town-songling")
        for role in (
            Role.PROPOSAL_STAFF,
            Role.PROPOSAL_DIRECTOR,
            Role.ORG_STAFF,
            Role.ORG_HEAD,
            Role.UNIT_OFFICER,
            Role.UNIT_LEADER,
            Role.SUPERVISING_OFFICE,
            Role.SUPERVISOR,
            Role.SYSTEM,
            Role.SYSTEM_ADMIN,
            Role.SECURITY_ADMIN,
            Role.AUDIT_ADMIN,
        )
    ),
]
OF_ONE_MEMBER: list[Callable[[Call], Any]] = [
    lambda call: queries.score(call, reading(), member_id=LU, year=2017),
    lambda call: queries.list_ledger(
        call, reading(), member_id=LU, year=2017, first=20, after=None
    ),
    lambda call: queries.count_ledger(call, reading(), member_id=LU, year=2017),
    lambda call: queries.group_averages(call, reading(), member_id=LU, year=2017),
]


@pytest.mark.parametrize("ask", OF_ONE_MEMBER)
@pytest.mark.parametrize("viewer", MAY_READ, ids=lambda c: c.actor.role)
def test_who_may_read_a_members_points(ask, viewer):
    assert ask(viewer) is not None


@pytest.mark.parametrize("ask", OF_ONE_MEMBER)
@pytest.mark.parametrize("viewer", MAY_NOT_READ, ids=lambda c: c.actor.role)
def test_who_may_not(ask, viewer):
    with pytest.raises(Forbidden):
        ask(viewer)


@pytest.mark.parametrize("ask", OF_ONE_MEMBER)
def test_a_visitor_has_to_sign_in(ask):
    with pytest.raises(Unauthenticated):
        ask(VISITOR)


def test_every_role_is_in_the_matrix():
    listed = {viewer.actor.role for viewer in (*MAY_READ, *MAY_NOT_READ, VISITOR)}
    assert listed == set(Role)


def test_own_score():
    sheet = queries.score(call(Role.MEMBER, LU), reading(), member_id=LU, year=2017)
    assert (sheet["member_id"], sheet["year"], sheet["total"]) == (LU, 2017, 8)


def test_the_year_is_the_current_one_unless_told():
    assert queries.score(call(Role.MEMBER, LU), reading(), member_id=LU, year=None)["year"] == 2017
    assert queries.score(call(Role.MEMBER, LU), reading(), member_id=LU, year=2018)["total"] == 0


def test_a_member_of_whom_nothing_is_known_yet_has_an_own_score():
    sheet = queries.score(
        call(Role.MEMBER, "m-15-0400"), reading(), member_id="m-15-0400", year=2017
    )
    assert (sheet["total"], sheet["months"]) == (0, 12)
    assert (
        queries.group_averages(call(Role.OFFICE), reading(), member_id="m-15-0400", year=2017) == []
    )


LISTS = pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (call(Role.OFFICE), [LU, SHEN, QIAN]),
        (call(Role.MEMBER, SHEN), [SHEN]),
        (call(Role.COMMITTEE_STAFF, committee="com-economy"), [LU, SHEN]),
        (call(Role.SECTOR_CONVENER, QIAN, sector="22"), [LU, QIAN]),
        (call(Role.UNIT_OFFICER), []),
        (VISITOR, []),
    ],
)


@LISTS
def test_entries_by_id_leave_out_what_the_viewer_may_not_see(viewer, seen):
    asked = [*(e.entry_id for e in ENTRIES), "no-such-entry"]
    rows = queries.ledger_entries_by_ids(viewer, reading(), ids=asked)
    assert [row["member_id"] for row in rows] == seen


@LISTS
def test_a_list_leaves_out_what_the_viewer_may_not_see(viewer, seen):
    asked = [LU, SHEN, QIAN, LU]
    sheets = queries.scores_by_member_ids(
        viewer, reading(), member_ids=asked, year=2017, explained=False
    )
    assert [sheet["member_id"] for sheet in sheets] == seen


def average(group: Group, of: float | None, members: int) -> queries.Row:
    return {"kind": group.kind, "group_id": group.id, "average": of, "members": members}


def test_averages_of_the_members_groups():
    averages = queries.group_averages(call(Role.MEMBER, LU), reading(), member_id=LU, year=2017)
    assert averages == [
        average(ECONOMY, 8, 1),
        average(COMMITTEE, 5, 2),
        average(TOWN, 8, 1),
    ]


def test_an_average_of_nobody():
    averages = queries.group_averages(call(Role.MEMBER, QIAN), reading(), member_id=QIAN, year=2017)
    assert averages == [average(Group(GroupKind.SECTOR, "27"), None, 0)]


def standings(page: queries.Page) -> list[tuple[int | None, str]]:
    return [(row["rank"], row["member_id"]) for row in page["rows"]]


@pytest.mark.parametrize(
    "role",
    [
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
        Role.STANDING_MEMBER,
        Role.OFFICE,
        Role.INFO_EDITOR,
    ],
)
def test_who_may_read_the_ranking(role):
    page = queries.list_ranking(call(role), reading(), year=2017, first=20, after=None)
    assert standings(page) == [(1, LU), (2, SHEN), (None, QIAN)]
    assert queries.count_ranking(call(role), reading(), year=2017) == 3


REFUSED = sorted(set(Role) - queries.SEES_RANKING - {Role.PUBLIC})


@pytest.mark.parametrize("role", REFUSED)
def test_who_may_not_read_the_ranking(role):
    with pytest.raises(Forbidden):
        queries.list_ranking(call(role, LU), reading(), year=2017, first=20, after=None)
    with pytest.raises(Forbidden):
        queries.count_ranking(call(role, LU), reading(), year=2017)


def test_a_visitor_may_not_read_the_ranking():
    with pytest.raises(Unauthenticated):
        queries.list_ranking(VISITOR, reading(), year=2017, first=20, after=None)


def test_the_committee_may_open_the_ranking_to_members_only():
    opened = reading(ranking_open_to_members=True)
    page = queries.list_ranking(call(Role.MEMBER, SHEN), opened, year=2017, first=20, after=None)
    assert standings(page) == [(1, LU), (2, SHEN), (None, QIAN)]
    with pytest.raises(Forbidden):
        queries.list_ranking(call(Role.UNIT_OFFICER), opened, year=2017, first=20, after=None)


def test_the_ranking_in_pages():
    viewer, stored = call(Role.OFFICE), reading()
    first = queries.list_ranking(viewer, stored, year=2017, first=2, after=None)
    assert (standings(first), first["has_next"]) == ([(1, LU), (2, SHEN)], True)
    rest = queries.list_ranking(
        viewer, stored, year=2017, first=2, after=first["rows"][-1]["cursor"]
    )
    assert (standings(rest), rest["has_next"]) == ([(None, QIAN)], False)


def test_a_cursor_that_is_not_ours():
    with pytest.raises(InvalidInput):
        queries.list_ranking(call(Role.OFFICE), reading(), year=2017, first=2, after="nonsense")
