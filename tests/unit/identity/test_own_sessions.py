"""Where one is signed in, and ending what should not be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.identity.commands.sessions import end_session, own_sessions
from services.identity.commands.sign_in import refresh, sign_in
from services.identity.domain.errors import SessionEnded, SessionNotFound
from services.identity.domain.roles import RoleScope
from shared.call import Call
from tests.unit.identity.world import PASSWORD, START, World, call_as

PHONE, DESK = "Mozilla/5.0 (Android; MicroMessenger)", "Mozilla/5.0 (X11)"


def signed_in(world: World, login: str, agent: str) -> tuple[str, Call]:
    """A refresh token, and a call with the session's token."""
    answer = sign_in(call_as(), world.identity, login=login, password=PASSWORD, agent=agent)
    return str(answer["refresh_token"]), call_as(world.minted[-1])


def test_the_owner_sees_each_and_which_is_this_one() -> None:
    world = World()
    world.account(roles=[RoleScope("MEMBER", {})])
    first, on_phone = signed_in(world, "wang.fang", PHONE)
    _, at_desk = signed_in(world, "wang.fang", DESK)
    world.clock.advance(timedelta(minutes=9))
    refresh(call_as(), world.identity, refresh_token=first)
    phone, desk = own_sessions(at_desk, world.identity)
    assert phone == {
        "id": on_phone.actor.session_id,
        "agent": PHONE,
        "role": "MEMBER",
        "current": False,
        "started_at": START,
        "last_used_at": START + timedelta(minutes=9),
        "expires_at": START + timedelta(days=90),
    }
    assert (desk["id"], desk["agent"], desk["current"], desk["last_used_at"]) == (
        at_desk.actor.session_id,
        DESK,
        True,
        START,
    )


def test_a_lost_phone_is_signed_out_from_the_desk() -> None:
    world = World()
    world.account(roles=[RoleScope("MEMBER", {})])
    lost, on_phone = signed_in(world, "wang.fang", PHONE)
    _, at_desk = signed_in(world, "wang.fang", DESK)
    wanted = str(on_phone.actor.session_id)
    assert end_session(at_desk, world.identity, sign_in_id=wanted) == 1
    assert end_session(at_desk, world.identity, sign_in_id=wanted) == 0
    assert [s["agent"] for s in own_sessions(at_desk, world.identity)] == [DESK]
    assert world.journal.kinds() == ["SUCCESS", "SUCCESS", "SIGNED_OUT"]
    assert world.journal.entries[-1]["session_id"] == wanted
    with pytest.raises(SessionEnded):
        refresh(call_as(), world.identity, refresh_token=lost)


def test_nobody_sees_or_ends_anothers() -> None:
    world = World()
    for login in ("wang.fang", "li.ming"):
        world.account(login, roles=[RoleScope("MEMBER", {})])
    _, own = signed_in(world, "wang.fang", PHONE)
    _, other = signed_in(world, "li.ming", DESK)
    assert [s["agent"] for s in own_sessions(own, world.identity)] == [PHONE]
    for unknown in (str(other.actor.session_id), "nope"):
        with pytest.raises(SessionNotFound):
            end_session(own, world.identity, sign_in_id=unknown)
    assert [s["agent"] for s in own_sessions(other, world.identity)] == [DESK]
