"""Contact links, contact records, leads."""

from __future__ import annotations

from typing import Any

from services.liaison.commands import contacts, leads, links
from services.liaison.queries import contacts as reads
from services.liaison.queries import statistics
from services.liaison.schemas import contacts as forms
from services.liaison.schemas import fields
from services.liaison.service.base import Base, Row, shown
from shared.call import Call
from shared.messaging.service import read, rpc
from shared.schemas import InputSchema


class ContactMethods(Base):
    @rpc
    def propose_links(self, call: Call, **payload: Any) -> Row:
        data = forms.ProposeLinks.parse(payload)
        return self._plan(call, links.propose_links(call, self.deps, **data))

    @rpc
    def propose_link(self, call: Call, **payload: Any) -> Row:
        data = forms.ProposeLink.parse(payload)
        return self._plan(call, links.propose_link(call, self.deps, **data))

    @rpc
    def reassign_link(self, call: Call, **payload: Any) -> Row:
        data = forms.ReassignLink.parse(payload)
        return self._link(call, links.reassign_link(call, self.deps, **data))

    @rpc
    def decide_links(self, call: Call, **payload: Any) -> Row:
        data = forms.DecideLinks.parse(payload)
        return self._plan(call, links.decide_links(call, self.deps, **data))

    @rpc
    def end_link(self, call: Call, **payload: Any) -> Row:
        data = forms.EndLink.parse(payload)
        return self._link(call, links.end_link(call, self.deps, **data))

    @rpc
    def record_contact(self, call: Call, **payload: Any) -> Row:
        data = forms.RecordContact.parse(payload)
        return self._contact(call, contacts.record_contact(call, self.deps, **data))

    @rpc
    def follow_contact(self, call: Call, **payload: Any) -> Row:
        data = forms.FollowContact.parse(payload)
        return self._contact(call, contacts.follow_contact(call, self.deps, **data))

    @rpc
    def convert_issue(self, call: Call, **payload: Any) -> Row:
        data = forms.ConvertIssue.parse(payload)
        return self._contact(call, contacts.convert_issue(call, self.deps, **data))

    @rpc
    def answer_issue(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerIssue.parse(payload)
        return self._contact(call, contacts.answer_issue(call, self.deps, **data))

    @rpc
    def close_issue(self, call: Call, **payload: Any) -> Row:
        data = forms.OfIssue.parse(payload)
        return self._contact(call, contacts.close_issue(call, self.deps, **data))

    @rpc
    def answer_lead(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerLead.parse(payload)
        return self._lead(call, leads.answer_lead(call, self.deps, **data))

    @read
    def list_links(self, call: Call, **payload: Any) -> Row:
        return reads.list_links(call, self.deps, **forms.ListLinks.parse(payload))

    @read
    def count_links(self, call: Call, **payload: Any) -> int:
        return reads.count_links(call, self.deps, **forms.CountLinks.parse(payload))

    @read
    def links_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.links_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_plans(self, call: Call, **payload: Any) -> Row:
        return reads.list_plans(call, self.deps, **forms.ListPlans.parse(payload))

    @read
    def count_plans(self, call: Call, **payload: Any) -> int:
        return reads.count_plans(call, self.deps, **forms.CountPlans.parse(payload))

    @read
    def plans_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.plans_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_contacts(self, call: Call, **payload: Any) -> Row:
        return reads.list_contacts(call, self.deps, **forms.ListContacts.parse(payload))

    @read
    def count_contacts(self, call: Call, **payload: Any) -> int:
        return reads.count_contacts(call, self.deps, **forms.CountContacts.parse(payload))

    @read
    def contacts_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.contacts_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def list_leads(self, call: Call, **payload: Any) -> Row:
        return reads.list_leads(call, self.deps, **forms.ListLeads.parse(payload))

    @read
    def count_leads(self, call: Call, **payload: Any) -> int:
        return reads.count_leads(call, self.deps, **forms.CountLeads.parse(payload))

    @read
    def leads_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.leads_by_ids(call, self.deps, **fields.Ids.parse(payload))

    @read
    def contact_health(self, call: Call, **payload: Any) -> list[Row]:
        InputSchema.parse(payload)
        return statistics.contact_health(call, self.deps)

    def _plan(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.plans_by_ids, record_id)

    def _link(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.links_by_ids, record_id)

    def _contact(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.contacts_by_ids, record_id)

    def _lead(self, call: Call, record_id: str) -> Row:
        return shown(call, self.deps, reads.leads_by_ids, record_id)
