"""Who acts: roles, the acting role's scope, and the signed tokens that prove both (decision 16).

identity signs people's tokens; each service signs its own 60-second SYSTEM tokens. Every process
verifies by itself with the public keys of `jwks.json`; a key proves only its own issuer.
"""

from __future__ import annotations

import functools
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from shared.errors import ApprovalHeld, Forbidden, Unauthenticated, Unavailable
from shared.roles import Role as Role

ALGORITHM = "EdDSA"
ARCHIVE = "jwks.archive.json"  # beside jwks.json: all public keys that there ever were
PEOPLE_ISSUER = "identity"
ACCESS_TOKEN_SECONDS = 600
SERVICE_TOKEN_SECONDS = 60


# Standing members have all rights of members, conveners too (domain specification, section 3).
MEMBER_ROLES = frozenset(
    {
        Role.MEMBER,
        Role.STANDING_MEMBER,
        Role.CHAIR_COUNCIL,
        Role.SECRETARY_GENERAL,
        Role.SECTOR_CONVENER,
    }
)

# The secretary-general has every right of the Chairpersons' Council; where a chair alone is meant
# the operation says so (tests/contract/test_roles.py lists them with the reason).
LEADERS = frozenset({Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL})


@dataclass(frozen=True)
class Actor:
    """An account in its acting role.

    scope: kind → id, of the acting role only; kinds are sector, sector_group, committee, town,
    party, organisation, unit. held_until: epoch seconds until which it approves nothing, since its
    password was reset by a code (docs/adr/0019). others: roles that the account holds besides.

    A person has a membership in each term. What is new is made under `member_id`, the current one;
    what is one's own is so in every term: `memberships`, `is_self`, `self_among`, `own`
    (decision 40).
    """

    account_id: str | None
    role: Role
    scope: Mapping[str, str] = field(default_factory=dict)
    person_id: str | None = None
    member_id: str | None = None
    session_id: str | None = None
    token: str | None = field(default=None, repr=False)
    held_until: float | None = None
    earlier: tuple[str, ...] = ()  # memberships of other terms, the latest first
    others: tuple[Role, ...] = field(default=(), compare=False)

    @property
    def memberships(self) -> tuple[str, ...]:
        """All memberships of the person, the current one first; of nobody's account none."""
        return self.earlier if self.member_id is None else (self.member_id, *self.earlier)

    def is_self(self, member_id: str | None) -> bool:
        """Whether that membership, of whichever term, is the person's own."""
        return member_id is not None and member_id in self.memberships

    def self_among(self, member_ids: Iterable[str | None]) -> str | None:
        """As whom the person stands in a record that names these members; None if in none."""
        named = set(member_ids)
        return next((id for id in self.memberships if id in named), None)

    @property
    def own(self) -> dict[str, list[str]]:
        """The condition of a query that a field names the person, in any term; indexed."""
        return {"$in": list(self.memberships)}

    def acting_member(self) -> str:
        """The membership under which the person begins what is new.

        Raises Forbidden without one, and for who is out of office.
        """
        if self.member_id is None or self.former:
            raise Forbidden("只有在任委员本人可以办理")
        return self.member_id

    def acting_among(self, member_ids: Iterable[str | None]) -> str:
        """As whom a person in office goes on with what names these members, of whichever term; as
        the present one where none is theirs. Raises Forbidden as `acting_member`."""
        present = self.acting_member()
        return self.self_among(member_ids) or present

    @property
    def former(self) -> bool:
        """A member out of office, who left or is suspended: keeps access to own past cases, and
        nothing else (decision 17)."""
        return self.scope.get("former") == "true"

    @property
    def service(self) -> str | None:
        """The service that acts for itself (role SYSTEM), by its token's issuer."""
        return (
            (self.account_id or "").removeprefix("service:") if self.role is Role.SYSTEM else None
        )

    def require(self, *roles: Role) -> None:
        """Raises Unauthenticated for a visitor, Forbidden for any other role not in `roles`."""
        if self.role in roles:
            return
        if self.role is Role.PUBLIC:
            raise Unauthenticated
        able = [role for role in self.others if role in roles]
        if not able:
            raise Forbidden
        named = "”或“".join(role.label for role in able)
        raise Forbidden(
            f"当前身份“{self.role.label}”无权进行此操作，请切换为“{named}”后办理",
            details={"roles": [role.value for role in able]},
        )

    def require_free(self) -> None:
        """Raises ApprovalHeld while its approvals are held."""
        if self.held_until is not None and self.held_until > time.time():
            raise ApprovalHeld(details={"until": datetime.fromtimestamp(self.held_until, UTC)})

    def claims(self) -> dict[str, Any]:
        """The token claims that stand for this actor."""
        held = {} if self.held_until is None else {"held": self.held_until}
        others = {"others": [role.value for role in self.others]} if self.others else {}
        return {
            **held,
            **others,
            "sub": self.account_id,
            "role": self.role.value,
            "scope": dict(self.scope),
            "person": self.person_id,
            "member": self.member_id,
            "earlier": list(self.earlier),
            "sid": self.session_id,
        }


PUBLIC_ACTOR = Actor(account_id=None, role=Role.PUBLIC)


class HasActor(Protocol):
    @property
    def actor(self) -> Actor: ...


C = TypeVar("C", bound=HasActor)
P = ParamSpec("P")
R = TypeVar("R")


def allow(
    *roles: Role, approves: bool = False
) -> Callable[[Callable[Concatenate[C, P], R]], Callable[Concatenate[C, P], R]]:
    """Stand beside a use case and let only these acting roles in.

    The roles are kept as `allowed_roles` on the function, so that the role × operation matrix
    can be listed. Scope (own, group, unit) is checked inside, where the record is known.
    approves: one person's word on what another has asked for or prepared. Not for an account whose
    password was reset by a code not long ago: whoever issued it would be both persons.
    """
    allowed = frozenset(roles)

    def decorate(use_case: Callable[Concatenate[C, P], R]) -> Callable[Concatenate[C, P], R]:
        @functools.wraps(use_case)
        def guarded(call: C, *args: P.args, **kwargs: P.kwargs) -> R:
            call.actor.require(*allowed)
            if approves:
                call.actor.require_free()
            return use_case(call, *args, **kwargs)

        guarded.allowed_roles = allowed  # type: ignore[attr-defined]
        guarded.approves = approves  # type: ignore[attr-defined]
        return guarded

    return decorate


class TokenSigner:
    """Signs tokens with one issuer's private key (Ed25519, PEM)."""

    def __init__(self, pem: bytes, issuer: str, kid: str) -> None:
        self.key: Any = load_pem_private_key(pem, password=None)
        self.issuer = issuer
        self.kid = kid

    @classmethod
    def load(cls, keys_dir: Path, issuer: str) -> TokenSigner:
        """The newest private key of `issuer` in the keys folder."""
        kid = (keys_dir / f"{issuer}.kid").read_text().strip()
        return cls((keys_dir / f"{issuer}.pem").read_bytes(), issuer, kid)

    def sign(self, claims: Mapping[str, Any], ttl: float) -> str:
        """A token of `claims` for `ttl` seconds of real time."""
        now = int(time.time())
        body = {
            **claims,
            "iss": self.issuer,
            "iat": now,
            "exp": now + int(ttl),
            "jti": secrets.token_hex(8),
        }
        return jwt.encode(body, self.key, algorithm=ALGORITHM, headers={"kid": self.kid})

    def sign_statement(self, claims: Mapping[str, Any]) -> str:
        """A signed statement that holds for ever; without a term it can never pass as a token."""
        body = {**claims, "iss": self.issuer}
        return jwt.encode(body, self.key, algorithm=ALGORITHM, headers={"kid": self.kid})


class ServiceTokens:
    """A service's own SYSTEM token, signed anew when less than half its life is left."""

    def __init__(self, signer: TokenSigner) -> None:
        self._signer = signer
        self._token = ""
        self._renew_at = 0.0

    def current(self) -> str:
        if time.time() >= self._renew_at:
            actor = Actor(f"service:{self._signer.issuer}", Role.SYSTEM)
            self._token = self._signer.sign(actor.claims(), SERVICE_TOKEN_SECONDS)
            self._renew_at = time.time() + SERVICE_TOKEN_SECONDS / 2
        return self._token


class TokenVerifier:
    """Turns a token into an Actor; each token is verified once and cached until it expires."""

    CACHE_LIMIT = 10_000

    def __init__(self, jwks_file: Path) -> None:
        self._file = jwks_file
        self._keys: dict[str, tuple[str, jwt.PyJWK]] = {}
        self._cache: dict[str, tuple[float, Actor]] = {}

    def verify(self, token: str) -> Actor:
        """Raises Unauthenticated for a token that is malformed, expired or wrongly signed."""
        hit = self._cache.get(token)
        if hit is not None and hit[0] > time.time():
            return hit[1]
        expires, actor = self._decode(token)
        if len(self._cache) >= self.CACHE_LIMIT:
            self._cache.clear()
        self._cache[token] = (expires, actor)
        return actor

    def issuers(self) -> set[str]:
        """Who has a published key: the services that are deployed."""
        return {key["iss"] for key in self._listed()}

    def read_statement(self, statement: str, issuer: str) -> dict[str, Any]:
        """What `issuer` signed. Raises Unauthenticated when it did not."""
        try:
            known, key = self._archived(jwt.get_unverified_header(statement).get("kid", ""))
            claims: dict[str, Any] = jwt.decode(
                statement, key, algorithms=[ALGORITHM], options={"verify_exp": False}
            )
        except (jwt.PyJWTError, OSError, KeyError, ValueError) as error:
            raise Unauthenticated("签名无效") from error
        if known != issuer or claims.get("iss") != issuer:
            raise Unauthenticated("签名无效")
        return claims

    def _archived(self, kid: str) -> tuple[str, jwt.PyJWK]:
        """Any key that was ever published; a statement outlives the key's rotation."""
        listed = json.loads(self._file.with_name(ARCHIVE).read_text())["keys"]
        [found] = [key for key in listed if key["kid"] == kid]
        return found["iss"], jwt.PyJWK(found, algorithm=ALGORITHM)

    def _decode(self, token: str) -> tuple[float, Actor]:
        try:
            kid = jwt.get_unverified_header(token).get("kid", "")
            issuer, key = self.key(kid)
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                issuer=issuer,
                options={"require": ["exp", "iat", "iss", "sub", "role"], "verify_aud": False},
            )
            role = Role(claims["role"])
            others = tuple(Role(other) for other in claims.get("others", ()))
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            raise Unauthenticated("登录已失效，请重新登录") from error
        # A service's key speaks for that service alone; only identity's speaks for people.
        trusted = (
            claims["sub"] == f"service:{issuer}" if role is Role.SYSTEM else issuer == PEOPLE_ISSUER
        )
        if not trusted:
            raise Unauthenticated("登录已失效，请重新登录")
        return float(claims["exp"]), Actor(
            account_id=claims["sub"],
            role=role,
            scope=claims.get("scope") or {},
            person_id=claims.get("person"),
            member_id=claims.get("member"),
            session_id=claims.get("sid"),
            token=token,
            held_until=claims.get("held"),
            earlier=tuple(claims.get("earlier") or ()),
            others=others,
        )

    def key(self, kid: str) -> tuple[str, jwt.PyJWK]:
        """Issuer and public key of one that is valid now; KeyError if there is none."""
        if kid not in self._keys:  # a new key may have been published since the last read
            self._keys = {
                k["kid"]: (k["iss"], jwt.PyJWK(k, algorithm=ALGORITHM)) for k in self._listed()
            }
        return self._keys[kid]

    def _listed(self) -> list[dict[str, Any]]:
        try:
            listed: list[dict[str, Any]] = json.loads(self._file.read_text())["keys"]
        except OSError as error:
            raise Unavailable("登录验证暂时不可用，请稍后再试") from error
        return listed
