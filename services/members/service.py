"""members (委员): the roster, terms and sessions, and organisations of all kinds."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from services.members import cipher, reactions
from services.members.commands import (
    absences,
    carrying,
    departures,
    nominations,
    organisations,
    profiles,
    terms,
)
from services.members.commands.ports import Roster
from services.members.domain.absences import PLENARY_LIMIT, STANDING_LIMIT
from services.members.queries import directory, private, reviews, roster
from services.members.repository import (
    INDEXES,
    OUTBOX,
    Absences,
    Memberships,
    Organisations,
    Sectors,
    Terms,
    master_data,
)
from services.members.schemas import master_data as about_master_data
from services.members.schemas import members as about_members
from services.members.schemas import reads
from shared.call import Call
from shared.messaging.service import Event, Platform, Provide, every, on_event, read, rpc
from shared.persistence import Setting

Row = dict[str, Any]

SETTINGS = [
    Setting(PLENARY_LIMIT, 2, "一届内无故缺席全体会议次数（启动撤销程序）", "2.1", 1, 10),
    Setting(STANDING_LIMIT, 4, "连续无故缺席常委会会议次数（启动撤销程序）", "2.1", 1, 20),
]


def build(platform: Platform) -> Roster:
    """The dependencies of all methods, made once a process."""
    database = platform.database
    at = platform.clock.now()
    migrations = [(1, partial(master_data.load, at=at))]
    database.prepare(INDEXES, migrations=migrations, outbox=OUTBOX)
    platform.settings.declare(SETTINGS)
    sectors = Sectors(database)
    return Roster(
        memberships=Memberships(database, sectors),
        organisations=Organisations(database),
        terms=Terms(database),
        sectors=sectors,
        cipher=cipher.load(os.environ, platform.environment),
        clock=platform.clock,
        audit=platform.audit,
        absences=Absences(database),
        settings=platform.settings,
    )


class MembersService:
    name = "members"
    deps = Provide(build)

    # -- terms and sessions ----------------------------------------------------------------

    @rpc
    def open_term(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.OpenTerm.parse(payload)
        return self._term(terms.open_term(call, self.deps, **data))

    @rpc
    def schedule_session(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.ScheduleSession.parse(payload)
        return self._term(terms.schedule_session(call, self.deps, **data))

    @rpc
    def close_term(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.CloseTerm.parse(payload)
        return self._term(terms.close_term(call, self.deps, **data))

    @every(seconds=2)
    def end_memberships(self) -> None:
        departures.end_memberships(Call.system(self.name), self.deps)

    # -- organisations ---------------------------------------------------------------------

    @rpc
    def add_organisation(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.AddOrganisation.parse(payload)
        return self._organisation(organisations.add_organisation(call, self.deps, **data))

    @rpc
    def change_organisation(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.ChangeOrganisation.parse(payload)
        return self._organisation(organisations.change_organisation(call, self.deps, **data))

    @rpc
    def merge_organisation(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.MergeOrganisation.parse(payload)
        return self._organisation(organisations.merge_organisation(call, self.deps, **data))

    @rpc
    def end_organisation(self, call: Call, **payload: Any) -> Row:
        data = about_master_data.EndOrganisation.parse(payload)
        return self._organisation(organisations.end_organisation(call, self.deps, **data))

    # -- memberships -----------------------------------------------------------------------

    @rpc
    def nominate_member(self, call: Call, **payload: Any) -> Row:
        data = about_members.NominateMember.parse(payload)
        return self._member(call, nominations.nominate_member(call, self.deps, **data))

    @rpc
    def appoint_member(self, call: Call, **payload: Any) -> Row:
        data = about_members.AppointMember.parse(payload)
        return self._member(call, nominations.appoint_member(call, self.deps, **data))

    @rpc
    def reject_nomination(self, call: Call, **payload: Any) -> Row:
        data = about_members.Reason.parse(payload)
        return self._member(call, nominations.reject_nomination(call, self.deps, **data))

    @rpc
    def carry_over_members(self, call: Call, **payload: Any) -> list[Row]:
        data = about_members.CarryOver.parse(payload)
        return carrying.carry_over_members(call, self.deps, **data)

    @rpc
    def suspend_member(self, call: Call, **payload: Any) -> Row:
        data = about_members.ReasonAndDocument.parse(payload)
        return self._member(call, departures.suspend_member(call, self.deps, **data))

    @rpc
    def reinstate_member(self, call: Call, **payload: Any) -> Row:
        data = about_members.ReinstateMember.parse(payload)
        return self._member(call, departures.reinstate_member(call, self.deps, **data))

    @rpc
    def resign_member(self, call: Call, **payload: Any) -> Row:
        data = about_members.ReasonAndDocument.parse(payload)
        return self._member(call, departures.resign_member(call, self.deps, **data))

    @rpc
    def revoke_member(self, call: Call, **payload: Any) -> Row:
        data = about_members.RevokeMember.parse(payload)
        return self._member(call, departures.revoke_member(call, self.deps, **data))

    @rpc
    def record_death(self, call: Call, **payload: Any) -> Row:
        data = about_members.RecordDeath.parse(payload)
        return self._member(call, departures.record_death(call, self.deps, **data))

    @rpc
    def change_post(self, call: Call, **payload: Any) -> Row:
        data = about_members.ChangePost.parse(payload)
        return self._member(call, profiles.change_post(call, self.deps, **data))

    @rpc
    def change_profile(self, call: Call, **payload: Any) -> Row:
        data = about_members.ChangeProfile.parse(payload)
        return self._member(call, profiles.change_profile(call, self.deps, **data))

    @rpc
    def request_profile_change(self, call: Call, **payload: Any) -> Row:
        data = about_members.RequestProfileChange.parse(payload)
        return self._member(call, profiles.request_profile_change(call, self.deps, **data))

    @rpc
    def withdraw_profile_change(self, call: Call, **payload: Any) -> Row:
        data = about_members.WithdrawProfileChange.parse(payload)
        return self._member(call, profiles.withdraw_profile_change(call, self.deps, **data))

    @rpc
    def confirm_profile_change(self, call: Call, **payload: Any) -> Row:
        data = about_members.ConfirmProfileChange.parse(payload)
        return self._member(call, profiles.confirm_profile_change(call, self.deps, **data))

    @rpc
    def refuse_profile_change(self, call: Call, **payload: Any) -> Row:
        data = about_members.RefuseProfileChange.parse(payload)
        return self._member(call, profiles.refuse_profile_change(call, self.deps, **data))

    @rpc
    def record_id_number(self, call: Call, **payload: Any) -> Row:
        data = about_members.RecordIdNumber.parse(payload)
        return {"person_id": profiles.record_id_number(call, self.deps, **data)}

    @rpc
    def decide_removal_review(self, call: Call, **payload: Any) -> Row:
        data = about_members.DecideRemovalReview.parse(payload)
        return self.deps.absences.reviews.row(
            absences.decide_removal_review(call, self.deps, **data)
        )

    # -- events ----------------------------------------------------------------------------

    @on_event("office", "meeting_attendance_confirmed")
    def on_office_meeting_attendance_confirmed(self, event: Event) -> None:
        reactions.note_attendance(event, self.deps)

    @on_event("office", "meeting_attendance_corrected")
    def on_office_meeting_attendance_corrected(self, event: Event) -> None:
        reactions.note_attendance(event, self.deps)

    @on_event("members", "member_resigned")
    def on_members_member_resigned(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @on_event("members", "member_revoked")
    def on_members_member_revoked(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @on_event("members", "member_deceased")
    def on_members_member_deceased(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    @on_event("members", "member_term_ended")
    def on_members_member_term_ended(self, event: Event) -> None:
        reactions.note_end(event, self.deps)

    # -- reads: reviews --------------------------------------------------------------------

    @read
    def list_removal_reviews(self, call: Call, **payload: Any) -> Row:
        data = reads.ListReviews.parse(payload)
        state = data["filter"]["state"]
        return reviews.list_removal_reviews(
            call, self.deps, state=state, first=data["first"], after=data["after"]
        )

    @read
    def count_removal_reviews(self, call: Call, **payload: Any) -> int:
        data = reads.CountReviews.parse(payload)
        return reviews.count_removal_reviews(call, self.deps, state=data["filter"]["state"])

    @read
    def removal_reviews_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reviews.removal_reviews_by_ids(call, self.deps, **reads.batch(payload))

    # -- reads: the roster -----------------------------------------------------------------

    @read
    def list_members(self, call: Call, **payload: Any) -> Row:
        data = reads.ListMembers.parse(payload)
        return roster.list_members(call, self.deps, **data)

    @read
    def count_members(self, call: Call, **payload: Any) -> int:
        data = reads.CountMembers.parse(payload)
        return roster.count_members(call, self.deps, **data)

    @read
    def members_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return roster.members_by_ids(call, self.deps, **reads.batch(payload, "fields"))

    @read
    def active_members(self, call: Call, **payload: Any) -> list[str]:
        data = reads.ActiveMembers.parse(payload)
        return roster.active_members(call, self.deps, **data)

    @read
    def employed_by(self, call: Call, **payload: Any) -> list[str]:
        data = reads.EmployedBy.parse(payload)
        return roster.employed_by(call, self.deps, **data)

    @read
    def profile_changes_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return roster.profile_changes_by_ids(call, self.deps, **reads.batch(payload))

    @read
    def private_data_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return private.private_data_by_ids(call, self.deps, **reads.batch(payload))

    @read
    def masked_data_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return private.masked_data_by_ids(call, self.deps, **reads.batch(payload))

    @read
    def contacts_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return private.contacts_by_ids(call, self.deps, **reads.batch(payload))

    # -- reads: master data ----------------------------------------------------------------

    @read
    def organisations(self, call: Call, **payload: Any) -> list[Row]:
        data = reads.Organisations.parse(payload)
        return directory.organisations(call, self.deps, **data)

    @read
    def organisations_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return directory.organisations_by_ids(call, self.deps, **reads.batch(payload))

    @read
    def sectors(self, call: Call, **payload: Any) -> list[Row]:
        data = reads.Sectors.parse(payload)
        return directory.sectors(call, self.deps, **data)

    @read
    def sectors_by_codes(self, call: Call, **payload: Any) -> list[Row]:
        return directory.sectors_by_codes(call, self.deps, **reads.batch(payload))

    @read
    def list_terms(self, call: Call, **payload: Any) -> list[Row]:
        reads.Nothing.parse(payload)
        return directory.list_terms(call, self.deps)

    @read
    def current_term(self, call: Call, **payload: Any) -> Row | None:
        reads.Nothing.parse(payload)
        return directory.current_term(call, self.deps)

    @read
    def current_session(self, call: Call, **payload: Any) -> Row | None:
        reads.Nothing.parse(payload)
        return directory.current_session(call, self.deps)

    # -- answers of commands ---------------------------------------------------------------

    def _member(self, call: Call, member_id: str) -> Row:
        [row] = roster.members_by_ids(call, self.deps, ids=[member_id])
        return row

    def _term(self, term_id: str) -> Row:
        return directory.term_row(self.deps.terms.get(term_id))

    def _organisation(self, organisation_id: str) -> Row:
        [row] = self.deps.organisations.rows_by_ids([organisation_id])
        return row
