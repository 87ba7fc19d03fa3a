"""Every use case in its success path, by a stranger, and sent twice."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from services.proposals.domain import decisions
from services.proposals.domain.errors import NotActive, NotTheEvaluator
from shared.actor import Role
from shared.errors import CommandIdReused, NotFound
from tests.unit.proposals.commands import scenes
from tests.unit.proposals.commands.appraisal_scenes import APPRAISAL
from tests.unit.proposals.commands.handling_scenes import HANDLING
from tests.unit.proposals.commands.honour_scenes import HONOURS
from tests.unit.proposals.commands.test_matrix import MAY
from tests.unit.proposals.commands.tracking_scenes import FOLLOWING
from tests.unit.proposals.commands.world import (
    OTHER_LEADER,
    OTHER_OFFICER,
    OTHER_PARTY_HEAD,
    QIAN,
    World,
    in_the_next_term,
    staff,
)

SCENES = {**scenes.SCENES, **HANDLING, **FOLLOWING, **APPRAISAL, **HONOURS}
WITHOUT_COMMAND = {"ring_alarms", "note_votes", "remind_of_reports"}  # timers: no client sends them
SECRET = {"cast_ballot"}  # no fingerprint of a ballot is kept, so other content is not noticed
JUDGEMENTS = {"save_evaluation", "evaluate_reply"}  # who may not judge is told so: the case is seen
BEGINNINGS = {"save_draft", "enter_on_behalf"}  # these reach for no proposal
GUIDE = {"save_guide", "publish_guide"}
NOT_ON_A_PROPOSAL = {*BEGINNINGS, *WITHOUT_COMMAND, "set_counter_start", *APPRAISAL, *GUIDE}
OFFICIAL = {
    "start_review",
    "return_proposal",
    "file_proposal",
    "decide_withdrawal",
    "not_file_proposal",
    "decide_appeal",
    "confirm_appeal",
    "revoke_filing",
    "propose_assignment",
    "refuse_assignment",
    "assign_proposal",
    "add_unit",
    "urge_unit",
    "reopen_cosigning",
    "propose_swap",
    "object_to_decision",
    "answer_objection",
    "propose_verdict",
    "decide_reply_openness",
    "check_reply",
    "select_key",
    "deselect_key",
    "name_key_leader",
    "record_key_meeting",
    "appraise_key",
    "finish_key",
    "award_excellent",
    "revoke_award",
    "decide_plagiarism",
    "confirm_plagiarism",
    "merge_proposal",
    "name_lead",
    "decide_return",
    "decide_dispute",
    "decide_extension",
    "recognise_class",
    "carry_over",
    "reopen_proposal",
    "archive_proposal",
    "renew_commitment",
    "release_commitment",
    "recognise_commitment",
    "settle_supplement",
    "record_mediation",
    "close_escalated",
    "replace_dissolved_unit",
}
STRANGERS = {
    Role.MEMBER: QIAN,
    Role.COMMITTEE_STAFF: staff("legal", Role.COMMITTEE_STAFF, committee="com-legal"),
    Role.ORG_STAFF: staff("party-2", Role.ORG_STAFF, organisation="org-minjin"),
    Role.ORG_HEAD: OTHER_PARTY_HEAD,
    Role.UNIT_OFFICER: OTHER_OFFICER,
    Role.UNIT_LEADER: OTHER_LEADER,
}


def standing(world: World) -> tuple[Any, ...]:
    store = world.proposals
    numbers = (store.counters, store.starts, store.reply_numbers)
    meetings = (world.appraisals.documents, world.appraisals.entries, world.inspections.documents)
    guides = world.guides.documents
    parts = (store.documents, store.events, numbers, store.evaluations.documents, meetings, guides)
    return copy.deepcopy((*parts, world.appraisals.ballots))


def test_there_is_a_scene_for_every_use_case() -> None:
    assert set(SCENES) == set(MAY)


@pytest.mark.parametrize("name", list(SCENES))
def test_success(name: str) -> None:
    use_case, scene, state, events = SCENES[name]
    world = World()
    actor, arguments = scene(world)
    before = len(world.events())
    result = world.run(use_case, actor, **arguments)
    assert world.events()[before:] == events
    if state is not None:
        [key] = world.proposals.documents
        assert result == ([key] if name in WITHOUT_COMMAND else key)
        assert world.proposal(key).state == state
        # Decision 41: no write leaves a request without its day.
        open_requests = decisions.waiting(world.proposal(key))
        assert all(request.record.decide_by for request in open_requests)


@pytest.mark.parametrize("name", sorted(SCENES.keys() - WITHOUT_COMMAND))
def test_the_same_command_twice_has_one_effect(name: str) -> None:
    use_case, scene, _, _ = SCENES[name]
    world = World()
    actor, arguments = scene(world)
    first = world.run(use_case, actor, **arguments, command="c-1")
    after = standing(world)
    assert world.run(use_case, actor, **arguments, command="c-1") == first
    assert standing(world) == after


@pytest.mark.parametrize(
    "name", sorted(SCENES.keys() - WITHOUT_COMMAND - SECRET - {"set_counter_start"})
)
def test_the_same_command_id_with_other_content_is_refused(name: str) -> None:
    use_case, scene, _, _ = SCENES[name]
    world = World()
    actor, arguments = scene(world)
    world.run(use_case, actor, **arguments, command="c-1")
    after = standing(world)
    with pytest.raises(CommandIdReused):
        world.run(use_case, actor, **arguments, command="c-1", fingerprint="other")
    assert standing(world) == after


# Open to all who may read the proposal; who may is in the matrix.
BY_READERS = {"nominate_key", "report_plagiarism"}


@pytest.mark.parametrize("name", sorted(SCENES.keys() - NOT_ON_A_PROPOSAL - OFFICIAL - BY_READERS))
def test_a_stranger_of_the_same_role_finds_nothing(name: str) -> None:
    """What is open may be read by all, so there V20 is what refuses."""
    use_case, scene, _, _ = SCENES[name]
    world = World()
    actor, arguments = scene(world)
    before = standing(world)
    with pytest.raises(NotTheEvaluator if name in JUDGEMENTS else NotFound):
        world.run(use_case, STRANGERS[actor.role], **arguments)
    assert standing(world) == before


# V5: who is invited signs as the member that was invited; a new term is a new invitation.
OF_THIS_TERM = {"confirm_cosignature"}
PEOPLES = sorted(name for name, (_, scene, _, _) in SCENES.items() if scene(World())[0].member_id)


@pytest.mark.parametrize("name", PEOPLES)
def test_the_same_person_in_the_next_term(name: str) -> None:
    """Decision 40: what was begun under a former membership goes on under the present one."""
    use_case, scene, state, events = SCENES[name]
    world = World()
    actor, arguments = scene(world)
    again = in_the_next_term(world, actor)
    before = len(world.events())
    if name in OF_THIS_TERM:
        with pytest.raises(NotActive):
            world.run(use_case, again, **arguments)
        return
    world.run(use_case, again, **arguments)
    assert world.events()[before:] == events
    if state is not None:
        [key] = world.proposals.documents
        assert world.proposal(key).state == state


@pytest.mark.parametrize("name", sorted(OFFICIAL))
def test_the_committee_finds_no_drafts(name: str) -> None:
    use_case, scene, _, _ = SCENES[name]
    world = World()
    actor, arguments = scene(world)
    with pytest.raises(NotFound):
        world.run(use_case, actor, **{**arguments, "proposal_id": world.draft()})
