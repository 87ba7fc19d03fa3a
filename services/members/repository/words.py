"""Chinese search: words (shared.words) in an indexed array (never a pattern over raw text)."""

from __future__ import annotations

from collections.abc import Iterable

from shared.text import same_name
from shared.words.cutting import cut
from shared.words.folding import fold


def name_parts(name: str) -> list[str]:
    """Every run of characters of a name: 陆晓芸 is found by 陆, 晓, 芸, 陆晓, 晓芸, 陆晓芸."""
    plain = fold(same_name(name))
    ends = range(1, len(plain) + 1)
    return sorted({plain[start:end] for end in ends for start in range(end)})


def text_words(texts: Iterable[str | None]) -> list[str]:
    """The words of some texts, compounds and their parts: 水利局 gives 水利 too."""
    return sorted({word for text in texts if text for word in _cut(text)})


def query_words(text: str) -> list[str]:
    """What a row must hold, each, to be found by `text`."""
    return sorted({word for chunk in text.split() for word in _cut(chunk)}) or [fold(text)]


def _cut(text: str) -> list[str]:
    return [word for word in cut(fold(text)) if any(map(str.isalnum, word))]
