"""No decision without a day (decision 41): the to-do shows it, and one reminder tells it."""

from __future__ import annotations

import re

from services.notifications.domain.deciding import TEMPLATES
from services.notifications.domain.rows import Open
from services.notifications.domain.table import REACTIONS
from services.notifications.domain.todos import TodoKind
from shared.contracts.deciding import DECISIONS

DECIDING = re.compile(r"DECISION|APPROVAL|APPEAL|REVIEW|REQUEST|CHANGE|SELECTION|ACCEPTANCE|TALK")
MORE = {TodoKind.MEDIATION, TodoKind.CONFERENCE_ITEM_CLOSING, TodoKind.REPLY_CHECK}
# Each with its reason; the last of them are still to get a day.
WITHOUT = {
    TodoKind.TALK: "a duty after a weak year, for which no rule names a day",
    TodoKind.CONSULTATION_PLAN_DECISION: "the Party committee's, which the office only records",
    TodoKind.MEDIATION: "no decision: held as often as it takes",
    TodoKind.KEY_SELECTION: "not dated yet",
    TodoKind.TOPIC_DECISION: "not dated yet",
    TodoKind.SUPERVISION_REPORT_DECISION: "not dated yet",
    TodoKind.CONTENT_FIRST_REVIEW: "not dated yet",
    TodoKind.CONTENT_SECOND_REVIEW: "not dated yet",
    TodoKind.CONTENT_FINAL_REVIEW: "not dated yet",
}


def opens() -> list[tuple[tuple[str, str], Open]]:
    return [(key, row) for key, reaction in REACTIONS.items() for row in reaction.opens]


def decisions() -> set[TodoKind]:
    return {kind for kind in TodoKind if DECIDING.search(kind.value)} | MORE


def test_every_to_do_of_deciding_shows_its_day() -> None:
    bare = {row.kind for _, row in opens() if row.due is None} & decisions()
    assert bare == set(WITHOUT)
    assert all(WITHOUT.values())


def test_what_the_kernel_dates_is_what_the_to_dos_show() -> None:
    table = {
        (service, decision.asked_by, decision.about)
        for service, rows in DECISIONS.items()
        for decision in rows
    }
    shown = {(*key, row.kind.value) for key, row in opens() if row.due == "decide_by"}
    assert table <= shown
    assert {about for _, _, about in table} == {name.removesuffix("_DUE") for name in TEMPLATES}


def test_what_ends_the_to_do_ends_the_request() -> None:
    """Whatever closes a to-do of the kernel's table ends what it reminds of, and nothing else."""
    for service, rows in DECISIONS.items():
        for decision in rows:
            closing = {
                event_type
                for (source, event_type), reaction in REACTIONS.items()
                if source == service
                and any(row.kind.value == decision.about for row in reaction.closes)
            }
            assert decision.ended_by == closing, decision.about
