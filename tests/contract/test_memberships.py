"""Nothing looks at one membership where the person is meant (docs/adr/0023)."""

from __future__ import annotations

import re

from deploy.local.options import ROOT

# File → how often it looks at the current membership alone, and why that is right.
CURRENT_ALONE = {
    "gateway/schema.py": (1, "viewer.member is the current one"),
    "services/liaison/commands/receptions.py": (3, "who receives now is noted as one is now"),
    "services/members/commands/profiles.py": (1, "the profile of the present term is changed"),
    "services/office/commands/affairs.py": (2, "who raises an affair is told as one is now"),
    "services/proposals/commands/ports.py": (1, "a draft goes on under the present membership"),
    "shared/persistence/aggregates.py": (1, "an event tells as whom it was done"),
}
LOOKS = re.compile(r"\bactor\.member_id\b")


def test_the_current_membership_alone_is_looked_at_where_a_reason_is_given() -> None:
    """For the rest: acting_member, is_self, self_among, own of shared/actor.py."""
    parts = [ROOT / part for part in ("gateway", "services", "shared")]
    sources = [path for part in parts for path in part.rglob("*.py")]
    looks = {str(at.relative_to(ROOT)): len(LOOKS.findall(at.read_text())) for at in sources}
    found = {name: count for name, count in looks.items() if count}
    assert found == {name: count for name, (count, _) in CURRENT_ALONE.items()}
