"""Editing: what the information editor does with what came in (10.3)."""

from __future__ import annotations

from datetime import datetime

from services.opinions.domain import errors
from services.opinions.domain.clocks import Limit
from services.opinions.domain.limits import Limits
from services.opinions.domain.record import Edition, Follower, Opinion, Text
from services.opinions.domain.states import (
    BEFORE_ISSUE,
    Openness,
    OpinionState,
    Retention,
    Urgency,
)
from shared.contracts import names

S = OpinionState
USABLE = frozenset({S.SUBMITTED, S.EDITING, S.RETAINED})  # what may be used in another


def start(opinion: Opinion, by: str, at: datetime) -> None:
    """Taken up; what was retained may be taken up again, by hand and without a new limit."""
    opinion.require({S.SUBMITTED, S.RETAINED})
    opinion.move(S.EDITING, at)
    opinion.editor, opinion.retention, opinion.reason = by, None, None
    opinion.tell(names.OPINION_EDITING_STARTED, edit_due_at=opinion.due(Limit.EDIT))


def edit(opinion: Opinion, text: Text, openness: Openness, by: str, at: datetime) -> None:
    """The editor's version, apart from the author's. Raises NotEdited while it is to be signed."""
    opinion.require({S.EDITING})
    _require_unsent(opinion)
    opinion.edition, opinion.openness = Edition(text, by, at), openness


def send(opinion: Opinion, limits: Limits, at: datetime) -> None:
    """To be signed. Raises NotEdited."""
    opinion.require({S.EDITING})
    _require_unsent(opinion)
    if opinion.edition is None:
        raise errors.NotEdited
    edition = opinion.edition
    opinion.edition = Edition(edition.text, edition.by, edition.at, at)
    opinion.edited_at = opinion.edited_at or at
    opinion.stop(Limit.EDIT, at)
    clock = limits.signing(opinion.urgency, at)
    opinion.watch(clock)
    urgent = opinion.urgency is Urgency.URGENT
    opinion.tell_own(names.OPINION_EDITED, sign_due_at=clock.due_at, urgent=urgent)


def give_back(opinion: Opinion, reason: str, limits: Limits, at: datetime) -> None:
    """To its author, for revision."""
    opinion.require(BEFORE_ISSUE)
    opinion.move(S.RETURNED, at)
    opinion.reason, opinion.edition = reason, None
    _decided(opinion, at)
    clock = limits.revision(at)
    opinion.watch(clock)
    no = opinion.again("RETURN")
    opinion.tell_own(
        names.OPINION_RETURNED, reason=reason, resubmit_by=clock.due_at, occurrence_no=no
    )


def retain(opinion: Opinion, retention: Retention, reason: str, at: datetime) -> None:
    """Not used; the author is told why."""
    opinion.require(BEFORE_ISSUE)
    opinion.move(S.RETAINED, at)
    opinion.retention, opinion.reason, opinion.edition = retention, reason, None
    _decided(opinion, at)
    opinion.tell_own(
        names.OPINION_RETAINED,
        reason=reason,
        retention=retention.value,
        occurrence_no=opinion.again("RETENTION"),
    )


def combine(lead: Opinion, other: Opinion, at: datetime) -> None:
    """Use another item in this one; all its authors are credited. Raises Unfit, WrongState."""
    lead.require({S.EDITING})
    _require_unsent(lead)
    other.require(USABLE)
    if other.followers:
        raise errors.Unfit("该信息已综合其他信息，请先拆分", field="others")
    other.move(S.COMBINED, at)
    other.combined_into, other.edition, other.retention = lead.id, None, None
    # Its delivery is due as before: with the item that it is used in.
    other.stop(Limit.EDIT, at)
    other.give_up(at, Limit.SIGN)
    other.told(at)
    lead.followers.append(Follower(other.id, other.authors, other.told_organisation, other.named))
    other.tell(names.OPINION_COMBINED, into=lead.id, occurrence_no=other.again("COMBINATION"))


def separate(lead: Opinion, other: Opinion, at: datetime) -> None:
    """Out of the item that it was used in, to be edited by itself."""
    lead.require({S.EDITING})
    _require_unsent(lead)
    other.require({S.COMBINED})
    release(lead, other, at)


def release(lead: Opinion, other: Opinion, at: datetime) -> None:
    """As `separate`, whatever becomes of the item that it was used in."""
    drop(lead, other.id)
    other.move(S.EDITING, at)
    other.combined_into = None
    other.tell(names.OPINION_SEPARATED, out_of=lead.id, edit_due_at=other.due(Limit.DELIVER))


def drop(lead: Opinion, opinion_id: str) -> None:
    lead.followers = [f for f in lead.followers if f.opinion_id != opinion_id]


def _require_unsent(opinion: Opinion) -> None:
    if opinion.edition is not None and opinion.edition.sent_at is not None:
        raise errors.NotEdited("已送签发，不能再修改")


def _decided(opinion: Opinion, at: datetime) -> None:
    """No issue will come of it now: its editing is over, its delivery is not to be."""
    opinion.stop(Limit.EDIT, at)
    opinion.give_up(at, Limit.SIGN, Limit.DELIVER)
    opinion.told(at)
