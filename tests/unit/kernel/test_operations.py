"""An operation is said once: what follows from a use case's signature."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Annotated, Any, NotRequired, TypedDict, Unpack

import pytest

from shared.actor import Actor, Role, allow
from shared.call import Call
from shared.errors import DomainError, Forbidden, InvalidInput
from shared.labels import Labelled
from shared.operations import Answer, Offered, about, command, offered, query
from shared.operations.arguments import After, First, Ids, Of, form, inputs_of
from shared.operations.manifest import manifest, texts
from shared.schemas import Choice, Flag, Id, Many, Number, Text

OFFICE = Call(Actor("a-1", Role.OFFICE), "c-1")
PLAN = Answer("plan", "Plan", "计划。The plan.")
RIGHT = Answer("right", "[Boolean!]", "对错。Right.")


class Way(Labelled, name="SampleWay"):
    """方式。How."""

    VISIT = "VISIT", "走访", "Visit"
    TALK = "TALK", "面谈", "Talk"


class SampleUnfit(DomainError):
    """It does not fit (V1)."""

    code = "SAMPLE_UNFIT"
    message = "不符合要求"


PlanId = Annotated[str, about(Id("Plan"), "编号。Id.", called="id")]
Title = Annotated[str, about(Text(2, 10), "名称。Title.")]
Ways = Annotated[list[Way], about(Many(Choice(Way), 1, 2), "方式。Ways.")]
Share = Annotated[int, about(Number(1, 100), "比例。Percent.", default=20)]
Note = Annotated[str, about(Text(0, 10), "备注。Note.", hidden=True)]


class LineInput(TypedDict):
    """一行。A line."""

    unit: Annotated[str, about(Id("Unit"), "单位。Unit.")]
    sole: Annotated[bool, about(Flag(), "独办。Alone.", default=False)]


Lines = Annotated[list[LineInput], about(Many(Of(LineInput), 1, 3), "各行。Lines.")]


class PlanFilter(TypedDict, total=False):
    """筛选。All of these must hold."""

    title: Title | None


class Rest(TypedDict):
    """The rest of a plan."""

    share: Share
    note: NotRequired[Note]


@allow(Role.OFFICE)
@command("writePlan", answers=PLAN)
def write_plan(
    call: Call, desk: Any, *, title: Title, ways: Ways, lines: Lines, **rest: Unpack[Rest]
) -> str:
    """编写计划。Write
    a plan. Raises SampleUnfit.

    More for developers.
    """
    desk.written.append({"title": title, "ways": ways, "lines": lines, **rest})
    return "p-1"


@allow(Role.OFFICE)
@command("takeQuiz", answers=(RIGHT, PLAN))
def take_quiz(call: Call, desk: Any, *, plan_id: PlanId, note: Note | None) -> dict[str, Any]:
    """作答。Take."""
    return {"right": [True], "plan": "unseen"}


@allow(Role.OFFICE)
@query("plans", gives="Plan")
def list_plans(
    call: Call, plans: Any, *, filter: PlanFilter, first: First, after: After | None
) -> Any:
    """计划。Plans."""
    return {"filter": filter, "first": first, "after": after, "of": plans}


@allow(*Role)
@query(loads="Plan")
def plans_by_ids(call: Call, desk: Any, *, ids: Ids) -> list[dict[str, Any]]:
    return [{"id": key, "title": "计划"} for key in ids if key == "p-1"]


MODULE = ModuleType(__name__)
vars(MODULE).update(globals())
TABLE = offered([MODULE])
LOADERS = {"Plan": TABLE["plans_by_ids"]}


def answer(name: str, payload: dict[str, Any], call: Call = OFFICE) -> Any:
    deps = SimpleNamespace(written=[], plans="the plans")
    return TABLE[name].answer(call, deps, payload, LOADERS), deps


WRITTEN = {"title": " 计划一 ", "ways": ["VISIT"], "lines": [{"unit": "u-1"}]}


def test_a_use_case_gets_the_checked_values_and_its_record_is_answered() -> None:
    row, deps = answer("write_plan", WRITTEN)
    assert row == {"id": "p-1", "title": "计划"}
    assert deps.written == [
        {
            "title": "计划一",
            "ways": [Way.VISIT],
            "lines": [{"unit": "u-1", "sole": False}],
            "share": 20,  # its default; the note was left out and stays absent
        }
    ]


def test_of_several_answers_each_is_read_and_who_sees_no_record_gets_its_id() -> None:
    row, _ = answer("take_quiz", {"plan_id": "p-9"})
    assert row == {"right": [True], "plan": {"id": "unseen"}}


def test_dependencies_are_handed_by_name_and_a_list_has_its_page() -> None:
    row, _ = answer("list_plans", {})
    assert row == {"filter": {}, "first": 20, "after": None, "of": "the plans"}


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"title": None}, "title", "此项不能为空"),
        ({"title": "一"}, "title", "应为2至10个字"),
        ({"ways": []}, "ways", "应为1至2个"),
        ({"ways": ["LETTER"]}, "ways.0", "不在可选范围内"),
        ({"lines": [{"unit": "u", "sole": "perhaps"}]}, "lines.0.sole", "格式不正确"),
        ({"lines": [{}]}, "lines.0.unit", "此项必填"),
        ({"share": 101}, "share", "应在1至100之间"),
        ({"share": 1.5}, "share", "格式不正确"),
        ({"other": 1}, "other", "不认识的字段"),
    ],
)
def test_bad_input_is_refused_in_chinese_with_its_field(
    changed: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        answer("write_plan", {**WRITTEN, **changed})
    assert refused.value.items == [
        {"code": "INVALID_INPUT", "field": field, "message": message},
    ]


def test_who_may_not_is_refused() -> None:
    with pytest.raises(Forbidden):
        answer("write_plan", WRITTEN, Call(Actor("a-2", Role.MEMBER), "c-1"))


def test_the_manifest_says_it_as_data() -> None:
    made = manifest("sample", TABLE.values())
    assert made["operations"]["write_plan"] == {
        "kind": "command",
        "graphql": "writePlan",
        "text": "编写计划。Write a plan.",
        "roles": ["OFFICE"],
        "inputs": [
            {"name": "title", "type": "String!", "text": "名称。Title."},
            {"name": "ways", "type": "[SampleWay!]!", "text": "方式。Ways."},
            {"name": "lines", "type": "[LineInput!]!", "text": "各行。Lines."},
            {"name": "share", "type": "Int", "text": "比例。Percent.", "default": 20},
            {"name": "note", "type": "String", "text": "备注。Note.", "hidden": True},
        ],
        "answers": [{"name": "plan", "type": "Plan", "text": "计划。The plan."}],
    }
    assert made["operations"]["take_quiz"]["inputs"][0] == {
        "name": "plan_id",
        "type": "ID!",
        "text": "编号。Id.",
        "called": "id",
        "of": "Plan",
    }
    assert list(made["inputs"]) == ["LineInput", "PlanFilter"]
    assert made["operations"]["plans_by_ids"]["loads"] == "Plan"


def test_enums_and_refusals_carry_their_texts() -> None:
    said = texts(__name__)
    assert said["enums"]["SampleWay"] == {
        "text": "方式。How.",
        "values": {"VISIT": ["走访", "Visit"], "TALK": ["面谈", "Talk"]},
    }
    assert said["codes"] == {"SAMPLE_UNFIT": "不符合要求。It does not fit (V1)."}


def test_what_does_not_say_what_it_is_is_refused() -> None:
    def plain(call: Call, desk: Any, *, title: str) -> None: ...

    def loose(call: Call, desk: Any, **rest: Any) -> None: ...

    with pytest.raises(TypeError, match="title does not say what it is"):
        inputs_of(plain)
    with pytest.raises(TypeError, match="rest is not Unpack"):
        inputs_of(loose)


def test_two_use_cases_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="write_plan"):
        offered([MODULE, MODULE])


@pytest.mark.parametrize(
    ("ids", "parsed"),
    [(["a", "b"], ["a", "b"]), ([], []), ([" a "], ["a"]), (["x" * 128], ["x" * 128])],
)
def test_ids_pass_as_they_are_and_blanks_are_trimmed(ids: list[str], parsed: list[str]) -> None:
    assert TABLE["plans_by_ids"].form.parse({"ids": ids}) == {"ids": parsed}


@pytest.mark.parametrize(
    ("ids", "field"),
    [
        ([{"$ne": None}], "ids.0"),
        (["a", ""], "ids.1"),
        (["x" * 129], "ids.0"),
        ("a", "ids"),
        ({"$in": ["a"]}, "ids"),
        (["a"] * 1001, "ids"),
    ],
)
def test_what_is_no_list_of_ids_is_refused(ids: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        TABLE["plans_by_ids"].form.parse({"ids": ids})
    assert refused.value.field == field


def test_a_form_is_made_of_any_inputs() -> None:
    made = form("Sample", Offered("list_plans", list_plans).inputs)
    assert made.parse({"first": 3}) == {"filter": {}, "first": 3, "after": None}
