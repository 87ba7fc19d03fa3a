"""Accounts of one test on the shared platform, and calls with the tokens they were given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from shared.messaging.events import Event
from tests import wire
from tests.stack import Document, Stack

PASSWORD = "Yuanmeng-2017"
NEW_PASSWORD = "Taihu-Xincheng-88"
SYSTEM = Actor("service:demo", Role.SYSTEM)
ADMIN = Actor("account-admin", Role.SYSTEM_ADMIN)
SECURITY = Actor("account-security", Role.SECURITY_ADMIN)
OFFICE = Actor("account-office", Role.OFFICE)
AUDITOR = Actor("account-auditor", Role.AUDIT_ADMIN)


@dataclass
class People:
    """A test's own accounts: logins and members carry a key, since the platform is shared."""

    stack: Stack
    key: str = field(default_factory=lambda: new_id()[:8])

    def call(self, method: str, actor: Actor = PUBLIC_ACTOR, **kwargs: Any) -> Any:
        return self.stack.call("identity", method, actor, **kwargs)

    def call_with(self, token: str, method: str, **kwargs: Any) -> Any:
        """A call with a token that identity itself signed."""
        return wire.call(self.stack.amqp_uri, "identity", method, token, 5.0, kwargs)

    # Staff

    def login(self, name: str) -> str:
        return f"{name}.{self.key}"

    def load(self, name: str, *roles: Document, **fields: Any) -> str:
        """A demo account with PASSWORD; its id."""
        account = self.account(name, *roles, **fields)
        loaded = self.call("load_demo_accounts", SYSTEM, accounts=[account])
        return str(loaded["accounts"][0]["id"])

    def account(self, name: str, *roles: Document, **fields: Any) -> Document:
        return {
            "login": self.login(name),
            "password": PASSWORD,
            "label": name,
            "roles": list(roles) or [{"role": "PROPOSAL_STAFF", "scope": {}}],
            **fields,
        }

    def sign_in(self, name: str, password: str = PASSWORD, **kwargs: Any) -> Document:
        answer: Document = self.call("sign_in", login=self.login(name), password=password, **kwargs)
        return answer

    # Members

    def number(self, person: int, term: int = 15) -> str:
        return f"{term}-{self.key}-{person}"

    def member(self, event_type: str, person: int = 1, **changes: Any) -> Event:
        """A member event of person `person`; `version`, `term` and data fields as given."""
        number = self.number(person, changes.get("term", 15))
        given = {
            "id": new_id(),
            "subject": f"m-{number}",
            "member_id": f"m-{number}",
            "member_no": number,
            "person_id": f"p-{self.key}-{person}",
            **changes,
        }
        return sample_event("members", event_type, **given)

    def publish(self, *events: Event) -> None:
        for event in events:
            self.stack.publish(event)

    def account_of(self, person: int = 1) -> Document:
        """The stored account of a person; empty while there is none."""
        accounts = self.stack.db("identity")["accounts"]
        return accounts.find_one({"person_id": f"p-{self.key}-{person}"}) or {}

    def roles_of(self, person: int = 1) -> list[tuple[str, dict[str, str]]]:
        """The roles that a person's account holds."""
        grants = self.account_of(person).get("grants", ())
        return [(g["role"], g["scope"]) for g in grants if g["state"] == "GRANTED"]

    # What was written

    def stored(self, account_id: str) -> Document:
        account = self.stack.db("identity")["accounts"].find_one({"_id": account_id})
        assert account is not None
        return account

    def published(self, account_id: str) -> list[str]:
        """The types of the account's published events, in order."""
        log = self.stack.db("identity")["event_log"].find({"subject": account_id})
        return [row["type"] for row in sorted(log, key=lambda row: row["aggregateversion"])]
