"""Events of the outcomes service (成果采纳反馈档案).

Title, unit and people's ids travel; what was written down about an item does not.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.opinions import INSTRUCTION_LEVELS

SOURCES = (
    "CONSULTATION",
    "MOTION",
    "SUPERVISION",
    "KEY_PROPOSAL",
    "SCPO",
    "RESEARCH_REPORT",
    "COMMITMENT",
)
ROUTES = ("SPECIAL_REPORT", "CONSULTATION_REPORT", "NEWS_REPORT", "INSPECTION")
OPENNESS = ("FULL", "SUMMARY", "NOT")
DUE = "2017-04-08T00:00:00+08:00"
FILE: dict[str, Any] = {
    "outcome_id": "outcome-1",
    "source": "CONSULTATION",
    "source_ref": "consultation-1",
    "title": "精准开展扶贫工作",
    "organiser": "office-general",
    "authors": ["m-15-0088"],
}
INSTRUCTION = {
    **FILE,
    "instruction_id": "instruction-2",
    "level": "DISTRICT",
    "leader": "区委书记",
    "occurrence_no": 1,
}
ITEM: dict[str, Any] = {
    "outcome_id": "outcome-1",
    "item_id": "outcome-item-1",
    "title": "精准开展扶贫工作",
    "source": "CONSULTATION",
    "organiser": "office-general",
    "unit": "unit-mzj",
    "side": "GOVERNMENT",
    "authors": ["m-15-0088"],
    "occurrence_no": 1,
}


class File(Data):
    """What events of a file say; the fields after `authors` are missing in old ones only."""

    outcome_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    source = fields.Str(validate=validate.OneOf(SOURCES))
    source_ref = fields.Str()
    title = fields.Str()
    organiser = fields.Str()


class Opened(File):
    items = fields.Int(required=True)
    openness = fields.Str(validate=validate.OneOf(OPENNESS))


class Closed(File):
    """Its last open item is closed; `occurrence_no` counts, for a file may open again."""

    items = fields.Int(required=True)
    occurrence_no = fields.Int(required=True)


class Converted(File):
    """One of the four routes of 9.2."""

    conversion_no = fields.Int(required=True)
    route = fields.Str(required=True, validate=validate.OneOf(ROUTES))
    reference = fields.Str(required=True)


class Instructed(File):
    """A leader's instruction; the same `instruction_id` here and in opinions is one fact."""

    instruction_id = fields.Str(required=True)
    level = fields.Str(required=True, validate=validate.OneOf(INSTRUCTION_LEVELS))
    leader = fields.Str()
    occurrence_no = fields.Int(required=True)
    reason = fields.Str()  # of a revocation


class Item(Data):
    """An opinion item, and the members whose suggestion it was.

    occurrence_no: of its verification; 0 before there is one, and in a reopening that undoes none.
    """

    outcome_id = fields.Str(required=True)
    item_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)
    title = fields.Str()
    source = fields.Str(validate=validate.OneOf(SOURCES))
    organiser = fields.Str()
    unit = fields.Str(allow_none=True)
    side = fields.Str(allow_none=True)  # PARTY or GOVERNMENT, by the unit (decision 45)


class Due(Item):
    due_at = fields.AwareDateTime(allow_none=True)


class InState(Due):
    state = fields.Str(required=True)


class Overdue(InState):
    """`inspect_in`: the year whose plan of inspections it goes into."""

    inspect_in = fields.Int(required=True)


class UnitChanged(InState):
    """Its unit was merged into another (decision 17), which has it in this state."""

    former = fields.Str(required=True)


class CarriedOver(Item):
    """31 December of `year` found it open."""

    year = fields.Int(required=True)
    state = fields.Str(required=True)
    overdue = fields.Bool(required=True)


class TrackingDue(Due):
    """`year` is nearly over without an entry."""

    year = fields.Int(required=True)


class Summary(Data):
    """A year's summary of outcomes."""

    summary_id = fields.Str(required=True)
    year = fields.Int(required=True)


class SummaryDue(Summary):
    due_at = fields.AwareDateTime(required=True)


class SummarySent(Summary):
    """complete: the Party, the government and the plenary have it."""

    to = fields.Str(required=True, validate=validate.OneOf(("PARTY", "GOVERNMENT", "PLENARY")))
    sent_on = fields.AwareDateTime(required=True)
    document_no = fields.Str(required=True)
    complete = fields.Bool(required=True)


class Tracked(Item):
    year = fields.Int(required=True)


class Adopted(Due):
    """Adopted, or in part; `due_at`: until when it is carried out."""

    adoption = fields.Str(required=True, validate=validate.OneOf(("ADOPTED", "PARTLY_ADOPTED")))
    result = fields.Str(required=True)


class NotAdopted(Due):
    """`due_at`: until when its source says whether it accepts the reason."""

    reason = fields.Str(required=True)
    result = fields.Str(required=True)


class ReasonDecided(Due):
    """Not accepted: to be answered anew until `due_at`."""

    accepted = fields.Bool(required=True)
    reason = fields.Str(required=True)


class Progressed(Item):
    percent = fields.Int(allow_none=True)


class Refused(Due):
    reason = fields.Str(required=True)


class Reopened(Due):
    """Undoes the verification number `occurrence_no`; 0: it was not verified."""

    reason = fields.Str()
    state = fields.Str()


class Ended(Item):
    end = fields.Str(required=True)


class FilesChanged(Data):
    """The record now holds the files `attached`, and no longer those `detached` (decision 20)."""

    record_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


class DossierLink(Data):
    """A link that people have made, or undone; nodes as the service knows them, "PROPOSAL:<id>"."""

    link_id = fields.Str(required=True)
    from_node = fields.Str(required=True)
    to_node = fields.Str(required=True)


LINK = {"link_id": "link-1", "from_node": "TOPIC:二次供水", "to_node": "PROPOSAL:proposal-1"}
contract("outcomes", names.DOSSIER_LINKED, "议题档案关联", LINK)(DossierLink)
contract("outcomes", names.DOSSIER_UNLINKED, "议题档案解除关联", LINK)(DossierLink)
WAITING = {**ITEM, "occurrence_no": 0, "due_at": DUE}
contract("outcomes", names.OUTCOME_OPENED, "建立成果档案", {**FILE, "items": 0, "openness": "NOT"})(
    Opened
)
contract(
    "outcomes", names.OUTCOME_CLOSED, "成果档案办结", {**FILE, "items": 9, "occurrence_no": 1}
)(Closed)
contract(
    "outcomes",
    names.OUTCOME_CONVERTED,
    "成果转化",
    {**FILE, "conversion_no": 1, "route": "NEWS_REPORT", "reference": "吴江日报 2017-06-01"},
)(Converted)
contract("outcomes", names.OUTCOME_INSTRUCTED, "成果获批示", INSTRUCTION)(Instructed)
contract(
    "outcomes",
    names.OUTCOME_INSTRUCTION_REVOKED,
    "成果批示撤销",
    {**INSTRUCTION, "reason": "登记有误"},
)(Instructed)
contract("outcomes", names.OUTCOME_ITEM_SENT, "意见报送", {**WAITING, "state": "SENT"})(InState)
contract("outcomes", names.OUTCOME_ITEM_REFERRED, "意见转办", WAITING)(Due)
contract(
    "outcomes",
    names.OUTCOME_ITEM_ADOPTED,
    "意见采纳",
    {**WAITING, "adoption": "ADOPTED", "result": "列入年度计划。"},
)(Adopted)
contract(
    "outcomes",
    names.OUTCOME_ITEM_NOT_ADOPTED,
    "意见未采纳",
    {**WAITING, "reason": "与上位规划不符", "result": "暂不具备条件。"},
)(NotAdopted)
contract(
    "outcomes",
    names.OUTCOME_ITEM_REASON_DECIDED,
    "未采纳理由认定",
    {**WAITING, "accepted": False, "reason": "请补充依据"},
)(ReasonDecided)
contract("outcomes", names.OUTCOME_ITEM_PROGRESSED, "意见办理进展", {**ITEM, "percent": 40})(
    Progressed
)
contract("outcomes", names.OUTCOME_ITEM_IMPLEMENTED, "意见报告落实", WAITING)(Due)
contract(
    "outcomes",
    names.OUTCOME_ITEM_VERIFICATION_REFUSED,
    "意见核实未通过",
    {**WAITING, "reason": "现场尚未完工"},
)(Refused)
contract("outcomes", names.OUTCOME_ITEM_VERIFIED, "意见落实核实", ITEM)(Item)
contract(
    "outcomes",
    names.OUTCOME_ITEM_REOPENED,
    "意见重新办理",
    {**ITEM, "reason": "回访发现停用", "due_at": DUE, "state": "IMPLEMENTING"},
)(Reopened)
contract("outcomes", names.OUTCOME_ITEM_TRACKED, "意见跟踪回访", {**ITEM, "year": 2017})(Tracked)
contract("outcomes", names.OUTCOME_ITEM_CLOSED, "意见办结", {**ITEM, "end": "VERIFIED"})(Ended)
contract(
    "outcomes",
    names.OUTCOME_ITEM_OVERDUE,
    "意见逾期",
    {**WAITING, "state": "REFERRED", "inspect_in": 2018},
)(Overdue)
contract(
    "outcomes", names.OUTCOME_ITEM_REMINDER_DUE, "意见到期提醒", {**WAITING, "state": "REFERRED"}
)(InState)
contract(
    "outcomes",
    names.OUTCOME_ITEM_UNIT_CHANGED,
    "意见责任单位变更",
    {**WAITING, "state": "IMPLEMENTING", "former": "unit-old"},
)(UnitChanged)
contract(
    "outcomes",
    names.OUTCOME_ITEM_CARRIED_OVER,
    "意见跨年结转",
    {**ITEM, "year": 2017, "state": "IMPLEMENTING", "overdue": False},
)(CarriedOver)
contract(
    "outcomes",
    names.OUTCOME_TRACKING_DUE,
    "年度跟踪提醒",
    {**WAITING, "year": 2017, "due_at": "2018-01-01T00:00:00+08:00"},
)(TrackingDue)
SUMMARY: dict[str, Any] = {"summary_id": "summary-2017", "year": 2017}
OWED = {**SUMMARY, "due_at": "2018-02-01T00:00:00+08:00"}
contract("outcomes", names.OUTCOME_SUMMARY_DUE, "年度成果综述应报送", OWED)(SummaryDue)
contract("outcomes", names.OUTCOME_SUMMARY_REMINDER_DUE, "年度成果综述到期提醒", OWED)(SummaryDue)
contract(
    "outcomes",
    names.OUTCOME_SUMMARY_SENT,
    "年度成果综述已报送",
    {
        **SUMMARY,
        "to": "PARTY",
        "sent_on": "2018-01-15T09:00:00+08:00",
        "document_no": "吴政协〔2018〕3号",
        "complete": False,
    },
)(SummarySent)
contract(
    "outcomes",
    names.OUTCOME_FILES_CHANGED,
    "成果所附文件变化",
    {"record_id": "outcome-item-1", "attached": ["file-1"], "detached": []},
)(FilesChanged)
