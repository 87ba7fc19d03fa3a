"""Enums that carry their texts: a value, its Chinese label and its English one are said once."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Labelled(StrEnum):
    """Values with labels; the docstring ("中文。English.") describes the whole.

        class ClassState(Labelled, name="RotationClassState"):
            \"\"\"轮训班状态。State of a rotation class.\"\"\"

            OPEN = "OPEN", "报名中", "Open for enrolment"

    name: of the enum in GraphQL, unless the class has it.
    """

    public_name: ClassVar[str]
    label: str
    english: str

    def __new__(cls, value: str, label: str = "", english: str = "") -> Labelled:
        member = str.__new__(cls, value)
        member._value_, member.label, member.english = value, label, english
        return member

    def __init_subclass__(cls, name: str | None = None) -> None:
        super().__init_subclass__()
        cls.public_name = name or cls.__name__
