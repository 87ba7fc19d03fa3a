"""Incoming and outgoing documents."""

from __future__ import annotations

from typing import Any

from services.office.commands import incoming, outgoing
from services.office.queries import papers as reads
from services.office.schemas import fields
from services.office.schemas import papers as forms
from services.office.service.base import SCAN_SECONDS, Base, Row
from shared.call import Call
from shared.messaging.service import every, read, rpc


class DocumentMethods(Base):
    # -- outgoing ----------------------------------------------------------------------------

    @rpc
    def draft_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Draft.parse(payload)
        return self._outgoing(call, outgoing.draft_document(call, self.deps.papers, **data))

    @rpc
    def redraft_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Redraft.parse(payload)
        return self._outgoing(call, outgoing.redraft_document(call, self.deps.papers, **data))

    @rpc
    def check_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Step.parse(payload)
        return self._outgoing(call, outgoing.check_document(call, self.deps.papers, **data))

    @rpc
    def countersign_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Step.parse(payload)
        return self._outgoing(call, outgoing.countersign_document(call, self.deps.papers, **data))

    @rpc
    def sign_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Step.parse(payload)
        return self._outgoing(call, outgoing.sign_document(call, self.deps.papers, **data))

    @rpc
    def return_document(self, call: Call, **payload: Any) -> Row:
        data = forms.WithReason.parse(payload)
        return self._outgoing(call, outgoing.return_document(call, self.deps.papers, **data))

    @rpc
    def number_document(self, call: Call, **payload: Any) -> Row:
        data = forms.OfDocument.parse(payload)
        return self._outgoing(call, outgoing.number_document(call, self.deps.papers, **data))

    @rpc
    def issue_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Step.parse(payload)
        return self._outgoing(call, outgoing.issue_document(call, self.deps.papers, **data))

    @rpc
    def give_receipt(self, call: Call, **payload: Any) -> Row:
        data = forms.OfDocument.parse(payload)
        return self._outgoing(call, outgoing.give_receipt(call, self.deps.papers, **data))

    @rpc
    def urge_receipts(self, call: Call, **payload: Any) -> Row:
        data = forms.OfDocument.parse(payload)
        return self._outgoing(call, outgoing.urge_receipts(call, self.deps.papers, **data))

    @rpc
    def file_outgoing(self, call: Call, **payload: Any) -> Row:
        data = forms.ToVolume.parse(payload)
        return self._outgoing(call, outgoing.file_outgoing(call, self.deps.papers, **data))

    @rpc
    def discard_document(self, call: Call, **payload: Any) -> Row:
        data = forms.WithReason.parse(payload)
        return self._outgoing(call, outgoing.discard_document(call, self.deps.papers, **data))

    @read
    def list_outgoing(self, call: Call, **payload: Any) -> Row:
        return reads.list_outgoing(call, self.deps.papers, **forms.ListOutgoing.parse(payload))

    @read
    def count_outgoing(self, call: Call, **payload: Any) -> int:
        return reads.count_outgoing(call, self.deps.papers, **forms.CountOutgoing.parse(payload))

    @read
    def outgoing_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.outgoing_by_ids(call, self.deps.papers, **fields.Ids.parse(payload))

    # -- incoming ----------------------------------------------------------------------------

    @rpc
    def sign_for_document(self, call: Call, **payload: Any) -> Row:
        data = forms.SignFor.parse(payload)
        return self._incoming(call, incoming.sign_for_document(call, self.deps.papers, **data))

    @rpc
    def register_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Register.parse(payload)
        return self._incoming(call, incoming.register_document(call, self.deps.papers, **data))

    @rpc
    def route_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Route.parse(payload)
        return self._incoming(call, incoming.route_document(call, self.deps.papers, **data))

    @rpc
    def return_routing(self, call: Call, **payload: Any) -> Row:
        data = forms.WithReason.parse(payload)
        return self._incoming(call, incoming.return_routing(call, self.deps.papers, **data))

    @rpc
    def instruct_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Instruct.parse(payload)
        return self._incoming(call, incoming.instruct_document(call, self.deps.papers, **data))

    @rpc
    def circulate_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Circulate.parse(payload)
        return self._incoming(call, incoming.circulate_document(call, self.deps.papers, **data))

    @rpc
    def read_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Step.parse(payload)
        return self._incoming(call, incoming.read_document(call, self.deps.papers, **data))

    @rpc
    def hand_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Hand.parse(payload)
        return self._incoming(call, incoming.hand_document(call, self.deps.papers, **data))

    @rpc
    def urge_document(self, call: Call, **payload: Any) -> Row:
        data = forms.OfDocument.parse(payload)
        return self._incoming(call, incoming.urge_document(call, self.deps.papers, **data))

    @rpc
    def note_document(self, call: Call, **payload: Any) -> Row:
        data = forms.Note.parse(payload)
        return self._incoming(call, incoming.note_document(call, self.deps.papers, **data))

    @rpc
    def file_incoming(self, call: Call, **payload: Any) -> Row:
        data = forms.ToVolume.parse(payload)
        return self._incoming(call, incoming.file_incoming(call, self.deps.papers, **data))

    @every(seconds=SCAN_SECONDS)
    def remind_of_documents(self) -> None:
        incoming.remind_of_documents(Call.system(self.name), self.deps.papers)

    @read
    def list_incoming(self, call: Call, **payload: Any) -> Row:
        return reads.list_incoming(call, self.deps.papers, **forms.ListIncoming.parse(payload))

    @read
    def count_incoming(self, call: Call, **payload: Any) -> int:
        return reads.count_incoming(call, self.deps.papers, **forms.CountIncoming.parse(payload))

    @read
    def incoming_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return reads.incoming_by_ids(call, self.deps.papers, **fields.Ids.parse(payload))

    # The document as the one who acted sees it now; its id alone if no longer seen.

    def _outgoing(self, call: Call, document_id: str) -> Row:
        rows = reads.outgoing_by_ids(call, self.deps.papers, ids=[document_id])
        return rows[0] if rows else {"id": document_id}

    def _incoming(self, call: Call, document_id: str) -> Row:
        rows = reads.incoming_by_ids(call, self.deps.papers, ids=[document_id])
        return rows[0] if rows else {"id": document_id}
