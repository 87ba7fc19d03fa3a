"""Drafts, paper entry and seals: what the commands themselves decide and refuse."""

from __future__ import annotations

from typing import Any

import pytest

from services.proposals.commands import drafting, review
from services.proposals.domain import errors
from services.proposals.domain.kinds import COLLECTIVES, ProposerType
from services.proposals.domain.states import Openness
from shared.actor import Actor, Role
from shared.errors import Forbidden, InvalidInput, NotFound, Refused
from shared.operations import offered
from tests.unit.proposals.commands.world import (
    COLLECTIVE_WRITERS,
    COMMITTEE_DIRECTOR,
    CONVENER,
    FEDERATION_HEAD,
    FEDERATION_STAFF,
    GROUP_CONVENER,
    LU,
    OTHER_STAFF,
    PARTY_STAFF,
    QIAN,
    SETTINGS,
    STAFF,
    START,
    TEXT,
    TOWN_STAFF,
    World,
    id_of,
    member,
    row_of,
    staff,
)


@pytest.mark.parametrize(
    ("writer", "kind"), [(LU, ProposerType.INDIVIDUAL), (PARTY_STAFF, ProposerType.PARTY)]
)
def test_who_keeps_as_many_drafts_as_may_be_begins_no_further_one(
    world: World, monkeypatch: pytest.MonkeyPatch, writer: Actor, kind: ProposerType
) -> None:
    monkeypatch.setitem(SETTINGS, "drafts_max", 2)
    keys = [world.draft(writer, proposer_type=kind) for _ in range(2)]
    with pytest.raises(errors.TooManyDrafts) as caught:
        world.draft(writer, proposer_type=kind)
    assert caught.value.details == {"most": 2}
    world.draft(QIAN)
    world.run(drafting.discard_draft, writer, keys[0])
    world.draft(writer, proposer_type=kind)


MEMBER_KINDS = [ProposerType.INDIVIDUAL, ProposerType.JOINT]
GROUPS = {"sector": "22", "committees": ["com-economy"]}


@pytest.mark.parametrize("kind", MEMBER_KINDS)
def test_a_members_draft_is_theirs_with_their_groups(world: World, kind: ProposerType) -> None:
    world.directory.note_member(id_of(LU), 1, {"state": "ACTIVE", "groups": GROUPS})
    proposal = world.proposal(world.draft(proposer_type=kind))
    assert (proposal.first_proposer, proposal.organisation) == (id_of(LU), None)
    assert (proposal.proposer_type, proposal.term, proposal.version) == (kind, 15, 1)
    assert (proposal.groups, proposal.created_at) == (GROUPS, START)
    assert proposal.text.suggestions == ("三年内完成改造", "设施移交供水公司统一管理")


@pytest.mark.parametrize(
    ("kind", "organisation"),
    [
        (ProposerType.PARTY, {"kind": "organisation", "id": "org-minjian"}),
        (ProposerType.ORGANISATION, {"kind": "organisation", "id": "org-gsl"}),
        (ProposerType.SECTOR, {"kind": "sector", "id": "22"}),
        (ProposerType.GROUP, {"kind": "sector_group", "id": "group-22"}),
        (ProposerType.COMMITTEE, {"kind": "committee", "id": "com-economy"}),
        (ProposerType.TOWN_COMMITTEE, {"kind": "town", "id": "town-lili"}),
    ],
)
def test_a_collective_draft_is_the_organisations(
    world: World, kind: ProposerType, organisation: dict[str, str]
) -> None:
    """Each collective kind from the draft over the seal (V7, V8) to its submission."""
    writer, head = COLLECTIVE_WRITERS[kind]
    world.belongs(LU)
    key = world.draft(writer, proposer_type=kind, authors=[id_of(LU)])
    proposal = world.proposal(key)
    assert (proposal.organisation, proposal.first_proposer) == (organisation, None)
    assert (proposal.authors, proposal.groups) == ((id_of(LU),), {})
    world.run(drafting.request_seal, writer, key)
    world.run(drafting.confirm_seal, head, key)
    seal = world.proposal(key).seal
    assert seal is not None
    assert (seal.role, seal.sealed_at, seal.account_id) == (head.role, START, head.account_id)
    assert world.proposal(world.submitted(key, writer)).serial_no == "T15-1-0001"


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (LU, ProposerType.PARTY),
        (LU, ProposerType.SECTOR),
        (member(88, sector="22"), ProposerType.SECTOR),  # a member of it is not its convener
        (member(88, Role.COMMITTEE_DIRECTOR, committee="com-x"), ProposerType.INDIVIDUAL),
        (PARTY_STAFF, ProposerType.INDIVIDUAL),
        (PARTY_STAFF, ProposerType.JOINT),
        (PARTY_STAFF, ProposerType.ORGANISATION),
        (FEDERATION_STAFF, ProposerType.PARTY),
        (PARTY_STAFF, ProposerType.COMMITTEE),
        (TOWN_STAFF, ProposerType.COMMITTEE),
        (COMMITTEE_DIRECTOR, ProposerType.TOWN_COMMITTEE),
        (CONVENER, ProposerType.GROUP),
        (GROUP_CONVENER, ProposerType.SECTOR),
        (STAFF, ProposerType.INDIVIDUAL),
        (staff("chair", Role.CHAIR_COUNCIL), ProposerType.INDIVIDUAL),
    ],
)
def test_nobody_begins_what_is_not_theirs_to_write(
    world: World, actor: Actor, kind: ProposerType
) -> None:
    with pytest.raises(Forbidden):
        world.draft(actor, proposer_type=kind)
    assert world.proposals.documents == {}


def test_only_what_is_given_changes(world: World) -> None:
    key = world.draft(contact_person="陆晓芸", topics=["二次供水"])
    before = world.proposal(key)
    data = {"proposal_id": key, "openness": Openness.CLOSED, "suggestions": ["一条"]}
    world.run(drafting.save_draft, LU, **data)
    after = world.proposal(key)
    assert (after.text.suggestions, after.details.openness) == (("一条",), Openness.CLOSED)
    assert after.text.title == before.text.title
    assert (after.details.contact_person, after.details.topics) == ("陆晓芸", ("二次供水",))
    assert after.version == 2


def test_a_draft_changed_elsewhere_is_refused(world: World) -> None:
    key = world.draft()
    data: dict[str, Any] = {"proposal_id": key, "expected_version": 1, "situation": "新的情况"}
    world.run(drafting.save_draft, LU, **data)
    with pytest.raises(errors.StaleDraft) as caught:
        world.run(drafting.save_draft, LU, **{**data, "situation": "旧的情况"})
    assert caught.value.details == {"version": 2}
    assert world.proposal(key).text.situation == "新的情况"


def test_authors_are_of_collective_proposals_only(world: World) -> None:
    with pytest.raises(InvalidInput) as caught:
        world.draft(authors=[id_of(LU)])
    assert caught.value.field == "authors"
    assert world.proposal(world.draft(authors=[])).authors == ()


def test_the_kind_changes_between_the_members_own(world: World) -> None:
    key = world.draft()
    for kind in (ProposerType.JOINT, ProposerType.INDIVIDUAL):
        world.run(drafting.save_draft, LU, **{"proposal_id": key, "proposer_type": kind})
        assert world.proposal(key).proposer_type is kind
    with pytest.raises(errors.WrongState):
        data = {"proposal_id": key, "proposer_type": ProposerType.PARTY}
        world.run(drafting.save_draft, LU, **data)


def test_nothing_begins_before_a_session_is_known(world: World) -> None:
    world.directory.sessions.clear()
    with pytest.raises(errors.NoSession):
        world.draft()
    with pytest.raises(errors.NoSession):
        world.entered()
    assert world.proposals.documents == {}


# -- paper entry (decision 18) -------------------------------------------------------------


def test_what_staff_entered_is_the_members_after_they_confirm(world: World) -> None:
    key = world.entered()
    entry = world.proposal(key).entry
    assert entry is not None
    assert (entry.account_id, entry.scan) == (STAFF.account_id, "file-1")
    assert (entry.entered_at, entry.confirmed_at) == (START, None)
    assert world.proposal(key).first_proposer == id_of(LU)

    correction = {"proposal_id": key, "analysis": "改正录入错误"}
    world.run(drafting.save_draft, STAFF, **correction)
    with pytest.raises(errors.EntryNotConfirmed):
        world.run(drafting.save_draft, LU, **correction)
    with pytest.raises(Refused) as caught:
        world.run(review.submit_proposal, LU, key)
    assert caught.value.code == "ENTRY_NOT_CONFIRMED"
    with pytest.raises(NotFound):
        world.run(drafting.save_draft, OTHER_STAFF, **correction)

    world.run(drafting.confirm_entry, LU, key)
    with pytest.raises(NotFound):
        world.run(drafting.save_draft, STAFF, **correction)
    with pytest.raises(NotFound):
        world.run(drafting.discard_draft, STAFF, key)
    world.run(drafting.save_draft, LU, **{"proposal_id": key, "analysis": "本人修改"})
    world.submitted(key)
    assert world.proposal(key).text.analysis == "本人修改"


def test_what_staff_entered_in_error_they_discard(world: World) -> None:
    key = world.entered()
    world.run(drafting.discard_draft, STAFF, key)
    assert world.proposal(key).state == "DISCARDED"


def test_only_the_named_member_confirms_an_entry(world: World) -> None:
    key = world.entered()
    with pytest.raises(NotFound):
        world.run(drafting.confirm_entry, QIAN, key)
    world.run(drafting.confirm_entry, LU, key)
    with pytest.raises(errors.NoEntry):
        world.run(drafting.confirm_entry, LU, key)


def test_nothing_is_entered_for_who_is_not_an_active_member(world: World) -> None:
    world.active.remove(id_of(LU))
    with pytest.raises(errors.NotActive) as caught:
        world.entered()
    assert (caught.value.code, caught.value.field) == ("V5_NOT_ACTIVE", "memberId")
    assert world.proposals.documents == {}


# -- seals (V7, V8) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        (ProposerType.PARTY, "organisation"),
        (ProposerType.ORGANISATION, "organisation"),
        (ProposerType.COMMITTEE, "committee"),
        (ProposerType.TOWN_COMMITTEE, "town"),
    ],
)
def test_a_collectives_paper_is_entered_by_staff_and_sealed_by_its_head(
    world: World, kind: ProposerType, scope: str
) -> None:
    code = {"party": "04"} if kind is ProposerType.PARTY else {}
    world.directory.note_unit("org-x", 1, {"kind": kind.value, "is_active": True, **code})
    given = {**TEXT, "organisation_id": "org-x", "scan": "file-1"}
    key = world.run(drafting.enter_on_behalf, STAFF, **given)
    entered = world.proposal(key)
    assert (entered.proposer_type, entered.organisation) == (kind, {"kind": scope, "id": "org-x"})
    assert "proposal_seal_requested" in world.events()
    role = COLLECTIVES[kind].head
    head = staff("head", Role(role), **{scope: "org-x"})
    with pytest.raises(Refused) as refused:
        world.run(review.submit_proposal, head, key)
    assert "ENTRY_NOT_CONFIRMED" in [item["code"] for item in refused.value.items]
    world.run(drafting.confirm_seal, head, key)
    assert world.proposal(key).entry.confirmed_at == START  # type: ignore[union-attr]
    assert row_of(world, world.submitted(key, head), STAFF)["state"] == "SUBMITTED"


def test_what_was_entered_for_a_collective_and_corrected_is_sealed_anew(world: World) -> None:
    world.directory.note_unit("org-x", 1, {"kind": "COMMITTEE", "is_active": True})
    given = {**TEXT, "organisation_id": "org-x", "scan": "file-1"}
    key = world.run(drafting.enter_on_behalf, STAFF, **given)
    world.run(drafting.save_draft, STAFF, proposal_id=key, analysis="更正")
    assert world.proposal(key).seal is None
    world.run(drafting.request_seal, STAFF, key)
    assert world.proposal(key).seal is not None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "memberId"),
        ({"member_id": id_of(LU), "organisation_id": "org-x"}, "memberId"),
        ({"organisation_id": "unit-1"}, "organisationId"),
        ({"organisation_id": "nobody"}, "organisationId"),
    ],
)
def test_a_paper_is_of_one_member_or_of_an_organisation_that_proposes(
    world: World, given: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.run(drafting.enter_on_behalf, STAFF, **{**TEXT, "scan": "file-1", **given})
    assert refused.value.field == field
    assert world.proposals.documents == {}


def test_the_head_of_another_organisation_seals_nothing(world: World) -> None:
    """Also where the same account writes for an organisation of another kind."""
    key = world.collective(ProposerType.PARTY)
    world.run(drafting.request_seal, PARTY_STAFF, key)
    with pytest.raises(NotFound):
        world.run(drafting.confirm_seal, FEDERATION_HEAD, key)
    with pytest.raises(NotFound):
        world.run(drafting.confirm_seal, COMMITTEE_DIRECTOR, key)
    assert world.proposal(key).version == 2


def test_a_convener_seals_no_proposal_of_their_own(world: World) -> None:
    key = world.draft(CONVENER)
    with pytest.raises(Forbidden):
        world.run(drafting.confirm_seal, CONVENER, key)


def test_a_changed_text_needs_a_new_seal(world: World) -> None:
    key = world.collective(ProposerType.PARTY)
    world.run(drafting.request_seal, PARTY_STAFF, key)
    world.run(drafting.save_draft, PARTY_STAFF, **{"proposal_id": key, "analysis": "修改"})
    with pytest.raises(Refused) as caught:
        world.run(review.submit_proposal, PARTY_STAFF, key)
    assert caught.value.code == "V8_NOT_SEALED"


@pytest.mark.parametrize("field", ["proposal_id", "expected_version", "proposer_type", "authors"])
def test_a_paper_entry_is_an_individuals_and_always_new(field: str) -> None:
    """Decision 18: its form knows nothing of what only a draft's own writer says."""
    form = offered([drafting])["enter_on_behalf"].form
    assert form().validate({**TEXT, "member_id": "m-1", "scan": "file-1"}) == {}
    with pytest.raises(InvalidInput, match="不认识的字段"):
        form.parse({**TEXT, "member_id": "m-1", "scan": "file-1", field: "JOINT"})
