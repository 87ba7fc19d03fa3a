"""Public opinion: each way that an item can go, and what is made of it."""

from __future__ import annotations

import io

import docx
import pytest
from openpyxl import load_workbook

from gateway.base import local_id
from tests.e2e.opinions import (
    EDITOR,
    LU,
    OFFICER,
    OTHER_OFFICER,
    PARTY,
    QIAN,
    QWB,
    SECRETARY,
    SHEN,
    SLJ,
    SUPERVISING,
    ZJJ,
    delivered,
    do,
    edited,
    listed,
    moved,
    opened_bureau,
    seen,
    submitted,
    written,
)
from tests.e2e.story import Refusal, Story
from tests.e2e.test_study_year import downloaded
from tests.waiting import eventually
from tests.world import OFFICE, World


@pytest.fixture(scope="module")
def bureau(world: World) -> Story:
    return opened_bureau(world, 841)


def test_several_are_combined_taken_apart_and_all_are_credited(bureau: Story) -> None:
    story, lu, shen = bureau, bureau.member(LU), bureau.member(SHEN)
    moved(story, 2017, 4, 10, 9)
    lead, second = submitted(story, lu), submitted(story, shen, named=True)
    third = submitted(story, PARTY, coauthors=[story.gid(QIAN)], title="关于水箱清洗的建议")
    do(story, EDITOR, "startOpinionEditing", lead)
    after = do(story, EDITOR, "combineOpinions", lead, others=[second, third])
    assert after["combinedCount"] == 2
    do(story, EDITOR, "separateOpinion", third)
    do(story, EDITOR, "combineOpinions", lead, others=[third])
    own = seen(story, shen, second)
    assert own is not None
    assert (own["state"], own["combinedInto"]) == ("COMBINED", None)  # not before it is issued
    do(story, SECRETARY, "signOpinion", edited(story, lead), signer="李建平")
    for name, opinion in ((LU, lead), (SHEN, second), (QIAN, third)):
        local = local_id(opinion, "Opinion")
        eventually(
            lambda name=name, local=local: (
                story.earned(name, local)  # type: ignore[misc]
                == [("D1", 1.0), ("D2", 2.0)]
            )
        )
    story.await_message(SHEN, "将与其他信息综合编报，并为您记名")
    row = seen(story, shen, lead)
    assert row is not None
    assert (row["original"], row["authors"]) == (None, [{"name": SHEN}])
    do(story, SECRETARY, "revokeOpinionIssue", lead, reason="地名有误")
    for name, opinion in ((LU, lead), (QIAN, third)):
        local = local_id(opinion, "Opinion")
        eventually(
            lambda name=name, local=local: (
                story.earned(name, local)  # type: ignore[misc]
                == [("D1", 1.0), ("D2", -2.0), ("D2", 2.0)]
            )
        )


def test_returned_retained_withdrawn_discarded(bureau: Story) -> None:
    story, lu = bureau, bureau.member(LU)
    moved(story, 2017, 5, 8, 9)
    with pytest.raises(Refusal) as long:
        written(story, lu, facts="水" * 801)
    assert long.value.codes == ["OPINION_TOO_LONG"]
    photo = story.upload(lu, "照片.png", PNG)
    opinion = written(story, lu, photos=[photo], reflectors=[{"name": "王某", "note": "居民"}])
    with pytest.raises(Refusal) as undeclared:
        do(story, lu, "submitOpinion", opinion, declared=False)
    assert undeclared.value.codes == ["OPINION_NOT_DECLARED"]
    do(story, lu, "submitOpinion", opinion, declared=True)
    do(story, EDITOR, "returnOpinion", opinion, reason="请写明地点")
    eventually(lambda: story.waits(lu, "OPINION_REVISION", opinion))
    do(story, lu, "submitOpinion", opinion, declared=True)
    eventually(lambda: not story.waits(lu, "OPINION_REVISION", opinion))
    held = story.run(
        EDITOR,
        "retainOpinions",
        "results { opinion { state retentionLabel } errors { reason } }",
        items=[{"opinionId": opinion, "retention": "KNOWN", "reason": "情况已掌握"}],
    )
    assert held["results"][0]["opinion"]["state"] == "RETAINED"
    story.await_message(LU, "已留存参考，未编报：情况已掌握")
    local = local_id(opinion, "Opinion")
    eventually(lambda: story.earned(LU, local) == [("D1", 1.0)])

    kept = submitted(story, lu)
    said = {"retention": "DUPLICATE", "reason": "与已报信息重复"}
    assert do(story, EDITOR, "retainOpinion", kept, **said)["retentionLabel"] == (
        "与已编报信息重复"
    )
    back = do(story, lu, "withdrawOpinion", submitted(story, lu), reason="情况已解决")
    gone = local_id(back["id"], "Opinion")
    eventually(lambda: story.earned(LU, gone) in ([("D1", -1.0), ("D1", 1.0)], []))
    draft = written(story, lu)
    assert do(story, lu, "discardOpinion", draft)["state"] == "WITHDRAWN"
    assert story.turned_away(story.member(SHEN), "discardOpinion", opinionId=draft) == "NOT_FOUND"
    sent = submitted(story, lu)
    do(story, EDITOR, "startOpinionEditing", sent)
    edited(story, sent)
    do(story, SECRETARY, "returnOpinionEdition", sent, reason="请核实")
    do(story, SECRETARY, "signOpinion", edited(story, sent), signer="李建平")


PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def test_instructions_referrals_and_the_years_good_items(bureau: Story) -> None:
    story, lu = bureau, bureau.member(LU)
    moved(story, 2017, 6, 5, 9)
    opinion = delivered(story, lu)
    given = {"level": "DISTRICT", "leader": "区长", "text": "请住建局研究。"}
    do(story, SUPERVISING, "recordOpinionInstruction", opinion, **given)
    do(story, SUPERVISING, "revokeOpinionInstruction", opinion, no=1, reason="登记有误")
    local = local_id(opinion, "Opinion")
    instruction = f"instruction/{local}-1"
    eventually(
        lambda: (
            [r["basePoints"] for r in story.ledger(LU) if r["sourceRef"] == instruction]
            in ([3.0, -3.0], [-3.0, 3.0])
        )
    )
    do(story, SUPERVISING, "referOpinion", opinion, unitId=ZJJ)
    declined = {"opinionId": opinion, "reason": "不属本单位职责"}
    assert story.turned_away(OFFICER, "declineOpinionReferral", **declined) == "NOT_FOUND"
    do(story, OTHER_OFFICER, "declineOpinionReferral", opinion, reason="不属本单位职责")
    eventually(lambda: story.waits(SUPERVISING, "OPINION_REFERRAL", opinion))
    do(story, SUPERVISING, "referOpinion", opinion, unitId=SLJ)
    with pytest.raises(Refusal) as reasonless:
        do(
            story,
            OFFICER,
            "giveOpinionResult",
            opinion,
            result="暂不具备条件。",
            adoption="NOT_ADOPTED",
        )
    assert reasonless.value.codes == ["OPINION_REASON_MISSING"]
    do(
        story,
        OFFICER,
        "giveOpinionResult",
        opinion,
        result="部分路段已整改。",
        adoption="PARTLY_ADOPTED",
        reason="资金分年安排",
    )
    do(story, EDITOR, "nominateGoodOpinion", opinion)
    eventually(lambda: story.waits(SECRETARY, "GOOD_OPINION_DECISION", opinion))
    do(story, SECRETARY, "decideGoodOpinion", opinion, selected=True)
    story.await_message(LU, "被评为2017年度优秀社情民意信息")
    assert listed(story, EDITOR, goodYear=2017) == [opinion]
    done = story.run(
        EDITOR,
        "closeOpinions",
        "results { opinion { state } errors { reason } }",
        items=[{"opinionId": opinion, "note": "已办结"}],
    )
    assert done["results"][0]["opinion"]["state"] == "CLOSED"


def test_figures_and_norms(bureau: Story) -> None:
    story, lu = bureau, bureau.member(LU)
    query = """
      query ($by: OpinionGrouping!) {
        opinionFigures(year: 2017, by: $by) {
          key submitted issuedSingle issuedCombined retained adoptedCity instructed
          editedInTimeRate organisation { name } member { name }
        }
      }
    """
    for by in ("TOTAL", "CHANNEL", "ORGANISATION", "MEMBER", "LEVEL", "TOPIC"):
        rows = story.ask(EDITOR, query, by=by)["opinionFigures"]
        if by == "MEMBER":
            assert LU in [row["member"]["name"] for row in rows if row["member"]]
        if by == "ORGANISATION":
            assert "中国民主建国会" in "".join(row["organisation"]["name"] for row in rows)
    answer = story.world.stack.graphql(query, {"by": "MEMBER"}, story.world.stack.token(SECRETARY))
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    norms = "{ opinionNorms(year: 2017) { member { name } standing target submitted met } }"
    [own] = story.ask(lu, norms)["opinionNorms"]
    assert (own["member"]["name"], own["target"], own["met"]) == (LU, 1, True)
    assert len(story.ask(EDITOR, norms)["opinionNorms"]) > 1


def test_nobody_else_reads_or_does_it(bureau: Story) -> None:
    story, lu = bureau, bureau.member(LU)
    moved(story, 2017, 7, 3, 9)
    opinion = delivered(story, lu)
    for stranger in (story.member(SHEN), OTHER_OFFICER, PARTY):
        assert seen(story, stranger, opinion) is None
        assert opinion not in listed(story, stranger)
    for mutation, given in (
        ("editOpinion", {"title": "不许修改", "facts": "无", "suggestion": "无"}),
        ("deliverOpinion", {"to": [QWB]}),
        ("sendOpinionUp", {"level": "CITY"}),
        ("closeOpinion", {"note": "无"}),
        ("signOpinion", {"signer": "卢见深"}),
        ("receiveOpinion", {}),
    ):
        assert story.turned_away(lu, mutation, opinionId=opinion, **given) == "FORBIDDEN"
    assert story.turned_away(OFFICE, "writeOpinion", title="关于某事的建议") == "FORBIDDEN"


def test_an_issue_and_a_year_as_documents(bureau: Story) -> None:
    story, lu = bureau, bureau.member(LU)
    moved(story, 2017, 8, 7, 9)
    opinion, named = delivered(story, lu), delivered(story, story.member(SHEN), named=True)
    for actor in (lu, SUPERVISING, EDITOR):
        texts = paragraphs(downloaded(story, actor, kind="OPINION_DOCX", subject=opinion))
        assert texts[0] == "社情民意"
        assert "关于立即排查取水口水质的建议" in texts
        assert "报送：区委办" in texts
        assert LU not in "".join(texts)
    texts = paragraphs(downloaded(story, SUPERVISING, kind="OPINION_DOCX", subject=named))
    assert f"（反映人：{SHEN}）" in texts
    year = paragraphs(downloaded(story, EDITOR, kind="OPINION_COLLECTION_DOCX", year=2017))
    assert year.count("社情民意") >= 2
    book = load_workbook(io.BytesIO(downloaded(story, EDITOR, kind="OPINION_LIST_XLSX", year=2017)))
    rows = list(book.active.values)
    assert rows[0][:2] == ("期号", "标题")
    assert LU not in str(rows)
    asked = {"kind": "OPINION_LIST_XLSX", "year": 2017}
    assert story.turned_away(lu, "requestExport", **asked) == "FORBIDDEN"


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
