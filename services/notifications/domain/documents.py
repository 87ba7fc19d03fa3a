"""The table's rows for documents, affairs and the annual plan of the office."""

from __future__ import annotations

from collections.abc import Mapping

from services.notifications.domain.recipients import Payload, acting_as
from services.notifications.domain.rows import (
    LEADERS,
    OFFICE,
    Close,
    Open,
    Reaction,
    Tell,
    closed,
    only,
)
from services.notifications.domain.todos import TodoKind
from shared.contracts import names
from shared.contracts.recipients import account_key, organisation_key, role_key

SECRETARY = acting_as("SECRETARY_GENERAL")
CHAIR = acting_as("CHAIR_COUNCIL")  # decides on what the secretary-general has passed on
# Organisations whose people act in a role without a scope.
STAFF_OF: Mapping[str, str] = {
    "office-general": "OFFICE",
    "office-research": "INFO_EDITOR",
    "com-proposals": "PROPOSAL_STAFF",
}


def organisation(id: str, kind: str) -> str:
    """Whoever acts for it; a supervising office has no scope of its own."""
    if kind == "SUPERVISING_OFFICE":
        return role_key("SUPERVISING_OFFICE", {})
    staff = STAFF_OF.get(id)
    return role_key(staff, {}) if staff else organisation_key(id)


def recipients(data: Payload) -> list[str]:
    """The organisations that a document was issued to."""
    keys = [organisation(row["organisation"], row["kind"]) for row in data["recipients"]]
    return list(dict.fromkeys(keys))


def whose_receipt(data: Payload) -> list[str]:
    return [organisation(data["organisation"], data["organisation_kind"])]


def drafter(data: Payload) -> list[str]:
    """Who drafted it; the office for what a service asked for."""
    by = data["drafted_by"]
    return [account_key(by)] if by else [role_key("OFFICE", {})]


def readers(data: Payload) -> list[str]:
    return list(data["readers"])


def that_reader(data: Payload) -> list[str]:
    return [data["reader"]]


def handler(data: Payload) -> list[str]:
    """The committee or office that handles an incoming document, if any does."""
    return [organisation(data["handler"], data["handler_kind"])] if data["handler"] else []


def former_handler(data: Payload) -> list[str]:
    """Who was to handle it until it was handed on."""
    former = data.get("former")
    return [organisation(former, data["former_kind"])] if former else []


def its_office(data: Payload) -> list[str]:
    """The office on whose list an affair is."""
    return [organisation(data["office"], data["office_kind"])]


def former_office(data: Payload) -> list[str]:
    return [organisation(data["from_office"], data["from_office_kind"])]


def raiser(data: Payload) -> list[str]:
    """Who raised an affair; nobody where a fact did."""
    return [data["raised_key"]] if data["raised_key"] else []


def in_time(data: Payload) -> bool:
    return bool(data["days_late"] == 0)


def late(data: Payload) -> bool:
    return bool(data["days_late"] > 0)


def reached(data: Payload) -> bool:
    return bool(data["done"] >= data["target"])


def not_reached(data: Payload) -> bool:
    return bool(data["done"] < data["target"])


def executing(data: Payload) -> bool:
    return bool(data["state"] == "EXECUTING")


def returned(data: Payload) -> bool:
    """By the Party committee, to be reworked."""
    return bool(data["state"] == "DRAFT")


def handed_in(data: Payload) -> bool:
    return bool(data["state"] == "SENT_TO_PARTY")


K = TodoKind
DOCUMENTS: dict[str, Reaction] = {
    names.DOCUMENT_DRAFTED: Reaction(opens=(Open(K.DOCUMENT_CHECK, OFFICE),)),
    names.DOCUMENT_CHECKED: Reaction(
        opens=(Open(K.DOCUMENT_COUNTERSIGN, SECRETARY),), closes=closed(K.DOCUMENT_CHECK)
    ),
    names.DOCUMENT_COUNTERSIGNED: Reaction(
        opens=(Open(K.DOCUMENT_SIGN, CHAIR),), closes=closed(K.DOCUMENT_COUNTERSIGN)
    ),
    names.DOCUMENT_SIGNED: Reaction(
        opens=(Open(K.DOCUMENT_ISSUE, OFFICE),), closes=closed(K.DOCUMENT_SIGN)
    ),
    names.DOCUMENT_RETURNED: Reaction(
        (Tell("DOCUMENT_RETURNED", drafter),),
        opens=(Open(K.DOCUMENT_CHECK, OFFICE),),
        closes=closed(K.DOCUMENT_COUNTERSIGN, K.DOCUMENT_SIGN, K.DOCUMENT_ISSUE),
    ),
    names.DOCUMENT_DISCARDED: Reaction(
        closes=closed(K.DOCUMENT_CHECK, K.DOCUMENT_COUNTERSIGN, K.DOCUMENT_SIGN, K.DOCUMENT_ISSUE)
    ),
    names.DOCUMENT_ISSUED: Reaction(
        (Tell("DOCUMENT_ISSUED", recipients), Tell("DOCUMENT_OWN_ISSUED", drafter)),
        opens=(Open(K.DOCUMENT_RECEIPT, recipients),),
        closes=closed(K.DOCUMENT_ISSUE),
    ),
    names.DOCUMENT_RECEIPT_GIVEN: Reaction(
        closes=(Close(K.DOCUMENT_RECEIPT, whose_receipt),), part="organisation"
    ),
    names.DOCUMENT_RECEIPTS_URGED: Reaction((Tell("DOCUMENT_RECEIPT_URGED", recipients),)),
    names.DOCUMENT_SIGNED_FOR: Reaction(opens=(Open(K.DOCUMENT_REGISTER, OFFICE),)),
    names.DOCUMENT_REGISTERED: Reaction(
        opens=(Open(K.DOCUMENT_ROUTE, SECRETARY, "due_at"),), closes=closed(K.DOCUMENT_REGISTER)
    ),
    names.DOCUMENT_ROUTED: Reaction(
        opens=(Open(K.DOCUMENT_INSTRUCT, CHAIR, "due_at"),), closes=closed(K.DOCUMENT_ROUTE)
    ),
    names.DOCUMENT_ROUTING_RETURNED: Reaction(
        opens=(Open(K.DOCUMENT_ROUTE, SECRETARY, "due_at"),), closes=closed(K.DOCUMENT_INSTRUCT)
    ),
    names.DOCUMENT_INSTRUCTED: Reaction(
        opens=(Open(K.DOCUMENT_DISTRIBUTE, OFFICE, "due_at"),),
        closes=closed(K.DOCUMENT_INSTRUCT),
    ),
    names.DOCUMENT_CIRCULATED: Reaction(
        (Tell("DOCUMENT_CIRCULATED", readers),),
        opens=(Open(K.DOCUMENT_READ, readers, "due_at"),),
        closes=closed(K.DOCUMENT_DISTRIBUTE, K.DOCUMENT_ROUTE),
    ),
    names.DOCUMENT_READ: Reaction(closes=(Close(K.DOCUMENT_READ, that_reader),), part="reader"),
    names.DOCUMENT_HANDLING_STARTED: Reaction(
        (Tell("DOCUMENT_TO_HANDLE", handler), Tell("DOCUMENT_HANDED_ON", former_handler)),
        opens=(Open(K.DOCUMENT_HANDLE, handler, "due_at"),),
        closes=(Close(K.DOCUMENT_DISTRIBUTE), Close(K.DOCUMENT_HANDLE, former_handler)),
    ),
    names.DOCUMENT_URGED: Reaction(
        (Tell("DOCUMENT_URGED", readers), Tell("DOCUMENT_URGED", handler))
    ),
    names.DOCUMENT_REMINDER_DUE: Reaction(
        (
            Tell("DOCUMENT_DUE", readers, in_time),
            Tell("DOCUMENT_DUE", handler, in_time),
            Tell("DOCUMENT_LATE", readers, late),
            Tell("DOCUMENT_LATE", handler, late),
        )
    ),
    names.DOCUMENT_NOTED: Reaction(closes=closed(K.DOCUMENT_HANDLE)),
    names.DOCUMENT_FILED: Reaction(closes=closed(K.DOCUMENT_READ, K.DOCUMENT_RECEIPT)),
    names.AFFAIR_RAISED: Reaction(
        (Tell("AFFAIR_RAISED", its_office),), opens=(Open(K.AFFAIR, its_office, "due_at"),)
    ),
    names.AFFAIR_ACCEPTED: Reaction((Tell("AFFAIR_ACCEPTED", raiser),)),
    names.AFFAIR_HANDED_OVER: Reaction(
        (Tell("AFFAIR_HANDED_OVER", its_office), Tell("AFFAIR_MOVED", raiser)),
        opens=(Open(K.AFFAIR, its_office, "due_at"),),
        closes=(Close(K.AFFAIR, former_office),),
    ),
    names.AFFAIR_REJECTED: Reaction((Tell("AFFAIR_REJECTED", raiser),), closes=closed(K.AFFAIR)),
    names.AFFAIR_DONE: Reaction(
        (Tell("AFFAIR_DONE", raiser),),
        opens=(Open(K.AFFAIR_RATING, raiser),),
        closes=closed(K.AFFAIR),
    ),
    names.AFFAIR_RATED: Reaction(closes=closed(K.AFFAIR_RATING)),
    names.PLAN_STATE_CHANGED: Reaction(
        (
            Tell("PLAN_EXECUTING", LEADERS, executing),
            Tell("PLAN_RETURNED", LEADERS, returned),
            Tell("PLAN_RETURNED", OFFICE, returned),
        ),
        opens=(Open(K.PLAN_REWORK, only(OFFICE, returned)),),
        closes=(Close(K.PLAN_REWORK, only(OFFICE, handed_in)),),
    ),
    names.PLAN_PROGRESSED: Reaction(
        (
            Tell("PLAN_TARGET_REACHED", LEADERS, reached),
            Tell("PLAN_PROGRESSED", LEADERS, not_reached),
        ),
        part="item",
    ),
}
SILENT_DOCUMENTS: dict[str, str] = {
    names.DOCUMENT_NUMBERED: "whoever numbered it issues it next",
    names.DOCUMENT_FILES_CHANGED: "files are seen with their record",
    names.AFFAIR_STARTED: "told with the acceptance",
    names.INTERNAL_RULE_PUBLISHED: "the library shows it",
    names.INTERNAL_RULE_REPEALED: "the library shows it",
    names.INTERNAL_RULE_FILES_CHANGED: "files are seen with their record",
    names.TRAINING_RECORDED: "the record shows it",
    names.TRAINING_WITHDRAWN: "the record shows it",
}
