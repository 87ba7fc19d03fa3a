"""What the operations of proposals are given: replying."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from services.proposals.domain import replies
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, CodeText, Day, Flag, Id, Many, Number, Phone, Text

ProposalComment = Annotated[str, about(Text(0, 2000), "意见。Comment.")]
Signer = Annotated[str, about(Text(1, 40), "签发人。Who signs.")]
InCharge = Annotated[
    bool,
    about(
        Flag(),
        "签发人是否为分管领导，集体提案须是。Whether the leader in charge signs.",
        default=False,
    ),
]
ProposalUnitId = Annotated[str, about(Id("Organisation"), "答复单位。The unit.")]
Passed = Annotated[bool, about(Flag(), "是否通过。Whether it passes.")]
ReplyingComment = Annotated[
    str, about(Text(0, 2000), "意见，不通过时必填。Comment; needed if it does not.", default="")
]
Consent = Annotated[
    bool,
    about(
        Flag(),
        "两次联系未果的，是否同意视为已联系。Let two attempts stand for a contact.",
        default=False,
    ),
]


Openness = Annotated[
    replies.ReplyOpenness, about(Choice(replies.ReplyOpenness), "公开方式。How much is public.")
]
Summary = Annotated[
    str,
    about(
        Text(0, 4000),
        "摘要公开的摘要，不填则用承办单位的。Summary; the unit's unless told.",
        default="",
    ),
]
OpennessReason = Annotated[
    str, about(Text(0, 1000), "理由，不公开的必填。Reason; needed for NOT.", default="")
]
RoundNo = Annotated[int, about(Number(1, 1000), "第几轮答复。Round of replies.")]


class AnswerInput(TypedDict):
    """一条建议的采纳情况。What becomes of one suggestion."""

    suggestion: Annotated[int, about(Number(1, 100), "建议序号，从1起。Its position, from 1.")]
    adoption: Annotated[replies.Adoption, about(Choice(replies.Adoption), "采纳情况。Adoption.")]
    note: Annotated[
        str,
        about(Text(0, 2000), "说明，未全部采纳时必填。Note; needed unless adopted.", default=""),
    ]


class CommitmentInput(TypedDict):
    """一项承诺。A promise with a date."""

    text: Annotated[str, about(Text(1, 1000), "承诺内容。The promise.")]
    due_on: Annotated[date, about(Day(), "完成日期。Due on.")]


class OutcomeInput(TypedDict):
    """到期承诺的兑现情况。What became of a promise."""

    commitment: Annotated[int, about(Number(1, 10000), "承诺序号。Number of the promise.")]
    status: Annotated[
        replies.CommitmentStatus,
        about(Choice(replies.CommitmentStatus), "兑现情况。What became of it."),
    ]
    note: Annotated[
        str, about(Text(0, 2000), "说明，未兑现或变更时必填。Note; needed unless kept.", default="")
    ]
    proof: Annotated[
        list[str],
        about(Many(Id("File"), high=20), "证明材料编号。Files that prove it.", default=list),
    ]
    record: Annotated[
        str,
        about(
            Text(0, 500),
            "证明记录，如验收文号；没有证明材料时填写。The record that proves it.",
            default="",
        ),
    ]


class SaveReply(TypedDict):
    """What `SaveReply` is given."""

    doc_no: Annotated[
        str,
        about(
            CodeText(0, 60), "复文字号，如“吴水提复〔2017〕5号”。Number of the reply.", default=""
        ),
    ]
    result_class: (
        Annotated[
            replies.ReplyClass,
            about(Choice(replies.ReplyClass), "办理结果类别。Class of the result."),
        ]
        | None
    )
    body: Annotated[str, about(Text(0, 20000), "答复正文。Text.", default="")]
    measures: Annotated[str, about(Text(0, 20000), "措施。Measures.", default="")]
    answers: Annotated[
        list[AnswerInput],
        about(
            Many(Of(AnswerInput), high=100), "逐条采纳情况。Adoption per suggestion.", default=list
        ),
    ]
    commitments: Annotated[
        list[CommitmentInput],
        about(Many(Of(CommitmentInput), high=50), "承诺。Commitments.", default=list),
    ]
    reason: Annotated[
        str, about(Text(0, 4000), "C、D类的理由。Reason of class C or D.", default="")
    ]
    proof: Annotated[
        list[str],
        about(
            Many(Id("File"), high=20), "A类的证明材料编号。Files that prove class A.", default=list
        ),
    ]
    outcomes: Annotated[
        list[OutcomeInput],
        about(
            Many(Of(OutcomeInput), high=50),
            "此前承诺的兑现情况。What became of promises.",
            default=list,
        ),
    ]
    contact_person: Annotated[str, about(Text(0, 40), "联系人。Contact person.", default="")]
    contact_phone: Annotated[str, about(Phone(), "联系电话。Contact phone.", default="")]
    openness: (
        Annotated[
            replies.ReplyOpenness,
            about(Choice(replies.ReplyOpenness), "建议的公开方式。How much may be public."),
        ]
        | None
    )
    openness_reason: Annotated[
        str, about(Text(0, 1000), "建议不公开的理由。Why it should not be.", default="")
    ]
    summary: Annotated[
        str, about(Text(0, 4000), "供公开的摘要。Summary for the public.", default="")
    ]
