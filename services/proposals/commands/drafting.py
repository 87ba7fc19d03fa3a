"""Writing: drafts with autosave, paper entry, seals, discarding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack

from services.proposals.commands import visibility as access
from services.proposals.commands.ports import Desk, by, change
from services.proposals.domain import authorship, drafting, errors
from services.proposals.domain.details import Details
from services.proposals.domain.kinds import COLLECTIVES, Collective, ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Entry
from services.proposals.domain.states import State
from services.proposals.domain.text import Text
from services.proposals.schemas import common
from services.proposals.schemas import drafting as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden, InvalidInput
from shared.ids import new_id
from shared.operations import command
from shared.persistence import execute

WRITERS = (
    *MEMBER_ROLES,
    Role.COMMITTEE_STAFF,
    Role.COMMITTEE_DIRECTOR,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
)
HEADS = (Role.ORG_HEAD, Role.COMMITTEE_DIRECTOR, Role.TOWN_HEAD, Role.SECTOR_CONVENER)
TEXT_FIELDS = ("title", "situation", "analysis", "suggestions")
DETAIL_FIELDS = tuple(Details.__dataclass_fields__)
LEAD = "LEAD"  # the one kind of origin that a proposal may name so far
TUPLES = ("suggestions", "topics", "topic_codes", "themes", "advised_units", "attachments")


@allow(*WRITERS, Role.PROPOSAL_STAFF)
@command("saveDraft", answers=common.PROPOSAL)
def save_draft(
    call: Call,
    desk: Desk,
    *,
    proposal_id: form.ProposalProposalId | None = None,
    expected_version: form.ExpectedVersion | None = None,
    acknowledged: form.Acknowledged = False,
    **data: Unpack[form.SaveDraft],
) -> str:
    """保存草稿，可反复自动保存。Begin a draft, or save it again; safe for autosave.

    Begin a draft, or change it; only the fields that are given change (autosave). With
    `expected_version` a draft that was changed elsewhere is refused (StaleDraft).

    Raises StaleDraft, EntryNotConfirmed, TooManyDrafts, CosignersDrop, TopicUnfit, ThemeUnfit.
    """
    if proposal_id is None:
        return execute(call, desk.proposals.aggregates, lambda: _begin(call, desk, data))

    def act(proposal: Proposal, at: datetime) -> None:
        if expected_version not in (None, proposal.version):
            raise errors.StaleDraft(details={"version": proposal.version})
        _fill(call, desk, proposal, data, at, aware=acknowledged)

    return change(call, desk, proposal_id, _written(call), act)


@allow(Role.PROPOSAL_STAFF)
@command("enterOnBehalf", answers=common.PROPOSAL)
def enter_on_behalf(
    call: Call,
    desk: Desk,
    *,
    member_id: form.DraftingMemberId | None = None,
    organisation_id: form.EnteredOrganisationId | None = None,
    scan: form.Scan,
    **data: Unpack[form.DraftFields],
) -> str:
    """代委员或党派团体、专委会、工委录入纸质提案。Enter a paper proposal on somebody's behalf.

    The member confirms it; of an organisation its head, by the seal (V8).

    Raises NotActive.
    """
    if (member_id is None) is (organisation_id is None):
        raise InvalidInput("请选择委员或单位，二者取一", field="memberId")

    def use_case() -> str:
        at = desk.clock.now()
        proposal = _proposed(call, desk, member_id, organisation_id, at)
        proposal.entry = Entry(call.actor.account_id or "", scan, at)
        _fill(call, desk, proposal, data, at)
        if proposal.organisation:
            drafting.request_seal(proposal, at)
        else:
            drafting.ask_confirmation(proposal)
        desk.proposals.add(call, proposal, at)
        return proposal.id

    return execute(call, desk.proposals.aggregates, use_case)


@allow(*MEMBER_ROLES)
@command("confirmEntry", answers=common.PROPOSAL)
def confirm_entry(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """确认代录的提案。Confirm what was entered on one's behalf. Raises NoEntry."""
    call.actor.acting_member()
    mine = {"first_proposer": call.actor.own}
    return change(call, desk, proposal_id, mine, drafting.confirm_entry)


@allow(*MEMBER_ROLES)
@command("answerAuthorship", answers=common.PROPOSAL)
def answer_authorship(
    call: Call, desk: Desk, *, proposal_id: common.ProposalId, agreed: form.Agreed
) -> str:
    """确认或谢绝被列为集体提案的执笔人，立案前可改。Confirm or decline being a named author.

    B4 counts for those who confirmed by the filing; the last answer counts. [Decision 45]

    Raises NotNamed, NamingAnswered.
    """
    call.actor.acting_member()

    def act(proposal: Proposal, at: datetime) -> None:
        member = call.actor.acting_among(naming.member_id for naming in proposal.namings)
        authorship.answer(proposal, member, agreed, at)

    return change(call, desk, proposal_id, access.named(call.actor), act)


@allow(*WRITERS, Role.PROPOSAL_STAFF)
@command("discardDraft", answers=common.PROPOSAL)
def discard_draft(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """放弃草稿。Give up a draft."""
    return change(
        call, desk, proposal_id, _written(call), lambda p, at: drafting.discard(p, at, by(call))
    )


@allow(*WRITERS, Role.PROPOSAL_STAFF)
@command("requestSeal", answers=common.PROPOSAL)
def request_seal(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """申请负责人盖章确认。Ask the organisation's head to confirm. Raises NoSeal."""
    return change(
        call, desk, proposal_id, _written(call), lambda p, at: drafting.request_seal(p, at)
    )


@allow(*HEADS, approves=True)
@command("confirmSeal", answers=common.PROPOSAL)
def confirm_seal(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> str:
    """盖章确认集体提案。Confirm a collective proposal as its head.

    V7, V8: by the head of that very organisation.

    Raises NoSeal.
    """

    def act(proposal: Proposal, at: datetime) -> None:
        if proposal.proposer_type not in COLLECTIVES:
            raise Forbidden
        drafting.put_seal(proposal, at, by(call))

    return change(call, desk, proposal_id, _written(call), act)


def _proposed(
    call: Call, desk: Desk, member_id: str | None, organisation_id: str | None, at: datetime
) -> Proposal:
    """A new one of the member, or of the organisation as its kind proposes."""
    if member_id is not None:
        if member_id not in desk.active_members(call, [member_id], at):
            raise errors.NotActive(field="memberId")
        return _new(desk, at, ProposerType.INDIVIDUAL, first_proposer=member_id)
    kind = desk.directory.proposing(organisation_id or "")
    if kind is None:
        raise InvalidInput("请选择党派团体、专委会或镇（街道）工委", field="organisationId")
    organisation = {"kind": COLLECTIVES[kind].scopes[-1], "id": organisation_id or ""}
    return _new(desk, at, kind, organisation=organisation)


def _begin(call: Call, desk: Desk, data: Mapping[str, Any]) -> str:
    at = desk.clock.now()
    kind = data.get("proposer_type", ProposerType.INDIVIDUAL)
    collective = COLLECTIVES.get(kind)
    if collective is None:
        if call.actor.role not in MEMBER_ROLES:
            raise Forbidden
        proposal = _new(desk, at, kind, first_proposer=call.actor.acting_member())
    else:
        proposal = _new(desk, at, kind, organisation=_organisation(call, desk, collective))
    _require_room(call, desk)
    _fill(call, desk, proposal, data, at)
    desk.proposals.add(call, proposal, at)
    return proposal.id


def _require_room(call: Call, desk: Desk) -> None:
    """Raises TooManyDrafts: an author, or an organisation, keeps a bounded number of drafts."""
    most = desk.settings.get("drafts_max", desk.clock.now())
    if desk.proposals.count({**_written(call), "state": State.DRAFT}) >= most:
        raise errors.TooManyDrafts(details={"most": most})


def _new(
    desk: Desk,
    at: datetime,
    kind: ProposerType,
    first_proposer: str | None = None,
    organisation: dict[str, str] | None = None,
) -> Proposal:
    groups = desk.directory.groups(first_proposer) if first_proposer else {}
    if organisation and (party := desk.directory.party_code(organisation["id"])):
        groups = {"party": party}
    return Proposal(
        id=new_id(),
        term=desk.directory.session_at(at).term,
        proposer_type=kind,
        text=Text(),
        details=Details(),
        created_at=at,
        first_proposer=first_proposer,
        organisation=organisation,
        groups=groups,
    )


def _organisation(call: Call, desk: Desk, collective: Collective) -> dict[str, str]:
    """The organisation that the acting role speaks for; one of the collective's kind."""
    if call.actor.role.value not in collective.writers:
        raise Forbidden
    for kind in collective.scopes:
        if group := call.actor.scope.get(kind):
            if collective.of_kind not in (None, desk.directory.kind_of(group)):
                raise Forbidden("所属组织不能提出此类集体提案")
            return {"kind": kind, "id": group}
    raise Forbidden


def _fill(
    call: Call,
    desk: Desk,
    proposal: Proposal,
    data: Mapping[str, Any],
    at: datetime,
    *,
    aware: bool = False,
) -> None:
    given: dict[str, Any] = {
        k: tuple(v) if k in TUPLES and v is not None else v for k, v in data.items()
    }
    if "authors" in given:
        if proposal.organisation is None and given["authors"]:
            raise InvalidInput("只有集体提案可以列主要执笔人", field="authors")
        authorship.name(proposal, tuple(dict.fromkeys(given["authors"])))
    if "topic_codes" in given:
        former = proposal.details.topic_codes
        given["topic_codes"] = desk.topics.choose(given["topic_codes"], at, kept=former)
    if "themes" in given:
        desk.choose_themes(given["themes"], at.year, kept=proposal.details.themes)
    if "proposer_type" in given:
        drafting.change_kind(proposal, given["proposer_type"], at)
    if "lead" in given:
        given["origin"] = {"kind": LEAD, "ref": given["lead"]} if given["lead"] else None
    text = replace(proposal.text, **{k: given[k] for k in TEXT_FIELDS if k in given})
    details = replace(proposal.details, **{k: given[k] for k in DETAIL_FIELDS if k in given})
    drafting.edit(proposal, text, details, at, by(call), aware=aware)


def _written(call: Call) -> dict[str, Any]:
    """What the actor writes: as author, or as the staff who entered it before it is confirmed."""
    if call.actor.former:
        raise Forbidden
    if call.actor.role is Role.PROPOSAL_STAFF:
        return {"entry.account_id": call.actor.account_id, "entry.confirmed_at": None}
    return access.written_by(call.actor)
