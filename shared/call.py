"""The context of one piece of work: who acts, on whose cause, by which command, until when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from shared.actor import Actor, Role
from shared.ids import new_id


@dataclass(frozen=True)
class CommandId:
    """A client's own number for one command (decision 7), and what it was sent with."""

    account_id: str
    id: str
    fingerprint: str  # hash of method and arguments: tells a repeat from a reuse

    @property
    def key(self) -> str:
        return f"{self.account_id}:{self.id}"


@dataclass
class Act:
    """What a caller asked for: the operation, and the record it is about with its type.

    noted: the audit has it.
    """

    name: str
    subject: str | None = None
    of: str | None = None
    noted: bool = False


@dataclass(frozen=True)
class Call:
    """Handed as the first argument to every use case."""

    actor: Actor
    correlation_id: str
    causation_id: str | None = None  # the id of the event that caused this
    command: CommandId | None = None
    deadline: float | None = None  # epoch seconds; no work is begun after it
    traceparent: str | None = None  # the caller's span (shared/tracing.py)
    act: Act | None = field(default=None, compare=False)  # none for what leaves no trace

    @classmethod
    def system(
        cls, service: str, correlation_id: str | None = None, causation_id: str | None = None
    ) -> Call:
        """The context of timers and event handlers: role SYSTEM, named after the service."""
        actor = Actor(account_id=f"service:{service}", role=Role.SYSTEM)
        return cls(actor, correlation_id or new_id(), causation_id)

    def without_command(self) -> Call:
        """For writes beside the command's own record, where its id stands alone, and for those that
        follow from a secret, whose fingerprint must not be stored."""
        return replace(self, command=None)
