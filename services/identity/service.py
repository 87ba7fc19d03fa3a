"""identity (账号): accounts, roles and scopes, sign-in, tokens, sign-in audit.

A table of contents, nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from eventlet import tpool
from eventlet.semaphore import Semaphore

from services.identity import reactions
from services.identity.commands import (
    accounts,
    demo,
    passwords,
    queries,
    second_factor,
    sessions,
    sign_in,
    wechat,
)
from services.identity.commands.ports import Identity
from services.identity.passwords import Queue, from_environment, guesses
from services.identity.providers import WechatLogin
from services.identity.settings import SETTINGS
from services.identity.tokens import TokenMint
from services.identity.wiring import assemble, sealing_of
from shared.call import Call
from shared.messaging.service import Platform, Provide, listen, offers
from shared.persistence.settings import SECURITY

HASHES_AT_ONCE = os.cpu_count() or 1
# Half a second of work for each core: whoever comes later would be answered late.
MOST_HASHES = 16 * HASHES_AT_ONCE
_hashing = Semaphore(HASHES_AT_ONCE)


def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Hashing takes a whole core for tens of milliseconds: the service loop goes on meanwhile."""
    with _hashing:
        return tpool.execute(work, *arguments)


compute = Queue(in_thread, MOST_HASHES)


def build(platform: Platform) -> Identity:
    """The dependencies of all methods, made once a process."""
    platform.settings.declare(SETTINGS, SECURITY)

    def contacts(call: Call, member_id: str) -> Mapping[str, Any] | None:
        rows = platform.rpc.call("members", "contacts_by_ids", call, ids=[member_id])
        return rows[0] if rows else None

    return assemble(
        platform.database,
        settings=platform.settings,
        clock=platform.clock,
        audit=platform.audit,
        hasher=from_environment(os.environ, compute),
        sealing=sealing_of(os.environ, platform.environment),
        guesses=lambda password, words: compute(guesses, password, words),
        tokens=TokenMint(platform.environment.keys_dir, platform.clock),
        contacts=contacts,
        production=platform.environment.production,
        wechat=WechatLogin.configured(os.environ),
    )


@offers(sign_in, second_factor, sessions, passwords, accounts, wechat, demo, queries)
class IdentityService:
    name = "identity"
    deps = Provide(build)


for _type in reactions.HEARD:
    listen(IdentityService, "members", _type, reactions.follow)
