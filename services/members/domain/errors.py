"""The refusals of the members service; the codes are shown to clients as they are."""

from __future__ import annotations

from collections.abc import Iterable

from shared.errors import DomainError, Item, NotFound, NotInState


class MemberNotFound(NotFound):
    message = "未找到该委员"


class OrganisationNotFound(NotFound):
    message = "未找到该组织机构"


class TopicNotFound(NotFound):
    message = "主题目录中没有该主题"


class TermNotFound(NotFound):
    message = "未找到该届次"


class ReviewNotFound(NotFound):
    message = "未找到该审议事项"


class ReviewDecided(DomainError):
    """The review is settled."""

    code = "REVIEW_DECIDED"
    message = "该审议事项已办结"


class DocumentMissing(DomainError):
    """The decision's document is needed."""

    code = "REMOVAL_DOCUMENT_MISSING"
    message = "撤销委员资格须填写常委会决定的文号"


# Memberships


class MemberStateUnfit(NotInState):
    """Not in this state of the membership."""

    code = "MEMBER_STATE_UNFIT"
    message = "委员当前状态不能进行此操作"


class MemberNoTaken(DomainError):
    """The member number is in use."""

    code = "MEMBER_NO_TAKEN"
    message = "该委员证号已被使用"


class MemberNoUnfit(DomainError):
    """The member number does not begin with the term."""

    code = "MEMBER_NO_UNFIT"
    message = "委员证号应以届次开头，如 15-0088"


class AlreadyMember(DomainError):
    """The person has an open membership of the term."""

    code = "ALREADY_MEMBER"
    message = "此人在本届已有委员资格"


class PersonExists(DomainError):
    """Another person has this identity number."""

    code = "PERSON_EXISTS"
    message = "该身份证号已登记在另一人名下"


class PersonDeceased(DomainError):
    """The person has died."""

    code = "PERSON_DECEASED"
    message = "此人已去世"


class JoinDateUnfit(DomainError):
    """The day of joining does not fit."""

    code = "JOIN_DATE_UNFIT"
    message = "就任日期不符合要求"


class DeathDateUnfit(DomainError):
    """The day of death does not fit."""

    code = "DEATH_DATE_UNFIT"
    message = "去世日期不符合要求"


class TermClosed(DomainError):
    """The term is closed."""

    code = "TERM_CLOSED"
    message = "该届已结束"


# Import of a roster


class ImportNotFound(NotFound):
    message = "未找到该次导入"


class ImportHasErrors(DomainError):
    """Some rows of the roster have errors."""

    code = "IMPORT_HAS_ERRORS"
    message = "名册中有错误的行，请修改后重新检查，或选择跳过这些行"


class ImportExpired(DomainError):
    """The check is too old."""

    code = "IMPORT_EXPIRED"
    message = "检查结果已过期，请重新检查"


class ImportRowRepeated(DomainError):
    """The member number stands in two rows."""

    code = "IMPORT_ROW_REPEATED"
    message = "该委员证号在表中重复出现"


class ImportRowOutdated(DomainError):
    """The roster has changed since the check."""

    code = "IMPORT_ROW_OUTDATED"
    message = "检查之后名册有变化，此行未导入，请重新检查"

    @classmethod
    def because(cls, problems: Iterable[Item]) -> ImportRowOutdated:
        """With what now stands against the row."""
        outdated = cls()
        outdated.items += problems
        return outdated


class PersonMatches(DomainError):
    """Known: give the former number."""

    code = "PERSON_MATCHES"
    message = "已有姓名、出生日期或手机号相同的人员，请填写其原委员证号"


class PersonUnfit(DomainError):
    """Another person's number."""

    code = "PERSON_UNFIT"
    message = "原委员证号不存在，或与姓名、委员证号不符"


# Groups and posts


class SectorUnfit(DomainError):
    """The term has no such sector."""

    code = "SECTOR_UNFIT"
    message = "本届没有这个界别"


class GroupUnfit(DomainError):
    """No such group, ended, or of another kind."""

    code = "GROUP_UNFIT"
    message = "所选组织不存在、已撤销或类别不符"


class TooManyCommittees(DomainError):
    """Two special committees at most."""

    code = "TOO_MANY_COMMITTEES"
    message = "每位委员最多参加两个专委会"


class PostUnfit(DomainError):
    """The post does not fit the member's groups."""

    code = "POST_UNFIT"
    message = "职务与委员所属组织不符"


class PostTaken(DomainError):
    """Another member holds the post."""

    code = "POST_TAKEN"
    message = "该职务已由其他委员担任"


# Profile


class NothingToChange(DomainError):
    """Nothing would change."""

    code = "NOTHING_TO_CHANGE"
    message = "内容没有变化"


class FieldNotSelfEditable(DomainError):
    """Only the office changes this field."""

    code = "FIELD_NOT_SELF_EDITABLE"
    message = "该项不能自行修改，请联系办公室"


class ChangePending(DomainError):
    """A profile change is pending already."""

    code = "CHANGE_PENDING"
    message = "已有一项资料变更等待确认"


class ChangeNotPending(DomainError):
    """No such pending profile change."""

    code = "CHANGE_NOT_PENDING"
    message = "没有这项待确认的资料变更"


# Organisations


class OrganisationExists(DomainError):
    """Id or name is in use."""

    code = "ORGANISATION_EXISTS"
    message = "该编号或名称的组织机构已存在"


class OrganisationInactive(DomainError):
    """The organisation has ended."""

    code = "ORGANISATION_INACTIVE"
    message = "该组织机构已撤销"


class OrganisationKindUnfit(DomainError):
    """The kind does not fit."""

    code = "ORGANISATION_KIND_UNFIT"
    message = "组织机构的类别不符"


class OrganisationParentUnfit(DomainError):
    """Not below itself, one that has ended, or one that is below it."""

    code = "ORGANISATION_PARENT_UNFIT"
    message = "上级组织机构不存在、已撤销或互为上下级"


class OrganisationHasMembers(DomainError):
    """Members still belong to it."""

    code = "ORGANISATION_HAS_MEMBERS"
    message = "仍有在任委员属于该组织，请先调整委员所属组织"


# Topics


class TopicExists(DomainError):
    """Code or name is in use."""

    code = "TOPIC_EXISTS"
    message = "该代码或名称的主题已存在"


class TopicParentUnfit(DomainError):
    """A topic stands below an area in being; there are two levels."""

    code = "TOPIC_PARENT_UNFIT"
    message = "上级主题应为有效的一级领域"


class TopicEnded(DomainError):
    """The topic has ended."""

    code = "TOPIC_ENDED"
    message = "该主题已停用"


class TopicInUse(DomainError):
    """Topics below it are still valid."""

    code = "TOPIC_IN_USE"
    message = "该领域下仍有有效主题，请先停用下级主题"


# Terms and sessions


class TermExists(DomainError):
    """The term exists."""

    code = "TERM_EXISTS"
    message = "该届次已存在"


class TermOrderUnfit(DomainError):
    """A term must come after the former ones."""

    code = "TERM_ORDER_UNFIT"
    message = "届次或开始时间应在上一届之后"


class SessionOrderUnfit(DomainError):
    """Sessions are numbered in order."""

    code = "SESSION_ORDER_UNFIT"
    message = "会议次数应依次递增"


class SessionDatesUnfit(DomainError):
    """The dates of a session do not fit."""

    code = "SESSION_DATES_UNFIT"
    message = "会议日程的时间先后不符合要求"


class SessionOver(DomainError):
    """The session is over."""

    code = "SESSION_OVER"
    message = "会议已结束，不能再调整日程"
