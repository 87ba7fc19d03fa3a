"""Values that rows hold and no rule needs, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class ProposalOrder(Labelled):
    """排序。Order of a list."""

    UPDATED = "UPDATED", "最近更新", "Latest change first"
    UPDATED_ASC = "UPDATED_ASC", "最早更新", "Oldest change first"
    FILED = "FILED", "立案时间", "Latest filing first"
    FILED_ASC = "FILED_ASC", "最早立案", "Oldest filing first"
    SUBMITTED = "SUBMITTED", "提交时间", "Latest submission first"
    SUBMITTED_ASC = "SUBMITTED_ASC", "最早提交", "Oldest submission first"


class WorklistOrder(Labelled):
    """工作列表排序。Order of a list of work."""

    DUE = "DUE", "期限早的在前", "Due first"
    DUE_DESC = "DUE_DESC", "期限晚的在前", "Due last"


class CounterKind(Labelled):
    """编号种类。Kind of number series."""

    SERIAL = "SERIAL", "流水号", "Serial numbers"
    PLENARY = "PLENARY", "大会提案号", "Case numbers of the plenary"
    REGULAR = "REGULAR", "平时提案号", "Case numbers of regular proposals"


class ProposalOriginKind(Labelled):
    """提案来源种类。What a proposal was made from."""

    LEAD = "LEAD", "提案线索", "A lead from a contact or a reception"
