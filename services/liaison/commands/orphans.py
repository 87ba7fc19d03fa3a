"""The timer that makes the tasks equal to what is: nobody in office without a contact (2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.liaison.commands.links import end_unfit
from services.liaison.commands.ports import Desk
from services.liaison.domain.links import LinkState, Orphan
from services.liaison.domain.ranks import Person, Tier, tier_of
from shared.call import Call
from shared.days import over
from shared.persistence.changing import save_unless_lost


def settle_orphans(call: Call, desk: Desk) -> None:
    """End links that fit no more; open, close and call overdue the orphans' tasks.

    A level has orphans from its first link on: before, nobody has a contact yet, and the office
    proposes all of them together. Two replicas that find the same: one's write wins.
    """
    at, links = desk.clock.now(), desk.links.open_links()
    end_unfit(call, desk, links)
    standing = [link for link in links if link.state is not LinkState.ENDED]
    active = [link for link in standing if link.state is LinkState.ACTIVE]
    begun = _begun(desk)
    people = desk.members.all_people()
    alone = _alone(people, {link.member_id for link in active}, begun)
    due_at = at + timedelta(days=desk.setting("orphan_days"))
    known = {orphan.id: orphan for orphan in desk.orphans.by_ids(alone)}
    for id, tier in alone.items():
        orphan = known.get(id) or Orphan(id, people[id].term, tier)
        if not orphan.open:
            orphan.begin(tier, at, due_at)
            _store(call, desk, orphan, at)
    for orphan in desk.orphans.find({"open": True}, [("due_at", 1), ("_id", 1)]):
        if orphan.id not in alone:
            orphan.finish()
        elif not orphan.overdue and orphan.due_at is not None and over(orphan.due_at, at):
            orphan.pass_due()
        else:
            continue
        _store(call, desk, orphan, at)


def _begun(desk: Desk) -> set[Tier]:
    term = desk.members.current_term()
    started = {"term": term, "started_at": {"$ne": None}}
    return {tier for tier in Tier if desk.links.count({**started, "tier": tier.value})}


def _alone(people: Mapping[str, Person], linked: set[str], begun: set[Tier]) -> dict[str, Tier]:
    """member id → the level at which somebody should lead."""
    found = {}
    for id, person in people.items():
        tier = tier_of(person.rank)
        if tier in begun and tier is not None and person.active and id not in linked:
            found[id] = tier
    return found


def _store(call: Call, desk: Desk, orphan: Orphan, at: datetime) -> None:
    if orphan.version:
        save_unless_lost(call, desk.orphans, orphan, at)
    else:
        desk.orphans.add_once(call, orphan, at)
