"""What the operations of study are given: materials."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.study.domain import materials
from services.study.schemas import common
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id, Many, Text

MATERIAL = Answer("material", "StudyMaterial", "资料。The material afterwards.")
QUESTION = Answer("question", "StudyQuestion", "提问。The question afterwards.")

MaterialMaterialId = Annotated[
    str, about(Id("StudyMaterial"), "编号，新编时不填。Global id; none for a new one.")
]
Passed = Annotated[bool, about(Flag(), "是否通过。Whether it passes.")]
QuestionText = Annotated[str, about(Text(2, 2000), "问题。Question.")]
QuestionId = Annotated[str, about(Id("StudyQuestion"), "编号。Global id of the question.")]
AnswerQuestionText = Annotated[str, about(Text(1, 5000), "答复。Answer.")]


class WriteMaterial(TypedDict):
    """What `WriteMaterial` is given."""

    kind: Annotated[materials.Kind, about(Choice(materials.Kind), "种类。Kind.")]
    title: Annotated[str, about(Text(2, 200), "标题。Title.")]
    text: Annotated[str, about(Text(0, 50000), "正文。Text.", default="")]
    level: (
        Annotated[
            materials.Level,
            about(Choice(materials.Level), "发布层级，政策文件必填。Level of a policy's issuer."),
        ]
        | None
    )
    track: common.Track | None
    themes: Annotated[
        list[str], about(Many(Text(1, 10), high=10), "学习主题编号。Codes of themes.", default=list)
    ]
    unit: (
        Annotated[
            str, about(Id("Organisation"), "部门，知情通报必填。The department of a briefing pack.")
        ]
        | None
    )
    files: Annotated[list[str], about(Many(Id("File"), high=20), "附件。Files.", default=list)]
