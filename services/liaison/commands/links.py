"""Contact links: proposed by the office, decided by the Chairpersons' Council (2.9, 14.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.liaison.commands import access
from services.liaison.commands.changing import change, found
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.balance import Ground, Placed, Proposal, common_ground, propose
from services.liaison.domain.links import EndReason, Link, LinkPlan, LinkState
from services.liaison.domain.ranks import LEADING, LED, Person, Tier, fits, tier_of
from services.liaison.schemas import common
from services.liaison.schemas import links as form
from shared.actor import allow
from shared.call import Call
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import apart


@allow(access.OFFICE)
@command("proposeContactLinks", answers=form.PLAN)
def propose_links(call: Call, desk: Desk, *, tier: form.Tier, by: form.LinkGround) -> str:
    """为某层级尚无联系人的委员提出联系安排。Propose links for all who have none, balanced.

    Raises NobodyToLink.
    """

    def once() -> str:
        at = desk.clock.now()
        people = desk.members.all_people()
        standing = desk.links.open_links()
        held = {link.member_id for link in standing}
        led = [p for p in _ranked(people.values(), tier, LED) if p.id not in held]
        leaders = _ranked(people.values(), tier, LEADING)
        limits = desk.setting("link_load_least"), desk.setting("link_load_most")
        proposal = propose(led, leaders, _loads(standing), by, *limits)
        if not proposal.placed:
            raise errors.NobodyToLink
        return _propose(call, desk, tier, by, proposal, at)

    return desk.plans.run(call, once)


@allow(access.OFFICE)
@command("proposeContactLink", answers=form.PLAN)
def propose_link(
    call: Call, desk: Desk, *, member_id: form.MemberId, leader_id: form.LeaderId
) -> str:
    """提出一对联系关系。Propose one link, as for an orphan. Raises LinkUnfit."""

    def once() -> str:
        at = desk.clock.now()
        people = desk.members.people([member_id, leader_id])
        led, leader = people.get(member_id), people.get(leader_id)
        tier = tier_of(led.rank) if led else None
        if tier is None or led is None or leader is None or not fits(tier, leader, led):
            raise errors.LinkUnfit("联系人与被联系人须为相邻层级的在任委员", field="leaderId")
        _require_free(desk, member_id, leader_id)
        ground, group = common_ground(leader, led)
        placed = Proposal((Placed(member_id, leader_id, ground, group),), ())
        return _propose(call, desk, tier, None, placed, at)

    return desk.plans.run(call, once)


@allow(access.OFFICE)
@command("reassignContactLink", answers=form.LINK)
def reassign_link(
    call: Call, desk: Desk, *, link_id: common.LinkId, leader_id: form.LeaderId
) -> str:
    """调整待审定的联系人。Another leader while a link is proposed. Raises LinkUnfit."""

    def act(link: Link, _: datetime) -> None:
        people = desk.members.people([link.member_id, leader_id])
        led, leader = people.get(link.member_id), people.get(leader_id)
        if led is None or leader is None or not fits(link.tier, leader, led):
            raise errors.LinkUnfit("联系人与被联系人须为相邻层级的在任委员", field="leaderId")
        if leader_id != link.leader_id:
            _require_room(desk, leader_id)
        link.give_to(leader_id, *common_ground(leader, led))

    return change(call, desk, desk.links, link_id, act)


@allow(*access.CHAIRS, approves=True)
@command("decideContactLinks", answers=form.PLAN)
def decide_links(
    call: Call,
    desk: Desk,
    *,
    plan_id: form.PlanId,
    approved: form.Approved,
    opinion: common.Opinion | None,
) -> str:
    """审定联系安排（主席会议）。Approve or refuse all links of a plan.

    Nobody leads more than the setting allows, whatever was proposed apart: LinkUnfit. Those whose
    ends have left meanwhile are over already. Open issues of a member's former
    contacts pass to the new one.
    """

    def once() -> str:
        at = desk.clock.now()
        plan = found(desk.plans, plan_id)
        plan.decide(approved, opinion, access.account(call.actor), at)
        proposed = {"plan_id": plan_id, "state": LinkState.PROPOSED.value}
        links = desk.links.find(proposed, [("_id", 1)])
        leaders = {link.member_id: link.leader_id for link in links} if approved else {}
        same = desk.members.of_persons({*leaders, *leaders.values()})
        led = [id for id, now in same.items() if now in leaders]
        waiting = {"member_id": {"$in": led}, "open_issues": {"$gt": 0}}
        passed = desk.contacts.find(waiting, [("_id", 1)])

        def write(session: Any) -> None:
            if approved:
                _require_rooms(desk, links, session)
            desk.plans.save(call, plan, at, session)
            for link in links:
                if approved:
                    link.start(at)
                else:
                    link.end(EndReason.NOT_APPROVED, at)
                desk.links.save(apart(call), link, at, session)
            for contact in passed:
                leader = leaders[same[contact.member_id]]
                if leader not in {same.get(id) for id in contact.acts}:  # nor the same person
                    contact.pass_to(leader)
                if contact.events:
                    desk.contacts.save(apart(call), contact, at, session)

        desk.links.in_transaction(write)
        return plan_id

    return desk.plans.run(call, once)


@allow(access.OFFICE)
@command("endContactLink", answers=form.LINK)
def end_link(call: Call, desk: Desk, *, link_id: common.LinkId, reason: common.Reason) -> str:
    """结束联系关系，另行安排。End a link, so that another takes over."""
    return change(
        call, desk, desk.links, link_id, lambda link, at: link.end(EndReason.REASSIGNED, at, reason)
    )


def end_unfit(call: Call, desk: Desk, links: Iterable[Link]) -> None:
    """End the links of which an end has lost the post or the membership."""
    listed = list(links)
    people = desk.members.people({id for link in listed for id in link.ends})
    for link in listed:
        leader, led = people.get(link.leader_id), people.get(link.member_id)
        if not fits(link.tier, leader, led):
            _end(call, desk, link.id, _why(link, leader))


def _why(link: Link, leader: Person | None) -> EndReason:
    leads = leader is not None and leader.rank is LEADING[link.tier]
    return EndReason.MEMBER_LEFT if leads else EndReason.LEADER_LEFT


def _end(call: Call, desk: Desk, link_id: str, reason: EndReason) -> None:
    def once() -> str:
        link = desk.links.get(link_id)
        if link is not None and link.state is not LinkState.ENDED:
            at = desk.clock.now()
            link.end(reason, at)
            desk.links.save(call, link, at)
        return link_id

    desk.links.run(call, once)


def _propose(
    call: Call, desk: Desk, tier: Tier, by: Ground | None, proposal: Proposal, at: datetime
) -> str:
    """Plan and links in one transaction. Who got a link meanwhile makes it a Conflict."""
    plan = LinkPlan(
        id=new_id(),
        term=desk.members.current_term(),
        tier=tier,
        by=by,
        size=len(proposal.placed),
        unplaced=proposal.unplaced,
        proposed_by=access.account(call.actor),
        proposed_at=at,
    )
    plan.propose()

    def write(session: Any) -> None:
        desk.plans.add(call, plan, at, session)
        for row in proposal.placed:
            link = Link(
                id=new_id(),
                term=plan.term,
                tier=tier,
                plan_id=plan.id,
                leader_id=row.leader_id,
                member_id=row.member_id,
                ground=row.ground,
                group=row.group,
                holds=row.member_id,
            )
            desk.links.add(apart(call), link, at, session)

    desk.links.in_transaction(write)
    return plan.id


def _ranked(people: Iterable[Person], tier: Tier, ranks: Any) -> list[Person]:
    return [person for person in people if person.rank is ranks[tier] and person.active]


def _loads(links: Iterable[Link]) -> dict[str, int]:
    load: dict[str, int] = {}
    for link in links:
        load[link.leader_id] = load.get(link.leader_id, 0) + 1
    return load


def _require_free(desk: Desk, member_id: str, leader_id: str) -> None:
    if desk.links.count({"holds": member_id}):
        raise errors.LinkUnfit("该委员已有联系关系", field="memberId")
    _require_room(desk, leader_id)


def _require_rooms(desk: Desk, links: Iterable[Link], session: Any) -> None:
    """Raises LinkUnfit where a leader would have more than there may be."""
    most = desk.setting("link_load_most")
    for leader_id, more in sorted(_loads(links).items()):
        if desk.links.load_of(leader_id, session) + more > most:
            raise errors.LinkUnfit(
                f"有联系人的联系人数将超过上限{most}人，请先调整", field="planId"
            )


def _require_room(desk: Desk, leader_id: str) -> None:
    states = {"$in": [LinkState.PROPOSED.value, LinkState.ACTIVE.value]}
    load = desk.links.count({"leader_id": leader_id, "state": states})
    if load >= desk.setting("link_load_most"):
        raise errors.LinkUnfit("联系人的联系人数已达上限", field="leaderId")
