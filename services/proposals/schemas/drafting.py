"""What the operations of proposals are given: drafting."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.proposals.domain import kinds, states
from shared.operations import about
from shared.operations.arguments import TopicCodes
from shared.schemas import Choice, Flag, Id, Many, Number, Phone, Text

ProposalProposalId = Annotated[
    str, about(Id("Proposal"), "提案编号，新建时不填。Id; none for a new draft.", called="id")
]
ExpectedVersion = Annotated[
    int, about(Number(), "所见版本，不符则拒绝。Version seen; refused if older.")
]
Acknowledged = Annotated[
    bool,
    about(
        Flag(),
        "知悉联名期限已过、修改后联名人将退出。Knows that co-signers drop out of a changed text.",
        default=False,
    ),
]
ProposalTitle = Annotated[str, about(Text(0, 200), "案由，如“关于……的建议”。Title.")]
Situation = Annotated[str, about(Text(0, 20000), "情况。Situation.")]
Analysis = Annotated[str, about(Text(0, 20000), "分析。Analysis.")]
Suggestions = Annotated[list[str], about(Many(Text(0, 20000), high=100), "建议条目。Suggestions.")]
Category = Annotated[states.Category, about(Choice(states.Category), "类别。Category.")]
Topics = Annotated[list[str], about(Many(Text(1, 40), high=10), "主题。Topics.")]
Themes = Annotated[
    list[str],
    about(Many(Text(1, 100), high=5), "年度主题（见工作要点）。Themes of the year's plan."),
]
AdvisedUnits = Annotated[
    list[str], about(Many(Id("Organisation"), high=20), "建议承办单位。Units advised.")
]
Openness = Annotated[states.Openness, about(Choice(states.Openness), "是否公开。Whether public.")]
OpennessReason = Annotated[str, about(Text(0, 500), "不公开理由。Why not public.")]
NeedsConsult = Annotated[bool, about(Flag(), "需面商。Whether a meeting is asked for.")]
ContactPerson = Annotated[str, about(Text(0, 40), "联系人。Contact person.")]
ContactPhone = Annotated[str, about(Phone(), "联系电话。Contact phone.")]
Attachments = Annotated[list[str], about(Many(Id("File"), high=20), "附件编号。Files.")]
Declared = Annotated[
    bool, about(Flag(), "声明不涉密、不含他人个人信息。Declares: no secrets, no data of others.")
]
Classified = Annotated[bool, about(Flag(), "是否涉密。Whether classified.")]
Lead = Annotated[str, about(Id("Lead"), "所依据的提案线索。The lead that it takes up.")]
DraftingMemberId = Annotated[str, about(Id("Member"), "提案委员。The member.")]
EnteredOrganisationId = Annotated[
    str,
    about(Id("Organisation"), "提案的党派团体、专委会或工委。The organisation that proposes."),
]
Scan = Annotated[str, about(Id("File"), "扫描件编号。File of the scan.")]


Agreed = Annotated[bool, about(Flag(), "是否同意。Whether the member agrees.")]


class DraftFields(TypedDict, total=False):
    """What a proposer fills in; fields that are absent stay as they are."""

    title: ProposalTitle
    situation: Situation
    analysis: Analysis
    suggestions: Suggestions
    category: Category | None
    topics: Topics
    topic_codes: TopicCodes
    themes: Themes
    advised_units: AdvisedUnits
    openness: Openness
    openness_reason: OpennessReason | None
    needs_consult: NeedsConsult
    contact_person: ContactPerson | None
    contact_phone: ContactPhone | None
    attachments: Attachments
    declared: Declared
    classified: Classified
    lead: Lead | None


class SaveDraft(DraftFields, total=False):
    """What a draft's own writer says beside it."""

    proposer_type: Annotated[
        kinds.ProposerType, about(Choice(kinds.ProposerType), "提案者类型。Kind of proposer.")
    ]
    authors: Annotated[
        list[str],
        about(Many(Id("Member"), high=kinds.MOST_AUTHORS), "主要执笔人。Named main authors."),
    ]
