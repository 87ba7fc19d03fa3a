"""The second factor: set up, asked for after the password, renewed, given up (ADR 36)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.identity import schemas as form
from services.identity.commands.passwords import prove_again, signed_in
from services.identity.commands.ports import ANYONE, SIGNED_IN, Identity
from services.identity.commands.sign_in import begin
from services.identity.domain.account import Account
from services.identity.domain.errors import (
    AccountLocked,
    FactorMissing,
    FactorNeeded,
    FactorNotBegun,
    FactorWrong,
    TicketInvalid,
)
from services.identity.domain.passwords import as_code, new_code
from services.identity.domain.second_factor import CODE, RECOVERY_CODES, SecondFactor
from services.identity.domain.throttle import Counted, Counter, limits, locked
from services.identity.domain.tickets import Purpose, Ticket
from shared.actor import allow
from shared.call import Call
from shared.errors import InvalidInput
from shared.operations import command

NO_TOKENS = dict.fromkeys(answer.name for answer in (*form.TOKENS, form.DEVICE))


@allow(*ANYONE)
@command("completeSignIn", answers=(*form.TOKENS, form.DEVICE))
def complete_sign_in(
    call: Call, desk: Identity, *, factor_ticket: form.FactorTicket, code: form.FactorCode
) -> dict[str, Any]:
    """登录第二步：动态码或恢复码。The second step of signing in, for who has a second factor.

    Raises TicketInvalid, FactorWrong, AccountLocked, AccountDisabled, NoActiveRole, RoleNotHeld.
    """
    ticket, account = _waiting(desk, factor_ticket)
    account = _prove(call, desk, account, code)
    return _let_in(call, desk, account, ticket)


@allow(*ANYONE)
@command("beginSecondFactor", answers=form.FACTOR_SECRET)
def begin_second_factor(
    call: Call,
    desk: Identity,
    *,
    current_password: form.CurrentPassword | None = None,
    factor_ticket: form.FactorTicket | None = None,
) -> dict[str, Any]:
    """开启两步验证：取得密钥。The secret of a second factor.

    It holds once a code of it is given. By the password for who is signed in, by the
    ticket of signIn for who has to have one. Raises InvalidInput,
    TicketInvalid, InvalidCredentials, AccountLocked; Unauthenticated.
    """
    if (current_password is None) == (factor_ticket is None):
        raise InvalidInput("请填写密码，或使用登录时得到的凭证", field="currentPassword")
    if factor_ticket is not None:
        _, account = _waiting(desk, factor_ticket)
        if account.factor is not None:  # who has one gives a code of it
            raise TicketInvalid(field="factorTicket")
    else:
        account = prove_again(call, desk, current_password or "")
    secret = desk.codes.new_secret()
    sealed = desk.sealing.seal(secret, account.id)
    _edit(call, desk, account, lambda current: current.begin_factor(sealed))
    return {"secret": secret, "uri": desk.codes.uri(secret, account.login)}


@allow(*ANYONE)
@command("confirmSecondFactor", answers=(form.RECOVERY, *form.TOKENS, form.DEVICE))
def confirm_second_factor(
    call: Call,
    desk: Identity,
    *,
    code: form.AppCode,
    factor_ticket: form.FactorTicket | None = None,
) -> dict[str, Any]:
    """确认两步验证：首个动态码。A first code of the app: the second factor holds from now on.

    With the ticket of signIn it also signs in. Raises FactorWrong, FactorNotBegun, TicketInvalid,
    AccountLocked; Unauthenticated.
    """
    if factor_ticket is not None:
        ticket, account = _waiting(desk, factor_ticket)
        if account.factor is not None:
            raise TicketInvalid(field="factorTicket")
    else:
        ticket, account = None, _own(call, desk)
    at = desk.clock.real()
    begun = account.factor_begun
    if begun is None:
        raise FactorNotBegun
    secret = desk.sealing.open(begun, account.id)
    step = _counted(call, desk, account, lambda: desk.codes.matching_step(secret, code, at))
    codes, hashes = _recovery_codes(desk)
    account = _edit(call, desk, account, lambda a: a.set_factor(begun, step, hashes, at))
    desk.journal.record(call, "SECOND_FACTOR_SET", account.id, at)
    if ticket is not None:
        return {"recovery_codes": codes, **_let_in(call, desk, account, ticket)}
    if call.actor.session_id is not None:
        desk.sessions.strengthen(call.actor.session_id)
    return {"recovery_codes": codes, **NO_TOKENS}


@allow(*SIGNED_IN)
@command("renewRecoveryCodes", answers=(form.RECOVERY,))
def renew_recovery_codes(call: Call, desk: Identity, *, code: form.FactorCode) -> list[str]:
    """更换恢复码，原有的作废。New recovery codes; the former ones are void.

    Raises FactorMissing, FactorWrong, AccountLocked.
    """
    account = _prove(call, desk, _own(call, desk), code)
    codes, hashes = _recovery_codes(desk)

    def renew(current: Account) -> None:
        current.factor = _held(current).renewed(hashes)

    _edit(call, desk, account, renew)
    desk.journal.record(call, "RECOVERY_CODES_RENEWED", account.id, desk.clock.real())
    return codes


@allow(*SIGNED_IN)
@command("dropSecondFactor", answers=(form.DROPPED,))
def drop_second_factor(call: Call, desk: Identity, *, code: form.FactorCode) -> bool:
    """关闭两步验证。Give the second factor up, where none is owed.

    Raises FactorNeeded for who must have one, FactorMissing, FactorWrong, AccountLocked.
    """
    account = _own(call, desk)
    if account.owes_factor(desk.setting("second_factor")):
        raise FactorNeeded("您的身份必须使用两步验证，不能关闭")
    account = _prove(call, desk, account, code)
    _edit(call, desk, account, Account.drop_factor)
    desk.journal.record(call, "SECOND_FACTOR_DROPPED", account.id, desk.clock.real())
    return True


def _waiting(desk: Identity, secret: str) -> tuple[Ticket, Account]:
    ticket = desk.tickets.find(secret, Purpose.FACTOR, desk.clock.real())
    if ticket is None:
        raise TicketInvalid(field="factorTicket")
    account = desk.accounts.get(ticket.account_id)
    account.check_enabled()
    return ticket, account


def _own(call: Call, desk: Identity) -> Account:
    account = desk.accounts.get(signed_in(call))
    account.check_enabled()
    return account


def _held(account: Account) -> SecondFactor:
    if account.factor is None:
        raise FactorMissing
    return account.factor


def _let_in(call: Call, desk: Identity, account: Account, ticket: Ticket) -> dict[str, Any]:
    """The ticket is good once."""
    grant = account.choose(grant_id=ticket.grant_id)
    at = desk.clock.real()
    desk.tickets.drop(account.id)
    return begin(call, desk, account, grant, ticket.agent, at, known=ticket.known, strong=True)


def _prove(call: Call, desk: Identity, account: Account, code: str) -> Account:
    """A code of the app or for recovery: good once, however many try it at one moment."""
    at = desk.clock.real()
    factor = _held(account)
    if CODE.fullmatch(code.strip()):
        secret = desk.sealing.open(factor.secret, account.id)
        step = _counted(
            call, desk, account, lambda: desk.codes.matching_step(secret, code.strip(), at)
        )
        return _edit(call, desk, account, lambda a: _put(a, _held(a).take(step)))
    hashes = desk.sealing.digests(as_code(code))
    _counted(call, desk, account, lambda: 1 if factor.recover(hashes) else None)
    account = _edit(call, desk, account, lambda a: _put(a, _held(a).recover(hashes)))
    left = len(_held(account).recovery)
    desk.journal.record(call, "RECOVERY_CODE_USED", account.id, at, details={"left": left})
    return account


def _counted(call: Call, desk: Identity, account: Account, fit: Callable[[], int | None]) -> int:
    """What `fit` finds; a failure is counted. Raises FactorWrong, AccountLocked."""
    at = desk.clock.real()
    counter = Counter(Counted.FACTOR, account.id)
    try:
        desk.attempts.check([counter], at)
        found = fit()
        rule = limits(desk.setting)[Counted.FACTOR]
        count = desk.attempts.settle(counter, found is not None, at, rule)
    except AccountLocked as refusal:
        desk.journal.record(call, "FAILURE", account.id, at, code=refusal.code)
        raise
    if found is not None:
        return found
    desk.journal.record(call, "FAILURE", account.id, at, code=FactorWrong.code)
    until = count.locked_until
    if until is None:
        raise FactorWrong(field="code", details={"attempts_left": rule.failures - count.failures})
    desk.journal.record(
        call, "LOCKED", account.id, at, details={"until": until, "counted": counter.kind.value}
    )
    _edit(call, desk, account, lambda a: a.lock(until, at))
    raise locked(until)


def _recovery_codes(desk: Identity) -> tuple[list[str], list[str]]:
    """Fresh ones, in plain to show once and hashed to store."""
    codes = [new_code(desk.choose) for _ in range(RECOVERY_CODES)]
    return codes, [desk.sealing.digest(code) for code in codes]


def _edit(
    call: Call, desk: Identity, account: Account, change: Callable[[Account], object]
) -> Account:
    """Never under the client's command id: its fingerprint would be a fast hash of the code."""
    return desk.accounts.edit(call.without_command(), account.id, desk.clock.now(), change)


def _put(account: Account, factor: SecondFactor | None) -> None:
    if factor is None:
        raise FactorWrong(field="code")
    account.factor = factor
