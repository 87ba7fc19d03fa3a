"""What the reads of the master data are given."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.members.domain.organisation import Kind
from services.members.schemas import organisations
from shared.operations import about
from shared.schemas import Choice, Flag, Many, Number

Kinds = Annotated[list[Kind], about(Many(Choice(Kind)), "类别，默认全部。Of these kinds.")]
IncludeEnded = Annotated[bool, about(Flag(), "含已撤销的。Those that ended, too.", default=False)]


class OrganisationFilter(TypedDict, total=False):
    """组织机构筛选条件，须全部满足。All of these must hold."""

    parent: organisations.Parent | None
    side: organisations.Side | None
    may_be_addressed: organisations.MayBeAddressed | None
    may_be_supervised: organisations.MayBeSupervised | None
    may_handle: organisations.MayHandle | None


TermNo = Annotated[
    int, about(Number(), "届次，默认本届。Of this term; the current one unless told.")
]
