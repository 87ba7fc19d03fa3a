"""Organisations: master data put in once, and every reorganisation."""

from __future__ import annotations

from typing import Any, Unpack

import pytest

from services.members.commands import organisations
from services.members.domain.errors import (
    OrganisationExists,
    OrganisationHasMembers,
    OrganisationInactive,
    OrganisationKindUnfit,
    OrganisationNotFound,
    OrganisationParentUnfit,
)
from services.members.domain.organisation import USE_FIELDS, Kind, UnitType
from services.members.queries import directory
from services.members.repository import master_data
from services.members.schemas.directory import OrganisationFilter
from shared.actor import Role
from shared.contracts.sides import Side
from tests.integration.members.roster_case import NOW, Case, call, command

COLLECTION = "organisations"
WHOLE = 77 + 31  # the first master data, and the directory of decision 57
WATER = {
    "occurred_on": "2017-02-06T09:00:00+08:00",
    "organisation_id": "unit-slj",
    "kind": "HANDLING_UNIT",
    "name": "区水利局",
    "code": "吴水",
    "unit_type": "DEPARTMENT",
    "parent": None,
    "side": "GOVERNMENT",
    "may_be_addressed": True,
    "may_be_supervised": True,
    "may_handle": True,
    "is_active": True,
    "merged_into": None,
}


def listed(case: Case, kind: str, include_ended: bool = False) -> list[str]:
    rows = directory.organisations(
        call(Role.PUBLIC), case.roster, kinds=[Kind(kind)], include_ended=include_ended, filter={}
    )
    return [row["id"] for row in rows]


def test_the_master_data_announce_themselves_once(case: Case) -> None:
    count = case.database.collection(COLLECTION).count_documents({})
    master_data.load(case.database, NOW)
    assert case.database.collection(COLLECTION).count_documents({}) == count == WHOLE
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
        call(Role.PUBLIC), case.roster, kinds=None, include_ended=False, filter={}
    )
    assert len(everything) == WHOLE


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
        "parent": None,
        "side": None,
        "may_be_addressed": True,
        "may_be_supervised": False,
        "may_handle": False,
        "is_active": True,
        "merged_into": None,
        "ended_on": None,
    }


def asked(case: Case, **filter: Unpack[OrganisationFilter]) -> list[str]:
    rows = directory.organisations(
        call(Role.PUBLIC), case.roster, kinds=None, include_ended=False, filter=filter
    )
    return [row["id"] for row in rows]


def test_the_directory_by_side_parent_and_use(case: Case) -> None:
    party = asked(case, side=Side.PARTY, may_handle=True)
    assert {"unit-xcb", "body-zzb", "po-tqw"} <= set(party)
    assert {"unit-slj", "dw-lili", "body-jw"}.isdisjoint(party)
    assert asked(case, parent="unit-jyj") == ["sch-wjzx", "sch-wjgz"]
    groups = [row["id"] for row in master_data.read("sector_groups")]
    assert asked(case, may_be_addressed=False) == groups
    assert {"hos-zy", "ent-ct", "dw-lili"} <= set(asked(case, may_be_supervised=True))


def test_what_was_stored_before_its_uses_tells_them(case: Case) -> None:
    stored = case.database.collection(COLLECTION)
    uses = dict.fromkeys(("side", "parent", *USE_FIELDS), 1)
    stored.update_many({"_id": {"$in": ["unit-xcb", "group-22"]}}, {"$unset": uses})
    for _ in range(2):
        master_data.load_directory(case.database, NOW)
    [_, unit] = case.events("unit-xcb", COLLECTION)
    assert (unit["data"]["side"], unit["data"]["may_handle"]) == ("PARTY", True)
    [_, group] = case.events("group-22", COLLECTION)
    assert (group["data"]["side"], group["data"]["may_be_addressed"]) == (None, False)
    assert len(case.events("unit-slj", COLLECTION)) == 1


def test_an_organisation_stands_below_another(case: Case) -> None:
    organisations.add_organisation(
        call(),
        case.roster,
        organisation_id="sch-new",
        kind=Kind.SCHOOL,
        name="新建学校",
        parent="unit-jyj",
        may_handle=True,
    )
    [event] = case.events("sch-new", COLLECTION)
    shown = ("parent", "may_be_addressed", "may_be_supervised", "may_handle")
    assert [event["data"][name] for name in shown] == ["unit-jyj", True, True, True]
    for parent, below in (("sch-none", "sch-new"), ("sch-new", "sch-new"), ("sch-new", "unit-jyj")):
        with pytest.raises(OrganisationParentUnfit):
            organisations.change_organisation(
                call(), case.roster, organisation_id=below, changes={"parent": parent}
            )


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
        "side": Side.GOVERNMENT,
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
