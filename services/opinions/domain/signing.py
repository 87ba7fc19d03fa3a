"""Signing: the secretary-general or a vice chair issues it under a number (签发人)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.opinions.domain import errors
from services.opinions.domain.clocks import Limit
from services.opinions.domain.record import Issue, Opinion
from services.opinions.domain.states import Form, OpinionState, Urgency
from shared.contracts import names
from shared.days import SHANGHAI

S = OpinionState


def require_signable(opinion: Opinion, signer: Sequence[str]) -> None:
    """Raises NotEdited, SignerIsAuthor. signer: memberships of who signs."""
    opinion.require({S.EDITING})
    if opinion.edition is None or opinion.edition.sent_at is None:
        raise errors.NotEdited("尚未送签发")
    if set(signer) & set(opinion.credited):
        raise errors.SignerIsAuthor


def sign(
    opinion: Opinion, followers: Sequence[Opinion], no: int, signer: str, name: str, at: datetime
) -> None:
    """Issued. no: the number, unless it has one from before a revocation.

    Each item that is used in it has an event of its own: its authors are credited for it.
    """
    form = Form.COMBINED if followers else Form.SINGLE
    year = at.astimezone(SHANGHAI).year
    kept = opinion.issue
    opinion.issue = (
        replace(kept, form=form, issued_at=at, signer=signer, signer_name=name)
        if kept
        else Issue(year, no, form, at, signer, name)
    )
    opinion.move(S.ISSUED, at)
    opinion.stop(Limit.SIGN, at)
    opinion.told(at)
    for one in (opinion, *followers):
        one.issued_as = form
        one.tell_own(
            names.OPINION_ISSUED,
            occurrence_no=one.again("ISSUE"),
            form=form.value,
            issue_no=number(opinion.issue),
            deliver_due_at=one.due(Limit.DELIVER),
            lead=opinion.id,
            urgent=opinion.urgency is Urgency.URGENT,
        )


def send_back(opinion: Opinion, reason: str, at: datetime) -> None:
    """The signer wants the editor's version changed."""
    opinion.require({S.EDITING})
    if opinion.edition is None or opinion.edition.sent_at is None:
        raise errors.NotEdited("尚未送签发")
    opinion.edition = replace(opinion.edition, sent_at=None)
    opinion.stop(Limit.SIGN, at)
    due_at = opinion.due(Limit.DELIVER)
    opinion.tell(names.OPINION_EDITION_RETURNED, reason=reason, edit_due_at=due_at)


def revoke(opinion: Opinion, followers: Sequence[Opinion], reason: str, at: datetime) -> None:
    """Back to the editor before anybody outside has it; the number stays the item's (28)."""
    opinion.require({S.ISSUED})
    assert opinion.issue is not None
    assert opinion.edition is not None
    form, no = opinion.issue.form, number(opinion.issue)
    opinion.move(S.EDITING, at)
    opinion.edition = replace(opinion.edition, sent_at=None)
    for one in (opinion, *followers):
        one.issued_as = None
        one.tell_own(
            names.OPINION_ISSUE_REVOKED,
            occurrence_no=one.counts["ISSUE"],
            form=form.value,
            issue_no=no,
            reason=reason,
            lead=opinion.id,
            edit_due_at=one.due(Limit.DELIVER),
        )


def number(issue: Issue) -> str:
    """社情民意 2017年第35期."""
    return f"社情民意 {issue.year}年第{issue.no}期"
