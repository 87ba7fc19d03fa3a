"""An import of a roster through the gateway: upload, check, apply, progress."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from tests.integration.members.platform import OFFICE, PUBLIC, People
from tests.stack import Stack
from tests.waiting import eventually

CHECK = """mutation($input: CheckRosterImportInput!) { checkRosterImport(input: $input) {
    rosterImport { id state stateLabel total newRows changedRows unchangedRows errorRows fileName
      rows { totalCount edges { node { number memberNo name action actionLabel outcome
        fields { label } problems { field label code message } warnings { code } } } } }
    errors { field code message } } }"""
APPLY = """mutation($input: ApplyRosterImportInput!) { applyRosterImport(input: $input) {
    rosterImport { id state skipErrors } errors { field code } } }"""
REPORT = """query($id: ID!, $filter: RosterRowFilter) { rosterImport(id: $id) {
    state total doneRows refusedRows finishedAt
    rows(filter: $filter) { totalCount edges { node {
        number outcomeLabel member { memberNo name posts { label } } } } } } }"""


@pytest.fixture
def people(stack: Stack) -> People:
    return People(stack)


def upload(people: People, text: str, name: str = "名册.csv", actor: Actor = OFFICE) -> str:
    answer = people.stack.http.post(
        "/files",
        files={"file": (name, text.encode("gb18030"))},
        headers={"Authorization": f"Bearer {people.stack.token(actor)}"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def check(people: People, text: str, **more: Any) -> dict[str, Any]:
    input = {"file": upload(people, text), "term": people.term, **more}
    payload: dict[str, Any] = people.ask(CHECK, input=input)["checkRosterImport"]
    return payload


def test_from_a_file_to_members(people: People) -> None:
    people.member(name="陆晓芸")
    other = People(people.stack)
    third = People(people.stack)
    sheet = (
        "委员证号,姓名,性别,界别,政治面貌,单位职务,政协职务\n"
        f"{people.member_no},陆晓芸,,,,经理,\n"
        f"{other.member_no},沈建国{other.number},男,经济界,民建,,常委\n"
        f"{third.member_no},周明{third.number},男,商界,民建,,\n"
    )
    payload = check(people, sheet)
    assert payload["errors"] == []
    made = payload["rosterImport"]
    id = made.pop("id")
    assert made == {
        "state": "CHECKED",
        "stateLabel": "已检查",
        "total": 3,
        "newRows": 1,
        "changedRows": 1,
        "unchangedRows": 0,
        "errorRows": 1,
        "fileName": "名册.csv",
        "rows": {
            "totalCount": 3,
            "edges": [
                {
                    "node": {
                        "number": 2,
                        "memberNo": people.member_no,
                        "name": "陆晓芸",
                        "action": "CHANGED",
                        "actionLabel": "变更",
                        "outcome": None,
                        "fields": [{"label": "单位职务"}],
                        "problems": [],
                        "warnings": [],
                    }
                },
                {
                    "node": {
                        "number": 3,
                        "memberNo": other.member_no,
                        "name": f"沈建国{other.number}",
                        "action": "NEW",
                        "actionLabel": "新增",
                        "outcome": None,
                        "fields": [
                            {"label": label}
                            for label in ("姓名", "性别", "界别", "政治面貌", "政协职务")
                        ],
                        "problems": [],
                        "warnings": [],
                    }
                },
                {
                    "node": {
                        "number": 4,
                        "memberNo": third.member_no,
                        "name": f"周明{third.number}",
                        "action": "ERROR",
                        "actionLabel": "有错误",
                        "outcome": None,
                        "fields": [],
                        "problems": [
                            {
                                "field": "sector",
                                "label": "界别",
                                "code": "SECTOR_UNFIT",
                                "message": "没有名为“商界”的界别",
                            }
                        ],
                        "warnings": [],
                    }
                },
            ],
        },
    }
    refused = people.ask(APPLY, input={"importId": id})["applyRosterImport"]
    assert refused["errors"] == [{"field": "skipErrors", "code": "IMPORT_HAS_ERRORS"}]
    for _ in range(2):
        begun = people.ask(APPLY, input={"importId": id, "skipErrors": True})["applyRosterImport"]
        assert (begun["errors"], begun["rosterImport"]["skipErrors"]) == ([], True)

    def done() -> dict[str, Any]:
        found: dict[str, Any] = people.ask(REPORT, id=id)["rosterImport"]
        assert found["state"] == "APPLIED"
        return found

    found = eventually(done)
    assert (found["total"], found["doneRows"], found["refusedRows"]) == (3, 3, 0)
    assert [edge["node"] for edge in found["rows"]["edges"]] == [
        {
            "number": 2,
            "outcomeLabel": "已导入",
            "member": {"memberNo": people.member_no, "name": "陆晓芸", "posts": []},
        },
        {
            "number": 3,
            "outcomeLabel": "已导入",
            "member": {
                "memberNo": other.member_no,
                "name": f"沈建国{other.number}",
                "posts": [{"label": "常委"}],
            },
        },
        {"number": 4, "outcomeLabel": "已跳过", "member": None},
    ]
    assert [event["type"] for event in other.published(3)] == [
        "member_nominated",
        "member_appointed",
        "member_post_changed",
    ]
    only = people.ask(REPORT, id=id, filter={"outcomes": ["SKIPPED"]})["rosterImport"]["rows"]
    assert (only["totalCount"], [edge["node"]["number"] for edge in only["edges"]]) == (1, [4])


def test_a_file_that_is_no_roster(people: People) -> None:
    assert check(people, "姓名\n陆晓芸\n") == {
        "rosterImport": None,
        "errors": [
            {
                "field": "file",
                "code": "SHEET_WITHOUT_HEADINGS",
                "message": "未找到标题行：前10行中应有“委员证号”一列，可下载模板填写",
            }
        ],
    }


def test_a_file_of_another_account(people: People) -> None:
    other = Actor("account-other", Role.OFFICE)
    input = {"file": upload(people, "委员证号\n15-0001\n", actor=other)}
    payload = people.ask(CHECK, input=input)["checkRosterImport"]
    assert [(error["field"], error["code"]) for error in payload["errors"]] == [
        ("file", "FILE_UNKNOWN")
    ]


@pytest.mark.parametrize(
    ("actor", "code"), [(Actor("a", Role.INFO_EDITOR), "FORBIDDEN"), (PUBLIC, "UNAUTHENTICATED")]
)
def test_only_the_office_imports(people: People, actor: Actor, code: str) -> None:
    imported = {"importId": global_id("RosterImport", "x")}
    for query, input in (
        (CHECK, {"file": global_id("File", "x")}),
        (APPLY, imported),
    ):
        answer = people.graphql(query, actor, input=input)
        assert answer["errors"][0]["extensions"]["code"] == code
    answer = people.graphql(REPORT, actor, id=imported["importId"])
    assert answer["errors"][0]["extensions"]["code"] == code
    unknown = people.graphql(REPORT, id=imported["importId"])
    assert unknown["errors"][0]["extensions"]["code"] == "NOT_FOUND"
