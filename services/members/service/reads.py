"""Reads: the roster and the master data."""

from __future__ import annotations

from typing import Any

from services.members.queries import directory, private, roster
from services.members.schemas import reads
from services.members.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read


class Reads(Base):
    # -- the roster ----------------------------------------------------------------------

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

    # -- master data ---------------------------------------------------------------------

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
