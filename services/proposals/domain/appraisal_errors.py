"""Refusals of appraisals and inspections."""

from __future__ import annotations

from shared.errors import DomainError, NotInState


class WrongAppraisalState(NotInState):
    """Not in this state of the appraisal."""

    code = "APPRAISAL_WRONG_STATE"
    message = "评议当前状态不能进行此操作"


class CaseUnfit(DomainError):
    """Only what was replied to can be appraised, with units of the case."""

    code = "APPRAISAL_CASE_UNFIT"
    message = "只有已答复的提案可以列入评议，评议单位须为该提案的承办单位"


class CaseListed(DomainError):
    """The case is on another list under way."""

    code = "APPRAISAL_CASE_LISTED"
    message = "该提案已列入另一场尚未结束的评议"


class ReportNotAsked(DomainError):
    """The unit is not under appraisal, so no report of it is asked for."""

    code = "APPRAISAL_REPORT_NOT_ASKED"
    message = "贵单位不在本次评议之列，无须提交汇报"


class VoterUnfit(DomainError):
    """The voter is not of this kind (2.2)."""

    code = "VOTER_UNFIT"
    message = "评议人员的类别与身份不符"


class VoterListed(DomainError):
    """The voter is on the panel already."""

    code = "VOTER_LISTED"
    message = "该人员已在评议名单中"


class NoVoter(DomainError):
    """No such voter on the panel."""

    code = "NO_VOTER"
    message = "评议名单中没有这个人员"


class ConflictOfInterest(DomainError):
    """Nobody appraises the unit that employs them."""

    code = "V15_CONFLICT_OF_INTEREST"
    message = "在承办单位任职的人员不能参加对该单位的评议"


class PanelTooSmall(DomainError):
    """The panel is too small for a secret vote."""

    code = "PANEL_TOO_SMALL"
    message = "评议人员过少，无法保证无记名"


class VoteClosed(DomainError):
    """The vote is not open."""

    code = "VOTE_CLOSED"
    message = "现在不能投票"


class AlreadyVoted(DomainError):
    """One vote each."""

    code = "ALREADY_VOTED"
    message = "您已经投票，每人只能投一次"


class BallotIncomplete(DomainError):
    """The ballot is incomplete."""

    code = "BALLOT_INCOMPLETE"
    message = "请对每件提案作出评价，并对每个项目打分（0至100分）"


class TooFewBallots(DomainError):
    """Counting so few would unseal them."""

    code = "TOO_FEW_BALLOTS"
    message = "票数过少，计票将泄露投票内容，暂不能计票"


class WrongInspectionState(NotInState):
    """Not in this state of the inspection."""

    code = "INSPECTION_WRONG_STATE"
    message = "视察当前状态不能进行此操作"


class InspectionUnfit(DomainError):
    """Cases, people or date do not fit."""

    code = "INSPECTION_UNFIT"
    message = "视察的提案、人员或日期不符合要求"
