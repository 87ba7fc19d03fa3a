"""What the operations of proposals are given: inspecting."""

from __future__ import annotations

from typing import Annotated, TypedDict

from shared.operations import Answer, about
from shared.operations.arguments import Of
from shared.schemas import Id, Many, Number, Text

INSPECTION = Answer("inspection", "Inspection", "操作后的视察。The inspection as it is now.")

ProposalIds = Annotated[list[str], about(Many(Id("Proposal"), 1, 50), "提案。The cases.")]
Participants = Annotated[
    list[str], about(Many(Id("Member"), 1, 200), "邀请的委员。Members invited.")
]
InspectionId = Annotated[
    str, about(Id("Inspection"), "视察编号。Id of the inspection.", called="id")
]
InspectionParticipants = Annotated[
    list[str], about(Many(Id("Member"), 1, 200), "参加的委员。Who came.")
]
Report = Annotated[str, about(Text(1, 20000), "报告。The report.")]
InspectionAttachments = Annotated[
    list[str], about(Many(Id("File"), 0, 20), "附件。Attached files.", default=list)
]


class FindingInput(TypedDict):
    """一件提案的视察情况。What was seen of one case."""

    proposal_id: Annotated[str, about(Id("Proposal"), "提案。The case.")]
    text: Annotated[str, about(Text(1, 4000), "情况。The finding.")]
    photos: Annotated[
        list[str], about(Many(Id("File"), 0, 50), "照片。Files with photos.", default=list)
    ]
    verified: Annotated[
        list[int],
        about(
            Many(Number(1, 10000), 0, 50),
            "视察核实已兑现的承诺序号。Numbers of promises seen to be kept.",
            default=list,
        ),
    ]


Findings = Annotated[list[FindingInput], about(Many(Of(FindingInput), 1, 50), "情况。Findings.")]
