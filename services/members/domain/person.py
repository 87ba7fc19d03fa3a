"""A person, known for life; memberships come and go (decision 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Known to every member; the rest is private (section 3).
PUBLIC_FACTS = ("name", "gender", "ethnic_group")
PRIVATE_FACTS = ("birth_date", "phone", "wechat_openid", "religion")
FACTS = (*PUBLIC_FACTS, *PRIVATE_FACTS)


@dataclass
class Person:
    """birth_date: ISO 8601 day. The identity number is kept sealed, and as a keyed digest by
    which the same person is found again; neither ever leaves the service."""

    id: str
    name: str
    gender: str
    ethnic_group: str | None = None
    birth_date: str | None = None
    phone: str | None = None
    wechat_openid: str | None = None
    religion: str | None = None
    id_number_sealed: str | bytes | None = None  # bytes: by the version before
    id_number_digest: str | None = None
    version: int = 0

    def differs(self, changes: Mapping[str, Any]) -> bool:
        """Whether `changes` would alter a fact of the person."""
        return any(name in changes and changes[name] != getattr(self, name) for name in FACTS)

    def change(self, changes: Mapping[str, Any]) -> None:
        """Take the facts among `changes`."""
        for name in FACTS:
            if name in changes:
                setattr(self, name, changes[name])

    def note_id_number(self, sealed: str, digest: str) -> None:
        self.id_number_sealed, self.id_number_digest = sealed, digest
