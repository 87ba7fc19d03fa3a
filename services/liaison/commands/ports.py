"""What the use cases are given: storage, time, settings, audit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.liaison.domain import errors
from shared.clock import Now

if TYPE_CHECKING:
    from services.liaison.repository import (
        Activities,
        Bookings,
        Briefings,
        Circles,
        Conferences,
        Contacts,
        Duties,
        Exchanges,
        Homes,
        Items,
        Leads,
        Links,
        Members,
        NormFacts,
        Orphans,
        Plans,
        Posts,
        Receptions,
        Representatives,
        Workspaces,
    )
    from shared.persistence import SettingsStore
    from shared.persistence.audit import Audit
    from shared.persistence.directory import Directory
    from shared.persistence.topics import Topics
    from shared.persistence.visits import Visits


@dataclass(frozen=True)
class Desk:
    """The dependencies of all use cases."""

    links: Links
    plans: Plans
    orphans: Orphans
    contacts: Contacts
    leads: Leads
    activities: Activities
    homes: Homes
    duties: Duties
    receptions: Receptions
    bookings: Bookings
    visits: Visits
    conferences: Conferences
    items: Items
    briefings: Briefings
    exchanges: Exchanges
    representatives: Representatives
    circles: Circles
    posts: Posts
    workspaces: Workspaces
    norms: NormFacts
    members: Members
    directory: Directory
    topics: Topics
    audit: Audit
    settings: SettingsStore
    clock: Now

    def setting(self, key: str) -> Any:
        return self.settings.get(key, self.clock.now())

    def require_organisations(self, ids: Collection[str], field: str) -> None:
        """Raises OrganisationUnknown for one that is not in being."""
        if set(ids) - self.directory.kinds(ids).keys():
            raise errors.OrganisationUnknown(field=field)
