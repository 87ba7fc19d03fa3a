"""A setting as clients see it; values are JSON, for a setting may be a number, text or a list."""

from __future__ import annotations

import re

from graphene import Float, ObjectType, String

from gateway.base import Json
from shared.errors import InvalidInput


class Setting(ObjectType):
    """委员会可调整的设置项。A setting that the committee may change."""

    key = String(required=True, description="设置项代码。Key.")
    label = String(required=True, description="名称。Chinese label.")
    rule = String(required=True, description="依据的规则。Rule of the specification, as DL1.")
    value = Json(description="现行值。Value valid now.")
    default = Json(description="默认值。Default value.")
    minimum = Float(description="最小值。Least value.")
    maximum = Float(description="最大值。Greatest value.")


def service_name(given: str) -> str:
    """The name, if it can be one of a service; it becomes part of a routing key."""
    if not re.fullmatch(r"[a-z]{3,30}", given):
        raise InvalidInput("没有这项服务", field="service")
    return given
