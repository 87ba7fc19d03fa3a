"""Events of the study service that members are credited for."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.rosters import Took

HELD_ON = "2017-03-16T09:00:00+08:00"
ROW = {"member_id": "m-15-0088", "took_part": True, "occurrence_no": 1}
SESSION = {"session_id": "study-session-1", "form": "LECTURE", "held_on": HELD_ON, "rows": [ROW]}
CLASS = {"class_id": "study-class-1", "member_id": "m-15-0088", "occurrence_no": 1}
PAPER = {"paper_id": "study-paper-1", "authors": ["m-15-0088"], "occurrence_no": 1}


class Session(Data):
    """Who studied, from presence or a paper, never from time on line."""

    session_id = fields.Str(required=True)
    form = fields.Str()
    held_on = fields.AwareDateTime(required=True)
    rows = fields.List(fields.Nested(Took), required=True)


class ClassCompletion(Data):
    """A rotation class; completed at the share of half-days that its setting names."""

    class_id = fields.Str(required=True)
    member_id = fields.Str(required=True)
    occurrence_no = fields.Int(required=True)


class Paper(Data):
    paper_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


contract("study", names.STUDY_ATTENDANCE_CONFIRMED, "学习出席确认", SESSION)(Session)
contract(
    "study",
    names.STUDY_ATTENDANCE_CORRECTED,
    "学习出席更正",
    {**SESSION, "rows": [{**ROW, "took_part": False}]},
)(Session)
contract("study", names.STUDY_CLASS_COMPLETED, "轮训班结业", CLASS)(ClassCompletion)
contract("study", names.STUDY_COMPLETION_REVOKED, "轮训班结业撤销", CLASS)(ClassCompletion)
contract("study", names.STUDY_PAPER_ACCEPTED, "学习文章采用", PAPER)(Paper)
contract("study", names.STUDY_PAPER_REVOKED, "学习文章撤销采用", PAPER)(Paper)
