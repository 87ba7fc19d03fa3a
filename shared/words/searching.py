"""What a text is found by: its words in an indexed list, never a pattern over raw text."""

from __future__ import annotations

import re

from shared.words.cutting import cut
from shared.words.folding import fold

MIN_WORD = 2  # single characters say nothing about likeness
RARE = re.compile(r"[a-z0-9]|[^\W㐀-䶿一-鿿]")  # but few texts have such a one


def words(*texts: str) -> list[str]:
    """The different words of the texts, for search and likeness."""
    found = {word for text in texts for word in cut(fold(text))}
    return sorted(word for word in found if len(word) >= MIN_WORD or RARE.fullmatch(word))


def title_words(title: str) -> list[str]:
    """The words of a title, and each of its characters: 桥 finds the title with 大桥 in it."""
    return sorted({*words(title), *filter(str.isalnum, fold(title))})


def query_words(text: str) -> list[str]:
    """What a record must hold, each; single common characters only where there is no word."""
    return words(text) or title_words(text) or [fold(text)]
