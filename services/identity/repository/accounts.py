"""Accounts: documents ↔ aggregates, look-ups by name and person, the staff's list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.identity.domain.account import Account, sign_in_name
from services.identity.domain.errors import AccountNotFound, GrantNotFound
from services.identity.domain.grants import Grant
from services.identity.domain.memberships import Membership
from services.identity.domain.passwords import OneTimeCode, ResetRequest
from services.identity.domain.roles import RoleScope, scope_rows
from services.identity.domain.second_factor import SecondFactor
from services.identity.domain.wechat import BindingCode, WechatBinding
from shared.call import Call
from shared.persistence import Aggregates, Database, execute, page

Document = dict[str, Any]

# Never the password, the code, or a whole phone number.
ROW_FIELDS = (
    "login",
    "label",
    "kind",
    "phone_masked",
    "person_id",
    "organisation_id",
    "member_id",
    "member_no",
    "state",
    "password_set",
    "second_factor",
    "locked_until",
    "reset",
    "grants",
    "created_at",
)
GRANT_FIELDS = (
    "id",
    "role",
    "scope",
    "state",
    "source",
    "requested_by",
    "requested_at",
    "reason",
    "decided_by",
    "decided_at",
    "decision_reason",
)
SIGN_IN_NAMES = ("login", "member_no", "phone")
ORDERS: Mapping[str, list[tuple[str, int]]] = {
    "LOGIN": [("login", 1), ("_id", 1)],
    "CREATED_AT_DESC": [("created_at", -1), ("_id", 1)],
}


class Accounts:
    """The accounts of one database."""

    def __init__(self, database: Database) -> None:
        self._aggregates = Aggregates(database, "accounts")

    # -- one -------------------------------------------------------------------------------

    def get(self, account_id: str) -> Account:
        """Raises AccountNotFound."""
        doc = self._aggregates.get(account_id)
        if doc is None:
            raise AccountNotFound
        return from_document(doc)

    def by_sign_in_name(self, name: str) -> Account | None:
        """By login, else member number, else a phone number that one account alone has.

        One query whatever the name, so that the time of the answer tells nothing of it.
        """
        wanted = sign_in_name(name)
        query = {"$or": [{field: wanted} for field in SIGN_IN_NAMES]}
        found = list(self._aggregates.collection.find(query).limit(len(SIGN_IN_NAMES)))
        for field in SIGN_IN_NAMES:
            named = [doc for doc in found if doc[field] == wanted]
            if len(named) == 1:
                return from_document(named[0])
        return None

    def by_person(self, person_id: str) -> Account | None:
        return self._one({"person_id": person_id})

    def by_login(self, login: str) -> Account | None:
        return self._one({"login": login.casefold()})

    def by_grant(self, grant_id: str) -> Account:
        """The account that a role was given to or asked for; raises GrantNotFound."""
        account = self._one({"grants.id": grant_id})
        if account is None:
            raise GrantNotFound
        return account

    def holding(self, role: str) -> Account | None:
        """The oldest account that holds `role`."""
        found = self._aggregates.collection.find({"roles": role}).sort("created_at", 1).limit(1)
        return next((from_document(doc) for doc in found), None)

    def _one(self, query: Document) -> Account | None:
        doc = self._aggregates.collection.find_one(query)
        return from_document(doc) if doc else None

    # -- writing ---------------------------------------------------------------------------

    def add(self, call: Call, account: Account, at: datetime) -> None:
        """Store a new account. Conflict if its login, person or command id exists."""
        self._aggregates.insert(call, to_document(account), account.events, at)

    def edit(
        self, call: Call, account_id: str, at: datetime, change: Callable[[Account], object]
    ) -> Account:
        """Load, `change` and save; again from the loading on if another write came in between.

        A change that returns False is not written. Answers the account as it is afterwards.
        """

        def once() -> str:
            account = self.get(account_id)
            if change(account) is not False:
                doc = to_document(account)
                self._aggregates.save(call, doc, account.version, account.events, at)
            return account_id

        return self.get(execute(call, self._aggregates, once))

    def once(self, call: Call, use_case: Callable[[], str]) -> Account:
        """Run a use case that writes one account; again if it lost a race (decision 7)."""
        return self.get(execute(call, self._aggregates, use_case))

    # -- lists -----------------------------------------------------------------------------

    def listed(
        self, wanted: Mapping[str, Any], order_by: str, first: int, after: str | None
    ) -> Document:
        """{"rows", "has_next"} of ROW_FIELDS."""
        fields = dict.fromkeys(ROW_FIELDS, 1)
        order = ORDERS[order_by]
        query = _query(wanted)
        found = page(self._aggregates.collection, query, order, first, after, fields)
        return {**found, "rows": [_row(row) | {"cursor": row["cursor"]} for row in found["rows"]]}

    def count(self, wanted: Mapping[str, Any]) -> int:
        return self._aggregates.collection.count_documents(_query(wanted))

    def by_ids(self, ids: Sequence[str]) -> list[Document]:
        fields = dict.fromkeys(ROW_FIELDS, 1)
        found = self._aggregates.collection.find({"_id": {"$in": list(ids)}}, fields)
        return [_row({**doc, "id": doc["_id"]}) for doc in found]

    def by_grants(self, grant_ids: Sequence[str]) -> list[Document]:
        """The accounts that these roles were given to or asked for."""
        fields = dict.fromkeys(ROW_FIELDS, 1)
        found = self._aggregates.collection.find({"grants.id": {"$in": list(grant_ids)}}, fields)
        return [_row({**doc, "id": doc["_id"]}) for doc in found]

    def ways_to_reach(self, ids: Sequence[str]) -> list[Document]:
        """[{"id", "openid", "member_id", "phone"}]; a member's phone stands in the roster."""
        found = self._aggregates.collection.find(
            {"_id": {"$in": list(ids)}}, {"wechat": 1, "member_id": 1, "phone": 1}
        )
        return [
            {
                "id": doc["_id"],
                "openid": (doc.get("wechat") or {}).get("openid"),
                "member_id": doc["member_id"],
                "phone": None if doc["member_id"] else doc["phone"],
            }
            for doc in found
        ]

    def by_binding_code(self, code_hash: str) -> Account | None:
        return self._one({"wechat_code.hash": code_hash})

    def by_openid(self, openid: str) -> Account | None:
        return self._one({"wechat.openid": openid})

    def row(self, account: Account) -> Document:
        """One account as lists give it."""
        return _row({**to_document(account), "id": account.id})


def _query(wanted: Mapping[str, Any]) -> Document:
    """wanted: role, state, awaits_approval, search (start of login or label); all optional."""
    direct = {"role": "roles", "state": "state", "awaits_approval": "awaits_approval"}
    query: Document = {
        field: wanted[key] for key, field in direct.items() if wanted.get(key) is not None
    }
    if search := wanted.get("search"):
        starts = re.escape(search)
        query["$or"] = [
            {"login": {"$regex": f"^{re.escape(search.casefold())}"}},
            {"label": {"$regex": f"^{starts}"}},
        ]
    return query


def to_document(account: Account) -> Document:
    """All fields, and those that lists search by."""
    doc = asdict(account)
    del doc["events"]
    doc["_id"] = doc.pop("id")
    doc["roles"] = sorted({grant.role for grant in account.active_grants})
    doc["awaits_approval"] = any(grant.state == "REQUESTED" for grant in account.grants)
    doc["state"] = "DISABLED" if account.disabled_by else "ACTIVE"
    doc["second_factor"] = account.factor is not None
    doc["password_set"] = account.password is not None
    doc["phone_masked"] = masked(account.phone)
    return doc


def from_document(doc: Mapping[str, Any]) -> Account:
    """The aggregate of a stored document."""
    plain = {
        field: doc[field]
        for field in (
            "login",
            "label",
            "kind",
            "created_at",
            "phone",
            "person_id",
            "organisation_id",
            "member_id",
            "member_no",
            "term",
            "password",
            "locked_until",
            "disabled_by",
            "version",
        )
    }
    return Account(
        id=doc["_id"],
        **plain,
        code=OneTimeCode(**doc["code"]) if doc["code"] else None,
        # Accounts from before the second person have neither.
        reset=ResetRequest(**doc["reset"]) if doc.get("reset") else None,
        reset_at=doc.get("reset_at"),
        # Accounts from before the second factor have none of these.
        factor=_factor(doc.get("factor")),
        factor_begun=doc.get("factor_begun"),
        demo=doc.get("demo", False),
        grants=[Grant(**grant) for grant in doc["grants"]],
        memberships=[_membership(row) for row in doc["memberships"]],
        # Accounts from before WeChat have neither.
        wechat=WechatBinding(**doc["wechat"]) if doc.get("wechat") else None,
        wechat_code=BindingCode(**doc["wechat_code"]) if doc.get("wechat_code") else None,
        commands=list(doc.get("commands", ())),
    )


def _factor(row: Mapping[str, Any] | None) -> SecondFactor | None:
    return SecondFactor(**{**row, "recovery": tuple(row["recovery"])}) if row else None


def _row(doc: Mapping[str, Any]) -> Document:
    """ROW_FIELDS with "id"."""
    grants = [_grant_row(doc["id"], grant) for grant in doc["grants"]]
    return {"id": doc["id"], **{name: doc.get(name) for name in ROW_FIELDS}, "grants": grants}


def _grant_row(account_id: str, grant: Mapping[str, Any]) -> Document:
    """GRANT_FIELDS with "account_id"; the scope as rows."""
    fields = {name: grant[name] for name in GRANT_FIELDS}
    return {**fields, "account_id": account_id, "scope": scope_rows(grant["scope"])}


def masked(phone: str | None) -> str | None:
    """`138****0088`: enough to recognise, not to call."""
    return f"{phone[:3]}****{phone[-4:]}" if phone and len(phone) >= 7 else None


def _membership(stored: Mapping[str, Any]) -> Membership:
    roles = tuple(RoleScope(**role) for role in stored["roles"])
    return Membership(**{**stored, "roles": roles})
