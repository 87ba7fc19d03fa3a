"""Collections of documents, affairs, plans, rules and training, and their indexes."""

from __future__ import annotations

from pymongo import ASCENDING, DESCENDING, IndexModel

from shared.persistence import directory

OUTGOING = "outgoing_documents"
INCOMING = "incoming_documents"
AFFAIRS = "affairs"
PLANS = "work_plans"
PLAN_FACTS = "plan_facts"
RULES = "internal_rules"
TRAININGS = "trainings"

BY_DRAFT = [("drafted_at", DESCENDING), ("_id", ASCENDING)]
BY_RECEIPT = [("signed_for_at", DESCENDING), ("_id", ASCENDING)]
BY_RAISING = [("raised_at", DESCENDING), ("_id", ASCENDING)]
# A due date may be none: such come last.
BY_DUE = [("due_order", ASCENDING), ("_id", ASCENDING)]
BY_YEAR = [("year", DESCENDING), ("_id", ASCENDING)]
BY_TITLE = [("title", ASCENDING), ("_id", ASCENDING)]
BY_END = [("ends_on", DESCENDING), ("_id", ASCENDING)]

PAPER_INDEXES = {
    OUTGOING: [
        # A number is never given twice, whatever the words of the series were set to.
        IndexModel(
            [("number", ASCENDING)],
            unique=True,
            partialFilterExpression={"number": {"$type": "string"}},
        ),
        IndexModel(BY_DRAFT),
        IndexModel([("state", ASCENDING), *BY_DRAFT]),
        IndexModel([("kind", ASCENDING), *BY_DRAFT]),
        IndexModel([("number_year", ASCENDING), *BY_DRAFT]),
        IndexModel([("drafted_for", ASCENDING), *BY_DRAFT]),
        IndexModel([("recipients", ASCENDING), *BY_DRAFT]),
        IndexModel([("words", ASCENDING), *BY_DRAFT]),
        IndexModel([("number_key", ASCENDING), *BY_DRAFT]),
        IndexModel([("files_told", ASCENDING)]),
    ],
    INCOMING: [
        # Of two clerks who register the same document at once, one is refused.
        IndexModel(
            [("sender_name", ASCENDING), ("number", ASCENDING)],
            unique=True,
            partialFilterExpression={"number": {"$type": "string"}},
        ),
        IndexModel(BY_RECEIPT),
        IndexModel([("state", ASCENDING), *BY_RECEIPT]),
        IndexModel([("urgency", ASCENDING), *BY_RECEIPT]),
        IndexModel([("readers.key", ASCENDING), *BY_RECEIPT]),
        IndexModel([("handler", ASCENDING), *BY_RECEIPT]),
        IndexModel([("sender", ASCENDING), *BY_RECEIPT]),
        IndexModel([("sender_name", ASCENDING), *BY_RECEIPT]),
        IndexModel([("words", ASCENDING), *BY_RECEIPT]),
        IndexModel([("number_key", ASCENDING), *BY_RECEIPT]),
        IndexModel(BY_DUE),
        IndexModel([("state", ASCENDING), *BY_DUE]),
        IndexModel([("handler", ASCENDING), *BY_DUE]),
        IndexModel([("readers.key", ASCENDING), *BY_DUE]),
        IndexModel([("next_reminder_at", ASCENDING)]),
        IndexModel([("files_told", ASCENDING)]),
    ],
    AFFAIRS: [
        IndexModel(BY_RAISING),
        IndexModel([("office", ASCENDING), *BY_RAISING]),
        IndexModel([("state", ASCENDING), *BY_RAISING]),
        IndexModel([("kind", ASCENDING), *BY_RAISING]),
        IndexModel([("raised_by", ASCENDING), *BY_RAISING]),
        IndexModel([("raised_key", ASCENDING), *BY_RAISING]),
        IndexModel([("words", ASCENDING), *BY_RAISING]),
        IndexModel(BY_DUE),
        IndexModel([("office", ASCENDING), *BY_DUE]),
        IndexModel([("state", ASCENDING), *BY_DUE]),
        IndexModel([("raised_by", ASCENDING), *BY_DUE]),
    ],
    PLANS: [IndexModel(BY_YEAR), IndexModel([("term", ASCENDING), *BY_YEAR])],
    PLAN_FACTS: [
        IndexModel(
            [
                ("term", ASCENDING),
                ("year", ASCENDING),
                ("source", ASCENDING),
                ("event", ASCENDING),
                ("on", ASCENDING),
                ("_id", ASCENDING),
            ]
        )
    ],
    RULES: [
        IndexModel(BY_TITLE),
        IndexModel([("area", ASCENDING), *BY_TITLE]),
        IndexModel([("files_told", ASCENDING)]),
    ],
    TRAININGS: [
        IndexModel(BY_END),
        IndexModel([("year", ASCENDING), *BY_END]),
        IndexModel([("staff", ASCENDING), *BY_END]),
    ],
    directory.ORGANISATIONS: directory.INDEXES,
}
PAPER_PROJECTIONS = {PLAN_FACTS, directory.ORGANISATIONS}
PAPER_OUTBOX = {OUTGOING, INCOMING, AFFAIRS, PLANS, RULES, TRAININGS}
