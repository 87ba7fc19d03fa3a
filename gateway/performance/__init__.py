"""履职积分。Points of members: the explained score, the ledger, averages and the ranking."""

from __future__ import annotations

from gateway.performance.fields import MemberScore

# Classes whose fields join the type Member.
MEMBER_MIXINS = [MemberScore]
