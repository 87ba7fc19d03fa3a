"""Contact records (2.9): what the two ends of a link talked about, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled


class Way(Labelled, name="MemberContactWay"):
    """委员联系方式。Way of a contact of members."""

    VISIT = "VISIT", "走访", "Visit"
    TALK = "TALK", "约谈", "Talk"
    PHONE = "PHONE", "电话", "Phone"
    WECHAT = "WECHAT", "微信", "WeChat"


class IssueState(Labelled, name="ContactIssueState"):
    """联系中意见的状态。State of an issue raised in a contact."""

    OPEN = "OPEN", "待处理", "Open"
    CONVERTED = "CONVERTED", "已转办", "Converted"
    ANSWERED = "ANSWERED", "已答复", "Answered"
    CLOSED = "CLOSED", "已办结", "Closed"


I = IssueState  # noqa: E741


@dataclass(frozen=True)
class Issue:
    """Something raised in a contact; `lead_id`: what it was converted to."""

    no: int
    text: str
    state: IssueState = I.OPEN
    lead_id: str | None = None
    answer: str | None = None
    at: datetime | None = None


@dataclass
class Contact(Aggregate):
    """`shared_with`: member ids that the writer named, beside the two ends.

    heir: the present leader, where another leads the member since and issues were open; the
    notes of the former pair are not for the heir.
    """

    id: str
    term: int
    link_id: str
    leader_id: str
    member_id: str
    writer: str  # member id
    way: Way
    on: datetime
    year: int
    place: str
    content: str
    follow_up: str
    shared_with: tuple[str, ...]
    issues: tuple[Issue, ...]
    written_at: datetime
    open_issues: int = 0
    heir: str | None = None

    @property
    def acts(self) -> set[str]:
        """Who deals with the issues."""
        return {self.leader_id, self.member_id, *([self.heir] if self.heir else [])}

    def record(self) -> None:
        """The event names the ends and nothing of what was said."""
        self._count()
        self.tell(names.CONTACT_RECORDED, writer=self.writer)

    def pass_to(self, leader_id: str) -> None:
        """Another leads the member now: what is open is for the two of them (decision 62)."""
        if self.open_issues and leader_id not in self.acts:
            self.heir = leader_id
            self.tell(names.CONTACT_ISSUES_PASSED, open_issues=self.open_issues)

    def follow(self, text: str) -> None:
        self.follow_up = text

    def convert(self, no: int, lead_id: str, at: datetime) -> None:
        self._move(
            no, {I.OPEN}, replace(self._issue(no), state=I.CONVERTED, lead_id=lead_id, at=at)
        )

    def answer(self, no: int, answer: str, at: datetime) -> None:
        """By one of the ends, or with what came back of what it was converted to."""
        changed = replace(self._issue(no), state=I.ANSWERED, answer=answer, at=at)
        self._move(no, {I.OPEN, I.CONVERTED}, changed)
        self.tell(names.CONTACT_ISSUE_ANSWERED, issue_no=no)

    def take_answer(self, no: int, answer: str, at: datetime) -> None:
        """What came back of a lead: the first answers the issue, further ones are added; an issue
        that the two have closed stays closed."""
        issue = self._issue(no)
        if issue.state is I.CONVERTED:
            self.answer(no, answer, at)
        elif issue.state is I.ANSWERED:
            self._move(no, {I.ANSWERED}, replace(issue, answer=f"{issue.answer}\n{answer}", at=at))
            self.tell(names.CONTACT_ISSUE_ANSWERED, issue_no=no)

    def close(self, no: int, at: datetime) -> None:
        self._move(no, {I.CONVERTED, I.ANSWERED}, replace(self._issue(no), state=I.CLOSED, at=at))
        self.tell(names.CONTACT_ISSUE_CLOSED, issue_no=no)

    def _issue(self, no: int) -> Issue:
        found = next((issue for issue in self.issues if issue.no == no), None)
        if found is None:
            raise errors.LiaisonNotFound
        return found

    def _move(self, no: int, allowed: Iterable[IssueState], changed: Issue) -> None:
        state = self._issue(no).state
        if state not in allowed:
            raise errors.WrongState.of(state)
        self.issues = tuple(changed if issue.no == no else issue for issue in self.issues)
        self._count()

    def _count(self) -> None:
        self.open_issues = sum(issue.state is not I.CLOSED for issue in self.issues)

    def header(self) -> dict[str, Any]:
        leader = self.heir or self.leader_id
        link = {"link_id": self.link_id, "leader_id": leader, "member_id": self.member_id}
        return {"contact_id": self.id, **link}
