"""A person's memberships of several terms: who may serve, and for the how many-eth time."""

from __future__ import annotations

from collections.abc import Iterable

from services.members.domain.errors import AlreadyMember, PersonDeceased
from services.members.domain.membership import Membership
from services.members.domain.states import State


def check_may_serve(memberships: Iterable[Membership], term: int) -> None:
    """Raises PersonDeceased, AlreadyMember (one open membership per person and term, 2.1).

    memberships: all of one person.
    """
    for membership in memberships:
        if membership.state is State.DECEASED:
            raise PersonDeceased(field="personId")
        if membership.open and membership.term == term:
            raise AlreadyMember(field="personId")


def terms_served(memberships: Iterable[Membership], term: int) -> int:
    """How many terms the person will have served with `term`; counts those taken up before it."""
    return len({m.term for m in memberships if m.joined_on and m.term < term}) + 1
