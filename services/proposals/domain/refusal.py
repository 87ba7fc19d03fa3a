"""Why a proposal is not filed, what becomes of it, and the appeal (V14, T8, T25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NotFiledReason(StrEnum):
    """V14; NF11 and NF12 are the district's own."""

    NF01 = "NF01"  # 国家秘密或党内秘密
    NF02 = "NF02"  # 国家禁止提出的事项
    NF03 = "NF03"  # 中共党员反映党内组织、人事
    NF04 = "NF04"  # 党派成员反映本组织内部事务
    NF05 = "NF05"  # 进入民事、刑事、行政诉讼或仲裁程序
    NF06 = "NF06"  # 学术研讨
    NF07 = "NF07"  # 为本人或亲属解决个人问题
    NF08 = "NF08"  # 宣传、推介作品或产品
    NF09 = "NF09"  # 指名举报
    NF10 = "NF10"  # 内容空泛、没有具体建议
    NF11 = "NF11"  # 超出本区职权
    NF12 = "NF12"  # 同一事项已在办理


class Disposition(StrEnum):
    """What becomes of it: SCPO information, reference for a department, a member's letter."""

    TO_SCPO = "TO_SCPO"
    TO_REFERENCE = "TO_REFERENCE"
    TO_LETTER = "TO_LETTER"


@dataclass
class NotFiled:
    reason: NotFiledReason
    disposition: Disposition
    comment: str
    at: datetime
    appeal_by: datetime


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
