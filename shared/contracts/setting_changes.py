"""Events of every service that has settings: a change was asked for, and was decided."""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract


@dataclass(frozen=True)
class Followed:
    """A setting that another service reads, too: from its owner's events."""

    source: str
    key: str
    default: int

    @property
    def name(self) -> str:
        """As its reader keeps it."""
        return f"{self.source}.{self.key}"


# Contacts of a pair in a year: liaison's, and the measure of performance's contact coverage.
CONTACTS_A_YEAR = Followed("liaison", "contacts_a_year", 2)
CHANGE = {
    "change_id": "change-1",
    "key": "reply_months",
    "label": "答复期限（月）",
    "account_id": "account-director",
    "approvers": ["SECRETARY_GENERAL"],
}


class SettingChangeData(Data):
    """account_id: who asked for it; approvers: the roles of which another person decides."""

    change_id = fields.Str(required=True)
    key = fields.Str(required=True)
    label = fields.Str(required=True)
    account_id = fields.Str(required=True)
    approvers = fields.List(fields.Str(), required=True)


class SettingChangeDecided(SettingChangeData):
    """value, valid_from: of one that was approved."""

    approved = fields.Bool(required=True)
    value = fields.Raw(allow_none=True)
    valid_from = fields.AwareDateTime(allow_none=True)


DECIDED = {**CHANGE, "approved": True, "value": 3, "valid_from": "2017-03-01T00:00:00+08:00"}
for _service in names.WITH_SETTINGS:
    contract(_service, names.SETTING_CHANGE_PROPOSED, "提出设置调整", CHANGE)(SettingChangeData)
    contract(_service, names.SETTING_CHANGE_DECIDED, "决定设置调整", DECIDED)(SettingChangeDecided)
