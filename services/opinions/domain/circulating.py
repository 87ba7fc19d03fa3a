"""Who gets an issue: the district's leaders with the time of receipt, the levels above (10.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.opinions.domain import errors
from services.opinions.domain.clocks import Limit
from services.opinions.domain.limits import Limits
from services.opinions.domain.record import Above, Delivery, Opinion
from services.opinions.domain.signing import number
from services.opinions.domain.states import CIRCULATED, ISSUED, Form, Level
from shared.contracts import names

LEVELS = tuple(Level)  # from below


def deliver(
    opinion: Opinion,
    followers: Sequence[Opinion],
    to: Mapping[str, str | None],
    leaders: str,
    limits: Limits,
    at: datetime,
) -> None:
    """to: offices of the leaders → the side they are on. Raises Repeated, WrongState."""
    opinion.require(ISSUED)
    assert opinion.issue is not None
    if again := {d.to for d in opinion.deliveries} & set(to):
        raise errors.Repeated("已报送该单位", field="to", details={"to": sorted(again)})
    fresh = [
        Delivery(no, office, side, leaders, at)
        for no, (office, side) in enumerate(to.items(), len(opinion.deliveries) + 1)
    ]
    opinion.follow(limits.follow(at))
    opinion.deliveries += fresh
    for one in (opinion, *followers):
        one.stop(Limit.DELIVER, at)
    opinion.settle(at)
    opinion.tell(
        names.OPINION_DELIVERED,
        occurrence_no=opinion.again("DELIVERY"),
        issue_no=number(opinion.issue),
        delivered_on=at,
        to=list(to),
        sides=sorted({side for side in to.values() if side}),
        leaders=leaders,
    )


def receive(opinion: Opinion, side: str | None, by: str, at: datetime) -> None:
    """By the leaders' office, what came to its side. Raises Repeated where it is signed for."""
    opinion.require(CIRCULATED)
    waiting = [
        d for d in opinion.deliveries if d.received_at is None and (side is None or d.side == side)
    ]
    if not waiting:
        raise errors.Repeated("没有待签收的报送")
    for delivery in waiting:
        delivery.received_at, delivery.received_by = at, by
    opinion.tell(
        names.OPINION_RECEIVED,
        received_on=at,
        by=[d.to for d in waiting],
        sides=sorted({d.side for d in waiting if d.side}),
    )


def send_up(
    opinion: Opinion, followers: Sequence[Opinion], level: Level, limits: Limits, at: datetime
) -> None:
    """Out, whether or not the district's leaders get it. Raises Repeated, WrongState."""
    opinion.require(ISSUED)
    row = _row(opinion, level)
    if row.sent_at is not None:
        raise errors.Repeated("已上报该层级", field="level")
    row.sent_at = at
    opinion.follow(limits.follow(at))
    for one in (opinion, *followers):
        one.stop(Limit.DELIVER, at)
    opinion.settle(at)
    no = opinion.again(f"SENT_{level.value}")
    opinion.tell(names.OPINION_SENT_UP, level=level.value, sent_on=at, occurrence_no=no)


def adopt(
    opinion: Opinion, level: Level, form: Form, used_by: str, adopted_at: datetime, at: datetime
) -> None:
    """Used above, alone or with others. Raises NotSentUp, Repeated, Unfit, WrongState."""
    opinion.require(ISSUED)
    require_reached(opinion, level)
    require_past(opinion, adopted_at, at, "adoptedOn")
    row = _row(opinion, level)
    if row.adopted:
        raise errors.Repeated("已登记该层级采用", field="level")
    row.form, row.used_by, row.adopted_at = form, used_by, adopted_at
    row.adoptions, row.revoked_reason = row.adoptions + 1, None
    opinion.tell(
        names.OPINION_ADOPTED,
        level=level.value,
        form=form.value,
        used_by=used_by,
        adopted_on=adopted_at,
        occurrence_no=row.adoptions,
    )


def revoke_adoption(opinion: Opinion, level: Level, reason: str) -> None:
    """It was another item that was used. Raises Unfit where it is not noted as used."""
    opinion.require(ISSUED)
    row = next((a for a in opinion.above if a.level is level and a.adopted), None)
    if row is None:
        raise errors.Unfit("该层级没有采用记录", field="level")
    row.form, row.used_by, row.adopted_at, row.revoked_reason = None, "", None, reason
    opinion.tell(
        names.OPINION_ADOPTION_REVOKED,
        level=level.value,
        occurrence_no=row.adoptions,
        reason=reason,
    )


def require_reached(opinion: Opinion, level: Level) -> None:
    """Sent up to that level, or to one below, which has sent it on. Raises NotSentUp."""
    sent = [LEVELS.index(a.level) for a in opinion.above if a.sent_at is not None]
    if not sent or min(sent) > LEVELS.index(level):
        raise errors.NotSentUp(field="level")


def require_past(opinion: Opinion, on: datetime, at: datetime, field: str) -> None:
    """Not before the issue, not in the future. Raises Unfit."""
    assert opinion.issue is not None
    if on > at:
        raise errors.Unfit("时间不能晚于现在", field=field)
    if on < opinion.issue.issued_at:
        raise errors.Unfit("时间不能早于签发", field=field)


def _row(opinion: Opinion, level: Level) -> Above:
    found = next((a for a in opinion.above if a.level is level), None)
    if found is None:
        found = Above(level)
        opinion.above.append(found)
        opinion.above.sort(key=lambda a: LEVELS.index(a.level))
    return found
