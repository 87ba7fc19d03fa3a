"""Identity: accounts, roles and scopes, sign-in, tokens, sign-in audit. Rules are in domain/."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from eventlet import tpool
from eventlet.semaphore import Semaphore

from services.identity import schemas
from services.identity.commands import accounts, demo, passwords, queries, sign_in
from services.identity.commands.ports import Identity
from services.identity.passwords import from_environment
from services.identity.reactions import follow_member
from services.identity.settings import SETTINGS
from services.identity.tokens import TokenMint
from services.identity.wiring import assemble
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Event, Platform, Provide, on_event, read, rpc

HASHES_AT_ONCE = os.cpu_count() or 1
_hashing = Semaphore(HASHES_AT_ONCE)


def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Hashing takes a whole core for tens of milliseconds: the service loop goes on meanwhile."""
    with _hashing:
        return tpool.execute(work, *arguments)


def build(platform: Platform) -> Identity:
    """The dependencies of all methods, made once a process."""
    platform.settings.declare(SETTINGS)

    def contacts(call: Call, member_id: str) -> Mapping[str, Any] | None:
        rows = platform.rpc.call("members", "contacts_by_ids", call, ids=[member_id])
        return rows[0] if rows else None

    return assemble(
        platform.database,
        settings=platform.settings,
        clock=platform.clock,
        audit=platform.audit,
        hasher=from_environment(os.environ, in_thread),
        tokens=TokenMint(platform.environment.keys_dir, platform.clock),
        contacts=contacts,
        production=platform.environment.production,
    )


class IdentityService:
    name = "identity"
    deps = Provide(build)

    # -- sign-in ---------------------------------------------------------------------------

    @rpc
    def sign_in(self, call: Call, **payload: Any) -> dict[str, Any]:
        return sign_in.sign_in(call, self.deps, **schemas.SignIn.parse(payload))

    @rpc
    def refresh(self, call: Call, **payload: Any) -> dict[str, Any]:
        return sign_in.refresh(call, self.deps, **schemas.Refresh.parse(payload))

    @rpc
    def switch_role(self, call: Call, **payload: Any) -> dict[str, Any]:
        return sign_in.switch_role(call, self.deps, **schemas.SwitchRole.parse(payload))

    @rpc
    def sign_out(self, call: Call, **payload: Any) -> dict[str, Any]:
        return sign_in.sign_out(call, self.deps, **schemas.Nothing.parse(payload))

    @rpc
    def sign_out_everywhere(self, call: Call, **payload: Any) -> dict[str, Any]:
        return sign_in.sign_out_everywhere(call, self.deps, **schemas.Nothing.parse(payload))

    @read
    def viewer_account(self, call: Call) -> dict[str, Any]:
        return sign_in.viewer_account(call, self.deps)

    @read
    def jwks(self, call: Call) -> dict[str, Any]:
        return queries.jwks(call, self.deps)

    # -- passwords -------------------------------------------------------------------------

    @rpc
    def change_password(self, call: Call, **payload: Any) -> dict[str, Any]:
        return passwords.change_password(call, self.deps, **schemas.ChangePassword.parse(payload))

    @rpc
    def redeem_code(self, call: Call, **payload: Any) -> dict[str, Any]:
        return passwords.redeem_code(call, self.deps, **schemas.RedeemCode.parse(payload))

    @rpc
    def issue_reset_code(self, call: Call, **payload: Any) -> dict[str, Any]:
        return passwords.issue_reset_code(call, self.deps, **schemas.AccountRef.parse(payload))

    # -- accounts and roles ----------------------------------------------------------------

    @rpc
    def create_account(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.create_account(call, self.deps, **schemas.CreateAccount.parse(payload))

    @rpc
    def disable_account(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.disable_account(call, self.deps, **schemas.AccountWithReason.parse(payload))

    @rpc
    def enable_account(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.enable_account(call, self.deps, **schemas.AccountWithReason.parse(payload))

    @rpc
    def request_role_grant(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.request_role_grant(call, self.deps, **schemas.RequestRole.parse(payload))

    @rpc
    def approve_role_grant(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.approve_role_grant(call, self.deps, **schemas.GrantRef.parse(payload))

    @rpc
    def refuse_role_grant(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.refuse_role_grant(call, self.deps, **schemas.GrantWithReason.parse(payload))

    @rpc
    def revoke_role(self, call: Call, **payload: Any) -> dict[str, Any]:
        return accounts.revoke_role(call, self.deps, **schemas.GrantWithReason.parse(payload))

    @rpc
    def load_demo_accounts(self, call: Call, **payload: Any) -> dict[str, Any]:
        return demo.load_demo_accounts(call, self.deps, **schemas.DemoAccounts.parse(payload))

    # -- reads for staff -------------------------------------------------------------------

    @read
    def account(self, call: Call, **payload: Any) -> dict[str, Any]:
        return queries.account(call, self.deps, **schemas.AccountRef.parse(payload))

    @read
    def role_grant(self, call: Call, **payload: Any) -> dict[str, Any]:
        return queries.role_grant(call, self.deps, **schemas.GrantRef.parse(payload))

    @read
    def accounts_by_ids(self, call: Call, **payload: Any) -> list[dict[str, Any]]:
        return queries.accounts_by_ids(call, self.deps, **schemas.Ids.parse(payload))

    @read
    def list_accounts(self, call: Call, **payload: Any) -> dict[str, Any]:
        return queries.list_accounts(call, self.deps, **schemas.AccountList.parse(payload))

    @read
    def count_accounts(self, call: Call, **payload: Any) -> int:
        return queries.count_accounts(call, self.deps, **schemas.AccountCount.parse(payload))

    @read
    def list_sign_in_audit(self, call: Call, **payload: Any) -> dict[str, Any]:
        return queries.list_sign_in_audit(call, self.deps, **schemas.AuditList.parse(payload))

    @read
    def count_sign_in_audit(self, call: Call, **payload: Any) -> int:
        return queries.count_sign_in_audit(call, self.deps, **schemas.AuditCount.parse(payload))

    # -- the roster of members -------------------------------------------------------------

    @on_event("members", names.MEMBER_APPOINTED)
    def on_members_member_appointed(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_PROFILE_CHANGED)
    def on_members_member_profile_changed(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_POST_CHANGED)
    def on_members_member_post_changed(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_SUSPENDED)
    def on_members_member_suspended(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_REINSTATED)
    def on_members_member_reinstated(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_RESIGNED)
    def on_members_member_resigned(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_REVOKED)
    def on_members_member_revoked(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_DECEASED)
    def on_members_member_deceased(self, event: Event) -> None:
        self._follow(event)

    @on_event("members", names.MEMBER_TERM_ENDED)
    def on_members_member_term_ended(self, event: Event) -> None:
        self._follow(event)

    def _follow(self, event: Event) -> None:
        follow_member(event.call(self.name), self.deps, event)
