"""Exports by GraphQL: asked for, awaited, downloaded by the link, opened."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from docx import Document as open_docx
from openpyxl import load_workbook

from gateway.base import global_id, local_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.ids import new_id
from tests.e2e.files import download
from tests.e2e.story import OFFICER, SUPERVISING, ZJJ, Refusal, Story
from tests.stack import Document
from tests.waiting import eventually
from tests.world import STAFF

LU, SHEN = "陆晓芸", "沈建国"
UNIT = "区住建局"
OTHER_OFFICER = Actor("account-slj", Role.UNIT_OFFICER, {"unit": "unit-slj"})
EXPORT = "id state stateLabel progress count code message file { id name contentType url }"
REQUEST = f"""
  mutation ($input: RequestExportInput!) {{
    requestExport(input: $input) {{ export {{ {EXPORT} }} errors {{ reason field message }} }}
  }}
"""


def request(story: Story, actor: Actor, **given: Any) -> Document:
    payload = story.ask(actor, REQUEST, input=given)["requestExport"]
    if payload["errors"]:
        raise Refusal(payload["errors"])
    found: Document = payload["export"]
    return found


def seen(story: Story, actor: Actor, export: str) -> Document:
    query = f"query ($id: ID!) {{ export(id: $id) {{ {EXPORT} }} }}"
    found: Document = story.ask(actor, query, id=export)["export"]
    return found


def content(story: Story, actor: Actor, **given: Any) -> bytes:
    """What is downloaded by the link of a new export, without the header."""
    export = request(story, actor, **given)

    def finished() -> Document | None:
        now = seen(story, actor, export["id"])
        return now if now["state"] not in {"QUEUED", "RUNNING"} else None

    ready = eventually(finished, timeout=30)
    assert ready is not None
    assert (ready["state"], ready["progress"], ready["message"]) == ("READY", 100, None)
    answer = story.world.stack.http.get(ready["file"]["url"])
    assert answer.status_code == 200
    return answer.content


def words(document: bytes) -> str:
    """All text of a docx."""
    opened = open_docx(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def table(document: bytes) -> list[dict[str, Any]]:
    """The rows of an xlsx by their headings."""
    sheet = load_workbook(io.BytesIO(document)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def codes(story: Story, actor: Actor, query: str, **variables: Any) -> list[str]:
    stack = story.world.stack
    answer = stack.graphql(query, variables, stack.token(actor))
    return [error["extensions"]["code"] for error in answer["errors"]]


def filed(story: Story) -> str:
    proposal = story.draft(LU)
    story.invite(LU, proposal, SHEN)
    story.confirm(proposal, SHEN)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    return proposal


@pytest.fixture(scope="module")
def judged(world: Any) -> str:
    """A case that unit-zjj has answered and the member has judged: sealed, for it is handled
    again."""
    story = Story(world)
    proposal = filed(story)
    story.handle(proposal, "吴住建提复〔2017〕61号")
    story.evaluate(LU, proposal, "DISSATISFIED", reason="没有资金安排", comment="走访不够")
    return proposal


def test_a_case_with_its_reply_in_the_official_form(story: Story, judged: str) -> None:
    case = story.seen(STAFF, judged)
    assert case is not None
    lines = words(content(story, STAFF, kind="PROPOSAL_DOCX", proposalIds=[judged])).split("\n")
    assert lines[:2] == ["提案", case["caseTitle"]]
    for text in (
        "1. 三年内完成改造",
        "A类",
        "吴住建提复〔2017〕61号",
        f"关于区政协{case['caseTitle']}提案的答复",
        "陆晓芸、沈建国委员：",
        "您提出的建议收悉，现答复如下。",
        "第3条建议：采纳。",
        "联系人及电话：孙燕 0512-63000000",
        "签发人：赵宏伟",
        case["caseNo"],
        case["serialNo"],
    ):
        assert text in lines, text


def test_the_file_is_named_and_its_requesters_alone(story: Story, judged: str) -> None:
    export = request(story, OFFICER, kind="PROPOSAL_DOCX", proposalIds=[judged])
    eventually(lambda: seen(story, OFFICER, export["id"])["state"] == "READY", timeout=30)
    file = seen(story, OFFICER, export["id"])["file"]
    case = story.seen(STAFF, judged)
    assert case is not None
    assert file["name"] == f"{case['caseNo']} 关于加强老旧住宅小区二次供水的建议.docx"
    assert download(story, OFFICER, file["id"]).status_code == 200
    assert download(story, STAFF, file["id"]).status_code == 404
    query = "query ($id: ID!) { export(id: $id) { state } }"
    assert codes(story, STAFF, query, id=export["id"]) == ["NOT_FOUND"]
    assert codes(story, STAFF, query, id=global_id("Export", new_id())) == ["NOT_FOUND"]
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert codes(story, STAFF, node, id=export["id"]) == ["NOT_FOUND"]


def test_a_unit_learns_nothing_of_a_sealed_evaluation(story: Story, judged: str) -> None:
    text = words(content(story, OFFICER, kind="PROPOSAL_DOCX", proposalIds=[judged]))
    assert "吴住建提复〔2017〕61号" in text
    for sealed in ("没有资金安排", "走访不够", "不满意"):
        assert sealed not in text
    number = (story.seen(STAFF, judged) or {})["caseNo"]
    chosen = {"kind": "CASE_LIST_XLSX", "filter": {"caseNo": number}}
    (row,) = table(content(story, OFFICER, **chosen))
    assert (row["提案号"], row["办理类别"]) == (number, "A")
    assert (row["办理态度"], row["办理结果"]) == (None, None)


def test_a_list_holds_what_its_asker_sees(story: Story, judged: str) -> None:
    story.do(story.member(SHEN), "saveDraft", title="沈建国的草稿")
    number = (story.seen(STAFF, judged) or {})["caseNo"]

    def numbers(actor: Actor) -> set[str]:
        rows = table(content(story, actor, kind="CASE_LIST_XLSX", filter={"term": 15}))
        assert "沈建国的草稿" not in {row["案由"] for row in rows}
        return {row["提案号"] for row in rows}

    assert number in numbers(STAFF)
    assert number in numbers(story.member(LU))
    with pytest.raises(Refusal) as refused:
        request(story, OTHER_OFFICER, kind="CASE_LIST_XLSX", filter={"caseNo": number})
    assert refused.value.codes == ["EXPORT_EMPTY"]
    mine = table(content(story, story.member(SHEN), kind="CASE_LIST_XLSX", filter={"mine": True}))
    assert "沈建国的草稿" in {row["案由"] for row in mine}


def test_anothers_case_cannot_be_named(story: Story, judged: str) -> None:
    given = {"kind": "PROPOSAL_DOCX", "proposalIds": [judged]}
    assert codes(story, OTHER_OFFICER, REQUEST, input=given) == ["NOT_FOUND"]
    draft = story.draft(SHEN, title="关于草稿的建议")
    for actor in (STAFF, OFFICER, story.member(LU)):
        given = {"kind": "CASE_LIST_XLSX", "proposalIds": [judged, draft]}
        assert codes(story, actor, REQUEST, input=given) == ["NOT_FOUND"]


def test_others_drafts_of_a_reply_are_in_no_export(story: Story) -> None:
    proposal = filed(story)
    units = [{"unitId": ZJJ, "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=units)
    story.do(SUPERVISING, "assignProposal", id=proposal)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    story.do(OFFICER, "saveReply", id=proposal, resultClass="B", body="尚未送达的草稿")
    for actor in (STAFF, OFFICER, story.member(LU)):
        text = words(content(story, actor, kind="PROPOSAL_DOCX", proposalIds=[proposal]))
        assert f"{UNIT}（独办）" in text
        assert "尚未送达的草稿" not in text


def test_a_compilation_of_a_session(story: Story, judged: str) -> None:
    document = content(
        story, STAFF, kind="COMPILATION_DOCX", filter={"term": 15, "states": ["REHANDLING"]}
    )
    case = story.seen(STAFF, judged)
    assert case is not None
    opened = open_docx(io.BytesIO(document))
    headings = [p.text for p in opened.paragraphs if p.style and p.style.name == "Heading 2"]
    entries = [p.text for p in opened.paragraphs if p.style and p.style.name == "toc 2"]
    assert f"{case['caseNo']} 关于加强老旧住宅小区二次供水的建议" in headings
    assert entries == headings


def test_the_same_command_twice_is_one_export(story: Story, judged: str) -> None:
    given = {"kind": "PROPOSAL_DOCX", "proposalIds": [judged], "commandId": new_id()}
    member = story.member(LU)
    query = "{ exports { totalCount edges { node { id } } } }"
    before = story.ask(member, query)["exports"]["totalCount"]
    first, second = request(story, member, **given), request(story, member, **given)
    assert first["id"] == second["id"]
    page = story.ask(member, query)["exports"]
    assert page["totalCount"] == before + 1
    assert [edge["node"]["id"] for edge in page["edges"]].count(first["id"]) == 1
    with pytest.raises(Refusal) as refused:
        request(story, member, **{**given, "kind": "CASE_LIST_XLSX"})
    assert refused.value.codes == ["COMMAND_ID_REUSED"]


def test_a_compilation_is_the_proposal_committees(story: Story, judged: str) -> None:
    given = {"kind": "COMPILATION_DOCX", "proposalIds": [judged]}
    for actor in (story.member(LU), OFFICER, SUPERVISING):
        assert codes(story, actor, REQUEST, input=given) == ["FORBIDDEN"]


def test_visitors_are_refused(story: Story, judged: str) -> None:
    given = {"kind": "PROPOSAL_DOCX", "proposalIds": [judged]}
    assert codes(story, PUBLIC_ACTOR, REQUEST, input=given) == ["UNAUTHENTICATED"]
    assert codes(story, PUBLIC_ACTOR, "{ exports { totalCount } }") == ["UNAUTHENTICATED"]


def test_a_list_is_chosen_in_one_way(story: Story) -> None:
    with pytest.raises(Refusal) as refused:
        request(story, STAFF, kind="CASE_LIST_XLSX")
    assert refused.value.messages == ["请选择提案或给出筛选条件，二者取一"]


def test_what_a_gateway_left_behind_is_told(story: Story, judged: str) -> None:
    export = request(story, SUPERVISING, kind="PROPOSAL_DOCX", proposalIds=[judged])
    eventually(lambda: seen(story, SUPERVISING, export["id"])["state"] == "READY", timeout=30)
    left = {"state": "RUNNING", "lease_until": datetime.now(UTC) - timedelta(seconds=1)}
    story.world.stack.db("files")["exports"].update_one(
        {"_id": local_id(export["id"], "Export")}, {"$set": left}
    )
    found = seen(story, SUPERVISING, export["id"])
    assert (found["state"], found["stateLabel"]) == ("FAILED", "未完成")
    assert (found["code"], found["message"]) == ("EXPORT_INTERRUPTED", "导出中断，请重新申请")


def test_figures_by_unit_as_a_sheet_whose_name_tells_the_period(story: Story, judged: str) -> None:
    asked = {"kind": "PROPOSAL_STATISTICS_XLSX", "figures": {"by": "UNIT", "term": 15}}
    counted = story.world.stack.db("proposals")["proposals"]
    eventually(lambda: counted.count_documents({"untallied": True}) == 0)
    export = request(story, STAFF, **asked)
    sheet = load_workbook(io.BytesIO(content(story, STAFF, **asked))).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    table = {row[0]: dict(zip(map(str, heads), row, strict=True)) for row in rows}
    assert int(str(table[UNIT]["交办（须答复）"])) >= 1
    assert eventually(lambda: (seen(story, STAFF, export["id"])["file"] or {}).get("name")) == (
        "提案统计 第15届 按承办单位 2017-02-06.xlsx"
    )
    own = load_workbook(io.BytesIO(content(story, OFFICER, **asked))).active
    assert own is not None
    assert [row[0] for row in own.iter_rows(min_row=2, values_only=True)] == [UNIT]
    with pytest.raises(AssertionError, match="FORBIDDEN"):
        request(story, story.member(LU), **asked)
