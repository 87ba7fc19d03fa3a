"""Names of settings that there is one of for each value."""

from __future__ import annotations

from services.proposals.domain.refusal import NotFiledReason
from services.proposals.domain.states import Category


def reason_setting(reason: NotFiledReason) -> str:
    """The setting by which a committee uses a local reason, or not."""
    return f"reason_{reason.value.lower()}"


def field_setting(category: Category) -> str:
    """The setting that names the committees of a category's field, separated by 、."""
    return f"field_{category.value.lower()}"
