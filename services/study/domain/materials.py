"""Materials (3.6): the policy library (2.1), courses (2.2, 2.3), briefing packs (2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.study.domain import errors
from services.study.domain.sessions import Track
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class MaterialState(Labelled):
    """学习资料状态。State of a material."""

    DRAFT = "DRAFT", "草稿", "Draft"
    IN_REVIEW = "IN_REVIEW", "审核中", "Under review"
    ISSUED = "ISSUED", "已编发", "Issued"
    RECALLED = "RECALLED", "已撤回", "Recalled"


class Kind(Labelled, name="MaterialKind"):
    """学习资料种类。Kind of material."""

    POLICY = (
        "POLICY",
        "政策文件",
        "Policy, in the library by level",
    )  # of the library, by the level of its issuer
    COURSE = "COURSE", "课程", "Course"
    HOW_TO = "HOW_TO", "履职指南", "How to write proposals and the like"
    READING = "READING", "学习读本", "Reading"
    BRIEFING = (
        "BRIEFING",
        "知情通报",
        "A department's briefing pack",
    )  # a department's; members ask it questions


class Level(Labelled, name="PolicyLevel"):
    """政策文件发布层级。Level of a policy's issuer."""

    CENTRAL = "CENTRAL", "中央", "Central"
    PROVINCE = "PROVINCE", "省", "Province"
    CITY = "CITY", "市", "City"
    DISTRICT = "DISTRICT", "区", "District"


S = MaterialState


@dataclass
class Material(Aggregate):
    """unit: the department of a briefing pack; themes: of the year's plan."""

    id: str
    term: int
    kind: Kind
    title: str
    text: str
    organiser: str
    author: str
    level: Level | None = None
    track: Track | None = None
    themes: Sequence[str] = ()
    unit: str | None = None
    files: Sequence[str] = ()
    state: MaterialState = S.DRAFT
    reviewer: str | None = None
    opinion: str | None = None
    issued_at: datetime | None = None
    recalled_at: datetime | None = None
    reason: str | None = None
    files_told: tuple[str, ...] = ()

    def write(self, **changes: Any) -> None:
        """Until it is under review. Raises PlanUnfit for what the kind lacks."""
        self._require(S.DRAFT)
        for name, value in changes.items():
            setattr(self, name, value)
        if (self.kind is Kind.POLICY) != (self.level is not None):
            raise errors.PlanUnfit("政策文件须填写发布层级，其他资料不填", field="level")
        if (self.kind is Kind.BRIEFING) != (self.unit is not None):
            raise errors.PlanUnfit("知情通报须填写部门，其他资料不填", field="unit")

    def send_for_review(self) -> None:
        self._require(S.DRAFT)
        self.state = S.IN_REVIEW
        self.tell(names.MATERIAL_SENT_FOR_REVIEW, organiser=self.organiser)

    def review(self, passed: bool, opinion: str | None, by: str, at: datetime) -> None:
        """By somebody else; what does not pass goes back. Raises SamePerson."""
        self._require(S.IN_REVIEW)
        if by == self.author:
            raise errors.SamePerson
        self.reviewer, self.opinion = by, opinion
        if passed:
            self.state, self.issued_at = S.ISSUED, at
            self.tell(names.MATERIAL_ISSUED, kind=self.kind.value)
        else:
            self.state = S.DRAFT
            self.tell(names.MATERIAL_RETURNED, author=self.author)

    def recall(self, reason: str, at: datetime) -> None:
        self._require(S.ISSUED)
        self.state, self.recalled_at, self.reason = S.RECALLED, at, reason
        self.tell(names.MATERIAL_RECALLED, reason=reason)

    def tell_files(self) -> None:
        tell_files(self, {"material_id": self.id}, self.files)

    def _require(self, state: MaterialState) -> None:
        if self.state is not state:
            raise errors.WrongState.of(self.state)

    def header(self) -> dict[str, Any]:
        return {"material_id": self.id, "title": self.title}


@dataclass
class Question(Aggregate):
    """A member's question to the department of a briefing pack (2.4)."""

    id: str
    term: int
    material_id: str
    unit: str
    member_id: str
    text: str
    asked_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None

    def ask(self) -> None:
        self.tell(names.STUDY_QUESTION_ASKED)

    def reply(self, text: str, by: str, at: datetime) -> None:
        """Once. Raises QuestionAnswered."""
        if self.answer is not None:
            raise errors.QuestionAnswered
        self.answer, self.answered_by, self.answered_at = text, by, at
        self.tell(names.STUDY_QUESTION_ANSWERED)

    def header(self) -> dict[str, Any]:
        asked = {"question_id": self.id, "material_id": self.material_id}
        return {**asked, "unit": self.unit, "member_id": self.member_id}


def tell_files(record: Any, header: dict[str, str], files: Sequence[str]) -> None:
    """Name the files that came or went, for the gateway (decision 20); before each write."""
    held, told = set(files), set(record.files_told)
    if held != told:
        changes = {"attached": sorted(held - told), "detached": sorted(told - held)}
        record.events.append((names.STUDY_FILES_CHANGED, {**header, **changes}))
        record.files_told = tuple(sorted(held))
