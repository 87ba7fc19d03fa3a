"""Promise against reality: for everybody, without an account (section 7, item 12; decision 52)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.outcomes.commands import access
from services.outcomes.commands.ports import Desk
from services.outcomes.domain.kinds import Disclosure, PromiseState, Source
from services.outcomes.schemas import common
from services.outcomes.schemas import lists as form
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import After, First
from shared.persistence.shaping import given, shown

Row = dict[str, Any]
BY_PROMISE = [("promised_on", -1), ("_id", 1)]
P = PromiseState
PUBLIC: Row = {
    "source": Source.COMMITMENT.value,
    "openness": {"$in": access.OPEN_TO_PUBLIC},
    "promised_on": {"$ne": None},
}
# Figure → the states of a promise that it counts.
FIGURES = {
    "kept": (P.MET,),
    "kept_late": (P.MET_LATE,),
    "claimed": (P.CLAIMED,),
    "missed": (P.MISSED, P.MET_LATE, P.RENEWED, P.RELEASED),
    "under_way": (P.OPEN, P.CHANGED),
}


@allow(*Role)
@query("promises", gives="Promise")
def list_promises(
    call: Call, desk: Desk, *, filter: form.PromiseFilter, first: First, after: After | None
) -> Row:
    """承诺与兑现，无须登录，到期晚的在前。Promises against reality, latest due first.

    Only what the openness of its reply lets out. [Decision 52]
    """
    page = desk.items.page(_promises(filter), BY_PROMISE, first, after)
    return shown(page, [_promise(row) for row in page["rows"]])


@allow(*Role)
@query()
def count_promises(call: Call, desk: Desk, *, filter: form.PromiseFilter) -> int:
    return desk.items.count(_promises(filter))


@allow(*Role)
@query("promiseFigures", gives="[PromiseFigures!]")
def promise_figures(call: Call, desk: Desk, *, year: common.Year) -> list[Row]:
    """各单位当年到期承诺的兑现情况，无须登录。Figures of each unit's promises due in a year.

    kept_rate: kept on time ÷ (kept, kept late, missed, renewed, given up); what is claimed is apart
    until it is proven (decision 42). None where nothing was due.
    """
    found = desk.items.grouped(
        {**PUBLIC, "promise_year": year},
        "unit",
        {name: _counting(states) for name, states in FIGURES.items()},
    )
    return [_figures(row) for row in sorted(found, key=lambda row: str(row["_id"]))]


def _counting(states: tuple[PromiseState, ...]) -> Row:
    return {"$cond": [{"$in": ["$promise", [state.value for state in states]]}, 1, 0]}


def _figures(row: Row) -> Row:
    settled = row["kept"] + row["missed"]
    rate = round(100 * row["kept"] / settled, 2) if settled else None
    figures = {name: row[name] for name in FIGURES}
    return {"unit_id": row["_id"], "total": row["total"], **figures, "kept_rate": rate}


def _promises(filter: Mapping[str, Any]) -> Row:
    return {**PUBLIC, **given(filter, "unit", "promise", year="promise_year")}


def _promise(row: Row) -> Row:
    """Of a summary: whose promise about what, until when, and whether it is kept."""
    full = row["openness"] == Disclosure.FULL.value
    return {
        "id": row["id"],
        "cursor": row["cursor"],
        "title": row["title"],
        "text": row["text"] if full else None,
        "unit_id": row["unit"],
        "due_at": row["promised_on"],
        "promise": row["promise"],
        "overdue": row["overdue"],
        "settled_at": row["verified_at"] or row["closed_at"],
        "ground": row["ground"] if full else None,
        "files": row["files"] if full else [],
    }
