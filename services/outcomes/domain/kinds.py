"""What an outcome is of, how it travels and how it ends: the words of 2.5, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class Source(Labelled, name="OutcomeSource"):
    """成果来源。What a file is opened for (2.5)."""

    CONSULTATION = "CONSULTATION", "协商", "A consultation"
    MOTION = "MOTION", "建议案", "A suggestion motion"
    SUPERVISION = "SUPERVISION", "民主监督意见", "A supervision opinion"
    KEY_PROPOSAL = "KEY_PROPOSAL", "重点提案", "A key proposal"
    SCPO = "SCPO", "获批示的社情民意", "An SCPO item with an instruction"
    RESEARCH_REPORT = "RESEARCH_REPORT", "调研报告", "A research report"
    COMMITMENT = "COMMITMENT", "答复承诺", "A dated promise of a reply"


# Whose states other services own, and tell by events.
FOLLOWED = frozenset({Source.COMMITMENT, Source.SCPO})
# Opened by facts alone.
BY_FACTS = FOLLOWED


class FileState(Labelled, name="OutcomeFileState"):
    """成果档案状态。State of a file."""

    OPEN = "OPEN", "跟踪中", "Open"
    CLOSED = "CLOSED", "已办结", "All of its items are closed"
    VOID = "VOID", "来源已撤销", "Its source was revoked"


class ItemState(Labelled, name="OutcomeItemState"):
    """意见办理状态。State of an opinion item."""

    SENT = "SENT", "已报送", "Sent"
    INSTRUCTED = "INSTRUCTED", "已批示", "Instructed by a leader"
    REFERRED = "REFERRED", "已转办", "Referred to a unit"
    ADOPTED = "ADOPTED", "采纳", "Adopted"
    PARTLY_ADOPTED = "PARTLY_ADOPTED", "部分采纳", "Partly adopted"
    NOT_ADOPTED = "NOT_ADOPTED", "未采纳", "Not adopted"
    IMPLEMENTING = "IMPLEMENTING", "落实中", "Being implemented"
    IMPLEMENTED = "IMPLEMENTED", "已落实待核实", "Said to be implemented"
    VERIFIED = "VERIFIED", "已核实", "Verified"
    CLOSED = "CLOSED", "已办结", "Closed"


class Adoption(Labelled, name="OutcomeAdoption"):
    """采纳答复。What was answered to an opinion."""

    ADOPTED = "ADOPTED", "采纳", "Adopted"
    PARTLY_ADOPTED = "PARTLY_ADOPTED", "部分采纳", "Partly adopted"
    NOT_ADOPTED = "NOT_ADOPTED", "未采纳", "Not adopted"


class End(Labelled, name="OutcomeEnd"):
    """办结方式。How an item ended."""

    VERIFIED = "VERIFIED", "核实后办结", "Verified"
    REASON_ACCEPTED = "REASON_ACCEPTED", "未采纳理由获认可", "The reason was accepted"
    CONTINUED = "CONTINUED", "重定期限，另项跟踪", "Goes on as another item with a new date"
    SOURCE_REVOKED = "SOURCE_REVOKED", "来源已撤销", "Its source was revoked"


class Kind(Labelled, name="OutcomeKind"):
    """成果种类。Kind of outcome (7.6)."""

    POLICY = "POLICY", "安民之策（政策）", "A policy"
    ACTION = "ACTION", "利民之举（举措）", "An action"
    PROJECT = "PROJECT", "惠民之事（项目、实事）", "A project or a service"


class Route(Labelled, name="ConversionRoute"):
    """转化途径。The four conversion routes (9.2)."""

    SPECIAL_REPORT = "SPECIAL_REPORT", "专题报告", "A special report"
    CONSULTATION_REPORT = "CONSULTATION_REPORT", "协商专报", "A consultation report"
    NEWS_REPORT = "NEWS_REPORT", "新闻报道", "A news report"
    INSPECTION = "INSPECTION", "视察监督", "An inspection or supervision"


class Level(Labelled, name="OutcomeInstructionLevel"):
    """批示层级。Level of the leader who instructs."""

    DISTRICT = "DISTRICT", "区", "District"
    CITY = "CITY", "市", "City"
    PROVINCE = "PROVINCE", "省", "Province"
    NATION = "NATION", "国家", "Nation"


class Disclosure(Labelled, name="OutcomeOpenness"):
    """公开方式。What the public sees (decision 52)."""

    FULL = "FULL", "全文公开", "All of it"
    SUMMARY = "SUMMARY", "摘要公开", "What, who, when and its state"
    NOT = "NOT", "不公开", "Nothing"


class PromiseState(Labelled):
    """承诺兑现情况。What became of a promise."""

    OPEN = "OPEN", "兑现中", "Under way"
    CLAIMED = "CLAIMED", "单位称已兑现，待核实", "Said to be kept, not proven"
    MET = "MET", "已兑现", "Kept"
    MET_LATE = "MET_LATE", "逾期后兑现", "Kept after its date"
    MISSED = "MISSED", "未兑现", "Not kept"
    CHANGED = "CHANGED", "情况变化，待决定", "Changed, to be decided on"
    RENEWED = "RENEWED", "重定期限", "Given a new date"
    RELEASED = "RELEASED", "不再兑现", "Given up, with a reason"


class EntryKind(Labelled, name="TrackingEntryKind"):
    """跟踪记录种类。Kind of tracking entry."""

    SENT = "SENT", "报送", "Sent"
    INSTRUCTED = "INSTRUCTED", "批示", "Instructed"
    INSTRUCTION_REVOKED = "INSTRUCTION_REVOKED", "批示撤销", "Instruction revoked"
    REFERRED = "REFERRED", "转办", "Referred"
    ANSWERED = "ANSWERED", "答复", "Answered"
    REASON_ACCEPTED = "REASON_ACCEPTED", "认可未采纳理由", "Reason accepted"
    REASON_REFUSED = "REASON_REFUSED", "不认可未采纳理由", "Reason not accepted"
    PROGRESS = "PROGRESS", "办理进展", "Progress told by the unit"
    IMPLEMENTED = "IMPLEMENTED", "报告已落实", "Said to be implemented"
    VISIT = "VISIT", "跟踪回访", "Followed up"
    NOT_VERIFIED = "NOT_VERIFIED", "核实未通过", "Not verified"
    VERIFIED = "VERIFIED", "核实通过", "Verified"
    OVERDUE = "OVERDUE", "逾期", "Overdue"
    CARRIED_OVER = "CARRIED_OVER", "跨年结转", "Carried over"
    FOLLOWED = "FOLLOWED", "来源情况变化", "Its source has changed"
    REOPENED = "REOPENED", "重新办理", "Reopened"
    CLOSED = "CLOSED", "办结", "Closed"


# What shows that somebody has looked after an item in a year.
TRACKED = frozenset(
    {
        EntryKind.ANSWERED,
        EntryKind.PROGRESS,
        EntryKind.IMPLEMENTED,
        EntryKind.VISIT,
        EntryKind.NOT_VERIFIED,
        EntryKind.VERIFIED,
        EntryKind.REOPENED,
    }
)


class NodeKind(Labelled, name="DossierNodeKind"):
    """议题档案节点种类。What a node of a dossier is."""

    TOPIC = "TOPIC", "议题", "A topic"
    LEAD = "LEAD", "线索", "A lead from a contact or a reception"
    OPINION = "OPINION", "社情民意", "An SCPO item"
    PROPOSAL = "PROPOSAL", "提案", "A proposal"
    CONSULTATION = "CONSULTATION", "协商", "A consultation"
    MOTION = "MOTION", "建议案", "A suggestion motion"
    SUPERVISION = "SUPERVISION", "民主监督", "A supervision"
    REPORT = "REPORT", "调研报告", "A report"
    OUTCOME = "OUTCOME", "成果档案", "An outcome file"


# The source of a file → what it is in a dossier.
NODE_OF = {
    Source.CONSULTATION: NodeKind.CONSULTATION,
    Source.MOTION: NodeKind.MOTION,
    Source.SUPERVISION: NodeKind.SUPERVISION,
    Source.KEY_PROPOSAL: NodeKind.PROPOSAL,
    Source.COMMITMENT: NodeKind.PROPOSAL,
    Source.SCPO: NodeKind.OPINION,
    Source.RESEARCH_REPORT: NodeKind.REPORT,
}


class SummaryReader(Labelled):
    """年度综述的报送对象。To whom a year's summary is owed (2.5)."""

    PARTY = "PARTY", "区委", "The district Party committee"
    GOVERNMENT = "GOVERNMENT", "区政府", "The district government"
    PLENARY = "PLENARY", "下一次全体会议", "The next plenary"
