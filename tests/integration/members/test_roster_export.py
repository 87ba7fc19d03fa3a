"""The roster as a sheet: what is exported can be imported again, and changes nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from shared.actor import Actor, Role
from tests.integration.members.platform import OFFICE, PUBLIC, People
from tests.integration.members.test_import_graphql import CHECK
from tests.stack import Stack
from tests.waiting import eventually

REQUEST = """mutation($input: RequestExportInput!) { requestExport(input: $input) {
    export { id kindLabel count } errors { code field message } } }"""
SEEN = "query($id: ID!) { export(id: $id) { state message file { id url } } }"


@pytest.fixture
def people(stack: Stack) -> People:
    people = People(stack)
    people.member(
        name=f"=陆{people.number}",
        committees=["com-economy"],
        town="town-lili",
        sector_group="group-22",
        skills=["给排水", "法律"],
        birth_date="1970-05-01",
        religion="佛教",
        work_unit="华源自来水",
    )
    posts = [
        {"post": "STANDING_MEMBER"},
        {"post": "COMMITTEE_DEPUTY_DIRECTOR", "organisation": "com-economy"},
    ]
    people.call("change_post", member_id=people.id, posts=posts)
    return people


def export(people: People, actor: Actor, kind: str, **given: Any) -> bytes:
    payload = people.ask(REQUEST, actor, input={"kind": kind, **given})["requestExport"]
    assert payload["errors"] == []

    def ready() -> Any:
        found = people.ask(SEEN, actor, id=payload["export"]["id"])["export"]
        assert found["state"] != "FAILED", found
        return found["file"]

    file: Any = eventually(ready, timeout=30)
    return people.stack.http.get(file["url"]).content


def rows(content: bytes) -> list[dict[str, Any]]:
    heads, *found = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in found]


def own(people: People, content: bytes) -> dict[str, Any]:
    [row] = [row for row in rows(content) if row["委员证号"] == people.member_no]
    return row


def test_the_public_columns_for_every_member(people: People) -> None:
    reader = Actor("account-reader", Role.MEMBER, member_id="m-15-9999")
    row = own(people, export(people, reader, "ROSTER_XLSX", members={"term": people.term}))
    assert (row["界别"], row["专委会1"], row["政协职务"]) == (
        "经济界",
        "经济科技委员会",
        "常委、专委会副主任（经济科技委员会）",
    )
    assert (row["姓名"], row["专业特长"], row["状态"]) == (
        f"=陆{people.number}",
        "给排水、法律",
        "在任",
    )
    assert not {"手机号码", "出生日期", "宗教信仰"} & row.keys()


def test_private_columns_for_the_office_and_each_look_is_kept(people: People) -> None:
    looks = people.stack.db("members")["audit"]
    look = {"action": "look_at_private_data", "subject": people.id}
    before = looks.count_documents(look)
    row = own(people, export(people, OFFICE, "ROSTER_PRIVATE_XLSX", **members_of(people)))
    assert (row["手机号码"], row["出生日期"], row["宗教信仰"]) == (
        "13812340088",
        "1970-05-01",
        "佛教",
    )
    assert looks.count_documents(look) == before + 1
    export(people, OFFICE, "ROSTER_XLSX", **members_of(people))
    assert looks.count_documents(look) == before + 1


def members_of(people: People) -> dict[str, Any]:
    """By the figures in the name, so that the sheet is short whatever stands in the term."""
    return {"members": {"term": people.term, "text": str(people.number)}}


def test_a_text_that_looks_like_a_formula_is_text(people: People) -> None:
    content = export(people, OFFICE, "ROSTER_XLSX", **members_of(people))
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if str(cell.value)[:1] == "="]
    assert (cell.value, cell.data_type) == (f"=陆{people.number}", "s")


def test_a_roster_without_members(people: People) -> None:
    none = {"kind": "ROSTER_XLSX", "members": {"term": people.term, "text": "没有这个人"}}
    payload = people.ask(REQUEST, input=none)["requestExport"]
    assert payload["errors"] == [
        {"code": "EXPORT_EMPTY", "field": None, "message": "没有可以导出的内容"}
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "ROSTER_XLSX", "by": "SECTOR"}, "by"),
        ({"kind": "ROSTER_XLSX", "filter": {}}, "proposalIds"),
        ({"kind": "ROSTER_TEMPLATE_XLSX", "members": {}}, "members"),
        ({"kind": "RANKING_XLSX", "members": {}}, "members"),
        ({"kind": "CASE_LIST_XLSX", "filter": {}, "members": {}}, "members"),
    ],
)
def test_conditions_of_another_kind(people: People, given: dict[str, Any], field: str) -> None:
    [error] = people.ask(REQUEST, input=given)["requestExport"]["errors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", field)


def test_what_was_exported_changes_nothing_when_it_is_imported(people: People) -> None:
    content = export(people, OFFICE, "ROSTER_PRIVATE_XLSX", **members_of(people))
    answer = people.stack.http.post(
        "/files",
        files={"file": ("名册.xlsx", content)},
        headers={"Authorization": f"Bearer {people.stack.token(OFFICE)}"},
    )
    given = {"file": answer.json()["id"], "term": people.term}
    payload = people.ask(CHECK, input=given)["checkRosterImport"]
    assert payload["errors"] == []
    nodes = [edge["node"] for edge in payload["rosterImport"]["rows"]["edges"]]
    [mine] = [node for node in nodes if node["memberNo"] == people.member_no]
    assert (mine["action"], mine["problems"], mine["fields"]) == ("UNCHANGED", [], [])


def test_the_template_has_every_column_and_what_may_be_written(people: People) -> None:
    content = export(people, OFFICE, "ROSTER_TEMPLATE_XLSX")
    sheet, options = load_workbook(io.BytesIO(content)).worksheets
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["委员证号", "姓名", "状态", "性别"]
    assert sheet["A1"].comment.text == "必填，如 15-0088，以届次开头"
    assert sheet.max_row == 1
    assert sheet.column_dimensions["A"].number_format == "@"
    written = {column[0].value: [cell.value for cell in column[1:]] for column in options.columns}
    assert written["性别"][:2] == ["男", "女"]
    assert "经济科技委员会" in written["专委会1"]
    assert "经济界" in written["界别"]


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (Actor("a-1", Role.UNIT_OFFICER, {"unit": "unit-zjj"}), "ROSTER_XLSX"),
        (Actor("a-1", Role.SYSTEM_ADMIN), "ROSTER_XLSX"),
        (Actor("a-1", Role.CHAIR_COUNCIL), "ROSTER_PRIVATE_XLSX"),
        (Actor("a-1", Role.MEMBER), "ROSTER_PRIVATE_XLSX"),
        (Actor("a-1", Role.MEMBER), "ROSTER_TEMPLATE_XLSX"),
        (PUBLIC, "ROSTER_XLSX"),
    ],
)
def test_others_get_none(people: People, actor: Actor, kind: str) -> None:
    answer = people.graphql(REQUEST, actor, input={"kind": kind})
    code = answer["errors"][0]["extensions"]["code"]
    assert code == ("UNAUTHENTICATED" if actor is PUBLIC else "FORBIDDEN")
