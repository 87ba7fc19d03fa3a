"""Materials: written, reviewed by somebody else, issued, recalled, read, asked about."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from services.study.commands import access
from services.study.commands.changing import change, found
from services.study.commands.ports import Desk
from services.study.domain import errors
from services.study.domain.materials import Kind, Material, MaterialState, Question
from services.study.schemas import common
from services.study.schemas import materials as form
from shared.actor import MEMBER_ROLES, allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence.changing import create, unless_stale


@allow(*access.ORGANISERS)
@command("writeStudyMaterial", answers=form.MATERIAL)
def write_material(
    call: Call,
    desk: Desk,
    *,
    material_id: form.MaterialMaterialId | None,
    organiser: common.Organiser,
    expected_version: ExpectedVersion | None = None,
    **written: Unpack[form.WriteMaterial],
) -> str:
    """编写学习资料。Write a material, new or again while it is a draft."""
    access.require_organiser(call.actor, organiser)
    if material_id is not None:
        write = unless_stale(expected_version, lambda m, _: m.write(**written))
        return change(call, desk, desk.materials, material_id, write)

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
@command("sendStudyMaterial", answers=form.MATERIAL)
def send_material(call: Call, desk: Desk, *, material_id: common.MaterialId) -> str:
    """送审学习资料。Send a material for review."""
    return change(call, desk, desk.materials, material_id, lambda m, _: m.send_for_review())


@allow(*access.ORGANISERS, approves=True)
@command("reviewStudyMaterial", answers=form.MATERIAL)
def review_material(
    call: Call,
    desk: Desk,
    *,
    material_id: common.MaterialId,
    passed: form.Passed,
    opinion: common.Opinion | None,
) -> str:
    """审核学习资料（非编写人）。Review a material; passed, it is issued.

    By somebody else of the organisation, or of the office. Raises SamePerson.
    """
    by = access.account(call.actor)
    return change(
        call, desk, desk.materials, material_id, lambda m, at: m.review(passed, opinion, by, at)
    )


@allow(*access.ORGANISERS)
@command("recallStudyMaterial", answers=form.MATERIAL)
def recall_material(
    call: Call, desk: Desk, *, material_id: common.MaterialId, reason: common.Reason
) -> str:
    """撤回学习资料。Recall a material."""
    return change(call, desk, desk.materials, material_id, lambda m, at: m.recall(reason, at))


@allow(*MEMBER_ROLES)
@command("confirmMaterialRead", answers=form.MATERIAL)
def read_material(call: Call, desk: Desk, *, material_id: common.MaterialId) -> str:
    """阅知学习资料，不计分。Confirm reading it; it earns nothing.

    A read receipt, once; it earns nothing (section 4).
    """
    me = call.actor.acting_member()
    _issued(desk, material_id)
    if not desk.reads.of_members(call.actor.memberships, [material_id]):
        desk.reads.note(material_id, me, desk.clock.now())
    return material_id


@allow(*MEMBER_ROLES)
@command("askDepartment", answers=form.QUESTION)
def ask_question(
    call: Call, desk: Desk, *, material_id: common.MaterialId, text: form.QuestionText
) -> str:
    """就知情通报向部门提问。Ask a department about its briefing pack."""
    me, material = call.actor.acting_member(), _issued(desk, material_id)
    if material.kind is not Kind.BRIEFING:
        raise errors.SessionUnfit("只能就知情通报提问", field="materialId")

    def make(at: datetime) -> Question:
        question = Question(
            id=new_id(),
            term=material.term,
            material_id=material_id,
            unit=str(material.unit),
            member_id=me,
            text=text,
            asked_at=at,
        )
        question.ask()
        return question

    return create(call, desk, desk.questions, make)


@allow(*access.ANSWERS)
@command("answerStudyQuestion", answers=form.QUESTION)
def answer_question(
    call: Call, desk: Desk, *, question_id: form.QuestionId, text: form.AnswerQuestionText
) -> str:
    """部门答复提问。Answer a question, as the department."""

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
