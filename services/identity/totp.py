"""Time-based one-time codes (RFC 6238) by pyotp: as authenticator apps make them."""

from __future__ import annotations

from datetime import datetime

import pyotp

from services.identity.domain.second_factor import DRIFT, STEP

ISSUER = "智慧政协"


def new_secret() -> str:
    """160 random bits, as RFC 4226 asks for, in base32."""
    return pyotp.random_base32()


def uri(secret: str, login: str) -> str:
    """What an app reads from a QR code (otpauth)."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The step of which this is the code, in real time; None if of none near `at`.

    All steps are tried whichever fits, so that the time of the answer tells nothing.
    """
    totp = pyotp.TOTP(secret)
    now = totp.timecode(at)
    near = [now + off for off in range(-DRIFT, DRIFT + 1)]
    fitting = [step for step in near if totp.verify(code, for_time=step * STEP.seconds)]
    return max(fitting, default=None)
