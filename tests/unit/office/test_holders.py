"""Who may hold which kind of meeting, and whose people have to come (decisions 46, 65)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from services.office import reactions
from services.office.commands import access, meetings
from services.office.commands.ports import Desk
from services.office.domain import answering, attendance
from services.office.domain import meeting_errors as errors
from services.office.domain.answers import AnswerState
from services.office.domain.attendance import Known, Seen, Statement
from services.office.domain.half_days import SHANGHAI, Hours
from services.office.domain.holders import HELD_BY
from services.office.domain.invitees import Invitee
from services.office.domain.meeting_states import MeetingKind, MeetingState
from services.office.domain.meetings import Meeting
from services.office.domain.planning import planned
from shared.actor import Actor, Role
from shared.call import Call
from shared.contracts import sample_event
from shared.contracts.groups import own_groups
from shared.errors import Forbidden
from shared.organisers import ORGANISES

AT = datetime(2017, 5, 4, 9, tzinfo=SHANGHAI)
HELD_AT = datetime(2017, 5, 25, 9, tzinfo=SHANGHAI)
LU, SHEN, QIAN, WU = "m-15-0088", "m-15-0031", "m-15-0140", "m-15-0150"
OFFICES_ALONE = {"PLENARY", "STANDING_COMMITTEE", "CHAIR_COUNCIL", "SECRETARY_GENERAL"}
ROLES = (Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR, *ORGANISES)


def holders(kind: MeetingKind) -> set[Role]:
    """Who may plan a meeting of this kind, of all organisers."""
    found = set()
    for role in (Role.OFFICE, *ROLES):
        try:
            access.require_holder(Actor("account-1", role, {}), kind)
        except Forbidden:
            continue
        found.add(role)
    return found


def test_each_kind_is_held_by_whom_decision_65_names() -> None:
    committees = {
        Role.PROPOSAL_STAFF,
        Role.PROPOSAL_DIRECTOR,
        Role.COMMITTEE_STAFF,
        Role.COMMITTEE_DIRECTOR,
    }
    own = {
        "COMMITTEE": committees,
        "TOWN": {Role.TOWN_STAFF, Role.TOWN_HEAD},
        "SECTOR": {Role.SECTOR_CONVENER},
        "JOINT_CONFERENCE": set(),
        **{kind: set() for kind in OFFICES_ALONE},
    }
    assert set(HELD_BY) == set(own)
    for kind in MeetingKind:
        assert holders(kind) == {Role.OFFICE} | own.get(kind, set(ROLES))


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_plans_a_plenary_or_turns_a_meeting_into_one(role: Role) -> None:
    scope = {kind: "org-1"} if (kind := ORGANISES.get(role)) else {}
    organiser = access.PROPOSAL_COMMITTEE if role in access.PRO else "org-1"
    call, desk = Call(Actor("account-1", role, scope), "c1"), cast(Desk, None)
    plan: dict[str, Any] = {"kind": MeetingKind.PLENARY, "held_at": HELD_AT}
    with pytest.raises(Forbidden):
        meetings.plan_meeting(
            call, desk, organiser=organiser, invited={}, details={}, papers=[], **plan
        )
    with pytest.raises(Forbidden):
        meetings.change_meeting(call, desk, meeting_id="meeting-1", kind=MeetingKind.PLENARY)


@pytest.mark.parametrize("fact", reactions.PLANS)
def test_no_service_asks_for_another_kind_than_its_own(fact: tuple[str, str]) -> None:
    with pytest.raises(errors.MeetingUnfit):
        reactions.plan_meeting(sample_event(*fact, kind="PLENARY"), cast(Desk, None))
    assert not set(reactions.PLANS[fact].kinds) & (OFFICES_ALONE | {"COMMITTEE", "TOWN", "SECTOR"})


def meeting(*invited: Invitee, mandatory: bool = True, kind: str = "TOWN") -> Meeting:
    made = planned(
        id="meeting-1",
        term=15,
        kind=kind,
        purpose={"service": "office", "id": "meeting-1"},
        organiser="town-lili",
        title="黎里镇工委会议",
        held_at=HELD_AT,
        place="黎里镇",
        mandatory=mandatory,
        half_days=1,
        ends_at=None,
        answer_by=None,
        created_by="account-1",
        invited=invited,
        answer_lead=timedelta(days=1),
        hours=Hours(),
        own_groups=(),
    )
    made.state = MeetingState.NOTIFIED
    return made


def test_guests_are_those_of_none_of_the_organisers_groups() -> None:
    made = meeting(*(Invitee(f"member:{id}") for id in (LU, SHEN, QIAN)))
    made.invited.append(Invitee("organisation:unit-slj"))
    groups = {LU: ["SECTOR:22", "TOWN:town-lili"], SHEN: ["TOWN:town-tongli"]}
    assert made.welcome(groups) is False  # the office asks: everybody is its own
    made.own_groups = tuple(own_groups("town-lili", None))
    assert made.welcome(groups) is True  # of QIAN nothing is known yet
    assert [invitee.guest for invitee in made.invited] == [False, True, False, False]
    made.own_groups = tuple(own_groups("org-minjian", "04"))
    assert made.welcome({**groups, QIAN: ["PARTY:04"]}) is True
    assert [invitee.guest for invitee in made.invited] == [True, True, False, False]


OWN, SITS_IN = Invitee(f"member:{LU}"), Invitee(f"member:{QIAN}", "OBSERVER")
GUEST, OTHER = Invitee(f"member:{SHEN}", guest=True), Invitee(f"member:{WU}", guest=True)


def test_a_guest_may_decline_what_others_must_come_to() -> None:
    made = meeting(OWN, GUEST, SITS_IN)
    for guest in (GUEST, SITS_IN):
        answering.decline(made, [guest.key], AT)
        assert made.answers[guest.key].state is AnswerState.DECLINED
    with pytest.raises(errors.AnswerUnfit):
        answering.decline(made, [OWN.key], AT)


def confirmed(
    made: Meeting, *said: Statement, came: tuple[str, ...] = (), known: Known | None = None
) -> dict[str, str]:
    """member → presence in the record that is told."""
    made.state = MeetingState.HELD
    seen = {id: Seen(frozenset({1})) for id in came}
    attendance.confirm(made, seen, said, known or Known(), "account-1", HELD_AT)
    return {row["member_id"]: row["status"] for row in made.events[-1][1]["rows"]}


def test_of_a_mandatory_meeting_guests_count_who_accepted_or_came() -> None:
    made = meeting(OWN, GUEST, OTHER, SITS_IN)
    answering.accept(made, [GUEST.key], AT)
    assert confirmed(made) == {LU: "ABSENT", SHEN: "ABSENT"}
    assert confirmed(meeting(OWN, GUEST, OTHER, SITS_IN), came=(WU,)) == {
        LU: "ABSENT",
        WU: "PRESENT",
    }


def test_who_declined_or_did_not_answer_takes_no_part_in_an_optional_meeting() -> None:
    invited = [Invitee(f"member:{id}") for id in (LU, SHEN, QIAN)]
    made = meeting(*invited, mandatory=False)
    answering.accept(made, [f"member:{LU}"], AT)
    answering.decline(made, [f"member:{SHEN}"], AT)
    assert confirmed(made, Statement(QIAN, "ABSENT")) == {LU: "ABSENT"}
    came = Statement(QIAN, "PRESENT")
    attendance.correct(made, [came], "补登", Known(), "account-1", HELD_AT)
    [row] = made.events[-1][1]["rows"]
    assert (row["member_id"], row["role"], row["occurrence_no"]) == (QIAN, "PARTICIPANT", 1)


def test_who_had_left_the_committee_is_missed_by_nobody() -> None:
    gone = Known(left=frozenset({LU, QIAN}))
    made = meeting(*(Invitee(f"member:{id}") for id in (LU, SHEN, QIAN)))
    assert confirmed(made, came=(QIAN,), known=gone) == {SHEN: "ABSENT", QIAN: "PRESENT"}


def test_the_record_says_who_is_a_standing_member() -> None:
    made = meeting(OWN, GUEST, kind="STANDING_COMMITTEE")
    confirmed(made, came=(LU, SHEN), known=Known(standing=frozenset({LU})))
    rows = made.events[-1][1]["rows"]
    assert [(row["member_id"], row["standing"]) for row in rows] == [(LU, True), (SHEN, False)]
