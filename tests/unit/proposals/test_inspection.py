"""Rules of an inspection."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.domain import appraisal_errors as errors
from services.proposals.domain.inspection import Finding, Inspection
from shared.clock import SHANGHAI

AT = datetime(2017, 5, 18, 9, tzinfo=SHANGHAI)
A, B = Finding("a", "水箱已更换", ("photo-1",)), Finding("b", "水质合格", ("photo-2",))


def inspection() -> Inspection:
    return Inspection(
        id="inspection-1",
        term=15,
        title="二次供水改造视察",
        held_at=AT,
        place="松陵街道",
        proposal_ids=("a", "b"),
        units=("unit-1",),
        participants=("m-1", "m-2"),
        account_id="account-staff",
    )


def held() -> Inspection:
    i = inspection()
    i.hold(["m-2", "m-3", "m-2"], AT, AT)
    return i


def test_who_came_takes_the_place_of_who_was_invited() -> None:
    i = held()
    assert i.participants == ("m-2", "m-3")
    name, data = i.events[-1]
    told = (name, data["participants"], data["occurrence_no"], data["held_on"])
    assert told == ("inspection_held", ["m-2", "m-3"], 1, AT)


def test_it_cannot_have_been_held_in_the_future() -> None:
    with pytest.raises(errors.InspectionUnfit):
        inspection().hold(["m-1"], AT + timedelta(minutes=1), AT)


@pytest.mark.parametrize("findings", [[A, A], [A, Finding("c", "另一件")]])
def test_findings_are_of_its_cases_each_once(findings: list[Finding]) -> None:
    with pytest.raises(errors.InspectionUnfit):
        held().save_findings(findings)


def test_the_report_needs_a_finding_of_each_case() -> None:
    i = held()
    i.save_findings([A])
    with pytest.raises(errors.InspectionUnfit):
        i.submit_report("办理到位", [], AT)
    i.save_findings([A, B])
    i.submit_report("办理到位", ["report-1"], AT)
    assert (i.state, i.report, i.files) == (
        "REPORTED",
        "办理到位",
        ("photo-1", "photo-2", "report-1"),
    )


def test_files_that_come_and_go_are_told_once() -> None:
    i = held()
    i.save_findings([A, B])
    i.tell_files()
    i.tell_files()
    i.save_findings([A])
    i.tell_files()
    told = [data for name, data in i.events if name == "inspection_files_changed"]
    assert [(row["attached"], row["detached"]) for row in told] == [
        (["photo-1", "photo-2"], []),
        ([], ["photo-2"]),
    ]


MOVES: dict[str, Any] = {
    "hold": lambda i: i.hold(["m-1"], AT, AT),
    "find": lambda i: i.save_findings([A, B]),
    "report": lambda i: i.submit_report("办理到位", [], AT),
    "cancel": lambda i: i.cancel("天气原因"),
}
STATES: dict[str, tuple[list[str], set[str]]] = {
    "PLANNED": ([], {"hold", "cancel"}),
    "CANCELLED": (["cancel"], set()),
    "HELD": (["hold", "find"], {"find", "report"}),
    "REPORTED": (["hold", "find", "report"], set()),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_what_each_state_lets_happen(state: str, move: str) -> None:
    steps, allowed = STATES[state]
    i = inspection()
    for step in steps:
        MOVES[step](i)
    assert i.state == state
    if move in allowed:
        MOVES[move](i)
    else:
        with pytest.raises(errors.WrongInspectionState):
            MOVES[move](i)
        assert i.state == state
