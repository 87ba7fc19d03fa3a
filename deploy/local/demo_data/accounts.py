"""The demo accounts: one for every role, and the people of the acceptance scenarios."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from deploy.local.demo_data.people import data

Json = dict[str, Any]
TERM = 15


@dataclass(frozen=True)
class DemoAccount:
    """`role`: the one to sign in with. A member's roles follow from the roster, so the account
    is made without any."""

    login: str
    label: str
    role: str
    member_no: str | None = None
    scope: dict[str, str] = field(default_factory=dict)

    def request(self, password: str) -> Json:
        """An entry of identity's load_demo_accounts."""
        entry: Json = {"login": self.login, "label": self.label, "password": password}
        if self.member_no:
            return {
                **entry,
                "person_id": f"p-{self.member_no}",
                "member_id": f"m-{self.member_no}",
                "roles": [],
            }
        return {**entry, "roles": [{"role": self.role, "scope": self.scope}]}


def password() -> str:
    return str(data("accounts")["password"])


def accounts() -> list[DemoAccount]:
    """All of them, members first."""
    source = data("accounts")
    names = {row["number"]: row["name"] for row in data("roster")["fixtures"]}
    members = [
        DemoAccount(
            login=f"{TERM}-{row['number']:04d}",
            label=names[row["number"]],
            role=row["role"],
            member_no=f"{TERM}-{row['number']:04d}",
        )
        for row in source["members"]
    ]
    return [*members, *(DemoAccount(**row) for row in source["staff"])]


def table() -> str:
    """Login, password, role and name of each account, in columns."""
    shared = password()
    rows = [(a.login, shared, a.role, a.label) for a in accounts()]
    return "\n".join(_columns([("login", "password", "role", "name"), *rows]))


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
