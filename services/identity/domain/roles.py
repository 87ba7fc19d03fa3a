"""Which role needs which scope, who may be given it, and which roles follow from a post.

Roles are those of decision 15; as text, because a domain knows no transport.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.identity.domain.errors import AdministratorsApart, RoleNotGrantable, ScopeMismatch

# A role that is bound to a group needs at least one of these kinds, and has no other.
SCOPE_KINDS: Mapping[str, frozenset[str]] = {
    "SECTOR_CONVENER": frozenset({"sector", "sector_group"}),
    "COMMITTEE_STAFF": frozenset({"committee"}),
    "COMMITTEE_DIRECTOR": frozenset({"committee"}),
    "TOWN_STAFF": frozenset({"town"}),
    "TOWN_HEAD": frozenset({"town"}),
    "ORG_STAFF": frozenset({"organisation"}),
    "ORG_HEAD": frozenset({"organisation"}),
    "UNIT_OFFICER": frozenset({"unit"}),
    "UNIT_LEADER": frozenset({"unit"}),
}

# A role that may be narrowed: the values of each kind; without it, it has both (decision 45).
SIDES = frozenset({"PARTY", "GOVERNMENT"})
NARROWED: Mapping[str, Mapping[str, frozenset[str]]] = {"SUPERVISING_OFFICE": {"side": SIDES}}

UNSCOPED = frozenset(
    {
        "CHAIR_COUNCIL",
        "SECRETARY_GENERAL",
        "PROPOSAL_STAFF",
        "PROPOSAL_DIRECTOR",
        "OFFICE",
        "INFO_EDITOR",
        "SUPERVISING_OFFICE",
        "SUPERVISOR",
        "SYSTEM_ADMIN",
        "SECURITY_ADMIN",
        "AUDIT_ADMIN",
    }
)

# The roster alone makes members; PUBLIC and SYSTEM are never held by an account.
ROSTER_ROLES = frozenset({"MEMBER", "STANDING_MEMBER"})
GRANTABLE = UNSCOPED | frozenset(SCOPE_KINDS)
ADMIN_ROLES = frozenset({"SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"})

# Whose word another's act waits for, and on what: taking over such an account would make two
# persons of one. tests/contract/test_approvals.py holds it to the operations of all services.
APPROVERS: Mapping[str, str] = {
    "OFFICE": "roles, points by hand, removals, decisions of bodies that it records",
    "CHAIR_COUNCIL": "signs documents, approves rules, plans, contact links, late changes",
    "SECRETARY_GENERAL": "countersigns, and has every right of the Chairpersons' Council",
    "PROPOSAL_DIRECTOR": "appeals, withdrawals, plagiarism",
    "PROPOSAL_STAFF": "the second person of the director",
    "COMMITTEE_DIRECTOR": "points by hand, seals of its committee",
    "COMMITTEE_STAFF": "points by hand, materials, as the second person",
    "TOWN_HEAD": "points by hand, seals of its town",
    "TOWN_STAFF": "points by hand, as the second person",
    "ORG_STAFF": "materials of study, as the second person",
    "ORG_HEAD": "seals what its organisation's staff has written",
    "SECTOR_CONVENER": "seals the proposals of its sector group",
    "UNIT_LEADER": "signs the replies of its officers",
    "SUPERVISING_OFFICE": "replies before delivery, extensions, returns, disputes",
    "INFO_EDITOR": "first and second review of manuscripts",
    "SYSTEM_ADMIN": "opens and closes every account",
    "SECURITY_ADMIN": "approves these very resets",
    "AUDIT_ADMIN": "reads who did what",
}


@dataclass(frozen=True)
class RoleScope:
    """A role with its scope (kind → id)."""

    role: str
    scope: Mapping[str, str]


FORMER_MEMBER = RoleScope("MEMBER", {"former": "true"})  # decision 17: own past cases only


def scope_rows(scope: Mapping[str, str]) -> list[dict[str, str]]:
    """[{"kind": "UNIT", "id": …}], as answers carry a scope: kinds in capitals, like enums."""
    return [{"kind": kind.upper(), "id": target} for kind, target in scope.items()]


def check_scope(role: str, scope: Mapping[str, str]) -> None:
    """Raises ScopeMismatch unless `scope` has only kinds, and values, that `role` is bound to."""
    kinds, narrowed = SCOPE_KINDS.get(role, frozenset()), NARROWED.get(role, {})
    fits = bool(scope) and set(scope) <= kinds if kinds else set(scope) <= set(narrowed)
    if not fits or any(value not in narrowed.get(kind, {value}) for kind, value in scope.items()):
        wanted = "、".join(sorted(kinds)) or "、".join(
            f"{kind}（{'或'.join(sorted(values))}，可不填）" for kind, values in narrowed.items()
        )
        wanted = wanted or "无"
        raise ScopeMismatch(f"该身份的范围应为：{wanted}", field="scope")


def check_apart(role: str, held: Iterable[str]) -> None:
    """三员分立: raises AdministratorsApart where who gets `role` holds another of the three."""
    if role in ADMIN_ROLES and ADMIN_ROLES.intersection(held) - {role}:
        raise AdministratorsApart(field="role")


def check_grantable(role: str, scope: Mapping[str, str]) -> None:
    """Raises RoleNotGrantable or ScopeMismatch."""
    if role not in GRANTABLE:
        raise RoleNotGrantable(field="role")
    check_scope(role, scope)


# Roles that come with a CPPCC post: post → (role, scope kind that takes the post's organisation).
# A head of a town's group of members is not the head of the town's working committee, so
# TOWN_GROUP_HEAD brings no role; nor does a deputy director, who does not sign for a committee.
POST_ROLES: Mapping[str, tuple[str, str | None]] = {
    "CHAIR": ("CHAIR_COUNCIL", None),
    "VICE_CHAIR": ("CHAIR_COUNCIL", None),
    "SECRETARY_GENERAL": ("SECRETARY_GENERAL", None),
    "COMMITTEE_DIRECTOR": ("COMMITTEE_DIRECTOR", "committee"),
    "CONVENER": ("SECTOR_CONVENER", "sector_group"),
    "SUPERVISOR": ("SUPERVISOR", None),
}
PROPOSAL_COMMITTEE = "com-proposals"


def roles_of(posts: list[dict[str, Any]], groups: Mapping[str, Any]) -> list[RoleScope]:
    """The roles of an active member: base role first, then one for each post that brings one.

    posts: [{"post", "organisation"?}]; groups: the group codes of the member's events.
    """
    standing = groups.get("standing") or any(p.get("post") == "STANDING_MEMBER" for p in posts)
    held = [RoleScope("STANDING_MEMBER" if standing else "MEMBER", {})]
    for post in posts:
        found = _role_of(post, groups)
        if found is not None and found not in held:
            held.append(found)
    return held


def _role_of(post: Mapping[str, Any], groups: Mapping[str, Any]) -> RoleScope | None:
    role, kind = POST_ROLES.get(str(post.get("post")), (None, None))
    if role is None:
        return None
    if kind is None:
        return RoleScope(role, {})
    target = post.get("organisation")
    if role == "COMMITTEE_DIRECTOR" and target == PROPOSAL_COMMITTEE:
        return RoleScope("PROPOSAL_DIRECTOR", {})
    if role == "SECTOR_CONVENER":  # decision 45: the sector group and the sector of the roster
        group = target or groups.get("sector_group")
        own = {"sector_group": str(group)} if group else {}
        return RoleScope(role, {**own, "sector": str(groups["sector"])})
    return RoleScope(role, {kind: str(target)}) if target else None
