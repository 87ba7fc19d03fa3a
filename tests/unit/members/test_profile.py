"""Posts, placement, profile and its changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.members.domain.errors import (
    ChangeNotPending,
    ChangePending,
    GroupUnfit,
    MemberNoUnfit,
    MemberStateUnfit,
    NothingToChange,
    PostUnfit,
    SectorUnfit,
    TooManyCommittees,
)
from services.members.domain.organisation import Kind
from services.members.domain.placement import Affiliation, Placement, check_placement
from services.members.domain.posts import Post, PostKind, check_posts
from services.members.domain.profile import ChangeState
from services.members.domain.states import State
from shared.errors import Refused
from tests.unit.members.samples import GROUPS, NOW, PLACEMENT, member, nominee, organisation

SECTOR_SET = ["04", "22"]


def test_scopes_name_every_group() -> None:
    assert PLACEMENT.scopes == [
        "sector:22",
        "sector_group:group-22",
        "committee:com-economy",
        "committee:com-urban",
        "town:town-lili",
        "party:04",
        "organisation:org-minjian",
    ]
    assert Placement("22", Affiliation.CPC).scopes == ["sector:22"]


def test_party_codes_follow_the_affiliation() -> None:
    codes = {a: Placement("22", a).party for a in Affiliation}
    assert codes == {
        Affiliation.CPC: None,
        Affiliation.MINGE: "02",
        Affiliation.MINMENG: "03",
        Affiliation.MINJIAN: "04",
        Affiliation.MINJIN: "05",
        Affiliation.NONGGONG: "06",
        Affiliation.ZHIGONG: "07",
        Affiliation.JIUSAN: "08",
        Affiliation.TAIMENG: "09",
        Affiliation.NON_PARTY: "10",
        Affiliation.MASSES: None,
    }


def test_a_placement_that_fits() -> None:
    check_placement(PLACEMENT, SECTOR_SET, GROUPS)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"sector": "33", "sector_group": None}, SectorUnfit.code, "sector"),
        ({"sector": "04"}, GroupUnfit.code, "sectorGroup"),
        ({"sector_group": "group-99"}, GroupUnfit.code, "sectorGroup"),
        ({"sector_group": "town-lili"}, GroupUnfit.code, "sectorGroup"),
        ({"committees": ("com-old",)}, GroupUnfit.code, "committees"),
        ({"committees": ("town-lili",)}, GroupUnfit.code, "committees"),
        ({"town": "com-urban"}, GroupUnfit.code, "town"),
        (
            {"committees": ("com-economy", "com-urban", "com-study")},
            TooManyCommittees.code,
            "committees",
        ),
    ],
)
def test_a_placement_that_does_not_fit(changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as error:
        check_placement(replace(PLACEMENT, **changes), SECTOR_SET, GROUPS)
    assert [(item["code"], item["field"]) for item in error.value.items] == [(code, field)]


def test_every_misfit_is_told_at_once() -> None:
    wrong = replace(PLACEMENT, sector="33", town="com-urban", committees=("com-old",))
    with pytest.raises(Refused) as error:
        check_placement(wrong, SECTOR_SET, GROUPS)
    fields = [item["field"] for item in error.value.items]
    assert fields == ["sector", "committees", "town", "sectorGroup"]


def test_a_group_without_sectors_takes_any() -> None:
    known = {"group-1": organisation("group-1", Kind.SECTOR_GROUP)}
    check_placement(Placement("22", Affiliation.CPC, "group-1"), SECTOR_SET, known)


@pytest.mark.parametrize(
    "post",
    [
        Post(PostKind.COMMITTEE_DIRECTOR, "com-economy"),
        Post(PostKind.COMMITTEE_DEPUTY_DIRECTOR, "com-urban"),
        Post(PostKind.CONVENER, "group-22"),
        Post(PostKind.TOWN_GROUP_HEAD, "town-lili"),
        Post(PostKind.CHAIR),
        Post(PostKind.SUPERVISOR),
    ],
)
def test_posts_that_fit(post: Post) -> None:
    check_posts([post], PLACEMENT)


@pytest.mark.parametrize(
    ("posts", "field"),
    [
        ([Post(PostKind.COMMITTEE_DIRECTOR, "com-study")], "posts.0.organisation"),
        ([Post(PostKind.COMMITTEE_DIRECTOR)], "posts.0.organisation"),
        ([Post(PostKind.CHAIR), Post(PostKind.CONVENER, "group-04")], "posts.1.organisation"),
        ([Post(PostKind.TOWN_GROUP_HEAD, "com-urban")], "posts.0.organisation"),
        ([Post(PostKind.CHAIR, "com-urban")], "posts.0.organisation"),
        ([Post(PostKind.CHAIR), Post(PostKind.VICE_CHAIR)], "posts"),
        ([Post(PostKind.SUPERVISOR), Post(PostKind.SUPERVISOR)], "posts"),
    ],
)
def test_posts_that_do_not_fit(posts: list[Post], field: str) -> None:
    with pytest.raises(Refused) as error:
        check_posts(posts, PLACEMENT)
    assert [(i["code"], i["field"]) for i in error.value.items] == [(PostUnfit.code, field)]


def test_a_convener_needs_a_group_of_the_own() -> None:
    alone = replace(PLACEMENT, sector_group=None)
    with pytest.raises(Refused):
        check_posts([Post(PostKind.CONVENER)], alone)


@pytest.mark.parametrize("kind", list(PostKind))
def test_who_sits_on_the_standing_committee(kind: PostKind) -> None:
    membership = member()
    membership.posts = [Post(kind)]
    wanted = {"CHAIR", "VICE_CHAIR", "SECRETARY_GENERAL", "STANDING_MEMBER"}
    assert membership.standing is (kind.value in wanted)
    assert membership.header()["groups"]["standing"] is membership.standing


def test_seats_of_one_holder() -> None:
    membership = member()
    membership.change_posts(
        [
            Post(PostKind.VICE_CHAIR),
            Post(PostKind.COMMITTEE_DIRECTOR, "com-urban"),
            Post(PostKind.CONVENER, "group-22"),
        ]
    )
    assert membership.seats == ["COMMITTEE_DIRECTOR@com-urban"]


@pytest.mark.parametrize("state", [s for s in State if s is not State.ACTIVE])
def test_posts_are_for_active_members(state: State) -> None:
    with pytest.raises(MemberStateUnfit):
        member(state).change_posts([Post(PostKind.CHAIR)])


def test_the_same_posts_are_no_change() -> None:
    membership = member()
    with pytest.raises(NothingToChange):
        membership.change_posts([])


def test_the_number_begins_with_the_term() -> None:
    with pytest.raises(MemberNoUnfit):
        nominee(member_no="14-0088")


@pytest.mark.parametrize("state", [State.NOMINATED, State.ACTIVE, State.SUSPENDED])
def test_a_profile_changes_while_the_membership_is_open(state: State) -> None:
    membership = member(state)
    moved = replace(PLACEMENT, town=None)
    membership.change_profile({"name": "陆小芸", "title": "经理"}, moved, of_person=False)
    assert (membership.name, membership.title, membership.placement) == ("陆小芸", "经理", moved)
    assert [name for name, _ in membership.events] == ["member_profile_changed"]


@pytest.mark.parametrize(
    "state", [State.REJECTED, State.RESIGNED, State.REVOKED, State.DECEASED, State.TERM_ENDED]
)
def test_an_ended_membership_stays_as_it_was(state: State) -> None:
    with pytest.raises(MemberStateUnfit):
        member(state).change_profile({"name": "陆小芸"}, PLACEMENT, of_person=False)


def test_unchanged_values_are_no_change_but_a_new_phone_is_one() -> None:
    membership = member()
    with pytest.raises(NothingToChange):
        membership.change_profile({"name": "陆晓芸"}, PLACEMENT, of_person=False)
    membership.change_profile({"phone": "13812340000"}, PLACEMENT, of_person=True)
    assert [name for name, _ in membership.events] == ["member_profile_changed"]


def test_a_director_does_not_leave_the_committee() -> None:
    membership = member()
    membership.change_posts([Post(PostKind.COMMITTEE_DIRECTOR, "com-urban")])
    left = replace(PLACEMENT, committees=("com-economy",))
    with pytest.raises(Refused) as error:
        membership.change_profile({"committees": ["com-economy"]}, left, of_person=False)
    assert error.value.code == PostUnfit.code
    assert membership.placement == PLACEMENT


def test_one_request_at_a_time() -> None:
    membership = member()
    membership.request_change("change-1", {"title": "经理"}, NOW)
    with pytest.raises(ChangePending):
        membership.request_change("change-2", {"title": "董事"}, NOW)
    assert [event for event, _ in membership.events] == ["member_change_requested"]


@pytest.mark.parametrize(
    "state", [ChangeState.CONFIRMED, ChangeState.REFUSED, ChangeState.WITHDRAWN]
)
def test_a_request_is_decided_once(state: ChangeState) -> None:
    membership = member()
    membership.request_change("change-1", {"title": "经理"}, NOW)
    with pytest.raises(ChangeNotPending):
        membership.decide_change("change-0", state, NOW)
    assert membership.decide_change("change-1", state, NOW, "理由") == {"title": "经理"}
    change = membership.profile_change
    assert change is not None
    assert (change.state, change.decided_at, change.reason) == (state, NOW, "理由")
    with pytest.raises(ChangeNotPending):
        membership.decide_change("change-1", state, NOW)
    membership.request_change("change-2", {"title": "董事"}, NOW)


@pytest.mark.parametrize("state", [s for s in State if s not in (State.ACTIVE, State.SUSPENDED)])
def test_only_members_in_office_ask(state: State) -> None:
    with pytest.raises(MemberStateUnfit):
        member(state).request_change("change-1", {"title": "经理"}, NOW)


def test_fields_that_only_the_office_changes() -> None:
    with pytest.raises(Refused) as error:
        member().request_change("c", {"not_scored": True, "title": "经理", "sector": "04"}, NOW)
    assert [(item["code"], item["field"]) for item in error.value.items] == [
        ("FIELD_NOT_SELF_EDITABLE", "notScored"),
        ("FIELD_NOT_SELF_EDITABLE", "sector"),
    ]


def test_the_office_is_told_of_a_request_and_the_member_of_the_answer() -> None:
    membership = member()
    membership.request_change("change-1", {"title": "经理"}, NOW)
    membership.decide_change("change-1", ChangeState.REFUSED, NOW, "请附证明")
    asked, answered = (data for _, data in membership.events)
    assert (asked["member_no"], asked["change_id"]) == (membership.member_no, "change-1")
    assert "经理" not in str(asked)
    assert (answered["outcome"], answered["reason"]) == ("REFUSED", "请附证明")
