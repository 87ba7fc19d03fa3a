"""Reading links, contacts and leads; notes are for the pair, whom they name, and the leaders."""

from __future__ import annotations

from typing import Any

from services.liaison.commands import access
from services.liaison.commands.leads import ANSWERS
from services.liaison.commands.ports import Desk
from services.liaison.domain.leads import Target
from services.liaison.schemas import contacts as form
from shared.actor import MEMBER_ROLES, Actor, Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.organisers import organisation_of
from shared.persistence.audit import AuditKind
from shared.persistence.shaping import NOTHING, Row, both, given, refer, shown, without

NEWEST_LINKS = [("started_at", -1), ("_id", 1)]
NEWEST_PLANS = [("proposed_at", -1), ("_id", 1)]
NEWEST_CONTACTS = [("on", -1), ("_id", 1)]
NEWEST_LEADS = [("forwarded_at", -1), ("_id", 1)]
SEES_LINKS = frozenset({access.OFFICE, *access.CHAIRS})
LINKED = tuple(dict.fromkeys((access.OFFICE, *MEMBER_ROLES)))
PROPOSAL_DESK = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR)
LEAD_VIEWERS = (*access.VIEWERS, *PROPOSAL_DESK)


@allow(*LINKED)
@query("contactLinks", gives="ContactLink")
def list_links(
    call: Call, desk: Desk, *, filter: form.ContactLinkFilter, first: First, after: After | None
) -> Row:
    """联系关系：本人的，办公室和主席会议成员可见全部。Contact links: one's own, or all.

    A member's own links; all of them for the office and the leaders.
    """
    query = both(given(filter, *LINK_FILTER), _links(call.actor))
    page = desk.links.page(query, NEWEST_LINKS, first, after)
    return shown(page, [_link(desk, row) for row in page["rows"]])


@allow(*LINKED)
@query()
def count_links(call: Call, desk: Desk, *, filter: form.ContactLinkFilter) -> int:
    return desk.links.count(both(given(filter, *LINK_FILTER), _links(call.actor)))


@allow(*Role)
@query(loads="ContactLink")
def links_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    query = both({"_id": {"$in": ids}}, _links(call.actor))
    return [_link(desk, row) for row in desk.links.rows(query)]


@allow(*SEES_LINKS)
@query("contactLinkPlans", gives="ContactLinkPlan")
def list_plans(
    call: Call, desk: Desk, *, filter: form.ContactLinkPlanFilter, first: First, after: After | None
) -> Row:
    """联系安排，新的在前。Links proposed together."""
    return desk.plans.page(given(filter, "state"), NEWEST_PLANS, first, after)


@allow(*SEES_LINKS)
@query()
def count_plans(call: Call, desk: Desk, *, filter: form.ContactLinkPlanFilter) -> int:
    return desk.plans.count(given(filter, "state"))


@allow(*Role)
@query(loads="ContactLinkPlan")
def plans_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in SEES_LINKS:
        return []
    return desk.plans.rows({"_id": {"$in": ids}})


@allow(*MEMBER_ROLES)
@query("memberContacts", gives="MemberContact")
def list_contacts(
    call: Call, desk: Desk, *, filter: form.MemberContactFilter, first: First, after: After | None
) -> Row:
    """联系记录：双方和指定委员可见，主席会议成员的查看留痕。Contact records.

    With the notes; what leaders see of others' contacts is audited.
    """
    query = both(given(filter, "link_id", "year"), _contacts(call.actor))
    page = desk.contacts.page(query, NEWEST_CONTACTS, first, after)
    return shown(page, _looked_at(call, desk, page["rows"]))


@allow(*MEMBER_ROLES)
@query()
def count_contacts(call: Call, desk: Desk, *, filter: form.MemberContactFilter) -> int:
    return desk.contacts.count(both(given(filter, "link_id", "year"), _contacts(call.actor)))


@allow(*Role)
@query(loads="MemberContact")
def contacts_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    query = both({"_id": {"$in": ids}}, _contacts(call.actor))
    return _looked_at(call, desk, desk.contacts.rows(query))


@allow(*LEAD_VIEWERS)
@query("leads", gives="Lead")
def list_leads(
    call: Call, desk: Desk, *, filter: form.LeadFilter, first: First, after: After | None
) -> Row:
    """转办事项，新的在前；按议题即为议题档案。Forwarded matters, by topic too."""
    query = both(given(filter, *LEAD_FILTER), _leads(call.actor))
    page = desk.leads.page(query, NEWEST_LEADS, first, after)
    return shown(page, [_lead(call.actor, row) for row in page["rows"]])


@allow(*LEAD_VIEWERS)
@query()
def count_leads(call: Call, desk: Desk, *, filter: form.LeadFilter) -> int:
    return desk.leads.count(both(given(filter, *LEAD_FILTER), _leads(call.actor)))


@allow(*Role)
@query(loads="Lead")
def leads_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in LEAD_VIEWERS:
        return []
    query = both({"_id": {"$in": ids}}, _leads(call.actor))
    return [_lead(call.actor, row) for row in desk.leads.rows(query)]


LINK_FILTER = ("state", "tier", "leader_id", "member_id", "plan_id")
LEAD_FILTER = ("to", "origin", "state", "topic")


def _links(actor: Actor) -> Row:
    if actor.role in SEES_LINKS:
        return {}
    if actor.role not in MEMBER_ROLES:
        return NOTHING
    ends = [{"leader_id": actor.own}, {"member_id": actor.own}]
    return {"$or": ends, "state": {"$ne": "PROPOSED"}}


def _link(desk: Desk, row: Row) -> Row:
    """Dates and counts, never notes."""
    year = str(desk.clock.now().astimezone(SHANGHAI).year)
    return {
        **without(row, "holds"),
        "contacts_this_year": row["contacts"].get(year, 0),
        "contact_target": desk.setting("contacts_a_year"),
    }


def _contacts(actor: Actor) -> Row:
    if actor.role in access.CHAIRS:
        return {}
    if actor.role not in MEMBER_ROLES:
        return NOTHING
    ends = ("leader_id", "member_id", "shared_with", "heir")
    return {"$or": [{end: actor.own} for end in ends]}


def _looked_at(call: Call, desk: Desk, rows: list[Row]) -> list[Row]:
    return [_shown(call, desk, row) for row in rows]


def _shown(call: Call, desk: Desk, row: Row) -> Row:
    """The heir deals with the issues and reads nothing of what the former pair wrote down."""
    me, heir = call.actor, row.get("heir")
    pair, told = (row["leader_id"], row["member_id"]), row["shared_with"]
    if not me.self_among((*pair, *told)):
        if me.is_self(heir):
            row = {**row, "content": "", "follow_up": "", "place": ""}
        else:
            desk.audit.record(
                call, "look_at_contact_notes", row["id"], AuditKind.LOOK, of="MemberContact"
            )
    return {**row, "heir": heir, "own": me.self_among((*pair, heir)) is not None}


def _leads(actor: Actor) -> Row:
    """Proposal leads are for whoever may write proposals; others for those they concern."""
    if actor.role in access.SEES_ALL:
        return {}
    mine: list[Row] = [{"by": actor.own}]
    if not actor.former:
        mine.append({"to": Target.PROPOSAL_LEAD.value})
    if actor.role in access.TOWNS:
        mine.append({"town": organisation_of(actor)})
    return {"$or": mine}


def _lead(actor: Actor, row: Row) -> Row:
    """Where it comes from is for those whose matter it is."""
    near = actor.role in access.SEES_ALL or actor.is_self(row["by"])
    hidden: dict[str, Any] = {} if near else {"by": None}
    return {
        **without(refer(row, "town"), "source_id", "source_no"),
        **hidden,
        "may_answer": actor.role in ANSWERS,
    }
