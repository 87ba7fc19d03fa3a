"""Who sees which proposals: viewer × document, through the queries themselves (section 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.proposals.commands.visibility import (
    hidden_fields,
    takes_part,
    visible_to,
    written_by,
)
from services.proposals.domain.details import Details
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import Cosignature, Entry
from services.proposals.domain.states import Openness, SignState, State
from services.proposals.domain.text import Text
from services.proposals.repository.documents import to_document
from shared.actor import Actor, Role
from tests.unit.proposals.commands.matching import matches
from tests.unit.proposals.commands.world import (
    COLLECTIVE_WRITERS,
    COMMITTEE_DIRECTOR,
    COMMITTEE_STAFF,
    CONVENER,
    DIRECTOR,
    FEDERATION_HEAD,
    FEDERATION_STAFF,
    FORMER,
    GROUP_CONVENER,
    LU,
    OFFICE,
    OTHER_PARTY_HEAD,
    OTHER_STAFF,
    PARTY_HEAD,
    PARTY_STAFF,
    QIAN,
    SHEN,
    STAFF,
    START,
    SYSTEM,
    TOWN_HEAD,
    TOWN_STAFF,
    VISITOR,
    id_of,
    member,
    staff,
)

# Section 3, row "Filed proposals full text": filed once and not undone.
FILED_STATES = [
    "FILED",
    "MERGED",
    "ASSIGNED",
    "HANDLING",
    "REPLIED",
    "EVALUATED",
    "REHANDLING",
    "SECOND_REPLIED",
    "ESCALATED",
    "CLOSED",
    "TRACKING",
    "ARCHIVED",
]
CLOSED = Details(openness=Openness.CLOSED, openness_reason="涉及商业秘密")
ORGANISATIONS = {
    ProposerType.PARTY: {"kind": "organisation", "id": "org-minjian"},
    ProposerType.ORGANISATION: {"kind": "organisation", "id": "org-gsl"},
    ProposerType.SECTOR: {"kind": "sector", "id": "22"},
    ProposerType.GROUP: {"kind": "sector_group", "id": "group-22"},
    ProposerType.COMMITTEE: {"kind": "committee", "id": "com-economy"},
    ProposerType.TOWN_COMMITTEE: {"kind": "town", "id": "town-lili"},
}


def document(state: State = State.DRAFT, **fields: Any) -> dict[str, Any]:
    """A proposal of Lu unless told otherwise."""
    given: dict[str, Any] = {
        "id": "proposal-1",
        "term": 15,
        "proposer_type": ProposerType.INDIVIDUAL,
        "text": Text("关于二次供水的建议"),
        "details": Details(),
        "created_at": START,
        "first_proposer": id_of(LU),
        "state": state,
    }
    return to_document(Proposal(**given | fields), START)


def collective(kind: ProposerType, state: State = State.DRAFT) -> dict[str, Any]:
    organisation = ORGANISATIONS[kind]
    return document(state, proposer_type=kind, first_proposer=None, organisation=organisation)


def signed(state: SignState) -> list[Cosignature]:
    return [Cosignature(id_of(SHEN), state, 1, START)]


def entry(confirmed: bool) -> Entry:
    return Entry(str(STAFF.account_id), "file-1", START, START if confirmed else None)


DOCUMENTS: dict[str, dict[str, Any]] = {
    "draft": document(),
    "entered": document(entry=entry(False)),
    "entry confirmed": document(entry=entry(True)),
    "entered, discarded": document(State.DISCARDED, entry=entry(False)),
    "invited": document(State.COSIGNING, cosignatures=signed(SignState.INVITED)),
    "declined": document(State.COSIGNING, cosignatures=signed(SignState.DECLINED)),
    "discarded": document(State.DISCARDED, cosignatures=signed(SignState.CANCELLED)),
    "submitted": document(State.SUBMITTED),
    "returned": document(State.RETURNED),
    "not filed": document(State.NOT_FILED),
    "withdrawn": document(State.WITHDRAWN),
    "open": document(State.FILED, cosignatures=signed(SignState.CONFIRMED)),
    "closed": document(State.FILED, details=CLOSED),
    "closed, signed": document(
        State.FILED, details=CLOSED, cosignatures=signed(SignState.CONFIRMED)
    ),
    "unit's": {**document(State.ASSIGNED, details=CLOSED), "assigned_units": ["unit-1"]},
    "other unit's": {**document(State.ASSIGNED), "assigned_units": ["unit-2"]},
    "party": collective(ProposerType.PARTY),
    "federation": collective(ProposerType.ORGANISATION),
    "sector": collective(ProposerType.SECTOR),
    "group": collective(ProposerType.GROUP),
    "committee": collective(ProposerType.COMMITTEE),
    "town": collective(ProposerType.TOWN_COMMITTEE),
    "party's, submitted": collective(ProposerType.PARTY, State.SUBMITTED),
}

COLLECTIVE = {"party", "federation", "sector", "group", "committee", "town", "party's, submitted"}
OPEN = {"open", "other unit's"}
FILED = OPEN | {"closed", "closed, signed", "unit's"}
REVIEW = FILED | {"submitted", "returned", "not filed", "withdrawn", "party's, submitted"}
LUS = set(DOCUMENTS) - COLLECTIVE

MEMBER = member(200)
CHAIR_SHEN = member(31, Role.CHAIR_COUNCIL)
SEES: dict[str, tuple[Actor, set[str]]] = {
    "first proposer": (LU, LUS | OPEN),
    "first proposer as convener": (member(88, Role.SECTOR_CONVENER, sector="9"), LUS | OPEN),
    "co-signer": (SHEN, OPEN | {"invited", "closed, signed"}),
    "co-signer as chair": (CHAIR_SHEN, FILED | {"invited"}),
    "another member": (QIAN, OPEN),
    "former first proposer": (FORMER, LUS),
    "former co-signer": (
        member(31, Role.MEMBER, former="true"),
        {"invited", "open", "closed, signed"},
    ),
    "former other": (member(200, Role.MEMBER, former="true"), set()),
    "standing member": (member(200, Role.STANDING_MEMBER), FILED),
    "chair without membership": (staff("chair", Role.CHAIR_COUNCIL), FILED),
    "secretary-general": (staff("sg", Role.SECRETARY_GENERAL), FILED),
    "staff who entered": (STAFF, REVIEW | {"entered"}),
    "other staff": (OTHER_STAFF, REVIEW),
    "proposal director": (DIRECTOR, REVIEW),
    "office": (OFFICE, FILED),
    "information editor": (staff("editor", Role.INFO_EDITOR), FILED),
    "supervising office": (staff("dcs", Role.SUPERVISING_OFFICE), FILED),
    "committee staff": (COMMITTEE_STAFF, FILED | {"committee"}),
    "committee director": (COMMITTEE_DIRECTOR, FILED | {"committee"}),
    "other committee": (staff("c", Role.COMMITTEE_DIRECTOR, committee="com-x"), FILED),
    "town staff": (TOWN_STAFF, OPEN | {"town"}),
    "town head": (TOWN_HEAD, OPEN | {"town"}),
    "other town": (staff("t", Role.TOWN_HEAD, town="town-x"), OPEN),
    "convener of a sector": (CONVENER, OPEN | {"sector"}),
    "convener of a group": (GROUP_CONVENER, OPEN | {"group"}),
    "party staff": (PARTY_STAFF, OPEN | {"party", "party's, submitted"}),
    "party head": (PARTY_HEAD, OPEN | {"party", "party's, submitted"}),
    "other party": (OTHER_PARTY_HEAD, OPEN),
    "federation staff": (FEDERATION_STAFF, OPEN | {"federation"}),
    "federation head": (FEDERATION_HEAD, OPEN | {"federation"}),
    "unit officer": (staff("u", Role.UNIT_OFFICER, unit="unit-1"), {"unit's"}),
    "unit leader": (staff("ul", Role.UNIT_LEADER, unit="unit-1"), {"unit's"}),
    "unit without scope": (staff("un", Role.UNIT_OFFICER), set()),
    "first proposer as unit officer": (member(88, Role.UNIT_OFFICER, unit="unit-1"), {"unit's"}),
    "supervisor": (member(200, Role.SUPERVISOR), OPEN),
    "visitor": (VISITOR, OPEN),
    "system": (SYSTEM, set()),
    "system administrator": (member(88, Role.SYSTEM_ADMIN), set()),
    "security administrator": (member(88, Role.SECURITY_ADMIN), set()),
    "audit administrator": (member(88, Role.AUDIT_ADMIN), set()),
}

# What the actor takes part in (former versions of the text are open there), and what it writes.
PARTS: dict[str, tuple[Actor, set[str], set[str]]] = {
    "first proposer": (LU, LUS, LUS),
    "co-signer": (SHEN, {"invited", "open", "closed, signed"}, set()),
    "another member": (QIAN, set(), set()),
    "staff who entered": (STAFF, REVIEW | {"entered"}, set()),
    "proposal director": (DIRECTOR, REVIEW, set()),
    "office": (OFFICE, set(), set()),
    "party staff": (PARTY_STAFF, {"party", "party's, submitted"}, {"party", "party's, submitted"}),
    "town head": (TOWN_HEAD, {"town"}, {"town"}),
    "convener": (CONVENER, {"sector"}, {"sector"}),
    "unit officer": (staff("u", Role.UNIT_OFFICER, unit="unit-1"), set(), set()),
    "visitor": (VISITOR, set(), set()),
}


def found(query_of: Callable[[Actor], dict[str, Any]], actor: Actor) -> set[str]:
    query = query_of(actor)
    return {name for name, row in DOCUMENTS.items() if matches(query, row)}


@pytest.mark.parametrize("viewer", list(SEES))
def test_viewer_and_document(viewer: str) -> None:
    actor, seen = SEES[viewer]
    assert found(visible_to, actor) == seen


def test_every_role_is_among_the_viewers() -> None:
    assert {actor.role for actor, _ in SEES.values()} == set(Role)


@pytest.mark.parametrize("viewer", list(PARTS))
def test_taking_part_and_writing(viewer: str) -> None:
    actor, part, written = PARTS[viewer]
    assert (found(takes_part, actor), found(written_by, actor)) == (part, written)


@pytest.mark.parametrize("kind", list(COLLECTIVE_WRITERS))
def test_a_collective_is_written_by_its_staff_and_its_head(kind: ProposerType) -> None:
    for actor in COLLECTIVE_WRITERS[kind]:
        assert matches(written_by(actor), collective(kind))
        others = [collective(other) for other in COLLECTIVE_WRITERS if other is not kind]
        assert not any(matches(written_by(actor), other) for other in others)


def test_the_same_code_of_another_kind_of_group_opens_nothing() -> None:
    """A party and an organisation may have the same code."""
    namesake = {**collective(ProposerType.PARTY), "organisation": {"kind": "x", "id": "04"}}
    assert not matches(visible_to(PARTY_HEAD), namesake)


def states_seen(actor: Actor, **fields: Any) -> list[str]:
    query = visible_to(actor)
    return [state.value for state in State if matches(query, document(state, **fields))]


@pytest.mark.parametrize("actor", [VISITOR, MEMBER, TOWN_STAFF, PARTY_HEAD])
def test_others_see_open_ones_from_filing_on(actor: Actor) -> None:
    """Separation of duties 7: only openness OPEN and after FILED."""
    assert states_seen(actor) == FILED_STATES
    assert states_seen(actor, details=CLOSED) == []


@pytest.mark.parametrize("actor", [OFFICE, CHAIR_SHEN, COMMITTEE_STAFF])
def test_those_who_read_all_see_closed_ones_too_from_filing_on(actor: Actor) -> None:
    assert states_seen(actor, details=CLOSED) == FILED_STATES


def test_the_proposal_committee_sees_everything_that_was_submitted() -> None:
    unseen = {"DRAFT", "COSIGNING", "DISCARDED"}
    assert set(states_seen(DIRECTOR)) == {state.value for state in State} - unseen


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        ("INVITED", True),
        ("CONFIRMED", True),
        ("RECONFIRM_NEEDED", True),
        ("EXPIRED", True),
        ("WITHDRAWN", True),
        ("DECLINED", False),
        ("CANCELLED", False),
    ],
)
def test_what_a_cosigner_sees_depends_on_the_answer(state: str, seen: bool) -> None:
    row = document(State.COSIGNING, cosignatures=signed(SignState(state)))
    assert matches(visible_to(SHEN), row) is seen
    assert matches(visible_to(LU), row)


def test_another_signature_on_the_same_proposal_opens_nothing() -> None:
    """The member and the state must be those of one signature."""
    both = [*signed(SignState.DECLINED), Cosignature(id_of(QIAN), SignState.INVITED, 1, START)]
    row = document(State.COSIGNING, cosignatures=both)
    assert not matches(visible_to(SHEN), row)
    assert matches(visible_to(QIAN), row)


# -- fields --------------------------------------------------------------------------------

PRIVATE = {"contact_person", "contact_phone", "openness_reason", "review_opinion"}
CONTACT = {"contact_person", "contact_phone"}
INSIDE = {"seal", "entry", "shortfall", "withdrawal", "history", "return_comment", "origin"} | {
    "not_filed",
    "appeal",
    "referral",
    "namings",
}
FOR_VISITORS = {"review_units", "advised_units", "cosignatures"}


@pytest.mark.parametrize("role", list(Role))
def test_fields_that_a_role_never_gets(role: Role) -> None:
    committee = {Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR, Role.OFFICE}
    hidden = set() if role in committee else PRIVATE | INSIDE
    if role is Role.PUBLIC:
        hidden |= FOR_VISITORS
    if role in {Role.UNIT_OFFICER, Role.UNIT_LEADER}:  # "R contact of own cases"
        hidden -= CONTACT | {"referral"}  # what it has for reference
    assert hidden_fields(role) == hidden
