"""The font of every PDF, embedded: LXGW WenKai (SIL OFL), which Debian keeps.

It has the characters of the national standard of names and places, those beyond the BMP too. What
it lacks is refused by name: an empty box in somebody's name is worse than no certificate.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from gateway.exports.errors import ExportGlyphMissing

NAME = "LXGWWenKai"
FILE = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
VARIABLE = "FONT_FILE"  # another TrueType font, or another place


def embedded() -> TTFont:
    """The font, to be named NAME; only the glyphs that are drawn go into a document."""
    font = TTFont(NAME, os.environ.get(VARIABLE) or FILE)
    pdfmetrics.registerFont(font)
    return font


def require_glyphs(font: TTFont, texts: Iterable[str]) -> None:
    """Raises ExportGlyphMissing."""
    known = font.face.charToGlyph
    missing = {c for text in texts for c in text if ord(c) not in known and not c.isspace()}
    if missing:
        listed = "、".join(sorted(missing))
        raise ExportGlyphMissing(f"字库中没有这些字，无法生成文件：{listed}")
