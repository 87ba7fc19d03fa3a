"""Reading points: who may look at whose (domain specification, section 3, "points ledger")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.performance.domain import scoring
from services.performance.domain.ledger import Entry
from services.performance.domain.members import Group, GroupKind, Member
from services.performance.domain.ranking import Standing, average, ranked
from services.performance.domain.rules import RuleBook
from services.performance.domain.scoring import Scheme, ScoreSheet
from services.performance.domain.snapshots import Snapshot
from services.performance.queries.rows import (
    Page,
    Row,
    entry_row,
    frozen_row,
    sheet_row,
    standing_row,
)
from services.performance.schemas import common
from services.performance.schemas import points as form
from shared.actor import LEADERS, MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.clock import Now
from shared.errors import Forbidden
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.paging import decode_cursor, encode_cursor

SEES_ALL = LEADERS | {Role.OFFICE, Role.INFO_EDITOR}
# Acting role → the kinds of its scope whose members' points it may read.
SEES_GROUP: dict[Role, tuple[GroupKind, ...]] = {
    Role.COMMITTEE_STAFF: (GroupKind.COMMITTEE,),
    Role.COMMITTEE_DIRECTOR: (GroupKind.COMMITTEE,),
    Role.TOWN_STAFF: (GroupKind.TOWN,),
    Role.TOWN_HEAD: (GroupKind.TOWN,),
    Role.SECTOR_CONVENER: (GroupKind.SECTOR, GroupKind.SECTOR_GROUP),
}
VIEWERS = MEMBER_ROLES | SEES_ALL | SEES_GROUP.keys()
SEES_RANKING = SEES_ALL | {Role.STANDING_MEMBER}
RANKING_FOR_ALL = "ranking_open_to_members"


class Ledger(Protocol):
    def of_members(self, member_ids: Sequence[str], year: int) -> list[Entry]: ...
    def page_of(self, member_id: str, year: int, first: int, after: str | None) -> Page: ...
    def count_of(self, member_id: str, year: int) -> int: ...
    def rows_by_ids(self, entry_ids: Iterable[str]) -> list[Row]: ...


class Members(Protocol):
    def by_ids(self, member_ids: Iterable[str]) -> list[Member]: ...
    def ranked_in(self, year: int, groups: Sequence[Group] = ()) -> list[Member]: ...
    def held_in(self, memberships: Sequence[str], year: int) -> str | None: ...


class Books(Protocol):
    def book(self) -> RuleBook: ...


class Snapshots(Protocol):
    """What is frozen; empty for a year that is open."""

    def latest(self, year: int, member_ids: Sequence[str]) -> Mapping[str, Snapshot]: ...
    def of_year(self, year: int, groups: Sequence[Group] = ()) -> Mapping[str, Snapshot]: ...
    def of_member(self, year: int, member_id: str) -> Sequence[Snapshot]: ...


class Settings(Protocol):
    def get(self, key: str, at: datetime) -> Any: ...


@dataclass(frozen=True)
class Reading:
    """What the queries read from. A `year` of None is the current one.

    A frozen year is read through its snapshots: the entries that they hold, by the members as
    they were then. What came later shows when it has been approved.
    """

    ledger: Ledger
    members: Members
    rules: Books
    snapshots: Snapshots
    settings: Settings
    clock: Now

    @property
    def book(self) -> RuleBook:
        return self.rules.book()

    def members_of(self, member_ids: Sequence[str]) -> list[Member]:
        """The members asked for; an empty one where no event of the member has come yet."""
        known = {member.member_id: member for member in self.members.by_ids(member_ids)}
        return [known.get(id, Member(id)) for id in dict.fromkeys(member_ids)]

    def own(self, actor: Actor, year: int | None) -> str:
        """The membership that the viewer held in the year (decision 40).

        Raises Forbidden for an account that never had one.
        """
        held = self.members.held_in(actor.memberships, self.year(year))
        if held is None:
            raise Forbidden("当前账号没有委员资格")
        return held

    def compared_in(self, year: int, groups: Sequence[Group] = ()) -> list[Member]:
        """The members whose points of `year` are compared, in any of `groups` if given."""
        frozen = self.snapshots.of_year(year, groups)
        if frozen:
            return [snapshot.member for snapshot in frozen.values() if snapshot.ranked]
        return self.members.ranked_in(year, groups)

    def year(self, year: int | None) -> int:
        return self.clock.now().year if year is None else year

    def sheets(
        self, members: Sequence[Member], year: int | None, scheme: Scheme | None = None
    ) -> list[ScoreSheet]:
        """The score of each member, from one query each of snapshots and ledger.

        scheme: other rules than those in force, for "what if".
        """
        of_year, ids = self.year(year), [member.member_id for member in members]
        frozen = self.snapshots.latest(of_year, ids)
        entries: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.ledger.of_members(ids, of_year):
            snapshot = frozen.get(entry.member_id)
            if snapshot is None or entry.entry_id in snapshot.entry_ids:
                entries[entry.member_id].append(entry)
        rules = scheme or self.book
        return [
            scoring.score(
                entries[m.member_id],
                rules,
                of_year,
                frozen[m.member_id].member if m.member_id in frozen else m,
            )
            for m in members
        ]


def may_see(actor: Actor, member: Member) -> bool:
    """Own points; all for the Chairpersons' Council and the office; the own group's for others."""
    if actor.role in SEES_ALL:
        return True
    if actor.role in MEMBER_ROLES and actor.is_self(member.member_id):
        return True
    return any(
        member.belongs_to(Group(kind, actor.scope[kind.lower()]))
        for kind in SEES_GROUP.get(actor.role, ())
        if kind.lower() in actor.scope
    )


@allow(*VIEWERS)
@query("score", gives="Score")
def score(
    call: Call,
    reading: Reading,
    *,
    member_id: common.MemberOrSelf | None,
    year: common.OfYear | None,
) -> Row:
    """委员年度履职积分及理由。A member's score of a year, explained.

    Raises Forbidden outside the viewer's own or group.
    """
    member = visible(call, reading, member_id or reading.own(call.actor, year))
    [sheet] = reading.sheets([member], year)
    return sheet_row(sheet)


@allow(*VIEWERS)
@query("frozenScores", gives="[FrozenScore!]")
def frozen_scores(
    call: Call, reading: Reading, *, member_id: common.MemberId, year: common.Year
) -> list[Row]:
    """封存的年度积分，首次封存的在前，其后为准予计入的更正。A frozen year's sheets of a member.

    As each was signed: the first is that of the freeze, later ones hold what was approved since.
    None of a year that is open. Raises Forbidden outside the viewer's own or group.
    """
    visible(call, reading, member_id)
    return [frozen_row(s, reading.book) for s in reading.snapshots.of_member(year, member_id)]


@allow(*Role)
@query()
def scores_by_member_ids(
    call: Call,
    reading: Reading,
    *,
    member_ids: Ids,
    year: common.OfYear | None,
    explained: form.Explained,
) -> list[Row]:
    """The scores that the viewer may see, for lists; others are left out, not refused."""
    if call.actor.role not in VIEWERS:
        return []
    seen = [m for m in reading.members_of(member_ids) if may_see(call.actor, m)]
    return [sheet_row(sheet, explained) for sheet in reading.sheets(seen, year)]


@allow(*VIEWERS)
@query("ledger", gives="LedgerEntry")
def list_ledger(
    call: Call,
    reading: Reading,
    *,
    member_id: common.MemberId,
    year: common.OfYear | None,
    first: First,
    after: After | None,
) -> Page:
    """委员年度履职账目，新的在前。A member's ledger entries of a year, newest first.

    Reversals are among them.
    """
    visible(call, reading, member_id)
    found = reading.ledger.page_of(member_id, reading.year(year), first, after)
    return {**found, "rows": _entries(reading, found["rows"])}


@allow(*VIEWERS)
@query()
def count_ledger(
    call: Call, reading: Reading, *, member_id: common.MemberId, year: common.OfYear | None
) -> int:
    visible(call, reading, member_id)
    return reading.ledger.count_of(member_id, reading.year(year))


@allow(*Role)
@query(loads="LedgerEntry")
def ledger_entries_by_ids(call: Call, reading: Reading, *, ids: form.EntryIds) -> list[Row]:
    """The entries that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in VIEWERS:
        return []
    rows = reading.ledger.rows_by_ids(ids)
    members = reading.members_of([row["member_id"] for row in rows])
    seen = {member.member_id for member in members if may_see(call.actor, member)}
    return _entries(reading, [row for row in rows if row["member_id"] in seen])


@allow(*VIEWERS)
@query()
def group_averages(
    call: Call, reading: Reading, *, member_id: common.MemberId, year: common.OfYear | None
) -> list[Row]:
    """The average of each of the member's groups, published beside the member's own points."""
    member = visible(call, reading, member_id)
    if not member.groups:
        return []
    peers = reading.compared_in(reading.year(year), member.groups)
    sheets = list(zip(peers, reading.sheets(peers, year), strict=True))
    return [
        _average(group, [sheet for peer, sheet in sheets if peer.belongs_to(group)])
        for group in member.groups
    ]


@allow(*SEES_RANKING, *MEMBER_ROLES)
@query()
def list_ranking(
    call: Call, reading: Reading, *, year: common.OfYear | None, first: First, after: After | None
) -> Page:
    """Standings of a year with their cursors, best first, those who are not scored last.

    For the Chairpersons' Council, standing members and the office; for all members only if the
    committee has opened it (setting).
    """
    standings = [(_place(standing), standing) for standing in _standings(call, reading, year)]
    if after is not None:
        last = decode_cursor(after, bool, int | float, str)
        standings = [(place, standing) for place, standing in standings if place > last]
    rows = [standing_row(standing, encode_cursor(place)) for place, standing in standings[:first]]
    return {"rows": rows, "has_next": len(standings) > first}


@allow(*SEES_RANKING, *MEMBER_ROLES)
@query()
def standings_by_member_ids(
    call: Call, reading: Reading, *, member_ids: Ids, year: common.OfYear | None
) -> list[Row]:
    """The places of these members in a year, for comparing years; as `list_ranking`."""
    wanted = set(member_ids)
    standings = _standings(call, reading, year)
    return [standing_row(s) for s in standings if s.sheet.member_id in wanted]


@allow(*SEES_RANKING, *MEMBER_ROLES)
@query()
def count_ranking(call: Call, reading: Reading, *, year: common.OfYear | None) -> int:
    return len(_standings(call, reading, year))


def _standings(call: Call, reading: Reading, year: int | None) -> list[Standing]:
    open_to_all = reading.settings.get(RANKING_FOR_ALL, reading.clock.now())
    if call.actor.role not in SEES_RANKING and not open_to_all:
        raise Forbidden("履职积分排名仅对主席会议成员和常委公开")
    return ranked(reading.sheets(reading.compared_in(reading.year(year)), year))


def _place(standing: Standing) -> list[Any]:
    sheet = standing.sheet
    return [sheet.not_scored, -float(sheet.total), sheet.member_id]


def visible(call: Call, reading: Reading, member_id: str) -> Member:
    [member] = reading.members_of([member_id])
    if not may_see(call.actor, member):
        raise Forbidden("只能查看本人或本组委员的履职积分")
    return member


def _entries(reading: Reading, rows: Iterable[Row]) -> list[Row]:
    return [entry_row(row, reading.book) for row in rows]


def _average(group: Group, sheets: Sequence[ScoreSheet]) -> Row:
    """`members` is how many scored members the average is made of."""
    scored = [sheet for sheet in sheets if not sheet.not_scored]
    mean = average(scored)
    return {
        "kind": group.kind.value,
        "group_id": group.id,
        "average": None if mean is None else float(mean),
        "members": len(scored),
    }
