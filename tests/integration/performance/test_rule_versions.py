"""The rule editor: drafts, decisions, and what other rules would have given."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from services.performance.commands.rules import decide_rules, draft_rules, propose_rules
from services.performance.domain import errors
from services.performance.domain.rules import ScoreGrade
from services.performance.queries import desk as queries
from services.performance.repository.rules import from_files
from shared.actor import Role
from shared.call import Call
from shared.errors import Forbidden
from tests.integration.performance.desk import CHAIR, FIRST, MEMBER, SECOND, Office, call
from tests.unit.performance.facts import LU, SHEN, day, filed

CHAIR_2 = call(Role.CHAIR_COUNCIL, "chair-2", "m-15-0002")


@pytest.fixture
def office(database, tmp_path) -> Office:
    return Office(database, tmp_path)


def document(**points: float) -> dict[str, Any]:
    """The scheme of 2017 from 2018 on, with other points for these rules."""
    made = copy.deepcopy(from_files()[0])
    made["active_from"] = "2018-01-01"
    for rule in made["rules"]:
        rule["points"] = points.get(rule["code"], rule["points"])
    return made


def changed(of: str, /, **changes: Any) -> dict[str, Any]:
    made = document()
    for rule in made["rules"]:
        if rule["code"] == of:
            rule.update(changes)
    return made


def draft(office: Office, made: dict[str, Any], by: Call = FIRST) -> Any:
    """The number of the version that is written; made: a document as in `rule_sets`."""
    return draft_rules(by, office.desk, **given(made))["version"]


def given(made: dict[str, Any]) -> dict[str, Any]:
    """The document as clients give it."""
    return {
        "label": made["label"],
        "active_from": date.fromisoformat(made["active_from"]),
        "categories": made["categories"],
        "grades": [
            {"code": ScoreGrade(row["code"]), "label": row["label"], "threshold": row["from"]}
            for row in made["grades"]
        ],
        "rules": [{**rule, "points": listed(rule["points"])} for rule in made["rules"]],
    }


def listed(points: Any) -> list[dict[str, Any]]:
    by_variant = points if isinstance(points, dict) else {"": points}
    return [{"variant": variant, "points": value} for variant, value in by_variant.items()]


def decide(office: Office, by: Call = CHAIR, **changes: Any) -> Any:
    given = {
        "version_no": 2,
        "approved": True,
        "reason": None,
        "document_no": None,
        "decided_on": None,
        **changes,
    }
    return decide_rules(by, office.desk, **given)


def approved(office: Office, made: dict[str, Any]) -> None:
    draft(office, made)
    propose_rules(FIRST, office.desk, version_no=2)
    decide(office)


def test_an_approved_version_counts_from_its_day_on(office):
    approved(office, document(B1=6))
    office.hear(filed("p1"), filed("p2", on=day(330)))
    assert day(330).year == 2018
    assert (office.total(year=2017), office.total(year=2018)) == (10, 6)
    assert {e.rule_version for e in office.desk.ledger.of_year(2018)} == {2}
    assert office.desk.book.of_year(2018).version == 2
    assert office.desk.book.of_year(2017).version == 1


def test_one_draft_at_a_time_written_again_until_it_is_proposed(office):
    assert draft(office, document(B1=6)) == 2
    assert draft(office, document(B1=7), by=SECOND) == 2
    assert office.desk.rules.get("rules-2").document["rules"][3]["points"] == 7
    propose_rules(FIRST, office.desk, version_no=2)
    with pytest.raises(errors.RulesState):
        draft(office, document())
    with pytest.raises(errors.RulesState):
        propose_rules(FIRST, office.desk, version_no=2)
    decide(office, approved=False, reason="再议")
    assert draft(office, document()) == 3
    assert [row["approved"] for row in office.told("performance_rules_decided")] == [False]


def test_who_drafted_does_not_decide_and_the_office_names_the_document(office):
    draft(office, document())
    with pytest.raises(errors.RulesState):
        decide(office)
    propose_rules(FIRST, office.desk, version_no=2)
    with pytest.raises(errors.DocumentMissing):
        decide(office, SECOND)
    decided = {"document_no": "吴政协〔2017〕9号", "decided_on": date(2017, 10, 30)}
    with pytest.raises(errors.SamePerson):
        decide(office, FIRST, **decided)
    decide(office, SECOND, **decided)
    row = office.desk.rules.row("rules-2")
    assert (row["state"], row["document_no"], row["decided_on"]) == (
        "APPROVED",
        "吴政协〔2017〕9号",
        "2017-10-30",
    )
    with pytest.raises(errors.RulesState):
        decide(office, CHAIR_2)


@pytest.mark.parametrize("begins", ["2017-11-01", "2017-01-01", "2016-01-01"])
def test_no_version_begins_before_the_day_after_its_approval(office, begins):
    draft(office, {**document(), "active_from": begins})
    propose_rules(FIRST, office.desk, version_no=2)
    with pytest.raises(errors.RulesDate):
        decide(office)
    decide(office, approved=False)


@pytest.mark.parametrize(
    "basis",
    ["LOGIN", "login", "LIKE", "VOTE", "FORWARD", "SHARE", "ONLINE_TIME", "LEARNING_TIME", "VIEW"],
)
def test_the_use_of_the_application_is_no_duty(office, basis):
    with pytest.raises(errors.BasisForbidden) as refused:
        draft(office, changed("C1", basis=basis))
    assert refused.value.field == "rules.8.basis"
    assert office.desk.rules.all() == []


@pytest.mark.parametrize(
    "label",
    [
        "每日登录",
        "APP登陆次数",
        "点赞",
        "网络投票",
        "转发文章",
        "在线时长",
        "学习时间",
        "阅读时长",
        "login",
    ],
)
def test_nor_by_another_name(office, label):
    with pytest.raises(errors.BasisForbidden):
        draft(office, changed("C1", label=label))
    with pytest.raises(errors.BasisForbidden):
        draft(office, changed("C1", noun=label))


@pytest.mark.parametrize(
    ("code", "changes", "refusal", "field"),
    [
        ("C1", {"basis": "GOOD_WILL"}, errors.BasisUnknown, "rules.8.basis"),
        ("C1", {"basis": "REPORT"}, errors.BasisTaken, "rules.8.basis"),
        ("C1", {"code": "C2"}, errors.RuleCodeUnfit, "rules.8.code"),
        ("C1", {"code": "H1"}, errors.RuleCodeUnfit, "rules.8.code"),
        ("C1", {"points": -2}, errors.PointsUnfit, "rules.8.points"),
        ("C1", {"points": 0}, errors.PointsUnfit, "rules.8.points"),
        ("C1", {"points": 101}, errors.PointsUnfit, "rules.8.points"),
        ("G1", {"points": 10}, errors.PointsUnfit, "rules.24.points"),
        ("F5", {"points": 5}, errors.PointsUnfit, "rules.19.points"),
        ("C1", {"points": {"ORAL": 2}}, errors.PointsUnfit, "rules.8.points"),
        ("B1", {"further": -4}, errors.PointsUnfit, "rules.3.points"),
    ],
)
def test_what_a_rule_may_not_say(office, code, changes, refusal, field):
    with pytest.raises(refusal) as refused:
        draft(office, changed(code, **changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changes",
    [
        {"categories": []},
        {"grades": []},
        {"grades": [{"code": "EXCELLENT", "label": "优秀", "from": 10}]},
        {
            "grades": [
                {"code": "TO_IMPROVE", "label": "待改进", "from": 0},
                {"code": "EXCELLENT", "label": "优秀", "from": 85},
            ]
        },
    ],
)
def test_a_scheme_has_its_categories_and_grades(office, changes):
    with pytest.raises(errors.SchemeUnfit):
        draft(office, {**document(), **changes})


def test_caps_are_positive_and_deductions_have_none(office):
    for code, cap in (("A", None), ("A", 0), ("G", 10)):
        made = document()
        for category in made["categories"]:
            if category["code"] == code:
                category["cap"] = cap
        with pytest.raises(errors.SchemeUnfit):
            draft(office, made)


def test_what_if_other_rules_had_held(office):
    office.hear(filed("p1"), filed("p2", kind="JOINT", cosigners=(SHEN,)))
    made = document(B1=3, B3=5)
    made["rules"] = [rule for rule in made["rules"] if rule["code"] != "B2"]
    draft(office, made)
    asked = {"year": 2017, "version_no": 2}
    found = queries.list_what_if(CHAIR, office.desk, **asked, first=2, after=None)
    rows = [
        tuple(row[name] for name in ("member_id", "rank", "total", "other_rank", "other_total"))
        for row in found["rows"]
    ]
    assert rows == [(SHEN, 2, 2, 1, 5), (LU, 1, 18, 2, 3)]
    assert found["has_next"]
    rest = queries.list_what_if(
        CHAIR, office.desk, **asked, first=2, after=found["rows"][-1]["cursor"]
    )
    assert (len(rest["rows"]), rest["has_next"]) == (1, False)
    assert queries.count_what_if(CHAIR, office.desk, **asked) == 3
    sheet = queries.what_if_score(CHAIR, office.desk, member_id=LU, year=2017, version_no=2)
    [proposals] = [c for c in sheet["categories"] if c["code"] == "B"]
    assert [(line["rule_code"], line["points"]) for line in proposals["lines"]] == [("B1", 3)]
    assert office.total() == 18  # nothing is written
    with pytest.raises(errors.RulesNotFound):
        queries.what_if_score(CHAIR, office.desk, member_id=LU, year=2017, version_no=9)


def test_who_sees_drafts(office):
    draft(office, document())
    for by, versions in ((FIRST, [1, 2]), (CHAIR, [1, 2]), (MEMBER, [1])):
        assert [row["version"] for row in queries.rule_sets(by, office.desk)] == versions


@pytest.mark.parametrize("by", [MEMBER, call(Role.STANDING_MEMBER), call(Role.SYSTEM_ADMIN)])
def test_others_write_and_decide_nothing(office, by):
    for refused in (
        lambda: draft(office, document(), by),
        lambda: propose_rules(by, office.desk, version_no=2),
        lambda: decide(office, by),
    ):
        with pytest.raises(Forbidden):
            refused()
