"""What the operations of liaison are given: links."""

from __future__ import annotations

from typing import Annotated

from services.liaison.domain import balance, ranks
from shared.operations import Answer, about
from shared.schemas import Choice, Flag, Id

PLAN = Answer("plan", "ContactLinkPlan", "联系安排。The plan afterwards.")
LINK = Answer("link", "ContactLink", "联系关系。The link afterwards.")

Tier = Annotated[ranks.Tier, about(Choice(ranks.Tier), "层级。Level.")]
LinkGround = Annotated[
    balance.Ground, about(Choice(balance.Ground), "依据。What the links follow.")
]
MemberId = Annotated[str, about(Id("Member"), "被联系的委员。The led member.")]
LeaderId = Annotated[str, about(Id("Member"), "联系人。The leading member.")]
PlanId = Annotated[str, about(Id("ContactLinkPlan"), "联系安排编号。Global id of the plan.")]
Approved = Annotated[bool, about(Flag(), "是否通过。Whether approved.")]
