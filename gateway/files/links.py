"""Signed links: a download without the Authorization header, for `<img>` and for phones.

A link is good for LINK_SECONDS, for one file and one account. Permission is checked when it is
made, not when it is used: the few minutes are what a shared link can leak.
"""

from __future__ import annotations

import time
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from gateway.files.errors import LinkExpired
from shared.actor import ALGORITHM
from shared.errors import Unavailable

LINK_SECONDS = 300
AUDIENCE = "files"  # no other token of ours has one, so that none passes for another
PREFIX = "/files/"


class Links:
    """Makes and checks links with the gateway's own key (Ed25519)."""

    def __init__(self, keys_dir: Path) -> None:
        self._file = keys_dir / "gateway.pem"

    @cached_property
    def _key(self) -> Any:
        try:
            return load_pem_private_key(self._file.read_bytes(), password=None)
        except OSError as error:
            raise Unavailable from error

    def make(self, file_id: str, account_id: str) -> str:
        """The path of a download, from the server's root; `file_id` is the global id."""
        claims = {
            "aud": AUDIENCE,
            "file": file_id,
            "sub": account_id,
            "exp": int(time.time()) + LINK_SECONDS,
        }
        return f"{PREFIX}{file_id}?link={jwt.encode(claims, self._key, algorithm=ALGORITHM)}"

    def check(self, link: str, file_id: str) -> str:
        """The account that the link was made for; raises LinkExpired."""
        try:
            claims: dict[str, Any] = jwt.decode(
                link,
                self._key.public_key(),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["exp", "sub", "file"]},
            )
        except jwt.PyJWTError:
            raise LinkExpired from None
        if claims["file"] != file_id:
            raise LinkExpired
        return str(claims["sub"])
