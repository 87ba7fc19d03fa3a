"""Holding the talk that a weak year asks for: the convener's, or the leadership's."""

from __future__ import annotations

from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.talks import Talk
from services.performance.schemas import talks as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import command


@allow(Role.SECTOR_CONVENER, *LEADERS)
@command("recordPerformanceTalk", answers=form.TALK)
def record_talk(
    call: Call, desk: Desk, *, talk_id: form.TalkId, held_on: form.HeldOn, note: form.Note
) -> str:
    """记录履职谈话（召集人、主席会议）。Record a talk after a weak year.

    The convener of the member's group for a first weak year; the leadership for all. Raises
    TalkNotFound, Forbidden, OwnPoints, AlreadyDecided, HappenedLater.
    """

    def once() -> str:
        talk = desk.talks.get(talk_id)
        if talk is None:
            raise errors.TalkNotFound
        _require(call, talk)
        at = desk.clock.now()
        talk.hold(str(call.actor.account_id), held_on, note, at)
        desk.talks.save(call, talk, at)
        return talk_id

    return desk.talks.run(call, once)


def _require(call: Call, talk: Talk) -> None:
    if call.actor.is_self(talk.member_id):
        raise errors.OwnPoints
    if call.actor.role in LEADERS:
        return
    if talk.by_leadership or call.actor.scope.get("sector_group") != talk.sector_group:
        raise Forbidden("该谈话由主席会议成员进行，或不属于本组")
