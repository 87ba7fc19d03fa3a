"""Events of every service that has settings: a change was asked for, and was decided."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract

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
    approved = fields.Bool(required=True)


for _service in names.WITH_SETTINGS:
    contract(_service, names.SETTING_CHANGE_PROPOSED, "提出设置调整", CHANGE)(SettingChangeData)
    contract(_service, names.SETTING_CHANGE_DECIDED, "决定设置调整", {**CHANGE, "approved": True})(
        SettingChangeDecided
    )
