"""Reading materials, questions, papers and quizzes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.study.commands import access
from services.study.commands.papers import JUDGES
from services.study.commands.ports import Desk
from services.study.domain.materials import MaterialState
from services.study.domain.papers import PaperState
from services.study.domain.quizzes import QuizState, right_shares
from services.study.schemas import library as form
from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First, Ids, RecordId
from shared.organisers import organisation_of

Row = dict[str, Any]
BY_ISSUE = [("issued_at", -1), ("_id", 1)]
BY_ASKING = [("asked_at", -1), ("_id", 1)]
BY_SUBMISSION = [("submitted_at", -1), ("_id", 1)]
BY_CREATION = [("created_at", -1), ("_id", 1)]
ISSUED = MaterialState.ISSUED.value
OPEN_PAPERS = [PaperState.SHARED.value, PaperState.ACCEPTED.value]
READERS = (*access.VIEWERS, *access.ANSWERS)


@allow(*access.VIEWERS)
@query("studyMaterials", gives="StudyMaterial")
def list_materials(
    call: Call, desk: Desk, *, filter: form.StudyMaterialFilter, first: First, after: After | None
) -> Row:
    """学习资料，新的在前。Materials, the latest first.

    A page, the latest issued first: what is issued, and drafts of one's own organisation.
    """
    page = desk.materials.page(_materials(call.actor, desk, filter), BY_ISSUE, first, after)
    return {**page, "rows": _with_reads(call.actor, desk, page["rows"])}


@allow(*access.VIEWERS)
@query()
def count_materials(call: Call, desk: Desk, *, filter: form.StudyMaterialFilter) -> int:
    return desk.materials.count(_materials(call.actor, desk, filter))


@allow(*Role)
@query(loads="StudyMaterial")
def materials_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    query = {"$and": [{"_id": {"$in": ids}}, _visible(call.actor)]}
    return _with_reads(call.actor, desk, desk.materials.rows(query))


@allow(*READERS)
@query("studyQuestions", gives="StudyQuestion")
def list_questions(
    call: Call, desk: Desk, *, filter: form.StudyQuestionFilter, first: First, after: After | None
) -> Row:
    """向部门的提问，新的在前。Questions to departments, the latest first.

    Questions to departments: a unit those to itself, all others all.
    """
    return desk.questions.page(_questions(call.actor, filter), BY_ASKING, first, after)


@allow(*READERS)
@query()
def count_questions(call: Call, desk: Desk, *, filter: form.StudyQuestionFilter) -> int:
    return desk.questions.count(_questions(call.actor, filter))


@allow(*Role)
@query(loads="StudyQuestion")
def questions_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in READERS:
        return []
    return desk.questions.rows({"$and": [{"_id": {"$in": ids}}, _questions(call.actor, {})]})


@allow(*access.VIEWERS)
@query("studyPapers", gives="StudyPaper")
def list_papers(
    call: Call, desk: Desk, *, filter: form.StudyPaperFilter, first: First, after: After | None
) -> Row:
    """学习笔记和文章，新的在前。Notes and papers, the latest first.

    Shared notes and accepted papers; one's own and, for who judges, all others too.
    """
    return desk.papers.page(_papers(call.actor, filter), BY_SUBMISSION, first, after)


@allow(*access.VIEWERS)
@query()
def count_papers(call: Call, desk: Desk, *, filter: form.StudyPaperFilter) -> int:
    return desk.papers.count(_papers(call.actor, filter))


@allow(*Role)
@query(loads="StudyPaper")
def papers_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    return desk.papers.rows({"$and": [{"_id": {"$in": ids}}, _papers(call.actor, {})]})


@allow(*access.VIEWERS)
@query("quizzes", gives="Quiz")
def list_quizzes(
    call: Call, desk: Desk, *, filter: form.QuizFilter, first: First, after: After | None
) -> Row:
    """学习测验，新的在前。Quizzes, the latest first.

    Quizzes, newest first; the right answers show once a quiz is closed.
    """
    query = {name: value for name, value in filter.items() if value is not None}
    page = desk.quizzes.page(query, BY_CREATION, first, after)
    return {**page, "rows": [_quiz(call.actor, desk, row) for row in page["rows"]]}


@allow(*access.VIEWERS)
@query()
def count_quizzes(call: Call, desk: Desk, *, filter: form.QuizFilter) -> int:
    return desk.quizzes.count({n: value for n, value in filter.items() if value is not None})


@allow(*Role)
@query(loads="Quiz")
def quizzes_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[Row]:
    if call.actor.role not in access.VIEWERS:
        return []
    rows = desk.quizzes.rows({"_id": {"$in": ids}})
    return [_quiz(call.actor, desk, row) for row in rows]


@allow(*Role)
@query()
def may_read_file(call: Call, desk: Desk, *, file_id: RecordId, subject: RecordId) -> bool:
    """Whether the file is of a material or paper that the viewer is shown (decision 20)."""
    held = {"_id": subject, "files": file_id}
    if desk.materials.count({"$and": [held, _visible(call.actor)]}):
        return True
    reads_papers = call.actor.role in access.VIEWERS
    return reads_papers and desk.papers.count({"$and": [held, _papers(call.actor, {})]}) > 0


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def held_files(_call: Call, desk: Desk, *, ids: Ids) -> list[str]:
    """Those of these files that any record holds, for the gateway before it removes one."""
    return sorted(desk.materials.held(ids) | desk.papers.held(ids))


def _visible(actor: Actor) -> Row:
    if actor.role is access.OFFICE:
        return {}
    issued = {"state": ISSUED}
    if actor.role in access.ANSWERS:  # what members ask it about
        return {**issued, "unit": actor.scope.get("unit", "")}
    if actor.role not in access.VIEWERS:
        return {"_id": {"$in": []}}
    own = organisation_of(actor)
    return {"$or": [{"organiser": own}, issued]} if own else issued


def _materials(actor: Actor, desk: Desk, filter: Mapping[str, Any]) -> Row:
    given = {name: value for name, value in filter.items() if value is not None}
    if "read" in given:
        wanted = "$in" if given.pop("read") else "$nin"
        given["_id"] = {wanted: desk.reads.all_of(actor.memberships)}
    if "theme" in given:
        given["themes"] = given.pop("theme")
    return {"$and": [given, _visible(actor)]}


def _with_reads(actor: Actor, desk: Desk, rows: list[Row]) -> list[Row]:
    ids = [row["id"] for row in rows]
    readers = desk.reads.counts(ids)
    own = desk.reads.of_members(actor.memberships, ids)
    return [
        {
            **row,
            "organiser_id": row["organiser"],
            "unit_id": row["unit"],
            "read_at": own.get(row["id"]),
            "readers_count": readers.get(row["id"], 0),
            "may_run": access.may_run(actor, row["organiser"]),
        }
        for row in rows
    ]


def _questions(actor: Actor, filter: Mapping[str, Any]) -> Row:
    given = {name: value for name, value in filter.items() if value is not None}
    if "answered" in given:
        given["answered_at"] = {"$ne": None} if given.pop("answered") else None
    if actor.role in access.ANSWERS:
        given = {"$and": [given, {"unit": actor.scope.get("unit", "")}]}
    return given


def _papers(actor: Actor, filter: Mapping[str, Any]) -> Row:
    given = {name: value for name, value in filter.items() if value is not None}
    if "author" in given:
        author = given.pop("author")
        given["authors"] = actor.own if actor.is_self(author) else author
    if actor.role in JUDGES:
        return given
    seen: list[Row] = [{"state": {"$in": OPEN_PAPERS}}, {"authors": actor.own}]
    return {"$and": [given, {"$or": seen}]}


def _quiz(actor: Actor, desk: Desk, row: Row) -> Row:
    runs = access.may_run(actor, row["organiser"])
    shown = runs or row["state"] == QuizState.CLOSED.value
    answers = desk.answers.of(row["id"]) if shown else []
    shares = right_shares(answers, len(row["questions"]))
    questions = [
        {
            **question,
            "right": question["right"] if shown else None,
            "right_share": share if shown else None,
        }
        for question, share in zip(row["questions"], shares, strict=True)
    ]
    return {
        **row,
        "organiser_id": row["organiser"],
        "questions": questions,
        "answers_count": len(answers) if shown else None,
        "may_run": runs,
    }
