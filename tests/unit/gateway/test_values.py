"""Enums with labels, moments and days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from graphql import GraphQLError, StringValueNode
from graphql.language import parse_value

from gateway import enums
from gateway.base import Date, DateTime
from tests.unit.gateway.sample import FakeRpc, ask, gateway, sample_api


class TestEnums:
    def test_labels(self) -> None:
        rpc = FakeRpc({"proposals.proposal": {"state": "FILED"}})
        answer = ask(gateway(rpc), "{ proposal(id: 1) { state stateLabel } }")
        assert answer["data"]["proposal"] == {"state": "FILED", "stateLabel": "已立案"}

    def test_no_label_for_no_value(self) -> None:
        rpc = FakeRpc({"proposals.proposal": {"state": None}})
        answer = ask(gateway(rpc), "{ proposal(id: 1) { state stateLabel } }")
        assert answer["data"]["proposal"] == {"state": None, "stateLabel": None}

    def test_values_are_described(self) -> None:
        kind: Any = sample_api().schema.get_type("SampleState")
        assert kind.description == "状态。State."
        assert {n: v.description for n, v in kind.values.items()} == {
            "DRAFT": "草稿。Draft.",
            "FILED": "已立案。Filed.",
        }

    def test_error_codes_are_those_declared_and_one_for_all_others(self) -> None:
        enums.declare_error_codes({"B_CODE": "乙。B.", "A_CODE": "甲。A."})
        enum = enums.error_code_enum()
        assert [code.name for code in enum._meta.enum] == [
            "A_CODE",
            "B_CODE",
            "OTHER",
        ]
        assert enum._meta.description(enum._meta.enum["A_CODE"]) == "甲。A."


class TestScalars:
    def test_moments_pass_as_the_services_write_them(self) -> None:
        assert DateTime.serialize("2017-02-06T09:00:00+08:00") == "2017-02-06T09:00:00+08:00"
        assert (
            DateTime.serialize(datetime(2017, 2, 6, 1, tzinfo=UTC)) == "2017-02-06T01:00:00+00:00"
        )

    @pytest.mark.parametrize(
        ("given", "read"),
        [
            ("2017-02-06T09:00:00+08:00", "2017-02-06T09:00:00+08:00"),
            ("2017-02-06T01:00:00Z", "2017-02-06T01:00:00+00:00"),
        ],
    )
    def test_moments_are_read(self, given: str, read: str) -> None:
        assert DateTime.parse_value(given) == read
        assert DateTime.parse_literal(StringValueNode(value=given)) == read

    @pytest.mark.parametrize("wrong", ["2017-02-06T09:00:00", "2017-02-06", "now", "", 3, None])
    def test_moments_need_an_offset(self, wrong: Any) -> None:
        with pytest.raises(GraphQLError, match="带时区偏移"):
            DateTime.parse_value(wrong)

    def test_a_number_is_no_moment(self) -> None:
        with pytest.raises(GraphQLError):
            DateTime.parse_literal(parse_value("3"))

    def test_days(self) -> None:
        assert Date.serialize(date(2017, 2, 6)) == Date.serialize("2017-02-06") == "2017-02-06"
        assert Date.parse_value("2017-02-06") == "2017-02-06"
        for wrong in ("2017-02-30", "2017-02-06T09:00:00+08:00", 3):
            with pytest.raises(GraphQLError, match="日期"):
                Date.parse_value(wrong)
