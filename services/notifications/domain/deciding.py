"""Reminders of decisions: whoever has the to-do is told once, in its words (decision 41)."""

from __future__ import annotations

from collections.abc import Mapping

from services.notifications.domain.rows import Reaction, Tell
from services.notifications.domain.templates import Category, Template
from services.notifications.domain.todos import TODO_TEXTS, TodoKind
from shared.contracts import names
from shared.contracts.deciding import DECISIONS, Decision

CATEGORIES = {
    "performance": Category.PERFORMANCE,
    "office": Category.MEETING,
    "members": Category.MEMBERSHIP,
    "liaison": Category.LIAISON,
    "study": Category.STUDY,
}


def reminders(asked: Mapping[tuple[str, str], Reaction]) -> dict[tuple[str, str], Reaction]:
    """A row for each service: of every decision, those whom the event that asks gives a to-do."""
    return {
        (service, names.DECISION_REMINDER_DUE): Reaction(
            tuple(tell for decision in decisions for tell in _tells(asked, service, decision)),
        )
        for service, decisions in DECISIONS.items()
    }


def _tells(
    asked: Mapping[tuple[str, str], Reaction], service: str, decision: Decision
) -> list[Tell]:
    opens = asked[service, decision.asked_by].opens
    of_this = [row for row in opens if row.kind.value == decision.about]
    return [
        Tell(template_name(decision), row.to, lambda data: data["about"] == decision.about)
        for row in of_this
    ]


def template_name(decision: Decision) -> str:
    return f"{decision.about}_DUE"


def _template(service: str, decision: Decision) -> Template:
    todo = TODO_TEXTS[TodoKind(decision.about)]
    return Template(
        CATEGORIES.get(service, Category.ACCOUNT),
        f"{TodoKind(decision.about).label}将到期",
        f"{todo.text}，期限为{{decide_by}}。",
        todo.link_kind,
        todo.subject_field,
    )


TEMPLATES = {
    template_name(decision): _template(service, decision)
    for service, decisions in DECISIONS.items()
    for decision in decisions
}
