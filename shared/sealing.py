"""Sealing of single fields at rest: AES-GCM, and a keyed digest to find an equal one again.

Of several keys the first seals and each opens, so that they change while people work. What is
sealed names its key; what was sealed before it did is tried with each.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.settings import Settings, SettingsError

KEY_BYTES = 32
NONCE_BYTES = 12
WANTED = f"{KEY_BYTES} random bytes in base64; two of them, with a comma, during a change"
MARK = "\x01"  # begins what is sealed: no text from people has it (decision 58)
Masters = Callable[[], Sequence[bytes]]


@dataclass(frozen=True)
class Key:
    """What one master key gives for one purpose."""

    id: str
    seal: AESGCM
    digest: bytes

    @classmethod
    def of(cls, master: bytes, purpose: str) -> Key:
        return cls(
            _derived(master, purpose, "name")[:4].hex(),
            AESGCM(_derived(master, purpose, "seal")),
            _derived(master, purpose, "digest"),
        )


class Cipher:
    """The owner's id is bound in: what is moved to another owner does not open.

    masters: the master keys as they are now, the one that seals first; purpose: keeps apart what
    one master key is used for.
    """

    def __init__(self, masters: Masters, purpose: str) -> None:
        self._masters = masters
        self._purpose = purpose
        self._known: tuple[Sequence[bytes], list[Key]] = ((), [])

    @property
    def mark(self) -> str:
        """How everything begins that is sealed with the key of today."""
        return f"{MARK}{self._keys()[0].id}:"

    def seal(self, text: str, owner: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        key = self._keys()[0]
        sealed = nonce + key.seal.encrypt(nonce, text.encode(), owner.encode())
        return f"{MARK}{key.id}:{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str | bytes, owner: str) -> str:
        """Raises cryptography's InvalidTag for another owner, an unknown key, or a changed text."""
        if isinstance(sealed, bytes):
            return self._try(self._keys(), sealed, owner)
        name, _, text = sealed.removeprefix(MARK).partition(":")
        keys = [key for key in self._keys() if key.id == name]
        return self._try(keys, base64.b64decode(text), owner)

    def digest(self, text: str) -> str:
        """Equal for equal texts; without the key nobody can try texts against it."""
        return self.digests(text)[0]

    def digests(self, text: str) -> list[str]:
        """By each key: under which the text may stand, the key of today first."""
        return [hmac.new(key.digest, text.encode(), sha256).hexdigest() for key in self._keys()]

    def _try(self, keys: Sequence[Key], sealed: bytes, owner: str) -> str:
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        for key in keys:
            try:
                return key.seal.decrypt(nonce, text, owner.encode()).decode()
            except InvalidTag:
                continue
        raise InvalidTag

    def _keys(self) -> list[Key]:
        masters = self._masters()
        if self._known[0] is not masters:
            self._known = (masters, [Key.of(master, self._purpose) for master in masters])
        return self._known[1]


def variable(service: str) -> str:
    """The environment variable of a service's data key."""
    return f"{service.upper()}_DATA_KEY"


class KeyFile:
    """A service's own keys in the keys folder, read again when the file is another."""

    def __init__(self, folder: Path, service: str) -> None:
        self.path = folder / f"{service}.data.key"
        self._variable = variable(service)
        self._seen: tuple[int, int] | None = None
        self._masters: tuple[bytes, ...] = ()

    def __call__(self) -> tuple[bytes, ...]:
        status = self.path.stat()
        seen = (status.st_ino, status.st_mtime_ns)
        if seen != self._seen:
            self._masters = parsed(self.path.read_text(), self._variable)
            self._seen = seen
        return self._masters

    def write(self, *masters: bytes) -> None:
        """Put these in the place of the former ones, at once."""
        text = ",".join(base64.b64encode(master).decode() for master in masters)
        self._fresh(text).replace(self.path)

    def make(self) -> None:
        """The first key. Linked into place whole: of several processes one makes it."""
        fresh = self._fresh(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
        try:
            os.link(fresh, self.path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()

    def _fresh(self, text: str) -> Path:
        fresh = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        return fresh


def masters(environ: Mapping[str, str], process: Settings, service: str) -> Masters:
    """The keys of SERVICE_DATA_KEY, else of the keys folder, where one is made on first use.

    Raises SettingsError for a key that is not 32 bytes, and in production when none is given.
    """
    name = variable(service)
    given = environ.get(name)
    if given is not None:
        found = parsed(given, name)
        return lambda: found
    if process.production:
        raise SettingsError(name, "", WANTED)
    file = KeyFile(process.keys_dir, service)
    if not file.path.exists():
        file.make()
    return file


def parsed(text: str, name: str) -> tuple[bytes, ...]:
    """The master keys of "BASE64" or "BASE64,BASE64"; raises SettingsError."""
    try:
        found = tuple(base64.b64decode(key, validate=True) for key in text.strip().split(","))
    except binascii.Error:
        found = ()
    if not found or any(len(master) != KEY_BYTES for master in found):
        raise SettingsError(name, "…", WANTED)  # never the key itself
    return found


def _derived(master: bytes, purpose: str, part: str) -> bytes:
    info = f"{purpose}/{part}".encode()
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(master)
