"""What facts of other services change in documents, affairs and plans.

Any order, any number of times: the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.office.commands import paper_access as access
from services.office.commands.plans import plan_id
from services.office.commands.ports import Desk
from services.office.domain.affairs import Affair, AffairKind
from services.office.domain.document_kinds import Kind, Retention, Urgency
from services.office.domain.outgoing import Outgoing, Purpose
from services.office.domain.plan_facts import REVERSALS, SOURCES, fact, undone
from services.office.domain.plans import PlanState
from shared.call import Call
from shared.contracts import names
from shared.contracts.recipients import member_key, organisation_key
from shared.ids import effect_id
from shared.messaging.events import Event
from shared.persistence.database import replay_target

SERVICE = "office"
TOLD = frozenset({PlanState.EXECUTING, PlanState.REVIEWED})


@dataclass(frozen=True)
class Asked:
    """The document that a service asks for: id: field with the id of that service's record."""

    kind: Kind
    id: str
    title: str = "title"  # field with what the document is called
    called: str = "{}"  # the title in it


# Decision 13: (service, event) → the document to issue. A new requester is a new row.
REQUESTS: Mapping[tuple[str, str], Asked] = {
    ("consultations", names.MOTION_ADOPTED): Asked(Kind.MOTION, "motion_id"),
    ("supervision", names.SUPERVISION_OPINION_SIGNED): Asked(
        Kind.SUPERVISION_OPINION, "supervision_id", called="关于{}的监督意见"
    ),
    ("supervision", names.SUPERVISION_REPORTED): Asked(
        Kind.REPORT, "report_ref", title="report_title"
    ),
}


def note_organisation(event: Event, desk: Desk) -> None:
    """Keep the directory; an older state never overwrites a newer one."""
    desk.directory.note(event)


def draft_requested(event: Event, desk: Desk) -> None:
    """The draft of what a meeting has adopted; once for each record of the requester."""
    if replay_target.get():
        return
    asked, data = REQUESTS[event.source, event.type], event.data
    document = Outgoing(
        id=effect_id(asked.kind.value.lower(), data[asked.id]),
        term=event.term,
        kind=asked.kind,
        title=asked.called.format(data[asked.title]),
        text=data["text"],
        main=tuple(data["main"]),
        copy_to=tuple(data.get("copy_to", ())),
        urgency=Urgency.NORMAL,
        retention=Retention.PERMANENT,
        drafted_by=None,
        drafted_at=event.occurred_on,
        attachments=tuple(data.get("attachments", ())),
        purpose=Purpose(event.source, data[asked.id]),
    )
    document.draft()
    desk.outgoing.add_once(event.call(SERVICE), document, event.occurred_on)


def call_three_sides(event: Event, desk: Desk) -> None:
    """AC-06: a dispute about who handles a case puts a three-side meeting on the office's list."""
    if replay_target.get():
        return
    data = event.data
    affair = Affair(
        id=effect_id("three-sides", data["proposal_id"], data["assignment_no"]),
        term=event.term,
        kind=AffairKind.REQUEST,
        title=f"三方协调会：《{data['title']}》承办争议",
        content="该提案第二次提出退办，请召集提案委、督查部门和有关承办单位协调。",
        office=access.GENERAL_OFFICE,
        office_kind="CPPCC_OFFICE",
        raised_by=None,
        raised_key=None,
        raised_at=event.occurred_on,
        proposal_id=data["proposal_id"],
    )
    affair.raise_()
    desk.affairs.add_once(event.call(SERVICE), affair, event.occurred_on)


def take_letter(event: Event, desk: Desk) -> None:
    """Decision 50: a proposal that became a letter is an affair of its author's, answered here.

    Its text stays in proposals, where the office may read it.
    """
    data = event.data
    if replay_target.get() or data["disposition"] != "TO_LETTER":
        return
    first, organisation = data["first_proposer"], data.get("organisation")
    affair = Affair(
        id=effect_id("letter", data["proposal_id"], data["occurrence_no"]),
        term=event.term,
        kind=AffairKind.LETTER,
        title=f"委员来信：《{data['title']}》",
        content="提案未予立案，经提案人同意转为委员来信，内容见该提案，请研究并答复。",
        office=access.GENERAL_OFFICE,
        office_kind="CPPCC_OFFICE",
        raised_by=None,
        raised_key=member_key(first) if first else organisation_key(organisation or ""),
        raised_at=event.occurred_on,
        proposal_id=data["proposal_id"],
        letter_no=data["occurrence_no"],
    )
    affair.raise_()
    desk.affairs.add_once(event.call(SERVICE), affair, event.occurred_on)


def take_forwarded(event: Event, desk: Desk) -> None:
    """What a contact or a visitor's reception turned into an affair, under the lead's own id."""
    data = event.data
    if replay_target.get() or data["to"] != "AFFAIR":
        return
    affair = Affair(
        id=data["lead_id"],
        term=event.term,
        kind=AffairKind.REQUEST,
        title=data["title"],
        content=data["text"],
        office=access.GENERAL_OFFICE,
        office_kind="CPPCC_OFFICE",
        raised_by=None,
        raised_key=None,
        raised_at=event.occurred_on,
        wanted_until=datetime.fromisoformat(due) if (due := data.get("due_at")) else None,
    )
    affair.raise_()
    desk.affairs.add_once(event.call(SERVICE), affair, event.occurred_on)


def count_fact(event: Event, desk: Desk) -> None:
    """Keep what counts towards a plan, and tell the plan's progress."""
    told = fact(event.source, event.type, event.id, event.subject, event.data)
    desk.facts.keep(told, event.term)
    _tell_progress(event.call(SERVICE), desk, told.id)


def undo_fact(event: Event, desk: Desk) -> None:
    """Take back what no longer counts, whether it has been told yet or not."""
    fact_id = undone(event.source, event.type, event.data)
    desk.facts.undo(fact_id)
    _tell_progress(event.call(SERVICE), desk, fact_id)


def _tell_progress(call: Call, desk: Desk, fact_id: str) -> None:
    """Written before it is counted: of two facts at one moment the later sees both."""
    place = desk.facts.plan_of(fact_id)
    if place is None or replay_target.get():
        return
    key = plan_id(*place)

    def once() -> str:
        plan = desk.plans.get(key)
        if plan is not None and plan.state in TOLD and plan.progress(desk.facts.count(plan)):
            desk.plans.save(call, plan, desk.clock.now())
        return key

    desk.plans.run(call, once)


React = Callable[[Event, Desk], None]
REACTIONS: dict[tuple[str, str], React] = {
    ("members", names.ORGANISATION_CHANGED): note_organisation,
    ("proposals", names.ASSIGNMENT_DISPUTE_OPENED): call_three_sides,
    ("proposals", names.PROPOSAL_REFERRED): take_letter,
    ("liaison", names.CONTACT_ISSUE_CONVERTED): take_forwarded,
    ("liaison", names.HOME_LEAD_CONVERTED): take_forwarded,
    **dict.fromkeys(REQUESTS, draft_requested),
    **dict.fromkeys(SOURCES, count_fact),
    **dict.fromkeys(REVERSALS, undo_fact),
}
