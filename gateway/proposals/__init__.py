"""提案。Proposals from draft to filed."""

from __future__ import annotations

from gateway.proposals.fields import MemberProposals

# Classes whose fields join the type Member.
MEMBER_MIXINS = [MemberProposals]
