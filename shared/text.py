"""Text from people is cleaned once, at the edge (decision 58).

What nobody sees must not make two of one: marks without ink or width, marks that turn the
direction, control characters. Python's own `strip` and `$` know less of this than people do.
"""

from __future__ import annotations

import re
import unicodedata

# Cc without line breaks and tab; Cf; what is no character; what takes room and shows nothing.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_FORMAT = (
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0"
_NONE = "\ufdd0-\ufdef\ud800-\udfff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_UNSEEN = re.compile(f"[{_CONTROL}{_FORMAT}{_BLANK}{_NONE}]")
# A variation selector says how the character before it looks; without one it is nothing.
_STRAY = re.compile("(?<!\\S)[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")

DOT = "\u00b7"
_DOTS = re.compile("[\u0387\u1427\u2022\u2027\u2219\u22c5\u2e31\u2e33\u30fb\uff65]")
# The wide forms of ASCII. Of Chinese punctuation only what stands in codes and numbers.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE_SIGNS = {code: _WIDE[code] for code in map(ord, "＋－．／＠＿＃＆％")}
_WIDE_WORDS = _WIDE_SIGNS | {c: n for c, n in _WIDE.items() if chr(n).isalnum()}


def clean(text: str, *, lines: bool = False) -> str:
    """Without what nobody sees, in NFC, without blanks at its ends.

    lines: breaks stay, as \\n, and tabs; otherwise they are a blank.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAK.sub("\n", text)))
    if not lines:
        seen = re.sub(r"[\t\n]+", " ", seen)
    return _STRAY.sub("", seen).strip()


def is_plain(text: str) -> bool:
    """Whether there is nothing to clean, seen at once: true of most ids and codes."""
    return text.isascii() and text.isprintable() and text == text.strip()


def narrow(text: str) -> str:
    """Codes, numbers, logins and phones: all that ASCII has, in its width."""
    return text.translate(_WIDE)


def narrow_words(text: str) -> str:
    """Numbers within a Chinese text: letters, digits and their signs in ASCII's width."""
    return text.translate(_WIDE_WORDS)


def name(text: str) -> str:
    """A cleaned name, with the one middle dot, whichever look-alike came."""
    return _DOTS.sub(DOT, clean(text))


def same_name(text: str) -> str:
    """What two spellings of a name have in common: no inner blanks, the one dot."""
    return _BLANKS.sub("", name(text)).casefold()
