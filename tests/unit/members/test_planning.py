"""What a row of a sheet would do: by the aggregates' own rules, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from services.members.domain.membership import JoinedVia, Membership
from services.members.domain.organisation import Kind
from services.members.domain.person import Person
from services.members.domain.placement import Placement
from services.members.domain.planning import plan, plan_all
from services.members.domain.posts import Post, PostKind
from services.members.domain.rows import Action, Do, Plan, SheetRow, Step
from services.members.domain.snapshot import Snapshot
from services.members.domain.states import State
from services.members.domain.term import TermState
from tests.unit.members.samples import GROUPS, NOW, TERM_START, member, nominee, organisation, term

NEW: dict[str, Any] = {
    "member_no": "15-0200",
    "name": "沈建国",
    "gender": "MALE",
    "sector": "22",
    "affiliation": "MASSES",
    "birth_date": "1970-05-01",
}
LU = "15-0088"


def roster(*memberships: Membership, **persons: Mapping[str, Any]) -> Snapshot:
    """A roster of these people; facts of a person by its id with underscores."""
    known = {
        each.person_id: Person(
            each.person_id,
            each.name,
            each.gender,
            **persons.get(each.person_id.replace("-", "_"), {}),
        )
        for each in memberships
    }
    party = organisation("org-minjian", Kind.PARTY, party="04")
    return Snapshot(
        term=term(),
        at=NOW,
        organisations={**GROUPS, party.id: party},
        memberships={each.id: each for each in memberships},
        persons=known,
    )


def row(values: Mapping[str, Any], number: int = 2) -> SheetRow:
    return SheetRow(number, dict(values))


def refusals(found: Plan) -> list[tuple[str | None, str]]:
    assert (found.action, found.steps) == (Action.ERROR, ())
    return [(item["field"], item["code"]) for item in found.problems]


def of(number: str, **values: Any) -> SheetRow:
    return row({"member_no": number, **values})


def former(number: str = "14-0031") -> Membership:
    """Of the term before, ended."""
    made = member(member_no=number, term=14, person_id=f"p-{number}", name="沈建国", gender="MALE")
    made.end_term(NOW)
    return made


class TestNew:
    def test_nominated_and_appointed(self) -> None:
        found = plan(row({**NEW, "posts": [{"post": "STANDING_MEMBER"}]}), roster())
        assert found == Plan(
            Action.NEW,
            "m-15-0200",
            ("name", "gender", "birth_date", "sector", "affiliation", "posts"),
            (
                Step(Do.NOMINATE, {"term": 15, **NEW}),
                Step(Do.APPOINT, {"joined_via": "TERM_START"}),
                Step(Do.CHANGE_POSTS, {"posts": [{"post": "STANDING_MEMBER"}]}),
            ),
        )

    def test_co_opted_on_its_day(self) -> None:
        joining = {"joined_via": "CO_OPTED", "joined_on": "2017-02-03T00:00:00+08:00"}
        found = plan(row({**NEW, **joining}), roster())
        assert found.steps[1] == Step(Do.APPOINT, joining)
        assert refusals(plan(row({**NEW, "joined_via": "CO_OPTED"}), roster())) == [
            ("joinedOn", "JOIN_DATE_UNFIT")
        ]
        early = {**joining, "joined_on": "2016-12-31T00:00:00+08:00"}
        assert refusals(plan(row({**NEW, **early}), roster())) == [("joinedOn", "JOIN_DATE_UNFIT")]

    def test_of_a_person_who_served_before(self) -> None:
        values = {**NEW, "former_member_no": "14-0031", "phone": "13812340031"}
        found = plan(row(values), roster(former(), p_14_0031={"birth_date": "1970-05-01"}))
        assert found.steps == (
            Step(
                Do.NOMINATE,
                {
                    "term": 15,
                    "member_no": "15-0200",
                    "person_id": "p-14-0031",
                    "sector": "22",
                    "affiliation": "MASSES",
                },
            ),
            Step(Do.APPOINT, {"joined_via": "TERM_START"}),
            Step(Do.CHANGE_PROFILE, {"phone": "13812340031"}),
        )

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({"former_member_no": "14-0099"}, ("formerMemberNo", "PERSON_UNFIT")),
            ({"former_member_no": "14-0031", "name": "陆晓芸"}, ("formerMemberNo", "PERSON_UNFIT")),
            ({}, ("formerMemberNo", "PERSON_MATCHES")),
        ],
    )
    def test_whose_person_is_not_clear(
        self, changes: dict[str, Any], found: tuple[str, str]
    ) -> None:
        known = roster(former(), p_14_0031={"birth_date": "1970-05-01"})
        assert refusals(plan(row({**NEW, **changes}), known)) == [found]

    def test_a_name_may_be_shared(self) -> None:
        known = roster(former(), p_14_0031={"birth_date": "1950-01-01"})
        assert plan(row(NEW), known).action is Action.NEW

    def test_two_memberships_of_one_person(self) -> None:
        again = member(name="沈建国", member_no="15-0031", person_id="p-14-0031")
        known = {"p_14_0031": {"birth_date": "1970-05-01"}}
        assert refusals(plan(row(NEW), roster(again, **known))) == [("name", "ALREADY_MEMBER")]
        named = row({**NEW, "former_member_no": "14-0031"})
        assert refusals(plan(named, roster(former(), again))) == [("personId", "ALREADY_MEMBER")]

    def test_the_dead(self) -> None:
        dead = member(State.DECEASED, member_no="14-0031", term=14, person_id="p-14-0031")
        values = {**NEW, "name": "陆晓芸", "former_member_no": "14-0031"}
        assert refusals(plan(row(values), roster(dead))) == [("personId", "PERSON_DECEASED")]

    def test_every_missing_field_is_named(self) -> None:
        assert refusals(plan(of("15-0200"), roster())) == [
            (name, "INVALID_INPUT") for name in ("name", "gender", "sector", "affiliation")
        ]

    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({"member_no": "14-0200"}, ("memberNo", "MEMBER_NO_UNFIT")),
            ({"sector": "33"}, ("sector", "SECTOR_UNFIT")),
            ({"committees": ["com-old"]}, ("committees", "GROUP_UNFIT")),
            (
                {"committees": ["com-economy", "com-urban", "com-study"]},
                ("committees", "TOO_MANY_COMMITTEES"),
            ),
            ({"town": "town-none"}, ("town", "GROUP_UNFIT")),
            ({"work_unit_id": "com-economy"}, ("workUnitId", "GROUP_UNFIT")),
            ({"posts": [{"post": "CONVENER"}]}, ("posts", "POST_UNFIT")),
            (
                {"posts": [{"post": "CHAIR"}, {"post": "VICE_CHAIR"}]},
                ("posts", "POST_UNFIT"),
            ),
        ],
    )
    def test_what_the_aggregates_refuse(
        self, changes: dict[str, Any], found: tuple[str, str]
    ) -> None:
        assert refusals(plan(row({**NEW, **changes}), roster())) == [found]

    def test_a_closed_term(self) -> None:
        closed = roster()
        closed.term.state = TermState.CLOSED
        assert refusals(plan(row(NEW), closed)) == [(None, "TERM_CLOSED")]


class TestKnown:
    def test_only_what_differs_is_changed(self) -> None:
        same = {"name": "陆晓芸", "sector": "22", "committees": ["com-economy", "com-urban"]}
        found = plan(of(LU, **same, title="经理", phone="13812340088"), roster(member()))
        changes = {"phone": "13812340088", "title": "经理"}
        assert found == Plan(
            Action.CHANGED, "m-15-0088", ("phone", "title"), (Step(Do.CHANGE_PROFILE, changes),)
        )

    def test_nothing_differs(self) -> None:
        values = {"joined_via": "TERM_START", "joined_on": "2017-01-01T00:00:00+08:00", "posts": []}
        assert plan(of(LU, **values), roster(member())) == Plan(Action.UNCHANGED, "m-15-0088")

    def test_a_post_in_the_only_group_of_its_kind(self) -> None:
        held = {"post": "TOWN_GROUP_HEAD", "organisation": "town-lili"}
        found = plan(of(LU, posts=[{"post": "TOWN_GROUP_HEAD"}]), roster(member()))
        assert found.steps == (Step(Do.CHANGE_POSTS, {"posts": [held]}),)
        unclear = plan(of(LU, posts=[{"post": "COMMITTEE_DIRECTOR"}]), roster(member()))
        assert refusals(unclear) == [("posts", "POST_UNFIT")]

    def test_a_director_moves_to_another_committee(self) -> None:
        old = Post(PostKind.COMMITTEE_DIRECTOR, "com-urban")
        standing = Post(PostKind.STANDING_MEMBER)
        new = Post(PostKind.COMMITTEE_DIRECTOR, "com-study")
        values = {"committees": ["com-study"], "posts": [standing.as_data(), new.as_data()]}
        found = plan(of(LU, **values), roster(member(posts=[standing, old])))
        assert found.steps == (
            Step(Do.CHANGE_POSTS, {"posts": [standing.as_data()]}),
            Step(Do.CHANGE_PROFILE, {"committees": ["com-study"]}),
            Step(Do.CHANGE_POSTS, {"posts": values["posts"]}),
        )
        assert found.fields == ("committees", "posts")
        left = plan(of(LU, committees=["com-study"]), roster(member(posts=[old])))
        assert refusals(left) == [("posts.0.organisation", "POST_UNFIT")]

    @pytest.mark.parametrize(
        ("values", "found"),
        [
            ({"joined_via": "CO_OPTED"}, ("joinedOn", "JOIN_DATE_UNFIT")),
            ({"joined_on": "2017-02-01T00:00:00+08:00"}, ("joinedOn", "JOIN_DATE_UNFIT")),
            ({"former_member_no": "14-0031"}, ("formerMemberNo", "PERSON_UNFIT")),
        ],
    )
    def test_what_is_fixed(self, values: dict[str, Any], found: tuple[str, str]) -> None:
        assert refusals(plan(of(LU, **values), roster(member(), former()))) == [found]

    def test_the_own_former_number_is_no_problem(self) -> None:
        own = former()
        own.person_id = "p-15-0088"
        found = plan(of(LU, former_member_no="14-0031"), roster(member(), own))
        assert found.action is Action.UNCHANGED

    def test_a_member_of_another_term(self) -> None:
        found = plan(of("14-0031", title="经理"), roster(former()))
        assert refusals(found) == [("memberNo", "MEMBER_NO_UNFIT")]

    @pytest.mark.parametrize("state", [State.RESIGNED, State.REVOKED, State.REJECTED])
    def test_who_has_left(self, state: State) -> None:
        found = plan(of(LU, title="经理"), roster(member(state)))
        assert refusals(found) == [("memberNo", "MEMBER_STATE_UNFIT")]

    def test_a_nominee_has_a_profile_but_no_posts(self) -> None:
        assert plan(of(LU, title="经理"), roster(nominee())).action is Action.CHANGED
        posts = [{"post": "STANDING_MEMBER"}]
        assert refusals(plan(of(LU, posts=posts), roster(nominee()))) == [
            (None, "MEMBER_STATE_UNFIT")
        ]


class TestOrder:
    def test_a_number_that_comes_twice(self) -> None:
        first, second = plan_all([row(NEW), row({**NEW, "name": "陆晓芸"}, 3)], roster())
        assert first.action is Action.NEW
        assert refusals(second) == [("memberNo", "IMPORT_ROW_REPEATED")]

    def test_one_person_in_two_rows(self) -> None:
        rows = [row(NEW), row({**NEW, "member_no": "15-0201"}, 3)]
        assert refusals(plan_all(rows, roster())[1]) == [("name", "ALREADY_MEMBER")]

    def test_an_error_leaves_nothing_behind(self) -> None:
        rows = [row({**NEW, "sector": "33"}), row({**NEW, "member_no": "15-0201"}, 3)]
        assert [each.action for each in plan_all(rows, roster())] == [Action.ERROR, Action.NEW]

    def test_a_post_is_free_once_an_earlier_row_has_given_it_up(self) -> None:
        chair = Post(PostKind.CHAIR)
        holder = member(posts=[chair])
        take = row({**NEW, "posts": [chair.as_data()]}, 3)
        give = of(LU, posts=[])
        assert refusals(plan(take, roster(holder))) == [("posts", "POST_TAKEN")]
        assert [p.action for p in plan_all([give, take], roster(holder))] == [
            Action.CHANGED,
            Action.NEW,
        ]
        assert refusals(plan_all([take, give], roster(holder))[0]) == [("posts", "POST_TAKEN")]

    def test_problems_of_reading_stand_first(self) -> None:
        misread = {"code": "SECTOR_UNFIT", "field": "sector", "message": "没有此界别"}
        found = plan(SheetRow(2, NEW, (misread,)), roster())
        assert refusals(found) == [("sector", "SECTOR_UNFIT")]


def test_planning_leaves_the_memberships_as_they_are() -> None:
    lu = member()
    known = roster(lu)
    plan(of(LU, sector="04", sector_group=None), known)
    assert (lu.placement.sector, lu.events) == ("22", [])
    planned = known.memberships[lu.id]
    assert isinstance(planned.placement, Placement)
    assert (planned.placement.sector, planned.placement.organisations) == ("04", ("org-minjian",))
    assert (lu.joined_via, lu.joined_on) == (JoinedVia.TERM_START, TERM_START)


class TestWarnings:
    """What somebody should look at; it stops nothing."""

    def warned(self, found: Plan) -> list[tuple[str | None, str]]:
        return [(item["field"], item["code"]) for item in found.warnings]

    def test_a_name_that_is_known(self) -> None:
        known = member(name="沈建国", gender="MALE")
        found = plan(row(NEW), roster(known, p_15_0088={"birth_date": "1969-01-01"}))
        assert found.action is Action.NEW
        assert self.warned(found) == [("name", "NAME_KNOWN")]
        assert known.member_no in found.warnings[0]["message"]

    def test_a_name_twice_in_the_sheet(self) -> None:
        rows = [row(NEW), row({**NEW, "member_no": "15-0201", "birth_date": "1980-01-01"}, 3)]
        first, second = plan_all(rows, roster())
        assert (self.warned(first), self.warned(second)) == ([], [("name", "NAME_KNOWN")])

    def test_none_for_whom_the_row_says(self) -> None:
        assert self.warned(plan(of(LU, name="陆晓芸"), roster(member()))) == []
        returning = row({**NEW, "former_member_no": "14-0031"})
        assert self.warned(plan(returning, roster(former()))) == []

    def test_a_row_that_is_hidden(self) -> None:
        found = plan(SheetRow(2, dict(NEW), hidden=True), roster())
        assert (found.action, self.warned(found)) == (Action.NEW, [(None, "ROW_HIDDEN")])
