"""File names: made harmless when they come in, written so that every client reads them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 120  # characters, the extension included
NAMELESS = "未命名"
# Of header parameters (RFC 5987, attr-char); a name is never trusted to be one by itself.
_SAFE_IN_HEADER = "!#$&+-.^_`|~"
_SEPARATORS = re.compile(r"[/\\]")
_REFUSED = re.compile(r'[<>:"|?*]')  # by some file system that a download may land on


def clean_name(given: str, extensions: tuple[str, ...]) -> str:
    """The name to keep: no path, no control or direction characters, an extension of its kind.

    extensions: those of the file's kind, without dot, the usual one first; a name that ends in
    another gets it appended.
    """
    base = _SEPARATORS.split(given)[-1]
    shown = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    name = _REFUSED.sub("_", unicodedata.normalize("NFC", shown)).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or extension.lower() not in extensions:
        stem, extension = name, extensions[0]
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or NAMELESS}.{extension}"


def attachment(name: str) -> bytes:
    """The Content-Disposition of a download (RFC 6266), Chinese names included."""
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{_encoded(name)}".encode("ascii")


def _encoded(name: str) -> str:
    return quote(name, safe=_SAFE_IN_HEADER)
