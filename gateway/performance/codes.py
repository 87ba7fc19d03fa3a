"""Refusals of the performance service."""

ERROR_CODES = {
    "ALREADY_DECIDED": "已经作出决定。Decided already.",
    "SAME_PERSON": "须由另一人办理。Somebody else has to do this.",
    "OWN_POINTS": "不能办理本人的积分。Nobody handles their own points.",
    "RULE_UNFIT": "没有这条规则，或情形、数量不符。No such rule then, or not for this case.",
    "HAPPENED_LATER": "发生时间不能晚于现在。It cannot have happened in the future.",
    "ENTRY_UNDONE": "该账目已冲销。The entry has been undone.",
    "RULE_BASIS_FORBIDDEN": (
        "登录、点赞、投票、转发、在线或学习时长不得作为考核依据。Use of the application is no duty."
    ),
    "RULE_BASIS_UNKNOWN": "没有这种可由事件证明的履职事实。No event shows such a fact.",
    "RULE_BASIS_TAKEN": "同一事实只能由一条规则计分。One rule for each fact.",
    "RULE_CODE_UNFIT": "规则代码不符合要求。The code of the rule does not fit.",
    "RULE_POINTS_UNFIT": "分值不符合要求。The points do not fit.",
    "SCHEME_UNFIT": "类别、封顶或等次不符合要求。Categories, caps or grades do not fit.",
    "RULES_STATE_UNFIT": "该版本积分办法当前状态不能进行此操作。Not in this state of the version.",
    "RULES_DATE_UNFIT": "新办法应自审定次日以后生效。Rules begin after the day of their approval.",
    "DOCUMENT_MISSING": "须填写文号和日期。The document's number and date are needed.",
    "YEAR_NOT_OVER": "年度尚未结束。The year is not over.",
    "YEAR_STATE_UNFIT": "该年度当前状态不能进行此操作。Not in this state of the year.",
    "APPEALS_OPEN": "申诉期未满或仍有未办结的申诉。Appeals are open.",
    "APPEAL_CLOSED": "不在申诉期内。Not open to appeal.",
}
