"""The words of publicity (2.11), with the labels that people read."""

from __future__ import annotations

from shared.labels import Labelled


class ContentState(Labelled, name="PublicityContentState"):
    """稿件状态。State of a manuscript."""

    DRAFT = "DRAFT", "草稿", "Draft"
    REVIEW_1 = "REVIEW_1", "初审", "First review"
    REVIEW_2 = "REVIEW_2", "复审", "Second review"
    REVIEW_3 = "REVIEW_3", "终审", "Third review"
    APPROVED = "APPROVED", "审定", "Approved"


S = ContentState
IN_REVIEW = (S.REVIEW_1, S.REVIEW_2, S.REVIEW_3)
AFTER = {S.REVIEW_1: S.REVIEW_2, S.REVIEW_2: S.REVIEW_3, S.REVIEW_3: S.APPROVED}


class Channel(Labelled, name="PublicityChannel"):
    """“三位一体”宣传平台。The three media (4.1)."""

    WEBSITE = "WEBSITE", "网站", "Website"
    MAGAZINE = "MAGAZINE", "杂志", "Magazine"
    WECHAT = "WECHAT", "微信公众号", "WeChat official account"


class PublicationState(Labelled):
    """渠道发布状态。State of a manuscript on one channel."""

    QUEUED = "QUEUED", "待发布", "Queued"
    PUBLISHED = "PUBLISHED", "已发布", "Published"
    FAILED = "FAILED", "发布失败", "Failed"
    CORRECTED = "CORRECTED", "已更正", "Corrected"
    TAKEN_DOWN = "TAKEN_DOWN", "已撤下", "Taken down"


P = PublicationState
OUT = frozenset({P.PUBLISHED, P.CORRECTED})
WAITING = frozenset({P.QUEUED, P.FAILED})


class Medium(Labelled, name="InterviewMedium"):
    """“两台一报”。Two stations, one paper (8.6)."""

    RADIO = "RADIO", "广播电台", "Radio"
    TELEVISION = "TELEVISION", "电视台", "Television"
    NEWSPAPER = "NEWSPAPER", "报纸", "Newspaper"


class InterviewState(Labelled, name="ProposalInterviewState"):
    """提案访谈状态。State of a proposal interview."""

    PLANNED = "PLANNED", "已策划", "Planned"
    RECORDED = "RECORDED", "已录制", "Recorded"
    AIRED = "AIRED", "已播出", "Aired"
