"""`python -m services.identity.admin`: the first accounts of an empty system (decision 18).

    … admin [--login admin]          one SYSTEM_ADMIN; refused when there is one
    … admin --security [--login …]   one SECURITY_ADMIN, another person: approves resets
    … admin [--security] --reset     a new one-time code for that administrator
    … admin --first-office LOGIN     the first OFFICE account, which approves all further roles

Prints a one-time code, once. Sign in with it as the password, or redeem it, to choose a password.
"""

from __future__ import annotations

import argparse
import os
import re
import sys

from services.identity.commands.bootstrap import create_admin, create_first_office
from services.identity.commands.ports import Identity
from services.identity.passwords import from_environment, guesses
from services.identity.settings import SETTINGS
from services.identity.tokens import TokenMint
from services.identity.wiring import assemble, sealing_of
from shared import settings
from shared.actor import Role
from shared.call import Call
from shared.clock import Clock
from shared.errors import AppError
from shared.persistence import Audit, Database, SettingsStore, connect

SERVICE = "identity"
SYSTEM, SECURITY = (Role.SYSTEM_ADMIN, "admin"), (Role.SECURITY_ADMIN, "security")
LOGIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,31}")


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    call = Call.system(SERVICE)
    identity = connect_identity(settings.load())
    try:
        if options.first_office:
            login, code = create_first_office(call, identity, login=options.first_office)
        else:
            role, default = SECURITY if options.security else SYSTEM
            login, code = create_admin(
                call, identity, login=options.login or default, reset=options.reset, role=role
            )
    except AppError as refusal:
        print(f"{refusal.code}: {refusal.message}", file=sys.stderr)
        return 1
    hours = identity.setting("reset_code_hours")
    print(f"登录名 login:           {login}")
    print(f"一次性验证码 one-time code: {code}   ({hours} 小时内有效 hours)")
    return 0


def connect_identity(process: settings.Settings) -> Identity:
    """The service's dependencies without its process."""
    client = connect(process)
    database = Database(client, SERVICE, process)
    clock = Clock(client, process)
    store = SettingsStore(database)
    store.declare(SETTINGS)
    return assemble(
        database,
        settings=store,
        clock=clock,
        audit=Audit(database),
        hasher=from_environment(os.environ),
        sealing=sealing_of(os.environ, process),
        guesses=guesses,
        tokens=TokenMint(process.keys_dir, clock),
        contacts=lambda _call, _member_id: None,
        production=process.production,
    )


def _login(text: str) -> str:
    if not LOGIN.fullmatch(text):
        raise argparse.ArgumentTypeError("a letter, then 2–31 letters, digits or . _ -")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.identity.admin")
    parser.add_argument("--login", type=_login, help="login name (admin, security)")
    parser.add_argument("--security", action="store_true", help="the security administrator")
    parser.add_argument("--reset", action="store_true", help="new code for the administrator")
    parser.add_argument("--first-office", type=_login, metavar="LOGIN", help="first OFFICE account")
    return parser


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
