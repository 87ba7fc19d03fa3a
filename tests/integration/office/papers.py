"""Steps of documents, affairs and plans that several tests take."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from services.office.commands import incoming, outgoing, paper_facts, plans
from services.office.domain.document_kinds import Kind, Retention, Urgency
from services.office.queries import papers as reads
from services.office.queries import work
from shared.call import Call
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event
from tests.integration.office.desk import CHAIR, CHIEF, CLERK, Office, Row, sent

ORGANISATIONS = {
    "office-general": "CPPCC_OFFICE",
    "office-research": "CPPCC_OFFICE",
    "com-economy": "COMMITTEE",
    "com-urban": "COMMITTEE",
    "com-proposals": "COMMITTEE",
    "sup-qwb": "SUPERVISING_OFFICE",
    "sup-qzfb": "SUPERVISING_OFFICE",
    "unit-slj": "HANDLING_UNIT",
    "unit-scjgj": "HANDLING_UNIT",
    "town-lili": "TOWN_COMMITTEE",
}
WORDING: Row = {
    "title": "关于做好2017年委员视察工作的通知",
    "text": "一、视察主题；二、时间安排。",
    "main": ["unit-slj"],
    "copy_to": ["sup-qzfb"],
    "urgency": Urgency.NORMAL,
    "classification": "NONE",
    "attachments": [],
}
REGISTER: Row = {
    "kind": Kind.NOTICE,
    "number": None,
    "urgency": Urgency.NORMAL,
    "retention": Retention.PERMANENT,
    "adopted_on": None,
    "dated_on": None,
    "printed_on": None,
    "addressed_to": "",
    "copied_to": "",
    "due_at": None,
    "attachments": [],
}


def hear(office: Office, *events: Event) -> None:
    """As the service hears of facts."""
    for event in events:
        paper_facts.REACTIONS[event.source, event.type](event, office.desk)


def know_organisations(office: Office) -> None:
    for id, kind in ORGANISATIONS.items():
        changes: Row = {"organisation_id": id, "kind": kind, "name": f"单位{id}"}
        hear(office, sample_event("members", "organisation_changed", subject=id, **changes))


def do(office: Office, act: Callable[..., str], by: Call, **given: Any) -> str:
    """A command of its own id."""
    return act(sent(by, new_id()), office.desk, **given)


def draft(office: Office, by: Call = CLERK, **changes: Any) -> str:
    kind = {"kind": Kind.NOTICE, "retention": Retention.TEN_YEARS, "for_office": False}
    return do(office, outgoing.draft_document, by, **{**WORDING, **kind, **changes})


def sign(office: Office, document_id: str) -> str:
    """A draft, checked, countersigned and signed."""
    do(office, outgoing.check_document, CLERK, document_id=document_id, note=None)
    do(office, outgoing.countersign_document, CHIEF, document_id=document_id, note="同意")
    do(office, outgoing.sign_document, CHAIR, document_id=document_id, note="同意印发")
    return document_id


def issue(office: Office, document_id: str) -> str:
    """A signed document, numbered and issued."""
    do(office, outgoing.number_document, CLERK, document_id=document_id)
    return do(office, outgoing.issue_document, CLERK, document_id=document_id, note=None)


def number_of(office: Office, document_id: str) -> str | None:
    document = office.desk.outgoing.get(document_id)
    assert document is not None
    return document.number


def received(office: Office, **changes: Any) -> str:
    """An incoming document, signed for."""
    given: Row = {
        "title": "关于开展河长制工作的通知",
        "sender": "sup-qzfb",
        "sender_name": None,
        "received_on": date(2017, 5, 4),
        "classification": "NONE",
        **changes,
    }
    return do(office, incoming.sign_for_document, CLERK, **given)


def instructed(office: Office, **changes: Any) -> str:
    """An incoming document, ready to be circulated or handled."""
    document_id = received(office)
    register: Row = {**REGISTER, **changes}
    do(office, incoming.register_document, CLERK, document_id=document_id, **register)
    do(office, incoming.route_document, CHIEF, document_id=document_id, proposed="请传阅")
    do(office, incoming.instruct_document, CHAIR, document_id=document_id, instruction="同意")
    return document_id


def outgoing_row(office: Office, by: Call, document_id: str) -> Row | None:
    rows = reads.outgoing_by_ids(by, office.desk, ids=[document_id])
    return rows[0] if rows else None


def incoming_row(office: Office, by: Call, document_id: str) -> Row | None:
    rows = reads.incoming_by_ids(by, office.desk, ids=[document_id])
    return rows[0] if rows else None


def item(code: str, target: int, source: str, event: str, **where: str) -> Row:
    return {
        "code": code,
        "point": "6.1",
        "phrase": f"任务{code}",
        "target": target,
        "duty": "PARTICIPATION",
        "source": source,
        "event": event,
        "where": [{"field": field, "value": value} for field, value in where.items()],
        "topics": [],
    }


def executing_plan(office: Office, *items: Row) -> str:
    """The plan of 2017 with its three dates, being carried out."""
    given: Row = {"year": 2017, "title": "2017年工作要点", "themes": ["聚力创新"]}
    plan_id = do(office, plans.draft_plan, CLERK, items=list(items), **given)
    meeting = "区政协十五届一次常委会议"
    do(office, plans.adopt_plan, CLERK, plan_id=plan_id, meeting=meeting, on=date(2017, 1, 6))
    do(office, plans.send_plan, CLERK, plan_id=plan_id, on=date(2017, 1, 9))
    forwarded: Row = {
        "forwarded_by": "中共苏州市吴江区委员会",
        "forwarded_on": date(2017, 1, 25),
        "printed_on": date(2017, 1, 26),
        "notice_id": None,
    }
    do(office, plans.forward_plan, CLERK, plan_id=plan_id, **forwarded)
    return do(office, plans.execute_plan, CLERK, plan_id=plan_id)


def plan_row(office: Office, plan_id: str, by: Call = CLERK) -> Row:
    [row] = work.plans_by_ids(by, office.desk, ids=[plan_id])
    return row


def done(office: Office, plan_id: str) -> dict[str, int]:
    return {row["code"]: row["done"] for row in plan_row(office, plan_id)["items"]}


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """All of these at the same moment; their results."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(act) for act in acts]]
