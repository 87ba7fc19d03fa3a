"""The roster's lists: filters, search, pages, indexes, and what each viewer gets."""

from __future__ import annotations

from typing import Any, Unpack

import pytest

from services.members.commands import departures
from services.members.domain.labels import MemberOrder
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind
from services.members.domain.states import State
from services.members.queries import roster as queries
from services.members.repository.lists import ORDERS, query
from services.members.schemas.roster import MemberFilter
from shared.actor import Role
from shared.call import Call
from shared.errors import Forbidden, InvalidInput
from tests.integration.members.roster_case import Case, call, post

LU, SHEN, QIAN, GU, WU, ZHOU = (f"m-15-{n:04d}" for n in (88, 31, 140, 102, 12, 2))


@pytest.fixture(scope="module")
def people(prepared: Case) -> Case:
    """Six members of different groups, a nominee and one who has resigned: these tests read."""
    case = prepared
    case.empty()
    case.open_term()
    case.member(
        88,
        name="陆晓芸",
        sector_group="group-22",
        committees=["com-economy"],
        town="town-songling",
        work_unit="吴江区华源自来水有限公司",
        title="总经理",
        skills=["给排水"],
    )
    case.member(31, name="沈建国", sector="04", affiliation=Affiliation.MINJIAN, town="town-lili")
    case.member(
        140,
        name="钱文娟",
        sector="27",
        committees=["com-education", "com-economy"],
        town="town-lili",
        work_unit="区第一人民医院",
    )
    case.member(102, name="顾梅", sector="08", affiliation=Affiliation.JIUSAN)
    case.member(12, post(PostKind.STANDING_MEMBER), name="吴志刚", sector="15")
    case.member(2, post(PostKind.VICE_CHAIR), name="周立新", sector="01")
    case.nominate(200, name="陆一鸣")
    gone = case.member(201, name="陆二鸣", town="town-lili")
    departures.resign_member(call(), case.roster, member_id=gone, reason="调动", document_no=None)
    return case


def ids(case: Case, by: Call | None = None, **filter: Unpack[MemberFilter]) -> list[str]:
    found = queries.list_members(
        by or call(),
        case.roster,
        filter=filter,
        order_by=MemberOrder.MEMBER_NO,
        first=50,
        after=None,
    )
    total = queries.count_members(by or call(), case.roster, filter=filter)
    assert total == len(found["rows"])
    return [row["id"] for row in found["rows"]]


@pytest.mark.parametrize(
    ("filter", "wanted"),
    [
        ({}, [ZHOU, WU, SHEN, LU, GU, QIAN]),
        ({"sector": "04"}, [SHEN]),
        ({"sector_group": "group-22"}, [LU]),
        ({"committee": "com-economy"}, [LU, QIAN]),
        ({"town": "town-lili"}, [SHEN, QIAN]),
        ({"party": "08"}, [GU]),
        ({"post": "VICE_CHAIR"}, [ZHOU]),
        ({"states": ["NOMINATED"]}, ["m-15-0200"]),
        ({"states": ["RESIGNED", "ACTIVE"], "town": "town-lili"}, [SHEN, QIAN, "m-15-0201"]),
        ({"term": 14}, []),
        ({"town": "town-lili", "sector": "27"}, [QIAN]),
        ({"change_pending": True}, []),
    ],
)
def test_filters(people: Case, filter: dict[str, Any], wanted: list[str]) -> None:
    assert ids(people, **filter) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("陆晓芸", [LU]),
        ("陆", [LU]),
        ("晓芸", [LU]),
        ("芸", [LU]),
        ("建国", [SHEN]),
        ("自来水", [LU]),
        ("医院", [QIAN]),
        ("华源自来水公司", [LU]),
        ("陆 总经理", [LU]),
        ("给排水", [LU]),
        ("15-0088", [LU]),
        ("沈 自来水", []),
        ("张", []),
        ("$ne", []),
    ],
)
def test_search(people: Case, text: str, wanted: list[str]) -> None:
    assert ids(people, text=text) == wanted


def test_pages_in_each_order(people: Case) -> None:
    for order in ORDERS:
        seen: list[str] = []
        after = None
        while True:
            found = queries.list_members(
                call(), people.roster, filter={}, order_by=order, first=2, after=after
            )
            seen += [row["id"] for row in found["rows"]]
            if not found["has_next"]:
                break
            after = found["rows"][-1]["cursor"]
        assert sorted(seen) == sorted([ZHOU, WU, SHEN, LU, GU, QIAN])
    with pytest.raises(InvalidInput):
        queries.list_members(
            call(), people.roster, filter={}, order_by=MemberOrder.NAME, first=101, after=None
        )


QUERIES: dict[str, dict[str, Any]] = {
    "all": {},
    "sector": {"sector": "22"},
    "sector_group": {"sector_group": "group-22"},
    "committee": {"committee": "com-economy"},
    "town": {"town": "town-lili"},
    "party": {"party": "04"},
    "post": {"post": "CHAIR"},
    "text": {"text": "自来水公司"},
    "name": {"text": "陆", "text_in": "name_words"},
    "scopes": {"scopes": ["town:town-lili"]},
    "pending": {"change_pending": True},
}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("order", ORDERS)
def test_every_list_is_served_by_an_index(people: Case, name: str, order: MemberOrder) -> None:
    wanted = {"term": 15, "states": [State.ACTIVE, State.SUSPENDED], **QUERIES[name]}
    cursor = people.database.collection("members").find(query(wanted)).sort(ORDERS[order])
    stages = set(_stages(cursor.limit(21).explain()["queryPlanner"]["winningPlan"]))
    assert "IXSCAN" in stages
    assert "COLLSCAN" not in stages


def _stages(plan: dict[str, Any]) -> list[str]:
    inner = [plan[key] for key in ("inputStage", "queryPlan") if key in plan]
    return [
        plan.get("stage", ""),
        *(s for p in [*inner, *plan.get("inputStages", [])] for s in _stages(p)),
    ]


@pytest.mark.parametrize(
    "filter",
    [
        {"person_id": "p-15-0088"},
        {"scopes": {"$in": ["town:town-lili"]}, "open": True},
        {"term": 15, "seats": {"$in": ["CHAIR"]}},
    ],
)
def test_look_ups_of_commands_are_served_by_an_index(people: Case, filter: dict[str, Any]) -> None:
    plan = people.database.collection("members").find(filter).explain()
    assert "COLLSCAN" not in _stages(plan["queryPlanner"]["winningPlan"])


def test_only_the_fields_asked_for(people: Case) -> None:
    rows = queries.members_by_ids(
        call(Role.MEMBER, SHEN), people.roster, ids=[LU, "m-15-9999"], fields=["name", "sector"]
    )
    assert rows == [
        {
            "id": LU,
            "name": "陆晓芸",
            "sector": {
                "code": "22",
                "name": "经济界",
                "short_name": "经济界",
                "name_en": "economics",
            },
        }
    ]
    with pytest.raises(InvalidInput):
        queries.members_by_ids(call(), people.roster, ids=[LU], fields=["phone"])


@pytest.mark.parametrize(
    "role", [Role.PUBLIC, Role.UNIT_OFFICER, Role.SUPERVISOR, Role.AUDIT_ADMIN]
)
def test_others_see_the_public_part(people: Case, role: Role) -> None:
    visitor = call(role, unit="unit-slj")
    [row] = queries.members_by_ids(visitor, people.roster, ids=[ZHOU])
    assert sorted(row) == ["id", "name", "posts", "sector"]
    assert row["posts"] == [{"post": "VICE_CHAIR"}]
    assert ids(people, visitor) == [ZHOU, WU, SHEN, LU, GU, QIAN]
    assert ids(people, visitor, text="陆") == [LU]
    assert ids(people, visitor, text="自来水") == []
    assert ids(people, visitor, sector="04", post=PostKind.CHAIR) == []


@pytest.mark.parametrize(
    "filter", [{"town": "town-lili"}, {"states": ["SUSPENDED"]}, {"party": "04"}]
)
def test_others_cannot_sort_members_by_what_is_not_public(
    people: Case, filter: dict[str, Any]
) -> None:
    with pytest.raises(Forbidden):
        ids(people, call(Role.PUBLIC), **filter)


@pytest.mark.parametrize(
    ("role", "scope", "wanted"),
    [
        (Role.TOWN_STAFF, {"town": "town-lili"}, [SHEN, QIAN]),
        (Role.TOWN_HEAD, {"town": "town-songling"}, [LU]),
        (Role.ORG_STAFF, {"organisation": "org-minjian"}, [SHEN]),
        (Role.ORG_HEAD, {"party": "08"}, [GU]),
        (Role.ORG_STAFF, {"organisation": "org-gongshanglian"}, [WU]),
    ],
)
def test_a_group_sees_its_own(
    people: Case, role: Role, scope: dict[str, str], wanted: list[str]
) -> None:
    own = call(role, **scope)
    assert ids(people, own) == wanted
    rows = queries.members_by_ids(own, people.roster, ids=[*wanted, ZHOU])
    seen = {row["id"]: set(row) for row in rows}
    assert seen.pop(ZHOU) == {"id", "name", "posts", "sector"}
    assert seen.keys() == set(wanted)
    assert all({"member_no", "state", "town"} <= fields for fields in seen.values())
    assert all("scopes" not in fields for fields in seen.values())


def test_a_member_of_the_proposal_committee_and_a_convener_see_everyone(people: Case) -> None:
    for role in (Role.PROPOSAL_STAFF, Role.SECTOR_CONVENER, Role.COMMITTEE_STAFF, Role.MEMBER):
        assert ids(people, call(role)) == [ZHOU, WU, SHEN, LU, GU, QIAN]


def test_nominees_are_for_the_office(people: Case) -> None:
    nominee = "m-15-0200"
    assert queries.members_by_ids(call(Role.MEMBER), people.roster, ids=[nominee]) == []
    assert ids(people, call(Role.MEMBER), states=[State.NOMINATED]) == []
    [row] = queries.members_by_ids(call(), people.roster, ids=[nominee], fields=["state"])
    assert row == {"id": nominee, "state": "NOMINATED"}


def test_pending_changes_are_for_the_office(people: Case) -> None:
    with pytest.raises(Forbidden):
        ids(people, call(Role.MEMBER), change_pending=True)


def test_a_former_member_sees_what_the_public_sees(people: Case) -> None:
    former = call(Role.MEMBER, "m-15-0201", former="true")
    rows = queries.members_by_ids(
        former, people.roster, ids=[LU, "m-15-0201"], fields=["state", "name"]
    )
    assert sorted(rows, key=lambda row: row["id"]) == [
        {"id": LU, "name": "陆晓芸"},
        {"id": "m-15-0201", "name": "陆二鸣", "state": "RESIGNED"},
    ]
