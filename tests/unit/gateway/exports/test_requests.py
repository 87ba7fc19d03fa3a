"""What may be asked for, and what is refused before any work begins."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.base import global_id
from gateway.context import Context
from gateway.exports import codes, errors
from gateway.exports.matters import TITLED, matter_of
from gateway.exports.mutations import chosen
from gateway.exports.rows import Selection, count, pages
from gateway.exports.tables import TABLES
from gateway.proposals.statistics import StatisticsGrouping
from shared.errors import DomainError, InvalidInput, NotFound
from tests.unit.gateway.sample import MEMBER, FakeRpc, with_context

FIRST, SECOND = global_id("Proposal", "p-1"), global_id("Proposal", "p-2")


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("PROPOSAL_DOCX", {"proposal_ids": [FIRST]}, Selection(ids=("p-1",))),
        (
            "COMPILATION_DOCX",
            {"proposal_ids": [FIRST, SECOND, FIRST]},
            Selection(ids=("p-1", "p-2")),
        ),
        ("CASE_LIST_XLSX", {"filter": {}}, Selection(filter={})),
        (
            "CASE_LIST_XLSX",
            {"filter": {"unit_id": global_id("Organisation", "unit-zjj")}},
            Selection(filter={"unit_id": "unit-zjj"}),
        ),
    ],
)
def test_proposals_are_named_or_found(kind: str, given: Any, expected: Selection) -> None:
    assert chosen(kind, given) == expected


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("PROPOSAL_DOCX", {}),
        ("PROPOSAL_DOCX", {"filter": {}}),
        ("PROPOSAL_DOCX", {"proposal_ids": [FIRST, SECOND]}),
        ("COMPILATION_DOCX", {}),
        ("COMPILATION_DOCX", {"proposal_ids": []}),
        ("COMPILATION_DOCX", {"proposal_ids": [FIRST], "filter": {}}),
    ],
)
def test_anything_else_is_refused(kind: str, given: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        chosen(kind, given)
    assert refused.value.field == "proposalIds"


def test_an_id_of_something_else_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        chosen("COMPILATION_DOCX", {"proposal_ids": [FIRST, global_id("Member", "m-1")]})
    assert refused.value.field == "proposalIds.1"


def counted(rpc: FakeRpc, selection: Selection, most: int = 500) -> Any:
    return with_context(rpc, lambda context: count(context, selection, most), MEMBER)


def seen(*known: str) -> Any:
    """proposals_by_ids of a viewer who sees these."""
    return lambda ids, fields: [{"id": id} for id in ids if id in known]


def test_more_than_the_limit_is_refused_with_both_numbers() -> None:
    rpc = FakeRpc({"proposals.count_proposals": 501})
    with pytest.raises(errors.ExportTooMany) as refused:
        counted(rpc, Selection(filter={"term": 15}))
    assert refused.value.message == "一次最多导出500件提案，现有501件，请缩小范围"
    assert (refused.value.field, refused.value.details) == ("filter", {"limit": 500, "found": 501})
    assert rpc.calls == [("proposals.count_proposals", {"filter": {"term": 15}})]
    assert counted(FakeRpc({"proposals.count_proposals": 500}), Selection()) == 500


def test_too_many_ids_are_refused_without_a_question() -> None:
    rpc = FakeRpc()
    with pytest.raises(errors.ExportTooMany):
        counted(rpc, Selection(ids=("a", "b", "c")), most=2)
    assert rpc.calls == []


def test_nothing_is_nothing_to_export() -> None:
    with pytest.raises(errors.ExportEmpty):
        counted(FakeRpc({"proposals.count_proposals": 0}), Selection())


def test_what_the_viewer_does_not_see_is_not_found() -> None:
    rpc = FakeRpc({"proposals.proposals_by_ids": seen("p-1")})
    assert counted(rpc, Selection(ids=("p-1",))) == 1
    with pytest.raises(NotFound, match="未找到该提案"):
        counted(rpc, Selection(ids=("p-1", "p-2")))


def fetched(rpc: FakeRpc, selection: Selection) -> list[str]:
    async def ids(context: Context) -> list[str]:
        found = pages(context, selection, ["title"])
        return [row["id"] async for page in found for row in page]

    found: list[str] = with_context(rpc, ids, MEMBER, reads_only=False)
    return found


def test_rows_come_page_by_page_with_the_askers_own_token() -> None:
    listed = {
        None: {"rows": [{"id": "a", "cursor": "c-a"}], "has_next": True},
        "c-a": {"rows": [{"id": "b", "cursor": "c-b"}], "has_next": True},
        "c-b": {"rows": [], "has_next": False},
    }
    rpc = FakeRpc({"proposals.list_proposals": lambda after, **_: listed[after]})
    assert fetched(rpc, Selection(filter={"term": 15})) == ["a", "b"]
    asked = {"filter": {"term": 15}, "order_by": "SUBMITTED", "first": 50, "fields": ["title"]}
    assert [call for _, call in rpc.calls] == [
        {**asked, "after": None},
        {**asked, "after": "c-a"},
        {**asked, "after": "c-b"},
    ]
    assert {each["token"] for each in rpc.sent} == {"good"}


def test_named_rows_come_in_batches_and_none_may_have_gone() -> None:
    ids = tuple(f"p-{number}" for number in range(51))
    rpc = FakeRpc({"proposals.proposals_by_ids": seen(*ids)})
    assert fetched(rpc, Selection(ids=ids)) == list(ids)
    assert [len(call["ids"]) for _, call in rpc.calls] == [50, 1]
    with pytest.raises(NotFound):
        fetched(FakeRpc({"proposals.proposals_by_ids": seen("p-1")}), Selection(ids=ids))


def test_every_refusal_is_in_the_schema() -> None:
    raised = {
        error.code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, DomainError) and error is not DomainError
    }
    assert raised == set(codes.ERROR_CODES)


def test_figures_are_of_a_grouping_and_a_period() -> None:
    asked = {"figures": {"by": StatisticsGrouping.TOWN, "year": 2017}}
    found = chosen("PROPOSAL_STATISTICS_XLSX", asked)
    wanted = {"by": "TOWN", "year": 2017, "term": None, "session": None}
    assert found == Selection(filter=wanted)
    for kind, given in (("PROPOSAL_STATISTICS_XLSX", {}), ("RANKING_XLSX", asked)):
        with pytest.raises(InvalidInput) as refused:
            chosen(kind, given)
        assert refused.value.field == "figures"


class Loaded:
    def __init__(self, **rows: Any) -> None:
        self.rows = rows

    async def load(self, id: str) -> Any:
        return self.rows.get(id)


class Asker:
    class loaders:
        organisations = Loaded(
            **{"unit-zjj": {"name": "区住建局"}, "town-lili": {"name": "黎里镇"}}
        )
        meetings = Loaded(m1={"title": "城乡供水协商会"})
        rotation_classes = Loaded(c1={"title": "第一期委员轮训班"})
        opinions = Loaded(o1={"title": "关于水质的建议"})


@pytest.mark.parametrize(
    ("kind", "subject", "filter", "matter"),
    [
        ("ATTENDANCE_XLSX", "Meeting", {"subject": "m1"}, "城乡供水协商会"),
        ("CLASS_XLSX", "RotationClass", {"subject": "c1"}, "第一期委员轮训班"),
        ("CERTIFICATE_PDF", "RotationClass", {"subject": "gone"}, ""),
        ("OPINION_DOCX", "Opinion", {"subject": "o1"}, "关于水质的建议"),
        ("OPINION_LIST_XLSX", None, {"year": 2017}, "2017年"),
        ("RANKING_XLSX", None, {"year": 2017}, "2017年"),
        ("RANKING_XLSX", None, {"year": None}, ""),
        ("DUTY_STATISTICS_XLSX", None, {"year": 2017, "by": "SECTOR"}, "2017年 按界别"),
        ("PROPOSAL_STATISTICS_XLSX", None, {"term": 15, "by": "UNIT"}, "第15届 按承办单位"),
        ("PROPOSAL_STATISTICS_XLSX", None, {"year": 2017, "by": "TOTAL"}, "2017年"),
        ("CASE_LIST_XLSX", None, {}, ""),
        (
            "CASE_LIST_XLSX",
            None,
            {"term": 15, "session": 1, "states": ["FILED", "ASSIGNED"], "unit_id": "unit-zjj"},
            "十五届一次会议 立案、已交办 区住建局",
        ),
        ("COMPILATION_DOCX", None, {"text": "二次供水"}, "二次供水"),
        ("ROSTER_XLSX", None, {"members": {"town": "town-lili"}}, "黎里镇"),
    ],
)
def test_a_file_is_named_after_its_matter(
    kind: str, subject: str | None, filter: Any, matter: str
) -> None:
    asker: Any = Asker()
    assert asyncio.run(matter_of(asker, kind, subject, filter)) == matter


def test_every_kind_of_record_that_an_export_is_about_can_be_named() -> None:
    assert {table.subject for table in TABLES.values()} - {None} == set(TITLED)
