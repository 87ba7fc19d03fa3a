"""Facts of the members service: twice, late, out of order, and on replay."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.proposals.commands import cosigning, drafting
from services.proposals.domain import errors
from services.proposals.domain.refusal import Disposition, NotFiledReason
from services.proposals.reactions import (
    member_left,
    note_letter,
    note_member,
    note_session,
    verify_promises,
)
from services.proposals.service import REACTIONS
from shared.clock import SHANGHAI
from shared.contracts import sample_event
from shared.messaging.events import Event
from shared.persistence.database import replaying
from tests.unit.proposals.commands import handling as steps
from tests.unit.proposals.commands import scenes
from tests.unit.proposals.commands.world import (
    LU,
    QIAN,
    SHEN,
    START,
    World,
    id_of,
)

MOVED = datetime(2017, 2, 12, 17, tzinfo=SHANGHAI)


def of_member(event_type: str, version: int, member_id: str, sector: str = "22") -> Event:
    groups = {"sector": sector, "committees": []}
    return sample_event(
        "members",
        event_type,
        subject=member_id,
        version=version,
        member_id=member_id,
        groups=groups,
    )


def scheduled(version: int, cut_off_at: datetime, no: int = 1) -> Event:
    return sample_event(
        "members", "session_scheduled", version=version, no=no, cut_off_at=cut_off_at.isoformat()
    )


def left(member: Any = SHEN, event_type: str = "member_resigned", version: int = 5) -> Event:
    return of_member(event_type, version, id_of(member))


def signature(world: World, key: str, member: Any = SHEN) -> str | None:
    found = world.proposal(key).cosignature_of(id_of(member))
    return found.state if found else None


def standing(world: World) -> Any:
    members, sessions = world.directory.members, world.directory.sessions
    return copy.deepcopy((world.proposals.documents, world.proposals.events, members, sessions))


# -- group codes and sessions --------------------------------------------------------------


@pytest.mark.parametrize(
    "event_type",
    [
        "member_appointed",
        "member_profile_changed",
        "member_post_changed",
        "member_suspended",
        "member_reinstated",
    ],
)
def test_groups_are_kept_and_stand_on_the_next_draft(world: World, event_type: str) -> None:
    event = of_member(event_type, 3, id_of(LU), "04")
    note_member(event, world.desk)
    [(member_id, row)] = world.directory.members.items()
    assert (member_id, row["version"], row["state"]) == (id_of(LU), 3, event.data["state"])
    assert world.proposal(world.draft()).groups == {"sector": "04", "committees": []}


@pytest.mark.parametrize("versions", [(3, 4), (4, 3), (3, 3, 4), (4, 3, 4)])
def test_the_newest_state_of_a_member_wins_in_any_order(
    world: World, versions: tuple[int, ...]
) -> None:
    for version in versions:
        event = of_member("member_profile_changed", version, id_of(LU), f"{version:02d}")
        note_member(event, world.desk)
    assert world.directory.groups(id_of(LU)) == {"sector": "04", "committees": []}


def test_a_draft_that_stands_keeps_its_groups(world: World) -> None:
    key = world.draft()
    note_member(of_member("member_profile_changed", 3, id_of(LU), "04"), world.desk)
    assert world.proposal(key).groups == {}


@pytest.mark.parametrize("versions", [(1, 2), (2, 1), (2, 1, 2)])
def test_the_newest_dates_of_a_session_win_in_any_order(
    world: World, versions: tuple[int, ...]
) -> None:
    world.directory.sessions.clear()
    dates = {1: MOVED - timedelta(days=3), 2: MOVED}
    for version in versions:
        note_session(scheduled(version, dates[version]), world.desk)
    session = world.directory.session_at(START)
    assert list(world.directory.sessions) == ["15-1"]
    assert (session.term, session.no, session.cut_off_at) == (15, 1, MOVED)
    assert session.opens_at == datetime(2016, 11, 7, tzinfo=SHANGHAI)


def test_sessions_stand_beside_each_other(world: World) -> None:
    note_session(scheduled(1, MOVED, no=2), world.desk)
    assert sorted(world.directory.sessions) == ["15-1", "15-2"]


# -- a member left (decision 17) -----------------------------------------------------------

# How the co-signer stands before and after leaving, and what is recorded.
RELEASES: dict[str, tuple[Callable[[World], str], str, list[str]]] = {
    "invited": (lambda w: w.invited(SHEN), "CANCELLED", ["proposal_cosign_cancelled"]),
    "confirmed": (lambda w: w.joint(SHEN), "WITHDRAWN", ["proposal_cosign_withdrawn"]),
    "submitted, one of two": (
        lambda w: w.submitted(w.joint(SHEN, QIAN)),
        "WITHDRAWN",
        ["proposal_cosign_withdrawn"],
    ),
    "submitted, the only one": (
        lambda w: w.submitted(w.joint(SHEN)),
        "WITHDRAWN",
        ["proposal_cosign_withdrawn", "proposal_cosign_shortfall_opened"],
    ),
    "under review, the only one": (
        lambda w: w.under_review(w.joint(SHEN)),
        "WITHDRAWN",
        ["proposal_cosign_withdrawn", "proposal_cosign_shortfall_opened"],
    ),
    "filed": (lambda w: w.filed(w.joint(SHEN)), "CONFIRMED", []),
}


@pytest.mark.parametrize("situation", list(RELEASES))
def test_what_is_not_filed_loses_the_signature_once(world: World, situation: str) -> None:
    prepare, state, events = RELEASES[situation]
    key = prepare(world)
    before = len(world.events())
    member_left(left(), world.desk)
    assert signature(world, key) == state
    assert world.events()[before:] == events
    after = standing(world)
    member_left(left(), world.desk)
    assert standing(world) == after


@pytest.mark.parametrize(
    "event_type", ["member_resigned", "member_revoked", "member_deceased", "member_term_ended"]
)
def test_every_way_of_leaving_releases_everywhere(world: World, event_type: str) -> None:
    first, second, own = world.joint(SHEN), world.joint(SHEN, QIAN), world.draft(SHEN)
    member_left(left(event_type=event_type), world.desk)
    assert [signature(world, key) for key in (first, second)] == ["WITHDRAWN", "WITHDRAWN"]
    assert signature(world, second, QIAN) == "CONFIRMED"
    assert world.proposal(own).version == 1


def test_the_first_proposer_gets_three_working_days_from_when_it_is_known(world: World) -> None:
    key = world.submitted(world.joint(SHEN))
    world.clock.advance(timedelta(days=1))  # the event comes late
    member_left(left(), world.desk)
    shortfall = world.proposal(key).shortfall
    assert shortfall is not None
    assert shortfall.decide_by == datetime(2017, 2, 10, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize("answer", [cosigning.decline_cosignature, cosigning.confirm_cosignature])
def test_a_signature_that_has_ended_stays_as_it_ended(
    world: World, answer: Callable[..., Any]
) -> None:
    key = world.invited(SHEN)
    world.run(answer, SHEN, key)
    if answer is cosigning.confirm_cosignature:
        world.run(cosigning.withdraw_cosignature, SHEN, key)
    before = world.proposal(key)
    member_left(left(), world.desk)
    assert world.proposal(key) == before


def test_a_text_that_waits_for_a_new_confirmation_loses_the_signature_too(world: World) -> None:
    key = world.joint(SHEN)
    world.run(drafting.save_draft, LU, **{"proposal_id": key, "analysis": "修改"})
    assert signature(world, key) == "RECONFIRM_NEEDED"
    member_left(left(), world.desk)
    assert signature(world, key) == "WITHDRAWN"


def test_an_older_profile_after_the_leaving_does_not_bring_the_member_back(world: World) -> None:
    member_left(left(version=5), world.desk)
    note_member(of_member("member_profile_changed", 4, id_of(SHEN), "04"), world.desk)
    assert world.directory.members[id_of(SHEN)]["state"] == "RESIGNED"


def test_a_leaving_after_newer_snapshots_still_releases(world: World) -> None:
    """Decision 4: the leaving is a fact of its own, never skipped for being old."""
    key = world.joint(SHEN)
    note_member(of_member("member_profile_changed", 9, id_of(SHEN), "04"), world.desk)
    member_left(left(version=5), world.desk)
    assert signature(world, key) == "WITHDRAWN"
    assert world.directory.groups(id_of(SHEN))["sector"] == "04"


def test_a_filing_between_finding_and_loading_keeps_the_signature(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = world.filed(world.joint(SHEN))
    monkeypatch.setattr(world.proposals, "signed_by", lambda member_id: [key])
    after = standing(world)
    member_left(left(version=1), world.desk)
    assert standing(world)[:2] == after[:2]


def test_a_replay_rebuilds_what_is_known_of_members_and_nothing_else(world: World) -> None:
    """Decision 6."""
    key = world.joint(SHEN)
    before = world.proposal(key)
    with replaying("replay-1"):
        member_left(left(), world.desk)
    assert world.directory.members[id_of(SHEN)]["state"] == "RESIGNED"
    assert world.proposal(key) == before


def test_what_follows_from_an_event_is_done_by_the_system_and_names_its_cause(
    world: World,
) -> None:
    world.joint(SHEN)
    event = left()
    member_left(event, world.desk)
    call = world.proposals.calls[-1]
    assert (call.actor.account_id, call.actor.role) == ("service:proposals", "SYSTEM")
    assert (call.causation_id, call.correlation_id) == (event.id, event.correlation_id)


# -- who resigned does not act (decision 62), what an inspection verified (decision 42) -----------


def reaction_to(event_type: str) -> Callable[..., None]:
    """As the service listens."""
    return REACTIONS[event_type]


def test_the_next_cosigner_judges_for_who_resigned(world: World) -> None:
    key = steps.replied(world)
    event = left(LU, "member_resigned")
    reaction_to(event.type)(event, world.desk)
    assert world.proposal(key).evaluator == id_of(SHEN)
    name, data = world.proposals.events[-1]
    assert (name, data["former"], data["member_id"]) == (
        "proposal_evaluator_changed",
        id_of(LU),
        id_of(SHEN),
    )
    before = standing(world)
    reaction_to(event.type)(event, world.desk)
    assert standing(world)[:2] == before[:2]
    with pytest.raises(errors.NotTheEvaluator):
        steps.evaluate(world, key, LU)
    steps.evaluate(world, key, SHEN)
    assert world.proposal(key).state == "CLOSED"


def test_who_left_with_the_term_still_judges_own_cases(world: World) -> None:
    """Decision 40."""
    key = steps.replied(world)
    event = left(LU, "member_term_ended")
    reaction_to(event.type)(event, world.desk)
    assert world.proposal(key).evaluator == id_of(LU)


def test_a_reported_inspection_keeps_the_promises_it_verified(world: World) -> None:
    key = steps.claimed(world)
    seen = [{"proposal_id": key, "commitments": [1]}]
    event = sample_event(
        "proposals", "inspection_reported", inspection_id="inspection-1", verified=seen
    )
    verify_promises(event, world.desk)
    [promise] = world.proposal(key).commitments
    assert (promise.status, promise.ground, promise.verified_by) == (
        "MET",
        "INSPECTION",
        "inspection-1",
    )
    before = standing(world)
    verify_promises(event, world.desk)
    assert standing(world) == before
    old = sample_event("proposals", "inspection_reported")
    del old.data["verified"]  # told before promises were verified
    verify_promises(old, world.desk)
    assert standing(world) == before


# -- the office's affair of a letter (decision 50) -----------------------------------------


def letter(world: World) -> str:
    own = {"reason": NotFiledReason.NF07, "disposition": Disposition.TO_LETTER}
    return scenes.referred(world, **own, reference_units=None)


def of_affair(event_type: str, key: str, no: int | None = 1) -> Event:
    return sample_event("office", event_type, proposal_id=key, letter_no=no)


@pytest.mark.parametrize(
    "events",
    [
        ("affair_raised", "affair_done"),
        ("affair_done", "affair_raised"),
        ("affair_raised", "affair_rejected", "affair_rejected"),
    ],
)
def test_a_letters_answer_comes_back_in_any_order(events: tuple[str, ...]) -> None:
    world = World()
    key = letter(world)
    for event_type in events:
        note_letter(of_affair(event_type, key), world.desk)
    referral = world.proposal(key).referral
    assert referral is not None
    answered = sample_event("office", "affair_done").occurred_on
    assert (referral.affair_id, referral.replied_at) == ("affair-1", answered)


@pytest.mark.parametrize("no", [None, 2])
def test_another_affair_about_the_proposal_changes_nothing(no: int | None) -> None:
    world = World()
    key = letter(world)
    before = standing(world)
    note_letter(of_affair("affair_done", key, no), world.desk)
    assert standing(world) == before
