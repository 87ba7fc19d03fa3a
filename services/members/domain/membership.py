"""One person's membership of one term: states, posts, profile (domain specification 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.members.domain.errors import (
    ChangeNotPending,
    ChangePending,
    DeathDateUnfit,
    JoinDateUnfit,
    MemberNoUnfit,
    MemberStateUnfit,
    NothingToChange,
)
from services.members.domain.person import PUBLIC_FACTS
from services.members.domain.placement import Placement
from services.members.domain.posts import Post, check_posts, is_standing, seats
from services.members.domain.profile import ChangeState, ProfileChange, check_self_editable
from services.members.domain.states import (
    ENDED,
    IN_OFFICE,
    OPEN,
    TRANSITIONS,
    State,
)
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class JoinedVia(Labelled):
    """产生方式。How the member joined."""

    TERM_START = "TERM_START", "换届", "At the beginning of the term"
    CO_OPTED = "CO_OPTED", "增补", "Co-opted"


# Fields of the membership itself, beside placement and the person's public facts.
OWN_FIELDS = (
    "work_unit",
    "work_unit_id",
    "title",
    "inside_system",
    "overseas",
    "skills",
    "terms_served",
    "not_scored",
)


@dataclass(frozen=True)
class Stage:
    """A state and the moment from which it holds; why, and by which document."""

    state: State
    since: datetime
    reason: str | None = None
    document_no: str | None = None


def state_at(history: Iterable[Stage], at: datetime) -> State | None:
    """The state that held at `at`; None before the nomination. Of two that hold, the later
    recorded: an appointment may reach back to the beginning of the term."""
    held = [stage.state for stage in history if stage.since <= at]
    return held[-1] if held else None


@dataclass
class Membership(Aggregate):
    """`name`, `gender` and `ethnic_group` are the person's, kept here so that the roster is read
    in one query; a membership that has ended keeps the name and the posts it ended with."""

    id: str
    member_no: str
    person_id: str
    term: int
    name: str
    gender: str
    placement: Placement
    ethnic_group: str | None = None
    work_unit: str | None = None
    work_unit_id: str | None = None  # the handling unit, where the work unit is one
    title: str | None = None
    inside_system: bool | None = None
    overseas: bool = False
    skills: list[str] = field(default_factory=list)
    terms_served: int = 1
    not_scored: bool = False
    state: State = State.NOMINATED
    posts: list[Post] = field(default_factory=list)
    joined_via: JoinedVia | None = None
    joined_on: datetime | None = None
    ended_on: datetime | None = None
    history: list[Stage] = field(default_factory=list)
    profile_change: ProfileChange | None = None

    @classmethod
    def nominate(cls, *, at: datetime, **fields: Any) -> Membership:
        """A new membership; raises MemberNoUnfit unless the number begins with the term."""
        membership = cls(id=member_id(fields["member_no"]), **fields)
        if not membership.member_no.startswith(f"{membership.term}-"):
            raise MemberNoUnfit(field="memberNo")
        membership.history.append(Stage(State.NOMINATED, at))
        membership.tell(names.MEMBER_NOMINATED)
        return membership

    # -- reading ---------------------------------------------------------------------------

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def seats(self) -> list[str]:
        """Keys of the posts that it alone may hold; none after its end."""
        return seats(self.posts) if self.open else []

    @property
    def standing(self) -> bool:
        return is_standing(self.posts)

    @property
    def new(self) -> bool:
        return self.terms_served <= 1

    def header(self) -> dict[str, Any]:
        """The full state as codes; never a name, a contact, or a reason in free words."""
        placement = self.placement
        return {
            "member_id": self.id,
            "person_id": self.person_id,
            "member_no": self.member_no,
            "state": self.state,
            "joined_via": self.joined_via,
            "joined_on": self.joined_on,
            "not_scored": self.not_scored,
            "overseas": self.overseas,
            "posts": [post.as_data() for post in self.posts],
            "groups": {
                "sector": placement.sector,
                "sector_group": placement.sector_group,
                "committees": list(placement.committees),
                "town": placement.town,
                "party": placement.party,
                "organisations": list(placement.organisations),
                "standing": self.standing,
                "inside_system": self.inside_system,
                "new": self.new,
            },
        }

    # -- states ----------------------------------------------------------------------------

    def appoint(
        self, term_starts_on: datetime, via: JoinedVia, joined_on: datetime | None, at: datetime
    ) -> None:
        """Take office. Raises MemberStateUnfit, JoinDateUnfit.

        TERM_START counts from the term's beginning; CO_OPTED from `joined_on` (now unless given),
        which lies after that beginning and not in the future.
        """
        self._require(State.NOMINATED)
        since = term_starts_on if via is JoinedVia.TERM_START else joined_on or at
        if via is JoinedVia.TERM_START and joined_on not in (None, since):
            raise JoinDateUnfit("换届委员自本届开始之日起就任", field="joinedOn")
        if via is JoinedVia.CO_OPTED and not term_starts_on < since <= at:
            raise JoinDateUnfit("增补委员应在本届开始之后就任，且不晚于今天", field="joinedOn")
        self.joined_via, self.joined_on = via, since
        self._move(State.ACTIVE, since)

    def reject(self, at: datetime, reason: str) -> None:
        self._move(State.REJECTED, at, reason)

    def suspend(self, at: datetime, reason: str, document_no: str | None) -> None:
        self._move(State.SUSPENDED, at, reason, document_no)

    def reinstate(self, at: datetime, reason: str | None) -> None:
        self._require(State.SUSPENDED)
        self._move(State.ACTIVE, at, reason)

    def resign(self, at: datetime, reason: str, document_no: str | None) -> None:
        self._move(State.RESIGNED, at, reason, document_no)

    def revoke(self, at: datetime, reason: str, document_no: str) -> None:
        """By decision of the Standing Committee, `document_no`."""
        self._move(State.REVOKED, at, reason, document_no)

    def record_death(self, died_on: datetime, at: datetime) -> None:
        """Raises DeathDateUnfit for a day in the future or before the appointment."""
        if died_on > at or (self.joined_on and died_on.date() < self.joined_on.date()):
            raise DeathDateUnfit(field="diedOn")
        self._move(State.DECEASED, died_on)

    def end_term(self, at: datetime) -> None:
        self._move(State.TERM_ENDED, at)

    # -- posts and profile -----------------------------------------------------------------

    def change_posts(self, posts: Sequence[Post]) -> None:
        """Hold exactly `posts`. Raises MemberStateUnfit, PostUnfit, NothingToChange."""
        self._require(State.ACTIVE)
        check_posts(posts, self.placement)
        if list(posts) == self.posts:
            raise NothingToChange(field="posts")
        self.posts = list(posts)
        self.tell(names.MEMBER_POST_CHANGED)

    def change_profile(
        self, changes: Mapping[str, Any], placement: Placement, of_person: bool
    ) -> None:
        """Take new values. Raises MemberStateUnfit, PostUnfit, NothingToChange.

        placement: as it follows from `changes`; of_person: whether a fact that only the person
        holds changes too, so that the event is due even if nothing here does.
        """
        self._require(*OPEN)
        if not of_person and not self._differs(changes, placement):
            raise NothingToChange
        check_posts(self.posts, placement)
        self.placement = placement
        for name in (*PUBLIC_FACTS, *OWN_FIELDS):
            if name in changes:
                setattr(self, name, changes[name])
        self.tell(names.MEMBER_PROFILE_CHANGED)

    def request_change(self, id: str, changes: Mapping[str, Any], at: datetime) -> None:
        """The member's own wish, for the office to confirm; one at a time.

        Raises MemberStateUnfit, ChangePending, FieldNotSelfEditable.
        """
        self._require(*IN_OFFICE)
        check_self_editable(changes)
        if self.profile_change and self.profile_change.pending:
            raise ChangePending
        self.profile_change = ProfileChange(id, dict(changes), at)
        self.tell(names.MEMBER_CHANGE_REQUESTED, change_id=id)

    def decide_change(
        self, id: str, state: ChangeState, at: datetime, reason: str | None = None
    ) -> Mapping[str, Any]:
        """Close the pending request; its wished values. Raises ChangeNotPending.

        `id` names the request that was looked at: one that came in between is not decided.
        """
        change = self.profile_change
        if change is None or change.id != id or not change.pending:
            raise ChangeNotPending(field="changeId")
        self.profile_change = replace(change, state=state, decided_at=at, reason=reason)
        told = {"change_id": id, "outcome": state.value, "reason": reason}
        self.tell(names.MEMBER_CHANGE_CLOSED, **told)
        return change.changes

    # -- inside ----------------------------------------------------------------------------

    def _differs(self, changes: Mapping[str, Any], placement: Placement) -> bool:
        return placement != self.placement or any(
            name in changes and changes[name] != getattr(self, name)
            for name in (*PUBLIC_FACTS, *OWN_FIELDS)
        )

    def _require(self, *states: State) -> None:
        if self.state not in states:
            raise MemberStateUnfit.of(self.state)

    def _move(
        self,
        to: State,
        since: datetime,
        reason: str | None = None,
        document_no: str | None = None,
    ) -> None:
        event = TRANSITIONS.get((self.state, to))
        if event is None:
            raise MemberStateUnfit(
                f"委员当前为“{self.state.label}”，不能改为“{to.label}”",
                details={"from": self.state, "to": to},
            )
        self.state = to
        self.history.append(Stage(to, since, reason, document_no))
        if to in ENDED or to is State.REJECTED:
            self.ended_on = since
        told = {"document_no": document_no} if document_no else {}
        happened = {"occurred_on": since} if to is State.DECEASED else {}
        self.tell(event, **told, **happened)


def member_id(member_no: str) -> str:
    """m-15-0088"""
    return f"m-{member_no}"


def person_id(member_no: str) -> str:
    """p-15-0088, after the first membership of the person here."""
    return f"p-{member_no}"
