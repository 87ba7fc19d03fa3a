"""Writing, submitting, taking back: what the author does (10.1, 10.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.opinions.domain import errors
from services.opinions.domain.clocks import Limit
from services.opinions.domain.limits import Limits
from services.opinions.domain.record import Opinion, Text
from services.opinions.domain.states import OpinionState, Urgency
from shared.contracts import names
from shared.days import SHANGHAI

S = OpinionState
OWN = frozenset({S.DRAFT, S.RETURNED})
ONCE = 1  # a member is credited once for an item, however often it is submitted (D1)


def draft(opinion: Opinion) -> None:
    """Made of what another service has turned over: its author is asked to complete it."""
    opinion.tell(names.OPINION_DRAFTED, channel=opinion.channel.value)


def write(opinion: Opinion, text: Text, longest: int, **said: Any) -> None:
    """The author's text and all that goes with it. Raises TooLong, WrongState."""
    opinion.require(OWN)
    require_short(text, longest)
    opinion.text = text
    for name, value in said.items():
        setattr(opinion, name, value)


def require_short(text: Text, longest: int) -> None:
    """Raises TooLong (10.2)."""
    if text.length > longest:
        raise errors.TooLong(
            f"情况反映和意见建议合计不超过{longest}字，现为{text.length}字",
            field="facts",
            details={"limit": longest, "length": text.length},
        )


def name_authors(opinion: Opinion, authors: Sequence[str], most: int) -> None:
    """Only before the first submission: then they are credited. Raises Unfit."""
    chosen = tuple(dict.fromkeys(authors))
    if chosen == opinion.authors:
        return
    if opinion.submitted_at is not None:
        raise errors.Unfit("提交后不能更改反映人", field="coauthors")
    if len(chosen) > most:
        raise errors.Unfit(f"反映人不超过{most}名", field="coauthors")
    opinion.authors = chosen


def submit(opinion: Opinion, declared: bool, longest: int, limits: Limits, at: datetime) -> None:
    """One matter, and true. Raises NotDeclared, Incomplete, TooLong, WrongState."""
    opinion.require(OWN)
    if not declared:
        raise errors.NotDeclared(field="declared")
    if not opinion.text.facts and opinion.voice is None:
        raise errors.Incomplete(field="facts")
    if not opinion.text.suggestion and opinion.voice is None:
        raise errors.Incomplete("请填写意见建议，或附语音", field="suggestion")
    require_short(opinion.text, longest)  # what was turned over is as long as it was
    opinion.move(S.SUBMITTED, at)
    if opinion.submitted_at is None:
        opinion.year = at.astimezone(SHANGHAI).year
    opinion.submitted_at = at
    opinion.stop(Limit.RESUBMIT, at)
    opinion.watch(*limits.submitted(opinion.urgency, at))
    opinion.again("SUBMISSION")
    opinion.tell(
        names.OPINION_SUBMITTED,
        occurrence_no=ONCE,
        channel=opinion.channel.value,
        urgent=opinion.urgency is Urgency.URGENT,
        edit_due_at=opinion.due(Limit.EDIT),
    )


def discard(opinion: Opinion, at: datetime) -> None:
    """A draft that was never submitted: nothing was earned by it."""
    opinion.require({S.DRAFT})
    opinion.move(S.WITHDRAWN, at)
    opinion.tell(names.OPINION_DISCARDED)


def withdraw(opinion: Opinion, reason: str, at: datetime) -> None:
    """By the author, before it is issued (decision 28); what it earned is undone."""
    opinion.require({S.SUBMITTED, S.RETURNED, S.EDITING, S.COMBINED})
    opinion.move(S.WITHDRAWN, at)
    opinion.reason, opinion.combined_into = reason, None
    opinion.give_up(at)
    opinion.tell_own(names.OPINION_WITHDRAWN, occurrence_no=ONCE, reason=reason)
