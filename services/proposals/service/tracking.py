"""After the reply: promises, second replies, escalation, archive; and the alarms of all states."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas
from services.proposals.commands import tracking
from services.proposals.service.base import SCAN_SECONDS, Base, Row
from shared.call import Call
from shared.messaging.service import every, rpc


class Tracking(Base):
    @rpc
    def recognise_class(self, call: Call, **payload: Any) -> Row:
        data = schemas.RecogniseClass.parse(payload)
        return self._row(call, tracking.recognise_class(call, self.deps.desk, **data))

    @rpc
    def carry_over(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, tracking.carry_over(call, self.deps.desk, **data))

    @rpc
    def reopen_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, tracking.reopen_proposal(call, self.deps.desk, **data))

    @rpc
    def archive_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, tracking.archive_proposal(call, self.deps.desk, **data))

    @rpc
    def renew_commitment(self, call: Call, **payload: Any) -> Row:
        data = schemas.RenewCommitment.parse(payload)
        return self._row(call, tracking.renew_commitment(call, self.deps.desk, **data))

    @rpc
    def release_commitment(self, call: Call, **payload: Any) -> Row:
        data = schemas.ReleaseCommitment.parse(payload)
        return self._row(call, tracking.release_commitment(call, self.deps.desk, **data))

    @rpc
    def record_mediation(self, call: Call, **payload: Any) -> Row:
        data = schemas.RecordMediation.parse(payload)
        return self._row(call, tracking.record_mediation(call, self.deps.desk, **data))

    @rpc
    def close_escalated(self, call: Call, **payload: Any) -> Row:
        data = schemas.CloseEscalated.parse(payload)
        return self._row(call, tracking.close_escalated(call, self.deps.desk, **data))

    @every(seconds=SCAN_SECONDS)
    def ring_alarms(self) -> None:
        tracking.ring_alarms(Call.system(self.name), self.deps.desk)
