"""Certificates hold their font, and every character that a name may have."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from gateway.exports import build
from gateway.exports.certificate import certificates_pdf
from gateway.exports.errors import ExportGlyphMissing
from gateway.exports.font import embedded

# Of the standard of characters for names; the last are beyond the BMP.
RARE = "镕喆堃犇㛃㙦䶮𬭚𬬭𫚕𬺈𪟝𬇙𫖯𬍛𬱖𬶮𬳵𬀩"
CLASS = {
    "held_at": "2017-04-20T09:00:00+08:00",
    "title": "新任委员履职培训",
    "batch": 1,
    "hours": 8.0,
    "issued_at": "2017-04-21T17:00:00+08:00",
    "number": "结业2017-001",
    "code": "K7QX-2MWP",
}


def pdf(*names: str) -> bytes:
    target = io.BytesIO()
    certificates_pdf([{**CLASS, "name": name} for name in names], target, lambda: None)
    return target.getvalue()


def test_the_font_is_embedded_and_only_what_is_drawn_of_it() -> None:
    made = pdf("王𬭚")
    assert b"/FontFile2" in made
    assert b"STSong" not in made
    assert len(made) < 200_000
    assert made.count(b"/Type /Page\n") == 1


def test_every_character_has_its_glyph() -> None:
    font = embedded()
    assert [c for c in RARE if ord(c) not in font.face.charToGlyph] == []
    assert all(font.face.charToGlyph[ord(c)] for c in RARE)  # 0 is the empty box
    pdf(f"王{RARE}")


def test_a_character_that_no_font_has_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ExportGlyphMissing) as refused:
        pdf("王芳", "王\U0002b9ff")
    assert "\U0002b9ff" in refused.value.message
    row = {**CLASS, "name": "\U0002b9ff"}
    head: dict[str, Any] = {"kind": "CERTIFICATE_PDF"}
    (tmp_path / build.HEAD).write_bytes(orjson.dumps(head))
    (tmp_path / build.ROWS).write_bytes(orjson.dumps(row))
    build.main(tmp_path)
    code, message = orjson.loads((tmp_path / build.REFUSED).read_bytes())
    assert code == "EXPORT_GLYPH_MISSING"
    assert "\U0002b9ff" in message
