"""What a channel outside answers with."""

from __future__ import annotations

from dataclasses import dataclass


class Outside(Exception):
    """A channel did not take it; says why, for people."""


@dataclass(frozen=True)
class Status:
    """Of a job: url once it is out; None while it goes on."""

    url: str | None
