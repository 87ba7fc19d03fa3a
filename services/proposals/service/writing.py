"""Drafting, co-signing, submission, review, filing, withdrawal."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas
from services.proposals.commands import cosigning, drafting, merging, review
from services.proposals.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import rpc


class Writing(Base):
    # -- drafting -----------------------------------------------------------------------------

    @rpc
    def save_draft(self, call: Call, **payload: Any) -> Row:
        data = schemas.SaveDraft.parse(payload)
        return self._row(call, drafting.save_draft(call, self.deps.desk, **data))

    @rpc
    def enter_on_behalf(self, call: Call, **payload: Any) -> Row:
        data = schemas.EnterOnBehalf.parse(payload)
        return self._row(call, drafting.enter_on_behalf(call, self.deps.desk, **data))

    @rpc
    def confirm_entry(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.confirm_entry(call, self.deps.desk, **data))

    @rpc
    def discard_draft(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.discard_draft(call, self.deps.desk, **data))

    @rpc
    def request_seal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.request_seal(call, self.deps.desk, **data))

    @rpc
    def confirm_seal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.confirm_seal(call, self.deps.desk, **data))

    # -- co-signing ---------------------------------------------------------------------------

    @rpc
    def invite_cosigner(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnSignature.parse(payload)
        return self._row(call, cosigning.invite_cosigner(call, self.deps.desk, **data))

    @rpc
    def cancel_invitation(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnSignature.parse(payload)
        return self._row(call, cosigning.cancel_invitation(call, self.deps.desk, **data))

    @rpc
    def reopen_draft(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.reopen_draft(call, self.deps.desk, **data))

    @rpc
    def confirm_cosignature(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.confirm_cosignature(call, self.deps.desk, **data))

    @rpc
    def decline_cosignature(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.decline_cosignature(call, self.deps.desk, **data))

    @rpc
    def withdraw_cosignature(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.withdraw_cosignature(call, self.deps.desk, **data))

    @rpc
    def decide_shortfall(self, call: Call, **payload: Any) -> Row:
        data = schemas.DecideShortfall.parse(payload)
        return self._row(call, cosigning.decide_shortfall(call, self.deps.desk, **data))

    # -- submission, review, filing, withdrawal -----------------------------------------------

    @rpc
    def submit_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, review.submit_proposal(call, self.deps.desk, **data))

    @rpc
    def start_review(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, review.start_review(call, self.deps.desk, **data))

    @rpc
    def return_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.ReturnProposal.parse(payload)
        return self._row(call, review.return_proposal(call, self.deps.desk, **data))

    @rpc
    def file_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.FileProposal.parse(payload)
        return self._row(call, review.file_proposal(call, self.deps.desk, **data))

    @rpc
    def not_file_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.NotFileProposal.parse(payload)
        return self._row(call, review.not_file_proposal(call, self.deps.desk, **data))

    @rpc
    def request_appeal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.request_appeal(call, self.deps.desk, **data))

    @rpc
    def decide_appeal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Decide.parse(payload)
        return self._row(call, review.decide_appeal(call, self.deps.desk, **data))

    @rpc
    def confirm_appeal(self, call: Call, **payload: Any) -> Row:
        data = schemas.ConfirmAppeal.parse(payload)
        return self._row(call, review.confirm_appeal(call, self.deps.desk, **data))

    @rpc
    def revoke_filing(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.revoke_filing(call, self.deps.desk, **data))

    @rpc
    def merge_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnLead.parse(payload)
        return self._row(call, merging.merge_proposal(call, self.deps.desk, **data))

    @rpc
    def name_lead(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnLead.parse(payload)
        return self._row(call, merging.name_lead(call, self.deps.desk, **data))

    @rpc
    def withdraw_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.withdraw_proposal(call, self.deps.desk, **data))

    @rpc
    def request_withdrawal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.request_withdrawal(call, self.deps.desk, **data))

    @rpc
    def decide_withdrawal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Decide.parse(payload)
        return self._row(call, review.decide_withdrawal(call, self.deps.desk, **data))

    @rpc
    def set_counter_start(self, call: Call, **payload: Any) -> Row:
        data = schemas.SetCounterStart.parse(payload)
        return review.set_counter_start(call, self.deps.desk, **data)
