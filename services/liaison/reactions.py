"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from services.liaison.commands.briefings import forgive_receipts
from services.liaison.commands.conferences import give_to_heir
from services.liaison.commands.departures import release
from services.liaison.commands.leads import add_to_lead, settle_lead, waits
from services.liaison.commands.links import end_unfit
from services.liaison.commands.ports import Desk
from services.liaison.domain import errors
from services.liaison.domain.conferences import Conference, ConferenceState
from services.liaison.domain.leads import Target
from services.liaison.domain.years import Norm
from shared.contracts import names
from shared.messaging.events import Event
from shared.persistence.database import replay_target
from shared.presence import rows_of

SERVICE = "liaison"
NEWS = {
    names.MEETING_NOTIFIED: ConferenceState.NOTIFIED,
    names.MEETING_RESCHEDULED: ConferenceState.NOTIFIED,
    names.MEETING_CANCELLED: ConferenceState.CANCELLED,
}
CORRECTED = names.MEETING_ATTENDANCE_CORRECTED
PRESENCE = (names.MEETING_ATTENDANCE_CONFIRMED, CORRECTED)
DONE = {
    names.AFFAIR_DONE: "办公室已办结。",
    names.AFFAIR_REJECTED: "经研究未予办理。",
}
FILED = {
    names.PROPOSAL_FILED: "已形成提案并立案。",
    names.PROPOSAL_MERGED: "已形成提案并并案办理。",
}
# What becomes of an item of public opinion that a lead was turned into.
SETTLED = {
    names.OPINION_ISSUED: "已编入社情民意信息报送。",
    names.OPINION_RETAINED: "已作为社情民意信息留存参考。",
    names.OPINION_WITHDRAWN: "经研究未作为社情民意信息报送。",
    names.OPINION_DISCARDED: "经研究未作为社情民意信息报送。",
}
FROM_LEADS = frozenset({"CONTACT", "RECEPTION"})
LEAD = "LEAD"
PLENARY = "PLENARY"
COLLECTIVE = frozenset({"GROUP"})


def note_member(event: Event, desk: Desk) -> None:
    """Keep state, posts and groups; end the links of who has lost the post or the membership.

    Who has left the committee leaves days on duty and the like to others. An older state never
    overwrites a newer one, and all is judged by what stands.
    """
    desk.members.note(event)
    if replay_target.get():
        return
    call, member_id = event.call(SERVICE), event.data["member_id"]
    end_unfit(call, desk, desk.links.open_of([member_id]))
    release(call, desk, member_id)


def note_topic(event: Event, desk: Desk) -> None:
    """Keep the taxonomy, which activities, groups and receptions name their topics from."""
    desk.topics.note(event)


def note_organisation(event: Event, desk: Desk) -> None:
    """Keep the directory; what an organisation that is no more was to answer is its heir's, and
    nobody waits for its receipts."""
    desk.directory.note(event)
    organisation, heir = event.data["organisation_id"], event.data.get("merged_into")
    if event.data["is_active"] or replay_target.get():
        return
    call = event.call(SERVICE)
    give_to_heir(call, desk, organisation, heir)
    forgive_receipts(call, desk, organisation)


def follow_meeting(event: Event, desk: Desk) -> None:
    """Our conference was announced, moved or called off."""
    held_at = datetime.fromisoformat(event.data["held_at"])
    reason = event.data.get("reason")
    to = NEWS[event.type]
    _conference(
        event, desk, lambda conference: conference.follow(to, held_at, reason, event.version)
    )


def take_presence(event: Event, desk: Desk) -> None:
    """The organiser's record of the conference."""
    corrected = event.type == CORRECTED
    rows = [(row.member_id, row.no, bool(row.present)) for row in rows_of(event.data, corrected)]
    fact = f"{event.type}:{event.version}"
    _conference(event, desk, lambda conference: conference.take_presence(fact, rows))


def take_affair(event: Event, desk: Desk) -> None:
    """What an affair that a lead became has come to (its id is the lead's)."""
    lead_id = event.data["affair_id"]
    if replay_target.get() or not waits(desk.leads.get(lead_id)):
        return
    # Somebody may answer it by hand at this moment: then that is the answer.
    with suppress(errors.WrongState):
        settle_lead(event.call(SERVICE), desk, lead_id, DONE[event.type], None)


def note_norm(event: Event, desk: Desk) -> None:
    """Facts that a sector group's year counts (2.9); what takes one back comes in any order."""
    note = NORMS[event.source, event.type]
    note(event.data, event.year, desk)


def note_filing(event: Event, desk: Desk) -> None:
    """A filed proposal counts for the year, and answers the lead that it was made from."""
    note_norm(event, desk)
    origin = event.data.get("origin") or {}
    lead = desk.leads.get(origin["ref"]) if origin.get("kind") == LEAD else None
    if replay_target.get() or lead is None or lead.to is not Target.PROPOSAL_LEAD:
        return
    if waits(lead):
        case_no = event.data["case_no"]
        with suppress(errors.WrongState):
            settle_lead(event.call(SERVICE), desk, lead.id, FILED[event.type], case_no)


def note_opinion(event: Event, desk: Desk) -> None:
    """An item counts for the year, and answers the lead that it was made from (AC-24).

    What a unit has done about it comes later, and is added to the answer.
    """
    if (event.source, event.type) in NORMS:
        note_norm(event, desk)
    origin = event.data.get("origin") or {}
    answer = SETTLED.get(event.type)
    result = event.data["result"] if event.type == names.OPINION_RESULT_GIVEN else None
    if replay_target.get() or origin.get("kind") not in FROM_LEADS:
        return
    lead = desk.leads.get(origin["ref"])
    if lead is None or lead.to is not Target.OPINION:
        return
    if result is not None:
        fact = f"{event.type}:{event.subject}:{event.data['occurrence_no']}"
        add_to_lead(event.call(SERVICE), desk, lead.id, fact, f"有关部门反馈：{result}")
        return
    if answer is None or not waits(lead):
        return
    with suppress(errors.WrongState):
        settle_lead(event.call(SERVICE), desk, lead.id, answer, event.data.get("issue_no"))


def _study(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    fact = f"study/{data['session_id']}"
    desk.norms.note(fact, Norm.STUDY, year, [data["organiser"]], [])


def _filed(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    if data["proposer_type"] in COLLECTIVE and data.get("organisation"):
        desk.norms.note(_filing(data), Norm.PROPOSAL, year, [data["organisation"]], [])


def _merged(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    if not data["was_filed"]:
        _filed(data, year, desk)


def _filing_undone(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    desk.norms.undo(_filing(data))


def _filing(data: Mapping[str, Any]) -> str:
    return f"proposal/{data['proposal_id']}/{data['occurrence_no']}"


def _opinion(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    desk.norms.note(_opinion_fact(data), Norm.OPINION, year, [], data["authors"])


def _opinion_undone(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    desk.norms.undo(_opinion_fact(data))


def _opinion_fact(data: Mapping[str, Any]) -> str:
    return f"opinion/{data['opinion_id']}/{data['occurrence_no']}"


def _speech(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    """Records are numbered; the speech counts by its newest record that is a speech."""
    if data["kind"] == PLENARY:
        fact = f"speech/{data['speech_id']}/{data['occurrence_no']}"
        desk.norms.note(fact, Norm.SPEECH, year, [], data["members"])


def _speech_corrected(data: Mapping[str, Any], year: int, desk: Desk) -> None:
    desk.norms.undo(f"speech/{data['speech_id']}/{data['occurrence_no']}")
    if data["form"] is not None:
        _speech({**data, "occurrence_no": data["occurrence_no"] + 1}, year, desk)


NORMS = {
    ("study", names.STUDY_SESSION_CLOSED): _study,
    ("proposals", names.PROPOSAL_FILED): _filed,
    ("proposals", names.PROPOSAL_MERGED): _merged,
    ("proposals", names.PROPOSAL_FILING_REVOKED): _filing_undone,
    ("proposals", names.PROPOSAL_WITHDRAWN): _filing_undone,
    ("opinions", names.OPINION_SUBMITTED): _opinion,
    ("opinions", names.OPINION_WITHDRAWN): _opinion_undone,
    ("office", names.MEETING_SPEECH_RECORDED): _speech,
    ("office", names.MEETING_SPEECH_CORRECTED): _speech_corrected,
}


def _conference(event: Event, desk: Desk, act: Any) -> None:
    purpose = event.data["purpose"]
    if purpose["service"] != SERVICE or replay_target.get():
        return
    call, record_id = event.call(SERVICE), purpose["id"]

    def once() -> str:
        conference: Conference | None = desk.conferences.get(record_id)
        if conference is not None and act(conference):
            desk.conferences.save(call, conference, desk.clock.now())
        return record_id

    desk.conferences.run(call, once)
