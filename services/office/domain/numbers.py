"""Official numbers of documents: `吴政协〔2017〕3号` (decision 13, GB/T 9704)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from services.office.domain.document_kinds import Kind


class Series(StrEnum):
    """A row of numbers; each year begins at 1."""

    GENERAL = "GENERAL"
    OFFICE = "OFFICE"
    MOTION = "MOTION"
    SUPERVISION = "SUPERVISION"


# The word of each series; a committee may change it (setting `document_word_…`).
WORDS: Mapping[Series, str] = {
    Series.GENERAL: "吴政协",
    Series.OFFICE: "吴政协办",
    Series.MOTION: "吴政协建",
    Series.SUPERVISION: "吴政协监",
}
# A kind that has a series of its own is never numbered in another.
OWN_SERIES: Mapping[Kind, Series] = {
    Kind.MOTION: Series.MOTION,
    Kind.SUPERVISION_OPINION: Series.SUPERVISION,
}


def series_of(kind: Kind, office: bool) -> Series:
    """Where a document is numbered; `office`: it goes out in the office's name (吴政协办)."""
    return OWN_SERIES.get(kind, Series.OFFICE if office else Series.GENERAL)


def counter(series: Series, year: int) -> str:
    return f"document:{series.value}:{year}"


def document_number(word: str, year: int, number: int) -> str:
    """Six-angle brackets, no leading zero."""
    return f"{word}〔{year}〕{number}号"


def word_setting(series: Series) -> str:
    return f"document_word_{series.value.lower()}"


def number_key(number: str) -> str:
    """What two ways to write a number have in common: 吴政协〔2017〕3号 is 吴政协[2017]3号."""
    return "·".join(re.findall(r"[^\W_]+", number))
