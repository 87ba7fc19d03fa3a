"""Minutes, reports and motions as docx: the official form, dissent in its own words."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from gateway.exports import build
from tests.unit.gateway.exports.test_opinions import made

MINUTES = {
    "title": "精准开展扶贫工作",
    "form": "专题协商",
    "held_on": "2017-05-25",
    "place": "三楼会议室",
    "leader": "区长",
    "organisers": "经济科技委员会",
    "departments": "区民政局",
    "present": "陆晓芸、钱文娟",
    "text": "会议听取了通报。",
    "dissents": ["钱文娟：我不同意只看收入一项指标。"],
}
REPORT = {
    "no": [2017, 1],
    "title": "关于精准扶贫的协商专报",
    "text": "现将意见报告如下。",
    "items": ["建立台账", "产业帮扶"],
    "signer": "周立新",
    "reported_at": "2017-06-05",
    "organisers": "经济科技委员会",
}
MOTION = {
    "number": "吴政协建〔2017〕1号",
    "title": "关于完善企业诚信体系的建议案",
    "text": "现提出建议案。",
    "items": ["健全信用信息归集"],
    "main": "区委办、区政府办(督查)",
    "copy_to": "区市场监管局",
    "adopted_on": "2017-03-10",
}


def test_minutes_hold_the_dissent_as_it_was_said(tmp_path: Path) -> None:
    assert made(tmp_path, "CONSULTATION_MINUTES_DOCX", MINUTES) == [
        "专题协商会议纪要",
        "精准开展扶贫工作",
        "纪要",
        "会议听取了通报。",
        "不同意见",
        "钱文娟：我不同意只看收入一项指标。",
    ]
    document = Document(str(tmp_path / build.RESULT))
    [facts] = document.tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [
        ["时间", "2017年5月25日"],
        ["地点", "三楼会议室"],
        ["主办单位", "经济科技委员会"],
        ["出席领导", "区长"],
        ["出席委员", "陆晓芸、钱文娟"],
        ["参加部门", "区民政局"],
    ]


def test_a_report_has_its_number_and_its_signer(tmp_path: Path) -> None:
    assert made(tmp_path, "CONSULTATION_REPORT_DOCX", REPORT) == [
        "协商专报",
        "2017年第1期",
        "政协苏州市吴江区委员会　　2017年6月5日　　签发人：周立新",
        "",
        "关于精准扶贫的协商专报",
        "现将意见报告如下。",
        "意见建议",
        "1. 建立台账",
        "2. 产业帮扶",
        "经济科技委员会",
    ]


def test_a_motion_has_addressees_and_copies(tmp_path: Path) -> None:
    assert made(tmp_path, "MOTION_DOCX", MOTION) == [
        "政协苏州市吴江区委员会",
        "吴政协建〔2017〕1号",
        "",
        "关于完善企业诚信体系的建议案",
        "（2017年3月10日常务委员会会议通过）",
        "区委办、区政府办(督查)：",
        "现提出建议案。",
        "意见建议",
        "1. 健全信用信息归集",
        "政协苏州市吴江区委员会",
        "2017年3月10日",
        "抄送：区市场监管局",
    ]
