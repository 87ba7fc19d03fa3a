"""The refusals of the members service; the codes are shown to clients as they are."""

from __future__ import annotations

from collections.abc import Iterable

from shared.errors import DomainError, Item, NotFound


class MemberNotFound(NotFound):
    message = "未找到该委员"


class OrganisationNotFound(NotFound):
    message = "未找到该组织机构"


class TermNotFound(NotFound):
    message = "未找到该届次"


class ReviewNotFound(NotFound):
    message = "未找到该审议事项"


class ReviewDecided(DomainError):
    code = "REVIEW_DECIDED"
    message = "该审议事项已办结"


class DocumentMissing(DomainError):
    code = "REMOVAL_DOCUMENT_MISSING"
    message = "撤销委员资格须填写常委会决定的文号"


# Memberships


class MemberStateUnfit(DomainError):
    code = "MEMBER_STATE_UNFIT"
    message = "委员当前状态不能进行此操作"


class MemberNoTaken(DomainError):
    code = "MEMBER_NO_TAKEN"
    message = "该委员证号已被使用"


class MemberNoUnfit(DomainError):
    code = "MEMBER_NO_UNFIT"
    message = "委员证号应以届次开头，如 15-0088"


class AlreadyMember(DomainError):
    code = "ALREADY_MEMBER"
    message = "此人在本届已有委员资格"


class PersonExists(DomainError):
    code = "PERSON_EXISTS"
    message = "该身份证号已登记在另一人名下"


class PersonDeceased(DomainError):
    code = "PERSON_DECEASED"
    message = "此人已去世"


class JoinDateUnfit(DomainError):
    code = "JOIN_DATE_UNFIT"
    message = "就任日期不符合要求"


class DeathDateUnfit(DomainError):
    code = "DEATH_DATE_UNFIT"
    message = "去世日期不符合要求"


class TermClosed(DomainError):
    code = "TERM_CLOSED"
    message = "该届已结束"


# Import of a roster


class ImportNotFound(NotFound):
    message = "未找到该次导入"


class ImportHasErrors(DomainError):
    code = "IMPORT_HAS_ERRORS"
    message = "名册中有错误的行，请修改后重新检查，或选择跳过这些行"


class ImportExpired(DomainError):
    code = "IMPORT_EXPIRED"
    message = "检查结果已过期，请重新检查"


class ImportRowRepeated(DomainError):
    code = "IMPORT_ROW_REPEATED"
    message = "该委员证号在表中重复出现"


class ImportRowOutdated(DomainError):
    code = "IMPORT_ROW_OUTDATED"
    message = "检查之后名册有变化，此行未导入，请重新检查"

    @classmethod
    def because(cls, problems: Iterable[Item]) -> ImportRowOutdated:
        """With what now stands against the row."""
        outdated = cls()
        outdated.items += problems
        return outdated


class PersonMatches(DomainError):
    code = "PERSON_MATCHES"
    message = "已有姓名、出生日期或手机号相同的人员，请填写其原委员证号"


class PersonUnfit(DomainError):
    code = "PERSON_UNFIT"
    message = "原委员证号不存在，或与姓名、委员证号不符"


# Groups and posts


class SectorUnfit(DomainError):
    code = "SECTOR_UNFIT"
    message = "本届没有这个界别"


class GroupUnfit(DomainError):
    code = "GROUP_UNFIT"
    message = "所选组织不存在、已撤销或类别不符"


class TooManyCommittees(DomainError):
    code = "TOO_MANY_COMMITTEES"
    message = "每位委员最多参加两个专委会"


class PostUnfit(DomainError):
    code = "POST_UNFIT"
    message = "职务与委员所属组织不符"


class PostTaken(DomainError):
    code = "POST_TAKEN"
    message = "该职务已由其他委员担任"


# Profile


class NothingToChange(DomainError):
    code = "NOTHING_TO_CHANGE"
    message = "内容没有变化"


class FieldNotSelfEditable(DomainError):
    code = "FIELD_NOT_SELF_EDITABLE"
    message = "该项不能自行修改，请联系办公室"


class ChangePending(DomainError):
    code = "CHANGE_PENDING"
    message = "已有一项资料变更等待确认"


class ChangeNotPending(DomainError):
    code = "CHANGE_NOT_PENDING"
    message = "没有这项待确认的资料变更"


# Organisations


class OrganisationExists(DomainError):
    code = "ORGANISATION_EXISTS"
    message = "该编号或名称的组织机构已存在"


class OrganisationInactive(DomainError):
    code = "ORGANISATION_INACTIVE"
    message = "该组织机构已撤销"


class OrganisationKindUnfit(DomainError):
    code = "ORGANISATION_KIND_UNFIT"
    message = "组织机构的类别不符"


class OrganisationHasMembers(DomainError):
    code = "ORGANISATION_HAS_MEMBERS"
    message = "仍有在任委员属于该组织，请先调整委员所属组织"


# Terms and sessions


class TermExists(DomainError):
    code = "TERM_EXISTS"
    message = "该届次已存在"


class TermOrderUnfit(DomainError):
    code = "TERM_ORDER_UNFIT"
    message = "届次或开始时间应在上一届之后"


class SessionOrderUnfit(DomainError):
    code = "SESSION_ORDER_UNFIT"
    message = "会议次数应依次递增"


class SessionDatesUnfit(DomainError):
    code = "SESSION_DATES_UNFIT"
    message = "会议日程的时间先后不符合要求"


class SessionOver(DomainError):
    code = "SESSION_OVER"
    message = "会议已结束，不能再调整日程"
