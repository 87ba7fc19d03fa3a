"""Variables that are no values of their types, said as a service would say it."""

from __future__ import annotations

from asyncio import run
from typing import Any

import pytest

from gateway import schema
from gateway.errors import RequestError, formatted
from gateway.execution import Documents

API = schema.build()
DOCUMENTS = Documents(API.schema, production=False)
PLAN = """mutation($input: PlanMeetingInput!) { planMeeting(input: $input) { errors { code } } }"""
LIST = """query($which: MeetingFilter, $n: Int! = 3, $id: ID!) {
    meetings(filter: $which, first: $n) { totalCount } member(id: $id) { name } }"""


def items(document: str, variables: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(RequestError) as caught:
        run(DOCUMENTS.prepare(document)).operation().coerce(variables)
    [error] = formatted(caught.value.errors, "c")
    said = error["extensions"]
    assert said["code"] == "INVALID_INPUT"
    one = [{"field": said["field"], "message": error["message"]}]
    return [(item["field"], item["message"]) for item in said.get("items", one)]


def test_every_fault_of_an_input_is_told_at_its_field() -> None:
    given = {
        "heldAt": "gestern",
        "title": 7,
        "mandatory": "yes",
        "invited": [{"role": "KING"}],
        "colour": "red",
    }
    assert dict(items(PLAN, {"input": given})).items() >= {
        ("heldAt", "时刻须为带时区偏移的 ISO 8601 格式，如 2017-02-06T09:00:00+08:00"),
        ("title", "应为文字"),
        ("colour", "不认识的字段"),
        ("kind", "此项必填"),
    }


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"which": 7}, ("filter", "格式不正确")),
        ({"which": {"since": 1}}, None),
        ({"n": None}, ("first", "此项不能为空")),
        ({"n": "3"}, ("first", "应为整数")),
        ({"n": 2**31}, ("first", "数值过大")),
        ({"id": 1.5}, ("id", "编号无效")),
    ],
)
def test_it_is_named_as_the_argument(
    variables: dict[str, Any], expected: tuple[str, str] | None
) -> None:
    found = items(LIST, {"id": "any", **variables})
    if expected is None:
        assert [field for field, _ in found] == ["filter.since"]
    else:
        assert found == [expected]


def test_a_variable_that_was_left_out_is_told_so() -> None:
    assert items(PLAN, {}) == [("input", "此项必填")]


ROWS = """mutation($input: ReportConsultationInput!) {
    reportConsultation(input: $input) { errors { code } } }"""


def test_no_more_faults_are_looked_for_than_are_told() -> None:
    found = items(ROWS, {"input": {"items": [{}] * 2_000}})
    assert len(found) == 20


def test_more_values_than_any_input_needs_are_not_looked_at() -> None:
    operation = run(DOCUMENTS.prepare(ROWS)).operation()
    wrong: list[list[Any]] = [[{}] * 80_000, ["x"] * 3_001, [[[[{}] * 100] * 100]]]
    for given in wrong:
        with pytest.raises(RequestError) as caught:
            operation.coerce({"input": {"items": given}})
        assert caught.value.errors[0].extensions == {
            "code": "LIMIT_EXCEEDED",
            "limit": "values",
            "most": 3_000,
        }
