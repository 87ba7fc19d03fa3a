"""Small proposals for the rules' tests: who, when, and how far each has come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.domain import cosigning, drafting, review, submission
from services.proposals.domain.details import By, Details, Session
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import Category, SignState
from services.proposals.domain.text import Limits, Text
from shared.clock import SHANGHAI
from shared.errors import DomainError

Fact = tuple[str, dict[str, Any]]


def on(month: int, day: int, hour: int = 9, year: int = 2017) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


NOW, LATER = on(2, 6), on(2, 8)
DECIDE_BY, REVIEW_BY, WINDOW = on(2, 10), on(2, 20), timedelta(days=7)
TIMES = review.ReturnTimes(cosign=7, resubmit=60)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
SESSION = Session(
    term=15,
    no=1,
    opens_at=on(11, 7, year=2016),
    cut_off_at=on(2, 9, 17),
    plenary_from=on(2, 6),
    plenary_to=on(2, 10, 17),
)
LU, SHEN, QIAN, WU = "m-15-0088", "m-15-0031", "m-15-0140", "m-15-0007"
ACTIVE = frozenset({LU, SHEN, QIAN, WU})
AUTHOR = By("a-lu", "MEMBER")
STAFF, DIRECTOR = By("a-staff", "PROPOSAL_STAFF"), By("a-director", "PROPOSAL_DIRECTOR")
TIMER = By("proposals", "SYSTEM")
LIMITS = Limits()
TEXT = Text(
    "关于加强老旧住宅小区二次供水的建议",
    "全区仍有一批老旧住宅小区使用屋顶水箱。",
    "产权不清，管理责任不明。",
    ("三年内完成改造", "设施移交供水公司统一管理"),
)
CHANGED = replace(TEXT, suggestions=("三年内完成改造", "设施由区统一管理"))
DETAILS = Details(category=Category.URBAN_RURAL, declared=True)
PARTY = {"kind": "party", "id": "org-minjian"}


def draft(kind: ProposerType = ProposerType.INDIVIDUAL, **changes: Any) -> Proposal:
    """A draft that could be submitted, but for co-signers and seal."""
    collective = kind in COLLECTIVES
    fields: dict[str, Any] = {
        "id": "p-1",
        "term": 15,
        "proposer_type": kind,
        "text": TEXT,
        "details": DETAILS,
        "created_at": NOW,
        "first_proposer": None if collective else LU,
        "organisation": PARTY if collective else None,
        "groups": {} if collective else {"sector": "22"},
        **changes,
    }
    return Proposal(**fields)


def joint(*cosigners: str, invited: Collection[str] = ()) -> Proposal:
    """A joint proposal that `cosigners` confirmed; `invited` have not answered yet."""
    proposal = draft(ProposerType.JOINT)
    for member in (*cosigners, *invited):
        cosigning.invite(proposal, member, NOW, AUTHOR)
    for member in cosigners:
        cosigning.confirm(proposal, member, NOW)
    proposal.events.clear()
    return proposal


def submit(proposal: Proposal, at: datetime = NOW, **changes: Any) -> None:
    given: dict[str, Any] = {
        "by": AUTHOR,
        "session": SESSION,
        "active": ACTIVE,
        "limits": LIMITS,
        "serial_number": 315 if proposal.serial_no is None else None,
        "review_due_at": REVIEW_BY,
        **changes,
    }
    submission.submit(proposal, at, **given)


def problems(proposal: Proposal, at: datetime = NOW, **changes: Any) -> list[tuple[str, Any]]:
    """(code, field) of what stands against submitting."""
    given: dict[str, Any] = {
        "by": AUTHOR,
        "session": SESSION,
        "active": ACTIVE,
        "limits": LIMITS,
        **changes,
    }
    return [(p.code, p.field) for p in submission.problems(proposal, at, **given)]


def submitted(*cosigners: str) -> Proposal:
    """INDIVIDUAL without, JOINT with co-signers; events forgotten, as below."""
    proposal = joint(*cosigners) if cosigners else draft()
    submit(proposal)
    proposal.events.clear()
    return proposal


def under_review(*cosigners: str) -> Proposal:
    proposal = submitted(*cosigners)
    review.start(proposal, NOW, STAFF)
    proposal.events.clear()
    return proposal


def returned(*cosigners: str) -> Proposal:
    proposal = under_review(*cosigners)
    review.send_back(proposal, "请补充数据", NOW, STAFF, TIMES)
    proposal.events.clear()
    return proposal


def file(proposal: Proposal, number: int = 23) -> None:
    review.file(proposal, ["unit-water"], "建议区水务局办理", True, number, NOW, DIRECTOR)


def filed(*cosigners: str) -> Proposal:
    proposal = under_review(*cosigners)
    file(proposal)
    proposal.events.clear()
    return proposal


def short() -> Proposal:
    """Submitted jointly; the only co-signer has withdrawn."""
    proposal = submitted(SHEN)
    cosigning.withdraw(proposal, SHEN, NOW, DECIDE_BY)
    proposal.events.clear()
    return proposal


def with_signature(state: SignState) -> Proposal:
    """A returned joint proposal, where SHEN's signature is in `state` and QIAN confirmed."""
    proposal = returned(QIAN)
    cosigning.invite(proposal, SHEN, NOW, AUTHOR)
    if state in {SignState.CONFIRMED, SignState.WITHDRAWN, SignState.RECONFIRM_NEEDED}:
        cosigning.confirm(proposal, SHEN, NOW)
    settle: dict[SignState, Callable[[], object]] = {
        SignState.DECLINED: lambda: cosigning.decline(proposal, SHEN, NOW),
        SignState.CANCELLED: lambda: cosigning.cancel_invitation(proposal, SHEN, NOW),
        SignState.WITHDRAWN: lambda: cosigning.withdraw(proposal, SHEN, NOW, DECIDE_BY),
        SignState.RECONFIRM_NEEDED: lambda: drafting.edit(proposal, CHANGED, DETAILS, NOW, AUTHOR),
        SignState.EXPIRED: lambda: _expire(proposal),
    }
    settle.get(state, lambda: None)()
    proposal.events.clear()
    assert signatures(proposal)[SHEN] is state
    return proposal


def _expire(proposal: Proposal) -> None:
    submit(proposal)
    review.start(proposal, NOW, STAFF)
    review.send_back(proposal, "请补充数据", NOW, STAFF, TIMES)


def taken(proposal: Proposal) -> list[Fact]:
    """What was recorded since the last look."""
    facts = list(proposal.events)
    proposal.events.clear()
    return facts


def told(proposal: Proposal) -> list[str]:
    return [event for event, _ in taken(proposal)]


def fact(event: str, kind: str = "INDIVIDUAL", **data: Any) -> Fact:
    """An event of a member's proposal with the header that each has."""
    header = {
        "proposal_id": "p-1",
        "title": TEXT.title,
        "proposer_type": kind,
        "first_proposer": LU,
        "organisation": None,
    }
    return event, {**header, **data}


def cosign_fact(event: str, member: str, count: int, occurrence: int = 1) -> Fact:
    """An event of one co-signature; `count` are the confirmed ones after it."""
    data = {"member_id": member, "occurrence_no": occurrence, "confirmed_count": count}
    return fact(event, "JOINT", **data)


def signatures(proposal: Proposal) -> dict[str, SignState]:
    return {c.member_id: c.state for c in proposal.cosignatures}


def moved(proposal: Proposal) -> tuple[str, str, str | None, str, str | None]:
    row = proposal.history[-1]
    return row["from"], row["to"], row["account_id"], row["role"], row["note"]


def refusal(caught: pytest.ExceptionInfo[DomainError]) -> tuple[str, str | None]:
    return caught.value.code, caught.value.field
