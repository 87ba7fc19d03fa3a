"""A proposal in its official form, followed by its delivered replies."""

from __future__ import annotations

from typing import Any

from gateway.exports.paper import BODY, CENTRE, RIGHT, TITLE, Paper
from gateway.exports.wording import plain, units_of, written

Case = dict[str, Any]


def write_proposal(paper: Paper, case: Case) -> None:
    """The table of facts, then the text; what the reader may not see is not there."""
    paper.facts(
        [
            ("提案号", case["case_no"]),
            ("流水号", case["serial_no"]),
            ("届次", case["session"]),
            ("提案性质", case["mark"]),
            ("类别", case["category"]),
            ("提案形式", case["kind"]),
            ("提案人", case["proposer"]),
            ("联名人", "、".join(case["cosigners"])),
            ("案由", case["title"]),
            ("承办单位", units_of(case["units"])),
        ]
    )
    paper.section("一、情况", [case["situation"]])
    paper.section("二、分析", [case["analysis"]])
    paper.section("三、建议", numbered(case["suggestions"]))
    review = [case["review_opinion"], suggested_units(case)]
    paper.section("审查意见", review)


def write_reply(paper: Paper, case: Case, reply: Case) -> None:
    """复文: number and class at the top, addressee, text, per suggestion, promises, signature."""
    paper.add(f"{reply['class']}类" if reply["class"] else "", RIGHT, new_page=True)
    paper.add(reply["doc_no"], CENTRE)
    paper.add(reply["title"], TITLE)
    paper.add(f"{addressees(case)}：")
    paper.body(reply["body"])
    paper.section("建议采纳情况", [_answer(case, answer) for answer in reply["answers"]])
    paper.section("办理措施", [reply["measures"]])
    paper.section("承诺事项", numbered([_promise(promise) for promise in reply["commitments"]]))
    paper.section("兑现情况", [_outcome(outcome) for outcome in reply["outcomes"]])
    paper.section("说明", [reply["reason"]])
    contact = [reply["contact_person"], reply["contact_phone"]]
    paper.add(f"联系人及电话：{' '.join(plain(text) for text in contact if text)}", BODY)
    paper.add(reply["unit"], RIGHT)
    if reply["signer"]:
        paper.add(f"签发人：{reply['signer']}", RIGHT)
    paper.add(written(reply["signed_at"]), RIGHT)


def numbered(texts: list[str]) -> list[str]:
    """「1. …」; a single one too, for replies name suggestions by their number."""
    return [f"{number}. {plain(text)}" for number, text in enumerate(texts, 1)]


def suggested_units(case: Case) -> str:
    names = "、".join(case["review_units"])
    return f"建议由{names}办理。" if names else ""


def addressees(case: Case) -> str:
    """「陆晓芸、沈建国委员」, or the organisation of a collective proposal."""
    if case["collective"]:
        return str(case["proposer"])
    return f"{'、'.join([case['proposer'], *case['cosigners']])}委员"


def _answer(case: Case, answer: Case) -> str:
    number = answer["suggestion"]
    text = f"第{number}条建议：{answer['adoption']}"
    note = plain(answer["note"])
    return f"{text}。{note}" if note else f"{text}。"


def _promise(promise: Case) -> str:
    return f"{plain(promise['text'])}（{written(promise['due_on'])}前完成）"


def _outcome(outcome: Case) -> str:
    text = f"第{outcome['commitment']}项承诺：{outcome['status']}"
    note = plain(outcome["note"])
    return f"{text}。{note}" if note else f"{text}。"


def proposal_docx(cases: list[Case], paper: Paper) -> None:
    """One proposal with its replies."""
    (case,) = cases
    paper.add("提案", TITLE)
    paper.add(case["case_title"] or case["session"], CENTRE)
    write_proposal(paper, case)
    for reply in case["replies"]:
        write_reply(paper, case, reply)
