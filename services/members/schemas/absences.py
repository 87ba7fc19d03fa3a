"""What the operations on reviews of absences are given."""

from __future__ import annotations

from typing import Annotated

from services.members.domain import absences
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id

REVIEW = Answer("review", "RemovalReview", "审议事项。The review afterwards.")

ReviewId = Annotated[str, about(Id("RemovalReview"), "审议事项编号。Id of the review.")]
Removed = Annotated[bool, about(Flag(), "是否撤销资格。Whether removed.")]
State = Annotated[absences.ReviewState, about(Choice(absences.ReviewState), "状态。State.")]
