"""Planning, team, inspections, opinion (2.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.supervision.commands import access
from services.supervision.commands.changing import change, change_own, found, supervision_of
from services.supervision.commands.ports import Desk
from services.supervision.domain import errors, inspections, opining, planning
from services.supervision.domain.inspections import Inspection, Line
from services.supervision.domain.record import Expert, Item, Supervision, Team
from services.supervision.schemas import common
from services.supervision.schemas import supervisions as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.persistence import changing
from shared.persistence.changing import apart, create, require_version


@allow(*access.DRAFTERS)
@command("draftSupervision", answers=common.SUPERVISION)
def draft_supervision(
    call: Call,
    desk: Desk,
    *,
    supervision_id: form.WrittenId | None,
    title: common.Title,
    topic: form.Topic,
    topic_codes: TopicCodes,
    supervision_form: form.Form,
    plan_basis: form.PlanBasis,
    units: common.Units,
    sites: common.SiteIds,
    plan: form.Plan,
    indicators: form.Indicators,
    checklist: form.Lines,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """拟订专项监督：主题、单位、点位、方案、检查清单。Draft a special supervision.

    Raises UnitUnfit, Unfit for an unknown site, TopicUnfit.
    """
    desk.require_supervised(units)
    if len(desk.sites.by_ids(sites)) < len(set(sites)):
        raise errors.Unfit("监督点位不存在", field="sites")
    written: dict[str, Any] = {
        "title": title,
        "topic": topic,
        "form": supervision_form,
        "plan_basis": plan_basis,
        "units": tuple(dict.fromkeys(units)),
        "sites": tuple(dict.fromkeys(sites)),
        "plan": plan,
        "indicators": tuple(indicators),
        "checklist": tuple(checklist),
    }
    if supervision_id is not None:

        def step(supervision: Supervision, at: datetime) -> None:
            require_version(supervision, expected_version)
            codes = desk.topics.choose(topic_codes, at, supervision.topic_codes)
            planning.write(supervision, {**written, "topic_codes": codes})

        return change_own(call, desk, supervision_id, step)

    def make(at: datetime) -> Supervision:
        return Supervision(
            id=new_id(),
            term=desk.members.current_term(),
            year=at.astimezone(SHANGHAI).year,
            organiser=access.own_organiser(call.actor),
            topic_codes=desk.topics.choose(topic_codes, at),
            created_at=at,
            created_by=access.account(call.actor),
            **written,
        )

    return create(call, desk, desk.supervisions, make)


@allow(*access.DRAFTERS)
@command("submitSupervision", answers=common.SUPERVISION)
def submit_supervision(call: Call, desk: Desk, *, supervision_id: common.SupervisionId) -> str:
    """报主席会议审批，列入年度计划。Send a draft for approval. Raises Unfit, Repeated."""
    return change_own(
        call, desk, supervision_id, lambda s, at: planning.submit(s, desk.decide_by(at), at)
    )


@allow(*access.APPROVERS, approves=True)
@command("decideSupervision", answers=common.SUPERVISION)
def decide_supervision(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    approved: common.Approved,
    opinion: common.Words,
) -> str:
    """审批专项监督（主席会议），不同意则退回。Approve it, or send it back. Raises WrongState."""
    rechecks = desk.setting("most_rechecks")
    return change(
        call,
        desk,
        supervision_id,
        lambda s, at: planning.decide(s, approved, opinion, rechecks, at),
    )


@allow(*access.DRAFTERS)
@command("formSupervisionTeam", answers=common.SUPERVISION)
def form_team(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    leader: form.Leader,
    members: common.Members,
    supervisors: common.SupervisorIds,
    experts: form.Experts,
) -> str:
    """组建监督组，与被监督单位有利害关系的应当回避。Form the team.

    Raises InterestConflict, Unfit.
    """
    supervision = supervision_of(call, desk, supervision_id)
    access.require_organiser(call.actor, supervision.organiser)
    posted = desk.supervisors.in_office(supervisors, desk.clock.now())
    team = Team(
        leader=leader,
        members=tuple(id for id in dict.fromkeys(members) if id != leader),
        supervisors=tuple(dict.fromkeys(supervisors)),
        experts=tuple(Expert(**expert) for expert in experts),
        supervisor_members=tuple(s.member_id for s in posted if s.member_id),
    )
    desk.require_team(call, supervision.units, team)
    return change_own(call, desk, supervision_id, lambda s, at: planning.form_team(s, team, at))


@allow(*access.DRAFTERS)
@command("cancelSupervision", answers=common.SUPERVISION)
def cancel_supervision(
    call: Call, desk: Desk, *, supervision_id: common.SupervisionId, reason: common.Reason
) -> str:
    """监督意见印发前取消专项监督。Call it off before its opinion is out. Raises WrongState."""
    return change_own(call, desk, supervision_id, lambda s, at: planning.cancel(s, reason, at))


@allow(*access.DRAFTERS)
@command("planSupervisionInspection", answers=form.INSPECTION)
def plan_inspection(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    title: common.Title,
    held_at: common.HeldAt,
    ends_at: common.EndsAt | None,
    place: common.Place,
    sites: common.SiteIds,
) -> str:
    """安排监督检查，请办公室办会，监督组参加。Plan an inspection; the office holds its meeting.

    Raises WrongState without a team, Unfit.
    """
    id = new_id()

    def once() -> str:
        at = desk.clock.now()
        supervision = supervision_of(call, desk, supervision_id)
        access.require_organiser(call.actor, supervision.organiser)
        before = supervision.state
        planning.begin(supervision, at)
        if set(sites) - set(supervision.sites):
            raise errors.Unfit("该点位不在监督范围", field="sites")
        assert supervision.team is not None
        inspection = Inspection(
            id=id,
            term=supervision.term,
            supervision_id=supervision.id,
            organiser=supervision.organiser,
            title=title,
            held_at=held_at,
            ends_at=ends_at,
            place=place,
            sites=tuple(dict.fromkeys(sites)) or supervision.sites,
            units=supervision.units,
            invited=supervision.team.people,
        )
        inspections.plan(inspection)

        def write(session: Any) -> None:
            desk.inspections.add(call, inspection, at, session)
            if supervision.state is not before:
                desk.supervisions.save(apart(call), supervision, at, session)

        desk.inspections.in_transaction(write)
        return id

    return desk.inspections.run(call, once)


@allow(*access.RECORDERS)
@command("fillInChecklist", answers=form.INSPECTION)
def fill_in_checklist(
    call: Call,
    desk: Desk,
    *,
    inspection_id: form.InspectionId,
    site_id: form.SiteId,
    lines: form.SheetLines,
) -> str:
    """按检查清单逐条记录一个点位。Fill in the checklist at a site. Raises Unfit, WrongState."""

    def act(inspection: Inspection, at: datetime) -> None:
        supervision = supervision_of(call, desk, inspection.supervision_id)
        access.require_team(call, desk, supervision)
        said = [Line(**line) for line in lines]
        by, wanted = access.account(call.actor), len(supervision.checklist)
        inspections.fill_in(inspection, site_id, said, wanted, by, at)

    return changing.change(
        call, desk, desk.inspections, lambda: found(desk.inspections, inspection_id), act
    )


@allow(*access.RECORDERS)
@command("draftSupervisionOpinion", answers=common.SUPERVISION)
def draft_opinion(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    text: common.LongText,
    items: form.OpinionItems,
    copy_to: form.CopyTo,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """拟写监督意见：问题、依据、意见、单位、期限。Draft the opinion, item by item.

    Raises Unfit, WrongState, StaleVersion.
    """

    def act(supervision: Supervision, at: datetime) -> None:
        access.require_team(call, desk, supervision)
        require_version(supervision, expected_version)
        due_at = desk.due_in(at, "rectification_days")
        written = [
            Item(
                no=no,
                problem=item["problem"],
                basis=item["basis"],
                measure=item["measure"],
                unit=item["unit"],
                due_at=item.get("due_at") or due_at,
                findings=tuple(item["findings"]),
                authors=tuple(dict.fromkeys(item["authors"])),
            )
            for no, item in enumerate(items, 1)
        ]
        team = set(supervision.team.people) if supervision.team else set()
        if any(set(item.authors) - team for item in written):
            raise errors.Unfit("意见提出人应为监督组成员", field="items")
        opining.draft(supervision, text, written, copy_to)

    return change(call, desk, supervision_id, act)


@allow(*access.DRAFTERS)
@command("sendSupervisionOpinion", answers=common.SUPERVISION)
def send_opinion(call: Call, desk: Desk, *, supervision_id: common.SupervisionId) -> str:
    """监督意见送主席会议签发。Send the opinion for signature. Raises Unfit, WrongState."""
    return change_own(
        call, desk, supervision_id, lambda s, at: opining.send(s, desk.decide_by(at), at)
    )


@allow(*access.APPROVERS, approves=True)
@command("signSupervisionOpinion", answers=common.SUPERVISION)
def sign_opinion(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    approved: common.Approved,
    opinion: common.Words,
) -> str:
    """签发监督意见（主席会议）。Sign it; the office numbers and sends it.

    Raises WrongState, Repeated.
    """
    by = access.account(call.actor)
    return change(
        call, desk, supervision_id, lambda s, at: opining.sign(s, approved, opinion, by, at)
    )
