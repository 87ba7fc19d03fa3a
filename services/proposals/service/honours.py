"""Key and excellent proposals, plagiarism; and what a published appraisal means for them."""

from __future__ import annotations

from typing import Any

from services.proposals import reactions
from services.proposals import schemas as base
from services.proposals import schemas_honours as schemas
from services.proposals.commands import honouring
from services.proposals.service.base import Base, Row
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Event, on_event, rpc


class Honours(Base):
    @rpc
    def nominate_key(self, call: Call, **payload: Any) -> Row:
        data = base.Reasoned.parse(payload)
        return self._row(call, honouring.nominate_key(call, self.deps.desk, **data))

    @rpc
    def select_key(self, call: Call, **payload: Any) -> Row:
        data = schemas.Decision.parse(payload)
        return self._row(call, honouring.select_key(call, self.deps.desk, **data))

    @rpc
    def deselect_key(self, call: Call, **payload: Any) -> Row:
        data = base.Reasoned.parse(payload)
        return self._row(call, honouring.deselect_key(call, self.deps.desk, **data))

    @rpc
    def name_key_leader(self, call: Call, **payload: Any) -> Row:
        data = schemas.NameLeader.parse(payload)
        return self._row(call, honouring.name_key_leader(call, self.deps.desk, **data))

    @rpc
    def record_key_meeting(self, call: Call, **payload: Any) -> Row:
        data = schemas.KeyMeeting.parse(payload)
        return self._row(call, honouring.record_key_meeting(call, self.deps.desk, **data))

    @rpc
    def appraise_key(self, call: Call, **payload: Any) -> Row:
        data = schemas.Noted.parse(payload)
        return self._row(call, honouring.appraise_key(call, self.deps.desk, **data))

    @rpc
    def finish_key(self, call: Call, **payload: Any) -> Row:
        data = base.OnProposal.parse(payload)
        return self._row(call, honouring.finish_key(call, self.deps.desk, **data))

    @rpc
    def award_excellent(self, call: Call, **payload: Any) -> Row:
        data = schemas.AwardExcellent.parse(payload)
        return self._row(call, honouring.award_excellent(call, self.deps.desk, **data))

    @rpc
    def revoke_award(self, call: Call, **payload: Any) -> Row:
        data = base.Reasoned.parse(payload)
        return self._row(call, honouring.revoke_award(call, self.deps.desk, **data))

    @rpc
    def report_plagiarism(self, call: Call, **payload: Any) -> Row:
        data = schemas.ReportPlagiarism.parse(payload)
        return self._row(call, honouring.report_plagiarism(call, self.deps.desk, **data))

    @rpc
    def state_on_plagiarism(self, call: Call, **payload: Any) -> Row:
        data = schemas.Stated.parse(payload)
        return self._row(call, honouring.state_on_plagiarism(call, self.deps.desk, **data))

    @rpc
    def decide_plagiarism(self, call: Call, **payload: Any) -> Row:
        data = schemas.DecidePlagiarism.parse(payload)
        return self._row(call, honouring.decide_plagiarism(call, self.deps.desk, **data))

    @rpc
    def confirm_plagiarism(self, call: Call, **payload: Any) -> Row:
        data = schemas.Confirm.parse(payload)
        return self._row(call, honouring.confirm_plagiarism(call, self.deps.desk, **data))

    @on_event("proposals", names.APPRAISAL_PUBLISHED)
    def on_proposals_appraisal_published(self, event: Event) -> None:
        reactions.mark_appraised(event, self.deps.desk)
