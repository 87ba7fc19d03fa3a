"""One's own sessions: where one is signed in, and ending one that should not be."""

from __future__ import annotations

from typing import Any

from services.identity import schemas as form
from services.identity.commands.ports import SIGNED_IN, Identity
from services.identity.domain.errors import SessionNotFound
from services.identity.domain.sessions import Session
from shared.actor import allow
from shared.call import Call
from shared.operations import command, query


@allow(*SIGNED_IN)
@query("mySignIns", gives="[SignIn!]")
def own_sessions(call: Call, desk: Identity) -> list[dict[str, Any]]:
    """本人的登录。Where the account is signed in, the one used last first."""
    account = desk.accounts.get(str(call.actor.account_id))
    roles = {grant.id: grant.role for grant in account.grants}
    return [
        {**_view(session), "role": roles[session.grant_id], "current": _is_this(call, session)}
        for session in desk.sessions.open_of(account.id, desk.clock.real())
    ]


@allow(*SIGNED_IN)
@command("endSignIn", answers=form.SIGNED_OUT)
def end_session(call: Call, desk: Identity, *, sign_in_id: form.SignInId) -> int:
    """结束本人的一次登录。End one of one's own sessions; its tokens open nothing any more.

    Sent again it answers 0. Raises SessionNotFound for one of somebody else.
    """
    at = desk.clock.real()
    session = desk.sessions.get(sign_in_id)
    if session is None or session.account_id != call.actor.account_id:
        raise SessionNotFound(field="signInId")
    ended = desk.sessions.end(call, session.id, "ENDED_BY_OWNER", at)
    if ended:
        desk.journal.record(
            call,
            "SIGNED_OUT",
            call.actor.account_id,
            at,
            session_id=session.id,
            details={"from": call.actor.session_id},
        )
    return int(ended)


def _view(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "started_at": session.created_at,
        "last_used_at": session.used_at,
        "expires_at": session.expires_at,
        "agent": session.agent or None,
    }


def _is_this(call: Call, session: Session) -> bool:
    return session.id == call.actor.session_id
