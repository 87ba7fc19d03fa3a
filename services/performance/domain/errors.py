"""The refusals of the performance service; the codes are shown to clients as they are."""

from __future__ import annotations

from shared.errors import DomainError, NotFound, NotInState


class EntryNotFound(NotFound):
    message = "未找到该账目"


class RequestNotFound(NotFound):
    message = "未找到该人工记分申请"


class AppealNotFound(NotFound):
    message = "未找到该申诉"


class RulesNotFound(NotFound):
    message = "未找到该版本的积分办法"


class YearNotFound(NotFound):
    message = "该年度尚未公示"


class AlreadyDecided(DomainError):
    """Decided already."""

    code = "ALREADY_DECIDED"
    message = "已经作出决定"


class SamePerson(DomainError):
    """Somebody else has to do this."""

    code = "SAME_PERSON"
    message = "须由另一人办理"


class OwnPoints(DomainError):
    """Nobody handles their own points."""

    code = "OWN_POINTS"
    message = "不能办理本人的积分"


class MemberUnknown(DomainError):
    """Points name members who exist."""

    code = "POINTS_MEMBER_UNKNOWN"
    message = "没有该委员，不能记分"


class RuleUnfit(DomainError):
    """No such rule then, or not for this case."""

    code = "RULE_UNFIT"
    message = "当时的积分办法没有这条规则，或情形、数量不符"


class HappenedLater(DomainError):
    """It cannot have happened in the future."""

    code = "HAPPENED_LATER"
    message = "发生时间不能晚于现在"


class EntryUndone(DomainError):
    """The entry has been undone."""

    code = "ENTRY_UNDONE"
    message = "该账目已冲销"


# Rules


class BasisForbidden(DomainError):
    """Use of the application is no duty."""

    code = "RULE_BASIS_FORBIDDEN"
    message = "登录、点赞、投票、转发、在线或学习时长不得作为考核依据"


class BasisUnknown(DomainError):
    """No event shows such a fact."""

    code = "RULE_BASIS_UNKNOWN"
    message = "没有这种可由事件证明的履职事实"


class BasisTaken(DomainError):
    """One rule for each fact."""

    code = "RULE_BASIS_TAKEN"
    message = "同一事实只能由一条规则计分"


class RuleCodeUnfit(DomainError):
    """The code of the rule does not fit."""

    code = "RULE_CODE_UNFIT"
    message = "规则代码应为所属类别字母加数字，且不重复"


class PointsUnfit(DomainError):
    """The points do not fit."""

    code = "RULE_POINTS_UNFIT"
    message = "分值不符合要求"


class SchemeUnfit(DomainError):
    """Categories, caps or grades do not fit."""

    code = "SCHEME_UNFIT"
    message = "类别、封顶或等次不符合要求"


class RulesState(NotInState):
    """Not in this state of the version."""

    code = "RULES_STATE_UNFIT"
    message = "该版本积分办法当前状态不能进行此操作"


class RulesDate(DomainError):
    """Rules begin after the day of their approval."""

    code = "RULES_DATE_UNFIT"
    message = "新办法应自审定次日以后生效，且晚于现行办法"


class DocumentMissing(DomainError):
    """The document's number and date are needed."""

    code = "DOCUMENT_MISSING"
    message = "登记常委会决定须填写文号和日期"


# The year


class YearNotOver(DomainError):
    """The year is not over."""

    code = "YEAR_NOT_OVER"
    message = "年度尚未结束"


class YearStateUnfit(NotInState):
    """Not in this state of the year."""

    code = "YEAR_STATE_UNFIT"
    message = "该年度当前状态不能进行此操作"


class AppealsOpen(DomainError):
    """Appeals are open."""

    code = "APPEALS_OPEN"
    message = "申诉期未满，或仍有未办结的申诉和更正"


class AppealClosed(DomainError):
    """Not open to appeal."""

    code = "APPEAL_CLOSED"
    message = "不在申诉期内"


class TalkNotFound(NotFound):
    message = "未找到该谈话事项"


class LateChangeNotFound(NotFound):
    message = "未找到该封存后变动"
