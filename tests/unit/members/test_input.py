"""What may come in: nothing unknown, no operators, no wrong numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.members.commands import departures, nominations, organisations, profiles, terms
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind
from services.members.queries import directory, roster
from shared.actor import Actor, Role
from shared.call import Call
from shared.errors import InvalidInput
from shared.operations.arguments import form, inputs_of

NEW = {
    "member_no": "15-0088",
    "name": " 陆晓芸 ",
    "gender": "FEMALE",
    "sector": "22",
    "affiliation": "CPC",
}


OFFICE = Call(Actor("office", Role.OFFICE), "correlation-1")
UseCase = Callable[..., Any]


def parsed(use_case: UseCase, payload: dict[str, Any]) -> dict[str, Any]:
    return form("form", inputs_of(use_case)).parse(payload)


def fields_of(use_case: UseCase, payload: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidInput) as error:
        use_case(OFFICE, None, **parsed(use_case, payload))
    return sorted(item["field"] for item in error.value.items)


def test_a_nomination() -> None:
    more = {"committees": ["com-a", "com-b", "com-a"], "birth_date": "1970-05-01"}
    assert parsed(nominations.nominate_member, {**NEW, **more}) == {
        "member_no": "15-0088",
        "name": "陆晓芸",
        "gender": "FEMALE",
        "sector": "22",
        "affiliation": Affiliation.CPC,
        "committees": ["com-a", "com-b"],
        "birth_date": "1970-05-01",
    }


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"member_no": "0088"}, ["memberNo"]),
        ({"sector": "2"}, ["sector"]),
        ({"sector": None}, ["sector"]),
        ({"affiliation": "KMT"}, ["affiliation"]),
        ({"gender": "X", "phone": "110"}, ["gender", "phone"]),
        ({"birth_date": "1970-13-01"}, ["birthDate"]),
        ({"id_number": "320584197005010019"}, ["idNumber"]),
        ({"person_id": "p-15-0088"}, ["gender", "name"]),
        ({"skills": ["x" * 21]}, ["skills.0"]),
        ({"terms_served": 0}, ["termsServed"]),
    ],
)
def test_a_nomination_that_is_malformed(changes: dict[str, Any], wrong: list[str]) -> None:
    assert fields_of(nominations.nominate_member, {**NEW, **changes}) == wrong


def test_a_new_person_needs_a_name() -> None:
    bare = {key: NEW[key] for key in ("member_no", "sector", "affiliation")}
    assert fields_of(nominations.nominate_member, bare) == ["gender", "name"]


@pytest.mark.parametrize(
    ("use_case", "payload", "wrong"),
    [
        (profiles.change_profile, {"member_id": {"$ne": 1}, "changes": {}}, ["memberId"]),
        (profiles.change_profile, {"member_id": "m", "changes": {"town": {"$gt": ""}}}, None),
        (nominations.appoint_member, {"member_id": ["m"], "joined_via": "CO_OPTED"}, ["memberId"]),
        (departures.revoke_member, {"member_id": "m", "reason": "违纪"}, ["documentNo"]),
        (departures.revoke_member, {"member_id": "m", "reason": "违纪", "document_no": " "}, None),
        (departures.record_death, {"member_id": "m", "died_on": {"$exists": True}}, ["diedOn"]),
        (roster.count_members, {"filter": {"sector": {"$ne": None}}}, ["filter.sector"]),
        (roster.count_members, {"filter": {"text": {"$regex": ".*"}}}, ["filter.text"]),
        (roster.count_members, {"filter": {"$where": "1"}}, ["filter.$where"]),
        (roster.count_members, {"filter": {"states": [{"$ne": 1}]}}, ["filter.states.0"]),
        (roster.list_members, {"order_by": "$natural"}, ["orderBy"]),
        (roster.active_members, {"ids": [{"$ne": 1}]}, ["ids.0"]),
        (directory.organisations, {"kinds": [{"$ne": 1}]}, ["kinds.0"]),
        (organisations.merge_organisation, {"organisation_id": "a", "into": {"$ne": 1}}, ["into"]),
    ],
)
def test_operators_and_blanks_are_refused(
    use_case: UseCase, payload: dict[str, Any], wrong: list[str] | None
) -> None:
    found = fields_of(use_case, payload)
    assert found == wrong if wrong else len(found) == 1


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"ids": "m-1"},
        {"ids": {"$ne": 1}},
        {"ids": [{"$ne": 1}]},
        {"ids": [1]},
        {"ids": ["m"] * 1001},
        {"ids": ["m"], "fields": "name"},
        {"ids": ["m"], "fields": [{"$slice": 1}]},
        {"ids": ["m"], "filter": {}},
    ],
)
def test_a_batch_that_is_malformed(payload: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        parsed(roster.members_by_ids, payload)


def test_a_batch() -> None:
    given: dict[str, Any] = {"ids": ["m"], "fields": None}
    assert parsed(roster.members_by_ids, given) == given
    assert parsed(directory.organisations_by_ids, {"ids": []}) == {"ids": []}


def test_posts() -> None:
    given = {
        "member_id": "m",
        "posts": [{"post": "CHAIR"}, {"post": "CONVENER", "organisation": "group-22"}],
    }
    assert parsed(profiles.change_post, given)["posts"] == [
        {"post": PostKind.CHAIR, "organisation": None},
        {"post": PostKind.CONVENER, "organisation": "group-22"},
    ]
    assert fields_of(profiles.change_post, {"member_id": "m", "posts": [{"post": "KING"}]}) == [
        "posts.0.post"
    ]


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("11010519491231002x", False),
        ("1101051949123100", False),
        ("", False),
    ],
)
def test_identity_numbers_have_a_check_character(number: str, fits: bool) -> None:
    payload = {"person_id": "p", "id_number": number}
    if fits:
        assert parsed(profiles.record_id_number, payload) == payload
    else:
        assert fields_of(profiles.record_id_number, payload) == ["idNumber"]


def test_a_unit_has_a_type_and_others_have_none() -> None:
    unit = {"organisation_id": "unit-new", "kind": "HANDLING_UNIT", "name": "区审批局"}
    assert fields_of(organisations.add_organisation, unit) == ["unitType"]
    other = {**unit, "kind": "COMMITTEE", "unit_type": "TOWN"}
    assert fields_of(organisations.add_organisation, other) == ["unitType"]
    assert fields_of(
        organisations.add_organisation, {**unit, "organisation_id": "Unit $", "unit_type": "TOWN"}
    ) == ["organisationId"]


def test_a_term_has_sectors() -> None:
    given = {"no": 15, "starts_on": "2017-01-01T00:00:00+08:00", "sector_set": []}
    assert fields_of(terms.open_term, given) == ["sectorSet"]
    assert fields_of(terms.open_term, {**given, "starts_on": "2017-01-01T00:00:00"}) == ["startsOn"]
