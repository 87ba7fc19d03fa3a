"""Which events earn or undo points: the one table that ties events to what rules count.

An earning row names a basis; the scheme in force says which rule counts it, and how much. Each
reversal undoes every entry of the fact's occurrence whose `source_ref` it shares. A correction
undoes a member's record and makes the next one (`shared/contracts/rosters.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.performance.domain.claims import (
    PRESENCE,
    Basis,
    Claim,
    Claims,
    Payload,
    absence,
    cosigners_of,
    first_proposer,
    first_proposer_of,
    named,
    new_by_merging,
    occurrence_of,
    plenary_speech,
    presence,
    refused_first_proposer,
    signers,
    that_member,
    took_part,
)
from services.performance.domain.ledger import SHANGHAI, Cancellation, Cause, Entry, Fact
from services.performance.domain.manual import cancellation_by_hand, entry_by_hand
from services.performance.domain.rules import Rule, RuleBook
from shared.contracts import names


@dataclass(frozen=True, slots=True)
class Earning:
    """`source_ref` is a template over the event's data and the claim's `member_id`.

    step: 1 in a correction, whose record is the one after that which it replaces.
    """

    basis: Basis
    event_type: str
    source_ref: str
    claims: Claims
    step: int = 0


@dataclass(frozen=True, slots=True)
class Undoing:
    """`rows` are the parts of the data whose occurrence is undone: all of it, or its rows."""

    event_type: str
    source_ref: str
    label: str  # why the points are gone, in an explanation
    applies: Callable[[Payload], bool] = lambda _: True
    occurrence: str = "occurrence_no"  # the field with the occurrence that it undoes
    rows: Callable[[Payload], Iterable[Payload]] = lambda data: [data]


def filed_on_appeal(data: Payload) -> bool:
    return bool(data.get("undoes_not_filed"))


def was_verified(data: Payload) -> bool:
    """What is opened again without a verification undoes none."""
    return bool(data["occurrence_no"])


def rows_of(data: Payload) -> Iterable[Payload]:
    """Each member's row of a correction."""
    return [{**data, **row, "occurrence_no": occurrence_of(row)} for row in data["rows"]]


FILING = "proposal/{proposal_id}/filed"
REFUSAL = "proposal/{proposal_id}/not_filed"
KEY = "proposal/{proposal_id}/key"
EXCELLENT = "proposal/{proposal_id}/excellent"
PLAGIARISM = "proposal/{proposal_id}/plagiarism"
ATTENDANCE = "meeting/{meeting_id}/attendance/{member_id}"
SPEECH = "meeting/{meeting_id}/speech/{speech_id}"
PARTICIPATION = "activity/{activity_id}/participation/{member_id}"
SERVICE = "activity/{activity_id}/service/{member_id}"
SESSION = "study_session/{session_id}/attendance/{member_id}"
CLASS = "study_class/{class_id}/completion/{member_id}"
PAPER = "study_paper/{paper_id}/accepted"
REPORT = "report/{report_id}/accepted"
MOTION = "motion/{motion_id}/delivered"
SUBMITTED = "opinion/{opinion_id}/submitted"
ISSUED = "opinion/{opinion_id}/issued"
ADOPTED = "opinion/{opinion_id}/adoption/{level}"
INSTRUCTED = "instruction/{instruction_id}"
VERIFIED = "outcome_item/{item_id}/verified"
HISTORY = "history/{material_id}/accepted"
MODEL = "model/{model_id}/published"

FILED_BY = (
    (Basis.INDIVIDUAL_PROPOSAL, first_proposer_of("INDIVIDUAL")),
    (Basis.JOINT_PROPOSAL, first_proposer_of("JOINT")),
    (Basis.COSIGNATURE, cosigners_of("JOINT")),
    (Basis.COLLECTIVE_PROPOSAL, named("authors")),
)
ATTENDED = (
    *((basis, presence(basis)) for basis in dict.fromkeys(PRESENCE.values())),
    (Basis.PLENARY_ABSENCE, absence(Basis.PLENARY_ABSENCE)),
    (Basis.MANDATORY_ABSENCE, absence(Basis.MANDATORY_ABSENCE)),
    (Basis.OPTIONAL_ABSENCE, absence(Basis.OPTIONAL_ABSENCE)),
)

EARNINGS: tuple[Earning, ...] = (
    *(Earning(basis, names.PROPOSAL_FILED, FILING, claims) for basis, claims in FILED_BY),
    # What was wrongly found to be plagiarism counts as filed anew.
    *(Earning(basis, names.PROPOSAL_PLAGIARISM_OVERTURNED, FILING, c) for basis, c in FILED_BY),
    *(
        Earning(basis, names.PROPOSAL_MERGED, FILING, new_by_merging(claims))
        for basis, claims in FILED_BY
    ),
    Earning(Basis.PROPOSAL_NOT_FILED, names.PROPOSAL_NOT_FILED, REFUSAL, refused_first_proposer),
    Earning(Basis.KEY_PROPOSAL, names.PROPOSAL_KEY_SELECTED, KEY, signers),
    Earning(Basis.EXCELLENT_PROPOSAL, names.PROPOSAL_EXCELLENT_AWARDED, EXCELLENT, signers),
    Earning(Basis.PLAGIARISM, names.PROPOSAL_PLAGIARISM_CONFIRMED, PLAGIARISM, first_proposer),
    *(Earning(b, names.MEETING_ATTENDANCE_CONFIRMED, ATTENDANCE, c) for b, c in ATTENDED),
    *(Earning(b, names.MEETING_ATTENDANCE_CORRECTED, ATTENDANCE, c, 1) for b, c in ATTENDED),
    Earning(Basis.PLENARY_SPEECH, names.MEETING_SPEECH_RECORDED, SPEECH, plenary_speech),
    Earning(Basis.PLENARY_SPEECH, names.MEETING_SPEECH_CORRECTED, SPEECH, plenary_speech, 1),
    Earning(Basis.ACTIVITY, names.ACTIVITY_PARTICIPATION_CONFIRMED, PARTICIPATION, took_part),
    Earning(Basis.ACTIVITY, names.ACTIVITY_PARTICIPATION_CORRECTED, PARTICIPATION, took_part, 1),
    Earning(Basis.SOCIAL_SERVICE, names.ACTIVITY_SERVICE_CONFIRMED, SERVICE, took_part),
    Earning(Basis.SOCIAL_SERVICE, names.ACTIVITY_SERVICE_CORRECTED, SERVICE, took_part, 1),
    Earning(Basis.REPORT, names.REPORT_ACCEPTED, REPORT, named("main_authors")),
    Earning(Basis.MOTION, names.MOTION_DELIVERED, MOTION, named("main_authors")),
    Earning(Basis.OPINION_SUBMITTED, names.OPINION_SUBMITTED, SUBMITTED, named("authors")),
    Earning(Basis.OPINION_ISSUED, names.OPINION_ISSUED, ISSUED, named("authors", "form")),
    Earning(Basis.OPINION_ADOPTED, names.OPINION_ADOPTED, ADOPTED, named("authors", "level")),
    Earning(Basis.INSTRUCTION, names.OPINION_INSTRUCTED, INSTRUCTED, named("authors", "level")),
    Earning(Basis.INSTRUCTION, names.OUTCOME_INSTRUCTED, INSTRUCTED, named("authors", "level")),
    Earning(Basis.SUGGESTION_IMPLEMENTED, names.OUTCOME_ITEM_VERIFIED, VERIFIED, named("authors")),
    Earning(Basis.STUDY_SESSION, names.STUDY_ATTENDANCE_CONFIRMED, SESSION, took_part),
    Earning(Basis.STUDY_SESSION, names.STUDY_ATTENDANCE_CORRECTED, SESSION, took_part, 1),
    Earning(Basis.ROTATION_CLASS, names.STUDY_CLASS_COMPLETED, CLASS, that_member),
    Earning(Basis.STUDY_PAPER, names.STUDY_PAPER_ACCEPTED, PAPER, named("authors")),
    Earning(Basis.PUBLICITY, names.HISTORY_ACCEPTED, HISTORY, named("authors", variant="HISTORY")),
    Earning(
        Basis.PUBLICITY, names.PUBLICITY_MODEL_PUBLISHED, MODEL, named("members", variant="MODEL")
    ),
)

UNDOINGS: tuple[Undoing, ...] = (
    Undoing(names.PROPOSAL_WITHDRAWN, FILING, "提案撤案", lambda data: bool(data["was_filed"])),
    Undoing(names.PROPOSAL_FILING_REVOKED, FILING, "撤销立案"),
    Undoing(names.PROPOSAL_PLAGIARISM_CONFIRMED, FILING, "提案认定抄袭", occurrence="filing_no"),
    Undoing(names.PROPOSAL_KEY_DESELECTED, KEY, "取消重点提案"),
    Undoing(names.PROPOSAL_AWARD_REVOKED, EXCELLENT, "撤销优秀提案"),
    Undoing(
        names.PROPOSAL_PLAGIARISM_OVERTURNED,
        PLAGIARISM,
        "撤销抄袭认定",
        occurrence="plagiarism_no",
    ),
    Undoing(names.PROPOSAL_FILED, REFUSAL, "复议后立案", filed_on_appeal, "undoes_not_filed"),
    Undoing(names.PROPOSAL_MERGED, REFUSAL, "复议后并案", filed_on_appeal, "undoes_not_filed"),
    Undoing(names.MEETING_ATTENDANCE_CORRECTED, ATTENDANCE, "出席记录更正", rows=rows_of),
    Undoing(names.MEETING_SPEECH_CORRECTED, SPEECH, "发言记录更正"),
    Undoing(names.ACTIVITY_PARTICIPATION_CORRECTED, PARTICIPATION, "参加记录更正", rows=rows_of),
    Undoing(names.ACTIVITY_SERVICE_CORRECTED, SERVICE, "社会服务记录更正", rows=rows_of),
    Undoing(names.REPORT_REVOKED, REPORT, "报告撤销采用"),
    Undoing(names.OPINION_WITHDRAWN, SUBMITTED, "社情民意撤回"),
    Undoing(names.OPINION_ISSUE_REVOKED, ISSUED, "撤销编报"),
    Undoing(names.OPINION_ADOPTION_REVOKED, ADOPTED, "撤销采用"),
    Undoing(names.OPINION_INSTRUCTION_REVOKED, INSTRUCTED, "批示撤销"),
    Undoing(names.OUTCOME_INSTRUCTION_REVOKED, INSTRUCTED, "批示撤销"),
    Undoing(names.OUTCOME_ITEM_REOPENED, VERIFIED, "意见重新办理", was_verified),
    Undoing(names.STUDY_ATTENDANCE_CORRECTED, SESSION, "学习记录更正", rows=rows_of),
    Undoing(names.STUDY_COMPLETION_REVOKED, CLASS, "结业撤销"),
    Undoing(names.STUDY_PAPER_REVOKED, PAPER, "文章撤销采用"),
    Undoing(names.HISTORY_REVOKED, HISTORY, "文史资料撤销采用"),
    Undoing(names.PUBLICITY_MODEL_REVOKED, MODEL, "履职典型撤销"),
)

UNDOING_LABELS = {
    **{undoing.event_type: undoing.label for undoing in UNDOINGS},
    names.PERFORMANCE_MANUAL_ENTRY_DECIDED: "人工复核",
}

# Which service tells of what; services that are not there yet are listened to all the same.
SOURCES: dict[str, tuple[str, ...]] = {
    "consultations": ("activity_participation_", "report_", "motion_"),
    "liaison": ("activity_",),
    "office": ("meeting_",),
    "opinions": ("opinion_",),
    "outcomes": ("outcome_",),
    "performance": ("performance_",),
    "proposals": ("proposal_",),
    "publicity": ("history_", "publicity_"),
    "study": ("study_",),
    "supervision": ("report_",),
}
TYPES = {
    *(earning.event_type for earning in EARNINGS),
    *(undoing.event_type for undoing in UNDOINGS),
    names.PERFORMANCE_MANUAL_ENTRY_DECIDED,
}
HEARD: list[tuple[str, str]] = sorted(
    (source, event_type)
    for source, prefixes in SOURCES.items()
    for event_type in TYPES
    if event_type.startswith(prefixes)
)


def earned(fact: Fact, book: RuleBook, earnings: Iterable[Earning] = EARNINGS) -> list[Entry]:
    """The entries that a fact earns by the rules in force when it happened; none before them."""
    by_hand = entry_by_hand(fact, book)
    if by_hand is not None:
        return [by_hand]
    rules = book.at(happened_on(fact))
    if rules is None:
        return []
    return [
        _entry(fact, earning, claim, rule, rules.version)
        for earning in earnings
        if earning.event_type == fact.type and (rule := rules.counting(earning.basis))
        for claim in earning.claims(fact.data)
    ]


def cancellations(fact: Fact, undoings: Iterable[Undoing] = UNDOINGS) -> list[Cancellation]:
    """The occurrences that a fact undoes."""
    by_hand = cancellation_by_hand(fact)
    if by_hand is not None:
        return [by_hand]
    return [
        Cancellation(undoing.source_ref.format_map(row), row[undoing.occurrence], Cause.of(fact))
        for undoing in undoings
        if undoing.event_type == fact.type and undoing.applies(fact.data)
        for row in undoing.rows(fact.data)
    ]


def happened_on(fact: Fact) -> datetime:
    """When the deed was done: the day of the meeting, not that of its confirmation.

    Of what is found about a filing later, the day of the filing (decision 64).
    """
    done = fact.data.get("held_on") or fact.data.get("filed_on")
    return (datetime.fromisoformat(done) if done else fact.occurred_on).astimezone(SHANGHAI)


def _entry(fact: Fact, earning: Earning, claim: Claim, rule: Rule, rule_version: int) -> Entry:
    cause = Cause.of(fact)
    happened = happened_on(fact)
    source_ref = earning.source_ref.format_map({**fact.data, "member_id": claim.member_id})
    occurrence_no = (claim.occurrence_no or fact.data["occurrence_no"]) + earning.step
    return Entry(
        entry_id=f"{rule.code}:{source_ref}:{claim.member_id}:{occurrence_no}",
        member_id=claim.member_id,
        term=fact.term,
        year=happened.year,
        rule_code=rule.code,
        rule_version=rule_version,
        variant=claim.variant,
        quantity=claim.quantity,
        out_of=claim.out_of,
        source_ref=source_ref,
        occurrence_no=occurrence_no,
        source_event_id=cause.source_event_id,
        event_type=cause.event_type,
        occurred_on=happened,
        posted_at=cause.occurred_on,
        actor=cause.actor,
        remote=claim.remote,
    )


def announcement(entry: Entry, book: RuleBook) -> tuple[str, dict[str, Any]]:
    """The event that tells of a new entry; points are the base value, before limits and caps."""
    rule = book.rule(entry.rule_version, entry.rule_code)
    data: Mapping[str, Any] = {
        "entry_id": entry.entry_id,
        "member_id": entry.member_id,
        "year": entry.year,
        "rule_code": entry.rule_code,
        "rule_version": entry.rule_version,
        "rule_label": rule.label,
        "points": float(rule.base(entry.variant, entry.quantity, entry.out_of)),
        "source_ref": entry.source_ref,
        "occurrence_no": entry.occurrence_no,
    }
    if entry.reverses_entry_id is None:
        return names.PERFORMANCE_ENTRY_POSTED, dict(data)
    return names.PERFORMANCE_ENTRY_REVERSED, {
        **data,
        "reverses_entry_id": entry.reverses_entry_id,
    }
