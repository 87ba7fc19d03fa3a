"""The record of an item: its author's text, the editor's, and what became of it.

Each chapter is a module of verbs on it: writing, editing, signing, circulating, instructing,
honours. After the issue the state follows from the parts (`settle`), so that what comes late or is
taken back leaves the state that the rest tells.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.opinions.domain import errors
from services.opinions.domain.clocks import Clock, Limit
from services.opinions.domain.states import (
    ISSUED,
    TRANSITIONS,
    Adoption,
    Channel,
    End,
    Form,
    InstructionLevel,
    Level,
    Openness,
    OpinionState,
    Origin,
    ReferralState,
    Retention,
    Urgency,
)
from shared import clocks
from shared.aggregate import Aggregate
from shared.contracts import names

S = OpinionState


@dataclass(frozen=True)
class Text:
    """facts: 情况反映; suggestion: 意见建议."""

    title: str
    facts: str = ""
    suggestion: str = ""

    @property
    def length(self) -> int:
        return len(self.facts) + len(self.suggestion)


@dataclass(frozen=True)
class Reflector:
    """非委员反映人: who is no member; personal data, for the author and the editors only."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class Edition:
    """The editor's own version; by: account."""

    text: Text
    by: str
    at: datetime
    sent_at: datetime | None = None  # for signature


@dataclass(frozen=True)
class Follower:
    """Another item that is used in this one; its authors are credited with its own."""

    opinion_id: str
    authors: tuple[str, ...]
    organisation: str | None
    named: bool


@dataclass(frozen=True)
class Issue:
    """no: 社情民意 〈year〉年第〈no〉期."""

    year: int
    no: int
    form: Form
    issued_at: datetime
    signer: str  # account
    signer_name: str


@dataclass
class Delivery:
    """To an office of the district's leaders; leaders: in the words of who delivered."""

    no: int
    to: str
    side: str | None
    leaders: str
    delivered_at: datetime
    received_at: datetime | None = None
    received_by: str | None = None


@dataclass
class Above:
    """One level above: when it was sent there, and whether it is used there now.

    adoptions: how often it was noted as used, so that each revocation names its own.
    """

    level: Level
    sent_at: datetime | None = None
    form: Form | None = None
    used_by: str = ""
    adopted_at: datetime | None = None
    adoptions: int = 0
    revoked_reason: str | None = None

    @property
    def adopted(self) -> bool:
        return self.form is not None


@dataclass
class Instruction:
    """批示; leader: name and office as recorded. revoked_reason: it was noted by mistake."""

    id: str
    no: int
    level: InstructionLevel
    leader: str
    text: str
    instructed_on: datetime
    recorded_by: str
    document_no: str = ""
    unit: str | None = None
    revoked_reason: str | None = None


@dataclass
class Referral:
    no: int
    unit: str
    note: str
    referred_at: datetime
    due_on: datetime
    state: ReferralState = ReferralState.OPEN
    result: str = ""
    adoption: Adoption | None = None
    reason: str = ""
    answered_at: datetime | None = None


@dataclass
class Good:
    """Of a year's good items."""

    year: int
    nominated_at: datetime
    selected_at: datetime | None = None
    selected_by: str | None = None


@dataclass
class Opinion(Aggregate):
    """authors: member ids, credited; the first writes. organisation: who reports it, of the four
    channels. named: the authors agree that their names are shown with it.

    year: of the first submission, before it of the writing. issue: kept after a revocation, for
    the number is the item's (as of proposals, decision 28). counts: what happened how often.
    """

    id: str
    term: int
    year: int
    channel: Channel
    text: Text
    created_at: datetime
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    writer: str | None = None  # account; none of what was turned into an item by an event
    origin: Origin = Origin.WRITTEN
    origin_ref: str | None = None
    reflectors: tuple[Reflector, ...] = ()
    named: bool = False
    urgency: Urgency = Urgency.NORMAL
    openness: Openness = Openness.INTERNAL
    topic: str = ""
    topic_codes: tuple[str, ...] = ()
    voice: str | None = None
    photos: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()  # of units' results
    files: tuple[str, ...] = ()  # all of them
    files_told: tuple[str, ...] = ()
    state: OpinionState = S.DRAFT
    submitted_at: datetime | None = None
    edited_at: datetime | None = None  # first sent for signature
    edition: Edition | None = None
    editor: str | None = None
    decided_at: datetime | None = None  # first told what becomes of it
    reason: str | None = None  # of the latest return, retention, withdrawal
    retention: Retention | None = None
    combined_into: str | None = None
    followers: list[Follower] = field(default_factory=list)
    issue: Issue | None = None
    issued_as: Form | None = None  # now; of what is used in another, as that one is
    deliveries: list[Delivery] = field(default_factory=list)
    above: list[Above] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    good: Good | None = None
    end: End | None = None
    end_note: str = ""
    closed_at: datetime | None = None
    counts: dict[str, int] = field(default_factory=dict)
    clocks: list[Clock] = field(default_factory=list)
    next_alarm_at: datetime | None = None
    history: list[dict[str, Any]] = field(default_factory=list)  # {state, at}

    # -- who ---------------------------------------------------------------------------------

    @property
    def credited(self) -> tuple[str, ...]:
        """The members whose items are in it."""
        found = [*self.authors, *(a for f in self.followers for a in f.authors)]
        return tuple(dict.fromkeys(found))

    @property
    def told_organisation(self) -> str | None:
        """A convener who reports for the group is told as its author, not twice."""
        twice = self.channel is Channel.SECTOR and self.authors
        return None if twice else self.organisation

    @property
    def organisations(self) -> tuple[str, ...]:
        found = [self.told_organisation, *(f.organisation for f in self.followers)]
        return tuple(dict.fromkeys(one for one in found if one))

    @property
    def shown_authors(self) -> tuple[str, ...]:
        """Those who agreed to be named (source protection)."""
        own = self.authors if self.named else ()
        return tuple(
            dict.fromkeys([*own, *(a for f in self.followers if f.named for a in f.authors)])
        )

    # -- state -------------------------------------------------------------------------------

    def require(self, states: Collection[OpinionState]) -> None:
        """Raises WrongState."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def move(self, to: OpinionState, at: datetime) -> None:
        """Raises WrongState for a move that is not in the table."""
        if to not in TRANSITIONS.get(self.state, ()):
            raise errors.WrongState.of(self.state)
        self._enter(to, at)

    def settle(self, at: datetime) -> None:
        """The state that the parts tell, of what is issued and not closed."""
        to = self._told_state()
        if to is not self.state:
            self._enter(to, at)

    def _told_state(self) -> OpinionState:
        if self.closed_at is not None:
            return S.CLOSED
        if any(r.state is ReferralState.OPEN for r in self.referrals):
            return S.REFERRED
        if any(r.state is ReferralState.ANSWERED for r in self.referrals):
            return S.RESULT_GIVEN
        if any(i.revoked_reason is None for i in self.instructions):
            return S.INSTRUCTED
        if any(a.sent_at is not None for a in self.above):
            return S.SENT_UP
        return S.DELIVERED if self.deliveries else S.ISSUED

    def _enter(self, to: OpinionState, at: datetime) -> None:
        self.state = to
        self.history.append({"state": to.value, "at": at})

    @property
    def issued(self) -> bool:
        return self.state in ISSUED

    # -- time --------------------------------------------------------------------------------

    def watch(self, *begun: Clock) -> None:
        """Begin these limits, and look again at when the next of all goes off."""
        self.clocks += begun
        self.next_alarm_at = clocks.next_alarm(self.clocks)

    def follow(self, clock: Clock) -> None:
        """It is out: to be followed to its end, by one date unless it is closed already."""
        if self.closed_at is None and self.due(clock.about) is None:
            self.watch(clock)

    def stop(self, about: Limit, at: datetime, no: int = 0) -> None:
        clocks.stop(self.clocks, about, at, no)
        self.watch()

    def give_up(self, at: datetime, *about: Limit) -> None:
        clocks.give_up(self.clocks, at, *about)
        self.watch()

    def due(self, about: Limit, no: int = 0) -> datetime | None:
        """When what is running is due."""
        return next((c.due_at for c in clocks.running(self.clocks, about, no)), None)

    def told(self, at: datetime) -> None:
        """The author is told what becomes of it: by the event of the same write (10.6)."""
        self.stop(Limit.INFORM, at)
        self.decided_at = self.decided_at or at

    def ring(self, at: datetime) -> bool:
        """Let off what is due; True if anything was."""
        gone = clocks.ring(self.clocks, at)
        for clock in gone:
            name = names.OPINION_OVERDUE if clock.late else names.OPINION_REMINDER_DUE
            referral = next((r for r in self.referrals if r.no == clock.no), None)
            unit = referral.unit if referral and clock.about is Limit.RESULT else None
            self.tell(
                name,
                about=clock.about.value,
                alarm=f"{clock.about.value}-{clock.no}",
                due_at=clock.due_at,
                unit=unit,
                urgent=self.urgency is Urgency.URGENT,
            )
        self.watch()
        return bool(gone)

    # -- facts -------------------------------------------------------------------------------

    def again(self, fact: str) -> int:
        """How often it has happened, this time included."""
        self.counts = {**self.counts, fact: self.counts.get(fact, 0) + 1}
        return self.counts[fact]

    @property
    def title(self) -> str:
        """As it is read from outside: the editor's, once issued."""
        return self.edition.text.title if self.edition and self.issued else self.text.title

    def header(self) -> dict[str, Any]:
        """Member ids, for crediting and telling; never names."""
        origin = {"kind": self.origin.value, "ref": self.origin_ref} if self.origin_ref else None
        return {
            "opinion_id": self.id,
            "title": self.title,
            "authors": list(self.credited),
            "organisations": list(self.organisations),
            "origin": origin,
            "account": self.writer if not self.authors and not self.organisation else None,
        }

    def tell_files(self) -> None:
        """Which files came or went, for the gateway (decision 20)."""
        voice = [self.voice] if self.voice else []
        self.files = tuple(dict.fromkeys([*voice, *self.photos, *self.proofs]))
        held, known = set(self.files), set(self.files_told)
        if held != known:
            changes = {"attached": sorted(held - known), "detached": sorted(known - held)}
            self.events.append((names.OPINION_FILES_CHANGED, {"opinion_id": self.id, **changes}))
            self.files_told = tuple(sorted(held))

    def tell_own(self, event: str, **data: Any) -> None:
        """A fact of this item alone, where others are used in it."""
        own = {
            "authors": list(self.authors),
            "organisations": [self.told_organisation] if self.told_organisation else [],
        }
        self.tell(event, **own, **data)
