"""Democratic appraisals and inspections."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas_appraisal as schemas
from services.proposals.commands import appraising, inspecting, panel
from services.proposals.queries import appraisals as reads
from services.proposals.service.base import SCAN_SECONDS, Base, Row
from shared.call import Call
from shared.messaging.service import every, read, rpc, unlogged_rpc


class AppraisalMethods(Base):
    # -- appraisals ---------------------------------------------------------------------------

    @rpc
    def plan_appraisal(self, call: Call, **payload: Any) -> Row:
        data = schemas.PlanAppraisal.parse(payload)
        return self._appraisal(call, appraising.plan_appraisal(call, self.deps.desk, **data))

    @rpc
    def cancel_appraisal(self, call: Call, **payload: Any) -> Row:
        data = schemas.CancelAppraisal.parse(payload)
        return self._appraisal(call, appraising.cancel_appraisal(call, self.deps.desk, **data))

    @rpc
    def invite_voters(self, call: Call, **payload: Any) -> Row:
        data = schemas.InviteVoters.parse(payload)
        key, codes = panel.invite_voters(call, self.deps.desk, **data)
        return {"appraisal": self._appraisal(call, key), "voting_codes": codes}

    @rpc
    def remove_voter(self, call: Call, **payload: Any) -> Row:
        data = schemas.RemoveVoter.parse(payload)
        return self._appraisal(call, panel.remove_voter(call, self.deps.desk, **data))

    @rpc
    def open_vote(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnAppraisal.parse(payload)
        return self._appraisal(call, appraising.open_vote(call, self.deps.desk, **data))

    @unlogged_rpc
    def cast_ballot(self, call: Call, **payload: Any) -> Row:
        data = schemas.CastBallot.parse(payload)
        appraising.cast_ballot(call, self.deps.desk, **data)
        return {"voted": True}

    @rpc
    def count_ballots(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnAppraisal.parse(payload)
        return self._appraisal(call, appraising.count_ballots(call, self.deps.desk, **data))

    @rpc
    def publish_appraisal(self, call: Call, **payload: Any) -> Row:
        data = schemas.PublishAppraisal.parse(payload)
        return self._appraisal(call, appraising.publish_appraisal(call, self.deps.desk, **data))

    @every(seconds=SCAN_SECONDS)
    def note_votes(self) -> None:
        appraising.note_votes(Call.system(self.name), self.deps.desk)

    # -- inspections --------------------------------------------------------------------------

    @rpc
    def plan_inspection(self, call: Call, **payload: Any) -> Row:
        data = schemas.PlanInspection.parse(payload)
        return self._inspection(call, inspecting.plan_inspection(call, self.deps.desk, **data))

    @rpc
    def hold_inspection(self, call: Call, **payload: Any) -> Row:
        data = schemas.HoldInspection.parse(payload)
        return self._inspection(call, inspecting.hold_inspection(call, self.deps.desk, **data))

    @rpc
    def save_findings(self, call: Call, **payload: Any) -> Row:
        data = schemas.SaveFindings.parse(payload)
        return self._inspection(call, inspecting.save_findings(call, self.deps.desk, **data))

    @rpc
    def report_inspection(self, call: Call, **payload: Any) -> Row:
        data = schemas.ReportInspection.parse(payload)
        return self._inspection(call, inspecting.report_inspection(call, self.deps.desk, **data))

    @rpc
    def cancel_inspection(self, call: Call, **payload: Any) -> Row:
        data = schemas.CancelInspection.parse(payload)
        return self._inspection(call, inspecting.cancel_inspection(call, self.deps.desk, **data))

    # -- reads --------------------------------------------------------------------------------

    @read
    def appraisals_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.appraisals_by_ids(call, self.deps.desk, **schemas.ByIds.parse(payload))

    @read
    def appraisal_by_code(self, call: Call, **payload: Any) -> Row | None:
        return reads.appraisal_by_code(call, self.deps.desk, **schemas.ByCode.parse(payload))

    @read
    def list_appraisals(self, call: Call, **payload: Any) -> Row:
        data = schemas.ListAppraisals.parse(payload)
        return reads.list_appraisals(call, self.deps.desk, **data)

    @read
    def count_appraisals(self, call: Call, **payload: Any) -> int:
        data = schemas.CountAppraisals.parse(payload)
        return reads.count_appraisals(call, self.deps.desk, **data)

    @read
    def list_appraisal_candidates(self, call: Call, **payload: Any) -> Row:
        data = schemas.ListCandidates.parse(payload)
        return reads.list_appraisal_candidates(call, self.deps.desk, **data)

    @read
    def count_appraisal_candidates(self, call: Call, **payload: Any) -> int:
        data = schemas.CountCandidates.parse(payload)
        return reads.count_appraisal_candidates(call, self.deps.desk, **data)

    @read
    def inspections_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.inspections_by_ids(call, self.deps.desk, **schemas.ByIds.parse(payload))

    @read
    def list_inspections(self, call: Call, **payload: Any) -> Row:
        data = schemas.ListInspections.parse(payload)
        return reads.list_inspections(call, self.deps.desk, **data)

    @read
    def count_inspections(self, call: Call, **payload: Any) -> int:
        data = schemas.CountInspections.parse(payload)
        return reads.count_inspections(call, self.deps.desk, **data)

    def _appraisal(self, call: Call, appraisal_id: str) -> Row:
        [row] = reads.appraisals_by_ids(call, self.deps.desk, ids=[appraisal_id])
        return row

    def _inspection(self, call: Call, inspection_id: str) -> Row:
        [row] = reads.inspections_by_ids(call, self.deps.desk, ids=[inspection_id])
        return row
