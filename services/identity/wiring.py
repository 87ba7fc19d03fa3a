"""Puts the service together, for its process and for the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.identity import totp
from services.identity.commands.ports import Hasher, Identity, Sealing, WechatLogin
from services.identity.domain.passwords import Guesses
from services.identity.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    Accounts,
    AttemptCounter,
    Devices,
    Journal,
    Sessions,
    Tickets,
)
from services.identity.tokens import TokenMint
from shared.call import Call
from shared.clock import Now
from shared.persistence import Audit, Database, SettingsStore
from shared.sealing import Cipher, masters
from shared.settings import Settings

SERVICE = "identity"
PURPOSE = "identity/second-factor"


def sealing_of(environ: Mapping[str, str], process: Settings) -> Cipher:
    """Of the secrets of second factors; raises SettingsError without IDENTITY_DATA_KEY."""
    return Cipher(masters(environ, process, SERVICE), PURPOSE)


def assemble(
    database: Database,
    *,
    settings: SettingsStore,
    clock: Now,
    audit: Audit,
    hasher: Hasher,
    guesses: Guesses,
    sealing: Sealing,
    tokens: TokenMint,
    contacts: Callable[[Call, str], Mapping[str, Any] | None],
    production: bool,
    wechat: WechatLogin | None = None,
) -> Identity:
    """The dependencies over `database`, which is prepared first."""
    database.prepare(INDEXES, MIGRATIONS, outbox=OUTBOX)
    return Identity(
        accounts=Accounts(database),
        sessions=Sessions(database),
        tickets=Tickets(database),
        attempts=AttemptCounter(database),
        devices=Devices(database),
        journal=Journal(database),
        audit=audit,
        settings=settings,
        clock=clock,
        hasher=hasher,
        guesses=guesses,
        codes=totp,
        sealing=sealing,
        mint=tokens.mint,
        contacts=contacts,
        public_keys=tokens.public_keys,
        production=production,
        wechat=wechat,
    )
