"""Who asks: `Authorization: Bearer <token>` → Actor.

No header is a visitor (PUBLIC). A token that does not hold any more is refused as a whole, with
status 401 in either media type: executed as a visitor, the answer would be wrong without a sign of
it. To refresh a session, call without the expired token.
"""

from __future__ import annotations

from typing import Protocol

from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import Unauthenticated

SCHEME = "bearer"


class Verifier(Protocol):
    def verify(self, token: str) -> Actor: ...


def authenticate(verifier: Verifier, authorization: str | None) -> Actor:
    """The actor of an Authorization header; raises Unauthenticated.

    Service tokens (role SYSTEM) are for the broker, never for this door.
    """
    if not authorization:
        return PUBLIC_ACTOR
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != SCHEME or not token.strip():
        raise Unauthenticated("登录凭证格式不正确")
    actor = verifier.verify(token.strip())
    if actor.role is Role.SYSTEM:
        raise Unauthenticated("登录已失效，请重新登录")
    return actor
