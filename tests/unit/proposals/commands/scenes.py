"""For each use case a state in which it succeeds: who calls it with what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.proposals.commands import consulting, cosigning, drafting, review
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.domain.verdicts import Verdict
from shared.actor import Actor
from tests.unit.proposals.commands.world import (
    COMMITTEE_STAFF,
    DIRECTOR,
    LU,
    OFFICE,
    OFFICER,
    PARTY_HEAD,
    PARTY_STAFF,
    QIAN,
    SHEN,
    STAFF,
    SYSTEM,
    TEXT,
    World,
    id_of,
)

Scene = tuple[Actor, dict[str, Any]]


def on(key: str, actor: Actor, **more: Any) -> Scene:
    return actor, {"proposal_id": key, **more}


def begin(world: World) -> Scene:
    return LU, TEXT


def enter(world: World) -> Scene:
    return STAFF, {**TEXT, "member_id": id_of(LU), "scan": "file-1"}


def naming(world: World, author: Actor) -> str:
    """A party's proposal that names the author, submitted by its head."""
    world.belongs(author)
    named = [str(author.member_id)]
    key = world.draft(PARTY_HEAD, proposer_type=ProposerType.PARTY, authors=named)
    return world.submitted(key, PARTY_HEAD)


def seal_asked(world: World) -> str:
    key = world.collective(ProposerType.PARTY)
    return str(world.run(drafting.request_seal, PARTY_STAFF, key))


def overdue(world: World) -> Scene:
    world.short()
    world.clock.advance(timedelta(days=30))
    return SYSTEM, {}


def withdrawal_asked(world: World) -> str:
    return str(world.run(review.request_withdrawal, LU, world.filed(), "另行提出"))


NF10 = {
    "reason": NotFiledReason.NF10,
    "disposition": Disposition.TO_SCPO,
    "comment": "没有具体建议",
}


def not_filed(world: World) -> str:
    return str(world.run(review.not_file_proposal, DIRECTOR, world.under_review(), **NF10))


PROPOSED: dict[str, Any] = {
    "verdict": Verdict.FILE,
    "category": None,
    "review_units": ["unit-1"],
    "opinion": "建议立案",
}


def window_over(world: World) -> str:
    """A joint proposal was returned; its time for co-signing is over."""
    key = world.under_review(world.joint(SHEN))
    world.run(review.return_proposal, STAFF, key, "请补充数据")
    world.clock.advance(timedelta(days=8))
    return key


REFERENCE = {
    **NF10,
    "reason": NotFiledReason.NF11,
    "disposition": Disposition.TO_REFERENCE,
    "reference_units": ["unit-1", "unit-2"],
}


def asked_to_refer(world: World, **decision: Any) -> str:
    given = {**REFERENCE, **decision}
    return str(world.run(review.not_file_proposal, DIRECTOR, world.under_review(), **given))


def referred(world: World, **decision: Any) -> str:
    key = asked_to_refer(world, **decision)
    return str(world.run(consulting.answer_referral, LU, key, True, ""))


def appealed(world: World) -> str:
    return str(world.run(review.request_appeal, LU, not_filed(world), "建议是具体的"))


def appeal_decided(world: World) -> str:
    return str(world.run(review.decide_appeal, DIRECTOR, appealed(world), True, "同意"))


def another_invited(world: World) -> Scene:
    return on(world.invited(SHEN), LU, member_id=id_of(QIAN))


def to_file(world: World) -> Scene:
    more = {"review_units": ["unit-1"], "review_opinion": "建议办理", "one_matter": True}
    return on(world.under_review(), DIRECTOR, **more)


def counter(world: World) -> Scene:
    return OFFICE, {"kind": "PLENARY", "term": 15, "session": 1, "first": 22}


# Use case, its scene, the state that it leads to, the events that it records.
Row = tuple[Callable[..., Any], Callable[[World], Scene], str | None, list[str]]
SCENES: dict[str, Row] = {
    "save_draft": (drafting.save_draft, begin, "DRAFT", []),
    "enter_on_behalf": (
        drafting.enter_on_behalf,
        enter,
        "DRAFT",
        ["proposal_entry_confirmation_requested", "proposal_files_changed"],
    ),
    "confirm_entry": (
        drafting.confirm_entry,
        lambda world: on(world.entered(), LU),
        "DRAFT",
        ["proposal_entry_confirmed"],
    ),
    "answer_authorship": (
        drafting.answer_authorship,
        lambda world: on(naming(world, LU), LU, agreed=True),
        "SUBMITTED",
        ["proposal_author_answered"],
    ),
    "discard_draft": (
        drafting.discard_draft,
        lambda world: on(world.invited(SHEN), LU),
        "DISCARDED",
        ["proposal_cosign_cancelled", "proposal_discarded"],
    ),
    "request_seal": (
        drafting.request_seal,
        lambda world: on(world.collective(ProposerType.PARTY), PARTY_STAFF),
        "DRAFT",
        ["proposal_seal_requested"],
    ),
    "confirm_seal": (
        drafting.confirm_seal,
        lambda world: on(seal_asked(world), PARTY_HEAD),
        "DRAFT",
        ["proposal_sealed"],
    ),
    "invite_cosigner": (
        cosigning.invite_cosigner,
        another_invited,
        "COSIGNING",
        ["proposal_cosign_invited"],
    ),
    "cancel_invitation": (
        cosigning.cancel_invitation,
        lambda world: on(world.invited(SHEN), LU, member_id=id_of(SHEN)),
        "COSIGNING",
        ["proposal_cosign_cancelled"],
    ),
    "reopen_draft": (
        cosigning.reopen_draft,
        lambda world: on(world.joint(SHEN), LU),
        "DRAFT",
        ["proposal_cosign_cancelled"],
    ),
    "confirm_cosignature": (
        cosigning.confirm_cosignature,
        lambda world: on(world.invited(SHEN), SHEN),
        "COSIGNING",
        ["proposal_cosign_confirmed"],
    ),
    "decline_cosignature": (
        cosigning.decline_cosignature,
        lambda world: on(world.invited(SHEN), SHEN),
        "COSIGNING",
        ["proposal_cosign_declined"],
    ),
    "withdraw_cosignature": (
        cosigning.withdraw_cosignature,
        lambda world: on(world.submitted(world.joint(SHEN)), SHEN),
        "SUBMITTED",
        ["proposal_cosign_withdrawn", "proposal_cosign_shortfall_opened"],
    ),
    "decide_shortfall": (
        cosigning.decide_shortfall,
        lambda world: on(world.short(), LU, as_individual=True),
        "SUBMITTED",
        ["proposal_cosign_shortfall_decided"],
    ),
    "reopen_cosigning": (
        cosigning.reopen_cosigning,
        lambda world: on(window_over(world), STAFF),
        "RETURNED",
        ["proposal_cosign_window_reopened"],
    ),
    "submit_proposal": (
        review.submit_proposal,
        lambda world: on(world.draft(), LU),
        "SUBMITTED",
        ["proposal_submitted"],
    ),
    "start_review": (
        review.start_review,
        lambda world: on(world.submitted(), STAFF),
        "UNDER_REVIEW",
        ["proposal_review_started"],
    ),
    "return_proposal": (
        review.return_proposal,
        lambda world: on(world.under_review(), STAFF, comment="请补充数据"),
        "RETURNED",
        ["proposal_returned"],
    ),
    "propose_verdict": (
        consulting.propose_verdict,
        lambda world: on(world.under_review(), STAFF, **PROPOSED),
        "UNDER_REVIEW",
        ["proposal_verdict_proposed"],
    ),
    "comment_on_proposal": (
        consulting.comment_on_proposal,
        lambda world: on(world.under_review(), COMMITTEE_STAFF, text="建议立案"),
        "UNDER_REVIEW",
        ["proposal_committee_commented"],
    ),
    "file_proposal": (review.file_proposal, to_file, "FILED", ["proposal_filed"]),
    "not_file_proposal": (
        review.not_file_proposal,
        lambda world: on(world.under_review(), DIRECTOR, **NF10),
        "NOT_FILED",
        ["proposal_not_filed"],
    ),
    "answer_referral": (
        consulting.answer_referral,
        lambda world: on(asked_to_refer(world), LU, agreed=True, comment="可以参阅"),
        "NOT_FILED",
        ["proposal_referred", "proposal_referred"],
    ),
    "confirm_referral": (
        consulting.confirm_referral,
        lambda world: on(referred(world), OFFICER),
        "NOT_FILED",
        ["proposal_referral_received"],
    ),
    "request_appeal": (
        review.request_appeal,
        lambda world: on(not_filed(world), LU, reason="建议是具体的"),
        "NOT_FILED",
        ["proposal_appeal_requested"],
    ),
    "decide_appeal": (
        review.decide_appeal,
        lambda world: on(appealed(world), DIRECTOR, agreed=True, reason="同意立案审查"),
        "NOT_FILED",
        ["proposal_appeal_decision_proposed"],
    ),
    "confirm_appeal": (
        review.confirm_appeal,
        lambda world: on(appeal_decided(world), STAFF, confirmed=True),
        "UNDER_REVIEW",
        ["proposal_appeal_decided"],
    ),
    "revoke_filing": (
        review.revoke_filing,
        lambda world: on(world.filed(), DIRECTOR, reason="重复立案"),
        "UNDER_REVIEW",
        ["proposal_filing_revoked"],
    ),
    "withdraw_proposal": (
        review.withdraw_proposal,
        lambda world: on(world.submitted(), LU, reason="另行提出"),
        "WITHDRAWN",
        ["proposal_withdrawn"],
    ),
    "request_withdrawal": (
        review.request_withdrawal,
        lambda world: on(world.filed(), LU, reason="另行提出"),
        "FILED",
        ["proposal_withdrawal_requested"],
    ),
    "decide_withdrawal": (
        review.decide_withdrawal,
        lambda world: on(withdrawal_asked(world), DIRECTOR, agreed=True, reason=""),
        "WITHDRAWN",
        ["proposal_withdrawn"],
    ),
    "set_counter_start": (review.set_counter_start, counter, None, []),
}
