"""Committee settings of the service: read, proposed, approved by another (decisions 11, 49)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypedDict

from marshmallow import fields
from pymongo.client_session import ClientSession

from shared.actor import Role, allow
from shared.call import Call
from shared.errors import Forbidden, InvalidInput
from shared.ids import new_id
from shared.kernel.changes import LATEST, ChangeNotFound, ChangeState, SettingChange, proposed
from shared.kernel.desk import Desk
from shared.operations import Answer, about, command, query
from shared.operations.arguments import After, First, Ids
from shared.persistence.changing import create, found
from shared.persistence.settings import KEEPERS
from shared.schemas import Choice, Flag, Id, Text, When

SIGNED_IN = tuple(role for role in Role if role is not Role.PUBLIC)
PROPOSERS = sorted(frozenset().union(*(keepers.propose for keepers in KEEPERS)))
APPROVERS = sorted(frozenset().union(*(keepers.approve for keepers in KEEPERS)))
READERS = sorted({*PROPOSERS, *APPROVERS, Role.AUDIT_ADMIN})
CHANGE = Answer("change", "SettingChange", "这项调整。The change.")
DECISIONS = "setting_decisions"  # the counter that lets one decision be taken at a time

Key = Annotated[str, about(Text(1, 80), "设置项代码。Key of the setting.")]
Value = Annotated[Any, about(fields.Raw(), "新值。New value.")]
ValidFrom = Annotated[
    datetime,
    about(When(), "生效时间，不填则批准时生效。Valid from; when it is approved if absent."),
]
Reason = Annotated[str, about(Text(1, 500), "理由或依据。Reason, or the decision behind it.")]
ChangeId = Annotated[str, about(Id("SettingChange"), "调整编号。Id of the change.")]
Approved = Annotated[bool, about(Flag(), "是否批准。Whether it is approved.")]
State = Annotated[ChangeState, about(Choice(ChangeState), "状态。State.")]


class SettingChangeFilter(TypedDict, total=False):
    """设置调整的筛选。Filter of the changes of settings."""

    key: Key | None
    state: State | None


@allow(*SIGNED_IN)
@query("settings", gives="[Setting!]")
def settings(call: Call, desk: Desk) -> list[dict[str, Any]]:
    """某项服务的全部设置。All settings of a service, with their present values."""
    return desk.settings.listed(desk.clock.now())


@allow(*PROPOSERS)
@command("changeSetting", answers=CHANGE)
def change_setting(
    call: Call,
    desk: Desk,
    *,
    key: Key,
    value: Value,
    reason: Reason,
    valid_from: ValidFrom | None = None,
) -> str:
    """提出调整设置项，另一人批准后生效。Propose a change, in force once another person approves it.

    Due dates already set do not move. Which roles propose and approve is told with each setting.
    Raises SettingRefused. [Decisions 11, 49]
    """
    setting, keepers = desk.settings.find(key), desk.settings.keepers(key)
    if call.actor.role not in keepers.propose:
        raise Forbidden

    def make(at: datetime) -> SettingChange:
        since = valid_from or at
        if since < at:
            raise InvalidInput("生效时间不能早于现在", field="validFrom")
        return proposed(
            call.actor,
            at,
            id=f"{desk.service}.{new_id()}",  # tells where it is looked for
            key=key,
            label=setting.label,
            former=desk.settings.get(key, since),
            value=desk.settings.check(key, value, since),
            reason=reason,
            valid_from=valid_from,
            approvers=sorted(keepers.approve),
        )

    return create(call, desk, desk.changes, make)


@allow(*APPROVERS, approves=True)
@command("decideSettingChange", answers=CHANGE)
def decide_setting_change(
    call: Call, desk: Desk, *, change_id: ChangeId, approved: Approved, reason: Reason | None
) -> str:
    """批准或不批准设置调整。Approve a change of a setting, or refuse it with a reason.

    Never one's own. The value is held against the bounds and the other settings again.
    Raises ChangeNotFound, ChangeDecided, OwnChange, SettingRefused. [Decision 49]
    """
    if not approved and reason is None:
        raise InvalidInput("请填写不批准的理由", field="reason")

    def once() -> str:
        at = desk.clock.now()
        change = found(desk.changes, change_id, ChangeNotFound)
        if call.actor.role not in desk.settings.keepers(change.key).approve:
            raise Forbidden
        change.decide(call.actor, approved, reason, at)
        desk.changes.in_transaction(lambda session: _carry_out(call, desk, change, at, session))
        return change.id

    return desk.changes.run(call, once)


@allow(*READERS)
@query("settingChanges", gives="SettingChange")
def list_setting_changes(
    call: Call, desk: Desk, *, filter: SettingChangeFilter, first: First, after: After | None
) -> dict[str, Any]:
    """设置调整的记录，新的在前。Changes of settings and what became of them, the newest first."""
    return desk.changes.page(_wanted(filter), LATEST, first, after)


@allow(*READERS)
@query()
def count_setting_changes(call: Call, desk: Desk, *, filter: SettingChangeFilter) -> int:
    return desk.changes.count(_wanted(filter))


@allow(*READERS)
@query(loads="SettingChange")
def setting_changes_by_ids(call: Call, desk: Desk, *, ids: Ids) -> list[dict[str, Any]]:
    """Rows in any order; those that do not exist are left out."""
    return desk.changes.rows({"_id": {"$in": ids}})


def _carry_out(
    call: Call, desk: Desk, change: SettingChange, at: datetime, session: ClientSession
) -> None:
    """Two that fit alone and not together must not be approved at one moment: one after the other
    takes the counter, and the later one finds what the former has put."""
    desk.database.next_number(session, DECISIONS)
    since = change.valid_from
    if change.state is ChangeState.APPROVED and since is not None:
        change.former = desk.settings.get(change.key, since, session)
        change.value = desk.settings.check(change.key, change.value, since, session)
        desk.settings.put(
            {
                "_id": change.id,
                "key": change.key,
                "value": change.value,
                "valid_from": since,
                "recorded_at": at,
                "author": change.proposed_by,
                "approved_by": change.decided_by,
            },
            session,
        )
    desk.changes.save(call, change, at, session)


def _wanted(filter: SettingChangeFilter) -> dict[str, Any]:
    return {key: value for key, value in filter.items() if value is not None}
