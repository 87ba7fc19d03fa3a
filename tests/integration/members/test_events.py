"""Every change records exactly one event with the full state as codes, and no name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.members.cipher import DataCipher
from services.members.commands import departures, nominations, profiles
from services.members.domain.errors import MemberNoTaken
from services.members.domain.membership import JoinedVia
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind
from services.members.repository.migrations import states_with_organisations
from services.members.schemas.profiles import MemberProfileInput
from shared.actor import Role
from shared.errors import CommandIdReused
from tests.integration.members.roster_case import MASTER_KEYS, NOW, Case, call, command, post

LU: dict[str, Any] = {
    "name": "陆晓芸",
    "gender": "FEMALE",
    "phone": "13812340088",
    "sector": "22",
    "sector_group": "group-22",
    "committees": ["com-economy"],
    "town": "town-songling",
    "affiliation": Affiliation.MASSES,
    "inside_system": False,
}
GROUPS = {
    "sector": "22",
    "sector_group": "group-22",
    "committees": ["com-economy"],
    "town": "town-songling",
    "party": None,
    "organisations": [],
    "standing": False,
    "inside_system": False,
    "new": True,
}
FACTS: dict[str, Any] = {
    "member_id": "m-15-0088",
    "person_id": "p-15-0088",
    "member_no": "15-0088",
    "state": "ACTIVE",
    "joined_via": "TERM_START",
    "joined_on": "2017-01-01T00:00:00+08:00",
    "not_scored": False,
    "overseas": False,
    "posts": [],
    "groups": GROUPS,
}
ON = {"occurred_on": "2017-02-06T09:00:00+08:00"}


def test_a_nomination(case: Case) -> None:
    id = case.nominate(88, **LU)
    [event] = case.events(id)
    assert event["data"] == {
        **ON,
        **FACTS,
        "state": "NOMINATED",
        "joined_via": None,
        "joined_on": None,
    }
    assert (event["type"], event["subject"], event["term"], event["year"]) == (
        "member_nominated",
        "m-15-0088",
        15,
        2017,
    )
    assert (event["aggregateversion"], event["actor"]["role"]) == (1, "OFFICE")


def test_an_appointment(case: Case) -> None:
    id = case.member(88, **LU)
    assert case.types(id) == ["member_nominated", "member_appointed"]
    event = case.events(id)[-1]
    assert event["data"] == {**ON, **FACTS}
    assert event["aggregateversion"] == 2


def test_a_co_option_counts_from_its_own_day(case: Case) -> None:
    id = case.nominate(88, **LU)
    joined_on = NOW.replace(month=1, day=20)
    nominations.appoint_member(
        call(), case.roster, member_id=id, joined_via=JoinedVia.CO_OPTED, joined_on=joined_on
    )
    data = case.events(id)[-1]["data"]
    assert data == {
        **ON,
        **FACTS,
        "joined_via": "CO_OPTED",
        "joined_on": "2017-01-20T09:00:00+08:00",
    }


def test_a_party_member_with_posts(case: Case) -> None:
    id = case.member(
        31,
        post(PostKind.STANDING_MEMBER),
        post(PostKind.COMMITTEE_DIRECTOR, "com-economy"),
        name="沈建国",
        sector="04",
        sector_group="group-04",
        committees=["com-economy", "com-urban"],
        affiliation=Affiliation.MINJIAN,
        terms_served=3,
    )
    event = case.events(id)[-1]
    assert event["type"] == "member_post_changed"
    assert event["data"]["posts"] == [
        {"post": "STANDING_MEMBER"},
        {"post": "COMMITTEE_DIRECTOR", "organisation": "com-economy"},
    ]
    assert event["data"]["groups"] == {
        "sector": "04",
        "sector_group": "group-04",
        "committees": ["com-economy", "com-urban"],
        "town": None,
        "party": "04",
        "organisations": ["org-minjian"],
        "standing": True,
        "inside_system": None,
        "new": False,
    }


def end(case: Case, name: str) -> dict[str, Any]:
    """The event of one way to leave, from office."""
    id = case.member(88, **LU)
    given: dict[str, dict[str, Any]] = {
        "suspend_member": {"reason": "因病", "document_no": None},
        "resign_member": {"reason": "工作调动", "document_no": "吴政协发〔2017〕3号"},
        "revoke_member": {"reason": "违纪", "document_no": "吴政协发〔2017〕4号"},
        "record_death": {"died_on": date(2017, 2, 3)},
    }
    getattr(departures, name)(call(), case.roster, member_id=id, **given[name])
    return case.events(id)[-1]


@pytest.mark.parametrize(
    ("name", "event_type", "changes"),
    [
        ("suspend_member", "member_suspended", {"state": "SUSPENDED"}),
        (
            "resign_member",
            "member_resigned",
            {"state": "RESIGNED", "document_no": "吴政协发〔2017〕3号"},
        ),
        (
            "revoke_member",
            "member_revoked",
            {"state": "REVOKED", "document_no": "吴政协发〔2017〕4号"},
        ),
        (
            "record_death",
            "member_deceased",
            {"state": "DECEASED", "occurred_on": "2017-02-03T00:00:00+08:00"},
        ),
    ],
)
def test_leaving(case: Case, name: str, event_type: str, changes: dict[str, Any]) -> None:
    event = end(case, name)
    assert event["type"] == event_type
    assert event["data"] == {**ON, **FACTS, **changes}


def test_reinstatement_and_rejection(case: Case) -> None:
    id = case.member(88, **LU)
    departures.suspend_member(call(), case.roster, member_id=id, reason="因病", document_no=None)
    departures.reinstate_member(call(), case.roster, member_id=id, reason=None)
    assert case.types(id)[-2:] == ["member_suspended", "member_reinstated"]
    assert case.events(id)[-1]["data"] == {**ON, **FACTS}
    other = case.nominate(89)
    nominations.reject_nomination(call(), case.roster, member_id=other, reason="未获通过")
    assert case.types(other) == ["member_nominated", "member_rejected"]


def test_a_changed_profile_is_a_full_state(case: Case) -> None:
    id = case.member(88, **LU)
    changes: MemberProfileInput = {"town": "town-lili", "not_scored": True, "phone": "13912340088"}
    profiles.change_profile(call(), case.roster, member_id=id, changes=changes)
    event = case.events(id)[-1]
    assert event["type"] == "member_profile_changed"
    assert event["data"] == {
        **ON,
        **FACTS,
        "not_scored": True,
        "groups": {**GROUPS, "town": "town-lili"},
    }


def test_no_event_has_a_name_or_a_contact(case: Case) -> None:
    id = case.member(88, **LU)
    profiles.change_profile(call(), case.roster, member_id=id, changes={"name": "陆小芸"})
    departures.resign_member(call(), case.roster, member_id=id, reason="身体原因", document_no=None)
    text = str(case.events(id))
    for private in ("陆晓芸", "陆小芸", "13812340088", "FEMALE", "身体原因"):
        assert private not in text


def test_the_same_command_twice_is_one_change_and_one_event(case: Case) -> None:
    given: dict[str, Any] = {"member_no": "15-0088", "name": "陆晓芸", "gender": "FEMALE"}
    more = {"sector": "22", "affiliation": Affiliation.MASSES}
    first = nominations.nominate_member(command("c1", given), case.roster, **{**given, **more})
    again = nominations.nominate_member(command("c1", given), case.roster, **{**given, **more})
    assert (first, again, case.types(first)) == ("m-15-0088", "m-15-0088", ["member_nominated"])
    with pytest.raises(CommandIdReused):
        nominations.nominate_member(command("c1", {"other": 1}), case.roster, **{**given, **more})
    with pytest.raises(MemberNoTaken):
        nominations.nominate_member(command("c2", given), case.roster, **{**given, **more})


def test_events_name_the_acting_role(case: Case) -> None:
    id = case.member(88, **LU)
    [_, appointed] = case.events(id)
    assert appointed["actor"] == {
        "account": f"account-{Role.OFFICE.value.lower()}",
        "role": "OFFICE",
        "person": None,
        "member": None,
    }


def test_each_open_membership_tells_its_organisations_once_more(case: Case) -> None:
    open_id, ended_id = case.member(88, **LU), case.member(89, **{**LU, "name": "何卫国"})
    departures.resign_member(
        call(), case.roster, member_id=ended_id, reason="工作调动", document_no=None
    )
    before = {id: len(case.events(id)) for id in (open_id, ended_id)}
    for _ in range(2):
        states_with_organisations(case.database, NOW, DataCipher(lambda: MASTER_KEYS))
    [told] = case.events(open_id)[before[open_id] :]
    assert (told["type"], told["data"]["groups"]["organisations"]) == ("member_profile_changed", [])
    assert len(case.events(ended_id)) == before[ended_id]
