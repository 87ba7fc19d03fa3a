"""Materials: written, reviewed by somebody else, issued, recalled, read, asked about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.study.commands import access
from services.study.commands.changing import change, create, found
from services.study.commands.ports import Desk
from services.study.domain import errors
from services.study.domain.materials import Kind, Material, MaterialState, Question
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id


@allow(*access.ORGANISERS)
def write_material(
    call: Call, desk: Desk, *, material_id: str | None, organiser: str, **written: Any
) -> str:
    """A new draft, or one written again; its id."""
    access.require_organiser(call.actor, organiser)
    if material_id is not None:
        return change(call, desk, desk.materials, material_id, lambda m, _: m.write(**written))

    def make(_: datetime) -> Material:
        author = access.account(call.actor)
        material = Material(
            id=new_id(),
            term=desk.members.current_term(),
            organiser=organiser,
            author=author,
            **written,
        )
        material.write()
        return material

    return create(call, desk, desk.materials, make)


@allow(*access.ORGANISERS)
def send_material(call: Call, desk: Desk, *, material_id: str) -> str:
    """For review."""
    return change(call, desk, desk.materials, material_id, lambda m, _: m.send_for_review())


@allow(*access.ORGANISERS)
def review_material(
    call: Call, desk: Desk, *, material_id: str, passed: bool, opinion: str | None
) -> str:
    """By somebody else of the organisation, or of the office. Raises SamePerson."""
    by = access.account(call.actor)
    return change(
        call, desk, desk.materials, material_id, lambda m, at: m.review(passed, opinion, by, at)
    )


@allow(*access.ORGANISERS)
def recall_material(call: Call, desk: Desk, *, material_id: str, reason: str) -> str:
    return change(call, desk, desk.materials, material_id, lambda m, at: m.recall(reason, at))


@allow(*MEMBER_ROLES)
def read_material(call: Call, desk: Desk, *, material_id: str) -> str:
    """A read receipt, once; it earns nothing (section 4)."""
    _issued(desk, material_id)
    desk.reads.note(material_id, str(call.actor.member_id), desk.clock.now())
    return material_id


@allow(*MEMBER_ROLES)
def ask_question(call: Call, desk: Desk, *, material_id: str, text: str) -> str:
    """To the department of a briefing pack (2.4); its id."""
    material = _issued(desk, material_id)
    if material.kind is not Kind.BRIEFING:
        raise errors.SessionUnfit("只能就知情通报提问", field="materialId")

    def make(at: datetime) -> Question:
        question = Question(
            id=new_id(),
            term=material.term,
            material_id=material_id,
            unit=str(material.unit),
            member_id=str(call.actor.member_id),
            text=text,
            asked_at=at,
        )
        question.ask()
        return question

    return create(call, desk, desk.questions, make)


@allow(*access.ANSWERS)
def answer_question(call: Call, desk: Desk, *, question_id: str, text: str) -> str:
    """By the department's own officer."""

    def once() -> str:
        at = desk.clock.now()
        question = found(desk.questions, question_id)
        if call.actor.scope.get("unit") != question.unit:
            raise Forbidden("只能答复向本单位提出的问题")
        question.reply(text, access.account(call.actor), at)
        desk.questions.save(call, question, at)
        return question_id

    return desk.questions.run(call, once)


def _issued(desk: Desk, material_id: str) -> Material:
    material = desk.materials.get(material_id)
    if material is None or material.state is not MaterialState.ISSUED:
        raise errors.StudyNotFound
    return material
