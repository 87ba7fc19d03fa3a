"""Closed lists of documents (2.10; GB/T 9704), and what must not enter the system."""

from __future__ import annotations

from enum import StrEnum

from services.office.domain import document_errors as errors


class Kind(StrEnum):
    """What a document is (文种)."""

    RESOLUTION = "RESOLUTION"
    DECISION = "DECISION"
    MOTION = "MOTION"
    SUGGESTION = "SUGGESTION"
    SUPERVISION_OPINION = "SUPERVISION_OPINION"
    NOTICE = "NOTICE"
    BULLETIN = "BULLETIN"
    REPORT = "REPORT"
    REQUEST = "REQUEST"
    REPLY = "REPLY"
    OPINION = "OPINION"
    LETTER = "LETTER"
    MINUTES = "MINUTES"


class Urgency(StrEnum):
    """紧急程度: 特急, 加急, 平件."""

    FLASH = "FLASH"
    URGENT = "URGENT"
    NORMAL = "NORMAL"


class Retention(StrEnum):
    """保管期限."""

    PERMANENT = "PERMANENT"
    THIRTY_YEARS = "THIRTY_YEARS"
    TEN_YEARS = "TEN_YEARS"


UNCLASSIFIED = "NONE"
SECRECY_WORDS = ("秘密", "机密", "绝密")


def refuse_classified(classification: str, title: str) -> None:
    """Classified documents must not enter the system (2.10). Raises Classified."""
    if classification != UNCLASSIFIED:
        raise errors.Classified(field="classification")
    if any(word in title for word in SECRECY_WORDS):
        raise errors.Classified(field="title")
