"""What a proposal holds, what can be read off it, and how its changes are noted.

The verbs are in the chapters: modules of this folder whose functions take the proposal first. Each
checks, changes and tells what happened; who may call it is decided before (commands), except for
what depends on the proposal. The record and its parts know no chapter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.proposals.domain import errors
from services.proposals.domain.assignments import (
    NOT_DONE,
    REPLYING,
    Assignment,
    AssignmentPlan,
    Objection,
    ObjectionAbout,
    Part,
    Swap,
)
from services.proposals.domain.details import By, Details, Merged
from services.proposals.domain.evaluation import CloseKind, Grade, Supplement
from services.proposals.domain.honour_records import Award, KeyCase, Plagiarism
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.refusal import Appeal, NotFiled, Referral
from services.proposals.domain.replies import Commitment, Reply
from services.proposals.domain.rounds import Contact, Mediation, Round
from services.proposals.domain.signatures import (
    AuthorAnswer,
    Cosignature,
    Entry,
    Naming,
    Seal,
    Shortfall,
    Withdrawal,
)
from services.proposals.domain.states import (
    IN_HANDLING,
    TRANSITIONS,
    Category,
    Mark,
    SignState,
    State,
)
from services.proposals.domain.text import Text
from services.proposals.domain.verdicts import CommitteeComment, FirstReview
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass
class Proposal(Aggregate):
    """The fields of a proposal."""

    id: str
    term: int
    proposer_type: ProposerType
    text: Text
    details: Details
    created_at: datetime
    first_proposer: str | None = None  # member id; none for a collective
    organisation: dict[str, str] | None = None  # {"kind", "id"}, of a collective
    authors: tuple[str, ...] = ()  # named main authors of a collective (B4)
    namings: list[Naming] = field(default_factory=list)  # from the submission on
    orphaned: tuple[str, ...] = ()  # dissolved units whose shares are to be given to others
    side: str | None = None  # of the main unit: whose supervising office it is (decision 45)
    groups: dict[str, Any] = field(default_factory=dict)  # of the first proposer
    state: State = State.DRAFT
    text_no: int = 1
    text_pinned: bool = False  # someone signed or submitted this version of the text
    text_kept: int = 0  # the version that was last kept apart
    cosignatures: list[Cosignature] = field(default_factory=list)
    seal: Seal | None = None
    entry: Entry | None = None
    session: int | None = None
    session_mark: Mark | None = None
    serial_no: str | None = None
    revision: int = 0
    submitted_at: datetime | None = None
    review_due_at: datetime | None = None  # DL1
    return_comment: str | None = None
    window_until: datetime | None = None  # co-signing after a return
    resubmit_by: datetime | None = None  # after a return, else it lapses (decision 41)
    shortfall: Shortfall | None = None
    review_units: tuple[str, ...] = ()
    review_opinion: str | None = None
    first_review: FirstReview | None = None  # decision 53
    field_committees: tuple[str, ...] = ()  # whose field it was when the review began
    committee_comments: list[CommitteeComment] = field(default_factory=list)
    own_category: Category | None = None  # the proposer's, where filing corrected it
    case_no: str | None = None
    case_title: str | None = None
    filed_at: datetime | None = None
    filed_count: int = 0
    merged: Merged | None = None
    followers: tuple[str, ...] = ()  # what is merged into this one
    withdrawal: Withdrawal | None = None
    not_filed: NotFiled | None = None
    not_filed_count: int = 0
    referral: Referral | None = None  # decision 50
    appeal: Appeal | None = None
    plan: AssignmentPlan | None = None
    assignments: list[Assignment] = field(default_factory=list)
    swap: Swap | None = None  # the latest, decision 54
    objections: list[Objection] = field(default_factory=list)  # decision 54
    contacts: list[Contact] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    round: int = 0  # of replies; 1 from the assignment on
    rounds: list[Round] = field(default_factory=list)
    assigned_at: datetime | None = None
    due_at: datetime | None = None  # DL5
    replied_at: datetime | None = None  # the first reply; a later one never changes it
    second_replied_at: datetime | None = None
    result_class: str | None = None  # the least one, where several units replied
    recognised_class: str | None = None  # as the committee sees it
    evaluate_by: datetime | None = None  # DL7
    evaluated_at: datetime | None = None
    supplements: list[Supplement] = field(default_factory=list)  # decision 63
    absent: tuple[str, ...] = ()  # proposers who died or were removed (decision 17)
    rehandling_units: tuple[str, ...] = ()
    mediations: list[Mediation] = field(default_factory=list)
    close_kind: CloseKind | None = None
    closed_at: datetime | None = None
    attitude: Grade | None = None  # of the official evaluation, from closing on
    result: Grade | None = None
    key: KeyCase | None = None
    excellent: Award | None = None
    plagiarism: Plagiarism | None = None
    history: list[dict[str, Any]] = field(default_factory=list)
    rung: tuple[str, ...] = ()  # the alarms that have gone off
    files_told: tuple[str, ...] = ()  # the files that events have named so far

    @property
    def confirmed(self) -> list[str]:
        """Member ids of the co-signers who confirmed the present text."""
        return [c.member_id for c in self.cosignatures if c.state is SignState.CONFIRMED]

    def naming_of(self, member_id: str) -> Naming | None:
        return next((n for n in self.namings if n.member_id == member_id), None)

    @property
    def credited(self) -> list[str]:
        """The named authors who confirmed; also those from before they were asked."""
        answers = {naming.member_id: naming.answer for naming in self.namings}
        confirmed = AuthorAnswer.CONFIRMED
        return [member for member in self.authors if answers.get(member, confirmed) is confirmed]

    @property
    def main_unit(self) -> str | None:
        """The unit that answers for all: as assigned, before that as proposed."""
        shares = [share for share in self.assignments if share.standing]
        tasks = shares or (self.plan.tasks if self.plan else [])
        return next((task.unit for task in tasks if task.part in REPLYING), None)

    @property
    def evaluators(self) -> list[str]:
        """Who may judge the replies: the organisation as `kind:id`, else first proposer and
        confirmed co-signers, without those who died or were removed."""
        if self.organisation:
            return [f"{self.organisation['kind']}:{self.organisation['id']}"]
        people = [m for m in [self.first_proposer, *self.confirmed] if m]
        return [m for m in people if m not in self.absent]

    @property
    def evaluator(self) -> str | None:
        """The one whose judgement is official (decision 17); None if nobody is left."""
        return next(iter(self.evaluators), None)

    @property
    def files(self) -> tuple[str, ...]:
        """Ids of every file that the proposal holds, in whichever of its parts."""
        scan = [self.entry.scan] if self.entry else []
        proof = [file_id for reply in self.replies for file_id in reply.content.files]
        meetings = [*self.mediations, *(self.key.meetings if self.key else ())]
        minutes = [file_id for meeting in meetings for file_id in meeting.files]
        return tuple(sorted({*self.details.attachments, *scan, *proof, *minutes}))

    def tell_files(self) -> None:
        """Record which files came and went since they were told last (decision 20).

        For the repository, before each write, so that no verb can forget it.
        """
        told, held = set(self.files_told), set(self.files)
        if told != held:
            attached, detached = sorted(held - told), sorted(told - held)
            self.tell(names.PROPOSAL_FILES_CHANGED, attached=attached, detached=detached)
            self.files_told = self.files

    # -- parts -------------------------------------------------------------------------------

    def cosignature_of(self, member_id: str) -> Cosignature | None:
        return next((c for c in self.cosignatures if c.member_id == member_id), None)

    def assignment_of(self, unit: str) -> Assignment:
        """The unit's present share; what it has handed back is not. Raises NoAssignment."""
        for assignment in reversed(self.assignments):
            if assignment.unit == unit and assignment.standing:
                return assignment
        raise errors.NoAssignment

    def reply_of(self, unit: str) -> Reply | None:
        """The unit's reply of the present round."""
        return next((r for r in self.replies if (r.unit, r.round) == (unit, self.round)), None)

    def objection_to(self, about: ObjectionAbout, unit: str) -> Objection | None:
        """The one that nobody has answered."""
        mine = (o for o in self.objections if (o.about, o.unit) == (about, unit))
        return next((o for o in mine if o.upheld is None), None)

    @property
    def answerable(self) -> list[Assignment]:
        """The standing shares whose units reply."""
        return [a for a in self.assignments if a.replies and a.standing]

    @property
    def asked_units(self) -> list[str]:
        """Units whose replies the present round waits for."""
        if self.round > 1:
            return list(self.rehandling_units)
        return [a.unit for a in self.answerable]

    @property
    def answering_units(self) -> list[str]:
        """Units whose delivered replies the present round is judged by."""
        return [r.unit for r in self.replies if r.round == self.round and r.delivered_at]

    def waits_for(self, share: Assignment) -> bool:
        """Whether the share is still to be done, as its due date asks: an opinion in the first
        round, a reply of who is asked for one."""
        if self.state not in IN_HANDLING or share.state not in NOT_DONE:
            return False
        return (share.part is Part.CO and self.round == 1) or share.unit in self.asked_units

    @property
    def unsettled(self) -> list[Commitment]:
        """Promises that are open, or not kept and nothing decided about them."""
        return [c for c in self.commitments if c.settled_at is None]

    # -- changes -----------------------------------------------------------------------------

    def require(self, states: Collection[State]) -> None:
        """Raises WrongState outside `states`."""
        if self.state not in states:
            raise errors.WrongState.of(self.state)

    def move(self, to: State, at: datetime, by: By, note: str | None = None) -> None:
        """Take a step that the table allows; raises WrongState."""
        if to not in TRANSITIONS[self.state]:
            raise errors.WrongState.of(self.state)
        self.history.append(
            {
                "from": self.state.value,
                "to": to.value,
                "at": at,
                "account_id": by.account_id,
                "role": by.role,
                "note": note,
            }
        )
        self.state = to

    def header(self) -> dict[str, Any]:
        return {
            "proposal_id": self.id,
            "title": self.text.title,
            "proposer_type": self.proposer_type.value,
            "first_proposer": self.first_proposer,
            "organisation": self.organisation["id"] if self.organisation else None,
        }

    def numbering(self) -> dict[str, Any]:
        """Its number with what that was given for, as events tell it."""
        assert self.session_mark is not None and self.details.category is not None
        return {
            "serial_no": self.serial_no,
            "session": self.session,
            "session_mark": self.session_mark.value,
            "category": self.details.category.value,
            "topic_codes": list(self.details.topic_codes),
            "cosigners": self.confirmed,
        }

    def origin(self) -> dict[str, Any]:
        """What it was made from, where it says so: whoever waits for that hears of it."""
        return {"origin": dict(self.details.origin)} if self.details.origin else {}
