"""Sealing of identity numbers: AES-GCM, and a keyed digest to find the same number again."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.settings import Settings, SettingsError

VARIABLE = "MEMBERS_DATA_KEY"
FILE = "members.data.key"
KEY_BYTES = 32
NONCE_BYTES = 12
WANTED = f"{KEY_BYTES} random bytes in base64"


class IdNumberCipher:
    """The owner's id is bound in: a sealed number moved to another person does not open."""

    def __init__(self, master: bytes) -> None:
        self._seal = AESGCM(_derived(master, b"seal"))
        self._digest_key = _derived(master, b"digest")

    def seal(self, text: str, owner: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, text.encode(), owner.encode())

    def open(self, sealed: bytes, owner: str) -> str:
        """Raises cryptography's InvalidTag for another owner, another key, or a changed text."""
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return self._seal.decrypt(nonce, text, owner.encode()).decode()

    def digest(self, text: str) -> str:
        """Equal for equal numbers; without the key nobody can try numbers against it."""
        return hmac.new(self._digest_key, text.encode(), sha256).hexdigest()


def load(environ: Mapping[str, str], process: Settings) -> IdNumberCipher:
    """With the key of MEMBERS_DATA_KEY, else of the keys folder, where it is made on first use.

    Raises SettingsError for a key that is not 32 bytes, and in production when none is given.
    """
    given = environ.get(VARIABLE)
    if given is None:
        if process.production:
            raise SettingsError(VARIABLE, "", WANTED)
        given = _of_folder(process.keys_dir)
    try:
        master = base64.b64decode(given, validate=True)
    except binascii.Error:
        master = b""
    if len(master) != KEY_BYTES:
        raise SettingsError(VARIABLE, "…", WANTED)  # never the key itself
    return IdNumberCipher(master)


def _of_folder(folder: Path) -> str:
    """The folder's key. Linked into place whole: of several processes one makes it, all read it."""
    key = folder / FILE
    if not key.exists():
        fresh = folder / f"{FILE}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)))
        try:
            os.link(fresh, key)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return key.read_text().strip()


def _derived(master: bytes, purpose: bytes) -> bytes:
    info = b"members/id-number/" + purpose
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(master)
