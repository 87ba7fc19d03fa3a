"""Events of the liaison service that the performance of members is told from."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract
from shared.contracts.rosters import Took

ACTIVITY_KINDS = (
    "CONSULTATION",
    "INSPECTION",
    "RESEARCH",
    "STUDY_TOUR",
    "SURVEY",
    "SUPERVISION",
    "THEMATIC_SUPERVISION",
    "ETHNIC_INSPECTION",
    "SECTOR_ACTIVITY",
    "TOWN_ACTIVITY",
    "HOME_DUTY",
    "OTHER",
)
HELD_ON = "2017-03-16T09:00:00+08:00"
ROW = {"member_id": "m-15-0088", "took_part": True, "occurrence_no": 1}
ACTIVITY = {"activity_id": "activity-1", "kind": "INSPECTION", "held_on": HELD_ON, "rows": [ROW]}
SERVICE = {"activity_id": "activity-2", "held_on": HELD_ON, "rows": [ROW]}
LINK = {"link_id": "link-1", "leader_id": "m-15-0001", "member_id": "m-15-0088"}


class Activity(Data):
    """What is no meeting; a meeting's presence comes from the office."""

    activity_id = fields.Str(required=True)
    kind = fields.Str(required=True, validate=validate.OneOf(ACTIVITY_KINDS))
    held_on = fields.AwareDateTime(required=True)
    rows = fields.List(fields.Nested(Took), required=True)


class Service(Data):
    """Social service, with its proof."""

    activity_id = fields.Str(required=True)
    held_on = fields.AwareDateTime(required=True)
    rows = fields.List(fields.Nested(Took), required=True)


class Link(Data):
    """A contact link, from the leading end to the led."""

    link_id = fields.Str(required=True)
    leader_id = fields.Str(required=True)
    member_id = fields.Str(required=True)


class Contact(Link):
    contact_id = fields.Str(required=True)
    writer = fields.Str()  # member id, one of the two ends


class Reception(Data):
    reception_id = fields.Str(required=True)
    home_id = fields.Str(required=True)
    town = fields.Str(allow_none=True)
    on_duty = fields.List(fields.Str(), required=True)  # member ids


NOBODY = [{**ROW, "took_part": False}]


class YearWritten(Data):
    """What a sector group or a town has written of a year, as it stands at this version."""

    organisation = fields.Str(required=True)
    year = fields.Int(required=True)
    planned = fields.Bool(required=True)
    summarised = fields.Bool(required=True)


contract("liaison", names.ACTIVITY_PARTICIPATION_CONFIRMED, "活动参加确认", ACTIVITY)(Activity)
contract(
    "liaison",
    names.ACTIVITY_PARTICIPATION_CORRECTED,
    "活动参加更正",
    {**ACTIVITY, "rows": NOBODY},
)(Activity)
contract("liaison", names.ACTIVITY_SERVICE_CONFIRMED, "社会服务确认", SERVICE)(Service)
contract("liaison", names.ACTIVITY_SERVICE_CORRECTED, "社会服务更正", {**SERVICE, "rows": NOBODY})(
    Service
)
contract(
    "liaison",
    names.LIAISON_YEAR_WRITTEN,
    "年度计划、总结编写",
    {"organisation": "group-22", "year": 2017, "planned": True, "summarised": False},
)(YearWritten)
contract("liaison", names.CONTACT_LINK_STARTED, "联系关系建立", LINK)(Link)
contract("liaison", names.CONTACT_LINK_ENDED, "联系关系结束", LINK)(Link)
contract("liaison", names.CONTACT_RECORDED, "联系记录", {**LINK, "contact_id": "contact-1"})(
    Contact
)
contract(
    "liaison",
    names.HOME_RECEPTION_RECORDED,
    "委员之家接待",
    {
        "reception_id": "reception-1",
        "home_id": "home-lili",
        "town": "town-lili",
        "on_duty": ["m-15-0140"],
    },
)(Reception)
