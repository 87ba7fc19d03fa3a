"""What lists of proposals may be narrowed by: each filter as a part of the query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.proposals.commands import visibility as access
from services.proposals.commands.judging import EVALUATORS, evaluator_keys
from services.proposals.commands.ports import EvaluationStore, Store
from services.proposals.domain.assignments import AT_WORK, NOT_DONE
from services.proposals.domain.evaluation import evaluation_id
from services.proposals.domain.groups import Group, key_of
from services.proposals.domain.honour_records import KeyState
from services.proposals.domain.states import AWAITING_EVALUATION, IN_HANDLING, SignState
from shared.actor import LEADERS, Role
from shared.call import Call
from shared.errors import Forbidden

Row = dict[str, Any]
CHOOSERS = LEADERS | {Role.OFFICE}
SEES_RESULTS = access.PRO | {Role.SUPERVISING_OFFICE}
SUPERVISED = {"assignment_states", "lateness"}  # the work list of the supervising office
EQUAL = ("proposer_type", "category", "session_mark")
SAME = ("term", "session", "serial_no", "first_proposer")
GROUPS = {
    "town": Group.TOWN,
    "committee": Group.COMMITTEE,
    "party": Group.PARTY,
    "organisation": Group.ORGANISATION,
}


def query_of(
    call: Call, proposals: Store, evaluations: EvaluationStore, filter: Mapping[str, Any]
) -> Row:
    """Those of what the viewer may see; raises Forbidden for what others alone may ask."""
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
    if filter.get("close_kinds"):
        clauses.append({"close_kind": {"$in": [kind.value for kind in filter["close_kinds"]]}})
    if "case_no" in filter:
        clauses.append(_numbered(filter["case_no"]))
    if keys := [key_of(group, filter[name]) for name, group in GROUPS.items() if name in filter]:
        clauses.append({"in_groups": {"$all": keys}})
    if "result" in filter:
        clauses.append({"result": filter["result"].value})
        clauses.append(_judged_before(call))
    if filter.get("disagreeing"):
        if call.actor.role not in access.PRO:
            raise Forbidden
        clauses.append({"disagreement": True})
    if filter.get("awaiting_evaluation"):
        clauses.append(_awaiting(call, proposals, evaluations))
    if "due_before" in filter:
        clauses.append(_due(filter["due_before"]))
    if "sector" in filter:
        clauses.append({"groups.sector": filter["sector"]})
    if "topic_code" in filter:
        clauses.append({"topic_codes": {"$in": proposals.topics_within(filter["topic_code"])}})
    if "unit_id" in filter:
        clauses.append({"assigned_units": filter["unit_id"]})
    if filter.get("assignment_states"):
        clauses.append(share(_asked_of_share(call, filter), "state"))
    if filter.get("key_states"):
        clauses.append({"key.state": {"$in": [state.value for state in filter["key_states"]]}})
        clauses.append(_decided_or_candidate(call))
    if "excellent_year" in filter:
        clauses.append({"excellent.year": filter["excellent_year"], "excellent.revoked_at": None})
    if filter.get("lateness"):
        late = {"lateness": {"$in": [level.value for level in filter["lateness"]]}}
        at_work = {"state": {"$in": [state.value for state in AT_WORK]}}
        clauses.append(share({**late, **at_work}, "lateness"))
    if (side := access.own_side(call.actor)) and set(filter) & SUPERVISED:
        clauses.append({"side": {"$in": [side, None]}})
    if filter.get("mine"):
        clauses.append(access.written_by(call.actor))
    if filter.get("own"):
        clauses.append(access.held(call.actor))
    signing = {
        "cosigned": (SignState.CONFIRMED, SignState.RECONFIRM_NEEDED),
        "invited": (SignState.INVITED, SignState.RECONFIRM_NEEDED),
    }
    for name, states in signing.items():
        if filter.get(name):
            clauses.append(access.signed_by(call.actor, states))
    if "text" in filter:
        found = proposals.words(filter["text"])
        clauses.append(_containing(found, _unit_asked(call, filter)))
    return {"$and": clauses}


def _numbered(case_no: str) -> Row:
    """2.2: the lead's number finds what is merged into it, too."""
    return {"$or": [{"case_no": case_no}, {"merged.case_no": case_no}]}


def _judged_before(call: Call) -> Row:
    """Grades are told, after closing, to those who took part alone (V20): others find nothing."""
    if call.actor.role in SEES_RESULTS or call.actor.role in access.UNITS:
        return {}
    return access.own(call.actor)


def _awaiting(call: Call, proposals: Store, evaluations: EvaluationStore) -> Row:
    """Replied, and the viewer, who may judge, has not sent a judgement of this round.

    The keys of what waits are few; no index could know both documents.
    """
    if call.actor.role not in EVALUATORS:
        return access.NOTHING
    states = {"state": {"$in": [state.value for state in AWAITING_EVALUATION]}}
    waiting = {"$and": [access.own(call.actor), access.visible_to(call.actor), states]}
    keys = {
        evaluation_id(row["id"], row["round"], key): row["id"]
        for row in proposals.rows(waiting, ["round", "absent"])
        for key in evaluator_keys(call)
        if key not in row["absent"]
    }
    sent = evaluations.rows({"_id": {"$in": list(keys)}, "sent_at": {"$ne": None}})
    left = set(keys.values()) - {row["proposal_id"] for row in sent}
    return {"_id": {"$in": sorted(left)}}


def _due(before: Any) -> Row:
    """With a share that is due before then and not done."""
    undone = {"$in": [state.value for state in NOT_DONE]}
    due = {"state": undone, "due_at": {"$lt": before}}
    in_work = {"$in": [state.value for state in IN_HANDLING]}
    return {"state": in_work, **share(due, "state")}


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


def share(asked: Row, indexed: str) -> Row:
    """Those with such a share; said twice, for only the second leads to the index."""
    return {"assignments": {"$elemMatch": asked}, f"assignments.{indexed}": asked[indexed]}


def _asked_of_share(call: Call, filter: Mapping[str, Any]) -> Row:
    """A unit's own share, or that of the unit asked for, in one of the states."""
    unit = call.actor.scope.get("unit") or filter.get("unit_id")
    states = {"state": {"$in": [state.value for state in filter["assignment_states"]]}}
    return {**states, "unit": unit} if unit else states
