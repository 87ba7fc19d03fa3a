"""Signing keys: `python -m shared.keys --dir DIR ISSUER…` makes what is missing.

DIR holds `<issuer>.pem` (private, newest), `<issuer>.kid` and `jwks.json` with the public keys of
all issuers; `jwks.archive.json` never loses one. `--rotate ISSUER` makes a new key and keeps the
former public one valid beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import OKPAlgorithm

from shared.actor import ARCHIVE

VALID_AT_ONCE = 2


def ensure(directory: Path, issuers: list[str], rotate: str | None = None) -> None:
    """Make the missing keys of `issuers`, and a new one for `rotate`; rewrite jwks.json."""
    directory.mkdir(parents=True, exist_ok=True)
    jwks_file = directory / "jwks.json"
    keys: list[dict[str, Any]] = (
        json.loads(jwks_file.read_text())["keys"] if jwks_file.exists() else []
    )
    for issuer in dict.fromkeys([*issuers, *([rotate] if rotate else [])]):
        if (directory / f"{issuer}.pem").exists() and issuer != rotate:
            continue
        keys.insert(0, _make(directory, issuer))
    kept = [
        key
        for issuer in dict.fromkeys(key["iss"] for key in keys)
        for key in [k for k in keys if k["iss"] == issuer][:VALID_AT_ONCE]
    ]
    _keep_for_ever(directory / ARCHIVE, keys)
    _replace(jwks_file, json.dumps({"keys": kept}, indent=1).encode(), 0o644)


def _keep_for_ever(archive: Path, keys: list[dict[str, Any]]) -> None:
    """Public keys that no longer prove a token still prove what was signed to last for years."""
    known = json.loads(archive.read_text())["keys"] if archive.exists() else []
    kids = {key["kid"] for key in known}
    new = [key for key in keys if key["kid"] not in kids]
    if new or not archive.exists():
        _replace(archive, json.dumps({"keys": [*new, *known]}, indent=1).encode(), 0o644)


def _make(directory: Path, issuer: str) -> dict[str, Any]:
    private = Ed25519PrivateKey.generate()
    kid = f"{issuer}-{secrets.token_hex(4)}"
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _replace(directory / f"{issuer}.pem", pem, 0o600)
    _replace(directory / f"{issuer}.kid", kid.encode(), 0o644)
    public: dict[str, Any] = json.loads(OKPAlgorithm.to_jwk(private.public_key()))
    return {**public, "kid": kid, "iss": issuer, "alg": "EdDSA", "use": "sig"}


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Write beside, then rename: a reader never sees half a file."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    fresh.rename(path)


def main() -> None:
    parser = argparse.ArgumentParser(description="make signing keys")
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--rotate", metavar="ISSUER")
    parser.add_argument("issuers", nargs="*")
    options = parser.parse_args()
    ensure(options.dir, options.issuers, options.rotate)


if __name__ == "__main__":
    main()
