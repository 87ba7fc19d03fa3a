"""The rule editor: the office drafts, the Chairpersons' Council decides (section 3).

A decision of the Standing Committee is recorded by the office, with its document (decision 15).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Unpack

from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.drafts import RuleDraft, rules_id
from services.performance.queries.rows import Row, rules_row
from services.performance.schemas import common
from services.performance.schemas import rules as form
from shared.actor import LEADERS, Role, allow
from shared.call import Call
from shared.operations import command
from shared.operations.arguments import ExpectedVersion
from shared.persistence import changing
from shared.persistence.changing import require_version


@allow(Role.OFFICE)
@command("draftScoringRules", answers=form.RULES)
def draft_rules(
    call: Call,
    desk: Desk,
    *,
    expected_version: ExpectedVersion | None = None,
    **given: Unpack[form.ScoringRules],
) -> Row:
    """拟订新版本积分办法（办公室）。Write the next version of the rules, or write it again.

    There is one draft at a time. Raises the refusals of `drafts.check`, RulesState while one waits
    for its decision, StaleVersion where a colleague wrote in between.
    """
    document = _document(given)

    def once() -> str:
        at, account = desk.clock.now(), str(call.actor.account_id)
        draft = desk.rules.open_draft()
        if draft is not None:
            require_version(draft, expected_version)
            draft.rewrite(document, account, at)
            desk.rules.save(call, draft, at)
            return draft.id
        number = 1 + max(
            [row["version"] for row in desk.rules.documents()]
            + [known.version_no for known in desk.rules.all()]
        )
        draft = RuleDraft(number, desk.members.latest_term(), {}, account, at)
        draft.rewrite(document, account, at)
        desk.rules.add(call, draft, at)
        return draft.id

    return _row(desk, desk.rules.run(call, once))


@allow(Role.OFFICE)
@command("proposeScoringRules", answers=form.RULES)
def propose_rules(call: Call, desk: Desk, *, version_no: form.VersionNo) -> Row:
    """提请审定积分办法（办公室）。Put the draft before the Chairpersons' Council.

    Raises RulesNotFound, RulesState.
    """
    account = str(call.actor.account_id)
    return _change(call, desk, version_no, lambda draft, _: draft.propose(account))


@allow(*LEADERS, Role.OFFICE, approves=True)
@command("decideScoringRules", answers=form.RULES)
def decide_rules(
    call: Call,
    desk: Desk,
    *,
    version_no: form.VersionNo,
    approved: form.Approved,
    reason: common.Reason | None,
    document_no: form.DocumentNo | None,
    decided_on: form.DecidedOn | None,
) -> Row:
    """审定积分办法（主席会议；常委会决定由办公室登记）。Decide on a version of the rules.

    Raises RulesNotFound, RulesState, SamePerson, RulesDate, DocumentMissing.
    """

    def change(draft: RuleDraft, at: datetime) -> None:
        if call.actor.role is Role.OFFICE and not (document_no and decided_on):
            raise errors.DocumentMissing(field="documentNo")
        draft.decide(
            approved,
            str(call.actor.account_id),
            at,
            desk.book.latest(),
            reason,
            document_no,
            decided_on.isoformat() if decided_on else None,
        )

    return _change(call, desk, version_no, change)


def _change(
    call: Call, desk: Desk, version_no: int, change: Callable[[RuleDraft, datetime], None]
) -> Row:
    load = changing.loading(desk.rules, rules_id(version_no), errors.RulesNotFound)
    return _row(desk, changing.change(call, desk, desk.rules, load, change))


def _row(desk: Desk, rules_id: str) -> Row:
    draft = desk.rules.get(rules_id)
    assert draft is not None  # it was just written
    return rules_row(draft.document, draft)


def _document(given: form.ScoringRules) -> Row:
    """As `RuleSet.parse` and `rule_sets/1.json` have it."""
    return {
        "label": given["label"],
        "active_from": given["active_from"].isoformat(),
        "categories": [dict(row) for row in given["categories"]],
        "grades": [
            {"code": row["code"].value, "label": row["label"], "from": row["threshold"]}
            for row in given["grades"]
        ],
        "rules": [_rule(row) for row in given["rules"]],
    }


def _rule(row: form.ScoringRuleInput) -> Row:
    by_variant = {item["variant"]: item["points"] for item in row["points"]}
    points: Any = by_variant[""] if set(by_variant) == {""} else by_variant
    return {**row, "basis": row["basis"].upper(), "points": points}
