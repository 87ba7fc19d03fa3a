"""Research projects: team, visits, findings, the report and its acceptance."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.changing import (
    change_project,
    require_known,
    require_members,
)
from services.consultations.commands.ports import Desk
from services.consultations.domain import errors, motions, research
from services.consultations.domain.research import Finding, Research
from services.consultations.schemas import common
from services.consultations.schemas import research as form
from shared.actor import allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion, TopicCodes
from shared.persistence.changing import apart, require_version


@allow(*access.STAFF)
@command("writeResearch", answers=common.RESEARCH)
def write_research(
    call: Call,
    desk: Desk,
    *,
    research_id: form.WrittenResearchId | None,
    organiser: form.Organiser,
    title: common.Title,
    outline: form.Outline,
    leader: form.TeamLeader | None,
    team: common.Members,
    departments: common.Departments,
    motion_id: form.ForMotion | None,
    consultation_id: form.ForConsultation | None,
    topic_codes: TopicCodes,
    expected_version: ExpectedVersion | None,
) -> str:
    """立题或修改调研课题。Begin a research project, for a motion or a consultation, or change it.

    A motion is being researched from then on. Raises Unfit, MatterNotFound, StaleVersion.
    """
    people = [*team, *([leader] if leader else [])]
    require_known(desk, {organiser, *departments}, "departments")

    def said(at: datetime, kept: Collection[str], codes: Collection[str]) -> dict[str, Any]:
        require_members(desk, people, "team", kept)
        return {
            "title": title,
            "outline": outline,
            "leader": leader,
            "team": tuple(dict.fromkeys(team)),
            "departments": tuple(dict.fromkeys(departments)),
            "topic_codes": desk.topics.choose(topic_codes, at, codes),
        }

    if research_id is not None:

        def act(project: Research, at: datetime) -> None:
            require_version(project, expected_version)
            research.shape(project, **said(at, project.participants, project.topic_codes))

        return change_project(call, desk, research_id, act)

    access.require_for(call.actor, organiser)
    id = new_id()

    def once() -> str:
        def write(session: Any) -> None:
            at = desk.clock.now()
            project = Research(
                id=id,
                term=desk.members.current_term(),
                year=at.astimezone(SHANGHAI).year,
                created_at=at,
                organiser=organiser,
                motion_id=motion_id,
                consultation_id=consultation_id,
                **said(at, (), ()),
            )
            research.begin(project, at)
            if consultation_id is not None and desk.consultations.get(consultation_id) is None:
                raise errors.MatterNotFound
            desk.projects.add(call, project, at, session)
            if motion_id is not None:
                motion = desk.motions.get(motion_id)
                if motion is None:
                    raise errors.MatterNotFound
                motions.research(motion, at)
                desk.motions.save(apart(call), motion, at, session)

        desk.projects.in_transaction(write)
        return id

    return desk.projects.run(call, once)


@allow(*access.STAFF)
@command("recordResearchVisit", answers=common.RESEARCH)
def record_visit(
    call: Call,
    desk: Desk,
    *,
    research_id: form.ResearchId,
    visited_on: form.VisitedOn,
    place: form.Place,
    units: common.Departments,
    members: form.Came,
    notes: form.Notes,
    files: common.Files,
) -> str:
    """记录一次调研，确认参加的委员。Record a visit, and confirm who took part. Raises Unfit."""
    require_members(desk, members, "members")
    require_known(desk, units, "units")

    def act(project: Research, at: datetime) -> None:
        research.visit(
            project,
            at,
            visited_on=visited_on,
            place=place,
            units=tuple(units),
            members=tuple(dict.fromkeys(members)),
            notes=notes,
            files=tuple(files),
        )

    return change_project(call, desk, research_id, act)


@allow(*access.STAFF)
@command("correctResearchVisit", answers=common.RESEARCH)
def correct_visit(
    call: Call,
    desk: Desk,
    *,
    research_id: form.ResearchId,
    no: form.VisitNo,
    members: form.Came,
    notes: form.Notes,
) -> str:
    """更正一次调研的参加委员。Put right who took part in a visit; points follow."""

    def act(project: Research, at: datetime) -> None:
        require_members(desk, members, "members", project.participants)
        research.correct_visit(project, no, list(dict.fromkeys(members)), notes)

    return change_project(call, desk, research_id, act)


@allow(*access.STAFF)
@command("writeResearchFindings", answers=common.RESEARCH)
def write_findings(
    call: Call,
    desk: Desk,
    *,
    research_id: form.ResearchId,
    findings: form.Findings,
    expected_version: ExpectedVersion | None = None,
) -> str:
    """整理调研发现的问题。Write down what was found. Raises StaleVersion."""
    rows = [Finding(0, row["text"], row.get("visit_no")) for row in findings]

    def act(project: Research, _: datetime) -> None:
        require_version(project, expected_version)
        research.write_findings(project, rows)

    return change_project(call, desk, research_id, act)


@allow(*access.STAFF)
@command("sendResearchReport", answers=common.RESEARCH)
def send_report(
    call: Call,
    desk: Desk,
    *,
    research_id: form.ResearchId,
    text: form.ReportText,
    main_authors: common.MainAuthors,
    files: common.Files,
) -> str:
    """调研报告送审。Send the report to be decided on."""
    require_members(desk, main_authors, "mainAuthors")

    def act(project: Research, at: datetime) -> None:
        clock = desk.limits.decision(at)
        research.send_report(project, text, main_authors, files, clock, at)

    return change_project(call, desk, research_id, act)


@allow(*access.ACCEPT, approves=True)
@command("decideResearchReport", answers=common.RESEARCH)
def decide_report(
    call: Call,
    desk: Desk,
    *,
    research_id: form.ResearchId,
    accepted: form.Accepted,
    reason: common.WhyNot,
) -> str:
    """审定调研报告。Accept the report, or return it with a reason.

    By the committee's director or the Chairpersons' Council, never of one's own. Raises OwnReport.
    """

    def act(project: Research, at: datetime) -> None:
        _require_decider(call, project)
        research.decide(project, accepted, reason, at)

    return change_project(call, desk, research_id, act, own=False)


@allow(*access.ACCEPT, approves=True)
@command("revokeResearchReport", answers=common.RESEARCH)
def revoke_report(
    call: Call, desk: Desk, *, research_id: form.ResearchId, reason: common.Reason
) -> str:
    """撤销调研报告的采用。It counts as accepted no more; points are undone."""

    def act(project: Research, at: datetime) -> None:
        _require_decider(call, project)
        research.revoke(project, reason, at)

    return change_project(call, desk, research_id, act, own=False)


@allow(*access.STAFF)
@command("dropResearch", answers=common.RESEARCH)
def drop_research(
    call: Call, desk: Desk, *, research_id: form.ResearchId, reason: common.Reason
) -> str:
    """终止课题。Give a project up."""
    return change_project(call, desk, research_id, lambda p, at: research.drop(p, reason, at))


def _require_decider(call: Call, project: Research) -> None:
    if call.actor.role not in access.HEADS:
        access.require_drafter(call.actor, project)
    if project.report and call.actor.self_among(project.report.main_authors):
        raise errors.OwnReport
