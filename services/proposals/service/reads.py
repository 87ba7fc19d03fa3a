"""Reads."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas
from services.proposals.queries import files, proposals
from services.proposals.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read


class Reads(Base):
    @read
    def proposals_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return proposals.proposals_by_ids(call, self.deps.store, **schemas.ByIds.parse(payload))

    @read
    def list_proposals(self, call: Call, **payload: Any) -> Row:
        return proposals.list_proposals(call, self.deps.store, **schemas.Listing.parse(payload))

    @read
    def count_proposals(self, call: Call, **payload: Any) -> int:
        return proposals.count_proposals(call, self.deps.store, **schemas.Counting.parse(payload))

    @read
    def case_states(self, call: Call, **payload: Any) -> dict[str, str]:
        return proposals.case_states(call, self.deps.store, **schemas.Ids.parse(payload))

    @read
    def similar_proposals(self, call: Call, **payload: Any) -> list[Row]:
        return proposals.similar_proposals(call, self.deps.store, **schemas.Similar.parse(payload))

    @read
    def text_versions(self, call: Call, **payload: Any) -> list[Row]:
        return proposals.text_versions(call, self.deps.store, **schemas.OnProposal.parse(payload))

    @read
    def signature_difference(self, call: Call, **payload: Any) -> list[Row]:
        data = schemas.MaybeOnSignature.parse(payload)
        return proposals.signature_difference(call, self.deps.store, **data)

    @read
    def evaluations_by_proposals(self, call: Call, **payload: Any) -> dict[str, list[Row]]:
        data = schemas.OnProposals.parse(payload)
        return proposals.evaluations_by_proposals(call, self.deps.desk, **data)

    @read
    def submission_problems(self, call: Call, **payload: Any) -> list[Row]:
        data = schemas.OnProposal.parse(payload)
        return proposals.submission_problems(call, self.deps.desk, **data)

    @read
    def may_read_file(self, call: Call, **payload: Any) -> bool:
        return files.may_read_file(call, self.deps.desk, **schemas.OfFile.parse(payload))

    @read
    def held_files(self, call: Call, **payload: Any) -> list[str]:
        return files.held_files(call, self.deps.desk, **schemas.Ids.parse(payload))
