"""Groups of members as invitations name them: "SECTOR:22", "COMMITTEE:com-economy", "ALL"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ALL = "ALL"
PARTY = "PARTY"
KINDS = ("SECTOR", "SECTOR_GROUP", "COMMITTEE", "TOWN", PARTY)
# Code of a party, or of those without one → its organisation in the master data (5.3).
PARTIES = {
    "02": "org-minge",
    "03": "org-minmeng",
    "04": "org-minjian",
    "05": "org-minjin",
    "06": "org-nonggong",
    "07": "org-zhigong",
    "08": "org-jiusan",
    "09": "org-taimeng",
    "10": "org-wudangpai",
}
STANDING = "STANDING:YES"  # standing members: of the Standing Committee


def group_keys(codes: Mapping[str, Any]) -> list[str]:
    """The groups of a member, from the codes that member events carry."""
    named = {
        "SECTOR": [codes["sector"]],
        "SECTOR_GROUP": [codes.get("sector_group")],
        "COMMITTEE": codes.get("committees") or [],
        "TOWN": [codes.get("town")],
        "PARTY": [codes.get("party")],
    }
    keys = [f"{kind}:{id}" for kind, ids in named.items() for id in ids if id]
    return [*keys, STANDING] if codes.get("standing") else keys


def own_groups(organisation: str, code: str | None) -> frozenset[str]:
    """The groups whose members are an organisation's own; of a party by its code."""
    own = {f"{kind}:{organisation}" for kind in KINDS}
    return frozenset({*own, f"{PARTY}:{code}"} if code else own)


def is_group(key: str) -> bool:
    kind, _, id = key.partition(":")
    return key in (ALL, STANDING) or (kind in KINDS and bool(id))
