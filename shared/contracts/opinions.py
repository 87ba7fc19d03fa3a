"""Events of the opinions service (社情民意) that members are credited for."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract

LEVELS = ("CITY", "PROVINCE", "NATION")
INSTRUCTION_LEVELS = ("DISTRICT", *LEVELS)
ADOPTIONS = ("ADOPTED", "PARTLY_ADOPTED", "NOT_ADOPTED")
TITLE = "关于清洗老旧小区楼顶水箱的建议"

OPINION = {"opinion_id": "opinion-1", "authors": ["m-15-0140"], "occurrence_no": 1}


class Opinion(Data):
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)  # member ids; the source is protected
    occurrence_no = fields.Int(required=True)


class Issued(Opinion):
    """Each item of a combined issue has an event of its own."""

    form = fields.Str(required=True, validate=validate.OneOf(("SINGLE", "COMBINED")))


class Adopted(Opinion):
    level = fields.Str(required=True, validate=validate.OneOf(LEVELS))


class Instructed(Data):
    """A leader's instruction; the same `instruction_id` here and in outcomes is one fact."""

    instruction_id = fields.Str(required=True)
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    level = fields.Str(required=True, validate=validate.OneOf(INSTRUCTION_LEVELS))
    occurrence_no = fields.Int(required=True)
    title = fields.Str()
    topics = fields.List(fields.Str())  # codes of the taxonomy
    leader = fields.Str()
    text = fields.Str()
    instructed_on = fields.AwareDateTime()
    unit = fields.Str(allow_none=True)  # the responsible unit


class Delivered(Data):
    """An issue has reached the leaders, whose ids these are."""

    opinion_id = fields.Str(required=True)
    occurrence_no = fields.Int(required=True)
    issue_no = fields.Str(required=True)
    title = fields.Str(required=True)
    delivered_on = fields.AwareDateTime(required=True)
    to = fields.List(fields.Str(), required=True)


class Referred(Data):
    """A unit is to deal with it until `due_on`."""

    opinion_id = fields.Str(required=True)
    title = fields.Str(required=True)
    unit = fields.Str(required=True)
    due_on = fields.AwareDateTime(required=True)
    occurrence_no = fields.Int(required=True)


class ResultGiven(Data):
    """What the unit has answered; the reason of what is not adopted."""

    opinion_id = fields.Str(required=True)
    unit = fields.Str(required=True)
    result = fields.Str(required=True)
    adoption = fields.Str(required=True, validate=validate.OneOf(ADOPTIONS))
    reason = fields.Str(allow_none=True)
    given_on = fields.AwareDateTime(required=True)
    occurrence_no = fields.Int(required=True)


class Closed(Data):
    opinion_id = fields.Str(required=True)
    title = fields.Str(required=True)
    end = fields.Str(required=True)
    closed_on = fields.AwareDateTime(required=True)
    occurrence_no = fields.Int(required=True)


CITY = {**OPINION, "level": "CITY"}
INSTRUCTION = {**OPINION, "instruction_id": "instruction-1", "level": "DISTRICT"}

contract("opinions", names.OPINION_SUBMITTED, "社情民意提交", OPINION)(Opinion)
contract("opinions", names.OPINION_WITHDRAWN, "社情民意撤回", OPINION)(Opinion)
contract("opinions", names.OPINION_ISSUED, "社情民意编报", {**OPINION, "form": "SINGLE"})(Issued)
contract(
    "opinions", names.OPINION_ISSUE_REVOKED, "社情民意撤销编报", {**OPINION, "form": "SINGLE"}
)(Issued)
contract("opinions", names.OPINION_ADOPTED, "社情民意上级采用", CITY)(Adopted)
contract("opinions", names.OPINION_ADOPTION_REVOKED, "社情民意撤销采用", CITY)(Adopted)
contract("opinions", names.OPINION_INSTRUCTED, "社情民意获批示", INSTRUCTION)(Instructed)
contract("opinions", names.OPINION_INSTRUCTION_REVOKED, "社情民意批示撤销", INSTRUCTION)(Instructed)
contract(
    "opinions",
    names.OPINION_DELIVERED,
    "社情民意报送",
    {
        "opinion_id": "opinion-1",
        "occurrence_no": 1,
        "issue_no": "社情民意 2017年第35期",
        "title": TITLE,
        "delivered_on": "2017-02-06T10:21:00+08:00",
        "to": ["leader-1"],
    },
)(Delivered)
contract(
    "opinions",
    names.OPINION_REFERRED,
    "社情民意转办",
    {
        "opinion_id": "opinion-1",
        "title": TITLE,
        "unit": "unit-slj",
        "due_on": "2017-03-06T18:00:00+08:00",
        "occurrence_no": 1,
    },
)(Referred)
contract(
    "opinions",
    names.OPINION_RESULT_GIVEN,
    "社情民意办理反馈",
    {
        "opinion_id": "opinion-1",
        "unit": "unit-slj",
        "result": "已列入今年清洗计划。",
        "adoption": "ADOPTED",
        "given_on": "2017-02-27T10:00:00+08:00",
        "occurrence_no": 1,
    },
)(ResultGiven)
contract(
    "opinions",
    names.OPINION_CLOSED,
    "社情民意办结",
    {
        "opinion_id": "opinion-1",
        "title": TITLE,
        "end": "RESULT_GIVEN",
        "closed_on": "2017-03-01T10:00:00+08:00",
        "occurrence_no": 1,
    },
)(Closed)
