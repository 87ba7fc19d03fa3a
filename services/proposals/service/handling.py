"""Assignment, the work of the units, their replies and the evaluation."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas
from services.proposals.commands import handling, judging, replying, returning
from services.proposals.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import rpc


class Handling(Base):
    # -- assignment and the work of the units -------------------------------------------------

    @rpc
    def propose_assignment(self, call: Call, **payload: Any) -> Row:
        data = schemas.ProposeAssignment.parse(payload)
        return self._row(call, handling.propose_assignment(call, self.deps.desk, **data))

    @rpc
    def refuse_assignment(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, handling.refuse_assignment(call, self.deps.desk, **data))

    @rpc
    def assign_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, handling.assign_proposal(call, self.deps.desk, **data))

    @rpc
    def receive_assignment(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, handling.receive_assignment(call, self.deps.desk, **data))

    @rpc
    def record_contact(self, call: Call, **payload: Any) -> Row:
        data = schemas.RecordContact.parse(payload)
        return self._row(call, handling.record_contact(call, self.deps.desk, **data))

    @rpc
    def confirm_contact(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnContact.parse(payload)
        return self._row(call, handling.confirm_contact(call, self.deps.desk, **data))

    @rpc
    def dispute_contact(self, call: Call, **payload: Any) -> Row:
        data = schemas.DisputeContact.parse(payload)
        return self._row(call, handling.dispute_contact(call, self.deps.desk, **data))

    @rpc
    def give_co_opinion(self, call: Call, **payload: Any) -> Row:
        data = schemas.CoOpinion.parse(payload)
        return self._row(call, handling.give_co_opinion(call, self.deps.desk, **data))

    # -- replies ------------------------------------------------------------------------------

    @rpc
    def save_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.SaveReply.parse(payload)
        return self._row(call, replying.save_reply(call, self.deps.desk, **data))

    @rpc
    def request_sign_off(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, replying.request_sign_off(call, self.deps.desk, **data))

    @rpc
    def refuse_sign_off(self, call: Call, **payload: Any) -> Row:
        data = schemas.Commented.parse(payload)
        return self._row(call, replying.refuse_sign_off(call, self.deps.desk, **data))

    @rpc
    def sign_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.SignReply.parse(payload)
        return self._row(call, replying.sign_reply(call, self.deps.desk, **data))

    @rpc
    def check_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.CheckReply.parse(payload)
        return self._row(call, replying.check_reply(call, self.deps.desk, **data))

    @rpc
    def deliver_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, replying.deliver_reply(call, self.deps.desk, **data))

    # -- evaluation ---------------------------------------------------------------------------

    @rpc
    def save_evaluation(self, call: Call, **payload: Any) -> Row:
        data = schemas.Evaluate.parse(payload)
        judging.save_evaluation(call, self.deps.desk, **data)
        return self._row(call, data["proposal_id"])

    @rpc
    def evaluate_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.Evaluate.parse(payload)
        judging.evaluate_reply(call, self.deps.desk, **data)
        return self._row(call, data["proposal_id"])

    # -- returns, disputes, more time --------------------------------------------------------

    @rpc
    def request_return(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, returning.request_return(call, self.deps.desk, **data))

    @rpc
    def state_dispute(self, call: Call, **payload: Any) -> Row:
        data = schemas.StateDispute.parse(payload)
        return self._row(call, returning.state_dispute(call, self.deps.desk, **data))

    @rpc
    def decide_return(self, call: Call, **payload: Any) -> Row:
        data = schemas.DecideReturn.parse(payload)
        return self._row(call, returning.decide_return(call, self.deps.desk, **data))

    @rpc
    def decide_dispute(self, call: Call, **payload: Any) -> Row:
        data = schemas.DecideDispute.parse(payload)
        return self._row(call, returning.decide_dispute(call, self.deps.desk, **data))

    @rpc
    def request_extension(self, call: Call, **payload: Any) -> Row:
        data = schemas.RequestExtension.parse(payload)
        return self._row(call, returning.request_extension(call, self.deps.desk, **data))

    @rpc
    def decide_extension(self, call: Call, **payload: Any) -> Row:
        data = schemas.DecideExtension.parse(payload)
        return self._row(call, returning.decide_extension(call, self.deps.desk, **data))
