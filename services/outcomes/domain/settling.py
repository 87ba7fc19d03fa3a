"""Bringing a file and its item to where their source says that they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.outcomes.domain import days, files, items
from services.outcomes.domain.files import OutcomeFile
from services.outcomes.domain.following import Handed, Matter, Wanted
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import (
    Adoption,
    Disclosure,
    End,
    EntryKind,
    FileState,
    ItemState,
    PromiseState,
    Source,
)
from shared.contracts import names

S = ItemState


@dataclass(frozen=True)
class Clocks:
    """Due dates from now, by the settings: of an answer, of carrying out, of a decision."""

    feedback: datetime
    implementation: datetime
    decision: datetime
    verification: datetime


def opened(matter: Matter, at: datetime) -> OutcomeFile:
    """A file as its first facts tell it."""
    return OutcomeFile(
        id=files.file_id(matter.source, matter.ref),
        term=matter.term,
        year=days.year_of(matter.since),
        source=matter.source,
        ref=matter.ref,
        title=matter.title,
        text=matter.text,
        organiser=matter.organiser,
        organisations=_organisations(matter),
        topic_codes=matter.topic_codes,
        authors=matter.authors,
        opened_at=at,
        node=matter.node,
    )


def begun(file: OutcomeFile, matter: Matter, wanted: Wanted, side: str | None) -> Item:
    """The item that a file has from its facts."""
    return Item(
        id=files.item_id(file.id, 1),
        outcome_id=file.id,
        term=file.term,
        year=file.year,
        source=file.source,
        title=matter.title,
        organiser=file.organiser,
        organisations=file.organisations,
        topic_codes=file.topic_codes,
        authors=matter.authors,
        text=wanted.text,
        sent_at=file.opened_at,
        unit=wanted.unit,
        side=side,
        state=S.IMPLEMENTING if matter.source is Source.COMMITMENT else S.SENT,
    )


def handed_over(file: OutcomeFile, matter: Matter, one: Handed, side: str | None) -> Item:
    """The item of an opinion that was handed over; its id follows from the fact, so that it is
    made once, whatever staff have written down beside it."""
    return Item(
        id=handed_id(file.id, one),
        outcome_id=file.id,
        term=file.term,
        year=file.year,
        source=file.source,
        title=matter.title,
        organiser=file.organiser,
        organisations=file.organisations,
        topic_codes=file.topic_codes,
        authors=one.authors or matter.authors,
        text=one.text,
        sent_at=file.opened_at,
        kind=one.kind,
        unit=one.unit,
        side=side,
    )


def handed_id(outcome_id: str, one: Handed) -> str:
    return f"{outcome_id}.h{one.no}"


def settle(
    file: OutcomeFile,
    item: Item | None,
    matter: Matter,
    side: str | None,
    clocks: Clocks,
    at: datetime,
) -> None:
    """Makes file and item say what the matter says; doing it again changes nothing."""
    file.title, file.openness = matter.title, _openness(file, matter)
    file.authors, file.instructions = matter.authors, _instructions(file, matter)
    file.topic_codes, file.organisations = matter.topic_codes, _organisations(matter)
    before = item.open if item else False
    if item is not None and matter.item is not None:
        item.title, item.authors, item.openness = matter.title, matter.authors, file.openness
        item.topic_codes, item.organisations = file.topic_codes, file.organisations
        if not matter.void and item.end is End.SOURCE_REVOKED:
            item.state, item.followed = S.SENT, None
            items.begin_again(item, "来源恢复", clocks.feedback, at, None)
        if item.open or not matter.void:
            _follow(item, matter.item, side, clocks, at)
        if matter.void and item.open and not item.handled:
            items.finish(item, End.SOURCE_REVOKED, at, None)
        files.cover(file, item)
        files.count(file, before, item.open)
    if matter.void and not file.open_items:
        file.state = FileState.VOID
    elif not matter.void and file.state is FileState.VOID:
        file.state = FileState.OPEN if file.open_items or not file.items else FileState.CLOSED


def _organisations(matter: Matter) -> tuple[str, ...]:
    return tuple(dict.fromkeys([matter.organiser, *matter.organisations]))


def _openness(file: OutcomeFile, matter: Matter) -> Disclosure:
    return matter.openness if file.source is Source.COMMITMENT else file.openness


def _instructions(file: OutcomeFile, matter: Matter) -> list[files.Instruction]:
    return list(matter.instructions) if file.source is Source.SCPO else file.instructions


def _follow(item: Item, wanted: Wanted, side: str | None, clocks: Clocks, at: datetime) -> None:
    by_hand = item.source is not Source.COMMITMENT and item.handled
    closed = item.state is S.CLOSED and item.end is End.VERIFIED
    told = _signature(wanted)
    if by_hand or closed or told == item.followed:
        return
    item.followed, item.text = told, wanted.text
    item.unit, item.side = wanted.unit, side
    item.promise, item.ground = wanted.promise, wanted.ground
    if wanted.promise is not None and wanted.promised_on is not None:
        item.promised_on = days.end_of(wanted.promised_on)
        item.promise_year = wanted.promised_on.year
    MOVES[wanted.state](item, wanted, clocks, at)


def _signature(wanted: Wanted) -> str:
    said = (wanted.state, wanted.unit, wanted.due_at, wanted.promise, wanted.ground)
    more = (wanted.adoption, wanted.result, wanted.reason, wanted.text)
    return "|".join("" if value is None else str(value) for value in (*said, *more))


def _sent(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    item.state = S.SENT


def _instructed(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    items.instruct(item, "", at)
    item.state = S.INSTRUCTED


def _referred(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    item.state = S.REFERRED
    items.set_due(item, wanted.due_at or clocks.feedback)
    items.note(item, EntryKind.REFERRED, at)
    item.tell(names.OUTCOME_ITEM_REFERRED, due_at=item.due_at)


def _answered(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    adoption = wanted.adoption or Adoption.ADOPTED
    refused = adoption is Adoption.NOT_ADOPTED
    due = clocks.decision if refused else clocks.implementation
    items.take_answer(item, adoption, wanted.result or "", wanted.reason, due, at, None)


def _under_way(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    item.state = S.IMPLEMENTING
    items.set_due(item, wanted.due_at)
    _note_promise(item, wanted, at)
    if wanted.promise is PromiseState.MISSED and not item.overdue:
        items.pass_due(item, at)


def _claimed(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    item.state = S.IMPLEMENTED
    items.set_due(item, None)  # the committee has a to-do for it in the proposals service
    _note_promise(item, wanted, at)


def _kept(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    if item.state is not S.VERIFIED:
        label = wanted.promise.label if wanted.promise else ""
        items.confirm(item, at, label)


def _over(item: Item, wanted: Wanted, clocks: Clocks, at: datetime) -> None:
    """Renewed: another promise takes its place. Released: given up with a reason that the director
    of the proposal committee has accepted (decision 26)."""
    if item.state is S.CLOSED:
        return
    if wanted.promise is PromiseState.RELEASED:
        item.adoption, item.reason = Adoption.NOT_ADOPTED, wanted.reason
    renewed = wanted.promise is PromiseState.RENEWED
    items.finish(item, End.CONTINUED if renewed else End.REASON_ACCEPTED, at, None)


def _note_promise(item: Item, wanted: Wanted, at: datetime) -> None:
    if wanted.promise not in (None, PromiseState.OPEN):
        items.note(item, EntryKind.FOLLOWED, at, wanted.promise.label)


MOVES = {
    S.SENT: _sent,
    S.INSTRUCTED: _instructed,
    S.REFERRED: _referred,
    S.ADOPTED: _answered,
    S.PARTLY_ADOPTED: _answered,
    S.NOT_ADOPTED: _answered,
    S.IMPLEMENTING: _under_way,
    S.IMPLEMENTED: _claimed,
    S.VERIFIED: _kept,
    S.CLOSED: _over,
}
