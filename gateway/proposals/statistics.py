"""Figures of proposals: one row for each category, sector, kind or unit, or the total."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from graphene import Field, Float, Int, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import labels_of
from gateway.context import Context
from gateway.manifests import enum
from gateway.members.organisations import Organisation
from gateway.proposals.enums import ProposalCategory, ProposerType

Row = dict[str, Any]

# Labels are those of the service's table of definitions (tests/contract/test_figures.py).
COUNTS = {
    "received": "收到提案。Received.",
    "plenary": "大会提案。Received for the plenary.",
    "regular": "平时提案。Received as regular ones.",
    "filed": "立案（含并案）。Filed, merged ones included.",
    "filed_member": "委员提案立案。Filed, of members.",
    "filed_collective": "集体提案立案。Filed, collective.",
    "merged": "并案。Merged.",
    "not_filed": "不予立案。Not filed.",
    "withdrawn": "撤案。Withdrawn.",
    "key": "重点提案。Key proposals.",
    "key_head": "党政主要领导领办。Led by the heads of Party and government.",
    "key_deputy_head": "区领导领办。Led by deputy district heads.",
    "key_cppcc_leader": "政协领导督办。Supervised by CPPCC leaders.",
    "assigned": "交办（须答复）。Assigned, to be replied to.",
    "co_handled": "会办。Co-handled, in a unit's row.",
    "co_opinions": "已提会办意见。Co-handling opinions given.",
    "returns": "申请退办次数。Requests to hand back.",
    "replied": "已答复。Replied.",
    "on_time": "按期答复。Replied on time.",
    "overdue": "逾期未答复。Not replied to, and past due.",
    "contacted": "答复前已面商。Replied after a contact.",
    "class_a": "A类。Class A.",
    "class_b": "B类。Class B.",
    "class_c": "C类。Class C.",
    "class_d": "D类。Class D.",
    "answers": "已答复提案的建议条目。Suggestions of what was replied to.",
    "adopted": "采纳。Adopted.",
    "partly": "部分采纳。Partly adopted.",
    "not_adopted": "未采纳。Not adopted.",
    "promises": "承诺。Commitments made.",
    "promises_met": "已兑现承诺。Commitments met.",
    "promises_missed": "未兑现承诺。Commitments missed.",
    "promises_changed": "变更的承诺。Commitments changed.",
    "promises_claimed": "待核实的承诺。Commitments said to be kept, not confirmed.",
    "second_replied": "已二次答复。Replied a second time.",
    "escalated": "提请督办。Escalated.",
    "closed": "办结。Closed.",
    "evaluated": "办结并已评价。Closed and evaluated.",
    "not_evaluated": "办结但未评价。Closed, not evaluated.",
    "attitude_satisfied": "办理态度满意。Attitude: satisfied.",
    "attitude_basic": "办理态度基本满意。Attitude: basically satisfied.",
    "attitude_dissatisfied": "办理态度不满意。Attitude: dissatisfied.",
    "result_satisfied": "办理结果满意。Result: satisfied.",
    "result_basic": "办理结果基本满意。Result: basically satisfied.",
    "result_dissatisfied": "办理结果不满意。Result: dissatisfied.",
}
RATES = {
    "filing_rate": "立案率。Filed of those received, %.",
    "reply_rate": "答复率。Replied of those assigned, %.",
    "on_time_rate": "按期答复率。On time of those due by now, %; null where nothing is due.",
    "contact_rate": "面商率。Contacted of those replied, %.",
    "class_a_share": "A类占比。Class A of all classes, %.",
    "class_b_share": "B类占比。Class B of all classes, %.",
    "class_c_share": "C类占比。Class C of all classes, %.",
    "class_d_share": "D类占比。Class D of all classes, %.",
    "adoption_rate": "采纳率。Adopted of all suggestions of what was replied to, %.",
    "partly_rate": "部分采纳率。Adopted in part of the same, %.",
    "adoption_with_partly_rate": "采纳和部分采纳率。Adopted, if partly, of the same, %.",
    "promises_kept_rate": "承诺兑现率。Met of the commitments settled, %.",
    "returns_per_case": "件均退办次数。Requests to hand back for each case assigned.",
    "second_reply_rate": "二次答复率。Replied a second time of those replied, %.",
    "attitude_satisfied_rate": "办理态度满意率。Attitude satisfied of those judged, %.",
    "attitude_content_rate": "办理态度满意和基本满意率。With basically satisfied ones, %.",
    "result_satisfied_rate": "办理结果满意率。Result satisfied of those judged, %.",
    "result_content_rate": "办理结果满意和基本满意率。With basically satisfied ones, %.",
    "not_evaluated_rate": "未评价率。Not evaluated of those closed, %.",
}

StatisticsGrouping = enum("StatisticsGrouping")
LABELS: dict[str, Mapping[str, str]] = {
    "TOTAL": {"TOTAL": "合计"},
    "CATEGORY": labels_of(ProposalCategory),
    "KIND": labels_of(ProposerType),
}

ProposalFigures: type[ObjectType] = type(
    "ProposalFigures",
    (ObjectType,),
    {
        "__doc__": "提案统计数字；不便显示的为空，比率保留两位小数，分母为零时为空。"
        "Null: not to be shown, or nothing to divide by.",
        **{name: Int(description=text) for name, text in COUNTS.items()},
        **{name: Float(description=text) for name, text in RATES.items()},
    },
)


# Groupings whose keys are ids of organisations, or codes of sectors (a party's is its sector's).
BY_ORGANISATION = frozenset({"UNIT", "TOWN", "COMMITTEE"})
BY_SECTOR = frozenset({"SECTOR", "PARTY"})


async def label_of(context: Context, row: Row) -> str | None:
    """The name of the row's group; None for one that nobody knows any more."""
    by, key = row["by"], row["key"]
    if by in BY_ORGANISATION:
        found = await context.loaders.organisations.load(key)
    elif by in BY_SECTOR:
        found = await context.loaders.sectors.load(key)
    else:
        return LABELS.get(by, {}).get(key)
    return found["name"] if found else None


class ProposalStatistic(ObjectType):
    """提案统计的一行。One row of the figures."""

    key = String(required=True, description="分组代码。Code of the group.")
    label = String(description="分组名称。Name of the group in Chinese.")
    organisation = Field(
        Organisation,
        description="按承办单位、工委、专委会统计时的单位。The organisation, if it is one.",
    )
    figures = Field(ProposalFigures, required=True, description="数字。The figures.")

    @staticmethod
    def resolve_label(row: Row, info: GraphQLResolveInfo) -> Awaitable[str | None]:
        return label_of(info.context, row)

    @staticmethod
    def resolve_organisation(row: Row, info: GraphQLResolveInfo) -> Any:
        if row["by"] not in BY_ORGANISATION:
            return None
        return info.context.loaders.organisations.load(row["key"])
