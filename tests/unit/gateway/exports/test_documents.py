"""The documents, opened again: exact texts, headings, contents, and text that stays text."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gateway.exports import build
from gateway.exports.cases import FIELDS
from gateway.files.kinds import kind_of
from tests.unit.gateway.exports.samples import case, reply, signature

Row = dict[str, Any]
EVIL = ["=1+1", "+86", "-2", "@cmd", '=HYPERLINK("http://x")', "#N/A", "2017-01-01", "007"]


@pytest.fixture(autouse=True)
def niceness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "NICENESS", 0)  # of this very process


def built(folder: Path, kind: str, *cases: Row) -> bytes:
    """What the child process makes of the cases."""
    head = {"kind": kind, "title": "提案", "made_on": "2017-02-06"}
    (folder / build.HEAD).write_bytes(orjson.dumps(head))
    (folder / build.ROWS).write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in cases))
    build.main(folder)
    assert (folder / build.BUILT).stat().st_size == len(cases)
    return (folder / build.RESULT).read_bytes()


def texts(document: Docx) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def styled(document: Docx, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style and each.style.name == style]


def opened(content: bytes) -> Docx:
    return Document(io.BytesIO(content))


class TestProposal:
    def document(self, folder: Path, **changes: Any) -> Docx:
        return opened(built(folder, "PROPOSAL_DOCX", case(**changes)))

    def test_the_table_tells_the_facts(self, tmp_path: Path) -> None:
        table, *others = self.document(tmp_path).tables
        assert others == []
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["提案号", "15-1-023"],
            ["流水号", "T15-1-0315"],
            ["届次", "十五届一次会议"],
            ["提案性质", "大会提案"],
            ["类别", "城乡建设"],
            ["提案形式", "联名"],
            ["提案人", "陆晓芸"],
            ["联名人", "沈建国"],
            ["案由", "关于加强老旧住宅小区二次供水的建议"],
            ["承办单位", "区住建局（主办）、区水利局（会办）"],
        ]

    def test_the_text_of_proposal_and_reply(self, tmp_path: Path) -> None:
        assert texts(self.document(tmp_path)) == [
            "提案",
            "十五届一次会议第023号",
            "一、情况",
            "水箱老旧。",
            "二、分析",
            "产权不清。",
            "三、建议",
            "1. 三年内完成改造",
            "2. 移交供水公司",
            "审查意见",
            "立案。",
            "建议由区住建局办理。",
            "B类",
            "吴住建提复〔2017〕6号",
            "关于区政协十五届一次会议第023号提案的答复",
            "陆晓芸、沈建国委员：",
            "您提出的建议收悉。",
            "现答复如下。",
            "建议采纳情况",
            "第1条建议：采纳。",
            "第2条建议：未采纳。权属未定",
            "办理措施",
            "列入年度计划。",
            "承诺事项",
            "1. 完成改造（2017年12月31日前完成）",
            "联系人及电话：孙燕 0512-63000000",
            "区住建局",
            "签发人：赵宏伟",
            "2017年3月6日",
        ]

    def test_the_class_stands_at_the_top_right_of_a_new_page(self, tmp_path: Path) -> None:
        mark = next(p for p in self.document(tmp_path).paragraphs if p.text == "B类")
        assert mark.style is not None and mark.style.name == "右齐"
        assert mark.paragraph_format.page_break_before is True

    def test_a_second_reply_says_what_became_of_promises(self, tmp_path: Path) -> None:
        outcomes = [{"commitment": 1, "status": "MET", "note": "已通水", "proof": ["f-1"]}]
        found = texts(self.document(tmp_path, replies=[reply(round=2, outcomes=outcomes)]))
        assert found[found.index("兑现情况") + 1] == "第1项承诺：已兑现。已通水"

    def test_a_draft_has_neither_review_nor_replies(self, tmp_path: Path) -> None:
        numbers = ("case_no", "case_title", "serial_no")
        parts = ("review_opinion", "review_units", "replies", "assignments", "cosignatures")
        nothing: Row = dict.fromkeys([*numbers, *parts])
        document = self.document(tmp_path, **nothing)
        assert texts(document)[-1] == "2. 移交供水公司"
        labels = [row.cells[0].text for row in document.tables[0].rows]
        assert labels == ["届次", "提案性质", "类别", "提案形式", "提案人", "案由"]

    def test_text_that_xml_cannot_hold_is_left_out(self, tmp_path: Path) -> None:
        document = self.document(tmp_path, situation="水\x00箱\x0b<b>&amp;</b>", title="案\x1f由")
        assert "水箱<b>&amp;</b>" in texts(document)
        assert document.tables[0].rows[8].cells[1].text == "案由"

    def test_it_is_a_docx_that_an_upload_would_be(self, tmp_path: Path) -> None:
        content = io.BytesIO(built(tmp_path, "PROPOSAL_DOCX", case()))
        assert kind_of(content, "a.docx").extensions == ("docx",)


class TestCompilation:
    CASES = (
        {"case_no": "15-1-024", "title": "乙", "category": "URBAN_RURAL"},
        {"case_no": "15-1-023", "title": "甲", "category": "URBAN_RURAL"},
        {"case_no": None, "serial_no": "T15-1-0316", "title": "丁", "category": "URBAN_RURAL"},
        {"case_no": "15-1-030", "title": "丙", "category": "ECONOMIC"},
        {"case_no": None, "serial_no": None, "title": "戊", "category": None},
    )

    def document(self, folder: Path) -> Docx:
        return opened(built(folder, "COMPILATION_DOCX", *(case(**each) for each in self.CASES)))

    def test_the_cover(self, tmp_path: Path) -> None:
        assert texts(self.document(tmp_path))[:5] == [
            "提案汇编",
            "十五届一次会议",
            "共5件",
            "2017年2月6日",
            "目录",
        ]

    def test_headings_go_by_category_then_number(self, tmp_path: Path) -> None:
        document = self.document(tmp_path)
        assert styled(document, "Heading 1") == ["经济建设", "城乡建设", "未分类"]
        assert styled(document, "Heading 2") == [
            "15-1-030 丙",
            "15-1-023 甲",
            "15-1-024 乙",
            "T15-1-0316 丁",
            "戊",
        ]

    def test_the_contents_show_every_heading_without_being_updated(self, tmp_path: Path) -> None:
        document = self.document(tmp_path)
        assert styled(document, "toc 1") == styled(document, "Heading 1")
        assert styled(document, "toc 2") == styled(document, "Heading 2")

    def test_the_contents_are_a_field_of_word_around_the_entries(self, tmp_path: Path) -> None:
        document = self.document(tmp_path)
        body = document.element.body
        marks = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
        assert marks == ["begin", "separate", "end"]
        (instruction,) = body.iter(qn("w:instrText"))
        assert instruction.text == ' TOC \\o "1-2" \\h \\z \\u '
        inside = [p for p in document.paragraphs if p.style and p.style.name.startswith("toc")]
        first, last = inside[0]._p, inside[-1]._p
        assert [kind.tag for kind in first[:4]] == [qn("w:pPr"), *[qn("w:r")] * 3]
        assert last[-1][0].get(qn("w:fldCharType")) == "end"

    def test_each_entry_leads_to_its_heading(self, tmp_path: Path) -> None:
        body = self.document(tmp_path).element.body
        links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
        starts = list(body.iter(qn("w:bookmarkStart")))
        assert links == [start.get(qn("w:name")) for start in starts]
        assert len(set(links)) == 8
        ids = [start.get(qn("w:id")) for start in starts]
        assert ids == [end.get(qn("w:id")) for end in body.iter(qn("w:bookmarkEnd"))]

    def test_each_proposal_begins_on_a_new_page(self, tmp_path: Path) -> None:
        headings = [
            paragraph
            for paragraph in self.document(tmp_path).paragraphs
            if paragraph.style and re.fullmatch("Heading [12]", str(paragraph.style.name))
        ]
        assert [each.paragraph_format.page_break_before for each in headings] == [True] * 8

    def test_replies_are_not_part_of_it(self, tmp_path: Path) -> None:
        assert "吴住建提复〔2017〕6号" not in texts(self.document(tmp_path))
        assert "replies" not in FIELDS["COMPILATION_DOCX"]


class TestCaseList:
    def sheet(self, folder: Path, *cases: Row) -> Worksheet:
        book = load_workbook(io.BytesIO(built(folder, "CASE_LIST_XLSX", *cases)))
        sheet = book.active
        assert isinstance(sheet, Worksheet) and book.sheetnames == ["提案登记表"]
        return sheet

    def test_a_row_has_what_the_register_has(self, tmp_path: Path) -> None:
        shown = case(attitude="SATISFIED", result="BASIC")
        heads, row = self.sheet(tmp_path, shown).iter_rows(values_only=True)
        assert dict(zip(heads, row, strict=True)) == {
            "流水号": "T15-1-0315",
            "提案号": "15-1-023",
            "案由": "关于加强老旧住宅小区二次供水的建议",
            "提案形式": "联名",
            "提案性质": "大会提案",
            "第一提案人": "陆晓芸",
            "联名人": "沈建国",
            "类别": "城乡建设",
            "状态": "已答复",
            "承办单位": "区住建局（主办）、区水利局（会办）",
            "提交日期": datetime(2017, 2, 6),
            "立案日期": datetime(2017, 2, 11),  # in China
            "交办日期": None,
            "应复日期": None,
            "答复日期": datetime(2017, 3, 7),
            "办理类别": "B",
            "办理态度": "满意",
            "办理结果": "基本满意",
            "办结日期": None,
        }

    def test_the_head_stays_in_sight_and_filters(self, tmp_path: Path) -> None:
        sheet = self.sheet(tmp_path, case(), case())
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:S3"
        assert sheet["A1"].font.bold is True
        assert (sheet.column_dimensions["C"].width, sheet.column_dimensions["F"].width) == (48, 16)

    @pytest.mark.parametrize("text", EVIL)
    def test_text_is_never_a_formula_an_error_or_a_number(self, tmp_path: Path, text: str) -> None:
        cell = self.sheet(tmp_path, case(title=text))["C2"]
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))

    def test_names_of_people_are_guarded_alike(self, tmp_path: Path) -> None:
        shown = {**case(cosignatures=[signature("m-15-0031")]), "proposer": "=A1"}
        assert self.sheet(tmp_path, shown)["F2"].data_type == "s"

    def test_it_goes_by_serial_number(self, tmp_path: Path) -> None:
        numbers = ["T15-1-0317", "T15-1-0315", None, "T15-1-0316"]
        sheet = self.sheet(tmp_path, *(case(serial_no=number) for number in numbers))
        column = [cell.value for cell in sheet["A"]][1:]
        assert column == ["T15-1-0315", "T15-1-0316", "T15-1-0317", None]

    def test_it_is_an_xlsx_that_an_upload_would_be(self, tmp_path: Path) -> None:
        content = io.BytesIO(built(tmp_path, "CASE_LIST_XLSX", case()))
        assert kind_of(content, "a.xlsx").extensions == ("xlsx",)
