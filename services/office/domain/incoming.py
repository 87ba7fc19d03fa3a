"""Incoming documents (收文, 2.10), from signing for to filing.

Registered by the office, routed by the secretary-general, instructed by the Chairpersons' Council,
then circulated or handled, urged where it takes long, noted and filed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.office.domain import circulation
from services.office.domain import document_errors as errors
from services.office.domain.circulation import Reader
from services.office.domain.document_kinds import Kind, Retention, Urgency, refuse_classified
from services.office.domain.outgoing import Step
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class IncomingState(Labelled, name="IncomingDocumentState"):
    """收文状态。State of an incoming document."""

    SIGNED_FOR = "SIGNED_FOR", "已签收", "Signed for"
    REGISTERED = "REGISTERED", "已登记", "Registered"
    ROUTED = "ROUTED", "已拟办", "Handling proposed"
    INSTRUCTED = "INSTRUCTED", "已批办", "Instructed"
    CIRCULATING = "CIRCULATING", "传阅中", "Circulating"
    HANDLING = "HANDLING", "承办中", "Being handled"
    URGED = "URGED", "已催办", "Urged"
    NOTED = "NOTED", "已注办", "Result noted"
    FILED = "FILED", "已归卷", "Filed"


S = IncomingState

MOVES: Mapping[IncomingState, Collection[IncomingState]] = {
    S.SIGNED_FOR: {S.REGISTERED},
    S.REGISTERED: {S.ROUTED, S.CIRCULATING},  # at once: what needs no instruction
    S.ROUTED: {S.INSTRUCTED, S.REGISTERED},
    S.INSTRUCTED: {S.CIRCULATING, S.HANDLING},
    S.CIRCULATING: {S.HANDLING, S.URGED, S.NOTED},
    S.HANDLING: {S.CIRCULATING, S.URGED, S.NOTED},
    S.URGED: {S.URGED, S.HANDLING, S.NOTED},  # handed to another office
    S.NOTED: {S.FILED},
    S.FILED: {},
}
OPEN = frozenset(S) - {S.NOTED, S.FILED}
UNDER_WAY = frozenset({S.CIRCULATING, S.HANDLING, S.URGED})
UNREGISTERED = frozenset({S.SIGNED_FOR, S.REGISTERED})


@dataclass(frozen=True)
class Dates:
    """Kept apart (0.8): of the text's adoption, on the document, of its printing."""

    adopted_on: date | None = None
    dated_on: date | None = None
    printed_on: date | None = None

    def check(self, received_on: date) -> None:
        """Raises DatesUnfit."""
        known = [d for d in (self.adopted_on, self.dated_on, self.printed_on) if d is not None]
        if [*known, received_on] != sorted([*known, received_on]):
            raise errors.DatesUnfit


@dataclass(frozen=True)
class ReminderPlan:
    """Settings: days before the due date, and every so many days after it."""

    before: tuple[int, ...] = (3, 1)
    every: int = 3


@dataclass
class Incoming(Aggregate):
    """`sender`: organisation of the directory, or none with `sender_name` of one outside it.

    `addressed_to` and `copied_to` are as printed: they name groups that no directory lists.
    `handler`: the committee or office that handles it.
    """

    id: str
    term: int
    title: str
    sender: str | None
    sender_name: str
    received_on: date
    signed_for_by: str | None
    signed_for_at: datetime
    kind: Kind = Kind.NOTICE
    number: str | None = None
    urgency: Urgency = Urgency.NORMAL
    retention: Retention = Retention.TEN_YEARS
    adopted_on: date | None = None
    dated_on: date | None = None
    printed_on: date | None = None
    addressed_to: str = ""
    copied_to: str = ""
    due_at: datetime | None = None
    attachments: tuple[str, ...] = ()
    state: IncomingState = S.SIGNED_FOR
    proposed_handling: str | None = None
    instruction: str | None = None
    readers: tuple[Reader, ...] = ()
    handler: str | None = None
    handler_kind: str | None = None
    urged: int = 0
    result: str | None = None
    volume: str | None = None
    trail: tuple[Step, ...] = ()
    next_reminder_at: datetime | None = None
    reminded_until: datetime | None = None
    files_told: tuple[str, ...] = ()

    def sign_for(self) -> None:
        """Raises Classified."""
        refuse_classified("NONE", self.title)
        self.tell(names.DOCUMENT_SIGNED_FOR)

    def register(
        self,
        *,
        kind: Kind,
        number: str | None,
        urgency: Urgency,
        retention: Retention,
        dates: Dates,
        addressed_to: str,
        copied_to: str,
        due_at: datetime | None,
        attachments: Sequence[str],
        by: str | None,
        at: datetime,
    ) -> None:
        """All that the register lists; again until it is routed. Raises DatesUnfit."""
        dates.check(self.received_on)
        if self.state not in UNREGISTERED:
            raise errors.WrongDocumentState.of(self.state)
        fresh = self.state is S.SIGNED_FOR
        self.kind, self.number, self.urgency, self.retention = kind, number, urgency, retention
        self.adopted_on, self.dated_on = dates.adopted_on, dates.dated_on
        self.printed_on = dates.printed_on
        self.addressed_to, self.copied_to, self.due_at = addressed_to, copied_to, due_at
        self.attachments = tuple(attachments)
        if fresh:
            self._move(S.REGISTERED, by, at)
            self.tell(names.DOCUMENT_REGISTERED)

    def route(self, proposed: str, by: str | None, at: datetime) -> None:
        """The secretary-general proposes how to handle it (拟办)."""
        self._move(S.ROUTED, by, at, proposed)
        self.proposed_handling = proposed
        self.tell(names.DOCUMENT_ROUTED)

    def return_routing(self, reason: str, by: str | None, at: datetime) -> None:
        """The Chairpersons' Council wants another proposal."""
        self._move(S.REGISTERED, by, at, reason)
        self.tell(names.DOCUMENT_ROUTING_RETURNED, reason=reason)

    def instruct(self, instruction: str, by: str | None, at: datetime) -> None:
        """批办."""
        self._move(S.INSTRUCTED, by, at, instruction)
        self.instruction = instruction
        self.tell(names.DOCUMENT_INSTRUCTED)

    def circulate(
        self, keys: Sequence[str], by: str | None, at: datetime, reminders: ReminderPlan
    ) -> None:
        """Begin, or add people to the list.

        What is only to be read needs no instruction and is circulated once it is registered; what
        is due does. Raises NotReader for an empty list, WrongDocumentState.
        """
        if self.state is S.REGISTERED and self.due_at is not None:
            raise errors.WrongDocumentState("有办结时限的来文须先拟办、批办")
        before = {reader.key for reader in self.readers}
        self.readers = circulation.circulate(self.readers, keys)
        fresh = [reader.key for reader in self.readers if reader.key not in before]
        if not fresh:
            raise errors.NotReader("请选择传阅对象", field="readers")
        if self.state not in {S.CIRCULATING, S.URGED}:
            self._move(S.CIRCULATING, by, at)
        self.tell(names.DOCUMENT_CIRCULATED, readers=fresh)
        self._schedule(at, reminders)

    def read(self, keys: Collection[str], at: datetime, note: str | None) -> None:
        """A read receipt; also later, until it is filed."""
        if self.state not in UNDER_WAY | {S.NOTED}:
            raise errors.WrongDocumentState.of(self.state)
        self.readers, fresh = circulation.read(self.readers, keys, at, note)
        for key in fresh:
            self.tell(names.DOCUMENT_READ, reader=key)

    def hand(
        self,
        handler: str,
        handler_kind: str,
        name: str | None,
        by: str | None,
        at: datetime,
        plan: ReminderPlan,
    ) -> None:
        """Give it to a committee or an office to handle (承办); what was urged, to another.

        name: of the handler, for the cover sheet. Raises RecipientsUnfit for who has it already.
        """
        if handler == self.handler:
            raise errors.RecipientsUnfit("该机构正在承办", field="handlerId")
        former = {"former": self.handler, "former_kind": self.handler_kind}
        self._move(S.HANDLING, by, at, name)
        self.handler, self.handler_kind = handler, handler_kind
        self.tell(names.DOCUMENT_HANDLING_STARTED, **former)
        self._schedule(at, plan)

    def urge(self, by: str | None, at: datetime) -> None:
        """Whoever has not read it, and who handles it, are urged. Raises NothingToUrge."""
        if self.state not in UNDER_WAY:
            raise errors.WrongDocumentState.of(self.state)
        self.readers, late = circulation.urge(self.readers)
        if not late and self.handler is None:
            raise errors.NothingToUrge
        self._move(S.URGED, by, at)
        self.urged += 1
        self.tell(names.DOCUMENT_URGED, readers=late, count=self.urged)

    def note_result(self, result: str, by: str | None, at: datetime) -> None:
        """注办: what came of it; ends handling and reminders."""
        self._move(S.NOTED, by, at, result)
        self.result, self.next_reminder_at = result, None
        self.tell(names.DOCUMENT_NOTED)

    def file(self, volume: str, by: str | None, at: datetime) -> None:
        self._move(S.FILED, by, at)
        self.volume = volume
        self.tell(names.DOCUMENT_FILED)

    # -- reminders ---------------------------------------------------------------------------

    def remind(self, at: datetime, plan: ReminderPlan) -> bool:
        """Ring what is due: after an outage the latest only (decision 19). True if it rang."""
        if self.next_reminder_at is None or self.next_reminder_at > at or self.due_at is None:
            return False
        self.reminded_until = at
        late = [reader for reader in circulation.waiting(self.readers)]
        told = {
            "due_at": self.due_at,
            "days_late": max((at.date() - self.due_at.date()).days, 0),
            "readers": late,
        }
        if late or self.handler is not None:
            self.tell(names.DOCUMENT_REMINDER_DUE, **told)
        self._schedule(at, plan)
        return True

    def _schedule(self, at: datetime, plan: ReminderPlan) -> None:
        self.next_reminder_at = next_reminder(self.due_at, at, plan)

    # -- files -------------------------------------------------------------------------------

    def tell_files(self) -> None:
        told, held = set(self.files_told), set(self.attachments)
        if told != held:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            self.tell(names.DOCUMENT_FILES_CHANGED, **changes)
            self.files_told = tuple(sorted(held))

    def _move(
        self, to: IncomingState, by: str | None, at: datetime, note: str | None = None
    ) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongDocumentState.of(self.state)
        self.state = to
        self.trail = (*self.trail, Step(to.value, by, at, note))

    def header(self) -> dict[str, Any]:
        return {
            "document_id": self.id,
            "direction": "INCOMING",
            "kind": self.kind.value,
            "title": self.title,
            "number": self.number,
            "due_at": self.due_at,
            "handler": self.handler,
            "handler_kind": self.handler_kind,
        }


def next_reminder(due_at: datetime | None, at: datetime, plan: ReminderPlan) -> datetime | None:
    """The first reminder after `at`: so many days before, then every so many days late."""
    if due_at is None:
        return None
    ahead = sorted(due_at - timedelta(days=days) for days in plan.before)
    for moment in ahead:
        if moment > at:
            return moment
    moment = due_at + timedelta(days=plan.every)
    if moment <= at:
        steps = (at - due_at) // timedelta(days=plan.every) + 1
        moment = due_at + steps * timedelta(days=plan.every)
    return moment
