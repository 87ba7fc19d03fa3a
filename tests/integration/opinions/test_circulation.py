"""Levels above, instructions, units and their results, good items."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.opinions.commands import circulating, editing
from services.opinions.domain import errors
from services.opinions.domain.states import (
    Form,
    InstructionLevel,
    Level,
)
from shared.clock import SHANGHAI
from tests.integration.opinions.desk import (
    CHAIR,
    EDITOR,
    HEIR_ID,
    OFFICER,
    OTHER_OFFICER,
    OTHER_UNIT_ID,
    PARTY_OFFICE,
    SUPERVISING,
    UNIT_ID,
    Bureau,
    call,
)


def test_levels_above_in_their_order(bureau: Bureau) -> None:
    opinion = bureau.issued()
    with pytest.raises(errors.NotSentUp):
        bureau.adopt(opinion)
    bureau.send_up(opinion)
    with pytest.raises(errors.Repeated):
        bureau.send_up(opinion)
    for level, form in (
        (Level.CITY, Form.SINGLE),
        (Level.PROVINCE, Form.COMBINED),
        (Level.NATION, Form.SINGLE),
    ):
        bureau.adopt(opinion, level, form)
    with pytest.raises(errors.Repeated):
        bureau.adopt(opinion)
    assert [(e["level"], e["form"]) for e in bureau.told("opinion_adopted")] == [
        ("CITY", "SINGLE"),
        ("PROVINCE", "COMBINED"),
        ("NATION", "SINGLE"),
    ]
    with pytest.raises(errors.Unfit):
        bureau.instruct(opinion, EDITOR)  # not delivered in the district
    bureau.instruct(opinion, EDITOR, level=InstructionLevel.PROVINCE)
    late = bureau.clock.at + timedelta(days=1)
    with pytest.raises(errors.Unfit):
        bureau.instruct(opinion, EDITOR, level=InstructionLevel.CITY, instructed_on=late)


def test_an_instruction_is_revoked_and_the_state_follows(bureau: Bureau) -> None:
    opinion = bureau.delivered()
    bureau.instruct(opinion)
    bureau.do(circulating.revoke_instruction, SUPERVISING, opinion, no=1, reason="登记有误")
    [revoked] = bureau.told("opinion_instruction_revoked")
    assert revoked["instruction_id"] == bureau.told("opinion_instructed")[0]["instruction_id"]
    assert bureau.state(opinion) == "DELIVERED"
    with pytest.raises(errors.Unfit):
        bureau.do(circulating.revoke_instruction, SUPERVISING, opinion, no=1, reason="登记有误")
    bureau.instruct(opinion)
    ids = {e["instruction_id"] for e in bureau.told("opinion_instructed")}
    assert len(ids) == 2


def test_a_late_instruction_opens_what_was_closed(bureau: Bureau) -> None:
    opinion = bureau.close(bureau.delivered())
    assert bureau.record(opinion).end == "DELIVERED"
    bureau.instruct(opinion)
    assert (bureau.state(opinion), bureau.record(opinion).end) == ("INSTRUCTED", None)
    bureau.close(opinion)
    assert bureau.told("opinion_closed")[-1]["end"] == "INSTRUCTED"
    assert bureau.told("opinion_closed")[-1]["occurrence_no"] == 2


def test_several_units_each_give_their_result(bureau: Bureau) -> None:
    opinion = bureau.delivered()
    bureau.refer(opinion)
    with pytest.raises(errors.Repeated):
        bureau.refer(opinion)
    bureau.refer(opinion, OTHER_UNIT_ID)
    with pytest.raises(errors.Unfit):
        bureau.refer(opinion, PARTY_OFFICE + "-none")
    bureau.answer(opinion)
    assert bureau.state(opinion) == "REFERRED"
    bureau.do(circulating.decline_referral, OTHER_OFFICER, opinion, reason="不属本单位职责")
    assert bureau.state(opinion) == "RESULT_GIVEN"
    with pytest.raises(errors.Unfit):
        bureau.answer(opinion, OTHER_OFFICER)
    bureau.refer(opinion, HEIR_ID)
    assert bureau.state(opinion) == "REFERRED"


def test_a_unit_that_is_no_more_hands_on_what_it_had_to_answer(bureau: Bureau) -> None:
    opinion, other = bureau.delivered(), bureau.delivered()
    bureau.refer(opinion)
    bureau.refer(other, OTHER_UNIT_ID)
    ended: dict[str, Any] = {"kind": "HANDLING_UNIT", "is_active": False}
    for _ in range(2):
        bureau.organisation(UNIT_ID, 2, **ended, merged_into=HEIR_ID)
        bureau.organisation(OTHER_UNIT_ID, 2, **ended)
    assert [r.unit for r in bureau.record(opinion).referrals] == [HEIR_ID]
    assert bureau.told("opinion_referred")[-1]["former"] == UNIT_ID
    assert bureau.record(other).referrals[0].state == "DECLINED"
    assert len(bureau.told("opinion_referral_declined")) == 1
    bureau.answer(opinion, call(OFFICER.actor.role, "account-hbj", unit=HEIR_ID))


def test_the_years_good_items(bureau: Bureau) -> None:
    opinion = bureau.delivered()
    with pytest.raises(errors.Unfit):
        bureau.do(editing.decide_good, CHAIR, opinion, selected=True)
    bureau.do(editing.nominate_good, EDITOR, opinion)
    with pytest.raises(errors.Repeated):
        bureau.do(editing.nominate_good, EDITOR, opinion)
    bureau.do(editing.decide_good, CHAIR, opinion, selected=True)
    assert bureau.listed(EDITOR, good_year=2017) == [opinion]
    bureau.do(editing.decide_good, CHAIR, opinion, selected=False)
    assert [(e["selected"], e["revoked"]) for e in bureau.told("opinion_good_decided")] == [
        (True, False),
        (False, True),
    ]
    assert bureau.record(opinion).good is None


def test_an_item_out_of_its_time_is_refused(bureau: Bureau) -> None:
    opinion = bureau.delivered()
    past = datetime(2017, 2, 5, tzinfo=SHANGHAI)
    with pytest.raises(errors.Unfit):
        bureau.instruct(opinion, instructed_on=past)
    with pytest.raises(errors.Unfit):
        bureau.refer(opinion, due_on=past)
    with pytest.raises(errors.Unfit):
        bureau.do(circulating.deliver_opinion, EDITOR, opinion, to=[UNIT_ID], leaders="")
    with pytest.raises(errors.Repeated):
        bureau.deliver(opinion)
