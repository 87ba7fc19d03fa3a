"""The removal procedure that too many absences open: weighed by events, decided by people."""

from __future__ import annotations

from collections.abc import Iterable

from services.members.commands.departures import revoke_member
from services.members.commands.ports import Roster
from services.members.domain.absences import (
    PLENARY_LIMIT,
    STANDING_LIMIT,
    Ground,
    Presence,
    RemovalReview,
    ReviewState,
    grounds,
)
from services.members.domain.errors import DocumentMissing, MemberNotFound, ReviewNotFound
from services.members.schemas import absences as form
from services.members.schemas import common
from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Conflict
from shared.operations import command

LIMITS = {Ground.PLENARY: PLENARY_LIMIT, Ground.STANDING: STANDING_LIMIT}


@allow(Role.SYSTEM)
def note_presences(call: Call, desk: Roster, told: Iterable[Presence]) -> None:
    """Keep what an event tells, then weigh each member anew.

    Recorded before it is weighed, so that of two events at one moment the later sees both.
    """
    known = list(told)
    desk.absences.record(known)
    for member_id in sorted({one.member_id for one in known}):
        weigh(call, desk, member_id)


@allow(Role.SYSTEM)
def weigh(call: Call, desk: Roster, member_id: str) -> None:
    """Open the reviews whose ground stands, end those whose ground is gone; any number of times.

    What is decided is decided about all absences known by then, not only the first ones.
    """
    desk.absences.reviews.run(call, lambda: _weigh(call, desk, member_id))


def _weigh(call: Call, desk: Roster, member_id: str) -> str:
    reviews = desk.absences.reviews_of(member_id)
    standing = _standing(desk, member_id, reviews)
    at = desk.clock.now()
    pending = {review.ground: review for review in reviews if review.state is ReviewState.OPEN}
    for ground, review in pending.items():
        if ground not in standing:
            review.close(ReviewState.VOID, at)
        elif not review.concern(standing[Ground(ground)]):
            continue
        desk.absences.reviews.save(call, review, at)
    for ground, meetings in standing.items():
        if ground not in pending:
            number = 1 + sum(review.ground == ground for review in reviews)
            opened = RemovalReview(
                id=f"{member_id}:{ground}:{number}",
                member_id=member_id,
                term=desk.memberships.get(member_id).term,
                ground=ground.value,
                meetings=meetings,
                opened_at=at,
            )
            desk.absences.reviews.add_once(call, opened, at)
    return member_id


def _standing(
    desk: Roster, member_id: str, reviews: Iterable[RemovalReview]
) -> dict[Ground, list[str]]:
    """The grounds that stand for someone who is in office."""
    try:
        membership = desk.memberships.get(member_id)
    except MemberNotFound:  # the meeting was confirmed before this service knew of the member
        return {}
    if not membership.open:
        return {}
    limits = {ground: desk.setting(key) for ground, key in LIMITS.items()}
    considered = {m for r in reviews if r.state is ReviewState.KEPT for m in r.meetings}
    return grounds(desk.absences.of_member(member_id), limits, considered)


@allow(Role.SYSTEM)
def end_reviews(call: Call, desk: Roster, member_id: str, removed: bool) -> None:
    """A membership has ended: what is still open is settled by that."""

    def once() -> str:
        at = desk.clock.now()
        for review in desk.absences.reviews_of(member_id):
            if review.state is ReviewState.OPEN:
                review.close(ReviewState.REMOVED if removed else ReviewState.VOID, at)
                desk.absences.reviews.save(call, review, at)
        return member_id

    desk.absences.reviews.run(call, once)


@allow(Role.OFFICE, approves=True)
@command("decideRemovalReview", answers=form.REVIEW)
def decide_removal_review(
    call: Call,
    desk: Roster,
    *,
    review_id: form.ReviewId,
    removed: form.Removed,
    reason: common.DecisionReason,
    document_no: common.DocumentNo | None,
) -> str:
    """登记常委会对缺席委员的决定（办公室）。Record the decision: removed, or kept.

    Raises ReviewNotFound, ReviewDecided, DocumentMissing, MemberStateUnfit.
    """

    def once() -> str:
        review = desk.absences.reviews.get(review_id)
        if review is None:
            raise ReviewNotFound
        if removed and not document_no:
            raise DocumentMissing(field="documentNo")
        at = desk.clock.now()
        state = ReviewState.REMOVED if removed else ReviewState.KEPT
        review.close(state, at, reason, document_no)
        if removed:
            # First the membership: if this stops in between, its event ends the review.
            inner = Call(call.actor, call.correlation_id, call.causation_id)
            revoke_member(
                inner,
                desk,
                member_id=review.member_id,
                reason=reason,
                document_no=str(document_no),
            )
        try:
            desk.absences.reviews.save(call, review, at)
        except Conflict:
            if not removed:
                raise
        return review_id

    return desk.absences.reviews.run(call, once)
