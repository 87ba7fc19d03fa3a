"""What the operations of proposals are given: panel."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from services.proposals.domain import appraisal
from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Choice, Id, Many, Number, Text

VOTING_CODES = Answer("voting_codes", "[VotingCode!]", "投票码，只显示一次。Shown this once.")

AppraisalNo = Annotated[int, about(Number(1, 100000), "序号。Number of the voter.")]


class VoterInput(TypedDict):
    """评议人员：委员、账号、称谓三者填一。A member, an account, or whom a code is given to."""

    kind: Annotated[appraisal.VoterKind, about(Choice(appraisal.VoterKind), "类别。Kind.")]
    member_id: NotRequired[Annotated[str, about(Id("Member"), "委员。The member.")]]
    account_id: NotRequired[Annotated[str, about(Id("Account"), "账号。The account.")]]
    label: NotRequired[
        Annotated[
            str,
            about(
                Text(1, 60), "无账号者的称谓，发给投票码。Of one without an account: gets a code."
            ),
        ]
    ]
    unit_id: NotRequired[
        Annotated[
            str,
            about(
                Id("Organisation"),
                "无账号者申报的任职单位。Unit that this person says to work for.",
            ),
        ]
        | None
    ]


Voters = Annotated[list[VoterInput], about(Many(Of(VoterInput), 1, 200), "人员。The people.")]
