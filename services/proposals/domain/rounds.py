"""Rounds of replies (二次答复), and the talks in them: contacts (面商), mediation (三方面商)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.proposals.domain.evaluation import CloseKind, Grade
from shared.labels import Labelled


class Trigger(Labelled, name="SecondReplyTrigger"):
    """二次答复的原因。Why units reply again."""

    DISSATISFIED = (
        "DISSATISFIED",
        "委员不满意",
        "The proposer is not satisfied",
    )  # T15: the proposer is not satisfied
    COMMITMENT_DUE = (
        "COMMITMENT_DUE",
        "承诺到期",
        "A promise has come due",
    )  # T22: a promise has come due
    CARRY_OVER = (
        "CARRY_OVER",
        "结转办理",
        "Carried over to a later year",
    )  # T22: handled again in a later year
    SUPPLEMENT = "SUPPLEMENT", "补充意见", "Something was left out"  # T24: something was left out


@dataclass
class Round:
    """One round: who replies, why, and how it ended; grades from its closing on."""

    no: int
    begun_at: datetime
    trigger: Trigger | None = None  # none for the first
    units: tuple[str, ...] = ()
    reason: str = ""
    commitments: tuple[int, ...] = ()  # the promises that fell due
    replied_at: datetime | None = None
    result_class: str | None = None
    recognised_class: str | None = None
    recognition: str = ""
    evaluator: str | None = None  # whose judgement was official
    close_kind: CloseKind | None = None
    closed_at: datetime | None = None
    attitude: Grade | None = None
    result: Grade | None = None


class ContactWay(Labelled):
    """联系方式。Way of a contact."""

    VISIT = "VISIT", "走访", "Visit"
    PHONE = "PHONE", "电话", "Phone"
    MEETING = "MEETING", "座谈", "Meeting"


@dataclass
class Contact:
    """One contact; `unit` is None where the proposer wrote it, which does not count for V16.

    `held_on` is an ISO date; `reached` is false for an attempt without an answer.
    """

    no: int
    round: int
    unit: str | None
    way: ContactWay
    held_on: str
    reached: bool
    people: str
    content: str
    recorded_at: datetime
    account_id: str | None
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    dispute: str | None = None
    after_reply: bool = False  # recorded once the unit, or all, had replied


@dataclass(frozen=True)
class Mediation:
    """A meeting of proposer, unit and committee about an escalated case (T20).

    held_on: ISO date; leader: the chairperson in charge; files: ids of the minutes.
    """

    held_on: str
    leader: str
    people: str
    minutes: str
    files: tuple[str, ...]
    recorded_at: datetime
    account_id: str | None
