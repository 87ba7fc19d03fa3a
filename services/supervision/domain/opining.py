"""The opinion (监督意见): drafted, signed, numbered by the office, issued (5.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.supervision.domain import errors
from services.supervision.domain.record import Item, Opinion, Supervision
from services.supervision.domain.states import ISSUED, WITH_TEAM, Step, SupervisionState
from shared.contracts import names
from shared.days import SHANGHAI

S = SupervisionState


def draft(
    supervision: Supervision, text: str, items: Sequence[Item], copy_to: Sequence[str]
) -> None:
    """Raises Unfit for a unit that is not supervised, WrongState while it is to be signed."""
    supervision.require(*(WITH_TEAM - ISSUED))
    _require_unsent(supervision)
    if foreign := {item.unit for item in items} - set(supervision.units):
        raise errors.Unfit(
            "监督意见只能向被监督单位提出", field="items", details={"units": sorted(foreign)}
        )
    supervision.opinion = Opinion(text, list(items), tuple(copy_to))


def send(supervision: Supervision, due_at: datetime, at: datetime) -> None:
    """To be signed by the Chairpersons' Council."""
    supervision.require(S.INSPECTING)
    _require_unsent(supervision)
    if supervision.opinion is None or not supervision.opinion.items:
        raise errors.Unfit("请先拟写监督意见", field="opinion")
    late = [i.no for i in supervision.opinion.items if i.due_at <= at]
    if late:
        raise errors.Unfit("整改期限应晚于现在", field="items", details={"no": late})
    supervision.opinion.sent_at, supervision.opinion.returned = at, None
    supervision.wait(Step.SIGNATURE, due_at)
    supervision.tell(names.SUPERVISION_OPINION_SENT, decide_by=due_at)


def sign(supervision: Supervision, approved: bool, words: str, by: str, at: datetime) -> None:
    """Signed, the office is asked to number and send it; or back to the team."""
    supervision.require(S.INSPECTING)
    opinion = supervision.opinion
    if opinion is None or opinion.sent_at is None:
        raise errors.WrongState("监督意见尚未送签")
    if opinion.signed_at is not None:
        raise errors.Repeated("监督意见已签发")
    supervision.wait(None)
    if not approved:
        opinion.sent_at, opinion.returned = None, words
        supervision.tell(names.SUPERVISION_OPINION_RETURNED, reason=words)
        return
    opinion.signed_at, opinion.signed_by = at, by
    supervision.tell(
        names.SUPERVISION_OPINION_SIGNED,
        text=written(supervision),
        main=list(dict.fromkeys(item.unit for item in opinion.items)),
        copy_to=list(opinion.copy_to),
    )


def issue(supervision: Supervision, no: str, issued_at: datetime) -> bool:
    """The office has numbered and sent it; told again, nothing changes. Whether it is news."""
    opinion = supervision.opinion
    if opinion is None or opinion.signed_at is None or opinion.issued_at is not None:
        return False
    supervision.move(S.OPINION_ISSUED, issued_at)
    opinion.no, opinion.issued_at = no, issued_at
    due_at = max(item.due_at for item in opinion.items)
    supervision.wait(Step.FEEDBACK, due_at)
    supervision.tell(
        names.SUPERVISION_OPINION_ISSUED,
        number=no,
        issued_on=issued_at,
        due_at=due_at,
        items=[_told(item) for item in opinion.items],
    )
    return True


def written(supervision: Supervision) -> str:
    """The opinion in words, as it stands in the document."""
    assert supervision.opinion is not None
    parts = [supervision.opinion.text]
    for item in supervision.opinion.items:
        day = item.due_at.astimezone(SHANGHAI).strftime("%Y年%-m月%-d日")
        parts.append(
            f"{item.no}. 问题：{item.problem}\n依据：{item.basis}\n"
            f"监督意见：{item.measure}\n整改期限：{day}"
        )
    return "\n".join(parts)


def _told(item: Item) -> dict[str, Any]:
    return {
        "no": item.no,
        "text": item.measure,
        "unit": item.unit,
        "due_at": item.due_at,
        "authors": list(item.authors),
    }


def _require_unsent(supervision: Supervision) -> None:
    if supervision.opinion is not None and supervision.opinion.sent_at is not None:
        raise errors.WrongState("监督意见已送签，不能再修改")
