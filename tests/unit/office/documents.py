"""Documents of the unit tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.office.domain.document_kinds import Kind, Retention, Urgency
from services.office.domain.incoming import Incoming
from services.office.domain.outgoing import Outgoing
from shared.clock import SHANGHAI

AT = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
CLERK, SECRETARY, CHAIR = "account-office", "account-secretary", "account-chair"
DIRECTORY = {"sup-qwb": "SUPERVISING_OFFICE", "unit-scjgj": "HANDLING_UNIT"}


def outgoing(**changes: Any) -> Outgoing:
    given: dict[str, Any] = {
        "id": "document-1",
        "term": 15,
        "kind": Kind.MOTION,
        "title": "关于完善企业诚信体系的建议案",
        "text": "健全信用信息归集。",
        "main": ("sup-qwb",),
        "copy_to": ("unit-scjgj",),
        "urgency": Urgency.NORMAL,
        "retention": Retention.PERMANENT,
        "drafted_by": CLERK,
        "drafted_at": AT,
    }
    document = Outgoing(**{**given, **changes})
    document.draft()
    return document


def signed(**changes: Any) -> Outgoing:
    document = outgoing(**changes)
    document.check(CLERK, AT, None)
    document.countersign(SECRETARY, AT, "同意")
    document.sign(CHAIR, AT, "同意印发")
    return document


def issued(**changes: Any) -> Outgoing:
    document = signed(**changes)
    document.assign_number("吴政协建", 1, CLERK, AT)
    document.issue(DIRECTORY, CLERK, AT, None)
    return document


def incoming(**changes: Any) -> Incoming:
    given: dict[str, Any] = {
        "id": "document-2",
        "term": 15,
        "title": "关于批转《政协苏州市吴江区委员会2017年工作要点》的通知",
        "sender": "sup-qwb",
        "sender_name": "中共苏州市吴江区委办公室",
        "received_on": date(2017, 2, 6),
        "signed_for_by": CLERK,
        "signed_for_at": AT,
    }
    document = Incoming(**{**given, **changes})
    document.sign_for()
    return document
