"""Each step of each record is possible in its states and refused in all others (2.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest

from services.liaison.domain import errors
from services.liaison.domain.activities import Activity, ActivityKind, ActivityState
from services.liaison.domain.balance import Ground
from services.liaison.domain.circles import Circle, CircleKind, CircleState
from services.liaison.domain.conferences import (
    Conference,
    ConferenceState,
    Item,
    ItemKind,
    ItemState,
)
from services.liaison.domain.contacts import Contact, Issue, IssueState, Way
from services.liaison.domain.homes import Duty, DutyState, Home, HomeState, Hours
from services.liaison.domain.leads import Lead, LeadState, Origin, Target
from services.liaison.domain.links import EndReason, Link, LinkPlan, LinkState, PlanState
from services.liaison.domain.participation import Part
from services.liaison.domain.ranks import Tier
from services.liaison.domain.receptions import (
    Booking,
    BookingState,
    Channel,
    Reception,
    ReceptionState,
    Visitor,
)
from services.liaison.domain.representatives import (
    Category,
    Private,
    RegisterState,
    Representative,
)
from shared.clock import SHANGHAI

AT = datetime(2017, 3, 15, 9, tzinfo=SHANGHAI)
LATER = AT + timedelta(days=30)
HOUR = timedelta(hours=1)


def activity(state: StrEnum) -> Activity:
    confirmed = state in (ActivityState.RUNNING, ActivityState.CLOSED)
    return Activity(
        id="a",
        term=15,
        year=2017,
        kind=ActivityKind.SURVEY,
        title="调查",
        topic="",
        organisers=("org-minjian",),
        applied_by="account",
        town=None,
        home_id=None,
        circle_id=None,
        held_at=LATER,
        ends_at=None,
        place="同里",
        location=None,
        text="",
        capacity=None,
        sign_up_by=LATER,
        groups=(),
        state=ActivityState(state),
        signed_up=("m-1",),
        parts={"m-1": Part(1, True)} if confirmed else {},
        confirmed_at=AT if confirmed else None,
    )


def home(state: StrEnum) -> Home:
    return Home(
        id="h",
        term=15,
        name="黎里镇委员之家",
        town="town-lili",
        address="人民路1号",
        location=None,
        phone="",
        hours=(Hours(3, "09:00", "11:30"),),
        members=("m-1",),
        sign="牌",
        duties="职责",
        process="流程",
        rules="制度",
        state=HomeState(state),
    )


def duty(state: StrEnum) -> Duty:
    return Duty(
        id="h:2017-03-15",
        term=15,
        year=2017,
        home_id="h",
        home_name="黎里镇委员之家",
        town="town-lili",
        on="2017-03-15",
        starts_at=AT,
        member_id="m-1",
        state=DutyState(state),
        parts={"m-1": Part(1, True)} if state == DutyState.DONE else {},
    )


def reception(state: StrEnum) -> Reception:
    return Reception(
        id="r",
        term=15,
        year=2017,
        home_id="h",
        home_name="黎里镇委员之家",
        town="town-lili",
        channel=Channel.VISIT,
        at=AT,
        matter="水箱",
        topic="二次供水",
        visitor=Visitor(),
        code="ABCDEFGHJKLM",
        state=ReceptionState(state),
        answer="答复" if state in (ReceptionState.ANSWERED, ReceptionState.CLOSED) else None,
    )


def booking(state: StrEnum) -> Booking:
    visitor, code = Visitor(), "ABCDEFGHJKLM"
    return Booking(
        "b", 15, "h", "家", "town-lili", "2017-03-15", AT, "", visitor, code, BookingState(state)
    )


def item(state: StrEnum) -> Item:
    return Item(
        id="i",
        term=15,
        year=2017,
        kind=ItemKind.ITEM,
        conference_id="c",
        organisation="org-minjian",
        title="材料",
        text="提前送达",
        raised_by="account",
        raised_at=AT,
        state=ItemState(state),
        due_at=LATER,
    )


def conference(state: StrEnum) -> Conference:
    return Conference(
        id="c",
        term=15,
        year=2017,
        no=1,
        title="联席会议",
        organiser="office-general",
        held_at=AT,
        ends_at=None,
        place="会议室",
        participants=("org-minjian",),
        invited=(),
        agenda=(),
        state=ConferenceState(state),
    )


def link(state: StrEnum) -> Link:
    opened = state != LinkState.ENDED
    return Link(
        id="l",
        term=15,
        tier=Tier.ORDINARY,
        plan_id="p",
        leader_id="m-10",
        member_id="m-1",
        ground=Ground.SECTOR,
        group="SECTOR:22",
        holds="m-1" if opened else None,
        state=LinkState(state),
    )


def plan(state: StrEnum) -> LinkPlan:
    return LinkPlan(
        "p", 15, Tier.ORDINARY, Ground.SECTOR, 1, (), "account", AT, state=PlanState(state)
    )


def contact(state: StrEnum) -> Contact:
    return Contact(
        id="k",
        term=15,
        link_id="l",
        leader_id="m-10",
        member_id="m-1",
        writer="m-10",
        way=Way.PHONE,
        on=AT,
        year=2017,
        place="",
        content="内容",
        follow_up="",
        shared_with=(),
        issues=(Issue(1, "水箱", IssueState(state)),),
        written_at=AT,
    )


def lead(state: StrEnum) -> Lead:
    return Lead(
        id="d",
        term=15,
        to=Target.OPINION,
        origin=Origin.RECEPTION,
        source_id="r",
        source_no=0,
        home_id="h",
        town="town-lili",
        topic="二次供水",
        title="水箱",
        text="未清洗",
        by="m-1",
        forwarded_at=AT,
        state=LeadState(state),
    )


def circle(state: StrEnum) -> Circle:
    kind, name = CircleKind.TOPIC, "小组"
    return Circle(
        "g", 15, kind, name, "", "", "com-economy", ("m-1",), AT, state=CircleState(state)
    )


def representative(state: StrEnum) -> Representative:
    return Representative(
        id="x",
        term=15,
        category=Category.NEW_SOCIAL,
        organisation="某协会",
        field_of_work="",
        town=None,
        keeper="m-1",
        consent=True,
        private=Private("王某"),
        listed_at=AT,
        state=RegisterState(state),
    )


A, H, D, R = ActivityState, HomeState, DutyState, ReceptionState
L, I, S = LinkState, ItemState, IssueState  # noqa: E741
Step = tuple[str, Callable[[StrEnum], Any], type[StrEnum], Callable[[Any], object], set[Any]]
STEPS: list[Step] = [
    (
        "activity: rewrite",
        activity,
        A,
        lambda a: a.rewrite({"text": "改"}, AT),
        {A.APPLIED, A.RETURNED},
    ),
    ("activity: decide", activity, A, lambda a: a.decide(True, None, ()), {A.APPLIED}),
    ("activity: sign up", activity, A, lambda a: a.sign_up("m-2", (), AT), {A.PUBLISHED}),
    ("activity: withdraw", activity, A, lambda a: a.withdraw("m-1", AT), {A.PUBLISHED}),
    (
        "activity: move",
        activity,
        A,
        lambda a: a.move(LATER + HOUR, None, None, None, None, "雨", AT),
        {A.PUBLISHED},
    ),
    ("activity: start", activity, A, lambda a: a.start(), {A.PUBLISHED}),
    (
        "activity: cancel",
        activity,
        A,
        lambda a: a.cancel("雨"),
        {A.APPLIED, A.RETURNED, A.PUBLISHED},
    ),
    (
        "activity: ask help",
        activity,
        A,
        lambda a: a.ask_help("com-economy", "名单", AT),
        {A.APPLIED, A.RETURNED, A.PUBLISHED},
    ),
    (
        "activity: correct",
        activity,
        A,
        lambda a: a.correct({"m-1": False}, "误", "account", AT),
        {A.RUNNING, A.CLOSED},
    ),
    ("activity: close", activity, A, lambda a: a.close("小结"), {A.RUNNING}),
    ("home: write", home, H, lambda h: h.write(name="家"), {H.PREPARING, H.OPEN, H.SUSPENDED}),
    ("home: open", home, H, lambda h: h.open(), {H.PREPARING, H.SUSPENDED}),
    ("home: suspend", home, H, lambda h: h.suspend("装修"), {H.OPEN}),
    ("home: close", home, H, lambda h: h.close("撤并"), {H.PREPARING, H.OPEN, H.SUSPENDED}),
    ("duty: give", duty, D, lambda d: d.give_to("m-2"), {D.PLANNED, D.CANCELLED}),
    ("duty: cancel", duty, D, lambda d: d.cancel(), {D.PLANNED}),
    ("duty: vacate", duty, D, lambda d: d.vacate(), {D.PLANNED}),
    ("duty: confirm", duty, D, lambda d: d.confirm(True, "account", AT), {D.PLANNED}),
    (
        "duty: correct",
        duty,
        D,
        lambda d: d.correct(d.state is D.MISSED, "误", "account", AT),
        {D.DONE, D.MISSED},
    ),
    (
        "reception: forward",
        reception,
        R,
        lambda r: r.forward(Target.OPINION, "d"),
        {R.RECEIVED, R.FORWARDED},
    ),
    ("reception: answer", reception, R, lambda r: r.reply("好"), {R.RECEIVED, R.FORWARDED}),
    ("reception: take an answer", reception, R, lambda r: r.take_answer("好"), set(R)),
    ("reception: close", reception, R, lambda r: r.close(), {R.ANSWERED}),
    ("booking: receive", booking, BookingState, lambda b: b.receive(), {BookingState.BOOKED}),
    ("booking: miss", booking, BookingState, lambda b: b.miss(AT), {BookingState.BOOKED}),
    ("booking: cancel", booking, BookingState, lambda b: b.cancel(), {BookingState.BOOKED}),
    ("item: accept", item, I, lambda i: i.accept("unit-slj", LATER, AT), {I.RAISED}),
    ("item: answer", item, I, lambda i: i.reply("好", AT), {I.ACCEPTED}),
    ("item: close", item, I, lambda i: i.close(True, None, AT), {I.ANSWERED}),
    (
        "conference: agenda",
        conference,
        ConferenceState,
        lambda c: c.set_agenda(["议题"]),
        {ConferenceState.PLANNED, ConferenceState.NOTIFIED},
    ),
    (
        "conference: close",
        conference,
        ConferenceState,
        lambda c: c.close("纪要"),
        {ConferenceState.HELD},
    ),
    ("link: start", link, L, lambda k: k.start(AT), {L.PROPOSED}),
    ("link: give", link, L, lambda k: k.give_to("m-11", Ground.TOWN, None), {L.PROPOSED}),
    (
        "link: end",
        link,
        L,
        lambda k: k.end(EndReason.REASSIGNED, AT),
        {L.PROPOSED, L.ACTIVE},
    ),
    (
        "plan: decide",
        plan,
        PlanState,
        lambda p: p.decide(True, None, "account", AT),
        {PlanState.PROPOSED},
    ),
    ("issue: convert", contact, S, lambda c: c.convert(1, "d", AT), {S.OPEN}),
    ("issue: answer", contact, S, lambda c: c.answer(1, "好", AT), {S.OPEN, S.CONVERTED}),
    ("issue: take an answer", contact, S, lambda c: c.take_answer(1, "好", AT), set(S)),
    ("issue: close", contact, S, lambda c: c.close(1, AT), {S.CONVERTED, S.ANSWERED}),
    ("lead: answer", lead, LeadState, lambda d: d.reply("好", None, AT), {LeadState.FORWARDED}),
    ("circle: join", circle, CircleState, lambda g: g.join("m-2"), {CircleState.OPEN}),
    ("circle: leave", circle, CircleState, lambda g: g.leave("m-1"), {CircleState.OPEN}),
    ("circle: close", circle, CircleState, lambda g: g.close(), {CircleState.OPEN}),
    (
        "representative: meet",
        representative,
        RegisterState,
        lambda x: x.meet(AT, "m-1", "了解情况"),
        {RegisterState.LISTED},
    ),
    (
        "representative: remove",
        representative,
        RegisterState,
        lambda x: x.remove(),
        {RegisterState.LISTED},
    ),
]


def cases() -> Iterator[Any]:
    for name, make, states, step, allowed in STEPS:
        for state in states:
            possible = state in allowed
            yield pytest.param(make, state, step, possible, id=f"{name} in {state}")


@pytest.mark.parametrize(("make", "state", "step", "possible"), list(cases()))
def test_a_step_is_for_its_states(
    make: Callable[[StrEnum], Any], state: StrEnum, step: Callable[[Any], object], possible: bool
) -> None:
    record = make(state)
    if possible:
        step(record)
    else:
        with pytest.raises(errors.WrongState):
            step(record)
        assert record == make(state)  # a refusal changes nothing


def test_an_activity_to_which_nobody_came_is_called_off_while_nobody_is_confirmed() -> None:
    held = activity(ActivityState.PUBLISHED)
    held.start()
    held.cancel("无人到场")
    assert held.state is ActivityState.CANCELLED


def test_a_visitor_is_not_missed_before_the_hour() -> None:
    booked = booking(BookingState.BOOKED)
    with pytest.raises(errors.BookingUnfit):
        booked.miss(AT - timedelta(minutes=1))


def test_a_published_activity_is_moved_and_who_signed_up_is_told() -> None:
    moved = activity(A.PUBLISHED)
    moved.move(LATER + HOUR, None, "盛泽", None, None, "场地检修", AT)
    assert (moved.held_at, moved.place, moved.sign_up_by) == (LATER + HOUR, "盛泽", LATER + HOUR)
    assert (moved.signed_up, moved.moves) == (("m-1",), 1)
    [(event, told)] = moved.events
    assert event == "activity_moved"
    assert (told["moved_from"], told["held_at"], told["place"], told["members"]) == (
        LATER,
        LATER + HOUR,
        "盛泽",
        ("m-1",),
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_at": AT}, "heldAt"),
        ({"held_at": LATER}, "heldAt"),
        ({"ends_at": LATER}, "endsAt"),
        ({"sign_up_by": LATER + HOUR + HOUR}, "signUpBy"),
    ],
)
def test_an_activity_is_not_moved_to_what_cannot_be(changes: Any, field: str) -> None:
    said = {"held_at": LATER + HOUR, "ends_at": None, "sign_up_by": None, **changes}
    with pytest.raises(errors.ActivityUnfit) as refused:
        activity(A.PUBLISHED).move(**said, place=None, location=None, reason="雨", at=AT)
    assert refused.value.field == field


def test_nobody_applies_with_a_sign_up_that_is_over() -> None:
    with pytest.raises(errors.ActivityUnfit) as refused:
        activity(A.APPLIED).apply(LATER)
    assert refused.value.field == "signUpBy"


def test_a_later_word_is_added_to_a_leads_answer_once() -> None:
    made = lead(LeadState.FORWARDED)
    made.reply("已编入社情民意信息报送。", "2017年第35期", AT)
    made.events.clear()
    later = AT + timedelta(days=30)
    assert made.add("opinion_result_given:opinion-1:1", "有关部门反馈：已完成改造。", later)
    assert not made.add("opinion_result_given:opinion-1:1", "有关部门反馈：已完成改造。", later)
    assert made.answer == "已编入社情民意信息报送。\n有关部门反馈：已完成改造。"
    assert (made.answered_at, made.reference) == (later, "2017年第35期")
    assert len(made.events) == 1


def test_a_result_that_comes_first_is_the_answer() -> None:
    made = lead(LeadState.FORWARDED)
    assert made.add("opinion_result_given:opinion-1:1", "有关部门反馈：已完成改造。", AT)
    assert (made.state, made.answer) == (LeadState.ANSWERED, "有关部门反馈：已完成改造。")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (IssueState.CONVERTED, "已完成改造"),
        (IssueState.ANSWERED, "已报送\n已完成改造"),
        (IssueState.CLOSED, "已报送"),
    ],
)
def test_what_comes_back_later_reaches_an_issue_until_it_is_closed(
    state: IssueState, expected: str
) -> None:
    made = contact(state)
    [issue] = made.issues
    made.issues = (replace(issue, answer="已报送"),)
    made.take_answer(issue.no, "已完成改造", AT)
    assert made.issues[0].answer == expected
    assert len(made.events) == (state is not IssueState.CLOSED)
