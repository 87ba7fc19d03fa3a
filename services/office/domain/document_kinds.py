"""Closed lists of documents (2.10; GB/T 9704), and what must not enter the system."""

from __future__ import annotations

from services.office.domain import document_errors as errors
from shared.labels import Labelled


class Kind(Labelled, name="DocumentKind"):
    """公文文种。What a document is."""

    RESOLUTION = "RESOLUTION", "决议", "Resolution"
    DECISION = "DECISION", "决定", "Decision"
    MOTION = "MOTION", "建议案", "Suggestion motion"
    SUGGESTION = "SUGGESTION", "建议", "Suggestion"
    SUPERVISION_OPINION = "SUPERVISION_OPINION", "监督意见", "Supervision opinion"
    NOTICE = "NOTICE", "通知", "Notice"
    BULLETIN = "BULLETIN", "通报", "Bulletin"
    REPORT = "REPORT", "报告", "Report"
    REQUEST = "REQUEST", "请示", "Request for instructions"
    REPLY = "REPLY", "批复", "Reply to a request"
    OPINION = "OPINION", "意见", "Opinion"
    LETTER = "LETTER", "函", "Letter"
    MINUTES = "MINUTES", "纪要", "Minutes"


class Urgency(Labelled, name="DocumentUrgency"):
    """紧急程度。Urgency of a document."""

    FLASH = "FLASH", "特急", "Flash"
    URGENT = "URGENT", "加急", "Urgent"
    NORMAL = "NORMAL", "平件", "Normal"


class WorkOrder(Labelled):
    """排序。Order of a list of work."""

    NEWEST = "NEWEST", "新的在前", "The newest first"
    DUE = "DUE", "期限近的在前", "The first due first, those without a date last"


class Retention(Labelled, name="DocumentRetention"):
    """保管期限。How long a document is kept."""

    PERMANENT = "PERMANENT", "永久", "For ever"
    THIRTY_YEARS = "THIRTY_YEARS", "30年", "Thirty years"
    TEN_YEARS = "TEN_YEARS", "10年", "Ten years"


UNCLASSIFIED = "NONE"
SECRECY_WORDS = ("秘密", "机密", "绝密")


def refuse_classified(classification: str, title: str) -> None:
    """Classified documents must not enter the system (2.10). Raises Classified."""
    if classification != UNCLASSIFIED:
        raise errors.Classified(field="classification")
    if any(word in title for word in SECRECY_WORDS):
        raise errors.Classified(field="title")
