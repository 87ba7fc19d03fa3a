"""Views of the public: asked for, left without an account, moderated (7.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.consultations.commands import access
from services.consultations.commands.changing import organise
from services.consultations.commands.ports import Desk
from services.consultations.domain import errors, speaking, views
from services.consultations.domain.states import ViewChannel, ViewState
from services.consultations.domain.views import View
from services.consultations.schemas import common
from services.consultations.schemas import consultations as form
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import Answer, command
from shared.persistence import changing

REMEMBERED = timedelta(days=2)
RECEIVED = Answer("received", "Boolean", "是否收到。Whether it was received.")
# Who enters what visitors of a Members' Home have said.
AT_HOMES = frozenset({*access.MEMBERS, *access.TOWNS, access.OFFICE})
# Each channel is counted apart: as what, and by which setting.
COUNTED = {
    ViewChannel.FORM: ("view", "views_a_day"),
    ViewChannel.HOME: ("home-view", "home_views_a_day"),
}


@allow(*access.ORGANISERS)
@command("askForPublicViews", answers=common.CONSULTATION)
def ask_for_views(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    until: form.ViewsUntil | None,
) -> str:
    """公开征集群众意见。Ask the public for its views until a time, or no more."""
    return organise(
        call, desk, consultation_id, lambda c, at: speaking.ask_the_public(c, until, at)
    )


@allow(*Role)
@command("leavePublicView", answers=RECEIVED)
def leave_view(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    text: form.ViewText,
    name: form.ViewName,
    named: form.Named,
    home_id: form.HomeId | None,
    client: form.Client,
) -> bool:
    """对协商议题提意见，无须登录。Leave a view on a topic, without signing in.

    With a Members' Home: what a visitor has said there, entered by a member, a town's staff or the
    office. Which home is whose and who is on duty is liaison's to know, so whoever moderates sees
    the home. Shown once it is moderated, with the name only if that is agreed to. Raises TooMany,
    Closed, Forbidden.
    """
    at_home = home_id is not None
    if at_home and call.actor.role not in AT_HOMES:
        raise Forbidden("委员之家收到的意见由值班委员或工委登记")

    def make(at: datetime) -> View:
        consultation = changing.found(desk.consultations, consultation_id, errors.MatterNotFound)
        speaking.require_views(consultation, at)
        _limit(call, desk, client, at, ViewChannel.HOME if at_home else ViewChannel.FORM)
        view = View(
            id=new_id(),
            term=consultation.term,
            consultation_id=consultation.id,
            organisers=consultation.organisers,
            text=text,
            channel=ViewChannel.HOME if at_home else ViewChannel.FORM,
            received_at=at,
            name=name,
            named=named,
            home_id=home_id,
            entered_by=access.account(call.actor) if at_home else None,
        )
        views.leave(view)
        return view

    changing.create(call, desk, desk.views, make)
    return True


@allow(*access.ORGANISERS)
@command("moderatePublicView", answers=common.VIEW)
def moderate_view(
    call: Call,
    desk: Desk,
    *,
    view_id: form.ViewId,
    shown: form.Shown,
    reason: common.WhyNot,
) -> str:
    """审核群众意见。Show a view, or withhold it with a reason. Raises Forbidden."""

    def act(view: View, at: datetime) -> None:
        if not access.organises(call.actor, view.organisers):
            raise Forbidden("只能由主办单位审核")
        others = {"consultation_id": view.consultation_id, "_id": {"$ne": view.id}}
        waiting = desk.views.count({**others, "state": ViewState.RECEIVED.value})
        views.moderate(view, shown, reason, access.account(call.actor), at, waiting)

    load = changing.loading(desk.views, view_id, errors.MatterNotFound)
    return changing.change(call, desk, desk.views, load, act)


def _limit(call: Call, desk: Desk, client: str, at: datetime, channel: ViewChannel) -> None:
    """One more of today's; accounts are counted as such, others by their client."""
    kind, most = COUNTED[channel]
    day = at.astimezone(SHANGHAI).date().isoformat()
    until = desk.clock.real() + REMEMBERED
    count = desk.visits.count(call.actor.account_id or client, kind, day, until)
    if count > desk.setting(most):
        raise errors.TooMany
