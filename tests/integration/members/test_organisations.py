"""Organisations: master data put in once, and every reorganisation."""

from __future__ import annotations

from typing import Any

import pytest

from services.members.commands import organisations
from services.members.domain.errors import (
    OrganisationExists,
    OrganisationHasMembers,
    OrganisationInactive,
    OrganisationKindUnfit,
    OrganisationNotFound,
)
from services.members.domain.organisation import Kind, UnitType
from services.members.queries import directory
from services.members.repository import master_data
from shared.actor import Role
from tests.integration.members.roster_case import NOW, Case, call, command

COLLECTION = "organisations"
WATER = {
    "occurred_on": "2017-02-06T09:00:00+08:00",
    "organisation_id": "unit-slj",
    "kind": "HANDLING_UNIT",
    "name": "区水利局",
    "code": "吴水",
    "unit_type": "DEPARTMENT",
    "is_active": True,
    "merged_into": None,
}


def listed(case: Case, kind: str, include_ended: bool = False) -> list[str]:
    rows = directory.organisations(
        call(Role.PUBLIC), case.roster, kinds=[Kind(kind)], include_ended=include_ended
    )
    return [row["id"] for row in rows]


def test_the_master_data_announce_themselves_once(case: Case) -> None:
    count = case.database.collection(COLLECTION).count_documents({})
    master_data.load(case.database, NOW)
    assert case.database.collection(COLLECTION).count_documents({}) == count == 77
    [event] = case.events("unit-slj", COLLECTION)
    assert (event["type"], event["data"], event["aggregateversion"]) == (
        "organisation_changed",
        WATER,
        1,
    )


def test_lists_by_kind_in_the_committees_order(case: Case) -> None:
    assert listed(case, "COMMITTEE") == [
        "com-proposals",
        "com-economy",
        "com-urban",
        "com-legal",
        "com-education",
        "com-study",
        "com-liaison",
    ]
    assert len(listed(case, "HANDLING_UNIT")) == 29
    everything = directory.organisations(
        call(Role.PUBLIC), case.roster, kinds=None, include_ended=False
    )
    assert len(everything) == 77


def test_rows_by_ids(case: Case) -> None:
    [row] = directory.organisations_by_ids(
        call(Role.PUBLIC), case.roster, ids=["town-lili", "town-nowhere"]
    )
    assert row == {
        "id": "town-lili",
        "kind": "TOWN_COMMITTEE",
        "name": "黎里镇工委",
        "short_name": "黎里镇",
        "name_en": "Lili Town Working Committee",
        "code": None,
        "unit_type": None,
        "joint_conference": False,
        "sectors": [],
        "zone": "汾湖高新区",
        "is_active": True,
        "merged_into": None,
        "ended_on": None,
    }


def test_a_unit_is_renamed(case: Case) -> None:
    organisations.change_organisation(
        call(), case.roster, organisation_id="unit-slj", changes={"name": "区水务局"}
    )
    [_, event] = case.events("unit-slj", COLLECTION)
    assert (event["data"], event["aggregateversion"], event["term"]) == (
        {**WATER, "name": "区水务局"},
        2,
        15,
    )
    with pytest.raises(OrganisationExists):
        organisations.change_organisation(
            call(), case.roster, organisation_id="unit-slj", changes={"name": "区住建局"}
        )


def test_a_unit_merges_into_another(case: Case) -> None:
    organisations.merge_organisation(
        call(), case.roster, organisation_id="unit-slj", into="unit-zjj"
    )
    [_, event] = case.events("unit-slj", COLLECTION)
    assert event["data"] == {**WATER, "is_active": False, "merged_into": "unit-zjj"}
    assert "unit-slj" not in listed(case, "HANDLING_UNIT")
    assert "unit-slj" in listed(case, "HANDLING_UNIT", include_ended=True)
    with pytest.raises(OrganisationInactive):
        organisations.end_organisation(call(), case.roster, organisation_id="unit-slj")
    with pytest.raises(OrganisationKindUnfit):
        organisations.merge_organisation(
            call(), case.roster, organisation_id="unit-hbj", into="com-urban"
        )
    with pytest.raises(OrganisationNotFound):
        organisations.merge_organisation(
            call(), case.roster, organisation_id="unit-hbj", into="unit-none"
        )


def test_a_unit_ends(case: Case) -> None:
    organisations.end_organisation(call(), case.roster, organisation_id="unit-slj")
    [_, event] = case.events("unit-slj", COLLECTION)
    assert event["data"] == {**WATER, "is_active": False}


@pytest.mark.parametrize(
    ("organisation_id", "groups"),
    [
        ("com-urban", {"committees": ["com-urban"]}),
        ("town-lili", {"town": "town-lili"}),
        ("group-22", {"sector_group": "group-22"}),
    ],
)
def test_a_group_with_members_neither_ends_nor_merges(
    case: Case, organisation_id: str, groups: dict[str, Any]
) -> None:
    case.member(88, **groups)
    with pytest.raises(OrganisationHasMembers):
        organisations.end_organisation(call(), case.roster, organisation_id=organisation_id)
    with pytest.raises(OrganisationHasMembers):
        organisations.merge_organisation(
            call(), case.roster, organisation_id=organisation_id, into="com-study"
        )
    assert case.types(organisation_id, COLLECTION) == ["organisation_changed"]


def test_a_new_unit(case: Case) -> None:
    given: dict[str, Any] = {
        "organisation_id": "unit-xzspj",
        "kind": Kind.HANDLING_UNIT,
        "name": "区行政审批局",
        "code": "吴审批",
        "unit_type": UnitType.DEPARTMENT,
    }
    for _ in range(2):
        organisations.add_organisation(command("c1", {"name": 1}), case.roster, **given)
    [event] = case.events("unit-xzspj", COLLECTION)
    assert event["data"] == {
        **WATER,
        "organisation_id": "unit-xzspj",
        "name": "区行政审批局",
        "code": "吴审批",
    }
    with pytest.raises(OrganisationExists) as error:
        organisations.add_organisation(call(), case.roster, **given)
    assert error.value.field == "organisationId"
    with pytest.raises(OrganisationExists) as error:
        organisations.add_organisation(
            call(), case.roster, **{**given, "organisation_id": "unit-spj"}
        )
    assert error.value.field == "name"
