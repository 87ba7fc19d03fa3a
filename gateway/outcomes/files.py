"""Files and opinion items, as the outcomes service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Argument, Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    global_id,
    labelled,
    loaded_by,
    paged,
    references,
    resolve_page,
)
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.members.organisations import Organisation, Topical
from gateway.members.types import Member
from gateway.outcomes.enums import (
    ConversionRoute,
    OutcomeAdoption,
    OutcomeEnd,
    OutcomeFileState,
    OutcomeInstructionLevel,
    OutcomeItemState,
    OutcomeKind,
    OutcomeOpenness,
    OutcomeSource,
    PromiseState,
    SummaryReader,
    TrackingEntryKind,
)
from gateway.outcomes.loaders import SERVICE

Row = dict[str, Any]
GROUNDS = {
    "PROPOSER": "提案人认可并有佐证",
    "COMMITTEE": "提案委员会认定",
    "INSPECTION": "视察核实",
}


def authors() -> Field:
    return references(
        Member,
        "author_ids",
        loader="members",
        description="提出意见的委员，社情民意的来源受保护。Whose suggestion it is, where shown.",
    )


class OutcomeInstruction(ObjectType):
    """领导批示。A leader's instruction."""

    id = String(required=True, description="编号，撤销时用。Id, to revoke it by.")
    level, level_label = labelled(OutcomeInstructionLevel, "层级。Level.", "level", required=True)
    leader = String(required=True, description="批示领导。Who instructed.")
    text = String(required=True, description="批示内容。What was written.")
    on = DateTime(required=True, description="批示时间。When.")
    revoked_at = DateTime(description="撤销时间。When it was revoked.")
    revoke_reason = String(description="撤销理由。Why.")


class OutcomeConversion(ObjectType):
    """一次成果转化。One conversion of an outcome."""

    no = Int(required=True, description="序号。Number.")
    route, route_label = labelled(ConversionRoute, "途径。Route.", "route", required=True)
    title = String(required=True, description="标题。Title.")
    reference = String(required=True, description="文号、期号、网址等。Number, issue, address.")
    on = DateTime(required=True, description="日期。When.")
    withdrawn = String(description="撤销理由。Why it counts no more.")


class TrackingEntry(ObjectType):
    """跟踪记录。A line of an item's history."""

    no = Int(required=True, description="序号。Number.")
    year = Int(required=True, description="年度。Year that it belongs to.")
    at = DateTime(required=True, description="时间。When.")
    kind, kind_label = labelled(TrackingEntryKind, "种类。Kind.", "kind", required=True)
    text = String(required=True, description="内容。Text.")
    percent = Int(description="完成比例（%）。Done, in percent.")
    files = List(NonNull(File), description="佐证材料。Evidence.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class OutcomeItem(NodeType):
    """一条意见及其采纳、落实情况。An opinion item, and what became of it."""

    title = String(required=True, description="所属成果的标题。Title of its file.")
    source, source_label = labelled(OutcomeSource, "来源。What it is of.", "source", required=True)
    text = String(description="内容，摘要公开的不显示。Text; not of what is public in summary.")
    year = Int(required=True, description="报送年度。Year of sending.")
    kind, kind_label = labelled(OutcomeKind, "成果种类。Kind of outcome.", "kind")
    major = Boolean(required=True, description="是否重大改革举措。Whether a major reform measure.")
    state, state_label = labelled(OutcomeItemState, "状态。State.", required=True)
    authors = authors()
    organiser = fields.organisation("organiser", "organiser_id", "报送组织。Who keeps it.")
    unit = fields.organisation("unit", "unit_id", "责任单位。Responsible unit.")
    sent_at = DateTime(required=True, description="报送时间。When sent.")
    due_at = DateTime(description="当前期限。Due date of what is to be done now.")
    overdue = Boolean(required=True, description="是否逾期。Whether overdue.")
    adoption, adoption_label = labelled(OutcomeAdoption, "是否采纳。What was answered.", "adoption")
    result = String(description="答复内容。The answer.")
    reason = String(description="未采纳或了结的理由。Reason of what is not adopted.")
    promise, promise_label = labelled(
        PromiseState, "承诺兑现情况。What became of a promise.", "promise"
    )
    end, end_label = labelled(OutcomeEnd, "办结方式。How it ended.", "end")
    verified_at = DateTime(description="核实时间。When verified.")
    closed_at = DateTime(description="办结时间。When closed.")
    carried = List(NonNull(Int), required=True, description="结转的年度。Years carried over.")
    tracked_years = List(
        NonNull(Int), required=True, description="有跟踪记录的年度。Years with entries."
    )
    inspect_in = Int(description="列入该年视察计划。Year whose inspections look at it.")
    openness, openness_label = labelled(
        OutcomeOpenness, "公开方式。What the public sees.", "openness", required=True
    )
    entries = List(
        NonNull(TrackingEntry), required=True, description="跟踪记录，不对外公开。Its history."
    )
    evidence = List(NonNull(File), description="佐证材料。Evidence.")
    may_keep = Boolean(
        required=True, description="能否核实、办结。Whether the viewer may verify and close."
    )
    may_report = Boolean(
        required=True, description="是否本单位负责。Whether it is of the viewer's unit."
    )
    outcome_id = String(
        resolver=FromRow(lambda row: global_id("OutcomeFile", row["outcome_id"])),
        description="成果档案的全局编号。Global id of its file.",
    )

    get_node = loaded_by("outcome_items")

    @staticmethod
    def resolve_evidence(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class OutcomeFile(Topical, NodeType):
    """成果采纳反馈档案，一个来源一份。A file; one for each source."""

    source, source_label = labelled(OutcomeSource, "来源。What it is of.", "source", required=True)
    reference = String(
        resolver=FromRow(lambda row: row["ref"]),
        description="来源的编号或文号。Id or number of the source.",
    )
    title = String(required=True, description="标题。Title.")
    text = String(required=True, description="内容摘要。What it is about.")
    term = Int(required=True, description="届次。Term.")
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(OutcomeFileState, "状态。State.", required=True)
    organiser = fields.organisation("organiser", "organiser_id", "报送组织。Who keeps it.")
    organisations = references(
        Organisation, "organisation_ids", loader="organisations", description="参与组织。All."
    )
    units = references(
        Organisation,
        "unit_ids",
        loader="organisations",
        description="责任单位。Units.",
    )
    authors = authors()
    opened_at = DateTime(required=True, description="建档时间。When opened.")
    items_count = Int(
        resolver=FromRow(lambda row: row["items"]), description="意见数。Items in all."
    )
    open_items = Int(required=True, description="未办结数。Of these open.")
    openness, openness_label = labelled(
        OutcomeOpenness, "公开方式。What the public sees.", "openness", required=True
    )
    instructions = List(
        NonNull(OutcomeInstruction), required=True, description="领导批示。Instructions."
    )
    conversions = List(
        NonNull(OutcomeConversion), required=True, description="转化记录。Conversions."
    )
    may_keep = Boolean(required=True, description="能否办理。Whether the viewer keeps it.")
    dossier_node_id = String(
        resolver=FromRow(lambda row: global_id("DossierNode", row["node_id"])),
        description="来源在议题档案中的节点。Node of its source in dossiers.",
    )
    item_list = paged(
        connection(OutcomeItem),
        "其中的意见。Its items.",
        state=Argument(OutcomeItemState, description="状态。In this state."),
    )

    get_node = loaded_by("outcome_files")

    @staticmethod
    def resolve_item_list(
        row: Row,
        info: GraphQLResolveInfo,
        first: int,
        after: str | None = None,
        state: Any = None,
    ) -> Awaitable[Row]:
        filter = {"outcome_id": row["id"], **({"state": state} if state else {})}
        return resolve_page(info, SERVICE, "list_items", filter=filter, first=first, after=after)


class Promise(ObjectType):
    """一项公开的承诺。A promise, as the openness of its reply lets it out."""

    title = String(required=True, description="提案案由。Title of the proposal.")
    text = String(description="承诺内容，摘要公开的不显示。The promise; not in a summary.")
    unit = fields.organisation("unit", "unit_id", "承诺单位。Whose promise.")
    due_at = DateTime(required=True, description="承诺日期之末。End of the day it names.")
    promise, promise_label = labelled(
        PromiseState, "兑现情况。What became of it.", "promise", required=True
    )
    overdue = Boolean(required=True, description="是否逾期。Whether its day has passed.")
    settled_at = DateTime(description="兑现或了结时间。When it was settled.")
    proven_by = String(
        resolver=FromRow(lambda row: GROUNDS.get(row["ground"])),
        description="兑现依据。What proves it.",
    )
    proof = List(NonNull(File), description="佐证材料。Evidence of what is public in full.")

    @staticmethod
    def resolve_proof(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class PromiseFigures(ObjectType):
    """一个单位的承诺兑现情况。Promises of a unit and what became of them."""

    unit = fields.organisation("unit", "unit_id", "单位。The unit.")
    total = Int(required=True, description="承诺数。Promises due in the year.")
    kept = Int(required=True, description="按期兑现。Kept on time.")
    kept_late = Int(required=True, description="逾期后兑现。Kept after the date.")
    claimed = Int(required=True, description="称已兑现待核实。Said to be kept, not proven.")
    missed = Int(required=True, description="未按期兑现。Not kept on time, for whatever reason.")
    under_way = Int(required=True, description="兑现中。Under way.")
    kept_rate = Float(description="按期兑现率（%）。Kept on time of what is settled, percent.")


class OutcomeFigures(ObjectType):
    """一组意见的采纳落实情况。Figures of a group of items."""

    key = String(description="组别：来源、单位、状态或种类的代码。Code of the group.")
    unit = fields.organisation("unit", "unit_key", "单位，按单位分组时。The unit, of such groups.")
    total = Int(required=True, description="意见数。Items.")
    answered = Int(required=True, description="已答复。Answered.")
    adopted = Int(required=True, description="采纳。Adopted.")
    partly_adopted = Int(required=True, description="部分采纳。Partly adopted.")
    not_adopted = Int(required=True, description="未采纳。Not adopted.")
    implementing = Int(required=True, description="落实中。Being implemented.")
    implemented = Int(required=True, description="已落实待核实。Said to be implemented.")
    verified = Int(required=True, description="已核实。Verified.")
    closed = Int(required=True, description="已办结。Closed.")
    open = Int(required=True, description="未办结。Open.")
    overdue = Int(required=True, description="逾期。Overdue.")
    major = Int(required=True, description="重大改革举措。Of major reform measures.")
    carried_over = Int(required=True, description="曾跨年结转。Carried over at least once.")
    adopted_rate = Float(description="采纳率（%）。Adopted of answered, percent.")


class SentSummary(ObjectType):
    """年度综述的一次报送。To whom a year's summary was sent."""

    to, to_label = labelled(SummaryReader, "报送对象。To whom.", "to", required=True)
    sent_on = DateTime(required=True, description="报送日期。When.")
    document_no = String(required=True, description="文号。Number, if it has one.")


class OutcomeSummary(NodeType):
    """年度成果综述的报送情况。Who has got a year's summary of outcomes, and who is owed it."""

    title = String(required=True, description="标题。Title.")
    year = Int(required=True, description="年度。Year.")
    due_at = DateTime(description="报送期限，年度结束前为空。By when; null until the year ends.")
    sent = List(NonNull(SentSummary), required=True, description="已报送。To whom it was sent.")
    missing = List(NonNull(SummaryReader), required=True, description="待报送。Who is owed it.")

    get_node = loaded_by("outcome_summaries")
