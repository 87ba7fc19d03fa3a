"""An opinion item: from its sending to its end, with every entry of its tracking (2.5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.outcomes.domain import days, errors
from services.outcomes.domain.kinds import (
    FOLLOWED,
    TRACKED,
    Adoption,
    Disclosure,
    End,
    EntryKind,
    ItemState,
    Kind,
    PromiseState,
    Source,
)
from shared.aggregate import Aggregate
from shared.contracts import names

S = ItemState
# Where referring, answering and reporting lead. What is judged, verified, closed and reopened says
# its own states: nobody but who keeps the file leads out of them.
TRANSITIONS: dict[ItemState, frozenset[ItemState]] = {
    S.SENT: frozenset({S.REFERRED, S.ADOPTED, S.PARTLY_ADOPTED, S.NOT_ADOPTED}),
    S.INSTRUCTED: frozenset({S.REFERRED, S.ADOPTED, S.PARTLY_ADOPTED, S.NOT_ADOPTED}),
    S.REFERRED: frozenset({S.REFERRED, S.ADOPTED, S.PARTLY_ADOPTED, S.NOT_ADOPTED}),
    S.ADOPTED: frozenset({S.IMPLEMENTING, S.IMPLEMENTED}),
    S.PARTLY_ADOPTED: frozenset({S.IMPLEMENTING, S.IMPLEMENTED}),
    S.NOT_ADOPTED: frozenset(),
    S.IMPLEMENTING: frozenset({S.IMPLEMENTING, S.IMPLEMENTED}),
    S.IMPLEMENTED: frozenset({S.IMPLEMENTING, S.IMPLEMENTED}),
    S.VERIFIED: frozenset(),
    S.CLOSED: frozenset(),
}
# A clock runs, for who has to answer, to carry out or to verify.
ON_CLOCK = frozenset(TRANSITIONS) - {S.VERIFIED, S.CLOSED}


@dataclass
class Entry:
    """One line of an item's history; nothing of it is ever changed or removed.

    year: whose tracking it belongs to; by: account, none for the system; percent: done, as the
    unit says.
    """

    no: int
    year: int
    at: datetime
    kind: EntryKind
    text: str = ""
    by: str | None = None
    percent: int | None = None
    files: tuple[str, ...] = ()


@dataclass
class Item(Aggregate):
    """title, source, organiser, organisations, topic_codes, authors: those of its file.

    carry_year: the next 31 December that it is carried over on; track_at: when a year without an
    entry becomes an alarm; inspect_in: the year whose inspections look at it; followed: what the
    owner of its source told last; handled: somebody has acted on it here, so that its source moves
    it no more; promised_on: the end of the day that a promise names; reporters: accounts that told
    of progress; verifications numbers them.
    """

    id: str
    outcome_id: str
    term: int
    year: int
    source: Source
    title: str
    organiser: str
    organisations: tuple[str, ...]
    topic_codes: tuple[str, ...]
    authors: tuple[str, ...]
    text: str
    sent_at: datetime
    kind: Kind | None = None
    major: bool = False
    state: ItemState = S.SENT
    unit: str | None = None
    side: str | None = None
    due_at: datetime | None = None
    overdue: bool = False
    reminded: bool = False
    result: str | None = None
    reason: str | None = None
    adoption: Adoption | None = None
    entries: list[Entry] = field(default_factory=list)
    carried: tuple[int, ...] = ()
    carry_year: int | None = None
    track_at: datetime | None = None
    inspect_in: int | None = None
    open: bool = True
    end: End | None = None
    closed_at: datetime | None = None
    verified_at: datetime | None = None
    verifications: int = 0
    openness: Disclosure = Disclosure.NOT
    promise: PromiseState | None = None
    promised_on: datetime | None = None
    promise_year: int | None = None
    ground: str | None = None
    followed: str | None = None
    handled: bool = False
    reporters: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    files_told: tuple[str, ...] = ()

    def header(self) -> dict[str, Any]:
        return {
            "outcome_id": self.outcome_id,
            "item_id": self.id,
            "title": self.title,
            "source": self.source.value,
            "organiser": self.organiser,
            "unit": self.unit,
            "side": self.side,
            "authors": list(self.authors),
            "occurrence_no": self.verifications,
        }

    def tell_files(self) -> None:
        """Which files came or went, for the gateway (decision 20); before each write."""
        held, told = set(self.files), set(self.files_told)
        if held != told:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            self.events.append((names.OUTCOME_FILES_CHANGED, {"record_id": self.id, **changes}))
            self.files_told = tuple(sorted(held))


def note(item: Item, kind: EntryKind, at: datetime, text: str = "", **more: Any) -> Entry:
    year = more.pop("year", days.year_of(at))
    entry = Entry(len(item.entries) + 1, year, at, kind, text, **more)
    item.entries.append(entry)
    item.files = tuple(dict.fromkeys([*item.files, *entry.files]))
    return entry


def send(item: Item, due_at: datetime | None, at: datetime, by: str | None = None) -> None:
    """报送。The beginning of an item; a promise begins as what is being carried out."""
    item.due_at = due_at
    start_years(item, at)
    note(item, EntryKind.SENT, at, item.text, by=by)
    item.tell(names.OUTCOME_ITEM_SENT, state=item.state.value, due_at=item.due_at)


def instruct(item: Item, text: str, at: datetime, by: str | None = None) -> None:
    """A leader's instruction reaches what was not answered yet."""
    note(item, EntryKind.INSTRUCTED, at, text, by=by)
    if item.state is S.SENT:
        item.state = S.INSTRUCTED


def revoke_instruction(item: Item, others: bool, reason: str, at: datetime, by: str) -> None:
    """others: instructions that stand all the same."""
    note(item, EntryKind.INSTRUCTION_REVOKED, at, reason, by=by)
    if item.state is S.INSTRUCTED and not others:
        item.state = S.SENT


def refer(item: Item, unit: str, side: str | None, due_at: datetime, at: datetime, by: str) -> None:
    """转办。To the unit that is to answer. Raises WrongState, DueDateUnfit, StatedElsewhere."""
    _require_own(item)
    _require_later(due_at, at)
    _move(item, S.REFERRED)
    item.unit, item.side = unit, side
    _set_due(item, due_at)
    note(item, EntryKind.REFERRED, at, by=by)
    item.tell(names.OUTCOME_ITEM_REFERRED, due_at=item.due_at)


def answer(
    item: Item,
    adoption: Adoption,
    result: str,
    reason: str | None,
    due_at: datetime,
    at: datetime,
    by: str,
) -> None:
    """采纳答复。due_at: until when it is carried out, or its reason is judged.

    Raises WrongState, ReasonMissing, DueDateUnfit, StatedElsewhere.
    """
    _require_own(item)
    if adoption is Adoption.NOT_ADOPTED and not (reason or "").strip():
        raise errors.ReasonMissing(field="reason")
    _require_later(due_at, at)
    _move(item, S(adoption.value))
    take_answer(item, adoption, result, reason, due_at, at, by)


def take_answer(
    item: Item,
    adoption: Adoption,
    result: str,
    reason: str | None,
    due_at: datetime,
    at: datetime,
    by: str | None,
) -> None:
    item.state, item.adoption = S(adoption.value), adoption
    item.result, item.reason = result, reason
    _set_due(item, due_at)
    note(item, EntryKind.ANSWERED, at, result, by=by)
    said = {"result": result, "due_at": item.due_at}
    if adoption is Adoption.NOT_ADOPTED:
        item.tell(names.OUTCOME_ITEM_NOT_ADOPTED, reason=reason or result, **said)
    else:
        item.tell(names.OUTCOME_ITEM_ADOPTED, adoption=adoption.value, **said)


def judge_reason(
    item: Item, accepted: bool, opinion: str, due_at: datetime, at: datetime, by: str
) -> None:
    """Whether the source accepts why it was not adopted; if not, it is answered anew by `due_at`.

    Raises WrongState.
    """
    _require(item, {S.NOT_ADOPTED})
    item.handled = True
    if accepted:
        note(item, EntryKind.REASON_ACCEPTED, at, opinion, by=by)
    else:
        item.state = S.REFERRED
        _set_due(item, due_at)
        note(item, EntryKind.REASON_REFUSED, at, opinion, by=by)
    told = {"accepted": accepted, "reason": opinion, "due_at": item.due_at}
    item.tell(names.OUTCOME_ITEM_REASON_DECIDED, **told)
    if accepted:
        finish(item, End.REASON_ACCEPTED, at, by)


def report(
    item: Item,
    text: str,
    percent: int | None,
    done: bool,
    files: Sequence[str],
    verify_by: datetime,
    at: datetime,
    by: str,
) -> None:
    """The unit tells of its progress, or that it is done: a claim until it is verified.

    Raises WrongState, StatedElsewhere.
    """
    _require_own(item)
    _move(item, S.IMPLEMENTED if done else S.IMPLEMENTING)
    item.handled = True
    item.reporters = tuple(dict.fromkeys([*item.reporters, by]))
    kind = EntryKind.IMPLEMENTED if done else EntryKind.PROGRESS
    note(item, kind, at, text, by=by, percent=100 if done else percent, files=tuple(files))
    if done:
        _set_due(item, verify_by)
        item.tell(names.OUTCOME_ITEM_IMPLEMENTED, due_at=item.due_at)
    else:
        item.tell(names.OUTCOME_ITEM_PROGRESSED, percent=percent)


def track(item: Item, text: str, files: Sequence[str], at: datetime, by: str) -> None:
    """A follow-up by the committee, in any state but the last. Raises WrongState."""
    _require(item, set(TRANSITIONS) - {S.CLOSED})
    entry = note(item, EntryKind.VISIT, at, text, by=by, files=tuple(files))
    item.tell(names.OUTCOME_ITEM_TRACKED, year=entry.year)


def verify(
    item: Item,
    verified: bool,
    text: str,
    files: Sequence[str],
    due_at: datetime,
    at: datetime,
    by: str,
) -> None:
    """回访核实。due_at: until when what was not verified is done.

    Raises WrongState, OwnVerification, StatedElsewhere, DueDateUnfit.
    """
    _require_own(item)
    if by in item.reporters:
        raise errors.OwnVerification
    _require(item, {S.IMPLEMENTED})
    if verified:
        confirm(item, at, text, by=by, files=tuple(files))
        return
    _require_later(due_at, at)
    item.state = S.IMPLEMENTING
    _set_due(item, due_at)
    note(item, EntryKind.NOT_VERIFIED, at, text, by=by, files=tuple(files))
    item.tell(names.OUTCOME_ITEM_VERIFICATION_REFUSED, reason=text, due_at=item.due_at)


def confirm(item: Item, at: datetime, text: str, **more: Any) -> None:
    item.state, item.verified_at = S.VERIFIED, at
    item.verifications += 1
    _set_due(item, None)
    note(item, EntryKind.VERIFIED, at, text, **more)
    item.tell(names.OUTCOME_ITEM_VERIFIED)


def close(item: Item, at: datetime, by: str) -> None:
    """办结。What is verified; a reason that was accepted closes by itself. Raises WrongState."""
    _require(item, {S.VERIFIED})
    finish(item, End.VERIFIED, at, by)


def finish(item: Item, end: End, at: datetime, by: str | None, text: str = "") -> None:
    """Year ends that passed meanwhile are noted first: it was open then."""
    carry_over(item, at)
    item.state, item.end, item.closed_at, item.open = S.CLOSED, end, at, False
    item.carry_year = item.track_at = None
    _set_due(item, None)
    note(item, EntryKind.CLOSED, at, text or end.label, by=by)
    item.tell(names.OUTCOME_ITEM_CLOSED, end=end.value)


def reopen(item: Item, reason: str, due_at: datetime, at: datetime, by: str) -> None:
    """重新办理：核实有误或理由不成立。Raises WrongState, DueDateUnfit, StatedElsewhere."""
    _require_own(item)
    _require(item, {S.VERIFIED, S.CLOSED})
    _require_later(due_at, at)
    if item.end is End.SOURCE_REVOKED:
        raise errors.WrongState("来源已撤销，不能重新办理")
    refused = item.adoption is Adoption.NOT_ADOPTED
    item.state, item.handled = S.REFERRED if refused else S.IMPLEMENTING, True
    begin_again(item, reason, due_at, at, by)


def begin_again(
    item: Item, reason: str, due_at: datetime | None, at: datetime, by: str | None
) -> None:
    undone = item.verifications if item.verified_at is not None else 0
    if not item.open:
        start_years(item, at)
    item.open, item.end, item.closed_at, item.verified_at = True, None, None, None
    _set_due(item, due_at)
    note(item, EntryKind.REOPENED, at, reason, by=by)
    told: dict[str, Any] = {"due_at": item.due_at, "state": item.state.value}
    item.tell(names.OUTCOME_ITEM_REOPENED, reason=reason, occurrence_no=undone, **told)


def start_years(item: Item, at: datetime) -> None:
    year = days.year_of(at)
    item.carry_year = year
    item.track_at = days.tracking_alarm(year if at < days.tracking_alarm(year) else year + 1)


def carry_over(item: Item, at: datetime) -> bool:
    """An entry for each 31 December that has begun since the last; True if there is one."""
    before = len(item.carried)
    while item.open and item.carry_year is not None and at >= days.last_day(item.carry_year):
        year = item.carry_year
        if year not in item.carried:
            item.carried = (*item.carried, year)
            note(item, EntryKind.CARRIED_OVER, at, item.state.label, year=year)
            state, overdue = item.state.value, item.overdue
            item.tell(names.OUTCOME_ITEM_CARRIED_OVER, year=year, state=state, overdue=overdue)
        if item.overdue:
            item.inspect_in = year + 1
        item.carry_year = year + 1
    return len(item.carried) > before


def alarm(item: Item, at: datetime) -> bool:
    """A year that is nearly over without a tracking entry; True if that is told now."""
    alarmed = False
    while item.track_at is not None and at >= item.track_at:
        year = days.year_of(item.track_at)
        item.track_at = days.tracking_alarm(year + 1)
        # Of years long over nobody can make good what was left out: their lack shows in the file.
        if not tracked_in(item, year) and year == days.year_of(at):
            due = days.end_of(days.last_day(year).date())
            item.tell(names.OUTCOME_TRACKING_DUE, year=year, due_at=due)
            alarmed = True
    return alarmed


def tracked_in(item: Item, year: int) -> bool:
    return any(entry.year == year and entry.kind in TRACKED for entry in item.entries)


def pass_due(item: Item, at: datetime) -> None:
    """Its date has passed: it goes into the plan of the next inspections."""
    item.overdue = True
    item.inspect_in = days.year_of(at) + 1
    note(item, EntryKind.OVERDUE, at)
    told = {"due_at": item.due_at, "state": item.state.value, "inspect_in": item.inspect_in}
    item.tell(names.OUTCOME_ITEM_OVERDUE, **told)


def remind(item: Item) -> None:
    item.reminded = True
    item.tell(names.OUTCOME_ITEM_REMINDER_DUE, due_at=item.due_at, state=item.state.value)


def pass_to(item: Item, heir: str, side: str | None, at: datetime) -> bool:
    """Its unit was merged into another, which goes on with it (decision 17); False if not ours.

    Of a promise and of an SCPO item in its first half their own services say who has it.
    """
    answered = item.state not in (S.SENT, S.INSTRUCTED, S.REFERRED)
    elsewhere = item.source is Source.COMMITMENT or (item.source is Source.SCPO and not answered)
    if elsewhere or not item.open or item.unit in (None, heir):
        return False
    former, item.unit, item.side = item.unit, heir, side
    note(item, EntryKind.REFERRED, at, "责任单位合并")
    told = {"former": former, "state": item.state.value, "due_at": item.due_at}
    item.tell(names.OUTCOME_ITEM_UNIT_CHANGED, **told)
    return True


def mark(item: Item, kind: Kind | None, major: bool | None) -> None:
    """Kind of outcome, and whether it is of a major reform measure (9.4)."""
    item.kind = item.kind if kind is None else kind
    item.major = item.major if major is None else major


def set_due(item: Item, due_at: datetime | None) -> None:
    if due_at != item.due_at:
        _set_due(item, due_at)


def _set_due(item: Item, due_at: datetime | None) -> None:
    item.due_at, item.overdue, item.reminded = due_at, False, False


def _move(item: Item, to: ItemState) -> None:
    if to not in TRANSITIONS[item.state]:
        raise errors.WrongState.of(item.state)
    item.state = to
    item.handled = True


def _require(item: Item, states: Collection[ItemState]) -> None:
    if item.state not in states:
        raise errors.WrongState.of(item.state)


def _require_own(item: Item) -> None:
    """Of a promise the proposals service tells everything; of an instructed SCPO item the opinions
    service tells instruction, referral and answer, and what follows is told here."""
    answered = item.state not in (S.SENT, S.INSTRUCTED, S.REFERRED)
    if item.source in FOLLOWED and not (item.source is Source.SCPO and (answered or item.handled)):
        raise errors.StatedElsewhere


def _require_later(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise errors.DueDateUnfit(field="dueAt")
