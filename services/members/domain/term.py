"""Terms 届 and their sessions 次会议 (decision 12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from services.members.domain.errors import (
    SessionDatesUnfit,
    SessionOrderUnfit,
    SessionOver,
    TermClosed,
    TermOrderUnfit,
)
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class TermState(Labelled):
    """届次状态。State of a term."""

    OPEN = "OPEN", "进行中", "Open"
    CLOSING = "CLOSING", "正在办理届满", "Closed; its memberships are being ended"
    CLOSED = "CLOSED", "已结束", "Closed"


@dataclass(frozen=True)
class Session:
    """Plenary proposals are taken from `opens_at` until `cut_off_at`."""

    no: int
    opens_at: datetime
    cut_off_at: datetime
    plenary_from: datetime
    plenary_to: datetime


@dataclass
class Term(Aggregate):
    """`sector_set`: codes of the sectors of this term, a subset of the master data."""

    no: int
    starts_on: datetime
    sector_set: list[str]
    state: TermState = TermState.OPEN
    ended_on: datetime | None = None
    sessions: list[Session] = field(default_factory=list)

    @classmethod
    def open(
        cls, no: int, starts_on: datetime, sector_set: list[str], former: Iterable[Term]
    ) -> Term:
        """A new term; raises TermOrderUnfit unless it comes after all `former` ones."""
        if any(other.no >= no or other.starts_on >= starts_on for other in former):
            raise TermOrderUnfit(field="no")
        term = cls(no, starts_on, sorted(set(sector_set)))
        term.tell(names.TERM_OPENED, no=no, starts_on=starts_on, sector_set=term.sector_set)
        return term

    @property
    def id(self) -> str:
        return term_id(self.no)

    def require_open(self) -> None:
        """Raises TermClosed."""
        if self.state is not TermState.OPEN:
            raise TermClosed

    def schedule(self, session: Session, at: datetime) -> None:
        """Set the dates of the next session, or move those of a scheduled one.

        Raises TermClosed, SessionOrderUnfit, SessionDatesUnfit, SessionOver.
        """
        self.require_open()
        self._check_order(session)
        self._check_dates(session)
        known = {present.no: present for present in self.sessions}
        if session.no in known and known[session.no].plenary_to < at:
            raise SessionOver(field="no")
        self.sessions = sorted({**known, session.no: session}.values(), key=lambda s: s.no)
        data = {name: getattr(session, name) for name in Session.__dataclass_fields__}
        self.tell(names.SESSION_SCHEDULED, **data)

    def close(self, at: datetime) -> None:
        """No more members or sessions; the memberships end after it. Raises TermClosed."""
        self.require_open()
        self.state, self.ended_on = TermState.CLOSING, at

    def finish_closing(self) -> bool:
        """All memberships have ended; False if that was known."""
        if self.state is TermState.CLOSED:
            return False
        self.state = TermState.CLOSED
        return True

    def session_at(self, at: datetime) -> Session | None:
        """The latest session whose window has opened by `at`."""
        opened = [session for session in self.sessions if session.opens_at <= at]
        return opened[-1] if opened else None

    def _check_order(self, session: Session) -> None:
        if not 1 <= session.no <= len(self.sessions) + 1:
            raise SessionOrderUnfit(field="no")

    def _check_dates(self, session: Session) -> None:
        if not session.opens_at < session.plenary_from < session.plenary_to:
            raise SessionDatesUnfit("应先开放征集，再开会，后闭会", field="plenaryFrom")
        if not session.opens_at < session.cut_off_at <= session.plenary_to:
            raise SessionDatesUnfit("截止时间应在开放征集之后、闭会之前", field="cutOffAt")
        if session.plenary_from < self.starts_on:
            raise SessionDatesUnfit("会议应在本届开始之后", field="plenaryFrom")
        for other in self.sessions:
            if other.no < session.no and other.plenary_to >= session.plenary_from:
                raise SessionDatesUnfit("会议应在上一次会议之后", field="plenaryFrom")
            if other.no > session.no and other.plenary_from <= session.plenary_to:
                raise SessionDatesUnfit("会议应在下一次会议之前", field="plenaryTo")


def term_id(no: int) -> str:
    """term-15"""
    return f"term-{no}"


def current(terms: Iterable[Term], at: datetime) -> Term | None:
    """The latest term that has begun by `at`; it stays current until the next one begins."""
    begun = [term for term in terms if term.starts_on <= at]
    return max(begun, key=lambda term: term.no, default=None)
