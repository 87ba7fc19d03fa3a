"""Records of liaison by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "liaison"

LOADERS = {
    "contact_links": by_ids(SERVICE, "links_by_ids"),
    "contact_link_plans": by_ids(SERVICE, "plans_by_ids"),
    "member_contacts": by_ids(SERVICE, "contacts_by_ids"),
    "leads": by_ids(SERVICE, "leads_by_ids"),
    "activities": by_ids(SERVICE, "activities_by_ids"),
    "members_homes": by_ids(SERVICE, "homes_by_ids"),
    "home_duties": by_ids(SERVICE, "duties_by_ids"),
    "receptions": by_ids(SERVICE, "receptions_by_ids"),
    "visit_bookings": by_ids(SERVICE, "bookings_by_ids"),
    "joint_conferences": by_ids(SERVICE, "conferences_by_ids"),
    "conference_items": by_ids(SERVICE, "items_by_ids"),
    "work_briefings": by_ids(SERVICE, "briefings_by_ids"),
    "exchanges": by_ids(SERVICE, "exchanges_by_ids"),
    "representatives": by_ids(SERVICE, "representatives_by_ids"),
    "circles": by_ids(SERVICE, "circles_by_ids"),
}
