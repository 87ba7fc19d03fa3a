"""Events of supervision about people: supervisors (民主监督员), debriefings (述职交流)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data
from shared.contracts.supervision import DUE, Part, Rows, told

SIDES = ("unit", "supervisor")
SUPERVISOR: dict[str, Any] = {
    "supervisor_id": "supervisor-1",
    "member_id": "m-15-0066",
    "account": None,
    "nominated_for": "com-urban",
}
DEBRIEFING: dict[str, Any] = {
    "debriefing_id": "debriefing-1",
    "title": "民主监督员和被监督单位述职交流",
    "organiser": "com-urban",
    "units": ["unit-slj"],
    "supervisors": ["m-15-0066"],
}


class Supervisor(Data):
    supervisor_id = fields.Str(required=True)
    member_id = fields.Str(required=True, allow_none=True)
    account = fields.Str(required=True, allow_none=True)
    nominated_for = fields.Str(required=True)


class Nominated(Supervisor):
    decide_by = fields.AwareDateTime(required=True)


class Refused(Supervisor):
    reason = fields.Str(required=True)


class Appointed(Supervisor):
    certificate_no = fields.Str(required=True)
    ends_on = fields.AwareDateTime(required=True)


class Assigned(Supervisor):
    """reason: where a conflict of interest that came up later ended a posting."""

    units = fields.List(fields.Str(), required=True)
    reason = fields.Str(load_default="")


class Ended(Supervisor):
    dismissed = fields.Bool(required=True)
    reason = fields.Str(required=True)


class Debriefing(Data):
    """supervisors: the members among them."""

    debriefing_id = fields.Str(required=True)
    title = fields.Str(required=True)
    organiser = fields.Str(required=True)
    units = fields.List(fields.Str(), required=True)
    supervisors = fields.List(fields.Str(), required=True)


class DebriefingReported(Debriefing):
    """of: a unit, or the id of a supervisor."""

    side = fields.Str(required=True, validate=validate.OneOf(SIDES))
    of = fields.Str(required=True)
    complete = fields.Bool(required=True)


class DebriefingAsked(Debriefing):
    question_no = fields.Int(required=True)
    side = fields.Str(required=True, validate=validate.OneOf(SIDES))
    of = fields.Str(required=True)
    unit = fields.Str(required=True, allow_none=True)


class DebriefingAnswered(Debriefing):
    question_no = fields.Int(required=True)
    side = fields.Str(required=True, validate=validate.OneOf(SIDES))
    of = fields.Str(required=True)
    asked_by = fields.Str(required=True)


class Rated(Part):
    side = fields.Str(required=True, validate=validate.OneOf(SIDES))
    of = fields.Str(required=True)
    satisfied = fields.Int(required=True)
    basic = fields.Int(required=True)
    dissatisfied = fields.Int(required=True)


class DebriefingRated(Debriefing):
    ratings = fields.List(fields.Nested(Rated), required=True)


class DebriefingReminder(Debriefing):
    due_at = fields.AwareDateTime(required=True)
    missing_units = fields.List(fields.Str(), required=True)


ASKED = {"question_no": 1, "side": "unit", "of": "unit-slj"}
RATED = [{"side": "unit", "of": "unit-slj", "satisfied": 5, "basic": 1, "dissatisfied": 0}]
OF_SUPERVISOR: Rows = (
    (names.SUPERVISOR_NOMINATED, "推荐民主监督员", Nominated, {"decide_by": DUE}),
    (names.SUPERVISOR_REFUSED, "民主监督员未获聘任", Refused, {"reason": "名额已满"}),
    (
        names.SUPERVISOR_APPOINTED,
        "聘任民主监督员",
        Appointed,
        {"certificate_no": "吴政协监聘〔2017〕1号", "ends_on": "2021-12-31T00:00:00+08:00"},
    ),
    (names.SUPERVISOR_ASSIGNED, "派驻民主监督员", Assigned, {"units": ["unit-slj"]}),
    (
        names.SUPERVISOR_ENDED,
        "民主监督员离任",
        Ended,
        {"dismissed": False, "reason": "聘期届满"},
    ),
)
OF_DEBRIEFING: Rows = (
    (
        names.DEBRIEFING_REPORTED,
        "述职报告提交",
        DebriefingReported,
        {"side": "unit", "of": "unit-slj", "complete": True},
    ),
    (names.DEBRIEFING_ASKED, "述职提问", DebriefingAsked, {**ASKED, "unit": "unit-slj"}),
    (names.DEBRIEFING_ANSWERED, "述职答复", DebriefingAnswered, {**ASKED, "asked_by": "m-15-0102"}),
    (names.DEBRIEFING_HELD, "述职交流举行", Debriefing, {}),
    (names.DEBRIEFING_RATED, "述职评价", DebriefingRated, {"ratings": RATED}),
    (names.DEBRIEFING_CLOSED, "述职交流办结", Debriefing, {}),
    (
        names.DEBRIEFING_REMINDER_DUE,
        "述职报告将到期",
        DebriefingReminder,
        {"due_at": DUE, "missing_units": ["unit-slj"]},
    ),
)
for _rows, _sample in ((OF_SUPERVISOR, SUPERVISOR), (OF_DEBRIEFING, DEBRIEFING)):
    for _event, _title, _schema, _more in _rows:
        told(_event, _title, _schema, {**_sample, **_more})
