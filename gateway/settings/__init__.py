"""Committee settings of every service (decision 11): one query, one mutation."""

from __future__ import annotations

ERROR_CODES = {
    "SETTING_REFUSED": "设置项的取值不符合要求。The value of a setting is refused.",
}
