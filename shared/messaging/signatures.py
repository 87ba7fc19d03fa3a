"""Who published a message is proved by its signature, not inferred from the way it came.

A broker user that may answer calls reaches every queue: by the default exchange, by a `CC` header
or by dead-lettering of its own. So what one service tells another carries a detached signature of
the body's very bytes (JWS, RFC 7515 appendix F and RFC 7797) by the key of the one that says it,
in the header `x-signature`; retries and dead letters keep it. The protected header says what the
body is (`typ`), so that no statement can pass as another, and the replay that an event belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import jwt
from jwt import api_jws

from shared.actor import ALGORITHM, TokenSigner, TokenVerifier
from shared.errors import Forbidden, Unavailable
from shared.messaging.events import Event, parse

HEADER = "x-signature"
REPLAY = "replay"
INITIAL = "initial"  # the replay of a consumer that looks at the past for the first time
LONGEST = 2_000  # characters


class Kind(StrEnum):
    """What a body is."""

    EVENT = "event"
    REPLAY_REQUEST = "replay-request"  # {"replay_id", "queues": {event type: queue}}
    REPLAY_END = "replay-end"  # {"replay_id", "queue", "events"}


class OriginUnproven(Forbidden):
    """The message is not signed by the one whose word it would be."""

    code = "ORIGIN_UNPROVEN"
    message = "消息来源未经证实"


@dataclass(frozen=True)
class Proof:
    """What a valid signature says. replay: the id of the replay that the event is sent for."""

    kind: Kind
    issuer: str
    replay: str | None


def sign(signer: TokenSigner, kind: Kind, body: bytes, replay: str | None = None) -> str:
    """The header's value for `body`."""
    said = {"kid": signer.kid, "typ": kind.value, "b64": False}
    if replay is not None:
        said[REPLAY] = replay
    return api_jws.encode(
        body, signer.key, algorithm=ALGORITHM, headers=said, is_payload_detached=True
    )


def proof(verifier: TokenVerifier, headers: Mapping[str, Any] | None, body: bytes) -> Proof:
    """Whose word `body` is. Raises OriginUnproven, Unavailable for a key not yet published here."""
    signature = (headers or {}).get(HEADER)
    if not isinstance(signature, str) or len(signature) > LONGEST:
        raise OriginUnproven("消息没有签名")
    try:
        kind, kid = _said(signature.partition(".")[0])
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise OriginUnproven("消息签名格式不正确") from error
    try:
        issuer, key = verifier.key(kid)
    except (KeyError, TypeError) as error:
        # Keys reach the pods one after the other: the message may be put off until it is here.
        raise Unavailable("消息签名的密钥尚未公布") from error
    try:
        found = api_jws.decode_complete(
            signature, key, algorithms=[ALGORITHM], detached_payload=body
        )["header"]
    except jwt.PyJWTError as error:
        raise OriginUnproven from error
    replay = found.get(REPLAY)
    if found.get("b64") is not False or not (replay is None or isinstance(replay, str)):
        raise OriginUnproven
    return Proof(kind, issuer, replay)


@lru_cache(256)
def _said(head: str) -> tuple[Kind, str]:
    """What a signature's first part claims, and whose key is to prove it: the same for all that
    one service says."""
    said = jwt.get_unverified_header(f"{head}..")
    return Kind(said["typ"]), said["kid"]


def event(proof: Proof, body: bytes) -> Event:
    """The event that is proved. Raises OriginUnproven for another statement or another's event,
    InvalidInput for what is no event."""
    if proof.kind is not Kind.EVENT:
        raise OriginUnproven
    found = parse(body, replay=proof.replay)
    if found.source != proof.issuer:
        raise OriginUnproven(f"事件不是由 {found.source} 发布的")
    return found
