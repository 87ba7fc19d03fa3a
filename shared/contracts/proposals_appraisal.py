"""Events of democratic appraisals and of inspections.

Nothing here tells how anybody voted; who voted is told of several people at once, so that the
time of the fact is nobody's (decision 29). Figures appear in `appraisal_published` alone.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.proposals import COSIGNER, FIRST

UNIT = "unit-zjj"
VOTERS = [f"member:{FIRST}", f"member:{COSIGNER}", "account:account-expert"]
APPRAISAL: dict[str, Any] = {"appraisal_id": "appraisal-1", "title": "二次供水提案办理民主评议"}
CASE = {
    "proposal_id": "proposal-1",
    "title": "关于加强老旧住宅小区二次供水的建议",
    "units": [UNIT],
}
HELD_AT = "2017-09-20T14:00:00+08:00"


class Case(Schema):
    """A case and the units that are appraised."""

    class Meta:
        unknown = EXCLUDE

    proposal_id = fields.Str(required=True)
    title = fields.Str(required=True)
    units = fields.List(fields.Str(), required=True)


class ItemScore(Schema):
    class Meta:
        unknown = EXCLUDE

    item = fields.Str(required=True)  # 办理态度
    average = fields.Float(required=True)  # 0–100, two decimals


class CaseResult(Case):
    """The figures of one case; `satisfied_share` is percent, two decimals."""

    satisfied = fields.Int(required=True)
    basic = fields.Int(required=True)
    dissatisfied = fields.Int(required=True)
    satisfied_share = fields.Float(required=True)
    scores = fields.List(fields.Nested(ItemScore), required=True)


class AppraisalData(Data):
    appraisal_id = fields.Str(required=True)
    title = fields.Str(required=True)


@contract(
    "proposals",
    names.APPRAISAL_PLANNED,
    "安排民主评议",
    {
        **APPRAISAL,
        "meeting_id": "appraisal-1",
        "kind": "APPRAISAL",
        "organiser": "com-proposals",
        "held_at": HELD_AT,
        "place": "区政协一楼会议室",
        "subjects": [CASE],
        "units": [UNIT, "unit-hygs"],
        "appraised": [UNIT],
        "report_due_at": "2017-09-18T00:00:00+08:00",
    },
)
class AppraisalPlanned(AppraisalData):
    """Decision 30: office creates the meeting under `meeting_id`. `units` handle the cases;
    `appraised`, of them, hand in a report by `report_due_at` (absent from older ones)."""

    meeting_id = fields.Str(required=True)
    kind = fields.Str(required=True)
    organiser = fields.Str(required=True)
    held_at = fields.AwareDateTime(required=True)
    place = fields.Str(required=True)
    subjects = fields.List(fields.Nested(Case), required=True)
    units = fields.List(fields.Str(), required=True)
    appraised = fields.List(fields.Str())
    report_due_at = fields.AwareDateTime(allow_none=True)


@contract(
    "proposals",
    names.APPRAISAL_REPORT_HANDED_IN,
    "被评议单位提交汇报",
    {**APPRAISAL, "unit": UNIT, "late": False, "revision": 1},
)
class ReportHandedIn(AppraisalData):
    """What it says is read in the record; `revision` counts what the unit has handed in."""

    unit = fields.Str(required=True)
    late = fields.Bool(required=True)
    revision = fields.Int(required=True)


@contract(
    "proposals",
    names.APPRAISAL_REPORT_REMINDER_DUE,
    "被评议单位汇报即将到期",
    {**APPRAISAL, "units": [UNIT], "due_at": "2017-09-18T00:00:00+08:00"},
)
class ReportReminderDue(AppraisalData):
    """`units` have not handed in a report yet."""

    units = fields.List(fields.Str(), required=True)
    due_at = fields.AwareDateTime(required=True)


@contract(
    "proposals",
    names.APPRAISAL_FILES_CHANGED,
    "评议汇报所附文件变化",
    {"appraisal_id": "appraisal-1", "attached": ["file-1"], "detached": []},
)
class AppraisalFilesChanged(Data):
    """As `proposal_files_changed`, of the units' reports (decision 20)."""

    appraisal_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.APPRAISAL_VOTERS_INVITED,
    "邀请评议人员",
    {**APPRAISAL, "voters": VOTERS, "held_at": HELD_AT, "place": "区政协一楼会议室"},
)
class VotersInvited(AppraisalData):
    """`voters` are recipient keys of those who have an account."""

    voters = fields.List(fields.Str(), required=True)
    held_at = fields.AwareDateTime(required=True)
    place = fields.Str(required=True)


@contract(
    "proposals",
    names.APPRAISAL_OPENED,
    "民主评议开始投票",
    {**APPRAISAL, "voters": VOTERS, "held_at": HELD_AT},
)
class AppraisalOpened(AppraisalData):
    """`voters` are recipient keys of those who have an account."""

    voters = fields.List(fields.Str(), required=True)
    held_at = fields.AwareDateTime(required=True)


@contract(
    "proposals", names.APPRAISAL_VOTES_NOTED, "评议人员已投票", {**APPRAISAL, "voters": VOTERS}
)
class VotesNoted(AppraisalData):
    """These have voted, some time before."""

    voters = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.APPRAISAL_COUNTED,
    "民主评议计票",
    {**APPRAISAL, "ballots": 21, "invited": 22},
)
class AppraisalCounted(AppraisalData):
    """The vote is closed; the figures come with the publication."""

    ballots = fields.Int(required=True)
    invited = fields.Int(required=True)


@contract(
    "proposals",
    names.APPRAISAL_PUBLISHED,
    "公布民主评议结果",
    {
        **APPRAISAL,
        "ballots": 21,
        "invited": 22,
        "public": False,
        "voters": VOTERS,
        "units": [UNIT, "unit-hygs"],
        "subjects": [
            {
                **CASE,
                "satisfied": 17,
                "basic": 3,
                "dissatisfied": 1,
                "satisfied_share": 80.95,
                "scores": [{"item": "办理态度", "average": 92.5}],
            }
        ],
    },
)
class AppraisalPublished(AppraisalCounted):
    public = fields.Bool(required=True)
    voters = fields.List(fields.Str(), required=True)
    units = fields.List(fields.Str(), required=True)
    subjects = fields.List(fields.Nested(CaseResult), required=True)


@contract(
    "proposals",
    names.APPRAISAL_CANCELLED,
    "取消民主评议",
    {**APPRAISAL, "reason": "与全体会议冲突", "units": [UNIT], "voters": VOTERS},
)
class AppraisalCancelled(AppraisalData):
    reason = fields.Str(required=True)
    voters = fields.List(fields.Str(), required=True)
    units = fields.List(fields.Str(), required=True)


INSPECTION: dict[str, Any] = {
    "inspection_id": "inspection-1",
    "title": "老旧小区二次供水改造视察",
    "proposal_ids": ["proposal-1"],
    "units": [UNIT],
    "participants": [FIRST, COSIGNER],
}


class InspectionData(Data):
    """`participants` are member ids, `units` those that handle the cases."""

    inspection_id = fields.Str(required=True)
    title = fields.Str(required=True)
    proposal_ids = fields.List(fields.Str(), required=True)
    units = fields.List(fields.Str(), required=True)
    participants = fields.List(fields.Str(), required=True)


@contract(
    "proposals",
    names.INSPECTION_PLANNED,
    "安排提案办理视察",
    {**INSPECTION, "held_at": HELD_AT, "place": "松陵街道"},
)
class InspectionPlanned(InspectionData):
    held_at = fields.AwareDateTime(required=True)
    place = fields.Str(required=True)


@contract(
    "proposals",
    names.INSPECTION_HELD,
    "举行提案办理视察",
    {**INSPECTION, "occurrence_no": 1, "held_on": HELD_AT},
)
class InspectionHeld(InspectionData):
    """`participants` are those who came (decision 31 numbers the occurrence), `held_on` when: it
    may be entered later, in another year. Absent from what was told before it was carried."""

    occurrence_no = fields.Int(required=True)
    held_on = fields.AwareDateTime()


class Verified(Schema):
    """Promises of a case that the inspection saw kept (decision 42)."""

    class Meta:
        unknown = EXCLUDE

    proposal_id = fields.Str(required=True)
    commitments = fields.List(fields.Int(), required=True)


@contract(
    "proposals",
    names.INSPECTION_REPORTED,
    "提交视察报告",
    {**INSPECTION, "verified": [{"proposal_id": "proposal-1", "commitments": [1]}]},
)
class InspectionReported(InspectionData):
    verified = fields.List(fields.Nested(Verified))


@contract(
    "proposals",
    names.INSPECTION_CANCELLED,
    "取消提案办理视察",
    {**INSPECTION, "reason": "天气原因"},
)
class InspectionCancelled(InspectionData):
    reason = fields.Str(required=True)


@contract(
    "proposals",
    names.INSPECTION_FILES_CHANGED,
    "视察所附文件变化",
    {"inspection_id": "inspection-1", "attached": ["file-1"], "detached": []},
)
class InspectionFilesChanged(Data):
    """As `proposal_files_changed`, of an inspection (decision 20)."""

    inspection_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)
