"""Enums of documents, affairs and plans."""

from __future__ import annotations

from gateway.base import labelled_enum

DocumentKind = labelled_enum(
    "DocumentKind",
    {
        "RESOLUTION": ("决议", "Resolution"),
        "DECISION": ("决定", "Decision"),
        "MOTION": ("建议案", "Suggestion motion"),
        "SUGGESTION": ("建议", "Suggestion"),
        "SUPERVISION_OPINION": ("监督意见", "Supervision opinion"),
        "NOTICE": ("通知", "Notice"),
        "BULLETIN": ("通报", "Bulletin"),
        "REPORT": ("报告", "Report"),
        "REQUEST": ("请示", "Request for instructions"),
        "REPLY": ("批复", "Reply to a request"),
        "OPINION": ("意见", "Opinion"),
        "LETTER": ("函", "Letter"),
        "MINUTES": ("纪要", "Minutes"),
    },
    "公文文种。What a document is.",
)
DocumentUrgency = labelled_enum(
    "DocumentUrgency",
    {
        "FLASH": ("特急", "Flash"),
        "URGENT": ("加急", "Urgent"),
        "NORMAL": ("平件", "Normal"),
    },
    "紧急程度。Urgency of a document.",
)
DocumentRetention = labelled_enum(
    "DocumentRetention",
    {
        "PERMANENT": ("永久", "For ever"),
        "THIRTY_YEARS": ("30年", "Thirty years"),
        "TEN_YEARS": ("10年", "Ten years"),
    },
    "保管期限。How long a document is kept.",
)
OutgoingDocumentState = labelled_enum(
    "OutgoingDocumentState",
    {
        "DRAFTED": ("拟稿", "Drafted"),
        "CHECKED": ("已核稿", "Checked by the office"),
        "COUNTERSIGNED": ("已会签", "Countersigned by the secretary-general"),
        "SIGNED": ("已签发", "Signed"),
        "NUMBERED": ("已编号", "Has its number"),
        "ISSUED": ("已印发", "Sent to its recipients"),
        "FILED": ("已归卷", "Filed"),
        "DISCARDED": ("已作废", "Given up before it had a number"),
    },
    "发文状态。State of an outgoing document.",
)
IncomingDocumentState = labelled_enum(
    "IncomingDocumentState",
    {
        "SIGNED_FOR": ("已签收", "Signed for"),
        "REGISTERED": ("已登记", "Registered"),
        "ROUTED": ("已拟办", "Handling proposed"),
        "INSTRUCTED": ("已批办", "Instructed"),
        "CIRCULATING": ("传阅中", "Circulating"),
        "HANDLING": ("承办中", "Being handled"),
        "URGED": ("已催办", "Urged"),
        "NOTED": ("已注办", "Result noted"),
        "FILED": ("已归卷", "Filed"),
    },
    "收文状态。State of an incoming document.",
)
AffairKind = labelled_enum(
    "AffairKind",
    {
        "CAR": ("用车", "A car"),
        "ROOM": ("会议室", "A room"),
        "RECEPTION": ("接待", "A reception"),
        "SUPPLIES": ("物品", "Supplies"),
        "REPAIR": ("维修", "A repair"),
        "REQUEST": ("其他事项", "Another request"),
    },
    "事项种类。What is asked for.",
)
AffairState = labelled_enum(
    "AffairState",
    {
        "RAISED": ("待受理", "Waits on the office's list"),
        "ACCEPTED": ("已受理", "Accepted"),
        "DOING": ("办理中", "Being done"),
        "DONE": ("已办结", "Done"),
        "RATED": ("已评价", "Rated by whoever raised it"),
        "REJECTED": ("不予受理", "Rejected"),
    },
    "事项状态。State of an affair.",
)
WorkPlanState = labelled_enum(
    "WorkPlanState",
    {
        "DRAFT": ("起草", "Draft"),
        "ADOPTED": ("已通过", "Adopted by the Standing Committee"),
        "SENT_TO_PARTY": ("已报区委", "Sent to the district Party committee"),
        "FORWARDED": ("已批转", "Forwarded by the Party committee"),
        "EXECUTING": ("执行中", "Being carried out"),
        "REVIEWED": ("已总结", "Reviewed"),
    },
    "年度工作要点状态。State of an annual plan.",
)
DutyFunction = labelled_enum(
    "DutyFunction",
    {
        "CONSULTATION": ("政治协商", "Political consultation"),
        "SUPERVISION": ("民主监督", "Democratic supervision"),
        "PARTICIPATION": ("参政议政", "Participation in deliberation"),
    },
    "政协三项职能。The three functions of the CPPCC.",
)
