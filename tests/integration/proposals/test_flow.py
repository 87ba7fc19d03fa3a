"""The service as a process: from draft to filed, with what may go wrong on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared import contracts
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import AppError, DomainError, Forbidden, InvalidInput, NotFound, Unauthenticated
from shared.ids import new_id
from shared.messaging.events import Event, from_document
from tests.integration.proposals.conftest import NOW
from tests.stack import Document
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF, TEXT, World

UNITS = ["unit-zjj"]


@pytest.fixture
def lu(world: World) -> Actor:
    return world.members["陆晓芸"]


@pytest.fixture
def shen(world: World) -> Actor:
    return world.members["沈建国"]


@pytest.fixture
def qian(world: World) -> Actor:
    return world.members["钱文娟"]


def joint(world: World, lu: Actor, *cosigners: Actor) -> str:
    """A joint draft that these have confirmed."""
    key = str(world.draft(lu, proposer_type="JOINT")["id"])
    for cosigner in cosigners:
        world.call("invite_cosigner", lu, proposal_id=key, member_id=cosigner.member_id)
        world.call("confirm_cosignature", cosigner, proposal_id=key)
    return key


def filed(world: World, key: str) -> Document:
    world.call("start_review", STAFF, proposal_id=key)
    row: Document = world.call(
        "file_proposal", DIRECTOR, proposal_id=key, review_units=UNITS, one_matter=True
    )
    return row


def code_of(world: World, method: str, actor: Actor, **kwargs: Any) -> str:
    with pytest.raises(AppError) as caught:
        world.call(method, actor, **kwargs)
    return caught.value.code


def test_a_joint_proposal_is_filed_and_tells_each_step_once(
    world: World, lu: Actor, shen: Actor
) -> None:
    key = joint(world, lu, shen)
    world.call("submit_proposal", lu, proposal_id=key)
    row = filed(world, key)
    assert (row["state"], row["serial_no"][:6]) == ("FILED", "T16-1-")
    expected = [
        "proposal_cosign_invited",
        "proposal_cosign_confirmed",
        "proposal_submitted",
        "proposal_review_started",
        "proposal_filed",
    ]
    eventually(lambda: world.published(key) == expected)
    for document in world.stack.db("proposals")["event_log"].find({"subject": key}):
        event = from_document(document)
        contracts.validate("proposals", event.type, event.data)
        assert event.term == 16


def test_a_draft_is_its_authors_alone(world: World, lu: Actor, shen: Actor) -> None:
    key = world.draft(lu)["id"]
    assert [row["id"] for row in world.call("proposals_by_ids", lu, ids=[key])] == [key]
    for stranger in (shen, STAFF, DIRECTOR, OFFICE, PUBLIC_ACTOR):
        assert world.call("proposals_by_ids", stranger, ids=[key]) == []
    assert code_of(world, "save_draft", shen, proposal_id=key, title="x") == "NOT_FOUND"
    assert code_of(world, "submit_proposal", shen, proposal_id=key) == "NOT_FOUND"


def test_autosave_refuses_a_stale_device(world: World, lu: Actor) -> None:
    row = world.draft(lu)
    newer = world.call(
        "save_draft", lu, proposal_id=row["id"], expected_version=1, situation="新的情况"
    )
    assert newer["version"] == 2
    with pytest.raises(DomainError) as caught:
        world.call("save_draft", lu, proposal_id=row["id"], expected_version=1, situation="旧")
    assert (caught.value.code, caught.value.details) == ("STALE_DRAFT", {"version": 2})


def test_all_reasons_against_submitting_come_at_once(world: World, lu: Actor) -> None:
    key = world.draft(
        lu, title="供水", suggestions=[], declared=False, category=None, classified=True
    )["id"]
    with pytest.raises(DomainError) as caught:
        world.call("submit_proposal", lu, proposal_id=key)
    assert {item["code"] for item in caught.value.items} == {
        "V1_TITLE_FORM",
        "V3_INCOMPLETE",
        "V11_NOT_DECLARED",
        "V11_CLASSIFIED",
    }
    assert world.document(key)["serial_no"] is None


def test_the_same_command_twice_is_one_draft_and_one_number(world: World, lu: Actor) -> None:
    command = new_id()
    first = world.call("save_draft", lu, command_id=command, **TEXT)
    again = world.call("save_draft", lu, command_id=command, **TEXT)
    assert first["id"] == again["id"]
    other = {**TEXT, "title": "关于另一件完全不同的事情的建议"}
    assert code_of(world, "save_draft", lu, command_id=command, **other) == "COMMAND_ID_REUSED"
    submit = new_id()
    rows = [
        world.call("submit_proposal", lu, command_id=submit, proposal_id=first["id"])
        for _ in range(2)
    ]
    assert rows[0]["serial_no"] == rows[1]["serial_no"]
    assert rows[1]["revision"] == 1


def test_cosigners_who_confirm_at_the_same_moment_both_count(
    world: World, lu: Actor, shen: Actor, qian: Actor
) -> None:
    key = world.draft(lu, proposer_type="JOINT")["id"]
    for cosigner in (shen, qian):
        world.call("invite_cosigner", lu, proposal_id=key, member_id=cosigner.member_id)
    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda who: world.call("confirm_cosignature", who, proposal_id=key), (shen, qian)
            )
        )
    assert [c["state"] for c in world.document(key)["cosignatures"]] == ["CONFIRMED"] * 2


def test_numbers_have_no_gap_though_clerks_press_at_once(world: World, lu: Actor) -> None:
    keys = [world.draft(lu)["id"] for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        rows = list(pool.map(lambda key: world.call("submit_proposal", lu, proposal_id=key), keys))
    serials = sorted(int(row["serial_no"].rsplit("-", 1)[1]) for row in rows)
    assert serials == list(range(serials[0], serials[0] + 6))
    for key in keys:
        world.call("start_review", STAFF, proposal_id=key)
    file = {"review_units": UNITS, "one_matter": True}
    with ThreadPoolExecutor(6) as pool:
        rows = list(
            pool.map(
                lambda key: world.call("file_proposal", DIRECTOR, proposal_id=key, **file), keys
            )
        )
    cases = sorted(int(row["case_no"].rsplit("-", 1)[1]) for row in rows)
    assert cases == list(range(cases[0], cases[0] + 6))


def test_a_refused_filing_uses_up_no_number(world: World, lu: Actor) -> None:
    keys = [world.draft(lu)["id"] for _ in range(2)]
    for key in keys:
        world.call("submit_proposal", lu, proposal_id=key)
        world.call("start_review", STAFF, proposal_id=key)
    first = world.call(
        "file_proposal", DIRECTOR, proposal_id=keys[0], review_units=UNITS, one_matter=True
    )["case_no"]
    refused = {"proposal_id": keys[1], "review_units": UNITS, "one_matter": False}
    assert code_of(world, "file_proposal", DIRECTOR, **refused) == "V2_ONE_MATTER"
    second = world.call("file_proposal", DIRECTOR, **{**refused, "one_matter": True})["case_no"]
    assert int(second[-3:]) == int(first[-3:]) + 1


def test_after_the_cut_off_a_proposal_is_regular_with_its_own_series(
    world: World, lu: Actor
) -> None:
    world.stack.move_clock(NOW + timedelta(days=4))
    key = world.draft(lu)["id"]
    world.call("submit_proposal", lu, proposal_id=key)
    row = filed(world, key)
    assert row["session_mark"] == "REGULAR"
    assert row["case_no"].startswith("16-1-P")
    assert row["case_title"].startswith("十六届一次会议平时第")


def test_a_changed_text_asks_the_cosigner_again_and_shows_the_difference(
    world: World, lu: Actor, shen: Actor
) -> None:
    key = joint(world, lu, shen)
    changed = [TEXT["suggestions"][0], "移交后统一收费", TEXT["suggestions"][2]]
    world.call("save_draft", lu, proposal_id=key, suggestions=changed)
    assert world.document(key)["cosignatures"][0]["state"] == "RECONFIRM_NEEDED"
    difference = world.call("signature_difference", shen, proposal_id=key)
    assert difference == [
        {
            "field": "suggestions.1",
            "before": TEXT["suggestions"][1],
            "after": "移交后统一收费",
        }
    ]
    assert code_of(world, "submit_proposal", lu, proposal_id=key) == "V6_TOO_FEW_COSIGNERS"
    world.call("confirm_cosignature", shen, proposal_id=key)
    assert world.call("signature_difference", shen, proposal_id=key) == []
    world.call("submit_proposal", lu, proposal_id=key)
    versions = world.call("text_versions", lu, proposal_id=key)
    assert [(v["no"], v["signers"]) for v in versions] == [(1, []), (2, [shen.member_id])]


def test_a_shortfall_that_nobody_decides_is_returned_once_by_the_system(
    world: World, lu: Actor, shen: Actor
) -> None:
    key = joint(world, lu, shen)
    world.call("submit_proposal", lu, proposal_id=key)
    world.call("start_review", STAFF, proposal_id=key)
    world.call("withdraw_cosignature", shen, proposal_id=key)
    file = {"proposal_id": key, "review_units": UNITS, "one_matter": True}
    assert code_of(world, "file_proposal", DIRECTOR, **file) == "SHORTFALL_OPEN"
    due = world.document(key)["shortfall"]["decide_by"]
    # Three working days later; MongoDB keeps UTC. The day ends at its midnight.
    assert due.replace(second=0, microsecond=0) == datetime(2022, 1, 14, 1, 0)
    world.stack.move_clock(NOW + timedelta(days=4))
    world.stack.stop("proposals")  # the due date outlives a restart
    world.stack.start("proposals")
    eventually(lambda: world.document(key)["state"] == "RETURNED")
    eventually(lambda: world.published(key).count("proposal_returned") == 1)
    assert world.document(key)["history"][-1]["role"] == "SYSTEM"


def test_a_filed_proposal_is_withdrawn_only_by_the_directors_decision(
    world: World, lu: Actor
) -> None:
    key = world.draft(lu)["id"]
    world.call("submit_proposal", lu, proposal_id=key)
    filed(world, key)
    assert code_of(world, "withdraw_proposal", lu, proposal_id=key) == "PROPOSAL_WRONG_STATE"
    world.call("request_withdrawal", lu, proposal_id=key, reason="情况已变化")
    with pytest.raises(Forbidden):
        world.call("decide_withdrawal", STAFF, proposal_id=key, agreed=True)
    row = world.call("decide_withdrawal", DIRECTOR, proposal_id=key, agreed=True)
    assert row["state"] == "WITHDRAWN"
    log = world.stack.db("proposals")["event_log"]
    (found,) = eventually(lambda: list(log.find({"subject": key, "type": "proposal_withdrawn"})))
    assert (found["data"]["was_filed"], found["data"]["occurrence_no"]) == (True, 1)


def test_a_paper_proposal_waits_for_the_member(world: World, lu: Actor) -> None:
    entry = {**TEXT, "member_id": lu.member_id, "scan": "file-1"}
    with pytest.raises(Forbidden):
        world.call("enter_on_behalf", DIRECTOR, **entry)
    key = world.call("enter_on_behalf", STAFF, **entry)["id"]
    assert code_of(world, "submit_proposal", lu, proposal_id=key) == "ENTRY_NOT_CONFIRMED"
    world.call("confirm_entry", lu, proposal_id=key)
    assert world.call("submit_proposal", lu, proposal_id=key)["state"] == "SUBMITTED"


def test_a_partys_proposal_needs_its_head(world: World) -> None:
    scope = {"organisation": "org-minjian"}
    staff, head = (
        Actor(f"account-{role}", role, scope) for role in (Role.ORG_STAFF, Role.ORG_HEAD)
    )
    stranger = Actor("account-other", Role.ORG_HEAD, {"organisation": "org-minmeng"})
    key = world.draft(staff, proposer_type="PARTY")["id"]
    assert code_of(world, "submit_proposal", staff, proposal_id=key) == "V8_NOT_SEALED"
    world.call("request_seal", staff, proposal_id=key)
    assert code_of(world, "confirm_seal", stranger, proposal_id=key) == "NOT_FOUND"
    with pytest.raises(Forbidden):
        world.call("confirm_seal", staff, proposal_id=key)
    world.call("confirm_seal", head, proposal_id=key)
    assert world.call("submit_proposal", staff, proposal_id=key)["state"] == "SUBMITTED"


def test_a_member_who_left_no_longer_cosigns(world: World, lu: Actor) -> None:
    leaving = world.member("顾梅", 900 + int(new_id()[:4], 16) % 9000, "08")
    key = joint(world, lu, leaving)
    world.stack.call(
        "members", "resign_member", OFFICE, member_id=leaving.member_id, reason="工作调动"
    )
    eventually(lambda: world.document(key)["cosignatures"][0]["state"] == "WITHDRAWN")
    assert code_of(world, "submit_proposal", lu, proposal_id=key) == "V6_TOO_FEW_COSIGNERS"


def test_an_event_of_a_member_twice_and_out_of_order_leaves_the_newest(world: World) -> None:
    def appointed(version: int, sector: str) -> Event:
        known = contracts.sample_event("members", "member_appointed").data["groups"]
        groups = {**known, "sector": sector}
        return contracts.sample_event(
            "members",
            "member_appointed",
            id=new_id(),
            subject="m-16-7777",
            member_id="m-16-7777",
            version=version,
            groups=groups,
        )

    for event in (appointed(5, "24"), appointed(3, "22"), appointed(5, "24")):
        world.stack.publish(event)
    known = world.stack.db("proposals")["members"]
    eventually(lambda: known.find_one({"_id": "m-16-7777", "version": 5}))
    marker = contracts.sample_event(
        "members", "member_appointed", id=new_id(), subject="m-16-7778", member_id="m-16-7778"
    )
    world.stack.publish(marker)
    eventually(lambda: known.find_one({"_id": "m-16-7778"}))
    row = known.find_one({"_id": "m-16-7777"})
    assert row is not None and row["groups"]["sector"] == "24"


def test_poison_does_not_stop_the_queue(world: World) -> None:
    queue = "proposals.dead"
    before = world.stack.queue_depth(queue)
    world.stack.publish_raw("members", "member_appointed", b"\xff poison")
    eventually(lambda: world.stack.queue_depth(queue) == before + 1)


@pytest.mark.parametrize(
    ("method", "field"),
    [
        ("save_draft", "title"),
        ("save_draft", "proposal_id"),
        ("save_draft", "situation"),
        ("submit_proposal", "proposal_id"),
        ("invite_cosigner", "member_id"),
        ("return_proposal", "comment"),
        ("file_proposal", "review_opinion"),
        ("withdraw_proposal", "reason"),
    ],
)
@pytest.mark.parametrize("operator", [{"$ne": None}, ["$where"]])
def test_operators_are_refused_in_text(
    world: World, lu: Actor, method: str, field: str, operator: Any
) -> None:
    actor = {"return_proposal": STAFF, "file_proposal": DIRECTOR}.get(method, lu)
    with pytest.raises(InvalidInput):
        world.call(method, actor, **{"proposal_id": "x", field: operator})


def test_operators_are_refused_in_filters(world: World, lu: Actor) -> None:
    for name in ("text", "serial_no", "case_no", "sector", "first_proposer"):
        with pytest.raises(InvalidInput):
            world.call("list_proposals", lu, filter={name: {"$gt": ""}})
    with pytest.raises(InvalidInput):
        world.call("list_proposals", lu, filter={"$where": "1"})


def test_a_visitor_may_do_nothing_but_read_what_is_open(world: World, lu: Actor) -> None:
    with pytest.raises(Unauthenticated):
        world.call("save_draft", PUBLIC_ACTOR, **TEXT)
    open_one, closed_one = (
        world.draft(lu, openness=openness, openness_reason="涉及企业", contact_phone="13800000000")
        for openness in ("OPEN", "CLOSED")
    )
    for draft in (open_one, closed_one):
        world.call("submit_proposal", lu, proposal_id=draft["id"])
        filed(world, draft["id"])
    keys = [open_one["id"], closed_one["id"]]
    (seen,) = world.call("proposals_by_ids", PUBLIC_ACTOR, ids=keys)
    assert seen["id"] == open_one["id"]
    assert {"contact_phone", "openness_reason", "history"} & set(seen) == set()
    assert len(world.call("proposals_by_ids", OFFICE, ids=keys)) == 2


def test_an_unknown_proposal_and_anothers_draft_answer_alike(
    world: World, lu: Actor, shen: Actor
) -> None:
    key = world.draft(lu)["id"]
    answers = []
    for proposal_id in (key, new_id()):
        with pytest.raises(NotFound) as caught:
            world.call("text_versions", shen, proposal_id=proposal_id)
        answers.append((caught.value.code, caught.value.message))
    assert answers[0] == answers[1]


def test_a_counter_is_set_once_and_before_its_use(world: World) -> None:
    place = {"term": 16, "session": 9, "kind": "SERIAL"}
    with pytest.raises(Forbidden):
        world.call("set_counter_start", STAFF, first=5, **place)
    assert world.call("set_counter_start", OFFICE, first=5, **place)["first"] == 5
    assert code_of(world, "set_counter_start", OFFICE, first=6, **place) == "COUNTER_IN_USE"


def test_similar_proposals_are_shown(world: World, lu: Actor) -> None:
    texts = {
        "title": "关于开发古镇蚕桑旅游的建议",
        "situation": "游客多在古镇停留半日，蚕桑文化少有人知。",
        "analysis": "缺少桑园体验线路。",
        "suggestions": ["设计蚕桑研学线路"],
    }
    key = world.draft(lu, **texts)["id"]
    found = world.call("similar_proposals", lu, text="古镇蚕桑旅游的线路", first=20)
    assert found[0]["id"] == key
    assert all(0 < row["likeness"] <= 1 for row in found)


def test_lists_are_paged_filtered_and_counted(world: World, lu: Actor, shen: Actor) -> None:
    topic = f"关于第{new_id()[:8]}号试验小区改造的建议"
    keys = [world.draft(lu, title=topic)["id"] for _ in range(3)]
    mine = {"mine": True, "states": ["DRAFT"], "text": topic}
    assert world.call("count_proposals", lu, filter=mine) == 3
    first = world.call("list_proposals", lu, filter=mine, first=2)
    assert first["has_next"] and "words" not in first["rows"][0]
    after = first["rows"][-1]["cursor"]
    rest = world.call("list_proposals", lu, filter=mine, first=2, after=after, fields=["title"])
    assert not rest["has_next"]
    assert {row["title"] for row in rest["rows"]} == {topic}
    assert {row["id"] for row in first["rows"] + rest["rows"]} == set(keys)
    assert world.call("count_proposals", shen, filter={"text": topic}) == 0

    world.call("save_draft", lu, proposal_id=keys[0], proposer_type="JOINT")
    world.call("invite_cosigner", lu, proposal_id=keys[0], member_id=shen.member_id)
    for filter, expected in (({"invited": True}, 1), ({"cosigned": True}, 0)):
        assert world.call("count_proposals", shen, filter={**filter, "text": topic}) == expected
    assert world.call("list_proposals", PUBLIC_ACTOR, filter={"text": topic})["rows"] == []
