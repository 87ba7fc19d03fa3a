"""建议案: from its topic to its end (2.3). The office numbers and sends it, and says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.consultations.domain import errors
from services.consultations.domain.limits import Limits
from services.consultations.domain.matters import Feedback, Instruction, Matter
from services.consultations.domain.record import OpinionItem
from services.consultations.domain.reporting import items_told, note_instruction
from services.consultations.domain.states import MOTION_MOVES, OUT, Limit, MotionState
from shared.contracts import names

M = MotionState
WRITABLE = frozenset({M.PLANNED, M.RESEARCHING, M.DRAFTED})
MOST_AUTHORS = 3
ONCE = 1  # a motion is handed in once, and nothing undoes that (F6)


@dataclass(frozen=True)
class Adoption:
    """The vote of the Standing Committee; entitled: 应到人数, all of its members."""

    meeting_id: str
    adopted_on: datetime
    entitled: int
    in_favour: int
    against: int
    abstained: int

    @property
    def voted(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(kw_only=True)
class Motion(Matter):
    """organiser: the committee that drafts it. priorities: of the Party committee, that it serves
    (6.2). number: 文号, from the office."""

    organiser: str
    state: MotionState = M.PLANNED
    priorities: tuple[str, ...] = ()
    proposer: str | None = None
    proposed_for: str | None = None  # the organisation in whose name it was proposed
    main_authors: tuple[str, ...] = ()
    text: str = ""
    items: tuple[OpinionItem, ...] = ()
    main: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    reviewed_at: datetime | None = None
    adoption: Adoption | None = None
    number: str | None = None
    delivered_on: datetime | None = None
    public: bool = False
    instructions: list[Instruction] = field(default_factory=list)
    feedback: Feedback | None = None

    def header(self) -> dict[str, Any]:
        return {
            "motion_id": self.id,
            "title": self.title,
            "organisers": [self.organiser],
            "main_authors": list(self.main_authors),
            "topic_codes": list(self.topic_codes),
        }

    def require(self, states: Collection[MotionState]) -> None:
        """Raises WrongState."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def move(self, to: MotionState, at: datetime, reason: str = "") -> None:
        """Raises WrongState for a move that is not in the table."""
        if to not in MOTION_MOVES.get(self.state, ()):
            raise errors.WrongState.of(self.state)
        self.state = to
        self.note_state(to.value, at, reason)
        if reason:
            self.reason = reason

    def held_files(self) -> list[str]:
        return [*self.attachments, *(self.feedback.files if self.feedback else ())]

    def ring_alarms(self, at: datetime) -> bool:
        gone = self.ring(at)
        for clock in gone:
            name = names.MOTION_OVERDUE if clock.late else names.MOTION_REMINDER_DUE
            self.tell(
                name,
                about=clock.about.value,
                alarm=f"{clock.about.value}:{clock.due_at.isoformat()}",
                due_at=clock.due_at,
            )
        return bool(gone)


def begin(motion: Motion, at: datetime) -> None:
    motion.note_state(M.PLANNED.value, at)
    motion.tell(names.MOTION_PLANNED)


def write(motion: Motion, **said: Any) -> None:
    """Raises WrongState while others have it before them; Unfit for too many authors."""
    motion.require(WRITABLE)
    if len(said["main_authors"]) > MOST_AUTHORS:
        raise errors.Unfit(f"执笔人不超过{MOST_AUTHORS}名", field="mainAuthors")
    for name, value in said.items():
        setattr(motion, name, value)


def research(motion: Motion, at: datetime) -> None:
    """A project begins for it; a further one changes nothing."""
    motion.require({M.PLANNED, M.RESEARCHING, M.DRAFTED})
    if motion.state is M.PLANNED:
        motion.move(M.RESEARCHING, at)


def send(motion: Motion, limits: Limits, at: datetime) -> None:
    """The draft goes to the Chairpersons' Council. Raises WrongState, Incomplete."""
    motion.require({M.RESEARCHING, M.DRAFTED})
    for there, what, where in (
        (motion.text, "正文", "text"),
        (motion.items, "意见建议", "items"),
        (motion.main, "主送单位", "main"),
        (motion.main_authors, "执笔人", "mainAuthors"),
    ):
        if not there:
            raise errors.Incomplete(f"建议案尚缺{what}", field=where)
    if motion.state is M.RESEARCHING:
        motion.move(M.DRAFTED, at)
    motion.move(M.IN_REVIEW, at)
    motion.watch(at, limits.review(at))
    motion.tell(names.MOTION_DRAFTED, due_at=motion.due(Limit.REVIEW))


def review(motion: Motion, passed: bool, reason: str, at: datetime) -> None:
    """By the Chairpersons' Council: to the Standing Committee, or back with a reason."""
    motion.require({M.IN_REVIEW})
    if not passed:
        send_back(motion, reason, at)
        return
    motion.move(M.REVIEWED, at)
    motion.reviewed_at = at
    motion.stop(Limit.REVIEW, at)
    motion.tell(names.MOTION_REVIEWED)


def send_back(motion: Motion, reason: str, at: datetime) -> None:
    """Back to its drafters, from the council or the Standing Committee. Raises Incomplete."""
    motion.require({M.IN_REVIEW, M.REVIEWED})
    if not reason:
        raise errors.Incomplete("退回的请说明理由", field="reason")
    motion.move(M.DRAFTED, at, reason)
    motion.stop(Limit.REVIEW, at)
    motion.again("RETURN")
    motion.tell(names.MOTION_RETURNED, reason=reason)


def adopt(motion: Motion, adoption: Adoption, at: datetime) -> None:
    """By the Standing Committee. More than half of all must have voted, and be for it.

    The office hears of it and prepares the document. Raises Unfit, NoQuorum, NotCarried.
    """
    motion.require({M.REVIEWED})
    if adoption.voted > adoption.entitled:
        raise errors.Unfit("表决人数多于应到人数", field="entitled")
    if adoption.voted * 2 <= adoption.entitled:
        raise errors.NoQuorum
    if adoption.in_favour * 2 <= adoption.entitled:
        raise errors.NotCarried
    if adoption.adopted_on > at:
        raise errors.Unfit("通过日期不能晚于今天", field="adoptedOn")
    motion.move(M.ADOPTED, at)
    motion.adoption = adoption
    motion.tell(
        names.MOTION_ADOPTED,
        text=motion.text,
        meeting_id=adoption.meeting_id,
        adopted_on=adoption.adopted_on,
        vote={
            "for": adoption.in_favour,
            "against": adoption.against,
            "abstain": adoption.abstained,
        },
        main=list(motion.main),
        copy_to=list(motion.copy_to),
        attachments=list(motion.attachments),
        items=items_told(motion.items),
        authors=list(motion.main_authors),
    )


def deliver(motion: Motion, number: str, issued_on: datetime, limits: Limits, at: datetime) -> bool:
    """The office has numbered and sent it: handed in. True if that is news."""
    if motion.state is not M.ADOPTED:
        return False
    motion.move(M.DELIVERED, at)
    motion.number, motion.delivered_on = number, issued_on
    motion.watch(at, limits.feedback(issued_on))
    motion.tell(
        names.MOTION_DELIVERED,
        occurrence_no=ONCE,
        number=number,
        main=list(motion.main),
        feedback_due_at=motion.due(Limit.FEEDBACK),
    )
    if any(not one.revoked for one in motion.instructions):
        motion.move(M.INSTRUCTED, at)
    return True


def instructed(motion: Motion, told: Instruction, at: datetime) -> bool:
    """A leader's instruction, as outcomes tells of it; True if that is news."""
    if not note_instruction(motion.instructions, told):
        return False
    standing = any(not one.revoked for one in motion.instructions)
    if standing and motion.state is M.DELIVERED:
        motion.move(M.INSTRUCTED, at)
    elif not standing and motion.state is M.INSTRUCTED:
        motion.move(M.DELIVERED, at)
    if not told.revoked:
        motion.tell(names.MOTION_INSTRUCTED, instruction_id=told.id, level=told.level)
    return True


def give_feedback(motion: Motion, feedback: Feedback, at: datetime) -> None:
    motion.move(M.FED_BACK, at)
    motion.feedback = feedback
    motion.stop(Limit.FEEDBACK, at)
    motion.tell(names.MOTION_FED_BACK)


def track(motion: Motion, at: datetime) -> None:
    motion.move(M.TRACKING, at)


def close(motion: Motion, reason: str, at: datetime) -> None:
    motion.require(OUT)
    motion.move(M.CLOSED, at, reason)
    motion.give_up(at)
    motion.tell(names.MOTION_CLOSED, reason=reason)


def drop(motion: Motion, reason: str, at: datetime) -> None:
    """Given up before it is adopted. Raises WrongState."""
    motion.move(M.DROPPED, at, reason)
    motion.give_up(at)
    motion.tell(names.MOTION_DROPPED, reason=reason)


def publish(motion: Motion) -> None:
    """Everybody may read it. Raises WrongState before it is handed in."""
    motion.require(OUT)
    motion.public = True
