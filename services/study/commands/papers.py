"""Notes and papers of members; quizzes as feedback."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.study.commands import access
from services.study.commands.changing import change, found
from services.study.commands.ports import Desk
from services.study.domain import errors
from services.study.domain.papers import Paper
from services.study.domain.quizzes import Question, Quiz
from services.study.schemas import common
from services.study.schemas import papers as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import create

JUDGES = (Role.OFFICE, Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR)


@allow(*MEMBER_ROLES)
@command("submitStudyPaper", answers=form.PAPER)
def submit_paper(
    call: Call,
    desk: Desk,
    *,
    kind: form.PaperKind,
    title: form.PaperTitle,
    text: form.PaperText,
    coauthors: form.Coauthors,
    session_id: form.PaperSessionId | None,
    files: form.PaperFiles,
) -> str:
    """分享笔记或提交文章。Share a note, or hand a paper in.

    Raises SessionUnfit for strangers.
    """
    me = call.actor.acting_member()
    if set(coauthors) - desk.members.in_office(coauthors):
        raise errors.SessionUnfit("合作者应为在任委员", field="coauthors")

    def make(at: datetime) -> Paper:
        if session_id is not None:
            found(desk.sessions, session_id)
        paper = Paper(
            id=new_id(),
            term=desk.members.current_term(),
            year=at.astimezone(SHANGHAI).year,
            kind=kind,
            title=title,
            text=text,
            authors=tuple(dict.fromkeys([me, *coauthors])),
            session_id=session_id,
            submitted_at=at,
            files=tuple(files),
        )
        paper.submit()
        return paper

    return create(call, desk, desk.papers, make)


@allow(*JUDGES, approves=True)
@command("decideStudyPaper", answers=form.PAPER)
def decide_paper(
    call: Call,
    desk: Desk,
    *,
    paper_id: form.PaperId,
    accepted: form.Accepted,
    opinion: common.Opinion | None,
) -> str:
    """审定学习文章。Accept or decline a paper.

    Accepted, it earns E3 and hours of study.
    """
    hours: float = desk.setting("paper_hours")
    by = access.account(call.actor)
    return _judge(call, desk, paper_id, lambda p, at: p.decide(accepted, hours, opinion, by, at))


@allow(*JUDGES)
@command("revokeStudyPaper", answers=form.PAPER)
def revoke_paper(
    call: Call, desk: Desk, *, paper_id: form.PaperId, opinion: form.PaperOpinion
) -> str:
    """撤销采用。Accept it no longer; what it earned is undone."""
    by = access.account(call.actor)
    return _judge(call, desk, paper_id, lambda p, at: p.revoke(opinion, by, at))


def _judge(call: Call, desk: Desk, paper_id: str, act: Any) -> str:
    def once() -> str:
        at = desk.clock.now()
        paper = found(desk.papers, paper_id)
        act(paper, at)
        desk.papers.save(call, paper, at)
        return paper_id

    return desk.papers.run(call, once)


@allow(*access.ORGANISERS)
@command("openQuiz", answers=form.QUIZ)
def open_quiz(
    call: Call,
    desk: Desk,
    *,
    title: common.Title,
    organiser: common.Organiser,
    subject: form.Subject | None,
    questions: form.Questions,
) -> str:
    """发布测验，仅作反馈。Open a quiz: feedback, never points. Raises QuizUnfit."""
    access.require_organiser(call.actor, organiser)

    def make(at: datetime) -> Quiz:
        asked = [
            Question(row["text"], tuple(row["options"]), tuple(row["right"])) for row in questions
        ]
        by, term = access.account(call.actor), desk.members.current_term()
        quiz = Quiz(new_id(), term, title, organiser, subject, asked, by, at)
        quiz.check()
        return quiz

    return create(call, desk, desk.quizzes, make)


@allow(*access.ORGANISERS)
@command("closeQuiz", answers=form.QUIZ)
def close_quiz(call: Call, desk: Desk, *, quiz_id: form.QuizId) -> str:
    """结束测验。Close a quiz; the right answers show."""
    return change(call, desk, desk.quizzes, quiz_id, lambda quiz, _: quiz.close())


@allow(*MEMBER_ROLES)
@command("takeQuiz", answers=(form.RIGHT, form.QUIZ))
def take_quiz(
    call: Call, desk: Desk, *, quiz_id: form.QuizId, choices: form.Choices
) -> dict[str, Any]:
    """作答（委员本人）。Take a quiz; the first answer stands for the figures."""
    me, quiz = call.actor.acting_member(), found(desk.quizzes, quiz_id)
    right = quiz.take(choices)
    desk.answers.note(quiz_id, me, right)
    return {"right": right, "quiz": quiz_id}
