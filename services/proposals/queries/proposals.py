"""Reads: permission is part of the query, rows go to the wire as they are found."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.judging import evaluator_keys
from services.proposals.commands.ports import Desk, Store
from services.proposals.commands.review import problems_of
from services.proposals.domain.assignments import AT_WORK
from services.proposals.domain.details import Details
from services.proposals.domain.evaluation import Grade, worst
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.record import Proposal
from services.proposals.domain.signatures import AuthorAnswer
from services.proposals.domain.states import ADVANCE, CLOSED_STATES, SignState
from services.proposals.domain.text import Text, difference
from services.proposals.queries import parts
from services.proposals.schemas import common
from services.proposals.schemas import proposals as form
from shared.actor import LEADERS, MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.errors import Forbidden, NotFound
from shared.operations import query
from shared.operations.arguments import First

Row = dict[str, Any]
EVERYONE = tuple(Role)
DRAFTERS = tuple(
    {*MEMBER_ROLES, Role.ORG_STAFF, Role.ORG_HEAD, Role.TOWN_STAFF, Role.TOWN_HEAD}
    | {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR, Role.PROPOSAL_STAFF, Role.PROPOSAL_DIRECTOR}
)
# What a row has: the fields of the aggregate and of its parts.
ROW_FIELDS = (
    {field.name for part in (Proposal, Text, Details) for field in dataclasses.fields(part)}
    | {"updated_at", "assigned_units"}
) - {"id", "text", "details", "commands", "events", "files_told", "rung"}
CHOOSERS = LEADERS | {Role.OFFICE}
SUPERVISED = {"assignment_states", "lateness"}  # the work list of the supervising office
EQUAL = ("proposer_type", "category", "session_mark")
SAME = ("term", "session", "serial_no", "case_no", "first_proposer")


@allow(*EVERYONE)
@query(loads="Proposal")
def proposals_by_ids(
    call: Call, proposals: Store, *, ids: common.Ids, fields: form.ProposalFields | None
) -> list[Row]:
    """Rows of those that the viewer may see; the others are absent."""
    seen = {"$or": [access.visible_to(call.actor), access.named(call.actor)]}
    query = {"$and": [{"_id": {"$in": ids}}, seen]}
    return [_shown(call, row) for row in proposals.rows(query, _asked(fields))]


@allow(*EVERYONE)
@query()
def list_proposals(
    call: Call,
    proposals: Store,
    *,
    filter: form.ProposalFilter,
    order_by: form.OrderBy,
    first: First,
    after: common.After | None,
    fields: common.Fields | None,
) -> Row:
    """可以查看的提案。The proposals that the viewer may see.

    A page of {"rows", "has_next"}.
    """
    return shown_page(
        call, proposals, _query(call, proposals, filter), order_by, first, after, fields
    )


def shown_page(
    call: Call,
    proposals: Store,
    query: Row,
    order_by: str,
    first: int,
    after: str | None,
    fields: list[str] | None,
) -> Row:
    """A page of what `query` finds, each row without what its reader must not see."""
    found = proposals.page(query, order_by, first, after, _asked(fields))
    return {**found, "rows": [_shown(call, row) for row in found["rows"]]}


@allow(*EVERYONE)
@query()
def count_proposals(call: Call, proposals: Store, *, filter: form.ProposalFilter) -> int:
    return proposals.count(_query(call, proposals, filter))


@allow(*EVERYONE)
@query()
def case_states(call: Call, proposals: Store, *, ids: common.Ids) -> dict[str, str]:
    """Proposal → state of the case: the least advanced of it and what is merged into it
    (decision 24); those only that the viewer may see.
    """
    query = {"$and": [{"_id": {"$in": ids}}, access.visible_to(call.actor)]}
    own = {row["id"]: row["state"] for row in proposals.rows(query, ["state"])}
    merged = proposals.states_of_cases(list(own))
    return {key: _least([state, *merged.get(key, [])]) for key, state in own.items()}


@allow(*DRAFTERS)
@query()
def similar_proposals(
    call: Call,
    proposals: Store,
    *,
    text: form.SimilarProposalsText,
    besides: form.ProposalBesides | None,
    first: form.MostAlike,
) -> list[Row]:
    """历届相似提案，供起草参考。Like proposals of all terms, while drafting (V13).

    V13: likeness from 0 to 1, of all terms, among what the viewer may see.
    """
    query = {"$and": [access.visible_to(call.actor), {"_id": {"$ne": besides}}]}
    return proposals.similar(text, query, first)


@allow(*EVERYONE)
@query()
def text_versions(call: Call, proposals: Store, *, proposal_id: common.ProposalId) -> list[Row]:
    """The kept versions of the text, oldest first, each with who signed it.

    For its authors, its co-signers and the proposal committee; to others the text as filed is
    all there is.
    """
    row = _own_row(call, proposals, proposal_id, access.takes_part(call.actor))
    signers: dict[int, list[str]] = {}
    for signature in row["cosignatures"]:
        if signature["text_no"]:
            signers.setdefault(signature["text_no"], []).append(signature["member_id"])
    return [
        {**text, "signers": signers.get(text["no"], [])} for text in proposals.texts(proposal_id)
    ]


@allow(*MEMBER_ROLES)
@query()
def signature_difference(
    call: Call,
    proposals: Store,
    *,
    proposal_id: common.ProposalId,
    member_id: common.MemberId | None,
) -> list[Row]:
    """V10: what changed since the co-signer signed; for that co-signer and the first proposer."""
    row = _own_row(call, proposals, proposal_id)
    mine = call.actor.member_id
    wanted = member_id or mine
    if mine not in (wanted, row["first_proposer"]):
        raise Forbidden
    signature = next((c for c in row["cosignatures"] if c["member_id"] == wanted), None)
    if signature is None or signature["state"] != SignState.RECONFIRM_NEEDED.value:
        return []
    signed = proposals.text(proposal_id, signature["text_no"])
    return difference(signed, Text.of(row)) if signed else []


@allow(*EVERYONE)
@query()
def evaluations_by_proposals(
    call: Call, desk: Desk, *, proposal_ids: common.Ids
) -> dict[str, list[Row]]:
    """Proposal → evaluations that the viewer may see, by round; sealed until closing (V20).

    Own ones always; the proposal committee sees what is sent, with `disagrees` on a co-signer's
    where the result differs from the official one; the other proposers, the units of the case and
    the supervising office see the official one after closing.
    """
    found: dict[str, list[Row]] = {proposal_id: [] for proposal_id in proposal_ids}
    query = {"$and": [{"_id": {"$in": proposal_ids}}, access.visible_to(call.actor)]}
    deciding = ("state", "first_proposer", "organisation", "cosignatures")
    for row in desk.proposals.rows(query, deciding):
        viewer = parts.viewer_of(call.actor, row)
        clauses: list[Row] = [{"evaluator": {"$in": evaluator_keys(call)}}]
        if viewer is parts.Viewer.COMMITTEE:
            clauses.append({"sent_at": {"$ne": None}})
            if call.actor.role is Role.PROPOSAL_STAFF:  # decision 63
                clauses.append({"late_at": {"$ne": None}})
        elif viewer in parts.TOOK_PART and row["state"] in CLOSED_STATES:
            clauses.append({"sent_at": {"$ne": None}, "binding": True})
        rows = desk.evaluations.rows({"proposal_id": row["id"], "$or": clauses})
        if viewer is parts.Viewer.COMMITTEE:
            rows = _compared(rows)
        found[row["id"]] = [_flat(evaluation) for evaluation in rows]
    return found


@allow(*DRAFTERS)
@query()
def submission_problems(call: Call, desk: Desk, *, proposal_id: common.ProposalId) -> list[Row]:
    """What stands against submitting now: [{"code", "field", "message"}]."""
    proposal = desk.proposals.get(proposal_id, access.written_by(call.actor))
    return [item for problem in problems_of(call, desk, proposal) for item in problem.items]


@allow(*EVERYONE)
def may_read_file(call: Call, proposals: Store, *, file_id: str, subject: str) -> bool:
    """Whether the file is in what the viewer is shown of the proposal `subject` (decision 20).

    The scan of a paper proposal is for the proposal committee and the member. Visitors get no
    files.
    """
    holding = {"_id": subject, "files_told": file_id}
    rows = proposals.rows({"$and": [holding, access.visible_to(call.actor)]})
    return bool(rows) and file_id in _shown_files(call, rows[0])


def _shown_files(call: Call, row: Row) -> set[str]:
    actor = call.actor
    if actor.role is Role.PUBLIC:
        return set()
    mine = actor.member_id is not None and actor.member_id == row["first_proposer"]
    scan = [row["entry"]["scan"]] if row["entry"] and (mine or actor.role in access.PRO) else []
    shown = _shown(call, row)
    replies = shown.get("replies", ())
    proving = [*replies, *(outcome for reply in replies for outcome in reply["outcomes"])]
    proof = [file_id for row in proving for file_id in row["proof"]]
    key = shown.get("key") or {}
    meetings = [*shown.get("mediations", ()), *key.get("meetings", ())]
    minutes = [file_id for meeting in meetings for file_id in meeting["files"]]
    return {*shown["attachments"], *proof, *minutes, *scan}


@allow(Role.SYSTEM)
def held_files(_call: Call, proposals: Store, *, ids: list[str]) -> list[str]:
    """Those of these files that any proposal holds, for the gateway before it removes one."""
    return sorted(proposals.held(ids))


def _least(states: list[str]) -> str:
    """A withdrawn follower holds nothing up; what is not yet a case is as it is."""
    order = [state.value for state in ADVANCE]
    return min((s for s in states if s in order), key=order.index, default=states[0])


def _flat(evaluation: Row) -> Row:
    form = evaluation.pop("form")
    return {**evaluation, **form}


def _compared(rows: list[Row]) -> list[Row]:
    official = {row["round"]: _result(row) for row in rows if row["binding"]}
    return [
        {**row, "disagrees": row["round"] in official and _result(row) != official[row["round"]]}
        for row in rows
    ]


def _result(row: Row) -> str:
    return worst(Grade(line["result"]) for line in row["form"]["lines"]).value


def _query(call: Call, proposals: Store, filter: Mapping[str, Any]) -> Row:
    seen = access.named if filter.get("named") else access.visible_to
    clauses: list[Row] = [seen(call.actor)]
    for name in EQUAL:
        if name in filter:
            clauses.append({name: filter[name].value})
    for name in SAME:
        if name in filter:
            clauses.append({name: filter[name]})
    if filter.get("states"):
        clauses.append({"state": {"$in": [state.value for state in filter["states"]]}})
    if "sector" in filter:
        clauses.append({"groups.sector": filter["sector"]})
    if "topic_code" in filter:
        clauses.append({"topic_codes": {"$in": proposals.topics_within(filter["topic_code"])}})
    if "unit_id" in filter:
        clauses.append({"assigned_units": filter["unit_id"]})
    if filter.get("assignment_states"):
        clauses.append(_share(_asked_of_share(call, filter), "state"))
    if filter.get("key_states"):
        clauses.append({"key.state": {"$in": [state.value for state in filter["key_states"]]}})
        clauses.append(_decided_or_candidate(call))
    if "excellent_year" in filter:
        clauses.append({"excellent.year": filter["excellent_year"], "excellent.revoked_at": None})
    if filter.get("lateness"):
        late = {"lateness": {"$in": [level.value for level in filter["lateness"]]}}
        at_work = {"state": {"$in": [state.value for state in AT_WORK]}}
        clauses.append(_share({**late, **at_work}, "lateness"))
    if (side := access.own_side(call.actor)) and set(filter) & SUPERVISED:
        clauses.append({"side": {"$in": [side, None]}})
    if filter.get("mine"):
        clauses.append(access.written_by(call.actor))
    signing = {
        "cosigned": [SignState.CONFIRMED.value, SignState.RECONFIRM_NEEDED.value],
        "invited": [SignState.INVITED.value, SignState.RECONFIRM_NEEDED.value],
    }
    for name, states in signing.items():
        if filter.get(name):
            wanted = {"member_id": call.actor.member_id, "state": {"$in": states}}
            clauses.append({"cosignatures": {"$elemMatch": wanted}})
    if "text" in filter:
        found = proposals.words(filter["text"])
        clauses.append(_containing(found, _unit_asked(call, filter)))
    return {"$and": clauses}


def _unit_asked(call: Call, filter: Mapping[str, Any]) -> str | None:
    """The unit whose cases alone are listed, if it is one unit's."""
    own = call.actor.scope.get("unit") if call.actor.role in access.UNITS else None
    return own or filter.get("unit_id")


def _containing(words: list[str], unit: str | None) -> Row:
    """All of the words; of one unit's cases by an index of both."""
    if unit is None:
        return {"words": {"$all": words}}
    return {"unit_words": {"$all": [f"{unit}|{word}" for word in words]}}


def _decided_or_candidate(call: Call) -> Row:
    """Who is only a candidate is for those who decide."""
    if call.actor.role in access.PRO or call.actor.role in CHOOSERS:
        return {}
    return {"key.state": {"$ne": KeyState.CANDIDATE.value}}


def _share(asked: Row, indexed: str) -> Row:
    """Those with such a share; said twice, for only the second leads to the index."""
    return {"assignments": {"$elemMatch": asked}, f"assignments.{indexed}": asked[indexed]}


def _asked_of_share(call: Call, filter: Mapping[str, Any]) -> Row:
    """A unit's own share, or that of the unit asked for, in one of the states."""
    unit = call.actor.scope.get("unit") or filter.get("unit_id")
    states = {"state": {"$in": [state.value for state in filter["assignment_states"]]}}
    return {**states, "unit": unit} if unit else states


def _asked(fields: list[str] | None) -> Iterable[str] | None:
    if fields is None:
        return None
    # Known fields only: a name from outside is never part of a query. The others decide what of
    # the row its reader may see.
    known = set(fields) & ROW_FIELDS
    deciding = {"first_proposer", "organisation"}
    deciding |= {"namings"} if "authors" in known else set()
    return known | deciding | ({"cosignatures"} if known & parts.PARTS else set())


def _shown(call: Call, row: Row) -> Row:
    """The row without what its reader must not see (separation of duties 2 and 7)."""
    actor = call.actor
    row = parts.shown(actor, row)
    if actor.member_id and row.get("first_proposer") == actor.member_id:
        return row
    organisation = row.get("organisation")
    if organisation and actor.scope.get(organisation["kind"]) == organisation["id"]:
        return row
    hidden = access.hidden_fields(actor.role)
    if hidden.isdisjoint(row):
        return row
    if row.get("authors"):
        row = {**row, "authors": _confirmed(row, actor.member_id)}
    return {name: value for name, value in row.items() if name not in hidden}


def _confirmed(row: Row, reader: str | None) -> list[str]:
    """The named authors who confirmed, and the reader who was asked (decision 45)."""
    answers = {naming["member_id"]: naming["answer"] for naming in row.get("namings") or ()}
    shown = AuthorAnswer.CONFIRMED.value
    return [m for m in row["authors"] if m == reader or answers.get(m, shown) == shown]


def _own_row(call: Call, proposals: Store, proposal_id: str, query: Row | None = None) -> Row:
    rows = proposals.rows({"$and": [{"_id": proposal_id}, query or access.visible_to(call.actor)]})
    if not rows:
        raise NotFound("未找到该提案")
    return rows[0]
