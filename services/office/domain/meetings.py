"""Meetings (办会): planned, announced, held, and carried to their minutes (2.10, decision 30)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from services.office.domain import meeting_errors as errors
from services.office.domain.answers import Answer, AnswerState
from services.office.domain.half_days import Hours, beginnings
from services.office.domain.invitees import Invitee, merged
from services.office.domain.meeting_states import ANNOUNCED, MOVES, MeetingState
from shared.aggregate import Aggregate
from shared.contracts import names

SERVICE = "office"
MOST_HALF_DAYS = 60
S = MeetingState


@dataclass
class Meeting(Aggregate):
    """One meeting with its people.

    kind: of the office's contract; purpose: {service, id} of the record that it is held for;
    organiser: organisation id; mandatory: required of the invited, otherwise they sign up;
    half_days: what attendance is counted in; details: agenda, host, leaders, car, meals and so
    on, as the form has them; notices: how often it was announced;
    answers: invitee key → answer; attendance: the organiser's record, a row for each member;
    check_in_half_day: the half-day whose check-in is open.
    """

    id: str
    term: int
    kind: str
    purpose: dict[str, str]
    organiser: str
    title: str
    held_at: datetime
    ends_at: datetime
    place: str
    mandatory: bool
    half_days: int
    answer_by: datetime
    created_by: str | None
    invited: list[Invitee] = field(default_factory=list)
    own_groups: tuple[str, ...] = ()  # whose members have to come; none named: everybody
    hours: Hours = field(default_factory=Hours)  # of the day when it was planned (settings)
    details: dict[str, Any] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    state: MeetingState = S.PLANNED
    notices: int = 0
    notified_at: datetime | None = None
    short_notice_reason: str | None = None
    # Of the last new date, of the cancellation, or why it is recorded afterwards.
    reason: str | None = None
    check_in_half_day: int | None = None
    check_in_opened_at: datetime | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    attendance: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    speeches: list[dict[str, Any]] = field(default_factory=list)
    statements: list[dict[str, Any]] = field(default_factory=list)
    minutes: dict[str, Any] | None = None
    files_told: tuple[str, ...] = ()
    invited_for: tuple[str, ...] = ()  # keys that the planning service asked us to invite
    withdrawn_for: tuple[str, ...] = ()  # and those that it asked us to take off again
    reminded: list[str] = field(default_factory=list)

    # -- planning ----------------------------------------------------------------------------

    @property
    def half_day_beginnings(self) -> list[datetime]:
        return beginnings(self.held_at, self.half_days, self.hours)

    @property
    def member_ids(self) -> list[str]:
        return [member for i in self.invited if (member := i.member_id) is not None]

    @property
    def leaves_waiting(self) -> int:
        """Requests for leave that nobody has decided yet."""
        return sum(answer.state is AnswerState.LEAVE_ASKED for answer in self.answers.values())

    def invitee(self, keys: Collection[str]) -> Invitee | None:
        """The invitation that one of these keys holds."""
        return next((invitee for invitee in self.invited if invitee.key in keys), None)

    def member(self, member_id: str) -> Invitee | None:
        return next((i for i in self.invited if i.member_id == member_id), None)

    def welcome(self, groups: Mapping[str, Collection[str]]) -> bool:
        """Who of the members with these groups comes as a guest (decision 65); if that is news.

        Those of whom nothing is known yet stay as they are.
        """
        before, own = self.invited, set(self.own_groups)

        def placed(invitee: Invitee) -> Invitee:
            of_member = groups.get(invitee.member_id or "")
            if of_member is None:
                return invitee
            return replace(invitee, guest=bool(own) and not own & set(of_member))

        self.invited = [placed(invitee) for invitee in before]
        return self.invited != before

    def requires(self, invitee: Invitee) -> bool:
        """Whether the invitee has to come, or else to ask for leave (decision 46)."""
        return self.mandatory and invitee.may_be_required

    def check(self) -> None:
        """Raises MeetingUnfit for what cannot be a meeting."""
        if self.ends_at <= self.held_at:
            raise errors.MeetingUnfit("结束时间应晚于开始时间", field="endsAt")
        if self.ends_at < self.half_day_beginnings[-1]:
            raise errors.MeetingUnfit("会议时间与半天数不符", field="halfDays")
        if self.answer_by > self.held_at:
            raise errors.MeetingUnfit("报名截止时间不能晚于会议开始", field="answerBy")

    def change(self, **changes: Any) -> None:
        """Write the plan again, until it is announced; raises MeetingUnfit, WrongMeetingState.

        Afterwards a new date or place is a rescheduling.
        """
        self._require({S.PLANNED})
        if self.purpose["service"] != SERVICE and changes.get("kind", self.kind) != self.kind:
            # One meeting earns one rule (decision 32): what it is held for counts it.
            raise errors.MeetingUnfit("由其他业务安排的会议不能改变类型", field="kind")
        for name, value in changes.items():
            setattr(self, name, value)
        self.check()

    def set_details(self, details: Mapping[str, Any], papers: Sequence[str] | None) -> None:
        """Agenda, host, papers and the like may change until the meeting has been held."""
        self._require({S.PLANNED, S.CHECK_IN, *ANNOUNCED})
        self.details = {**self.details, **details}
        if papers is not None:
            self.papers = tuple(dict.fromkeys(papers))

    def invite(self, more: Iterable[Invitee]) -> None:
        """Ask further people; they are told at once where the others have been."""
        self._require({S.PLANNED, *ANNOUNCED})
        known = {invitee.key for invitee in self.invited}
        self.invited = merged(self.invited, more)
        fresh = [invitee for invitee in self.invited if invitee.key not in known]
        if fresh and self.state in ANNOUNCED:
            self._announce(names.MEETING_NOTIFIED, invited=fresh)

    def take_requests(
        self, invited: Iterable[str], withdrawn: Iterable[str], called_off: str | None
    ) -> bool:
        """Do what the service that planned it asks beside the plan; False if all is done.

        Each invitation is taken once: whom the organiser took off the list stays off. So is each
        withdrawal, which comes after its invitation.
        """
        if self.state not in {S.PLANNED, *ANNOUNCED, S.CANCELLED}:
            return False
        gone = [key for key in withdrawn if key not in self.withdrawn_for]
        known = {*self.invited_for, *self.withdrawn_for, *gone}
        fresh = [key for key in invited if key not in known]
        cancels = called_off is not None and self.state is not S.CANCELLED
        if fresh:
            self._invite_asked(fresh)
        if gone:
            self._withdraw_asked(gone)
        if cancels:
            self.cancel(str(called_off))
        return bool(fresh or gone) or cancels

    def _withdraw_asked(self, keys: Sequence[str]) -> None:
        self.withdrawn_for = (*self.withdrawn_for, *keys)
        self.release(keys)

    def release(self, keys: Collection[str]) -> bool:
        """Expect them no more, whoever asked them; whether they were. Nobody is told of a
        meeting that was called off.
        """
        if not any(invitee.key in keys for invitee in self.invited):
            return False
        if self.state is S.CANCELLED:
            self.invited = [invitee for invitee in self.invited if invitee.key not in keys]
        else:
            self.uninvite(keys)
        return True

    def _invite_asked(self, keys: Sequence[str]) -> None:
        """Nobody is told of a meeting that was called off, but the list is the same."""
        self.invited_for = (*self.invited_for, *keys)
        known = {invitee.key for invitee in self.invited}
        more = [Invitee(key) for key in keys if key not in known]
        if self.state is S.CANCELLED:
            self.invited = merged(self.invited, more)
        else:
            self.invite(more)

    def uninvite(self, keys: Collection[str]) -> None:
        """Take people off the list; they are told that the meeting no longer concerns them."""
        self._require({S.PLANNED, *ANNOUNCED})
        gone = [invitee for invitee in self.invited if invitee.key in keys]
        self.invited = [invitee for invitee in self.invited if invitee.key not in keys]
        self.answers = {key: a for key, a in self.answers.items() if key not in keys}
        if gone and self.state in ANNOUNCED:
            waiting = {"leaves_waiting": self.leaves_waiting}
            self._announce(names.MEETING_INVITATION_WITHDRAWN, invited=gone, **waiting)

    # -- announcing --------------------------------------------------------------------------

    def notify(self, at: datetime, short_of: int | None, insisted: str | None) -> None:
        """Announce it. short_of: the notice period in working days that is not kept, if any.

        A short notice is a warning: NoticeShort, unless the caller insists with a reason.
        """
        self._require({S.PLANNED})
        self._check_future(at)
        if not self.invited:
            raise errors.MeetingUnfit("尚未邀请任何人", field="invited")
        self._check_notice(short_of, insisted)
        self.state, self.notified_at, self.notices = S.NOTIFIED, at, 1
        self._announce(names.MEETING_NOTIFIED)

    def reschedule(
        self,
        held_at: datetime,
        ends_at: datetime | None,
        place: str | None,
        answer_by: datetime,
        reason: str,
        at: datetime,
        short_of: int | None,
        insisted: str | None,
    ) -> None:
        """Move an announced meeting; every answer is void and everyone is asked again."""
        self._allow(S.RESCHEDULED)
        moved_from = self.held_at
        length = self.ends_at - self.held_at
        self.held_at, self.place = held_at, place or self.place
        self.ends_at, self.answer_by = ends_at or held_at + length, answer_by
        self._check_future(at)
        self.check()
        self._check_notice(short_of, insisted)
        self.state, self.notified_at, self.reason = S.RESCHEDULED, at, reason
        self.answers, self.reminded, self.notices = {}, [], self.notices + 1
        self._announce(names.MEETING_RESCHEDULED, moved_from=moved_from, reason=reason)

    def cancel(self, reason: str) -> None:
        """Call it off; whoever was told is told so."""
        told = self.state in {*ANNOUNCED, S.CHECK_IN}
        self._move(S.CANCELLED)
        self.reason, self.check_in_half_day = reason, None
        if told or self.purpose["service"] != SERVICE:
            self._announce(names.MEETING_CANCELLED, reason=reason)

    def _check_future(self, at: datetime) -> None:
        if self.held_at <= at:
            raise errors.MeetingUnfit("会议开始时间已过", field="heldAt")

    def _check_notice(self, short_of: int | None, insisted: str | None) -> None:
        if short_of is not None and not insisted:
            said = f"该类会议应提前{short_of}个工作日通知；确需召开请说明理由"
            raise errors.NoticeShort(said, details={"working_days": short_of})
        self.short_notice_reason = insisted if short_of is not None else None

    # -- holding -----------------------------------------------------------------------------

    def open_check_in(self, half_day: int, at: datetime, lead: timedelta) -> None:
        """Let people check in to a half-day, from `lead` before it begins.

        Raises CheckInEarly, MeetingUnfit for a half-day that the meeting does not have.
        """
        self._allow(S.CHECK_IN)
        if not 1 <= half_day <= self.half_days:
            raise errors.MeetingUnfit(f"会议共{self.half_days}个半天", field="halfDay")
        if at < self.half_day_beginnings[half_day - 1] - lead:
            raise errors.CheckInEarly
        self.state, self.check_in_half_day, self.check_in_opened_at = S.CHECK_IN, half_day, at

    def close_check_in(self) -> int:
        """It was opened by mistake: all stands as announced. The half-day it was open for."""
        self._require({S.CHECK_IN})
        opened = self.check_in_half_day or 1
        self.state, self.check_in_half_day, self.check_in_opened_at = S.NOTIFIED, None, None
        return opened

    def hold(self) -> None:
        """It is over: no more codes; lists of those who came off line may still be brought."""
        self._require({S.CHECK_IN})
        self.state, self.check_in_half_day = S.HELD, None

    def hold_as_told(self, at: datetime, held_on: datetime | None = None) -> bool:
        """The service that planned it says that it took place, and when; whether that is news."""
        if self.state not in {S.PLANNED, *ANNOUNCED, S.CHECK_IN}:
            return False
        self.state, self.check_in_half_day = S.HELD, None
        self.held_at = held_on or min(self.held_at, at)
        return True

    def record_past(self, reason: str, at: datetime) -> None:
        """It took place without having been announced here; the attendance is confirmed as usual.

        Raises MeetingUnfit for one that is not over, or to which nobody is invited.
        """
        self._require({S.PLANNED})
        if self.ends_at > at:
            raise errors.MeetingUnfit("会议尚未结束，不能补录", field="endsAt")
        if not self.invited:
            raise errors.MeetingUnfit("尚未邀请任何人", field="invited")
        self.state, self.reason = S.HELD, reason

    # -- what is common ----------------------------------------------------------------------

    def tell_files(self) -> None:
        """Name the files that came or went, for the gateway (decision 20); before each write."""
        held = {*self.papers, *(self.minutes or {}).get("files", ())}
        held |= {file for speech in self.speeches for file in speech["files"]}
        told = set(self.files_told)
        if held != told:
            changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
            self.tell(names.MEETING_FILES_CHANGED, meeting_id=self.id, **changes)
            self.files_told = tuple(sorted(held))

    def facts(self, invited: Iterable[Invitee] | None = None) -> dict[str, Any]:
        """The meeting as events tell it, with those `invited` or all."""
        people = list(self.invited if invited is None else invited)
        return {
            "meeting_id": self.id,
            "kind": self.kind,
            "purpose": self.purpose,
            "organiser": self.organiser,
            "title": self.title,
            "held_at": self.held_at,
            "ends_at": self.ends_at,
            "place": self.place,
            "mandatory": self.mandatory,
            "answer_by": self.answer_by,
            "members": [member for i in people if (member := i.member_id) is not None],
            "organisations": [found for i in people if (found := i.organisation) is not None],
        }

    def named(self) -> dict[str, Any]:
        return {"meeting_id": self.id, "kind": self.kind, "title": self.title}

    def _announce(self, event: str, invited: Iterable[Invitee] | None = None, **more: Any) -> None:
        self.tell(event, **self.facts(invited), **more)

    def _require(self, states: Collection[MeetingState]) -> None:
        if self.state not in states:
            raise errors.WrongMeetingState.of(self.state)

    def require(self, states: Collection[MeetingState]) -> None:
        """Raises WrongMeetingState outside `states`."""
        self._require(states)

    def _allow(self, to: MeetingState) -> None:
        if to not in MOVES[self.state]:
            raise errors.WrongMeetingState.of(self.state)

    def _move(self, to: MeetingState) -> None:
        self._allow(to)
        self.state = to

    def advance(self, to: MeetingState) -> None:
        """Take a step that the table allows; raises WrongMeetingState."""
        self._move(to)
