"""What a setting may be (decision 11)."""

from __future__ import annotations

import pytest

from shared.persistence import Setting
from shared.persistence.settings import SettingRefused

DAYS = Setting("warning_days", [30, 15], "到期前第几天提醒", "DL10", 1, 180)


@pytest.mark.parametrize("value", [[], [7, 7], [0], [181], ["7"], 7, None])
def test_a_list_of_days_that_cannot_be_is_refused(value: object) -> None:
    with pytest.raises(SettingRefused) as refused:
        DAYS.check(value)
    assert refused.value.field == "value"


def test_other_days_are_taken() -> None:
    assert DAYS.check([60, 7, 1]) == [60, 7, 1]
