"""Contact links (2.9, 14.4): proposed together, approved, ended with a post; orphans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from services.liaison.domain.balance import Ground
from services.liaison.domain.ranks import Tier
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class LinkState(Labelled, name="ContactLinkState"):
    """联系关系状态。State of a link."""

    PROPOSED = "PROPOSED", "待审定", "Proposed"
    ACTIVE = "ACTIVE", "联系中", "Active"
    ENDED = "ENDED", "已结束", "Ended"


class PlanState(Labelled, name="ContactLinkPlanState"):
    """联系安排状态。State of links proposed together."""

    PROPOSED = "PROPOSED", "待审定", "Proposed"
    APPROVED = "APPROVED", "已审定", "Approved"
    REFUSED = "REFUSED", "未通过", "Refused"


class EndReason(Labelled, name="LinkEndReason"):
    """联系关系结束原因。Why a link ended."""

    NOT_APPROVED = "NOT_APPROVED", "未通过审定", "Not approved"
    # the post or the membership has ended
    LEADER_LEFT = "LEADER_LEFT", "联系人卸任", "The leading end left the post"
    MEMBER_LEFT = "MEMBER_LEFT", "被联系人卸任或职务变动", "The led end left or changed posts"
    REASSIGNED = "REASSIGNED", "另行安排", "Reassigned"


S = LinkState


@dataclass
class Link(Aggregate):
    """`holds` is the led member while the link is open: nobody has two (a unique index)."""

    id: str
    term: int
    tier: Tier
    plan_id: str
    leader_id: str
    member_id: str
    ground: Ground
    group: str | None
    holds: str | None
    state: LinkState = S.PROPOSED
    started_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: EndReason | None = None
    note: str | None = None  # why it was reassigned
    contacts: dict[str, int] = field(default_factory=dict)  # year → records
    last_contact_on: datetime | None = None

    @property
    def ends(self) -> tuple[str, str]:
        return (self.leader_id, self.member_id)

    def other_end(self, member_id: str) -> str:
        return self.member_id if member_id == self.leader_id else self.leader_id

    def start(self, at: datetime) -> None:
        """Approved."""
        self._require(S.PROPOSED)
        self.state, self.started_at = S.ACTIVE, at
        self.tell(names.CONTACT_LINK_STARTED)

    def give_to(self, leader_id: str, ground: Ground, group: str | None) -> None:
        """Another leader, while it is proposed."""
        self._require(S.PROPOSED)
        self.leader_id, self.ground, self.group = leader_id, ground, group

    def end(self, reason: EndReason, at: datetime, note: str | None = None) -> None:
        """What never started ends without a word."""
        if self.state is S.ENDED:
            raise errors.WrongState.of(self.state)
        was_active = self.state is S.ACTIVE
        self.state, self.ended_at, self.end_reason, self.note = S.ENDED, at, reason, note
        self.holds = None
        if was_active:
            self.tell(names.CONTACT_LINK_ENDED)

    def note_contact(self, on: datetime, year: int) -> None:
        """A record was written: counted by the year of the contact."""
        self.contacts = {**self.contacts, str(year): self.contacts.get(str(year), 0) + 1}
        if self.last_contact_on is None or on > self.last_contact_on:
            self.last_contact_on = on

    def _require(self, state: LinkState) -> None:
        if self.state is not state:
            raise errors.WrongState.of(self.state)

    def header(self) -> dict[str, Any]:
        return {"link_id": self.id, "leader_id": self.leader_id, "member_id": self.member_id}


@dataclass
class LinkPlan(Aggregate):
    """Links proposed together, decided by the Chairpersons' Council.

    unplaced: members for whom no leader had room.
    """

    id: str
    term: int
    tier: Tier
    by: Ground | None  # none for a single link
    size: int
    unplaced: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    state: PlanState = PlanState.PROPOSED
    opinion: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None

    def propose(self) -> None:
        self.tell(names.CONTACT_LINKS_PROPOSED)

    def decide(self, approved: bool, opinion: str | None, by: str, at: datetime) -> None:
        if self.state is not PlanState.PROPOSED:
            raise errors.WrongState.of(self.state)
        self.state = PlanState.APPROVED if approved else PlanState.REFUSED
        self.opinion, self.decided_by, self.decided_at = opinion, by, at
        self.tell(names.CONTACT_LINKS_DECIDED, approved=approved)

    def header(self) -> dict[str, Any]:
        return {"plan_id": self.id, "tier": self.tier.value, "size": self.size}


@dataclass
class Orphan(Aggregate):
    """A member in office whom nobody leads: a task of the office until somebody does.

    Its id is the member's; `times` numbers the tasks.
    """

    id: str
    term: int
    tier: Tier
    open: bool = False
    times: int = 0
    since: datetime | None = None
    due_at: datetime | None = None
    overdue: bool = False

    def begin(self, tier: Tier, at: datetime, due_at: datetime) -> None:
        self.open, self.tier, self.times = True, tier, self.times + 1
        self.since, self.due_at, self.overdue = at, due_at, False
        self.tell(names.CONTACT_LINK_ORPHANED, due_at=due_at)

    def pass_due(self) -> None:
        """The time for it is over: said once."""
        self.overdue = True
        self.tell(names.CONTACT_LINK_ORPHAN_OVERDUE, due_at=self.due_at)

    def finish(self) -> None:
        """Linked again, or out of office."""
        self.open = False
        self.tell(names.CONTACT_LINK_ORPHAN_CLOSED)

    def header(self) -> dict[str, Any]:
        return {"member_id": self.id, "tier": self.tier.value, "occurrence_no": self.times}
