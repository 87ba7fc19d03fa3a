"""Topics: proposed by those whom section 3 names, shaped, put off, called off."""

from __future__ import annotations

from datetime import datetime

from services.consultations.commands import access
from services.consultations.commands.changing import change, organise, require_known
from services.consultations.commands.ports import Desk
from services.consultations.domain import topics
from services.consultations.domain.record import Consultation
from services.consultations.domain.states import ConsultationState
from services.consultations.schemas import common
from services.consultations.schemas import consultations as form
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.organisers import organisation_of
from shared.persistence.changing import create, unless_stale


@allow(*access.PROPOSERS)
@command("proposeConsultation", answers=common.CONSULTATION)
def propose_consultation(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    background: form.Background,
    form: form.Form,
    organisers: form.Organisers,
    year: common.Year | None,
    topic_codes: TopicCodes,
) -> str:
    """提出协商议题。Propose a topic for the annual consultation plan.

    Raises Unfit for organisations that there are not, TopicUnfit.
    """
    require_known(desk, organisers, "organisers")

    def make(at: datetime) -> Consultation:
        actor = call.actor
        organisation = organisation_of(actor)
        member = actor.acting_member() if actor.role in MEMBER_ROLES else None
        consultation = Consultation(
            id=new_id(),
            term=desk.members.current_term(),
            year=year or at.astimezone(SHANGHAI).year,
            title=title,
            created_at=at,
            form=form,
            background=background,
            topic_codes=desk.topics.choose(topic_codes, at),
            proposer=member,
            proposed_for=organisation,
            writer=access.account(actor),
            organisers=tuple(dict.fromkeys(organisers)),
        )
        topics.propose(consultation, at)
        return consultation

    return create(call, desk, desk.consultations, make)


@allow(*access.PROPOSERS)
@command("shapeConsultation", answers=common.CONSULTATION)
def shape_consultation(
    call: Call,
    desk: Desk,
    *,
    consultation_id: common.ConsultationId,
    title: common.Title,
    background: form.Background,
    form: form.Form,
    organisers: form.Organisers,
    departments: common.Departments,
    leader: form.Leader,
    month: form.Month | None,
    year: common.Year | None,
    topic_codes: TopicCodes,
    expected_version: ExpectedVersion | None,
) -> str:
    """修改议题、形式、主办单位和参加部门。Shape a topic: form, organisers, departments heard.

    By the organisers and the office; before that by who proposed it. Raises StaleVersion, Unfit.
    """
    require_known(desk, {*organisers, *departments}, "organisers")

    def act(consultation: Consultation, at: datetime) -> None:
        access.require_shaper(call.actor, consultation)
        topics.shape(
            consultation,
            title=title,
            background=background,
            form=form,
            organisers=tuple(dict.fromkeys(organisers)),
            departments=tuple(dict.fromkeys(departments)),
            leader=leader,
            month=month,
            year=year or consultation.year,
            topic_codes=desk.topics.choose(topic_codes, at, consultation.topic_codes),
        )

    return change(call, desk, consultation_id, unless_stale(expected_version, act))


@allow(*access.ORGANISERS)
@command("postponeConsultation", answers=common.CONSULTATION)
def postpone_consultation(
    call: Call, desk: Desk, *, consultation_id: common.ConsultationId, reason: common.Reason
) -> str:
    """协商延期，已安排的会议取消。Put it off; its meeting is called off."""
    return organise(call, desk, consultation_id, lambda c, at: topics.postpone(c, reason, at))


@allow(*access.PROPOSERS)
@command("cancelConsultation", answers=common.CONSULTATION)
def cancel_consultation(
    call: Call, desk: Desk, *, consultation_id: common.ConsultationId, reason: common.Reason
) -> str:
    """议题不采用、撤回或取消协商。Decline or withdraw a topic, or call a consultation off.

    A topic by who proposed it or the office, what is in the plan by the office. Raises Forbidden.
    """

    def act(consultation: Consultation, at: datetime) -> None:
        topic = consultation.state is ConsultationState.PROPOSED
        own = topic and access.proposed(call.actor, consultation)
        if call.actor.role is not access.OFFICE and not own:
            raise Forbidden("列入计划的协商由办公室取消")
        topics.cancel(consultation, reason, at)

    return change(call, desk, consultation_id, act)
