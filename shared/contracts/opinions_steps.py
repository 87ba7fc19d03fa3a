"""Events of the opinions service beside those that members are credited for.

Every step is told, so that each author learns what becomes of an item without asking (10.6).
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import contract
from shared.contracts.opinions import CHANNELS, DUE, ISSUE_NO, LEVELS, MORE, OPINION, Told
from shared.contracts.sides import Side

ADOPTIONS = ("ADOPTED", "PARTLY_ADOPTED", "NOT_ADOPTED")
ENDS = ("RESULT_GIVEN", "INSTRUCTED", "SENT_UP", "DELIVERED")
LIMITS = ("EDIT", "SIGN", "DELIVER", "INFORM", "RESUBMIT", "RESULT", "FOLLOW", "GOOD")
RETENTIONS = ("KNOWN", "DUPLICATE", "UNFOUNDED", "NARROW", "OUT_OF_SCOPE", "OTHER")
SIDES = [side.value for side in Side]
MOMENT = "2017-02-06T10:21:00+08:00"
STEP: dict[str, Any] = {"opinion_id": "opinion-1", "authors": ["m-15-0140"], **MORE}
NUMBERED: dict[str, Any] = {**OPINION, **MORE}


class Step(Told):
    opinion_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)  # member ids of all who are in it


class Numbered(Step):
    occurrence_no = fields.Int(required=True)


class Drafted(Step):
    """Made of what another service has turned over; its author completes and submits it."""

    channel = fields.Str(required=True, validate=validate.OneOf(CHANNELS))


class EditingStarted(Step):
    edit_due_at = fields.AwareDateTime(allow_none=True)


class Edited(Step):
    """Waits for the signature."""

    sign_due_at = fields.AwareDateTime(required=True)
    urgent = fields.Bool(required=True)


class EditionReturned(EditingStarted):
    reason = fields.Str(required=True)


class Returned(Numbered):
    reason = fields.Str(required=True)
    resubmit_by = fields.AwareDateTime(required=True)


class Retained(Numbered):
    """reason: in the editor's words."""

    reason = fields.Str(required=True)
    retention = fields.Str(required=True, validate=validate.OneOf(RETENTIONS))


class Combined(Numbered):
    """into: the item that it is used in, whose steps are its authors' too."""

    into = fields.Str(required=True)


class Separated(EditingStarted):
    out_of = fields.Str(required=True)


class Sided(Step):
    """sides: whose leaders have it; their supervising offices see to it."""

    sides = fields.List(fields.Str(validate=validate.OneOf(SIDES)))


class Delivered(Sided):
    """to: ids of the leaders' offices."""

    occurrence_no = fields.Int(required=True)
    issue_no = fields.Str(required=True)
    delivered_on = fields.AwareDateTime(required=True)
    to = fields.List(fields.Str(), required=True)
    leaders = fields.Str()


class Received(Sided):
    received_on = fields.AwareDateTime(required=True)
    by = fields.List(fields.Str(), required=True)


class SentUp(Numbered):
    level = fields.Str(required=True, validate=validate.OneOf(LEVELS))
    sent_on = fields.AwareDateTime(required=True)


class Referred(Sided):
    """former: the unit that it was with, where that one is no more."""

    occurrence_no = fields.Int(required=True)
    unit = fields.Str(required=True)
    due_on = fields.AwareDateTime(required=True)
    note = fields.Str()
    former = fields.Str()


class ReferralDeclined(Sided):
    occurrence_no = fields.Int(required=True)
    unit = fields.Str(required=True)
    reason = fields.Str(required=True)


class ResultGiven(Sided):
    """complete: no other unit has still to give its result."""

    occurrence_no = fields.Int(required=True)
    unit = fields.Str(required=True)
    result = fields.Str(required=True)
    adoption = fields.Str(required=True, validate=validate.OneOf(ADOPTIONS))
    reason = fields.Str(allow_none=True)
    given_on = fields.AwareDateTime(required=True)
    complete = fields.Bool()


class Closed(Numbered):
    end = fields.Str(required=True, validate=validate.OneOf(ENDS))
    closed_on = fields.AwareDateTime(required=True)
    note = fields.Str()


class GoodNominated(Step):
    year = fields.Int(required=True)
    decide_by = fields.AwareDateTime(required=True)


class GoodDecided(Step):
    """revoked: it had been selected, and is not any more."""

    year = fields.Int(required=True)
    selected = fields.Bool(required=True)
    revoked = fields.Bool(required=True)


class Alarm(Step):
    """alarm: tells several of one write apart; unit: whose result is due."""

    about = fields.Str(required=True, validate=validate.OneOf(LIMITS))
    alarm = fields.Str(required=True)
    due_at = fields.AwareDateTime(required=True)
    unit = fields.Str(required=True, allow_none=True)
    urgent = fields.Bool(required=True)


class FilesChanged(Told):
    """For the gateway: which files the item holds now, or no more."""

    opinion_id = fields.Str(required=True)
    attached = fields.List(fields.Str(), required=True)
    detached = fields.List(fields.Str(), required=True)


_PARTY = {"sides": ["PARTY"]}
_REFERRAL = {**NUMBERED, **_PARTY, "unit": "unit-slj"}
_ALARM = {
    **STEP,
    "about": "EDIT",
    "alarm": "EDIT-0",
    "due_at": DUE,
    "unit": None,
    "urgent": True,
}
_STEPS: tuple[tuple[str, str, type[Told], dict[str, Any]], ...] = (
    (names.OPINION_DRAFTED, "转来社情民意草稿", Drafted, {**STEP, "channel": "MEMBER"}),
    (names.OPINION_DISCARDED, "放弃社情民意草稿", Step, STEP),
    (
        names.OPINION_EDITING_STARTED,
        "社情民意开始编辑",
        EditingStarted,
        {**STEP, "edit_due_at": DUE},
    ),
    (
        names.OPINION_EDITED,
        "社情民意送签发",
        Edited,
        {**STEP, "sign_due_at": DUE, "urgent": True},
    ),
    (
        names.OPINION_EDITION_RETURNED,
        "社情民意退回编辑",
        EditionReturned,
        {**STEP, "reason": "请核实水厂名称", "edit_due_at": DUE},
    ),
    (
        names.OPINION_RETURNED,
        "社情民意退回修改",
        Returned,
        {**NUMBERED, "reason": "请写明时间地点", "resubmit_by": DUE},
    ),
    (
        names.OPINION_RETAINED,
        "社情民意留存",
        Retained,
        {**NUMBERED, "reason": "情况已掌握", "retention": "KNOWN"},
    ),
    (names.OPINION_COMBINED, "社情民意综合采用", Combined, {**NUMBERED, "into": "opinion-2"}),
    (
        names.OPINION_SEPARATED,
        "社情民意拆分",
        Separated,
        {**STEP, "out_of": "opinion-2", "edit_due_at": DUE},
    ),
    (
        names.OPINION_DELIVERED,
        "社情民意报送领导",
        Delivered,
        {
            **NUMBERED,
            **_PARTY,
            "issue_no": ISSUE_NO,
            "delivered_on": MOMENT,
            "to": ["sup-qwb"],
            "leaders": "区委书记、区长",
        },
    ),
    (
        names.OPINION_RECEIVED,
        "社情民意签收",
        Received,
        {**STEP, **_PARTY, "received_on": MOMENT, "by": ["sup-qwb"]},
    ),
    (
        names.OPINION_SENT_UP,
        "社情民意上报",
        SentUp,
        {**NUMBERED, "level": "CITY", "sent_on": MOMENT},
    ),
    (
        names.OPINION_REFERRED,
        "社情民意转办",
        Referred,
        {**_REFERRAL, "due_on": DUE, "note": "请核查取水口水质"},
    ),
    (
        names.OPINION_REFERRAL_DECLINED,
        "社情民意转办退回",
        ReferralDeclined,
        {**_REFERRAL, "reason": "不属本单位职责"},
    ),
    (
        names.OPINION_RESULT_GIVEN,
        "社情民意办理结果",
        ResultGiven,
        {
            **_REFERRAL,
            "result": "已关停上游违规排口，水质恢复正常。",
            "adoption": "ADOPTED",
            "reason": None,
            "given_on": MOMENT,
            "complete": True,
        },
    ),
    (
        names.OPINION_CLOSED,
        "社情民意办结",
        Closed,
        {**NUMBERED, "end": "RESULT_GIVEN", "closed_on": MOMENT, "note": "问题已解决"},
    ),
    (
        names.OPINION_GOOD_NOMINATED,
        "推荐优秀社情民意",
        GoodNominated,
        {**STEP, "year": 2017, "decide_by": DUE},
    ),
    (
        names.OPINION_GOOD_DECIDED,
        "评定优秀社情民意",
        GoodDecided,
        {**STEP, "year": 2017, "selected": True, "revoked": False},
    ),
    (names.OPINION_REMINDER_DUE, "社情民意时限提醒", Alarm, _ALARM),
    (names.OPINION_OVERDUE, "社情民意超过时限", Alarm, _ALARM),
    (
        names.OPINION_FILES_CHANGED,
        "社情民意附件变化",
        FilesChanged,
        {"opinion_id": "opinion-1", "attached": ["file-1"], "detached": []},
    ),
)
for _name, _title, _form, _sample in _STEPS:
    contract("opinions", _name, _title, _sample)(_form)
