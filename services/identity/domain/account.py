"""The account: one person's or one organisation's way in, with roles, password and state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.identity.domain.errors import (
    AccountDisabled,
    AccountStateUnfit,
    FactorNotBegun,
    GrantNotFound,
    NoActiveRole,
    OwnAccount,
    ResetNeedsTwo,
    ResetNotRequested,
    RoleAlreadyHeld,
    RoleNotHeld,
    SecondPersonNeeded,
)
from services.identity.domain.grants import Grant, Person
from services.identity.domain.labels import AccountState
from services.identity.domain.memberships import Membership, standing
from services.identity.domain.passwords import OneTimeCode, ResetRequest
from services.identity.domain.roles import (
    APPROVERS,
    RoleScope,
    check_apart,
    check_grantable,
    check_scope,
)
from services.identity.domain.second_factor import SecondFactor, owed
from services.identity.domain.wechat import BindingCode, WechatBinding
from shared.aggregate import Aggregate
from shared.contracts import names
from shared.roles import Role
from shared.text import clean, narrow

PHONE = re.compile(r"(?:\+?86)?(1[0-9]{10})")


def sign_in_name(typed: str) -> str:
    """The one spelling of a login, a member number or a phone number (decision 58).

    People write phones as "+86 138-0013-8000"; what looks like none keeps its signs.
    """
    name = clean(narrow(typed)).casefold()
    phone = PHONE.fullmatch(re.sub(r"[\s()-]", "", name))
    return phone[1] if phone else name


BY_ADMIN = "ADMIN"
BY_ROSTER = "ROSTER"


@dataclass
class Account(Aggregate):
    """kind: PERSON or ORGANISATION (decision 14).

    `disabled_by` holds the reasons that keep it out (ADMIN, ROSTER); each is lifted by its own
    side only. `login` stays for life; `member_no` is that of the current membership.
    """

    id: str
    login: str
    label: str
    kind: str
    created_at: datetime
    phone: str | None = None
    person_id: str | None = None
    organisation_id: str | None = None
    member_id: str | None = None
    member_no: str | None = None
    term: int = 0
    password: str | None = None  # argon2id hash; None until its owner has chosen one
    code: OneTimeCode | None = None
    reset: ResetRequest | None = None
    reset_at: datetime | None = None  # real time; its password was last reset by a person's code
    factor: SecondFactor | None = None
    factor_begun: str | None = None  # sealed secret, until its owner has given a code of it
    demo: bool = False  # its password is known to everybody
    locked_until: datetime | None = None  # real time
    disabled_by: list[str] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    wechat: WechatBinding | None = None
    wechat_code: BindingCode | None = None

    @classmethod
    def open(cls, **fields: Any) -> Account:
        """A new account without password; its owner gets in by a one-time code."""
        account = cls(**fields)
        account.tell(names.ACCOUNT_CREATED)
        return account

    # -- reading ---------------------------------------------------------------------------

    @property
    def holder(self) -> Person:
        return Person(self.id, self.person_id)

    @property
    def active_grants(self) -> list[Grant]:
        return [grant for grant in self.grants if grant.active]

    @property
    def open_roles(self) -> set[str]:
        """Held or asked for."""
        return {grant.role for grant in self.grants if grant.open}

    @property
    def sign_in_names(self) -> tuple[str | None, ...]:
        """Login, member number and phone."""
        return self.login, self.member_no, self.phone

    def check_enabled(self) -> None:
        """Raises AccountDisabled."""
        if self.disabled_by:
            raise AccountDisabled

    def choose(self, role: str | None = None, grant_id: str | None = None) -> Grant:
        """The grant to act in: the named one, else the first; NoActiveRole, RoleNotHeld."""
        held = self.active_grants
        if not held:
            raise NoActiveRole
        fitting = [
            grant for grant in held if role in (None, grant.role) and grant_id in (None, grant.id)
        ]
        if not fitting:
            raise RoleNotHeld(field="role")
        return fitting[0]

    def grant(self, grant_id: str) -> Grant:
        """Raises GrantNotFound."""
        for grant in self.grants:
            if grant.id == grant_id:
                return grant
        raise GrantNotFound

    # -- roles -----------------------------------------------------------------------------

    def request_grant(
        self, grant_id: str, wanted: RoleScope, by: Person, reason: str, at: datetime
    ) -> None:
        """A code that one person has issued before is no way into a role that approves.

        Raises RoleNotGrantable, ScopeMismatch, AdministratorsApart, RoleAlreadyHeld.
        """
        check_grantable(wanted.role, wanted.scope)
        check_apart(wanted.role, self.open_roles)
        if any(grant.open and grant.gives(wanted) for grant in self.grants):
            raise RoleAlreadyHeld(field="role")
        if wanted.role in APPROVERS and not self._approves:
            self.code = None
        grant = Grant(
            grant_id,
            wanted.role,
            dict(wanted.scope),
            "REQUESTED",
            "REQUEST",
            by.account_id,
            by.person_id,
            at,
            reason,
        )
        self.grants.append(grant)
        self._record_grant(names.ACCOUNT_ROLE_REQUESTED, grant)

    def approve_grant(self, grant_id: str, by: Person, at: datetime) -> None:
        """Raises GrantNotFound, GrantStateUnfit, SecondPersonNeeded, AdministratorsApart."""
        granted = self.grant(grant_id).decide("GRANTED", by, self.holder, at, None)
        check_apart(granted.role, {grant.role for grant in self.active_grants})
        self._put(granted, names.ACCOUNT_ROLE_GRANTED)

    def roles_besides(self, grant: Grant) -> tuple[Role, ...]:
        """The other roles that it holds now, each once."""
        held = dict.fromkeys(Role(other.role) for other in self.active_grants)
        return tuple(role for role in held if role.value != grant.role)

    def refuse_grant(self, grant_id: str, by: Person, reason: str, at: datetime) -> None:
        """Raises GrantNotFound, GrantStateUnfit, SecondPersonNeeded."""
        refused = self.grant(grant_id).decide("REFUSED", by, self.holder, at, reason)
        self._put(refused, names.ACCOUNT_ROLE_REFUSED)

    def revoke_grant(self, grant_id: str, by: Person, reason: str, at: datetime) -> None:
        """Raises GrantNotFound, GrantStateUnfit, RoleOwnedByRoster, OwnAccount."""
        self._check_other(by)
        revoked = self.grant(grant_id).revoke(by, at, reason)
        self._put(revoked, names.ACCOUNT_ROLE_REVOKED)

    def grant_at_once(
        self, grant_id: str, wanted: RoleScope, source: str, by: str, at: datetime
    ) -> bool:
        """A grant without a second person: by the roster, the bootstrap or the demo.

        False if the role is held already. Raises ScopeMismatch and AdministratorsApart for the
        bootstrap and the demo.
        """
        if source != BY_ROSTER:
            check_scope(wanted.role, wanted.scope)
            check_apart(wanted.role, self.open_roles)
        if any(grant.active and grant.gives(wanted) for grant in self.grants):
            return False
        grant = Grant(
            grant_id,
            wanted.role,
            dict(wanted.scope),
            "GRANTED",
            source,
            by,
            None,
            at,
            None,
            by,
            at,
        )
        self.grants.append(grant)
        self._record_grant(names.ACCOUNT_ROLE_GRANTED, grant)
        return True

    # -- memberships (decisions 14, 17) ----------------------------------------------------

    def follow(
        self, heard: Membership, person_id: str, contact: Mapping[str, Any] | None, at: datetime
    ) -> bool:
        """Take in the state of a membership; False if this or a newer one is known already.

        contact: {"name", "phone"} as fetched from the members service, or None.
        """
        known = {membership.member_id: membership for membership in self.memberships}
        former = known.get(heard.member_id)
        if former is not None and former.version >= heard.version:
            return False
        self.memberships = list({**known, heard.member_id: heard}.values())
        self.person_id = person_id
        now = standing(self.memberships)
        self.member_id, self.member_no = now.current.member_id, now.current.member_no
        self.term = now.current.term
        if contact is not None and heard == now.current:
            self.phone = contact.get("phone")
            self.label = contact.get("name") or self.label
        self._follow_roles(now.roles, heard, at)
        self._bar(BY_ROSTER, now.barred)
        return True

    @property
    def earlier(self) -> tuple[str, ...]:
        """The person's memberships besides the current one, the latest first (decision 40)."""
        others = [m for m in self.memberships if m.member_id != self.member_id]
        ordered = sorted(others, key=lambda m: (m.term, m.member_no), reverse=True)
        return tuple(m.member_id for m in ordered)

    def follow_again(self, at: datetime) -> bool:
        """Bring the roles in line with memberships that were heard of under former rules.

        True if anything changed.
        """
        told = len(self.events)
        now = standing(self.memberships)
        self._follow_roles(now.roles, now.current, at)
        return len(self.events) > told

    def _follow_roles(self, wanted: tuple[RoleScope, ...], heard: Membership, at: datetime) -> None:
        for grant in self.active_grants:
            if grant.by_roster and not any(grant.gives(role) for role in wanted):
                self._put(grant.end(BY_ROSTER, at, heard.state), names.ACCOUNT_ROLE_REVOKED)
        for role in wanted:
            key = [heard.member_id, str(heard.version), role.role, *role.scope.values()]
            self.grant_at_once(":".join(key), role, BY_ROSTER, BY_ROSTER, at)

    # -- state -----------------------------------------------------------------------------

    def disable(self, by: Person) -> None:
        """Raises OwnAccount, AccountStateUnfit."""
        self._check_other(by)
        if BY_ADMIN in self.disabled_by:
            raise AccountStateUnfit.of(AccountState.DISABLED)
        self._bar(BY_ADMIN, True)

    def enable(self, by: Person) -> None:
        """Lift an administrator's stop; raises OwnAccount, AccountStateUnfit.

        What the roster closed (removed, deceased) opens only with the roster.
        """
        self._check_other(by)
        if not self.disabled_by:
            raise AccountStateUnfit.of(AccountState.ACTIVE)
        if BY_ADMIN not in self.disabled_by:
            raise AccountStateUnfit("账号随委员名册停用，不能单独启用")
        self._bar(BY_ADMIN, False)

    def lock(self, until: datetime, at: datetime) -> bool:
        """Too many failed attempts, in real time; told once, however many locks fall meanwhile."""
        if self.locked_until is not None and self.locked_until > at:
            return False
        self.locked_until = until
        self.tell(names.ACCOUNT_LOCKED, locked_until=until)
        return True

    def sign_out_everywhere(self) -> None:
        self.tell(names.ACCOUNT_SIGNED_OUT_EVERYWHERE)

    # -- password --------------------------------------------------------------------------

    def set_password(self, hashed: str) -> None:
        """The owner's own choice ends the one-time code and the lock."""
        self.password, self.code, self.locked_until = hashed, None, None

    def reset_password(self, hashed: str, at: datetime) -> None:
        """Chosen by a one-time code, in real time. One from the server holds nothing back: it is
        how the first administrators get in."""
        if self.code is None or self.code.issued_by is not None:
            self.reset_at = at
        self.set_password(hashed)
        self.tell(names.ACCOUNT_PASSWORD_RESET)

    def held_until(self, hold: timedelta) -> datetime | None:
        """The end of the time in which it approves nothing after a reset."""
        return self.reset_at + hold if self.reset_at else None

    # -- second factor -----------------------------------------------------------------------

    def owes_factor(self, whom: int) -> bool:
        """Whether it must have one. A demo account need not: what everybody knows protects
        nothing."""
        return not self.demo and owed((grant.role for grant in self.active_grants), whom)

    def begin_factor(self, sealed: str) -> None:
        """Until a code of it was given, the former one holds."""
        self.factor_begun = sealed

    def set_factor(self, sealed: str, step: int, recovery: Iterable[str], at: datetime) -> None:
        """Its owner has given a first code. Raises FactorNotBegun if another was begun since."""
        if self.factor_begun != sealed:
            raise FactorNotBegun
        self.factor = SecondFactor(sealed, at, step, tuple(recovery))
        self.factor_begun = None
        self.tell(names.ACCOUNT_SECOND_FACTOR_SET)

    def drop_factor(self) -> None:
        if self.factor is not None:
            self.tell(names.ACCOUNT_SECOND_FACTOR_DROPPED)
        self.factor = self.factor_begun = None

    def issue_code(self, code: OneTimeCode, by: Person, without_factor: bool = False) -> None:
        """A reset by one person; raises OwnAccount, ResetNeedsTwo, AccountDisabled.

        Whoever approves must not be able to take over the account that asks, nor the one that
        approves what he has asked for himself.
        """
        self._check_other(by)
        self.check_enabled()
        if self._approves:
            raise ResetNeedsTwo
        self._give(code)
        if without_factor:
            self.drop_factor()

    def request_reset(
        self, by: Person, reason: str, at: datetime, without_factor: bool = False
    ) -> None:
        """without_factor: the second one is lost, too. Raises OwnAccount, AccountDisabled."""
        self._check_other(by)
        self.check_enabled()
        self.reset = ResetRequest(by.account_id, by.person_id, at, reason, without_factor)
        self.tell(names.ACCOUNT_RESET_REQUESTED)

    def approve_reset(self, code: OneTimeCode, by: Person) -> None:
        """By another person; raises ResetNotRequested, SecondPersonNeeded, AccountDisabled."""
        asked = self._asked()
        asker = Person(asked.requested_by, asked.requested_by_person)
        if by.same_as(asker) or by.same_as(self.holder):
            raise SecondPersonNeeded
        self.check_enabled()
        self._give(code)
        if asked.without_factor:
            self.drop_factor()

    def refuse_reset(self) -> None:
        """Raises ResetNotRequested."""
        self._asked()
        self.reset = None
        self.tell(names.ACCOUNT_RESET_REFUSED)

    def recover(self, code: OneTimeCode) -> None:
        """A way back in from the server itself: lifts an administrator's stop, and drops a second
        factor, which may be lost."""
        self.locked_until = None
        self.drop_factor()
        self._give(code)
        self._bar(BY_ADMIN, False)

    @property
    def _approves(self) -> bool:
        """Asked-for roles count: a code is good for a day, and the role may come within it."""
        return not self.open_roles.isdisjoint(APPROVERS)

    def _asked(self) -> ResetRequest:
        if self.reset is None:
            raise ResetNotRequested
        return self.reset

    def _give(self, code: OneTimeCode) -> None:
        self.code, self.reset = code, None
        self.tell(names.ACCOUNT_CODE_ISSUED)

    # -- events ----------------------------------------------------------------------------

    def _check_other(self, by: Person) -> None:
        if by.same_as(self.holder):
            raise OwnAccount

    def _bar(self, reason: str, barred: bool) -> None:
        was = bool(self.disabled_by)
        kept = [other for other in self.disabled_by if other != reason]
        self.disabled_by = [*kept, reason] if barred else kept
        if was != bool(self.disabled_by):
            self.tell(names.ACCOUNT_ENABLED if was else names.ACCOUNT_DISABLED)

    def _put(self, changed: Grant, event: str) -> None:
        self.grants = [changed if grant.id == changed.id else grant for grant in self.grants]
        self._record_grant(event, changed)

    def _record_grant(self, event: str, grant: Grant) -> None:
        self.tell(event, grant_id=grant.id, role=grant.role, scope=dict(grant.scope))

    def header(self) -> dict[str, Any]:
        return {"account_id": self.id, "person_id": self.person_id, "member_id": self.member_id}
