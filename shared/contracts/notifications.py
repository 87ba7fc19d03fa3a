"""Events of the notifications service."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import names
from shared.contracts.base import Data, contract


@contract(
    "notifications",
    names.NOTIFICATION_CREATED,
    "新消息",
    {
        "notification_id": "proposal_filed:proposal-1:9:member:m-15-0088",
        "recipient": "member:m-15-0088",
        "kind": "PROPOSAL_FILED",
    },
    live=True,
)
class NotificationCreated(Data):
    """A message reached an inbox; its text is read from there, not from the event."""

    notification_id = fields.Str(required=True)
    recipient = fields.Str(required=True)  # member:…, account:… or role:…[@kind:id]
    kind = fields.Str(required=True)  # the template


@contract(
    "notifications",
    names.TODO_CHANGED,
    "待办变化",
    {
        "todo_id": "COSIGN_ANSWER:proposal-1:member:m-15-0031",
        "assignee": "member:m-15-0031",
        "kind": "COSIGN_ANSWER",
        "state": "OPEN",
    },
    live=True,
)
class TodoChanged(Data):
    """A to-do began or ceased to wait; asked again, it is the same one and waits again."""

    todo_id = fields.Str(required=True)
    assignee = fields.Str(required=True)  # a key like a recipient's
    kind = fields.Str(required=True)
    state = fields.Str(required=True, validate=validate.OneOf(["OPEN", "DONE"]))
