"""Drafting rules: what a rule set may say, and who decides on it (section 3, "scoring rules").

A rule counts a fact that an event shows. What a person does in the application itself (logging
in, liking, forwarding, being on line) may not be counted, by whatever name (section 4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.performance.domain import errors
from services.performance.domain.claims import VARIANTS, Basis
from services.performance.domain.ledger import SHANGHAI
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.labels import Labelled

CATEGORIES = "ABCDEFG"
DEDUCTIONS = "G"
MOST_POINTS = 100
FORBIDDEN = frozenset(
    {
        "LOGIN",
        "SIGN_IN",
        "LIKE",
        "VOTE",
        "FORWARD",
        "SHARE",
        "VIEW",
        "CLICK",
        "ONLINE_TIME",
        "TIME_ONLINE",
        "LEARNING_TIME",
        "STUDY_TIME",
        "READING_TIME",
    }
)
FORBIDDEN_WORDS = re.compile(
    r"登[录陆]|点赞|投票|转发|分享|浏览|点击|在线时[长间]|学习时[长间]|阅读时[长间]|活跃度|打卡"
    r"|log.?in|sign.?in|\blikes?\b|\bvotes?\b|forward|online|on.line",
    re.IGNORECASE,
)


class RulesState(Labelled, name="RuleSetState"):
    """积分办法的状态。State of a version of the rules."""

    DRAFT = "DRAFT", "拟订", "Being drafted"
    PROPOSED = "PROPOSED", "待审定", "Waits for the decision"
    APPROVED = "APPROVED", "已审定", "Approved"
    REFUSED = "REFUSED", "未通过", "Refused"


@dataclass
class RuleDraft(Aggregate):
    """A version of the scheme on its way; `document` is what `RuleSet.parse` reads."""

    version_no: int
    term: int
    document: dict[str, Any]
    drafted_by: str
    drafted_at: datetime
    state: RulesState = RulesState.DRAFT
    proposed_by: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    document_no: str | None = None
    decided_on: str | None = None  # ISO day of the body's decision
    reason: str | None = None

    @property
    def id(self) -> str:
        return rules_id(self.version_no)

    def rewrite(self, document: Mapping[str, Any], account: str, at: datetime) -> None:
        """Raises RulesState for what is proposed or decided, and the refusals of `check`."""
        if self.state is not RulesState.DRAFT:
            raise errors.RulesState.of(self.state)
        check(document)
        self.document = {**document, "version": self.version_no}
        self.drafted_by, self.drafted_at = account, at

    def propose(self, account: str) -> None:
        if self.state is not RulesState.DRAFT:
            raise errors.RulesState.of(self.state)
        self.state, self.proposed_by = RulesState.PROPOSED, account
        self.tell(names.PERFORMANCE_RULES_PROPOSED)

    def decide(
        self,
        approved: bool,
        account: str,
        at: datetime,
        latest: date,
        reason: str | None,
        document_no: str | None,
        decided_on: str | None,
    ) -> None:
        """By somebody else. An approved set holds from a day after the decision on, so that no
        fact that is counted already changes its rule; `latest` is the day of the one in force.

        Raises RulesState, SamePerson, RulesDate.
        """
        if self.state is not RulesState.PROPOSED:
            raise errors.RulesState.of(self.state)
        if account in {self.drafted_by, self.proposed_by}:
            raise errors.SamePerson
        begins = date.fromisoformat(self.document["active_from"])
        if approved and begins <= max(latest, at.astimezone(SHANGHAI).date()):
            raise errors.RulesDate(field="activeFrom")
        self.state = RulesState.APPROVED if approved else RulesState.REFUSED
        self.decided_by, self.decided_at, self.reason = account, at, reason
        self.document_no, self.decided_on = document_no, decided_on
        self.tell(names.PERFORMANCE_RULES_DECIDED, approved=approved, document_no=document_no)

    def header(self) -> dict[str, Any]:
        return {"version": self.version_no, "active_from": self.document["active_from"]}


def rules_id(version_no: int) -> str:
    return f"rules-{version_no}"


def check(document: Mapping[str, Any]) -> None:
    """Whether a rule set may be one; raises the first refusal, with its place."""
    _check_categories(document["categories"])
    _check_grades(document["grades"])
    rules = document["rules"]
    for position, rule in enumerate(rules):
        _check_rule(rule, f"rules.{position}")
    for name, refusal in (("code", errors.RuleCodeUnfit), ("basis", errors.BasisTaken)):
        if twice := _twice(rule[name] for rule in rules):
            at = [rule[name] for rule in rules].index(twice)
            raise refusal(field=f"rules.{at}.{name}")


def _check_rule(rule: Mapping[str, Any], at: str) -> None:
    basis, words = rule["basis"].upper(), f"{rule['label']}{rule['noun']}"
    if basis in FORBIDDEN or FORBIDDEN_WORDS.search(words):
        raise errors.BasisForbidden(field=f"{at}.basis")
    if basis not in Basis.__members__:
        raise errors.BasisUnknown(field=f"{at}.basis")
    if not re.fullmatch(rf"[{CATEGORIES}][1-9]\d?", rule["code"]):
        raise errors.RuleCodeUnfit(field=f"{at}.code")
    _check_points(rule, at)


def _check_points(rule: Mapping[str, Any], at: str) -> None:
    points = rule["points"]
    by_variant = points if isinstance(points, Mapping) else {"": points}
    variants = VARIANTS.get(Basis(rule["basis"]), ("",))
    if set(by_variant) != set(variants):
        said = "、".join(filter(None, variants)) or "无"
        raise errors.PointsUnfit(f"应按情形分别给分：{said}", field=f"{at}.points")
    if any(not _fits(rule["code"], value) for value in _values(rule, by_variant)):
        raise errors.PointsUnfit("加分项为正、扣分项为负，不超过100分", field=f"{at}.points")


def _values(rule: Mapping[str, Any], by_variant: Mapping[str, float]) -> Iterator[float]:
    yield from by_variant.values()
    if rule.get("further") is not None:
        yield rule["further"]


def _fits(code: str, points: float) -> bool:
    low, high = (-MOST_POINTS, 0) if code.startswith(DEDUCTIONS) else (0, MOST_POINTS)
    return low <= points <= high and points != 0


def _check_categories(rows: Iterable[Mapping[str, Any]]) -> None:
    found = {row["code"]: row["cap"] for row in rows}
    if "".join(found) != CATEGORIES:
        raise errors.SchemeUnfit("应依次列出A至G七类", field="categories")
    if any((cap is None) != (code in DEDUCTIONS) for code, cap in found.items()):
        raise errors.SchemeUnfit("A至F类须有封顶分，扣分类没有", field="categories")
    if any(cap is not None and cap <= 0 for cap in found.values()):
        raise errors.SchemeUnfit("封顶分应大于0", field="categories")


def _check_grades(rows: Iterable[Mapping[str, Any]]) -> None:
    thresholds = [row["from"] for row in rows]
    if not thresholds or thresholds[-1] != 0 or thresholds != sorted(set(thresholds), reverse=True):
        raise errors.SchemeUnfit("等次应由高到低，最低一档从0分起", field="grades")


def _twice(values: Iterable[str]) -> str | None:
    return next((value for value, count in Counter(values).items() if count > 1), None)
