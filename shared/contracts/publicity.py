"""Events of the publicity service (宣传、文史) that members are credited for."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import names
from shared.contracts.base import Data, contract

MATERIAL = {"material_id": "history-1", "authors": ["m-15-0088"], "occurrence_no": 1}
MODEL = {"model_id": "model-1", "members": ["m-15-0088"], "occurrence_no": 1}


class Material(Data):
    """Historical material (文史资料)."""

    material_id = fields.Str(required=True)
    authors = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


class Model(Data):
    """Members named as models of duty (履职典型)."""

    model_id = fields.Str(required=True)
    members = fields.List(fields.Str(), required=True)
    occurrence_no = fields.Int(required=True)


contract("publicity", names.HISTORY_ACCEPTED, "文史资料采用", MATERIAL)(Material)
contract("publicity", names.HISTORY_REVOKED, "文史资料撤销采用", MATERIAL)(Material)
contract("publicity", names.PUBLICITY_MODEL_PUBLISHED, "履职典型宣传", MODEL)(Model)
contract("publicity", names.PUBLICITY_MODEL_REVOKED, "履职典型撤销", MODEL)(Model)
