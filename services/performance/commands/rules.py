"""The rule editor: the office drafts, the Chairpersons' Council decides (section 3).

A decision of the Standing Committee is recorded by the office, with its document (decision 15).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from services.performance.commands.ports import Desk
from services.performance.domain import errors
from services.performance.domain.drafts import RuleDraft, rules_id
from shared.actor import Role, allow
from shared.call import Call


@allow(Role.OFFICE)
def draft_rules(call: Call, desk: Desk, *, document: Mapping[str, Any]) -> str:
    """Write the next version, or write it again; there is one draft at a time.

    document: label, active_from, categories, grades, rules, as in `rule_sets/1.json`. Raises the
    refusals of `drafts.check`, RulesState while one waits for its decision.
    """

    def once() -> str:
        at, account = desk.clock.now(), str(call.actor.account_id)
        draft = desk.rules.open_draft()
        if draft is not None:
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

    return desk.rules.run(call, once)


@allow(Role.OFFICE)
def propose_rules(call: Call, desk: Desk, *, version_no: int) -> str:
    """Raises RulesNotFound, RulesState."""
    account = str(call.actor.account_id)
    return _change(call, desk, version_no, lambda draft, _: draft.propose(account))


@allow(Role.CHAIR_COUNCIL, Role.OFFICE)
def decide_rules(
    call: Call,
    desk: Desk,
    *,
    version_no: int,
    approved: bool,
    reason: str | None,
    document_no: str | None,
    decided_on: date | None,
) -> str:
    """Raises RulesNotFound, RulesState, SamePerson, RulesDate, DocumentMissing."""

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
) -> str:
    def once() -> str:
        draft = desk.rules.get(rules_id(version_no))
        if draft is None:
            raise errors.RulesNotFound
        at = desk.clock.now()
        change(draft, at)
        desk.rules.save(call, draft, at)
        return draft.id

    return desk.rules.run(call, once)
