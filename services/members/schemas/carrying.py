"""What carrying over is given."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from services.members.schemas.common import MemberNumber, SectorCode
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Flag, Id, Many, Number

RESULTS = Answer("results", "[CarriedOver!]", "结果，按所列顺序。Results, in order.")

Term = Annotated[int, about(Number(), "新一届的届次。Number of the new term.")]
Appoint = Annotated[
    bool,
    about(Flag(), "是否同时就任，默认仅提名。Appoint too, not only nominate.", default=False),
]
NewNumber = Annotated[
    str, about(MemberNumber(), "新委员证号，默认沿用尾号。New number; same digits unless told.")
]
Sector = Annotated[
    str, about(SectorCode(), "新界别代码，默认不变。New sector; unchanged unless told.")
]


class CarriedMemberInput(TypedDict):
    """结转的一位委员。One member to go on."""

    member_id: Annotated[str, about(Id("Member"), "原届委员编号。Id of the former membership.")]
    member_no: NotRequired[NewNumber | None]
    sector: NotRequired[Sector | None]


Members = Annotated[
    list[CarriedMemberInput],
    about(Many(Of(CarriedMemberInput), 1, 100), "委员，一次至多100人。Members."),
]
