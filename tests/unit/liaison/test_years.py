"""The norm of a group's year: what is due is a setting (13.3)."""

from __future__ import annotations

from services.liaison.domain.years import COUNTED, Norm, norm_setting, progress
from services.liaison.service import SETTINGS


def test_each_duty_is_held_against_its_setting() -> None:
    targets = dict.fromkeys(COUNTED, 1) | {Norm.STUDY: 2, Norm.SPEECH: 0}
    rows = {row["duty"]: row for row in progress(None, {Norm.STUDY: 1, Norm.OPINION: 3}, targets)}
    assert rows["STUDY"] == {"duty": "STUDY", "target": 2, "done": 1, "met": False}
    assert rows["OPINION"] == {"duty": "OPINION", "target": 1, "done": 3, "met": True}
    assert rows["SPEECH"] == {"duty": "SPEECH", "target": 0, "done": 0, "met": True}
    assert (rows["PLAN"]["target"], rows["PLAN"]["met"]) == (1, False)
    assert list(rows) == [norm.value for norm in Norm]


def test_each_counted_duty_has_its_setting_of_one() -> None:
    declared = {setting.key: setting.default for setting in SETTINGS}
    assert {norm: declared[norm_setting(norm)] for norm in COUNTED} == dict.fromkeys(COUNTED, 1)
