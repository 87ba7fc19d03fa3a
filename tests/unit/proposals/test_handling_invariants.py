"""Whatever is tried in whatever order, the rules of a handled proposal hold."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.proposals.domain import (
    answering,
    assigning,
    contacts,
    deadlines,
    handling,
    judging,
    promises,
    rehandling,
    withdrawal,
)
from services.proposals.domain.alarms import Schedule
from services.proposals.domain.assignments import ASSIGNMENT_MOVES, AssignmentState, Mode, Part
from services.proposals.domain.assignments import Task as Share
from services.proposals.domain.evaluation import (
    CloseKind,
    Evaluation,
    Form,
    Grade,
    HeardBy,
    Line,
    Pertinence,
    evaluation_id,
)
from services.proposals.domain.replies import (
    Check,
    CommitmentStatus,
    Content,
    Outcome,
    Promise,
    ReplyClass,
    SignOff,
)
from services.proposals.domain.rounds import ContactWay, Mediation
from services.proposals.domain.states import CLOSED_STATES, IN_HANDLING, TRANSITIONS, State
from services.proposals.repository.documents import to_document
from shared.contracts import names
from shared.errors import DomainError
from tests.unit.proposals.samples import AUTHOR, DIRECTOR, LU, NOW, QIAN, SHEN, STAFF, filed
from tests.unit.proposals.test_handling import (
    HYGS,
    OFFICER,
    SLJ,
    SUPERVISOR,
    WHOLE,
    ZJJ,
    DueDates,
)

UNITS = st.sampled_from([ZJJ, SLJ, HYGS])
PEOPLE = st.sampled_from([LU, SHEN, QIAN])
GRADES = st.sampled_from(Grade)
PLANS = {
    Mode.SOLE: [Share(ZJJ, Part.SOLE)],
    Mode.MAIN_CO: [Share(ZJJ, Part.MAIN), Share(HYGS, Part.CO)],
    Mode.SEPARATE: [Share(ZJJ, Part.SEPARATE), Share(SLJ, Part.SEPARATE)],
}
PROMISED = Content(
    **{**vars(WHOLE), "result_class": ReplyClass.B, "promises": (Promise("完工", "2017-05-31"),)}
)
CONTENTS = st.sampled_from([WHOLE, PROMISED, Content(), Content(**{**vars(WHOLE), "proof": ()})])
STEPS = st.sampled_from([timedelta(hours=1), timedelta(days=2), timedelta(days=11)])
SECRET = "态度敷衍"
# One verb may do the first piece of work and the next move at once.
REACHED = {
    before: moves | (ASSIGNMENT_MOVES[AssignmentState.WORKING] if before == "RECEIVED" else set())
    for before, moves in ASSIGNMENT_MOVES.items()
}
MOVED = {
    names.PROPOSAL_WITHDRAWN: State.WITHDRAWN,
    names.PROPOSAL_ASSIGNED: State.ASSIGNED,
    names.PROPOSAL_HANDLING_STARTED: State.HANDLING,
    names.PROPOSAL_REPLIED: State.REPLIED,
    names.PROPOSAL_EVALUATED: State.EVALUATED,
    names.PROPOSAL_CLOSED: State.CLOSED,
    names.PROPOSAL_REHANDLING_REQUESTED: State.REHANDLING,
    names.PROPOSAL_SECOND_REPLY_DUE: State.REHANDLING,
    names.PROPOSAL_REOPENED: State.REHANDLING,
    names.PROPOSAL_SECOND_REPLIED: State.SECOND_REPLIED,
    names.PROPOSAL_ESCALATED: State.ESCALATED,
    names.PROPOSAL_TRACKING_STARTED: State.TRACKING,
    names.PROPOSAL_ARCHIVED: State.ARCHIVED,
}
KINDS = st.sampled_from(CloseKind)
OUTCOMES = st.sampled_from(["MET", "MET", "MISSED", "CHANGED"])
MEETING = ("周立新", "三方", "商定分期实施", ())


class Handling(RuleBasedStateMachine):
    """One filed proposal, its verbs in any order; `facts` is all that was recorded."""

    @initialize(mode=st.sampled_from(Mode), content=st.sampled_from([None, None, WHOLE, PROMISED]))
    def begin(self, mode: Mode, content: Content | None) -> None:
        """Where there is a content, the story begins with the replies."""
        self.proposal = filed(SHEN)
        self.mode, self.at = mode, NOW
        self.facts: list[tuple[str, dict[str, Any]]] = []
        if content:
            self.hurry_to_the_units()
            for share in list(self.proposal.assignments):
                if share.replies:
                    self.hurry_to_the_reply(share.unit, content)

    def attempt(self, act: Callable[[], object]) -> None:
        """A refusal changes nothing; each move has one row, follows its table and is told."""
        self.proposal.events.clear()
        before = deepcopy(self.proposal)
        try:
            act()
        except DomainError:
            assert self.proposal == before
            return
        proposal = self.proposal
        self.facts += proposal.events
        states = [before.state]
        for row in proposal.history[len(before.history) :]:
            assert (row["from"], State(row["to"]) in TRANSITIONS[states[-1]]) == (states[-1], True)
            states.append(State(row["to"]))
        assert states[-1] is proposal.state
        told = [MOVED[event] for event, _ in proposal.events if event in MOVED]
        if before.state is State.SECOND_REPLIED and State.EVALUATED in told:
            told.remove(State.EVALUATED)  # a fact, but no state: T18, T19
        assert told == states[1:]
        for former, share in zip(before.assignments, proposal.assignments, strict=False):
            assert share.state is former.state or share.state in REACHED[former.state]
            assert (share.no, share.unit, share.part) == (former.no, former.unit, former.part)

    @precondition(lambda self: self.at < NOW + timedelta(days=200))
    @rule(step=STEPS)
    def wait(self, step: timedelta) -> None:
        self.at += step

    # -- assignment --------------------------------------------------------------------------

    @rule(mode=st.sampled_from(Mode))
    def propose(self, mode: Mode) -> None:
        tasks = PLANS[self.mode]
        self.attempt(lambda: assigning.propose(self.proposal, mode, tasks, "", self.at, STAFF))

    @precondition(lambda self: not self.proposal.round)
    @rule(reason=st.sampled_from(["", "应由他局主办"]))
    def refuse(self, reason: str) -> None:
        self.attempt(lambda: assigning.refuse(self.proposal, reason))

    @rule()
    def assign(self) -> None:
        days = [self.at + timedelta(days=count) for count in (10, 30, 90)]
        self.attempt(lambda: assigning.assign(self.proposal, DueDates(*days), self.at, SUPERVISOR))

    @rule()
    def hurry_to_the_units(self) -> None:
        tasks = PLANS[self.mode]
        self.attempt(lambda: assigning.propose(self.proposal, self.mode, tasks, "", NOW, STAFF))
        self.assign()

    @precondition(lambda self: not self.proposal.round)
    @rule()
    def request_withdrawal(self) -> None:
        self.attempt(lambda: withdrawal.request(self.proposal, "另行提出", self.at))

    @precondition(lambda self: not self.proposal.round)
    @rule(agreed=st.sampled_from([False, False, True]))  # withdrawn, there is little to try
    def decide_withdrawal(self, agreed: bool) -> None:
        self.attempt(lambda: withdrawal.decide(self.proposal, agreed, "已交办", self.at, DIRECTOR))

    # -- work --------------------------------------------------------------------------------

    @rule(unit=UNITS)
    def receive(self, unit: str) -> None:
        self.attempt(lambda: handling.receive(self.proposal, unit, self.at))

    @rule()
    def deem_received(self) -> None:
        def act() -> None:
            assert handling.deem_received(self.proposal, self.at) is bool(self.proposal.events)
            assert not handling.deem_received(self.proposal, self.at)

        self.attempt(act)

    @precondition(lambda self: self.proposal.state in IN_HANDLING)
    @rule(unit=st.one_of(st.none(), UNITS), reached=st.booleans(), ago=st.integers(0, 2))
    def contact(self, unit: str | None, reached: bool, ago: int) -> None:
        day = (self.at - timedelta(days=ago)).date().isoformat()
        self.attempt(
            lambda: contacts.record(
                self.proposal,
                unit,
                ContactWay.PHONE,
                day,
                reached,
                "孙燕",
                SECRET,
                self.at,
                OFFICER,
            )
        )

    @rule(no=st.integers(0, 4))
    def confirm_contact(self, no: int) -> None:
        self.attempt(lambda: contacts.confirm(self.proposal, no, self.at))

    @rule(no=st.integers(0, 4), reason=st.sampled_from(["", "没有见面"]))
    def dispute_contact(self, no: int, reason: str) -> None:
        self.attempt(lambda: contacts.dispute(self.proposal, no, reason, self.at))

    @rule(unit=UNITS)
    def give_co_opinion(self, unit: str) -> None:
        self.attempt(
            lambda: handling.give_co_opinion(self.proposal, unit, "可以接管", self.at, OFFICER)
        )

    # -- replies -----------------------------------------------------------------------------

    @rule(unit=UNITS, content=CONTENTS)
    def save_reply(self, unit: str, content: Content) -> None:
        self.attempt(lambda: answering.save(self.proposal, unit, content, self.at))

    @rule(unit=UNITS)
    def request_sign_off(self, unit: str) -> None:
        self.attempt(lambda: answering.request_sign_off(self.proposal, unit, self.at))

    @rule(unit=UNITS, comment=st.sampled_from(["", "请补充"]))
    def refuse_sign_off(self, unit: str, comment: str) -> None:
        self.attempt(lambda: answering.refuse_sign_off(self.proposal, unit, comment))

    @rule(unit=UNITS)
    def sign_reply(self, unit: str) -> None:
        sign_off = SignOff("赵宏伟", False, self.at, "a-leader")
        self.attempt(lambda: answering.sign(self.proposal, unit, sign_off))

    @rule(unit=UNITS, passed=st.booleans(), comment=st.sampled_from(["", "请逐条答复"]))
    def check_reply(self, unit: str, passed: bool, comment: str) -> None:
        check = Check(passed, comment, False, self.at, "a-sup")
        self.attempt(lambda: answering.check(self.proposal, unit, check))

    @rule(unit=UNITS)
    def deliver_reply(self, unit: str) -> None:
        by = self.at + timedelta(days=30)
        self.attempt(lambda: answering.deliver(self.proposal, unit, self.at, by))

    @precondition(lambda self: self.proposal.state in IN_HANDLING)
    @rule(unit=UNITS, content=st.sampled_from([WHOLE, PROMISED]), outcome=OUTCOMES)
    def hurry_to_the_reply(self, unit: str, content: Content, outcome: str = "MET") -> None:
        own = [c.no for c in self.proposal.unsettled if c.unit == unit]
        told = tuple(Outcome(no, CommitmentStatus(outcome), "如实报告") for no in own)
        content = Content(**{**vars(content), "outcomes": told})
        self.receive(unit)
        self.contact(unit, True, 0)
        self.save_reply(unit, content)
        self.request_sign_off(unit)
        self.sign_reply(unit)
        self.check_reply(unit, True, "")
        self.deliver_reply(unit)

    # -- judgement ---------------------------------------------------------------------------

    @precondition(lambda self: self.proposal.replied_at)
    @rule(attitude=GRADES, result=GRADES)
    def judge(self, attitude: Grade, result: Grade) -> None:
        """By the official evaluator of the moment, if anybody is left."""
        self.evaluate(self.proposal.evaluator or QIAN, attitude, result)

    @precondition(lambda self: self.proposal.round)
    @rule(evaluator=PEOPLE, attitude=GRADES, result=GRADES)
    def evaluate(self, evaluator: str, attitude: Grade, result: Grade) -> None:
        proposal, at = self.proposal, self.at

        def act() -> None:
            judging.check_evaluator(proposal, evaluator, at)
            lines = tuple(Line(unit, attitude, result) for unit in proposal.answering_units)
            form = Form(lines, HeardBy.PHONE, False, Pertinence.NO, False, SECRET, SECRET)
            no, official = proposal.round, evaluator == proposal.evaluator
            key = evaluation_id("p-1", no, evaluator)
            judged = Evaluation(key, "p-1", 15, no, evaluator, official, at, form)
            judged.send(proposal.answering_units, at, binding=official)
            if official:
                self.last = form
                judging.evaluate(proposal, judged, at + timedelta(days=30), at, AUTHOR)

        self.attempt(act)

    @rule()
    def close_unevaluated(self) -> None:
        def act() -> None:
            assert judging.close_unevaluated(self.proposal, self.at) is bool(self.proposal.events)

        self.attempt(act)

    @rule(member=PEOPLE)
    def mark_absent(self, member: str) -> None:
        before = self.proposal.absent

        def act() -> None:
            changed = judging.mark_absent(self.proposal, member)
            assert changed is (self.proposal.absent != before)

        self.attempt(act)

    # -- after the reply ---------------------------------------------------------------------

    @rule(reason=st.sampled_from(["", "继续推进"]))
    def carry_over(self, reason: str) -> None:
        by = self.at + timedelta(days=30)
        self.attempt(lambda: rehandling.carry_over(self.proposal, reason, by, self.at, STAFF))

    @rule(reason=st.sampled_from(["", "补充意见"]))
    def reopen(self, reason: str) -> None:
        by = self.at + timedelta(days=30)
        self.attempt(lambda: rehandling.reopen(self.proposal, reason, by, self.at, DIRECTOR))

    @precondition(lambda self: self.proposal.state is State.ESCALATED)
    @rule(minuted=st.booleans(), kind=KINDS)
    def mediate(self, minuted: bool, kind: CloseKind) -> None:
        def act() -> None:
            judging.close_escalated(self.proposal, kind, self.last, self.at, DIRECTOR)

        if minuted:
            day = self.at.date().isoformat()
            meeting = Mediation(day, *MEETING, self.at, "a-chair")
            self.attempt(lambda: judging.record_mediation(self.proposal, meeting, self.at))
        self.attempt(act)

    @precondition(lambda self: self.proposal.rounds)
    @rule()
    def ring(self) -> None:
        """Each alarm goes off once; nothing is due right after."""

        def act() -> None:
            while deadlines.ring(self.proposal, self.at, Schedule()):
                pass
            following = deadlines.next_alarm(self.proposal, self.at, Schedule())
            assert following is None or following > self.at
            assert len(set(self.proposal.rung)) == len(self.proposal.rung)

        self.attempt(act)

    @rule(no=st.integers(0, 3), renewed=st.booleans())
    def decide_commitment(self, no: int, renewed: bool) -> None:
        day = (self.at + timedelta(days=20)).date().isoformat()
        self.attempt(
            lambda: (
                promises.renew(self.proposal, no, day, self.at)
                if renewed
                else promises.release(self.proposal, no, "规划调整", self.at)
            )
        )

    @rule()
    def archive(self) -> None:
        self.attempt(lambda: rehandling.archive(self.proposal, self.at, STAFF))

    # -- what always holds -------------------------------------------------------------------

    @invariant()
    def no_grade_is_told_or_stored_before_closing(self) -> None:
        """V20, decision 21."""
        for event, data in self.facts:
            assert ({"attitude", "result"} <= data.keys()) is (event == names.PROPOSAL_CLOSED)
            assert SECRET not in repr(data)
        if self.proposal.state not in CLOSED_STATES:
            row = to_document(self.proposal, self.at)
            for sealed in (row, *row.pop("rounds")[-1:]):
                assert (sealed["attitude"], sealed["result"]) == (None, None)
                assert sealed["close_kind"] is None
            assert not any(repr(grade.value) in repr(row) for grade in Grade)

    @invariant()
    def an_assigned_case_has_one_share_for_each_unit(self) -> None:
        proposal = self.proposal
        assigned = proposal.assigned_at is not None
        units = [task.unit for task in PLANS[self.mode]] if assigned else []
        assert [share.unit for share in proposal.assignments] == units
        assert [r.no for r in proposal.rounds] == list(range(1, proposal.round + 1))
        assert bool(proposal.round) is assigned
        assert proposal.plan is None or not assigned

    @invariant()
    def replied_means_that_all_who_reply_have_delivered(self) -> None:
        """T12."""
        proposal = self.proposal
        replying = [share for share in proposal.assignments if share.replies]
        if proposal.round == 1:
            delivered = all(share.state == "DELIVERED" for share in replying)
            assert delivered is (proposal.replied_at is not None)
        else:
            assert (proposal.replied_at is not None) is (proposal.round > 1)
        for share in replying:
            if share.unit in proposal.asked_units:
                told = share.unit in proposal.answering_units
                assert told is (share.state is AssignmentState.DELIVERED)

    @invariant()
    def a_delivered_reply_was_signed_checked_and_talked_over(self) -> None:
        """V16, V19."""
        for reply in self.proposal.replies:
            if reply.delivered_at:
                assert reply.sign_off is not None
                assert reply.passed
                met = [(c.unit, c.round) for c in self.proposal.contacts if c.reached]
                assert (reply.unit, reply.round) in met

    @invariant()
    def parts_are_numbered_from_one(self) -> None:
        for parts in (self.proposal.contacts, self.proposal.commitments, self.proposal.assignments):
            assert [part.no for part in parts] == list(range(1, len(parts) + 1))

    @invariant()
    def promises_follow_from_delivered_replies(self) -> None:
        """Decision 26; T21 where a closed case has open ones."""
        proposal = self.proposal
        promised = [r.unit for r in proposal.replies if r.delivered_at and r.content.promises]
        renewed = [c.unit for c in proposal.commitments if c.successor]
        assert sorted(c.unit for c in proposal.commitments) == sorted(promised + renewed)
        if proposal.state in {State.CLOSED, State.ARCHIVED}:
            assert proposal.unsettled == []
        assert all(c.asked_round is None or c.asked_round > c.round for c in proposal.commitments)


TestHandling = Handling.TestCase
TestHandling.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
