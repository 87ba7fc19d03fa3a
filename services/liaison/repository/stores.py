"""What liaison keeps in MongoDB: plain aggregates."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from services.liaison.domain import (
    activities,
    briefings,
    circles,
    conferences,
    contacts,
    exchange,
    homes,
    leads,
    links,
    receptions,
    representatives,
    years,
)
from services.liaison.repository import indexes
from shared.persistence.records import Records, WithFiles


class Links(Records[links.Link], name=indexes.LINKS):
    def open_of(self, member_ids: Collection[str]) -> list[links.Link]:
        """Links, proposed or active, with one of these members at either end."""
        ids = {"$in": list(member_ids)}
        ends = [{"leader_id": ids}, {"member_id": ids}]
        return self.find({"$or": ends, "state": {"$in": ["PROPOSED", "ACTIVE"]}}, [("_id", 1)])

    def load_of(self, leader_id: str, session: Any) -> int:
        """How many links the leader has in force, within a transaction.

        Two that both count and add to a leader's links write the same row, so that one of them
        runs again and counts the other's.
        """
        leaders = self._database.collection(indexes.LEADERS)
        leaders.update_one({"_id": leader_id}, {"$inc": {"looks": 1}}, upsert=True, session=session)
        active = {"leader_id": leader_id, "state": "ACTIVE"}
        return self.collection.count_documents(active, session=session)

    def open_links(self) -> list[links.Link]:
        return self.find({"state": {"$in": ["PROPOSED", "ACTIVE"]}}, [("_id", 1)])


class Plans(Records[links.LinkPlan], name=indexes.PLANS):
    pass


class Orphans(Records[links.Orphan], name=indexes.ORPHANS):
    pass


class Contacts(Records[contacts.Contact], name=indexes.CONTACTS):
    pass


class Leads(Records[leads.Lead], name=indexes.LEADS):
    pass


class Activities(WithFiles[activities.Activity], name=indexes.ACTIVITIES):
    def calendar(self, query: dict[str, Any], most: int) -> list[dict[str, Any]]:
        """Of each what a calendar shows."""
        shown = dict.fromkeys(("title", "held_at", "ends_at", "place", "state", "moves"), 1)
        found = self.collection.find(query, shown).sort("held_at", 1).limit(most)
        return [{**row, "id": row.pop("_id")} for row in found]


class Homes(Records[homes.Home], name=indexes.HOMES):
    pass


class Duties(Records[homes.Duty], name=indexes.DUTIES):
    pass


class Receptions(Records[receptions.Reception], name=indexes.RECEPTIONS):
    pass


class Bookings(Records[receptions.Booking], name=indexes.BOOKINGS):
    pass


class Conferences(Records[conferences.Conference], name=indexes.CONFERENCES):
    pass


class Items(Records[conferences.Item], name=indexes.ITEMS):
    pass


class Briefings(WithFiles[briefings.Briefing], name=indexes.BRIEFINGS):
    pass


class Exchanges(WithFiles[exchange.Exchange], name=indexes.EXCHANGES):
    pass


class Representatives(Records[representatives.Representative], name=indexes.REPRESENTATIVES):
    pass


class Circles(Records[circles.Circle], name=indexes.CIRCLES):
    pass


class Posts(Records[circles.Post], name=indexes.POSTS):
    pass


class Workspaces(Records[years.Workspace], name=indexes.WORKSPACES):
    pass
