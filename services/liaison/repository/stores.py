"""What liaison keeps in MongoDB: plain aggregates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from services.liaison.domain import (
    activities,
    balance,
    briefings,
    circles,
    conferences,
    contacts,
    exchange,
    homes,
    leads,
    links,
    ranks,
    receptions,
    representatives,
    years,
)
from services.liaison.domain.files import tell_files
from services.liaison.domain.participation import Part
from services.liaison.repository import indexes
from shared.call import Call
from shared.persistence import Database
from shared.persistence.records import R, Records

Row = dict[str, Any]
Parse = dict[str, Callable[[Any], Any]]


def _maybe(kind: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else kind(value)


def _rows(kind: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda rows: tuple(kind(**row) for row in rows)


def _parts(rows: Mapping[str, Row]) -> dict[str, Part]:
    return {key: Part(**row) for key, row in rows.items()}


def _tuples(*names: str) -> Parse:
    return dict.fromkeys(names, tuple)


class Links(Records[links.Link]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "tier": ranks.Tier,
            "ground": balance.Ground,
            "state": links.LinkState,
            "end_reason": _maybe(links.EndReason),
        }
        super().__init__(database, indexes.LINKS, links.Link, parse)

    def open_of(self, member_ids: Collection[str]) -> list[links.Link]:
        """Links, proposed or active, with one of these members at either end."""
        ids = {"$in": list(member_ids)}
        ends = [{"leader_id": ids}, {"member_id": ids}]
        return self.find({"$or": ends, "state": {"$in": ["PROPOSED", "ACTIVE"]}}, [("_id", 1)])

    def open_links(self) -> list[links.Link]:
        return self.find({"state": {"$in": ["PROPOSED", "ACTIVE"]}}, [("_id", 1)])


class Plans(Records[links.LinkPlan]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "tier": ranks.Tier,
            "by": _maybe(balance.Ground),
            "state": links.PlanState,
            **_tuples("unplaced"),
        }
        super().__init__(database, indexes.PLANS, links.LinkPlan, parse)


class Orphans(Records[links.Orphan]):
    def __init__(self, database: Database) -> None:
        super().__init__(database, indexes.ORPHANS, links.Orphan, {"tier": ranks.Tier})


class Contacts(Records[contacts.Contact]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "way": contacts.Way,
            "issues": lambda rows: tuple(
                contacts.Issue(**{**row, "state": contacts.IssueState(row["state"])})
                for row in rows
            ),
            **_tuples("shared_with"),
        }
        super().__init__(database, indexes.CONTACTS, contacts.Contact, parse)


class Leads(Records[leads.Lead]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "to": leads.Target,
            "origin": leads.Origin,
            "state": leads.LeadState,
        }
        super().__init__(database, indexes.LEADS, leads.Lead, parse)


class WithFiles(Records[R]):
    """Records that hold files: each write names those that came or went (decision 20)."""

    def add(
        self, call: Call, record: Any, at: datetime, session: ClientSession | None = None
    ) -> None:
        tell_files(record)
        super().add(call, record, at, session)

    def save(
        self, call: Call, record: Any, at: datetime, session: ClientSession | None = None
    ) -> None:
        tell_files(record)
        super().save(call, record, at, session)

    def holding(self, ids: Collection[str]) -> set[str]:
        """Those of these files that a record holds."""
        found = self.collection.distinct("files_told", {"files_told": {"$in": list(ids)}})
        return set(found) & set(ids)


class Activities(WithFiles[activities.Activity]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": activities.ActivityKind,
            "state": activities.ActivityState,
            "location": activities.point,
            "helps": _rows(activities.Help),
            "parts": _parts,
            **_tuples("organisers", "groups", "files", "files_told", "signed_up", "took_part"),
        }
        super().__init__(database, indexes.ACTIVITIES, activities.Activity, parse)


class Homes(Records[homes.Home]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": homes.HomeState,
            "location": activities.point,
            "hours": _rows(homes.Hours),
            **_tuples("members"),
        }
        super().__init__(database, indexes.HOMES, homes.Home, parse)


class Duties(Records[homes.Duty]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {"state": homes.DutyState, "parts": _parts, **_tuples("took_part")}
        super().__init__(database, indexes.DUTIES, homes.Duty, parse)


def _visitor(row: Row) -> receptions.Visitor:
    return receptions.Visitor(**row)


class Receptions(Records[receptions.Reception]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "channel": receptions.Channel,
            "state": receptions.ReceptionState,
            "visitor": _visitor,
            **_tuples("on_duty"),
        }
        super().__init__(database, indexes.RECEPTIONS, receptions.Reception, parse)


class Bookings(Records[receptions.Booking]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {"state": receptions.BookingState, "visitor": _visitor}
        super().__init__(database, indexes.BOOKINGS, receptions.Booking, parse)


class Visits:
    """How often a client without an account has come today; forgotten after two days."""

    def __init__(self, database: Database) -> None:
        self._collection: Any = database.collection(indexes.VISITS)

    def count(self, client: str, purpose: str, day: str, expires_at: datetime) -> int:
        """This time included."""
        row = self._collection.find_one_and_update(
            {"_id": f"{purpose}:{day}:{client}"},
            {"$inc": {"count": 1}, "$setOnInsert": {"expires_at": expires_at}},
            upsert=True,
            return_document=True,
        )
        return int(row["count"])


class Conferences(Records[conferences.Conference]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "state": conferences.ConferenceState,
            **_tuples("participants", "invited", "agenda", "attended", "taken"),
        }
        super().__init__(database, indexes.CONFERENCES, conferences.Conference, parse)


class Items(Records[conferences.Item]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {"kind": conferences.ItemKind, "state": conferences.ItemState}
        super().__init__(database, indexes.ITEMS, conferences.Item, parse)


class Briefings(WithFiles[briefings.Briefing]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "receipts": _rows(briefings.Receipt),
            **_tuples("recipients", "waiting", "files", "files_told"),
        }
        super().__init__(database, indexes.BRIEFINGS, briefings.Briefing, parse)


class Exchanges(WithFiles[exchange.Exchange]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": exchange.ExchangeKind,
            "level": _maybe(exchange.Level),
            **_tuples("participants", "named", "files", "files_told"),
        }
        super().__init__(database, indexes.EXCHANGES, exchange.Exchange, parse)


class Representatives(Records[representatives.Representative]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "category": representatives.Category,
            "state": representatives.RegisterState,
            "private": lambda row: representatives.Private(**row),
            "meetings": _rows(representatives.Meeting),
        }
        super().__init__(database, indexes.REPRESENTATIVES, representatives.Representative, parse)


class Circles(Records[circles.Circle]):
    def __init__(self, database: Database) -> None:
        parse: Parse = {
            "kind": circles.CircleKind,
            "state": circles.CircleState,
            **_tuples("members"),
        }
        super().__init__(database, indexes.CIRCLES, circles.Circle, parse)


class Posts(Records[circles.Post]):
    def __init__(self, database: Database) -> None:
        super().__init__(database, indexes.POSTS, circles.Post, {})


class Workspaces(Records[years.Workspace]):
    def __init__(self, database: Database) -> None:
        super().__init__(database, indexes.WORKSPACES, years.Workspace, _tuples("topics"))
