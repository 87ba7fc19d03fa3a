"""群众意见: what the public has to say on a topic, moderated before anybody else reads it (7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.states import ViewChannel, ViewState
from shared.aggregate import Aggregate
from shared.contracts import names

V = ViewState


@dataclass(kw_only=True)
class View(Aggregate):
    """named: whoever left it agrees that the name is shown; else it is for nobody but moderators.
    organisers: of the consultation, who moderate it."""

    id: str
    term: int
    consultation_id: str
    organisers: tuple[str, ...]
    text: str
    channel: ViewChannel
    received_at: datetime
    name: str = ""
    named: bool = False
    home_id: str | None = None
    entered_by: str | None = None  # account, at a Members' Home
    state: ViewState = V.RECEIVED
    reason: str = ""
    moderated_at: datetime | None = None
    moderated_by: str | None = None

    def header(self) -> dict[str, Any]:
        return {
            "view_id": self.id,
            "consultation_id": self.consultation_id,
            "organisers": list(self.organisers),
        }


def leave(view: View) -> None:
    """Raises Incomplete for a name that is to be shown and is not there."""
    if view.named and not view.name:
        raise errors.Incomplete("同意公开姓名的请填写姓名", field="name")
    view.tell(names.CONSULTATION_VIEW_LEFT, channel=view.channel.value)


def moderate(view: View, shown: bool, reason: str, by: str, at: datetime, waiting: int = 0) -> None:
    """Shown, or withheld with a reason; either may be changed later. Raises Incomplete.

    waiting: how many others of the consultation nobody has decided on.
    """
    if not shown and not reason:
        raise errors.Incomplete("不予公开的请说明理由", field="reason")
    view.state = V.SHOWN if shown else V.WITHHELD
    view.reason = "" if shown else reason
    view.moderated_at, view.moderated_by = at, by
    view.tell(names.CONSULTATION_VIEW_MODERATED, shown=shown, waiting=waiting)
