"""Replies (答复) of a unit: class, adoption per suggestion, commitments, sign-off (V16–V19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from services.proposals.domain import errors
from shared.errors import DomainError
from shared.labels import Labelled

DOC_NO = re.compile(r"(?P<word>[^〔〕\s]{1,20})〔(?P<year>\d{4})〕(?P<number>[1-9]\d{0,4})号")


class ReplyClass(Labelled, name="ResultClass"):
    """办理结果类别。Class of the result."""

    A = "A", "A类：已解决或基本解决", "Solved or basically solved"
    B = "B", "B类：正在解决或列入计划解决", "Being solved, or planned"
    C = "C", "C类：留作参考", "Kept for reference"
    D = "D", "D类：供参考", "Reference"


class ReplyOpenness(Labelled):
    """答复公开方式。How much of a reply the public sees."""

    FULL = "FULL", "全文公开", "In full"
    SUMMARY = "SUMMARY", "摘要公开", "A summary"
    NOT = "NOT", "不公开", "Not at all"


class Adoption(Labelled, name="AdoptionState"):
    """采纳情况。What becomes of a suggestion."""

    ADOPTED = "ADOPTED", "采纳", "Adopted"
    PARTLY = "PARTLY", "部分采纳", "Partly adopted"
    NOT = "NOT", "未采纳", "Not adopted"


class CommitmentStatus(Labelled):
    """承诺状态。State of a commitment."""

    OPEN = "OPEN", "待兑现", "Open"
    MET = "MET", "已兑现", "Met"
    MISSED = "MISSED", "未兑现", "Missed"
    CHANGED = "CHANGED", "已变更", "Changed"
    CLAIMED = "CLAIMED", "待核实", "Said to be kept, by nobody confirmed"


class CommitmentGround(Labelled):
    """承诺兑现的依据。What a kept promise stands on."""

    PROPOSER = "PROPOSER", "有证明且提案人满意", "Proof, and the proposer's consent"
    COMMITTEE = "COMMITTEE", "提案委认定", "Recognised by the proposal committee"
    INSPECTION = "INSPECTION", "视察核实", "Verified by an inspection"


UNKEPT = frozenset({CommitmentStatus.MISSED, CommitmentStatus.CHANGED})
PENDING = frozenset({CommitmentStatus.OPEN, CommitmentStatus.CLAIMED})  # may still count as kept


@dataclass(frozen=True)
class Answer:
    """What became of one suggestion; `suggestion` is its position from 1."""

    suggestion: int
    adoption: Adoption
    note: str = ""


@dataclass(frozen=True)
class Promise:
    """A promise of class B; `due_on` is an ISO date."""

    text: str
    due_on: str


@dataclass(frozen=True)
class Outcome:
    """What became of an earlier promise, told in a second reply; `commitment` is its number.

    record: the paper that proves it (an acceptance, a document number), where there is no file.
    """

    commitment: int
    status: CommitmentStatus
    note: str = ""
    proof: tuple[str, ...] = ()  # file ids
    record: str = ""


@dataclass(frozen=True)
class Content:
    """What the unit writes; every field may be empty in a draft."""

    doc_no: str = ""
    result_class: ReplyClass | None = None
    body: str = ""
    measures: str = ""
    answers: tuple[Answer, ...] = ()
    promises: tuple[Promise, ...] = ()
    reason: str = ""  # class C and D
    proof: tuple[str, ...] = ()  # file ids, class A
    outcomes: tuple[Outcome, ...] = ()  # of earlier promises
    contact_person: str = ""
    contact_phone: str = ""
    openness: ReplyOpenness | None = None  # what the unit proposes (decision 52)
    openness_reason: str = ""
    summary: str = ""  # for the public, where it is to see no more

    @property
    def files(self) -> tuple[str, ...]:
        """Ids of all files: the proof of class A and that of kept promises."""
        return (*self.proof, *(file_id for o in self.outcomes for file_id in o.proof))


@dataclass
class SignOff:
    """The leader's signature; `in_charge`: the leader in charge of the matter (分管领导, V18)."""

    signer: str
    in_charge: bool
    signed_at: datetime
    account_id: str | None


@dataclass
class Check:
    """The supervising office's check (V19); `consent` lets two attempts stand for a contact."""

    passed: bool
    comment: str
    consent: bool
    checked_at: datetime
    account_id: str | None


@dataclass
class Disclosure:
    """What the committee decides on the public's view of a delivered reply (decision 52).

    Until then, `openness` None, the public sees nothing of it.
    """

    openness: ReplyOpenness | None = None
    summary: str = ""
    reason: str = ""
    decided_at: datetime | None = None
    account_id: str | None = None
    decide_by: datetime | None = None  # decision 41


@dataclass
class Reply:
    """One unit's reply of one round, from draft to delivery."""

    unit: str
    round: int
    title: str
    content: Content
    saved_at: datetime
    sign_off_requested_at: datetime | None = None
    sign_off_refusal: str | None = None
    sign_off: SignOff | None = None
    checks: list[Check] = field(default_factory=list)
    delivered_at: datetime | None = None
    decide_by: datetime | None = None  # to be signed, then to be checked by (decision 41)
    disclosure: Disclosure | None = None  # once it is delivered

    @property
    def passed(self) -> bool:
        return bool(self.checks) and self.checks[-1].passed


@dataclass
class Commitment:
    """A delivered promise with its own life (decision 26).

    asked_round: the second reply that was asked for because it fell due, once for each;
    claim: what the unit then said, in its reply of `claim_round`; ground: what it counts as kept
    by (decision 42); verified_by: the inspection that saw it; recognition: the committee's reason;
    settled_at: nothing is left to do about it; successor: the number of the promise that took its
    place; release: why it was given up (class C).
    """

    no: int
    unit: str
    round: int
    text: str
    due_on: str
    status: CommitmentStatus
    made_at: datetime
    asked_round: int | None = None
    claim: CommitmentStatus | None = None
    claim_round: int | None = None
    note: str = ""
    proof: tuple[str, ...] = ()
    record: str = ""
    verified_by: str | None = None
    recognition: str | None = None
    ground: CommitmentGround | None = None
    settled_at: datetime | None = None
    successor: int | None = None
    release: str | None = None
    decide_by: datetime | None = None  # where somebody must decide about it (decision 41)

    @property
    def proven(self) -> bool:
        return bool(self.proof or self.record.strip())


def number_key(unit: str, doc_no: str) -> str:
    """Reply numbers are unique for each unit and year (decision 13)."""
    found = DOC_NO.fullmatch(doc_no)
    assert found is not None
    return f"{unit}:{found['year']}:{int(found['number'])}"


def year_of(doc_no: str) -> int | None:
    found = DOC_NO.fullmatch(doc_no)
    return int(found["year"]) if found else None


def title_of(case_title: str, round: int) -> str:
    """「关于区政协十五届一次会议第023号提案的答复」, later ones 「…的二次答复」."""
    return f"关于区政协{case_title}提案的{'答复' if round == 1 else '二次答复'}"


def problems(content: Content, suggestions: int, every: bool, today: str) -> Iterator[DomainError]:
    """What keeps a reply from being signed: completeness and V17.

    suggestions: how many the proposal has; every: all must be answered (not with separate
    handling, where a unit answers its own share); today: ISO date, promises lie after it.
    """
    if not DOC_NO.fullmatch(content.doc_no):
        yield errors.DocNoForm(field="docNo")
    if not content.body.strip():
        yield errors.ReplyIncomplete("请填写答复正文", field="body")
    if not content.contact_person.strip():
        yield errors.ReplyIncomplete("请填写联系人", field="contactPerson")
    if not content.contact_phone.strip():
        yield errors.ReplyIncomplete("请填写联系电话", field="contactPhone")
    yield from _answer_problems(content, suggestions, every)
    yield from _openness_problems(content)
    if content.result_class is None:
        yield errors.ReplyIncomplete("请选择办理结果类别", field="resultClass")
    else:
        yield from _class_problems(content, today)


def _answer_problems(content: Content, suggestions: int, every: bool) -> Iterator[DomainError]:
    answered = [answer.suggestion for answer in content.answers]
    known = set(range(1, suggestions + 1))
    if len(set(answered)) < len(answered) or set(answered) - known:
        yield errors.AnswersUnfit(field="answers")
    elif not answered or (every and set(answered) != known):
        missing = sorted(known - set(answered))
        yield errors.AnswersMissing(field="answers", details={"missing": missing})
    for answer in content.answers:
        if answer.adoption is not Adoption.ADOPTED and not answer.note.strip():
            yield errors.AnswersMissing(
                f"第{answer.suggestion}条建议未全部采纳，请写明理由", field="answers"
            )


def _class_problems(content: Content, today: str) -> Iterator[DomainError]:
    """V17."""
    if content.result_class is ReplyClass.A and not content.proof:
        yield errors.ProofMissing(field="proof")
    if content.result_class is ReplyClass.B and not content.promises:
        yield errors.CommitmentMissing(field="commitments")
    if content.result_class in {ReplyClass.C, ReplyClass.D} and not content.reason.strip():
        yield errors.ReplyReasonMissing(field="reason")
    if any(promise.due_on <= today for promise in content.promises):
        yield errors.CommitmentMissing("承诺的完成日期应晚于今天", field="commitments")


def _openness_problems(content: Content) -> Iterator[DomainError]:
    """Decision 52."""
    if content.openness is ReplyOpenness.NOT and not content.openness_reason.strip():
        yield errors.OpennessReason("建议不公开的，请写明理由", field="opennessReason")
    if content.openness is ReplyOpenness.SUMMARY and not content.summary.strip():
        yield errors.ReplyIncomplete("建议摘要公开的，请填写摘要", field="summary")
