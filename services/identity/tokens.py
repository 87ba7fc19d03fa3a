"""Access tokens and public keys, from the keys folder."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shared.actor import ACCESS_TOKEN_SECONDS, PEOPLE_ISSUER, Actor, TokenSigner
from shared.clock import Now


class TokenMint:
    """Signs with the newest key: a key made by `shared.keys --rotate` is taken up at once."""

    def __init__(self, keys_dir: Path, clock: Now) -> None:
        self._dir = keys_dir
        self._clock = clock
        self._signer = TokenSigner.load(keys_dir, PEOPLE_ISSUER)

    def mint(self, actor: Actor) -> tuple[str, datetime]:
        """(token, its end in real time)."""
        ends = self._clock.real() + timedelta(seconds=ACCESS_TOKEN_SECONDS)
        return self._newest().sign(actor.claims(), ACCESS_TOKEN_SECONDS), ends

    def public_keys(self) -> dict[str, Any]:
        """The JSON Web Key Set of all issuers."""
        keys: dict[str, Any] = json.loads((self._dir / "jwks.json").read_text())
        return keys

    def _newest(self) -> TokenSigner:
        if (self._dir / f"{PEOPLE_ISSUER}.kid").read_text().strip() != self._signer.kid:
            self._signer = TokenSigner.load(self._dir, PEOPLE_ISSUER)
        return self._signer
