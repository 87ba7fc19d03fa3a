"""Sites, checklists, findings: recorded, confirmed, assigned, claimed, verified (7.9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.supervision.commands import access
from services.supervision.commands.changing import change_finding, found, supervision_of
from services.supervision.commands.ports import Desk
from services.supervision.domain import errors, findings, planning
from services.supervision.domain.checklists import Checklist
from services.supervision.domain.findings import Finding, Value
from services.supervision.domain.record import Supervision
from services.supervision.domain.sites import Point, Site
from services.supervision.domain.states import OVER
from services.supervision.schemas import common
from services.supervision.schemas import findings as form
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.persistence import changing
from shared.persistence.changing import apart, create, require_version


@allow(*access.DRAFTERS)
@command("writeSupervisionSite", answers=form.SITE)
def write_site(
    call: Call,
    desk: Desk,
    *,
    site_id: form.WrittenSiteId | None,
    kind: form.SiteKind,
    name: form.Name,
    point: common.Place2D,
    town: form.Town | None,
    unit: form.Unit | None,
    keeper: form.Keeper,
    note: form.Note,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """登记监督点位（河道、湖泊等）及坐标。Register a site, or write it anew. Raises UnitUnfit."""
    asked = [id for id in (town, unit) if id]
    if set(asked) - set(desk.directory.kinds(asked)):
        raise errors.UnitUnfit("请选择在册单位", field="unit")
    written: dict[str, Any] = {
        "kind": kind,
        "name": name,
        "point": Point(**point),
        "town": town,
        "unit": unit,
        "keeper": keeper,
        "note": note,
    }
    if site_id is not None:

        def act(site: Site, _: datetime) -> None:
            require_version(site, expected_version)
            for field, value in written.items():
                setattr(site, field, value)

        return changing.change(call, desk, desk.sites, lambda: found(desk.sites, site_id), act)
    term = desk.members.current_term()
    return create(
        call,
        desk,
        desk.sites,
        lambda at: Site(id=new_id(), term=term, created_at=at, **written),
    )


@allow(*access.DRAFTERS)
@command("writeSupervisionChecklist", answers=form.CHECKLIST)
def write_checklist(
    call: Call,
    desk: Desk,
    *,
    checklist_id: form.ChecklistId | None,
    title: common.Title,
    topic_codes: TopicCodes,
    rules: form.Rules,
    lines: form.Lines,
    active: form.Active,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """编写监督制度和检查清单。Write rules and a checklist for the library.

    Raises TopicUnfit, StaleVersion.
    """

    def put(checklist: Checklist, at: datetime) -> None:
        access.require_organiser(call.actor, checklist.organiser)
        kept = checklist.topic_codes
        checklist.topic_codes = desk.topics.choose(topic_codes, at, kept)
        checklist.title, checklist.rules = title, rules
        checklist.lines, checklist.is_active = tuple(lines), active

    if checklist_id is not None:
        return changing.change(
            call,
            desk,
            desk.checklists,
            lambda: found(desk.checklists, checklist_id),
            changing.unless_stale(expected_version, put),
        )

    def make(at: datetime) -> Checklist:
        own = access.own_organiser(call.actor)
        term = desk.members.current_term()
        made = Checklist(new_id(), term, own, title, (), rules, (), at)
        put(made, at)
        return made

    return create(call, desk, desk.checklists, make)


@allow(*access.RECORDERS)
@command("recordFinding", answers=form.FINDING)
def record_finding(
    call: Call,
    desk: Desk,
    *,
    supervision_id: common.SupervisionId,
    site_id: form.SiteId,
    inspection_id: form.InspectionId | None,
    point: common.Place2D | None,
    text: form.Problem,
    severity: common.Severity,
    values: common.Values,
    photos: form.Photos,
    found_at: form.FoundAt | None,
) -> str:
    """记录发现的问题：点位、坐标、照片、数值。Record a finding.

    Raises WrongState without a team, Unfit.
    """
    id = new_id()

    def once() -> str:
        at = desk.clock.now()
        supervision = supervision_of(call, desk, supervision_id)
        _require_recorder(call, desk, supervision, site_id)
        before = supervision.state
        planning.begin(supervision, at)
        finding = _made(desk, supervision, site_id, at)
        if found_at is not None and found_at > at:
            raise errors.Unfit("发现时间不能晚于现在", field="foundAt")
        finding.id, finding.inspection_id = id, inspection_id
        if inspection_id is not None:
            inspection = found(desk.inspections, inspection_id)
            if inspection.supervision_id != supervision.id:
                raise errors.Unfit("该检查不属于本次监督", field="inspectionId")
        finding.point = Point(**point) if point else finding.point
        finding.text, finding.severity = text, severity
        finding.values, finding.found_at = _values(values), found_at or at
        finding.recorded_by = access.account(call.actor)
        finding.found_by = _finder(call, supervision)
        findings.record(finding, photos)

        def write(session: Any) -> None:
            desk.findings.add(call, finding, at, session)
            if supervision.state is not before:
                desk.supervisions.save(apart(call), supervision, at, session)

        desk.findings.in_transaction(write)
        return id

    return desk.findings.run(call, once)


@allow(*sorted(MEMBER_ROLES), *access.DRAFTERS)
@command("confirmFinding", answers=form.FINDING)
def confirm_finding(
    call: Call,
    desk: Desk,
    *,
    finding_id: form.FindingId,
    confirmed: form.Confirmed,
    reason: form.Reason | None,
) -> str:
    """确认问题（组长或专委会），或不予认定并说明理由。Confirm it, or not.

    Raises Unfit, WrongState.
    """

    def act(finding: Finding, _: datetime) -> None:
        supervision = supervision_of(call, desk, finding.supervision_id)
        access.require_team(call, desk, supervision)
        assert supervision.team is not None
        if call.actor.role in MEMBER_ROLES and not call.actor.is_self(supervision.team.leader):
            raise access.Forbidden("只能由监督组组长或专委会确认")
        findings.confirm(finding, confirmed, reason)

    return change_finding(call, desk, finding_id, act)


@allow(*access.DRAFTERS)
@command("assignFinding", answers=form.FINDING, batch="assignFindings")
def assign_finding(
    call: Call,
    desk: Desk,
    *,
    finding_id: form.FindingId,
    unit: common.UnitId,
    due_at: common.DueAt | None,
) -> str:
    """交被监督单位整改。Ask a supervised unit to rectify it. Raises Unfit, WrongState."""

    def act(finding: Finding, at: datetime) -> None:
        supervision = supervision_of(call, desk, finding.supervision_id)
        access.require_organiser(call.actor, supervision.organiser)
        if unit not in supervision.units:
            raise errors.Unfit("只能交被监督单位整改", field="unit")
        due = due_at or desk.due_in(at, "rectification_days")
        findings.assign(finding, unit, due, at)

    return change_finding(call, desk, finding_id, act)


@allow(*access.UNITS)
@command("claimFinding", answers=form.FINDING)
def claim_finding(
    call: Call,
    desk: Desk,
    *,
    finding_id: form.FindingId,
    text: common.LongText,
    photos: form.After,
    values: common.Values,
) -> str:
    """单位报告已整改，附整改后照片和数值；由监督组核实。A unit's claim; it is no verification.

    Raises PhotosMissing, Unfit, WrongState.
    """
    after = {one["no"]: one["file"] for one in photos}
    by = access.account(call.actor)
    return change_finding(
        call,
        desk,
        finding_id,
        lambda f, at: findings.claim(f, text, after, _values(values), by, at),
    )


@allow(*access.TEAM)
@command("verifyFinding", answers=form.FINDING)
def verify_finding(
    call: Call,
    desk: Desk,
    *,
    finding_id: form.FindingId,
    verified: form.Verified,
    text: common.LongText,
    values: common.Values,
    due_at: common.DueAt | None,
) -> str:
    """监督组现场核实，未到位的重新整改；已核实的也可重新提出。The same team looks again.

    Raises NotVerified while a value is beyond its limit, WrongState, Unfit.
    """

    def act(finding: Finding, at: datetime) -> None:
        supervision = supervision_of(call, desk, finding.supervision_id)
        access.require_members_of_team(call, desk, supervision)
        if supervision.state in OVER:
            raise errors.WrongState.of(supervision.state)
        due = due_at or desk.due_in(at, "second_rectification_days")
        by = access.account(call.actor)
        if finding.state is findings.F.VERIFIED and not verified:
            findings.reopen(finding, text, due, by, at)
        else:
            findings.judge(finding, verified, text, _values(values), due, by, at)

    return change_finding(call, desk, finding_id, act)


def _require_recorder(call: Call, desk: Desk, supervision: Supervision, site_id: str) -> None:
    """The team; and a supervisor who is assigned to the unit of the site (section 3)."""
    posted = access.as_supervisor(call.actor, desk)
    site = desk.sites.get(site_id)
    if posted is not None and site is not None and site.unit in posted.units:
        return desk.require_impartial(call, [site.unit], (), [posted], field="siteId")
    access.require_team(call, desk, supervision)


def _made(desk: Desk, supervision: Supervision, site_id: str, at: datetime) -> Finding:
    site = desk.sites.get(site_id)
    if site is None or site_id not in supervision.sites:
        raise errors.Unfit("该点位不在监督范围", field="siteId")
    return Finding(
        id="",
        term=supervision.term,
        year=at.astimezone(SHANGHAI).year,
        supervision_id=supervision.id,
        title=supervision.title,
        organiser=supervision.organiser,
        site_id=site_id,
        point=site.point,
        text="",
        severity=findings.Severity.ORDINARY,
        found_at=at,
        recorded_at=at,
        recorded_by="",
    )


def _finder(call: Call, supervision: Supervision) -> str | None:
    """As whom a member stands in the team; a supervisor on the spot need not be of it."""
    people = supervision.team.people if supervision.team else ()
    return call.actor.self_among(people) or next(iter(call.actor.memberships), None)


def _values(given: Sequence[Any]) -> tuple[Value, ...]:
    return tuple(Value(**value) for value in given)
