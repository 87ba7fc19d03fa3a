"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from typing import Protocol

from services.performance.domain.facts import announcement, cancellations, earned
from services.performance.domain.ledger import Cancellation, Entry
from services.performance.domain.members import MemberSnapshot
from services.performance.domain.rules import RuleBook
from shared.call import Call
from shared.messaging.events import Event

SERVICE = "performance"


class Ledger(Protocol):
    """Where entries and cancellations are kept; each write is idempotent by its id."""

    def post(self, call: Call, entry: Entry, event: tuple[str, dict[str, object]]) -> None: ...
    def cancel(self, cancellation: Cancellation) -> None: ...
    def cancellation_of(self, source_ref: str, occurrence_no: int) -> Cancellation | None: ...
    def earned(self, source_ref: str, occurrence_no: int) -> list[Entry]: ...


class Members(Protocol):
    def take_snapshot(self, snapshot: MemberSnapshot) -> None: ...


def post_points(event: Event, ledger: Ledger, book: RuleBook) -> None:
    """Post what the fact earns, note what it undoes, then bring the two together.

    Both are written before either is read, so that of an original and its reversal, in whatever
    order or at the same moment, the later one always finds the other.
    """
    call = event.call(SERVICE)
    entries = earned(event, book)
    undone = cancellations(event)
    for entry in entries:
        ledger.post(call, entry, announcement(entry, book))
    for cancellation in undone:
        ledger.cancel(cancellation)
    occurrences = {(e.source_ref, e.occurrence_no) for e in entries}
    occurrences |= {(c.source_ref, c.occurrence_no) for c in undone}
    for source_ref, occurrence_no in occurrences:
        _undo_cancelled(call, ledger, book, source_ref, occurrence_no)


def _undo_cancelled(
    call: Call, ledger: Ledger, book: RuleBook, source_ref: str, occurrence_no: int
) -> None:
    cancellation = ledger.cancellation_of(source_ref, occurrence_no)
    if cancellation is None:
        return
    for entry in ledger.earned(source_ref, occurrence_no):
        reversal = entry.undone_by(cancellation)
        ledger.post(call, reversal, announcement(reversal, book))


def note_member(event: Event, members: Members) -> None:
    """Keep the member's group codes; an older state never overwrites a newer one."""
    members.take_snapshot(MemberSnapshot.of(event))
