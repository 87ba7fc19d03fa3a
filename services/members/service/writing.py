"""Commands: terms, organisations, memberships."""

from __future__ import annotations

from typing import Any

from services.members.commands import departures, nominations, organisations, profiles, terms
from services.members.schemas import master_data as about_master_data
from services.members.schemas import members as about_members
from services.members.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import every, rpc


class Writing(Base):
    # -- terms and sessions --------------------------------------------------------------

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

    # -- organisations -------------------------------------------------------------------

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

    # -- memberships ---------------------------------------------------------------------

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
