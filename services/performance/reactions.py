"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from services.performance.commands.ports import Desk
from services.performance.domain.duties import LinkFact, Record, link, records
from services.performance.domain.facts import announcement, cancellations, earned
from services.performance.domain.ledger import Cancellation, Entry, Key
from services.performance.domain.manual import cancelling_keys, struck_entry
from services.performance.domain.members import MemberSnapshot
from services.performance.domain.rules import RuleBook
from shared.call import Call
from shared.messaging.events import Event

SERVICE = "performance"


class Ledger(Protocol):
    """Where entries and cancellations are kept; each write is idempotent by its id."""

    def post(self, call: Call, entry: Entry, event: tuple[str, dict[str, object]]) -> None: ...
    def cancel(self, cancellation: Cancellation) -> None: ...
    def cancellations(self, keys: Collection[Key]) -> Mapping[Key, Cancellation]: ...
    def earned(self, source_ref: str, occurrence_no: int) -> list[Entry]: ...
    def entry(self, entry_id: str) -> Entry | None: ...


class DutyStore(Protocol):
    """Where duties are kept; each write is idempotent by its id."""

    def record(self, records: Iterable[Record]) -> None: ...
    def undo(self, keys: Collection[Key]) -> None: ...
    def keep_link(self, link: LinkFact) -> None: ...
    def keep_year(
        self, organisation: str, year: int, version: int, *, planned: bool, summarised: bool
    ) -> None: ...


class Members(Protocol):
    def take_snapshot(self, snapshot: MemberSnapshot) -> None: ...


def take_in(event: Event, desk: Desk) -> None:
    """A fact: its points, then the duties beside them."""
    post_points(event, desk.ledger, desk.book)
    note_duties(event, desk.ledger, desk.duties)


def hear_of_member(event: Event, desk: Desk) -> None:
    note_member(event, desk.members)


def hear_of_year(event: Event, desk: Desk) -> None:
    """What a sector group or a town has written of its year."""
    desk.duties.keep_year(
        event.data["organisation"],
        event.data["year"],
        event.version,
        planned=event.data["planned"],
        summarised=event.data["summarised"],
    )


def hear_of_organisation(event: Event, desk: Desk) -> None:
    """A party's code, by which its people are known."""
    desk.directory.note(event)


def hear_of_setting(event: Event, desk: Desk) -> None:
    """A setting of another service that is read here, too."""
    desk.settings.hear(event)


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
    _undo_cancelled(call, ledger, book, [*entries, *_undone_by(undone, ledger)])


def _undone_by(undone: Iterable[Cancellation], ledger: Ledger) -> list[Entry]:
    """The entries that stand under the cancellations' keys: of an occurrence, or the one struck."""
    found: list[Entry] = []
    for cancellation in undone:
        entry_id = struck_entry(cancellation.source_ref)
        if entry_id is None:
            found += ledger.earned(cancellation.source_ref, cancellation.occurrence_no)
        elif entry := ledger.entry(entry_id):
            found.append(entry)
    return found


def _undo_cancelled(call: Call, ledger: Ledger, book: RuleBook, entries: Sequence[Entry]) -> None:
    """Post the reversal for each cancellation that an entry meets; the earliest stands."""
    met = [(key, entry) for entry in entries for key in cancelling_keys(entry)]
    cancelled = ledger.cancellations({key for key, _ in met})
    for key, entry in met:
        if key in cancelled:
            reversal = entry.undone_by(cancelled[key])
            ledger.post(call, reversal, announcement(reversal, book))


def note_duties(event: Event, ledger: Ledger, duties: DutyStore) -> None:
    """Keep what members did, beside its points: recorded first, then held against what is undone.

    Runs after `post_points`, which has noted the event's own cancellations.
    """
    told = records(event)
    duties.record(told)
    keys = {(record.source_ref, record.occurrence_no) for record in told}
    undone = {cancellation.key for cancellation in cancellations(event)}
    duties.undo(undone | set(ledger.cancellations(keys)))
    started_or_ended = link(event)
    if started_or_ended is not None:
        duties.keep_link(started_or_ended)


def note_member(event: Event, members: Members) -> None:
    """Keep the member's group codes; an older state never overwrites a newer one."""
    members.take_snapshot(MemberSnapshot.of(event))
