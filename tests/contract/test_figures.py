"""The gateway shows each figure of the service's table, under the same name and label."""

from __future__ import annotations

from gateway.proposals import statistics as shown
from services.proposals.domain.statistics import COUNTS, RATES
from services.proposals.domain.tallying import Grouping


def label(text: str) -> str:
    return text.split("。", 1)[0]


def test_every_figure_has_a_field_with_its_label() -> None:
    assert {name: label(text) for name, text in shown.COUNTS.items()} == {
        name: count.label for name, count in COUNTS.items()
    }
    assert {name: label(text) for name, text in shown.RATES.items()} == {
        name: rate.label for name, rate in RATES.items()
    }


def test_every_grouping_can_be_asked_for() -> None:
    assert set(shown.labels_of(shown.StatisticsGrouping)) == set(Grouping)
