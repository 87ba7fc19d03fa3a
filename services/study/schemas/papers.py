"""What the operations of study are given: papers."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.study.domain import papers
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, Number, Text

PAPER = Answer("paper", "StudyPaper", "笔记或文章。The paper afterwards.")
QUIZ = Answer("quiz", "Quiz", "测验。The quiz afterwards.")
RIGHT = Answer("right", "[Boolean!]", "各题是否答对。Which were right.")

PaperKind = Annotated[papers.Kind, about(Choice(papers.Kind), "种类。Kind.")]
PaperTitle = Annotated[str, about(Text(2, 100), "标题。Title.")]
PaperText = Annotated[str, about(Text(1, 50000), "正文。Text.")]
Coauthors = Annotated[
    list[str], about(Many(Id("Member"), high=10), "合作者。Global ids of members.", default=list)
]
PaperSessionId = Annotated[
    str, about(Id("StudySession"), "学习活动。The session that it is about.")
]
PaperFiles = Annotated[list[str], about(Many(Id("File"), high=10), "附件。Files.", default=list)]
PaperId = Annotated[str, about(Id("StudyPaper"), "编号。Global id of the paper.")]
Accepted = Annotated[bool, about(Flag(), "是否采用。Whether it is accepted.")]
PaperOpinion = Annotated[str, about(Text(2, 1000), "意见。Opinion.")]
Subject = Annotated[str, about(Id(), hidden=True)]
QuizId = Annotated[str, about(Id("Quiz"), "编号。Global id of the quiz.")]
Choices = Annotated[
    list[list[int]], about(Many(Many(Number(0, 9)), 1, 50), "各题所选。Chosen positions.")
]


class QuizQuestionInput(TypedDict):
    """测验题。A question of a quiz."""

    text: Annotated[str, about(Text(2, 500), "题目。Question.")]
    options: Annotated[list[str], about(Many(Text(1, 200), 2, 10), "选项。Options.")]
    right: Annotated[
        list[int], about(Many(Number(0, 9), 1, 10), "正确选项的位置，从0起。Right positions.")
    ]


Questions = Annotated[
    list[QuizQuestionInput], about(Many(Of(QuizQuestionInput), 1, 50), "题目。Questions.")
]
