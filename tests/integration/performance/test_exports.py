"""The ranking and the statistics as xlsx: who may have them, and what stands in them."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from services.performance.domain.ledger import SHANGHAI
from shared.actor import Actor, Role
from tests.integration.performance.platform import Case, member
from tests.stack import Stack
from tests.waiting import eventually

YEAR = 2036
OFFICE = Actor("account-exports", Role.OFFICE)
REQUEST = """mutation($input: RequestExportInput!) { requestExport(input: $input) {
    export { id kindLabel count } errors { code field message } } }"""
SEEN = "query($id: ID!) { export(id: $id) { state message file { name url } } }"


@pytest.fixture(scope="module")
def case(stack: Stack) -> Case:
    stack.move_clock(datetime.now(SHANGHAI))
    case = Case(stack, YEAR)
    groups = {"sector": f"s-{case.key}"}
    case.publish(
        case.appointed(1, groups=groups),
        case.appointed(2, groups=groups, not_scored=True),
        case.filed(1, 1),
    )
    known = {"_id": {"$regex": f"^m-{case.key}-"}}
    eventually(lambda: stack.db("performance")["members"].count_documents(known) == 2)
    eventually(lambda: len(case.entries()) == 1)
    return case


def ask(case: Case, actor: Actor, query: str, **variables: Any) -> Any:
    return case.stack.graphql(query, variables, case.stack.token(actor))


def rows(case: Case, **given: Any) -> list[dict[str, Any]]:
    answer = ask(case, OFFICE, REQUEST, input=given)
    export = answer["data"]["requestExport"]["export"]

    def ready() -> Any:
        found = ask(case, OFFICE, SEEN, id=export["id"])["data"]["export"]
        assert found["state"] != "FAILED", found
        return found["file"]

    file = eventually(ready, timeout=30)
    content = case.stack.http.get(file["url"]).content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    heads, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in found]


def test_the_ranking_as_a_sheet(case):
    sheet = rows(case, kind="RANKING_XLSX", year=YEAR)
    assert list(sheet[0]) == [
        "名次",
        "委员证号",
        "姓名",
        "总分",
        "等次",
        "上年名次",
        "上年总分",
    ]
    assert (sheet[0]["名次"], sheet[0]["总分"], sheet[0]["等次"]) == (1, 10, "待改进")
    assert [row["等次"] for row in sheet if row["名次"] is None][-1:] == ["不记分"]


def test_the_statistics_as_a_sheet(case):
    sheet = rows(case, kind="DUTY_STATISTICS_XLSX", by="SECTOR", year=YEAR)
    [own] = [row for row in sheet if row["组别"] == f"s-{case.key}"]
    assert (own["委员人数"], own["立案提案"], own["提案参与率%"]) == (2, 1, 50)
    assert (own["出席率%"], own["专委会会议出席率%"]) == (None, None)


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (member("m-15-0088"), "RANKING_XLSX"),
        (member("m-15-0088"), "DUTY_STATISTICS_XLSX"),
        (Actor("standing-1", Role.STANDING_MEMBER), "DUTY_STATISTICS_XLSX"),
        (Actor("town-1", Role.TOWN_HEAD, {"town": "town-lili"}), "RANKING_XLSX"),
        (Actor("staff-1", Role.PROPOSAL_STAFF), "RANKING_XLSX"),
    ],
)
def test_others_get_neither(case, actor, kind):
    by = {"by": "SECTOR"} if kind == "DUTY_STATISTICS_XLSX" else {}
    answer = ask(case, actor, REQUEST, input={"kind": kind, "year": YEAR, **by})
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "DUTY_STATISTICS_XLSX"}, "by"),
        ({"kind": "RANKING_XLSX", "by": "SECTOR"}, "by"),
        ({"kind": "RANKING_XLSX", "filter": {}}, "proposalIds"),
    ],
)
def test_conditions_of_another_kind(case, given, field):
    answer = ask(case, OFFICE, REQUEST, input=given)
    [error] = answer["data"]["requestExport"]["errors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", field)
