"""The joint conference, its items, briefings (11.1–11.3, AC-17)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.liaison import reactions
from services.liaison.commands import briefings, conferences
from services.liaison.domain import errors
from services.liaison.domain.conferences import ItemKind, ItemState
from services.liaison.queries import conferences as reads
from shared.clock import SHANGHAI
from shared.days import day_after
from shared.errors import Forbidden
from tests.integration.liaison.desk import (
    LEADER,
    LU,
    MINJIAN,
    NOW,
    OFFICE,
    SHEN,
    SYSTEM,
    UNIT,
    ZHIGONG,
    House,
    meeting,
    member,
    record,
)

HELD_AT = datetime(2017, 3, 28, 9, tzinfo=SHANGHAI)
DUE = NOW + timedelta(days=30)


def planned(house: House, **changes: Any) -> str:
    plan: dict[str, Any] = {
        "no": 1,
        "title": "第一季度联席会议",
        "organiser": "office-general",
        "held_at": HELD_AT,
        "ends_at": None,
        "place": "区政协会议室",
        "participants": ("org-minjian", "org-zhigong", "org-gongshanglian"),
        "members": [SHEN],
        "agenda": ("通报工作", "听取意见"),
        **changes,
    }
    return str(house.do(conferences.plan_conference, OFFICE, **plan))


def raised(house: House, conference: str | None, by: Any = MINJIAN, **changes: Any) -> str:
    said: dict[str, Any] = {
        "conference_id": conference,
        "organisation": "org-minjian",
        "kind": ItemKind.ITEM,
        "title": "提前送达协商材料",
        "text": "建议会前两周送达。",
        **changes,
    }
    return str(house.do(conferences.raise_item, by, **said))


def state(house: House, conference: str) -> str:
    return str(house.desk.conferences.row(conference)["state"])


def test_it_asks_the_office_for_its_meeting_and_follows_it(house: House) -> None:
    id = planned(house)
    [asked] = house.told("conference_planned")
    assert (asked["meeting_id"], asked["kind"]) == (id, "JOINT_CONFERENCE")
    assert asked["units"] == ["org-minjian", "org-zhigong", "org-gongshanglian"]
    assert asked["invited"] == [{"member_id": SHEN, "role": "PARTICIPANT"}]
    at = HELD_AT.isoformat()
    notified = meeting(id, "meeting_notified", held_at=at)
    for _ in range(2):
        reactions.follow_meeting(notified, house.desk)
    assert state(house, id) == "NOTIFIED"
    moved = (HELD_AT + timedelta(days=2)).isoformat()
    reactions.follow_meeting(meeting(id, "meeting_rescheduled", held_at=moved), house.desk)
    assert house.desk.conferences.row(id)["held_at"].isoformat() == moved
    came = record(id, {SHEN: True, LU: False})
    for _ in range(2):
        reactions.take_presence(came, house.desk)
    reactions.follow_meeting(notified, house.desk)  # late news
    assert (state(house, id), house.desk.conferences.row(id)["attended"]) == ("HELD", [SHEN])
    house.do(conferences.close_conference, OFFICE, conference_id=id, minutes="纪要")
    assert state(house, id) == "CLOSED"


def test_news_of_an_earlier_version_move_nothing_back(house: House) -> None:
    """The notice, tried again, comes after the new date."""
    id = planned(house)
    later = (HELD_AT + timedelta(days=7)).isoformat()
    moved = meeting(id, "meeting_rescheduled", held_at=later, version=3)
    reactions.follow_meeting(moved, house.desk)
    notice = meeting(id, "meeting_notified", held_at=HELD_AT.isoformat(), version=2)
    reactions.follow_meeting(notice, house.desk)
    assert house.desk.conferences.row(id)["held_at"].isoformat() == later


def test_a_correction_may_come_before_the_record(house: House) -> None:
    id = planned(house)
    reactions.take_presence(record(id, {SHEN: False}, no=1, version=6), house.desk)
    reactions.take_presence(record(id, {SHEN: True, LU: True}), house.desk)
    assert house.desk.conferences.row(id)["attended"] == [LU]


def test_a_cancelled_meeting_cancels_it(house: House) -> None:
    id = planned(house)
    off = meeting(id, "meeting_cancelled", held_at=HELD_AT.isoformat(), reason="改为书面")
    reactions.follow_meeting(off, house.desk)
    assert state(house, id) == "CANCELLED"
    with pytest.raises(errors.WrongState):
        raised(house, id)
    with pytest.raises(errors.WrongState):
        house.do(conferences.set_conference_agenda, OFFICE, conference_id=id, agenda=["议题"])


def test_plans_that_make_no_sense_are_refused(house: House) -> None:
    for changes in (
        {"ends_at": HELD_AT},
        {"participants": ("org-minjian", "org-minjian")},
        {"members": ["m-15-9999"]},
    ):
        with pytest.raises(errors.ConferenceUnfit):
            planned(house, **changes)


def test_an_item_has_an_owner_a_date_an_answer_and_a_judgement(house: House) -> None:
    item = raised(house, planned(house))
    with pytest.raises(errors.WrongState):
        house.do(conferences.answer_item, OFFICE, item_id=item, answer="同意")
    with pytest.raises(errors.ItemUnfit):
        house.do(conferences.accept_item, OFFICE, item_id=item, owner="unit-slj", due_at=NOW)
    house.do(conferences.accept_item, OFFICE, item_id=item, owner="unit-slj", due_at=DUE)
    with pytest.raises(Forbidden):
        house.do(conferences.answer_item, ZHIGONG, item_id=item, answer="同意")
    house.do(conferences.answer_item, UNIT, item_id=item, answer="今后会前两周送达。")
    [answered] = house.told("conference_item_answered")
    assert (answered["owner"], answered["due_at"]) == ("unit-slj", DUE.isoformat())
    said = {"item_id": item, "satisfied": True, "comment": None}
    for other in (ZHIGONG, OFFICE):  # who did not raise it does not say satisfied
        with pytest.raises(Forbidden):
            house.do(conferences.close_item, other, **said)
    house.do(conferences.close_item, MINJIAN, **said)
    [row] = reads.items_by_ids(LEADER, house.desk, ids=[item])
    assert (row["state"], row["satisfied"]) == ("CLOSED", True)


def test_only_participants_raise_and_improvement_opinions_need_no_conference(
    house: House,
) -> None:
    id = planned(house)
    with pytest.raises(Forbidden):
        raised(house, id, ZHIGONG)  # in another's name
    with pytest.raises(errors.ItemUnfit):
        raised(house, id, OFFICE, organisation="org-minge")
    with pytest.raises(errors.ItemUnfit):
        raised(house, None)
    opinion = raised(house, None, kind=ItemKind.IMPROVEMENT)
    noted = raised(house, id, OFFICE)  # taken down for the party
    for item in (opinion, noted):
        assert reads.count_items(MINJIAN, house.desk, filter={"state": ItemState.RAISED}) == 2
        assert len(reads.items_by_ids(member(LU), house.desk, ids=[item])) == 1
        assert reads.items_by_ids(UNIT, house.desk, ids=[item]) == []


def test_an_item_is_called_overdue_once(house: House) -> None:
    item = raised(house, planned(house))
    house.do(conferences.accept_item, OFFICE, item_id=item, owner="office-general", due_at=DUE)
    conferences.call_overdue(SYSTEM, house.desk)
    assert house.told("conference_item_overdue") == []
    house.clock.at = day_after(DUE) - timedelta(seconds=1)
    conferences.call_overdue(SYSTEM, house.desk)
    assert house.told("conference_item_overdue") == []  # the day itself ends at its midnight
    house.clock.at = day_after(DUE)
    for _ in range(2):
        conferences.call_overdue(SYSTEM, house.desk)
    assert len(house.told("conference_item_overdue")) == 1
    house.do(conferences.answer_item, OFFICE, item_id=item, answer="已落实。")
    [row] = reads.items_by_ids(MINJIAN, house.desk, ids=[item])
    assert (row["state"], row["overdue"], row["may_close"]) == ("ANSWERED", True, True)


def test_a_briefing_shows_who_has_received_it(house: House) -> None:
    said: dict[str, Any] = {
        "title": "第一季度工作通报",
        "text": "正文",
        "recipients": ["org-minjian", "org-zhigong"],
        "files": ["file-1"],
    }
    with pytest.raises(errors.BriefingUnfit):
        twice = {**said, "recipients": ["org-minjian", "org-minjian"]}
        house.do(briefings.send_briefing, OFFICE, **twice)
    id = house.do(briefings.send_briefing, OFFICE, **said)
    for _ in range(2):
        house.do(briefings.receive_briefing, MINJIAN, briefing_id=id)
    with pytest.raises(errors.BriefingUnfit):
        house.do(briefings.receive_briefing, UNIT, briefing_id=id)
    [row] = reads.briefings_by_ids(OFFICE, house.desk, ids=[id])
    assert [(r["organisation_id"], r["received_at"]) for r in row["receipts"]] == [
        ("org-minjian", NOW),
        ("org-zhigong", None),
    ]
    [own] = reads.briefings_by_ids(ZHIGONG, house.desk, ids=[id])
    assert [r["organisation_id"] for r in own["receipts"]] == ["org-zhigong"]
    assert reads.briefings_by_ids(UNIT, house.desk, ids=[id]) == []
    house.do(briefings.urge_briefing, OFFICE, briefing_id=id)
    assert house.told("briefing_urged")[0]["organisations"] == ["org-zhigong"]
    house.do(briefings.receive_briefing, ZHIGONG, briefing_id=id)
    with pytest.raises(errors.BriefingUnfit):
        house.do(briefings.urge_briefing, OFFICE, briefing_id=id)
    assert [row["organisation"] for row in house.told("briefing_received")] == [
        "org-minjian",
        "org-zhigong",
    ]


def test_only_organisations_in_being_are_asked_or_told(house: House) -> None:
    """What is sent to nobody could never be received or answered."""
    house.organisation("org-old", is_active=False)
    said: dict[str, Any] = {"title": "工作通报", "text": "正文", "files": []}
    id = planned(house)
    item = raised(house, id)
    for unknown in ("org-old", "org-nobody"):
        with pytest.raises(errors.OrganisationUnknown) as refused:
            house.do(briefings.send_briefing, OFFICE, recipients=[unknown], **said)
        assert refused.value.field == "recipients"
        with pytest.raises(errors.OrganisationUnknown):
            planned(house, participants=(unknown,))
        with pytest.raises(errors.OrganisationUnknown):
            house.do(conferences.accept_item, OFFICE, item_id=item, owner=unknown, due_at=DUE)
        with pytest.raises(errors.OrganisationUnknown):
            raised(house, None, OFFICE, organisation=unknown, kind=ItemKind.IMPROVEMENT)
        with pytest.raises(errors.OrganisationUnknown):
            house.activity(organisers=["org-minjian", unknown])


def test_the_heir_of_a_merged_organisation_answers_what_it_was_to_answer(house: House) -> None:
    item = raised(house, planned(house))
    answered = raised(house, None, kind=ItemKind.IMPROVEMENT)
    for id in (item, answered):
        house.do(conferences.accept_item, OFFICE, item_id=id, owner="unit-slj", due_at=DUE)
    house.do(conferences.answer_item, UNIT, item_id=answered, answer="已办。")
    house.organisation("unit-heir")
    merged = {"is_active": False, "merged_into": "unit-heir"}
    for _ in range(2):
        house.organisation("unit-slj", version=2, **merged)
    owners = [row["owner"] for row in house.told("conference_item_accepted")]
    assert sorted(owners) == ["unit-heir", "unit-slj", "unit-slj"]
    assert house.desk.items.row(answered)["owner"] == "unit-slj"
    with pytest.raises(Forbidden):
        house.do(conferences.answer_item, UNIT, item_id=item, answer="已办。")


def test_what_a_dissolved_organisation_owed_is_the_offices_to_give_and_no_receipt_is_owed(
    house: House,
) -> None:
    item = raised(house, planned(house))
    house.do(conferences.accept_item, OFFICE, item_id=item, owner="unit-slj", due_at=DUE)
    sent = house.do(
        briefings.send_briefing,
        OFFICE,
        title="一季度工作通报",
        text="通报。",
        recipients=["org-minjian", "org-zhigong"],
        files=[],
    )
    for _ in range(2):
        house.organisation("unit-slj", version=2, is_active=False)
        house.organisation("org-zhigong", version=2, is_active=False)
    row = house.desk.items.row(item)
    assert (row["state"], row["owner"], row["due_at"]) == ("RAISED", None, None)
    assert len(house.told("conference_item_raised")) == 2
    house.do(conferences.accept_item, OFFICE, item_id=item, owner="org-minjian", due_at=DUE)
    house.do(briefings.urge_briefing, OFFICE, briefing_id=sent)
    assert house.told("briefing_urged")[0]["organisations"] == ["org-minjian"]
    [shown] = house.do(reads.briefings_by_ids, OFFICE, ids=[sent])
    assert [r["organisation_id"] for r in shown["receipts"]] == ["org-minjian"]
    assert (shown["recipients_count"], shown["received_count"]) == (1, 0)
