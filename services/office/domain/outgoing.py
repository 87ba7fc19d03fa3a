"""Outgoing documents (发文, 2.10), from the draft to filing; returns lead back to the draft.

Numbers have no gaps: what has one can only be issued. Whoever received an issued document gives
a read receipt for its organisation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import Kind, Retention, Urgency, refuse_classified
from services.office.domain.numbers import Series, document_number, series_of
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class OutgoingState(Labelled, name="OutgoingDocumentState"):
    """发文状态。State of an outgoing document."""

    DRAFTED = "DRAFTED", "拟稿", "Drafted"
    CHECKED = "CHECKED", "已核稿", "Checked by the office"
    COUNTERSIGNED = "COUNTERSIGNED", "已会签", "Countersigned by the secretary-general"
    SIGNED = "SIGNED", "已签发", "Signed"
    NUMBERED = "NUMBERED", "已编号", "Has its number"
    ISSUED = "ISSUED", "已印发", "Sent to its recipients"
    FILED = "FILED", "已归卷", "Filed"
    DISCARDED = "DISCARDED", "已作废", "Given up before it had a number"


S = OutgoingState

MOVES: Mapping[OutgoingState, Collection[OutgoingState]] = {
    S.DRAFTED: {S.CHECKED, S.DRAFTED, S.DISCARDED},
    S.CHECKED: {S.COUNTERSIGNED, S.DRAFTED, S.DISCARDED},
    S.COUNTERSIGNED: {S.SIGNED, S.DRAFTED, S.DISCARDED},
    S.SIGNED: {S.NUMBERED, S.DRAFTED, S.DISCARDED},
    S.NUMBERED: {S.ISSUED},
    S.ISSUED: {S.FILED},
    S.FILED: {},
    S.DISCARDED: {},
}
RECEIVED = frozenset({S.ISSUED, S.FILED})


@dataclass(frozen=True)
class Purpose:
    """The record of another service that asked for the document."""

    service: str
    id: str


@dataclass(frozen=True)
class Step:
    """One signature or return on the way, as the cover sheet shows it."""

    state: str  # the state that it led to
    by: str | None  # account; none for a service
    at: datetime
    note: str | None = None


@dataclass(frozen=True)
class Receipt:
    """`by` (account) has read it for its organisation."""

    organisation: str
    by: str
    at: datetime


@dataclass
class Outgoing(Aggregate):
    """`main` and `copy_to` are organisations of the directory, in the order of the document.

    `drafted_for`: the committee whose staff drafts it; none where the office or a service does.
    """

    id: str
    term: int
    kind: Kind
    title: str
    text: str
    main: tuple[str, ...]
    copy_to: tuple[str, ...]
    urgency: Urgency
    retention: Retention
    drafted_by: str | None
    drafted_at: datetime
    drafted_for: str | None = None
    for_office: bool = False
    attachments: tuple[str, ...] = ()
    purpose: Purpose | None = None
    state: OutgoingState = S.DRAFTED
    number: str | None = None
    number_year: int | None = None
    number_no: int | None = None
    issued_at: datetime | None = None
    receipts: tuple[Receipt, ...] = ()
    trail: tuple[Step, ...] = ()
    volume: str | None = None
    files_told: tuple[str, ...] = ()

    @property
    def series(self) -> Series:
        return series_of(self.kind, self.for_office)

    @property
    def recipients(self) -> tuple[str, ...]:
        return (*self.main, *self.copy_to)

    def draft(self) -> None:
        """Raises RecipientsUnfit."""
        self._check()
        self.tell(names.DOCUMENT_DRAFTED)

    def redraft(
        self,
        title: str,
        text: str,
        main: Sequence[str],
        copy_to: Sequence[str],
        urgency: Urgency,
        attachments: Sequence[str],
    ) -> None:
        """The draft written again; only before it is checked, or after a return.

        What a meeting has adopted stays as it was adopted: raises TextBound for another wording.
        """
        self.require(S.DRAFTED)
        if self.purpose and (title, text) != (self.title, self.text):
            raise errors.TextBound
        self.title, self.text, self.urgency = title, text, urgency
        self.main, self.copy_to = tuple(main), tuple(copy_to)
        self.attachments = tuple(attachments)
        self._check()

    def check(self, by: str | None, at: datetime, note: str | None) -> None:
        self._move(S.CHECKED, by, at, note)
        self.tell(names.DOCUMENT_CHECKED)

    def countersign(self, by: str | None, at: datetime, note: str | None) -> None:
        self._move(S.COUNTERSIGNED, by, at, note)
        self.tell(names.DOCUMENT_COUNTERSIGNED)

    def sign(self, by: str | None, at: datetime, note: str | None) -> None:
        self._move(S.SIGNED, by, at, note)
        self.tell(names.DOCUMENT_SIGNED)

    def send_back(self, by: str | None, at: datetime, reason: str) -> None:
        """Back to the drafter; it starts over."""
        self._move(S.DRAFTED, by, at, reason)
        self.tell(names.DOCUMENT_RETURNED, reason=reason)

    def require(self, state: OutgoingState) -> None:
        if self.state is not state:
            raise errors.WrongDocumentState.of(self.state)

    def assign_number(self, word: str, number: int, by: str | None, at: datetime) -> None:
        """Final: what has a number is issued, so that the series has no gap."""
        self._move(S.NUMBERED, by, at, None)
        self.number_year, self.number_no = at.year, number
        self.number = document_number(word, at.year, number)
        self.tell(names.DOCUMENT_NUMBERED)

    def issue(
        self, kinds: Mapping[str, str], by: str | None, at: datetime, note: str | None
    ) -> None:
        """Printed and sent; kinds: of each recipient, for those who are told."""
        self._move(S.ISSUED, by, at, note)
        self.issued_at = at
        recipients = [{"organisation": id, "kind": kinds[id]} for id in self.recipients]
        self.tell(
            names.DOCUMENT_ISSUED,
            main=list(self.main),
            copy_to=list(self.copy_to),
            recipients=recipients,
            issued_on=at,
        )

    def receive(self, kinds: Mapping[str, str], by: str, at: datetime) -> None:
        """A read receipt for the organisations that received it; the first one stands.

        kinds: of the reader's organisations, by id.

        Raises NotReader for whom it was not sent to.
        """
        if self.state not in RECEIVED:
            raise errors.WrongDocumentState.of(self.state)
        own = [id for id in self.recipients if id in kinds]
        if not own:
            raise errors.NotReader
        given = {receipt.organisation for receipt in self.receipts}
        for organisation in own:
            if organisation not in given:
                self.receipts = (*self.receipts, Receipt(organisation, by, at))
                told = {"organisation": organisation, "organisation_kind": kinds[organisation]}
                self.tell(names.DOCUMENT_RECEIPT_GIVEN, **told)

    def urge(self, kinds: Mapping[str, str], at: datetime, by: str | None) -> None:
        """Ask again those in being who gave no receipt. kinds: of those in being, by id.

        Raises NothingToUrge.
        """
        self.require(S.ISSUED)
        given = {receipt.organisation for receipt in self.receipts}
        late = [id for id in self.recipients if id in kinds and id not in given]
        if not late:
            raise errors.NothingToUrge
        self.trail = (*self.trail, Step("URGED", by, at))
        waiting = [{"organisation": id, "kind": kinds[id]} for id in late]
        self.tell(names.DOCUMENT_RECEIPTS_URGED, recipients=waiting)

    def file(self, volume: str, by: str | None, at: datetime) -> None:
        self._move(S.FILED, by, at, None)
        self.volume = volume
        self.tell(names.DOCUMENT_FILED)

    def discard(self, by: str | None, at: datetime, reason: str) -> None:
        """Given up before it has a number. Raises TextBound for what another service waits for."""
        if self.purpose:
            raise errors.TextBound
        self._move(S.DISCARDED, by, at, reason)
        self.tell(names.DOCUMENT_DISCARDED, reason=reason)

    def tell_files(self) -> None:
        """For the repository, before each write: what the gateway may show to readers."""
        told, held = set(self.files_told), set(self.attachments)
        if told != held:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            self.tell(names.DOCUMENT_FILES_CHANGED, **changes)
            self.files_told = tuple(sorted(held))

    def _check(self) -> None:
        refuse_classified("NONE", self.title)
        if not self.main or len(set(self.recipients)) < len(self.recipients):
            raise errors.RecipientsUnfit(field="main")

    def _move(self, to: OutgoingState, by: str | None, at: datetime, note: str | None) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongDocumentState.of(self.state)
        self.state = to
        self.trail = (*self.trail, Step(to.value, by, at, note))

    def header(self) -> dict[str, Any]:
        return {
            "document_id": self.id,
            "direction": "OUTGOING",
            "kind": self.kind.value,
            "title": self.title,
            "number": self.number,
            "purpose": {"service": self.purpose.service, "id": self.purpose.id}
            if self.purpose
            else None,
            "drafted_by": self.drafted_by,
            "drafted_for": self.drafted_for,
        }
