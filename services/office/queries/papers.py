"""Reading documents and their files, as far as the viewer may."""

from __future__ import annotations

from datetime import datetime

from services.office.commands import paper_access as access
from services.office.commands.ports import Desk
from services.office.domain.document_kinds import WorkOrder
from services.office.domain.incoming import OPEN
from services.office.queries.shaping import BY_DUE, Query, Row, all_of, given, shaped, sought
from services.office.schemas import common
from services.office.schemas import papers as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids
from shared.persistence.shaping import refer

BY_DRAFT = [("drafted_at", -1), ("_id", 1)]
BY_RECEIPT = [("signed_for_at", -1), ("_id", 1)]
ORDERS = {WorkOrder.NEWEST: BY_RECEIPT, WorkOrder.DUE: BY_DUE}


# -- outgoing ------------------------------------------------------------------------------------


@allow(*access.READERS)
@query("outgoingDocuments", gives="OutgoingDocument")
def list_outgoing(
    call: Call,
    desk: Desk,
    *,
    filter: form.OutgoingDocumentFilter,
    first: First,
    after: After | None,
) -> Row:
    """可以查看的发文，新的在前。Outgoing documents that the viewer may see, the newest first."""
    found = desk.outgoing.page(_outgoing(call, desk, filter), BY_DRAFT, first, after)
    return shaped(found, lambda row: _outgoing_row(call.actor, desk, row))


@allow(*access.READERS)
@query()
def count_outgoing(call: Call, desk: Desk, *, filter: form.OutgoingDocumentFilter) -> int:
    return desk.outgoing.count(_outgoing(call, desk, filter))


@allow(*Role)
@query(loads="OutgoingDocument")
def outgoing_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.READERS:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, access.sees_outgoing(call.actor, desk)]}
    return [_outgoing_row(call.actor, desk, row) for row in desk.outgoing.rows(query)]


def _outgoing(call: Call, desk: Desk, filter: form.OutgoingDocumentFilter) -> Query:
    names = {"year": "number_year", "recipient": "recipients"}
    waiting = filter.pop("unreceipted", False)
    clauses = [access.sees_outgoing(call.actor, desk), sought(filter), given(filter, names)]
    if waiting:
        own = access.own_organisations(call.actor, desk)
        given_by_none = {"recipients": {"$in": own}, "receipts.organisation": {"$nin": own}}
        clauses.append(given_by_none)
    return all_of(*clauses)


def _outgoing_row(actor: Actor, desk: Desk, row: Row) -> Row:
    """Its way through the office is for those who work on it; a recipient sees own receipts."""
    row.pop("files_told", None)
    row.pop("due_order", None)
    own = access.own_organisations(actor, desk)
    row["own_receipt_at"] = _own_receipt(row, own)
    works = actor.role in access.ALL or (row["drafted_for"] and row["drafted_for"] in own)
    if not works:
        row["trail"] = []
        row["receipts"] = [r for r in row["receipts"] if r["organisation"] in own]
    row["receipts"] = [refer(receipt, "organisation") for receipt in row["receipts"]]
    return refer(row, "drafted_for")


def _own_receipt(row: Row, own: list[str]) -> datetime | None:
    return next((r["at"] for r in row["receipts"] if r["organisation"] in own), None)


# -- incoming ------------------------------------------------------------------------------------


@allow(*access.READERS)
@query("incomingDocuments", gives="IncomingDocument")
def list_incoming(
    call: Call,
    desk: Desk,
    *,
    filter: form.IncomingDocumentFilter,
    order_by: common.OrderBy,
    first: First,
    after: After | None,
) -> Row:
    """可以查看的收文，默认新的在前。Incoming documents that the viewer may see."""
    found = desk.incoming.page(_incoming(call, filter), ORDERS[order_by], first, after)
    return shaped(found, lambda row: _incoming_row(call.actor, row))


@allow(*access.READERS)
@query()
def count_incoming(call: Call, desk: Desk, *, filter: form.IncomingDocumentFilter) -> int:
    return desk.incoming.count(_incoming(call, filter))


@allow(*Role)
@query(loads="IncomingDocument")
def incoming_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    """Those that the viewer may see; others are left out like those that do not exist."""
    if call.actor.role not in access.READERS:
        return []
    query = {"$and": [{"_id": {"$in": ids}}, access.sees_incoming(call.actor)]}
    return [_incoming_row(call.actor, row) for row in desk.incoming.rows(query)]


def _incoming(call: Call, filter: form.IncomingDocumentFilter) -> Query:
    unread = filter.pop("unread", False)
    clauses = [access.sees_incoming(call.actor), sought(filter, OPEN), given(filter, {})]
    if unread:
        mine = {"key": {"$in": access.keys_of(call.actor)}, "read_at": None}
        clauses.append({"readers": {"$elemMatch": mine}})
    return all_of(*clauses)


def _incoming_row(actor: Actor, row: Row) -> Row:
    """Who else has read it is for the office and the leaders."""
    row.pop("files_told", None)
    row.pop("due_order", None)
    keys = access.keys_of(actor)
    own = [reader for reader in row["readers"] if reader["key"] in keys]
    row["own_read_at"] = own[0]["read_at"] if own else None
    row["to_read"] = any(reader["read_at"] is None for reader in own)
    if actor.role not in access.ALL:
        row["readers"] = own
    row["readers"] = [_reader(reader) for reader in row["readers"]]
    return refer(row, "sender", "handler")


def _reader(row: Row) -> Row:
    """With the member or the account that its key names."""
    kind, _, id = row["key"].partition(":")
    return {**row, "member_id": None, "account_id": None, f"{kind}_id": id}


# -- files ---------------------------------------------------------------------------------------


def may_read_paper(call: Call, desk: Desk, file_id: str, subject: str) -> bool:
    """Whether the file is in a document or rule that the viewer may see (decision 20)."""
    named = [{"_id": subject}, {"files_told": file_id}]
    if call.actor.role in access.READERS:
        outgoing = all_of(*named, access.sees_outgoing(call.actor, desk))
        incoming = all_of(*named, access.sees_incoming(call.actor))
        if desk.outgoing.count(outgoing) or desk.incoming.count(incoming):
            return True
    return call.actor.role in access.STAFF and desk.rules.count(all_of(*named)) > 0


def held_papers(desk: Desk, ids: list[str]) -> set[str]:
    return desk.outgoing.held(ids) | desk.incoming.held(ids) | desk.rules.held(ids)
