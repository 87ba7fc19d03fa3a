"""Asking for an export."""

from __future__ import annotations

from typing import Any

from graphene import ID, Field, InputObjectType, Int, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import CommandMutation, local_id, localise
from gateway.exports.figures import KIND as FIGURES
from gateway.exports.rows import Selection
from gateway.exports.runner import ONE
from gateway.exports.tables import ROSTERS, TABLES
from gateway.exports.types import Export, ExportKind, shown
from gateway.manifests import input_type
from gateway.members.queries import GROUPS, MemberFilter
from gateway.mutation import command_id_of
from gateway.performance.statistics import DutyGroupKind
from gateway.proposals.queries import FILTER_IDS
from gateway.proposals.statistics import StatisticsGrouping
from shared.errors import InvalidInput

Row = dict[str, Any]
STATISTICS = "DUTY_STATISTICS_XLSX"


class ProposalFiguresInput(InputObjectType):
    """提案统计：年份或届次二选一。A year, or a term or session."""

    by = StatisticsGrouping(required=True, description="分组。Grouping.")
    year = Int(description="年份。Year.")
    term = Int(description="届次。Term.")
    session = Int(description="会议次数，与届次同用。Session, with the term.")


class RequestExport(CommandMutation):
    """申请导出。Ask for a document of proposals; it is made meanwhile, see `export`."""

    class Input:
        kind = ExportKind(required=True, description="种类。Kind.")
        proposal_ids = List(
            NonNull(ID), description="提案编号，提案及答复限一件。Proposals; one for PROPOSAL_DOCX."
        )
        filter = input_type("ProposalFilter")(
            description="筛选条件，代替提案编号。Filter, in the place of proposalIds."
        )
        members = MemberFilter(description="名册的筛选条件，默认在任委员。Members of a roster.")
        year = Int(description="年度，用于排名和统计，默认今年。Year of a ranking or statistics.")
        subject = ID(description="所属对象编号，如会议。The record that the table is about.")
        figures = ProposalFiguresInput(
            description="提案统计的分组和时段。What figures of proposals are of."
        )
        by = DutyGroupKind(description="履职统计的分组方式。What duty statistics are grouped by.")

    export = Field(Export, description="导出。The export.")

    @classmethod
    async def mutate_and_get_payload(
        cls, root: Any, info: GraphQLResolveInfo, command_id: str | None = None, **input: Any
    ) -> Row:
        context, kind = info.context, input["kind"].value
        job = await context.exports.request(
            context, kind, chosen(kind, input), command_id_of(command_id)
        )
        return {"export": shown(job)}


def chosen(kind: str, input: Row) -> Selection:
    """Which proposals; raises InvalidInput unless they are given in one way that fits the kind."""
    ids, filter = input.get("proposal_ids"), input.get("filter")
    if input.get("members") is not None and kind not in ROSTERS:
        raise InvalidInput("只有名册可以筛选委员", field="members")
    if kind in TABLES:
        return _table(kind, input)
    if kind == ONE and (filter is not None or not ids or len(ids) != 1):
        raise InvalidInput("请选择一件提案", field="proposalIds")
    if bool(ids) == (filter is not None):
        raise InvalidInput("请选择提案或给出筛选条件，二者取一", field="proposalIds")
    if ids:
        named = localise({"proposal_ids": ids}, {"proposal_ids": "Proposal"})["proposal_ids"]
        return Selection(ids=tuple(dict.fromkeys(named)))
    return Selection(filter=localise(filter or {}, FILTER_IDS))


def _table(kind: str, input: Row) -> Selection:
    """What a table is to show; raises InvalidInput for conditions of another kind."""
    if input.get("proposal_ids") or input.get("filter") is not None:
        raise InvalidInput("此种导出不选择提案", field="proposalIds")
    if (kind == STATISTICS) != (input.get("by") is not None):
        raise InvalidInput("履职统计须给出分组方式，其他导出不填", field="by")
    if (kind == FIGURES) != (input.get("figures") is not None):
        raise InvalidInput("提案统计须给出分组和时段，其他导出不填", field="figures")
    if kind == FIGURES:
        asked = dict.fromkeys(("year", "term", "session")) | dict(input["figures"])
        return Selection(filter={**asked, "by": asked["by"].value})
    subject = TABLES[kind].subject
    if (subject is not None) != (input.get("subject") is not None):
        raise InvalidInput("会议等对象的导出须给出其编号，其他导出不填", field="subject")
    if subject:
        return Selection(filter={"subject": local_id(input["subject"], subject, "subject")})
    if kind in ROSTERS:
        members = localise(input.get("members") or {}, GROUPS)
        return Selection(filter={"members": members})
    by = {"by": input["by"].value} if input.get("by") else {}
    return Selection(filter={"year": input.get("year"), **by})


MUTATIONS = [RequestExport]
