"""Work across cases: shares, promises and the board of a unit."""

from __future__ import annotations

from graphene import Boolean, Field, Int, ObjectType

from gateway.base import reference
from gateway.proposals.assignments import AssignmentFields, unit_field
from gateway.proposals.fields import row_fields
from gateway.proposals.handling import CommitmentFields
from gateway.proposals.types import Proposal


def _proposal() -> Field:
    return reference(
        Proposal,
        "proposal",
        key="proposal_id",
        loader="proposals",
        fields=row_fields,
        description="提案。The case.",
    )


class UnitAssignment(AssignmentFields, ObjectType):
    """一件承办件及其提案。A unit's share with its case."""

    proposal = _proposal()
    open = Boolean(required=True, description="是否待办结。Whether it is still to be done.")


class UnitCommitment(CommitmentFields, ObjectType):
    """一项承诺及其提案。A promise with its case."""

    proposal = _proposal()


class UnitBoard(ObjectType):
    """承办单位的待办概况。What waits at a unit."""

    unit = unit_field()
    open = Int(required=True, description="待办结件数。Not done.")
    due_soon = Int(required=True, description="临近期限。Due soon.")
    overdue = Int(required=True, description="已逾期。Overdue.")
    return_asked = Int(required=True, description="申请退办待决定。Asked to be handed back.")
    extension_asked = Int(required=True, description="申请延期待审批。Asked for more time.")
    urged = Int(required=True, description="待办结中已催办的。Urged, of these.")
    dissatisfied = Int(
        default_value=0,
        required=True,
        description="本届办结、结果不满意的。Closed in the term with a result that dissatisfied.",
    )
    promises_due = Int(
        default_value=0,
        required=True,
        description="临近期限或已到期未了结的承诺。Promises due soon or past, not settled.",
    )
