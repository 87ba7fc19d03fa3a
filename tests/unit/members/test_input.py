"""What may come in: nothing unknown, no operators, no wrong numbers."""

from __future__ import annotations

from typing import Any

import pytest

from services.members.domain.placement import Affiliation
from services.members.domain.posts import Post, PostKind
from services.members.schemas import master_data, members, reads
from shared.errors import InvalidInput
from shared.schemas import InputSchema

NEW = {
    "member_no": "15-0088",
    "name": " 陆晓芸 ",
    "gender": "FEMALE",
    "sector": "22",
    "affiliation": "CPC",
}


def fields_of(schema: type[InputSchema], payload: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidInput) as error:
        schema.parse(payload)
    return sorted(item["field"] for item in error.value.items)


def test_a_nomination() -> None:
    more = {"committees": ["com-a", "com-b", "com-a"], "birth_date": "1970-05-01"}
    assert members.NominateMember.parse({**NEW, **more}) == {
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
    assert fields_of(members.NominateMember, {**NEW, **changes}) == wrong


def test_a_new_person_needs_a_name() -> None:
    bare = {key: NEW[key] for key in ("member_no", "sector", "affiliation")}
    assert fields_of(members.NominateMember, bare) == ["gender", "name"]


@pytest.mark.parametrize(
    ("schema", "payload", "wrong"),
    [
        (members.ChangeProfile, {"member_id": {"$ne": 1}, "changes": {}}, ["memberId"]),
        (members.ChangeProfile, {"member_id": "m", "changes": {"town": {"$gt": ""}}}, None),
        (members.AppointMember, {"member_id": ["m"], "joined_via": "CO_OPTED"}, ["memberId"]),
        (members.RevokeMember, {"member_id": "m", "reason": "违纪"}, ["documentNo"]),
        (members.RevokeMember, {"member_id": "m", "reason": "违纪", "document_no": " "}, None),
        (members.RecordDeath, {"member_id": "m", "died_on": {"$exists": True}}, ["diedOn"]),
        (reads.CountMembers, {"filter": {"sector": {"$ne": None}}}, ["filter.sector"]),
        (reads.CountMembers, {"filter": {"text": {"$regex": ".*"}}}, ["filter.text"]),
        (reads.CountMembers, {"filter": {"$where": "1"}}, ["filter.$where"]),
        (reads.CountMembers, {"filter": {"states": [{"$ne": 1}]}}, ["filter.states.0"]),
        (reads.ListMembers, {"order_by": "$natural"}, ["orderBy"]),
        (reads.ActiveMembers, {"ids": [{"$ne": 1}]}, ["ids.0"]),
        (reads.Organisations, {"kinds": [{"$ne": 1}]}, ["kinds.0"]),
        (master_data.MergeOrganisation, {"organisation_id": "a", "into": {"$ne": 1}}, ["into"]),
    ],
)
def test_operators_and_blanks_are_refused(
    schema: type[InputSchema], payload: dict[str, Any], wrong: list[str] | None
) -> None:
    found = fields_of(schema, payload)
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
        reads.batch(payload, "fields")


def test_a_batch() -> None:
    assert reads.batch({"ids": ["m"], "fields": None}, "fields") == {"ids": ["m"], "fields": None}
    assert reads.batch({"ids": []}) == {"ids": []}


def test_posts() -> None:
    given = {
        "member_id": "m",
        "posts": [{"post": "CHAIR"}, {"post": "CONVENER", "organisation": "group-22"}],
    }
    assert members.ChangePost.parse(given)["posts"] == [
        Post(PostKind.CHAIR),
        Post(PostKind.CONVENER, "group-22"),
    ]
    assert fields_of(members.ChangePost, {"member_id": "m", "posts": [{"post": "KING"}]}) == [
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
        assert members.RecordIdNumber.parse(payload) == payload
    else:
        assert fields_of(members.RecordIdNumber, payload) == ["idNumber"]


def test_a_unit_has_a_type_and_others_have_none() -> None:
    unit = {"organisation_id": "unit-new", "kind": "HANDLING_UNIT", "name": "区审批局"}
    assert fields_of(master_data.AddOrganisation, unit) == ["unitType"]
    other = {**unit, "kind": "COMMITTEE", "unit_type": "TOWN"}
    assert fields_of(master_data.AddOrganisation, other) == ["unitType"]
    assert fields_of(
        master_data.AddOrganisation, {**unit, "organisation_id": "Unit $", "unit_type": "TOWN"}
    ) == ["organisationId"]


def test_a_term_has_sectors() -> None:
    given = {"no": 15, "starts_on": "2017-01-01T00:00:00+08:00", "sector_set": []}
    assert fields_of(master_data.OpenTerm, given) == ["sectorSet"]
    assert fields_of(master_data.OpenTerm, {**given, "starts_on": "2017-01-01T00:00:00"}) == [
        "startsOn"
    ]
