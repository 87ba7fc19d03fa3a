"""Contact health, figures of organisations and towns, the map (section 7, item 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from services.liaison.commands import access
from services.liaison.commands.ports import Desk
from services.liaison.domain.activities import Activity, ActivityKind, ActivityState
from services.liaison.domain.conferences import ItemState
from services.liaison.domain.homes import Duty, DutyState, HomeState
from services.liaison.domain.links import Link, LinkState
from services.liaison.domain.ranks import LEADING, Tier
from services.liaison.domain.receptions import ReceptionState
from services.liaison.queries.homes import shown_home
from services.liaison.schemas import common
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import query
from shared.organisers import organisation_of
from shared.persistence.shaping import Row

QUARTERLY = frozenset(
    {ActivityKind.STUDY_TOUR, ActivityKind.SURVEY, ActivityKind.RESEARCH}
)  # 2.9: study or survey each quarter
SHOWN = [ActivityState.PUBLISHED.value, ActivityState.RUNNING.value]
BY_ID = [("_id", 1)]


@allow(access.OFFICE, *access.CHAIRS)
@query("contactHealth", gives="[ContactHealth!]")
def contact_health(call: Call, desk: Desk) -> list[Row]:
    """两级联系情况，办公室和主席会议成员可见。Health of the contact system.

    Each level: orphans, leaders with too many or too few, links that are silent.
    silent: no contact in the months of the setting, counted from the link's start; covered:
    links with the year's target of contacts.
    """
    at = desk.clock.now()
    year = str(at.astimezone(SHANGHAI).year)
    limit = at - relativedelta(months=desk.setting("silent_months"))
    target = desk.setting("contacts_a_year")
    people = desk.members.all_people()
    links = [link for link in desk.links.open_links() if link.state is LinkState.ACTIVE]
    orphans = desk.orphans.find({"open": True}, [("due_at", 1), ("_id", 1)])
    found = []
    for tier in Tier:
        own = [link for link in links if link.tier is tier]
        load = Counter(link.leader_id for link in own)
        leaders = [p.id for p in people.values() if p.rank is LEADING[tier] and p.active]
        found.append(
            {
                "tier": tier.value,
                "links": len(own),
                "orphans": [_orphan(o.id, o.due_at, o.overdue) for o in orphans if o.tier is tier],
                "overloaded": _loaded(load, lambda n: n > desk.setting("link_load_most")),
                "underloaded": _loaded(
                    {id: load[id] for id in leaders},
                    lambda n: n < desk.setting("link_load_least"),
                ),
                "silent": sorted(link.id for link in own if _silent(link, limit)),
                "covered": sum(link.contacts.get(year, 0) >= target for link in own),
            }
        )
    return found


@allow(*access.SEES_ALL, *access.ORGANISERS)
@query("organisationLiaison", gives="[OrganisationLiaison!]")
def organisation_statistics(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """各组织的联络工作；组织只见本组织。Liaison of each organisation.

    An activity counts once for each of its organisers (13.1), when participation is confirmed.
    """
    found: dict[str, Counter[str]] = {}

    def count(organisation: str, **figures: int) -> None:
        found.setdefault(organisation, Counter()).update(figures)

    held = {"year": year, "confirmed_at": {"$ne": None}}
    for activity in desk.activities.find(held, BY_ID):
        service = activity.kind is ActivityKind.SOCIAL_SERVICE
        for organisation in activity.organisers:
            count(
                organisation,
                activities=1,
                services=int(service),
                joint=int(len(activity.organisers) > 1),
                participations=len(activity.took_part),
            )
    for item in desk.items.find({"year": year}, BY_ID):
        answered = item.state in (ItemState.ANSWERED, ItemState.CLOSED)
        count(item.organisation, items_raised=1, items_answered=int(answered))
        if item.owner:
            count(item.owner, items_owned=1, items_overdue=int(item.overdue))
    own = organisation_of(call.actor)
    all_of_them = call.actor.role in access.SEES_ALL
    return [
        {"organisation_id": id, **{name: counts[name] for name in FIGURES}}
        for id, counts in sorted(found.items())
        if all_of_them or id == own
    ]


@allow(*access.SEES_ALL, *access.COMMITTEES, *access.TOWNS)
@query("townLiaison", gives="[TownLiaison!]")
def town_statistics(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """各镇（街道）的联络工作；工委只见本镇。Liaison of each town.

    Homes, duties, receptions and activities of a year.
    """
    own = organisation_of(call.actor) if call.actor.role in access.TOWNS else None
    homes = desk.homes.find({}, [("town", 1), ("_id", 1)])
    query: Row = {"year": year}
    duties = desk.duties.find(query, BY_ID)
    receptions = desk.receptions.find(query, BY_ID)
    activities = desk.activities.find({**query, "town": {"$ne": None}}, BY_ID)
    towns = {
        *(home.town for home in homes),
        *(duty.town for duty in duties),
        *(reception.town for reception in receptions),
        *(activity.town for activity in activities if activity.town),
    }
    today = desk.clock.now().astimezone(SHANGHAI).date()
    return [
        {
            "town_id": town,
            "homes": sum(home.town == town for home in homes),
            "homes_open": sum(h.town == town and h.state is HomeState.OPEN for h in homes),
            "duties_done": sum(d.town == town and d.state is DutyState.DONE for d in duties),
            "duties_missed": sum(d.town == town and d.state is DutyState.MISSED for d in duties),
            "weeks_without_duty": _bare_weeks((d for d in duties if d.town == town), year, today),
            "receptions": sum(r.town == town for r in receptions),
            "receptions_forwarded": sum(r.town == town and bool(r.leads) for r in receptions),
            "receptions_answered": sum(
                r.town == town and r.state in (ReceptionState.ANSWERED, ReceptionState.CLOSED)
                for r in receptions
            ),
            "activities": sum(a.town == town and a.confirmed_at is not None for a in activities),
            "quarters_with_study": _quarters(a for a in activities if a.town == town),
        }
        for town in sorted(towns)
        if own is None or town == own
    ]


@allow(*Role)
@query("liaisonMap", gives="[TownOnMap!]")
def liaison_map(call: Call, desk: Desk) -> list[Row]:
    """委员之家和活动地图，无须登录。Homes and activities by town, for everybody."""
    homes = desk.homes.rows({"state": HomeState.OPEN.value})
    activities = desk.activities.rows({"state": {"$in": SHOWN}, "town": {"$ne": None}})
    towns = sorted({row["town"] for row in (*homes, *activities)})
    return [
        {
            "town_id": town,
            "homes": [shown_home(call.actor, h) for h in homes if h["town"] == town],
            "activities": [_spot(a) for a in activities if a["town"] == town],
        }
        for town in towns
    ]


FIGURES = (
    "activities",
    "joint",
    "services",
    "participations",
    "items_raised",
    "items_answered",
    "items_owned",
    "items_overdue",
)
SPOT = ("id", "title", "kind", "topic", "held_at", "ends_at", "place", "location", "state")


def _spot(row: Row) -> Row:
    return {name: row[name] for name in SPOT}


def _orphan(member_id: str, due_at: datetime | None, overdue: bool) -> Row:
    return {"member_id": member_id, "due_at": due_at, "overdue": overdue}


def _loaded(load: Mapping[str, int], is_so: Callable[[int], bool]) -> list[Row]:
    return [{"member_id": id, "load": n} for id, n in sorted(load.items()) if is_so(n)]


def _silent(link: Link, limit: datetime) -> bool:
    last = link.last_contact_on or link.started_at
    return last is not None and last < limit


def _quarters(activities: Iterable[Activity]) -> int:
    """In how many quarters there was a study tour, a survey or research."""
    held = (a for a in activities if a.kind in QUARTERLY and a.confirmed_at is not None)
    return len({(a.held_at.astimezone(SHANGHAI).month - 1) // 3 for a in held})


def _bare_weeks(duties: Iterable[Duty], year: int, today: date) -> int:
    """Weeks of the year, up to this one, in which nobody was or is on duty."""
    covered = {
        date.fromisoformat(duty.on).isocalendar()[:2]
        for duty in duties
        if duty.state is not DutyState.CANCELLED
    }
    day, last = date(year, 1, 1), min(today, date(year, 12, 31))
    weeks = set()
    while day <= last:
        weeks.add(day.isocalendar()[:2])
        day += timedelta(days=1)
    return len(weeks - covered)
