"""Reading meetings: the office and the leaders all, an organiser its own, the invited theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from services.office.commands import access
from services.office.commands.access import VIEWERS
from services.office.commands.meetings import loaded
from services.office.commands.ports import Desk
from services.office.domain import attendance
from services.office.domain.answers import Answer, AnswerState
from services.office.domain.attendance import Seen
from services.office.domain.invitees import Invitee
from services.office.domain.meeting_states import COUNTED, MeetingState
from services.office.domain.meetings import Meeting
from services.office.queries import papers
from services.office.schemas import common
from services.office.schemas import meetings as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.contracts.recipients import member_key
from shared.errors import Forbidden
from shared.operations import query
from shared.operations.arguments import After, First, Ids, RecordId
from shared.persistence.paging import page_of

Row = dict[str, Any]
LISTED = (
    "kind",
    "purpose",
    "organiser",
    "title",
    "held_at",
    "ends_at",
    "place",
    "mandatory",
    "half_days",
    "answer_by",
    "state",
    "details",
    "papers",
    "notices",
    "notified_at",
    "reason",
    "short_notice_reason",
    "check_in_half_day",
    "confirmed_at",
    "version",
)
RECORDS = ("organiser", "state", "speeches", "statements", "minutes", "corrections")
PRIVATE = ("reason_kind", "reason", "opinion")  # of a leave
PUBLISHED = {MeetingState.MINUTED.value, MeetingState.CLOSED.value}


@allow(*VIEWERS)
@query("meetings", gives="Meeting")
def list_meetings(
    call: Call,
    desk: Desk,
    *,
    filter: form.MeetingFilter,
    latest_first: form.LatestFirst,
    first: First,
    after: After | None,
) -> Row:
    """可以查看的会议，按开始时间。The meetings that the viewer may see, by date."""
    query, fields = _query(call.actor, filter), _projection(call.actor)
    found = desk.meetings.listed(query, fields, latest_first, first, after)
    return {**found, "rows": [_own(call.actor, row) for row in found["rows"]]}


@allow(*VIEWERS)
@query()
def count_meetings(
    call: Call,
    desk: Desk,
    *,
    filter: form.MeetingFilter,
    latest_first: form.LatestFirst = True,  # asked like the page, as many in either order
) -> int:
    return desk.meetings.count(_query(call.actor, filter))


@allow(*Role)
@query(loads="Meeting")
def meetings_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    rows = desk.meetings.fields_of(_visible(call.actor, ids), _projection(call.actor))
    return [_own(call.actor, row) for row in rows]


@allow(*Role)
@query()
def meeting_records_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Speeches, statements, minutes and corrections, as far as the viewer is shown them."""
    fields = {**dict.fromkeys(RECORDS, 1), **_own_fields(call.actor)}
    rows = desk.meetings.fields_of(_visible(call.actor, ids), fields)
    return [_shown_records(call.actor, row) for row in rows]


@allow(*Role)
@query()
def tallies_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """{id, invited, answers, checked_in, attendance}: counts, for who runs a meeting or leads."""
    if call.actor.role not in VIEWERS:
        return []
    meetings = [
        meeting for meeting in desk.meetings.by_ids(ids) if _sees_people(call.actor, meeting)
    ]
    checked: Counter[str] = Counter()
    query = {"meeting_id": {"$in": [meeting.id for meeting in meetings]}}
    people = {(row["meeting_id"], row["member_id"]) for row in desk.check_ins.rows(query)}
    checked.update(meeting_id for meeting_id, _ in people)
    return [_tally(meeting, checked[meeting.id]) for meeting in meetings]


@allow(*access.ORGANISERS, *access.LEADERS)
@query()
def list_invitees(
    call: Call,
    desk: Desk,
    *,
    meeting_id: common.MeetingId,
    filter: form.MeetingInviteeFilter,
    first: First,
    after: After | None,
) -> Row:
    """A page of the people of a meeting by key: answers, check-ins and the record of presence.

    Reasons of leave are for who runs the meeting and for the secretary-general.
    """
    meeting = _of_people(call.actor, desk, meeting_id)
    rows = _people(call.actor, desk, meeting, filter)
    return page_of(rows, "key", first, after)


@allow(*access.ORGANISERS, *access.LEADERS)
@query()
def count_invitees(
    call: Call, desk: Desk, *, meeting_id: common.MeetingId, filter: form.MeetingInviteeFilter
) -> int:
    meeting = _of_people(call.actor, desk, meeting_id)
    return len(_people(call.actor, desk, meeting, filter))


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether the file is in what the viewer is shown of its record (decision 20)."""
    if papers.may_read_paper(call, desk, file_id, subject):
        return True
    if call.actor.role not in VIEWERS:
        return False
    fields = {**dict.fromkeys((*RECORDS, "papers"), 1), **_own_fields(call.actor)}
    query = {"$and": [{"files_told": file_id}, _visible(call.actor, [subject])]}
    for row in desk.meetings.fields_of(query, fields):
        shown = _shown_records(call.actor, row)
        speeches = [file for speech in shown["speeches"] for file in speech["files"]]
        return file_id in {*row["papers"], *speeches, *(shown["minutes"] or {}).get("files", ())}
    return False


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    return sorted(desk.meetings.held(ids) | papers.held_papers(desk, ids))


def _visible(actor: Actor, ids: Iterable[str]) -> Row:
    if actor.role not in VIEWERS:
        return {"_id": {"$in": []}}
    return {"$and": [{"_id": {"$in": list(ids)}}, access.visible_to(actor)]}


def _query(actor: Actor, filter: form.MeetingFilter) -> Row:
    clauses = [access.visible_to(actor)]
    plain = {name: filter.get(name) for name in ("kind", "organiser", "state")}
    clauses += [{name: value} for name, value in plain.items() if value]
    dates = {"$gte": filter.get("since"), "$lt": filter.get("until")}
    if given := {sign: day for sign, day in dates.items() if day is not None}:
        clauses.append({"held_at": given})
    if filter.get("invited"):
        clauses.append({"invited.key": {"$in": access.invitee_keys(actor)}, "notices": {"$gt": 0}})
    return {"$and": clauses}


def _own_fields(actor: Actor) -> Row:
    """The viewer's own invitation, answer and presence, not everybody's."""
    keys = access.invitee_keys(actor)
    return {
        "invited": {"$elemMatch": {"key": {"$in": keys}}},
        **{f"answers.{key}": 1 for key in keys},
        "attendance": {"$elemMatch": {"member_id": actor.own}},
    }


def _projection(actor: Actor) -> Row:
    return {**dict.fromkeys(LISTED, 1), **_own_fields(actor)}


def _own(actor: Actor, row: Row) -> Row:
    invited = next(iter(row.pop("invited", ())), None)
    answers, presence = row.pop("answers", {}), next(iter(row.pop("attendance", ())), None)
    own = None
    if invited is not None:
        answer = answers.get(invited["key"])
        own = {
            **_answer_row(Answer.of_row(answer) if answer else Answer()),
            **invited,
            "mandatory": row["mandatory"] and Invitee(**invited).may_be_required,
        }
    organiser = row.pop("organiser")
    may_run = access.may_run(actor, organiser)
    runs = may_run or actor.role in access.LEADERS
    return {
        **row,
        "organiser_id": organiser,
        "short_notice_reason": row["short_notice_reason"] if runs else None,
        "own": own,
        "presence": presence,
        "may_run": may_run,
    }


def _shown_records(actor: Actor, row: Row) -> Row:
    runs = access.may_run(actor, row["organiser"]) or actor.role in access.LEADERS
    published = runs or row["state"] in PUBLISHED
    statements = [s for s in row["statements"] if published or actor.is_self(s["member_id"])]
    return {
        "id": row["id"],
        "speeches": row["speeches"],
        "statements": statements,
        "minutes": row["minutes"] if published else None,
        "corrections": row["corrections"] if runs else [],
    }


def _sees_people(actor: Actor, meeting: Meeting) -> bool:
    return access.may_run(actor, meeting.organiser) or actor.role in access.LEADERS


def _of_people(actor: Actor, desk: Desk, meeting_id: str) -> Meeting:
    meeting = loaded(desk, meeting_id)
    access.require_visible(actor, meeting)
    if not _sees_people(actor, meeting):
        raise Forbidden
    return meeting


def _people(
    actor: Actor, desk: Desk, meeting: Meeting, filter: form.MeetingInviteeFilter
) -> list[Row]:
    seen = desk.check_ins.of_meeting(meeting.id)
    records = {row["member_id"]: row for row in _records(desk, meeting, seen)}
    rows = [
        _person(actor, meeting, key, seen, records) for key in _keys(meeting, [*seen, *records])
    ]
    given = {name: value for name, value in filter.items() if value is not None}
    return [row for row in rows if all(row[name] == value for name, value in given.items())]


def _keys(meeting: Meeting, members: Iterable[str]) -> list[str]:
    """Everyone asked, and these members: who came, who stands in the record."""
    asked = (invitee.key for invitee in meeting.invited)
    return sorted({*asked, *(member_key(id) for id in members)})


def _person(
    actor: Actor, meeting: Meeting, key: str, seen: dict[str, Seen], records: dict[str, Row]
) -> Row:
    invitee = meeting.invitee([key]) or Invitee(key, "OBSERVER")
    answer = _answer_row(meeting.answers.get(key, Answer()))
    if not access.may_decide_leave(actor, meeting) and not access.may_run(actor, meeting.organiser):
        answer = {**answer, **dict.fromkeys(PRIVATE)}
    came = seen.get(invitee.member_id or "", Seen())
    record = records.get(invitee.member_id or "", {})
    return {
        "id": f"{meeting.id}:{key}",
        "meeting_id": meeting.id,
        "key": key,
        "member_id": invitee.member_id,
        "organisation_id": invitee.organisation,
        "role": record.get("role", invitee.role),
        "mandatory": meeting.requires(invitee),
        "capacity": invitee.capacity,
        "answer": answer["state"],
        **{name: value for name, value in answer.items() if name != "state"},
        "checked_in": sorted(came.half_days),
        "status": record.get("status"),
        "half_days_present": record.get("half_days_present"),
        "half_days_exempt": record.get("half_days_exempt"),
        "remote": record.get("remote", came.remote),
    }


def _records(desk: Desk, meeting: Meeting, seen: dict[str, Seen]) -> list[Row]:
    """The confirmed record; before it, once the meeting was held, what would be proposed."""
    if meeting.state in COUNTED:
        return meeting.attendance
    if meeting.state is not MeetingState.HELD:
        return []
    return attendance.proposed(meeting, seen, desk.known(meeting))


def _answer_row(answer: Answer) -> Row:
    return {
        "state": answer.state.value,
        "answered_at": answer.at,
        "asked": answer.asked,
        "reason_kind": answer.reason_kind.value if answer.reason_kind else None,
        "reason": answer.reason,
        "decided_at": answer.decided_at,
        "opinion": answer.opinion,
        "exempt": answer.exempt,
        "attendees": [asdict(one) for one in answer.attendees],
    }


def _tally(meeting: Meeting, checked_in: int) -> Row:
    states = [meeting.answers.get(i.key, Answer()).state for i in meeting.invited]
    answers = Counter(state.value for state in states)
    statuses = Counter(row["status"] for row in meeting.attendance)
    return {
        "id": meeting.id,
        "invited": len(meeting.invited),
        "checked_in": checked_in,
        "answers": [{"state": state.value, "count": answers[state.value]} for state in AnswerState],
        "attendance": [{"status": s, "count": statuses[s]} for s in attendance.AttendanceStatus]
        if meeting.state in COUNTED
        else [],
    }
