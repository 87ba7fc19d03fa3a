"""Affairs on a real database: the shared list, hand-over, who sees what, the dispute of AC-06."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from services.office.commands import affairs
from services.office.domain import document_errors as errors
from services.office.domain.affairs import AffairKind
from services.office.domain.document_kinds import WorkOrder
from services.office.queries import work
from shared.actor import Role
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import Forbidden
from tests.integration.office.desk import (
    CHAIR,
    CLERK,
    CLERK_TWO,
    ECONOMY,
    LU,
    SHEN,
    UNIT,
    Office,
    Row,
    call,
    member,
    sent,
)
from tests.integration.office.papers import at_once, do, hear, know_organisations

GENERAL = "office-general"
RESEARCH = call(Role.INFO_EDITOR, "account-research")


@pytest.fixture(autouse=True)
def directory(office: Office) -> None:
    know_organisations(office)


def raised(office: Office, by: Call, **changes: Any) -> str:
    given: Row = {
        "kind": AffairKind.CAR,
        "title": "视察用车",
        "content": "8人",
        "office_id": None,
        "wanted_from": None,
        "wanted_until": None,
        "place": None,
        "people": 8,
        **changes,
    }
    return do(office, affairs.raise_affair, by, **given)


def row(office: Office, by: Call, affair_id: str) -> Row | None:
    rows = work.affairs_by_ids(by, office.desk, ids=[affair_id])
    return rows[0] if rows else None


def listed(desk: Office, by: Call, **asked: Any) -> list[str]:
    filter: Any = asked
    page = work.list_affairs(
        by, desk.desk, filter=filter, order_by=WorkOrder.NEWEST, first=20, after=None
    )
    return sorted(row["title"] for row in page["rows"])


def test_each_office_has_its_list_and_each_person_the_own(office: Office) -> None:
    raised(office, member(LU))
    raised(office, UNIT, title="领取会议材料", office_id="com-economy")
    assert listed(office, CLERK) == ["视察用车", "领取会议材料"]
    assert listed(office, CLERK, office="office-general") == ["视察用车"]
    assert listed(office, ECONOMY) == ["领取会议材料"]
    assert listed(office, RESEARCH) == []
    assert listed(office, member(LU)) == ["视察用车"]
    assert listed(office, member(SHEN)) == []
    assert listed(office, CHAIR, mine=True) == []


def test_two_clerks_who_accept_at_once_leave_one_handler(office: Office) -> None:
    affair = raised(office, member(LU))

    def accept(by: Call) -> str:
        try:
            return affairs.accept_affair(sent(by, "accept"), office.desk, affair_id=affair)
        except errors.WrongAffairState:
            return "refused"

    results = at_once(partial(accept, CLERK), partial(accept, CLERK_TWO))
    assert sorted(results) == sorted([affair, "refused"])
    assert len(office.told("affair_accepted")) == 1


def test_whoever_handed_it_over_still_sees_what_became_of_it(office: Office) -> None:
    affair = raised(office, member(LU), office_id="com-economy")
    with pytest.raises(errors.HandOverUnfit):
        do(
            office,
            affairs.hand_over_affair,
            ECONOMY,
            affair_id=affair,
            office_id="unit-slj",
            reason="不属本委",
        )
    over = {"affair_id": affair, "office_id": "office-research", "reason": "属研究室职责"}
    do(office, affairs.hand_over_affair, ECONOMY, **over)
    shown = row(office, ECONOMY, affair)
    assert shown is not None
    assert (shown["office_id"], shown["may_work"]) == ("office-research", False)
    with pytest.raises(Forbidden):
        do(office, affairs.accept_affair, ECONOMY, affair_id=affair)
    do(office, affairs.accept_affair, RESEARCH, affair_id=affair)
    do(office, affairs.start_affair, RESEARCH, affair_id=affair)
    do(office, affairs.finish_affair, RESEARCH, affair_id=affair, result="已提供")
    assert office.told("affair_done")[0]["raised_key"] == f"member:{LU}"


def test_only_who_raised_it_rates_it(office: Office) -> None:
    affair = raised(office, member(LU))
    do(office, affairs.accept_affair, CLERK, affair_id=affair)
    do(office, affairs.finish_affair, CLERK, affair_id=affair, result="已派车")
    rating = {"affair_id": affair, "stars": 5, "comment": None}
    with pytest.raises(Forbidden):
        do(office, affairs.rate_affair, CLERK, **rating)
    with pytest.raises(errors.AffairNotFound):
        do(office, affairs.rate_affair, member(SHEN), **rating)
    do(office, affairs.rate_affair, member(LU), **rating)
    assert office.told("affair_rated")[0]["stars"] == 5


def test_a_rejected_affair_names_the_reason(office: Office) -> None:
    affair = raised(office, member(LU))
    do(office, affairs.reject_affair, CLERK, affair_id=affair, reason="车辆已全部派出")
    assert office.told("affair_rejected")[0]["reason"] == "车辆已全部派出"


def test_ac_06_a_dispute_makes_one_three_side_meeting_task(office: Office) -> None:
    event = sample_event("proposals", "assignment_dispute_opened")
    hear(office, event, event, sample_event("proposals", "assignment_dispute_opened", version=9))
    page: Row = {"order_by": WorkOrder.NEWEST, "first": 20, "after": None}
    [found] = work.list_affairs(CLERK, office.desk, filter={}, **page)["rows"]
    assert (found["kind"], found["office_id"], found["proposal_id"]) == (
        "REQUEST",
        "office-general",
        "proposal-1",
    )
    assert len(office.told("affair_raised")) == 1


def test_a_proposal_that_became_a_letter_is_its_authors_affair(office: Office) -> None:
    """Decision 50: once for each not-filing; answered and rated like any other of the author's."""
    event = sample_event("proposals", "proposal_referred", disposition="TO_LETTER", unit=None)
    hear(office, event, event, sample_event("proposals", "proposal_referred"))
    page: Any = {"order_by": WorkOrder.NEWEST, "first": 20, "after": None}
    [found] = work.list_affairs(CLERK, office.desk, filter={}, **page)["rows"]
    assert (found["kind"], found["office_id"], found["raised_by"]) == ("LETTER", GENERAL, None)
    author = member(found["raised_key"].removeprefix("member:"))
    do(office, affairs.accept_affair, CLERK, affair_id=found["id"])
    do(office, affairs.finish_affair, CLERK, affair_id=found["id"], result="已答复")
    assert office.told("affair_done")[0]["letter_no"] == 1
    assert listed(office, author, mine=True) == [found["title"]]
    assert row(office, author, found["id"])["mine"] is True  # type: ignore[index]
    assert row(office, member(SHEN), found["id"]) is None
    do(office, affairs.rate_affair, author, affair_id=found["id"], stars=5, comment=None)
