"""The figures of proposals by name, and how their rates are computed (2.2; points 8.1–8.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

DEFINITIONS = 3  # raise it with every change of what is counted: all is then counted anew
SMALL = 5  # fewer judged cases than these tell how single ones were judged


@dataclass(frozen=True)
class Count:
    """year: which year it counts in, that of the submission or of the assignment."""

    label: str
    year: str
    source: str


@dataclass(frozen=True)
class Rate:
    """numerator, denominator: names of counts, each summed up; factor: 100 for per cent."""

    label: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    source: str
    factor: int = 100


SUBMISSION, ASSIGNMENT = "SUBMISSION", "ASSIGNMENT"
COUNTS: dict[str, Count] = {
    "received": Count("收到提案", SUBMISSION, "T2"),
    "plenary": Count("大会提案", SUBMISSION, "V12"),
    "regular": Count("平时提案", SUBMISSION, "V12"),
    "filed": Count("立案（含并案）", SUBMISSION, "T6, T7"),
    "filed_member": Count("委员提案立案", SUBMISSION, "2.2 kinds"),
    "filed_collective": Count("集体提案立案", SUBMISSION, "2.2 kinds"),
    "merged": Count("并案", SUBMISSION, "T7"),
    "not_filed": Count("不予立案", SUBMISSION, "T8"),
    "withdrawn": Count("撤案", SUBMISSION, "T9"),
    "key": Count("重点提案", SUBMISSION, "2.2 key proposal"),
    "key_head": Count("党政主要领导领办", SUBMISSION, "2.2 key proposal"),
    "key_deputy_head": Count("区领导领办", SUBMISSION, "2.2 key proposal"),
    "key_cppcc_leader": Count("政协领导督办", SUBMISSION, "2.2 key proposal"),
    "assigned": Count("交办（须答复）", ASSIGNMENT, "T10"),
    "co_handled": Count("会办", ASSIGNMENT, "T10"),
    "co_opinions": Count("已提会办意见", ASSIGNMENT, "DL4"),
    "returns": Count("申请退办次数", ASSIGNMENT, "decision 25"),
    "replied": Count("已答复", ASSIGNMENT, "T12"),
    "on_time": Count("按期答复", ASSIGNMENT, "DL5, DL6"),
    "overdue": Count("逾期未答复", ASSIGNMENT, "decision 43"),
    "contacted": Count("答复前已面商", ASSIGNMENT, "V16"),
    "class_a": Count("A类", ASSIGNMENT, "2.2 reply, recognised class first"),
    "class_b": Count("B类", ASSIGNMENT, "2.2 reply, recognised class first"),
    "class_c": Count("C类", ASSIGNMENT, "2.2 reply, recognised class first"),
    "class_d": Count("D类", ASSIGNMENT, "2.2 reply, recognised class first"),
    "answers": Count("已答复提案的建议条目", ASSIGNMENT, "decision 44"),
    "adopted": Count("采纳", ASSIGNMENT, "2.2 reply"),
    "partly": Count("部分采纳", ASSIGNMENT, "2.2 reply"),
    "not_adopted": Count("未采纳", ASSIGNMENT, "2.2 reply"),
    "promises": Count("承诺", ASSIGNMENT, "V17"),
    "promises_met": Count("已兑现承诺", ASSIGNMENT, "decision 26"),
    "promises_missed": Count("未兑现承诺", ASSIGNMENT, "decision 26"),
    "promises_changed": Count("变更的承诺", ASSIGNMENT, "decision 26"),
    "promises_claimed": Count("待核实的承诺", ASSIGNMENT, "decision 42"),
    "second_replied": Count("已二次答复", ASSIGNMENT, "T17"),
    "escalated": Count("提请督办", ASSIGNMENT, "T19"),
    "closed": Count("办结", ASSIGNMENT, "T14, T16, T18, T20"),
    "evaluated": Count("办结并已评价", ASSIGNMENT, "V20"),
    "not_evaluated": Count("办结但未评价", ASSIGNMENT, "T16"),
    "attitude_satisfied": Count("办理态度满意", ASSIGNMENT, "2.2 evaluation"),
    "attitude_basic": Count("办理态度基本满意", ASSIGNMENT, "2.2 evaluation"),
    "attitude_dissatisfied": Count("办理态度不满意", ASSIGNMENT, "2.2 evaluation"),
    "result_satisfied": Count("办理结果满意", ASSIGNMENT, "2.2 evaluation"),
    "result_basic": Count("办理结果基本满意", ASSIGNMENT, "2.2 evaluation"),
    "result_dissatisfied": Count("办理结果不满意", ASSIGNMENT, "2.2 evaluation"),
}
CLASSES = ("class_a", "class_b", "class_c", "class_d")
SETTLED = ("promises_met", "promises_missed", "promises_changed")
RATES: dict[str, Rate] = {
    "filing_rate": Rate("立案率", ("filed",), ("received",), "T6, T7"),
    "reply_rate": Rate("答复率", ("replied",), ("assigned",), "T12"),
    "on_time_rate": Rate("按期答复率", ("on_time",), ("replied", "overdue"), "decision 43"),
    "contact_rate": Rate("面商率", ("contacted",), ("replied",), "V16"),
    "class_a_share": Rate("A类占比", ("class_a",), CLASSES, "2.2 reply"),
    "class_b_share": Rate("B类占比", ("class_b",), CLASSES, "2.2 reply"),
    "class_c_share": Rate("C类占比", ("class_c",), CLASSES, "2.2 reply"),
    "class_d_share": Rate("D类占比", ("class_d",), CLASSES, "2.2 reply"),
    "adoption_rate": Rate("采纳率", ("adopted",), ("answers",), "point 8.8"),
    "partly_rate": Rate("部分采纳率", ("partly",), ("answers",), "decision 44"),
    "adoption_with_partly_rate": Rate(
        "采纳和部分采纳率", ("adopted", "partly"), ("answers",), "point 8.8"
    ),
    "promises_kept_rate": Rate("承诺兑现率", ("promises_met",), SETTLED, "point 8.8"),
    "returns_per_case": Rate("件均退办次数", ("returns",), ("assigned",), "decision 25", 1),
    "second_reply_rate": Rate("二次答复率", ("second_replied",), ("replied",), "point 8.3"),
    # Of what was judged; what nobody judged is never satisfied, and has its own share (AC-11).
    "attitude_satisfied_rate": Rate(
        "办理态度满意率", ("attitude_satisfied",), ("evaluated",), "2.2 evaluation"
    ),
    "attitude_content_rate": Rate(
        "办理态度满意和基本满意率",
        ("attitude_satisfied", "attitude_basic"),
        ("evaluated",),
        "2.2 evaluation",
    ),
    "result_satisfied_rate": Rate(
        "办理结果满意率", ("result_satisfied",), ("evaluated",), "2.2 evaluation"
    ),
    "result_content_rate": Rate(
        "办理结果满意和基本满意率",
        ("result_satisfied", "result_basic"),
        ("evaluated",),
        "2.2 evaluation",
    ),
    "not_evaluated_rate": Rate("未评价率", ("not_evaluated",), ("closed",), "T16"),
}
GRADES = tuple(name for name in COUNTS if name.startswith(("attitude_", "result_")))
# What a visitor's figures cannot hold, which are of filed proposals only.
BEFORE_FILING = ("received", "plenary", "regular", "not_filed", "withdrawn")


def rate_of(rate: Rate, counts: Mapping[str, int]) -> float | None:
    """To two decimals, half up; None where there is nothing to divide by."""
    above = sum(counts.get(name, 0) for name in rate.numerator)
    below = sum(counts.get(name, 0) for name in rate.denominator)
    if not below:
        return None
    exact = Decimal(above * rate.factor) / Decimal(below)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def figures(
    counts: Mapping[str, int], hidden: frozenset[str] = frozenset()
) -> dict[str, int | float | None]:
    """Every count and every rate by name; None for what is hidden and all that rests on it."""
    shown: dict[str, int | float | None] = {
        name: None if name in hidden else counts.get(name, 0) for name in COUNTS
    }
    for name, rate in RATES.items():
        resting = hidden.intersection(rate.numerator + rate.denominator)
        shown[name] = None if resting else rate_of(rate, counts)
    return shown


def too_few(counts: Mapping[str, int]) -> bool:
    """Whether the grades would tell how single cases were judged."""
    return 0 < counts.get("evaluated", 0) < SMALL
