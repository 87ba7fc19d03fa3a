"""Spellings that mean the same to who searches: widths, case, traditional characters.

Both what is stored and what is asked for are folded, so it matters only that the two agree.
"""

from __future__ import annotations

import unicodedata

from shared.words.dictionary import simplified

_SIMPLIFIED = simplified()


def fold(text: str) -> str:
    """`text` in compatible forms (ＰＭ２．５ is pm2.5), small letters and simplified characters."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLIFIED)
