"""Why a proposal is not filed, what becomes of it, and the appeal (V14, T8, T25)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shared.labels import Labelled


class NotFiledReason(Labelled):
    """不予立案的理由。Why a proposal is not filed (V14)."""

    NF01 = "NF01", "国家秘密或党内秘密", "State or Party secrets"  # 国家秘密或党内秘密
    NF02 = "NF02", "国家禁止提出的事项", "Forbidden by the state"  # 国家禁止提出的事项
    NF03 = (
        "NF03",
        "中共党员反映党内组织、人事",
        "Inner-Party organisation or personnel",
    )  # 中共党员反映党内组织、人事
    NF04 = (
        "NF04",
        "党派成员反映本组织内部事务",
        "Inner affairs of the own party",
    )  # 党派成员反映本组织内部事务
    NF05 = (
        "NF05",
        "进入民事、刑事、行政诉讼或仲裁程序",
        "Before a court or in arbitration",
    )  # 进入民事、刑事、行政诉讼或仲裁程序
    NF06 = "NF06", "学术研讨", "Academic discussion"  # 学术研讨
    NF07 = (
        "NF07",
        "为本人或亲属解决个人问题",
        "Personal matter of self or relatives",
    )  # 为本人或亲属解决个人问题
    NF08 = "NF08", "宣传、推介作品或产品", "Promotes a work or product"  # 宣传、推介作品或产品
    NF09 = "NF09", "指名举报", "Named accusation"  # 指名举报
    NF10 = (
        "NF10",
        "内容空泛、没有具体建议",
        "Empty, without a concrete suggestion",
    )  # 内容空泛、没有具体建议
    NF11 = "NF11", "超出本区职权", "Beyond the district's powers"  # 超出本区职权
    NF12 = "NF12", "同一事项已在办理", "Matter already in handling"  # 同一事项已在办理


SWITCHABLE = (NotFiledReason.NF11, NotFiledReason.NF12)  # local ones: a setting each


class Disposition(Labelled):
    """不予立案后的处理。What becomes of it."""

    TO_SCPO = "TO_SCPO", "转社情民意信息", "Turned into SCPO information"
    TO_REFERENCE = "TO_REFERENCE", "送有关部门参阅", "Sent to a department for reference"
    TO_LETTER = "TO_LETTER", "转委员来信", "Turned into a member's letter"


@dataclass
class NotFiled:
    reason: NotFiledReason
    disposition: Disposition
    comment: str
    at: datetime
    appeal_by: datetime


REFERRED = frozenset({Disposition.TO_REFERENCE, Disposition.TO_LETTER})  # others get the text


@dataclass
class Receipt:
    """One unit that has the text for reference; it confirms that it has received it."""

    unit: str
    received_at: datetime | None = None
    account_id: str | None = None
    decide_by: datetime | None = None  # decision 41


@dataclass
class Referral:
    """What is not filed goes to others with its author's consent (decision 50).

    agreed: the author's word, None while it is not given, and then the text goes nowhere;
    receipts: of the units that get it for reference; affair_id: the office's affair that the letter
    became, replied_at: when that was answered, or rejected.
    """

    disposition: Disposition
    occurrence_no: int  # of the not-filing
    asked_at: datetime
    units: tuple[str, ...] = ()
    agreed: bool | None = None
    comment: str = ""
    answered_at: datetime | None = None
    decide_by: datetime | None = None  # decision 41
    receipts: list[Receipt] = field(default_factory=list)
    affair_id: str | None = None
    replied_at: datetime | None = None


@dataclass
class Appeal:
    """The author's appeal; the director decides with a second person (decision 28)."""

    reason: str
    requested_at: datetime
    agreed: bool | None = None
    decision: str | None = None
    decided_by: str | None = None
    confirmed_by: str | None = None
    settled: bool = False
    decide_by: datetime | None = None  # decision 41
