"""Reading plans, sessions and classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from services.study.commands import access
from services.study.commands.changing import found
from services.study.commands.plans import plan_id
from services.study.commands.ports import Desk
from services.study.domain.classes import Enrolment, EnrolmentState, RotationClass
from services.study.domain.plans import PlanState
from services.study.schemas import common
from services.study.schemas import study as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.operations import query
from shared.operations.arguments import After, First, Ids, LatestFirst
from shared.persistence.paging import page_of
from shared.persistence.shaping import between, given, turned, without

Row = dict[str, Any]
LATEST = [("held_at", -1), ("_id", 1)]
E = EnrolmentState
PLACED = frozenset({E.ENROLLED.value, E.COMPLETED.value, E.INCOMPLETE.value})


@allow(*access.VIEWERS)
@query("studyPlan", gives="StudyPlan")
def study_plan(call: Call, desk: Desk, *, year: common.Year) -> Row | None:
    """年度学习计划，未审定的仅起草和审定者可见。The plan.

    The year's plan; its drafters and approvers see it before it is approved.
    """
    plan = desk.plans.get(plan_id(desk.members.current_term(), year))
    if plan is None:
        return None
    early = call.actor.role in {*access.DRAFTERS, *access.SEES_ALL}
    if plan.state is PlanState.DRAFT and not early:
        return None
    return desk.plans.row(plan.id)


@allow(*Role)
@query(loads="StudyPlan")
def plans_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in {*access.DRAFTERS, *access.VIEWERS}:
        return []
    early = call.actor.role in {*access.DRAFTERS, *access.SEES_ALL}
    hidden = {} if early else {"state": {"$ne": PlanState.DRAFT.value}}
    return desk.plans.rows({"_id": {"$in": ids}, **hidden})


@allow(*access.VIEWERS)
@query("studySessions", gives="StudySession")
def list_sessions(
    call: Call,
    desk: Desk,
    *,
    filter: form.StudySessionFilter,
    first: First,
    after: After | None,
    latest_first: LatestFirst = True,
) -> Row:
    """学习活动，近的在前。Study sessions, the latest first."""
    page = desk.sessions.page(
        _sessions(call.actor, desk, filter), turned(LATEST, latest_first), first, after
    )
    return {**page, "rows": [_session(call.actor, row) for row in page["rows"]]}


@allow(*access.VIEWERS)
@query()
def count_sessions(
    call: Call,
    desk: Desk,
    *,
    filter: form.StudySessionFilter,
    latest_first: LatestFirst = True,  # asked like the page, as many in either order
) -> int:
    return desk.sessions.count(_sessions(call.actor, desk, filter))


@allow(*Role)
@query(loads="StudySession")
def sessions_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Nobody outside of study sees any."""
    if call.actor.role not in access.VIEWERS:
        return []
    return [_session(call.actor, row) for row in desk.sessions.rows({"_id": {"$in": ids}})]


@allow(*access.VIEWERS)
@query("rotationClasses", gives="RotationClass")
def list_classes(
    call: Call,
    desk: Desk,
    *,
    filter: form.RotationClassFilter,
    first: First,
    after: After | None,
    latest_first: LatestFirst = True,
) -> Row:
    """轮训班，近的在前。Rotation classes, the latest first."""
    page = desk.classes.page(
        _classes(call.actor, desk, filter), turned(LATEST, latest_first), first, after
    )
    return {**page, "rows": [_class(call.actor, row) for row in page["rows"]]}


@allow(*access.VIEWERS)
@query()
def count_classes(
    call: Call,
    desk: Desk,
    *,
    filter: form.RotationClassFilter,
    latest_first: LatestFirst = True,  # asked like the page, as many in either order
) -> int:
    return desk.classes.count(_classes(call.actor, desk, filter))


@allow(*Role)
@query(loads="RotationClass")
def classes_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return [_class(call.actor, row) for row in desk.classes.rows({"_id": {"$in": ids}})]


@allow(*access.VIEWERS)
@query()
def list_enrolments(
    call: Call,
    desk: Desk,
    *,
    class_id: common.ClassId,
    filter: form.EnrolmentFilter,
    first: First,
    after: After | None,
) -> Row:
    """Who enrolled, in order, for who organises the class and those who see all."""
    taught = _of_people(call.actor, desk, class_id)
    rows = _enrolments(taught, filter)
    return page_of(rows, "no", first, after)


@allow(*access.VIEWERS)
@query()
def count_enrolments(
    call: Call, desk: Desk, *, class_id: common.ClassId, filter: form.EnrolmentFilter
) -> int:
    return len(_enrolments(_of_people(call.actor, desk, class_id), filter))


@allow(*access.VIEWERS)
@query()
def list_attendance(
    call: Call,
    desk: Desk,
    *,
    session_id: common.SessionId,
    first: First,
    after: After | None,
) -> Row:
    """Who was asked and who took part, for who organises the session and those who see all."""
    session = found(desk.sessions, session_id)
    _require_people(call.actor, session.organiser)
    rows = [
        {
            "member_id": id,
            "invited": id in session.invited,
            "took_part": id in session.attended,
            "hours": session.hours if id in session.attended else 0,
        }
        for id in sorted({*session.invited, *session.presence})
    ]
    return page_of(rows, "member_id", first, after)


@allow(*access.VIEWERS)
@query()
def count_attendance(call: Call, desk: Desk, *, session_id: common.SessionId) -> int:
    session = found(desk.sessions, session_id)
    _require_people(call.actor, session.organiser)
    return len({*session.invited, *session.presence})


@allow(*Role)
@query("studyCertificate", gives="StudyCertificate")
def certificate(
    _call: Call, desk: Desk, *, number: form.StudyNumber, code: form.Code
) -> Row | None:
    """验证结业证书，无须登录。Verify a certificate, without signing in.

    What a certificate says, for whoever holds its number and code; none for a wrong one.
    """
    taught = desk.classes.with_certificate(number)
    rows = taught.enrolments if taught else []
    row = next((r for r in rows if r.certificate == number and r.code == code), None)
    return certificate_row(taught, row) if taught and row else None


@allow(*access.VIEWERS)
@query()
def certificates_of(call: Call, desk: Desk, *, member_id: common.MemberId) -> list[Row]:
    """One's own certificates, of every term, with their codes; those of another member for who
    sees all."""
    whose = access.memberships(call.actor, member_id)
    held = desk.classes.find({"enrolments.member_id": {"$in": whose}}, [("held_at", 1)])
    return [
        certificate_row(taught, row)
        for taught in held
        for row in taught.enrolments
        if row.member_id in whose and row.certificate
    ]


@allow(*access.VIEWERS)
@query()
def class_certificates(call: Call, desk: Desk, *, class_id: common.ClassId) -> list[Row]:
    """The certificates that hold: all of a class for who runs it, else the viewer's own."""
    taught = found(desk.classes, class_id)
    every = access.may_run(call.actor, taught.organiser) or call.actor.role in access.SEES_ALL
    return [
        certificate_row(taught, row)
        for row in taught.enrolments
        if row.certificate
        and row.revoked_at is None
        and (every or call.actor.is_self(row.member_id))
    ]


def certificate_row(taught: RotationClass, row: Enrolment) -> Row:
    return {
        "number": row.certificate,
        "code": row.code,
        "class_id": taught.id,
        "title": taught.title,
        "batch": taught.batch,
        "held_at": taught.held_at,
        "hours": taught.hours,
        "issued_at": row.certified_at,
        "revoked_at": row.revoked_at,
        "valid": row.revoked_at is None,
        "member_id": row.member_id,
    }


def _sessions(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    query = {**given(filter, "year", "organiser", "state"), **between(filter, "held_at")}
    query.update(desk.topics.asked(filter))
    if filter.get("theme"):
        query["themes"] = filter["theme"]
    if filter.get("invited"):
        query["invited"] = actor.own
    return query


def _classes(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    query = {**given(filter, "year", "organiser", "state"), **between(filter, "held_at")}
    query.update(desk.topics.asked(filter))
    if filter.get("enrolled"):
        query["enrolments.member_id"] = actor.own
    return query


def _session(actor: Actor, row: Row) -> Row:
    invited, attended, presence = row.pop("invited"), row.pop("attended"), row.pop("presence")
    return {
        **without(row, "taken", "followed"),
        "organiser_id": row["organiser"],
        "invited_count": len(invited),
        "required_count": len(presence),
        "attended_count": len(attended),
        "own_invited": actor.self_among(invited) is not None,
        "own_hours": row["hours"] if actor.self_among(attended) else 0,
        "may_run": access.may_run(actor, row["organiser"]),
    }


def _class(actor: Actor, row: Row) -> Row:
    enrolments = row.pop("enrolments")
    states = Counter(e["state"] for e in enrolments)
    standing = {e["member_id"]: e for e in enrolments if e["state"] != E.CANCELLED.value}
    me = actor.self_among(standing)
    own = standing[me] if me else None
    return {
        **without(row, "presence", "taken", "followed", "created_by"),
        "organiser_id": row["organiser"],
        "enrolled_count": sum(states[state] for state in PLACED),
        "waiting_count": states[E.WAITLISTED.value],
        "completed_count": states[E.COMPLETED.value],
        "own": own["state"] if own else None,
        "own_certificate": own["certificate"] if own and not own["revoked_at"] else None,
        "may_run": access.may_run(actor, row["organiser"]),
    }


def _enrolments(taught: RotationClass, filter: Mapping[str, Any]) -> list[Row]:
    rows = [
        {
            "id": f"{taught.id}:{number}",
            "no": number,
            "member_id": row.member_id,
            "state": row.state.value,
            "at": row.at,
            "half_days_present": seen.present
            if (seen := taught.presence.get(row.member_id))
            else 0,
            "certificate": row.certificate,
            "certificate_valid": row.certificate is not None and row.revoked_at is None,
        }
        for number, row in enumerate(taught.enrolments)
    ]
    return [row for row in rows if filter.get("state") in (None, row["state"])]


def _present(taught: RotationClass, member_id: str) -> int:
    seen = taught.presence.get(member_id)
    return seen.present if seen else 0


def _of_people(actor: Actor, desk: Desk, class_id: str) -> RotationClass:
    taught = found(desk.classes, class_id)
    _require_people(actor, taught.organiser)
    return taught


def _require_people(actor: Actor, organiser: str) -> None:
    if not access.may_run(actor, organiser) and actor.role not in access.SEES_ALL:
        raise Forbidden
