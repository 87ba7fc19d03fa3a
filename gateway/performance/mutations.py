"""Every command on points."""

from __future__ import annotations

from graphene import ID, Boolean, Field, Float, InputObjectType, Int, List, NonNull, String

from gateway.base import CommandMutation, Date, DateTime
from gateway.performance.desk import (
    LateChange,
    PerformanceTalk,
    PointsAppeal,
    PointsRequest,
    PointsYear,
    ScoringRules,
)
from gateway.performance.types import SERVICE, ScoreGrade

REASON = "理由。Reason."
ENTRY = "账目编号。Global id of the ledger entry."


class _Credit:
    rule_code = String(required=True, description="规则代码，如 C1。Code of the rule.")
    variant = String(description="情形，规则分情形时填写。Case, where the rule has several.")
    quantity = Int(description="出席半天数，仅全体会议。Half-days present, plenary only.")
    out_of = Int(description="应出席半天数，仅全体会议。Half-days required, plenary only.")
    happened_on = DateTime(required=True, description="发生时间。When it happened.")


class PointsCreditInput(_Credit, InputObjectType):
    """补记一件事实。A fact to credit under a rule."""


class _Request(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "request"
    request = Field(PointsRequest, description="申请。The request afterwards.")


class RequestPointsCredit(_Request):
    """申请人工补记（办公室），须另一人复核。Ask to credit a fact that no event shows."""

    class Input(_Credit):
        member_id = ID(required=True, description="委员编号。Global id of the member.")
        reason = String(required=True, description=REASON)

    method = "request_credit"
    ids = {"member_id": "Member"}  # noqa: RUF012


class RequestPointsStrike(_Request):
    """申请人工冲销（办公室），须另一人复核。Ask to take an entry back."""

    class Input:
        entry_id = ID(required=True, description=ENTRY)
        reason = String(required=True, description=REASON)

    method = "request_strike"
    ids = {"entry_id": "LedgerEntry"}  # noqa: RUF012


class DecidePointsRequest(_Request):
    """复核人工记分（另一人）。Decide on a request; never by the one who asked."""

    class Input:
        request_id = ID(required=True, description="申请编号。Global id of the request.")
        confirmed = Boolean(required=True, description="是否确认。Whether it is confirmed.")
        reason = String(description=REASON)

    method = "decide_request"
    ids = {"request_id": "PointsRequest"}  # noqa: RUF012


class _Appeal(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "appeal"
    appeal = Field(PointsAppeal, description="申诉。The appeal afterwards.")


class SubmitPointsAppeal(_Appeal):
    """对公示的积分提出申诉（委员）。Appeal against one's own points of a year's draft."""

    class Input:
        year = Int(required=True, description="年度。Year.")
        text = String(required=True, description="申诉内容。What is wrong or missing.")
        entry_ids = List(NonNull(ID), description="涉及的账目。Global ids of ledger entries.")

    method = "submit_appeal"
    ids = {"entry_ids": "LedgerEntry"}  # noqa: RUF012


class WithdrawPointsAppeal(_Appeal):
    """撤回申诉（委员）。Withdraw one's own appeal."""

    class Input:
        appeal_id = ID(required=True, description="申诉编号。Global id of the appeal.")

    method = "withdraw_appeal"
    ids = {"appeal_id": "PointsAppeal"}  # noqa: RUF012


class DecidePointsAppeal(_Appeal):
    """答复申诉（办公室，非记录人）。Answer an appeal; corrections wait for a second person."""

    class Input:
        appeal_id = ID(required=True, description="申诉编号。Global id of the appeal.")
        upheld = Boolean(required=True, description="是否成立。Whether it is upheld.")
        reason = String(required=True, description="答复理由。Reason of the answer.")
        credits = List(NonNull(PointsCreditInput), description="补记。Facts to credit.")
        strikes = List(NonNull(ID), description="冲销的账目。Entries to take back.")

    method = "decide_appeal"
    ids = {"appeal_id": "PointsAppeal", "strikes": "LedgerEntry"}  # noqa: RUF012


class ScoringCategoryInput(InputObjectType):
    """一个类别。A category."""

    code = String(required=True, description="代码，A至G。Code, A to G.")
    label = String(required=True, description="名称。Name.")
    cap = Float(description="封顶分，扣分类不填。Cap; none for deductions.")


class ScoringGradeInput(InputObjectType):
    """一个等次。A grade."""

    code = ScoreGrade(required=True, description="等次。Grade.")
    label = String(required=True, description="名称。Name.")
    threshold = Float(required=True, description="起点分。Points from which it holds.")


class RulePointsInput(InputObjectType):
    """一种情形的分值。The points of one case."""

    variant = String(description="情形，不分情形时不填。Case; none if there is one only.")
    points = Float(required=True, description="分值。Points.")


class ScoringRuleInput(InputObjectType):
    """一条规则。One rule."""

    code = String(required=True, description="代码，如 B1。Code.")
    basis = String(
        required=True,
        description=(
            "依据的履职事实，须由事件证明；登录、点赞、转发、在线时长等不得作为依据。"
            "The fact that it counts, shown by an event; never the use of the application."
        ),
    )
    label = String(required=True, description="名称。Name.")
    measure = String(required=True, description="量词。Measure word.")
    noun = String(required=True, description="事项。What is counted.")
    points = List(NonNull(RulePointsInput), required=True, description="分值。Points by case.")
    further = Float(description="后续每件分值。Each one after the year's first.")
    yearly_count = Int(description="年度计分次数上限。So many count in a year.")
    yearly_points = Float(description="年度分值上限。So many points in a year.")


class _Rules(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "rules"
    rules = Field(ScoringRules, description="积分办法。The version afterwards.")


class DraftScoringRules(_Rules):
    """拟订新版本积分办法（办公室）。Write the next version of the rules, or write it again."""

    class Input:
        label = String(required=True, description="名称。Name.")
        active_from = Date(required=True, description="生效日期。Day from which it holds.")
        categories = List(
            NonNull(ScoringCategoryInput), required=True, description="类别。Categories, A to G."
        )
        grades = List(
            NonNull(ScoringGradeInput), required=True, description="等次。Grades, best first."
        )
        rules = List(NonNull(ScoringRuleInput), required=True, description="规则。Rules.")

    method = "draft_rules"


class ProposeScoringRules(_Rules):
    """提请审定积分办法（办公室）。Put the draft before the Chairpersons' Council."""

    class Input:
        version_no = Int(required=True, description="版本号。Version.")

    method = "propose_rules"


class DecideScoringRules(_Rules):
    """审定积分办法（主席会议；常委会决定由办公室登记）。Decide on a version of the rules."""

    class Input:
        version_no = Int(required=True, description="版本号。Version.")
        approved = Boolean(required=True, description="是否通过。Whether it is approved.")
        reason = String(description=REASON)
        document_no = String(description="常委会决定的文号。Number of the decision's document.")
        decided_on = Date(description="常委会决定日期。Day of the Standing Committee's decision.")

    method = "decide_rules"


class _Year(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "points_year"
    points_year = Field(PointsYear, description="年度。The year afterwards.")


class PublishPointsDraft(_Year):
    """公示年度积分（办公室；到期自动）。Show a year's points for appeal; due by itself too."""

    class Input:
        year = Int(required=True, description="年度。Year.")

    method = "publish_draft"


class FreezePointsYear(_Year):
    """封存年度积分（办公室；到期自动）。Freeze a year in a signed snapshot; due by itself too."""

    class Input:
        year = Int(required=True, description="年度。Year.")

    method = "freeze_year"


class RecordPerformanceTalk(CommandMutation):
    """记录履职谈话（召集人、主席会议）。Record a talk after a weak year."""

    class Input:
        talk_id = ID(required=True, description="谈话事项编号。Global id of the talk.")
        held_on = DateTime(required=True, description="谈话时间。When it was held.")
        note = String(required=True, description="谈话记录。Record of the talk.")

    service = SERVICE
    method = "record_talk"
    ids = {"talk_id": "PerformanceTalk"}  # noqa: RUF012
    result_field = "talk"
    talk = Field(PerformanceTalk, description="谈话事项。The talk afterwards.")


class DecideLateChange(CommandMutation):
    """审定封存后变动（主席会议）。Whether an entry that came after the freeze counts."""

    class Input:
        entry_id = ID(required=True, description=ENTRY)
        approved = Boolean(required=True, description="是否计入。Whether it counts.")
        reason = String(required=True, description=REASON)

    service = SERVICE
    method = "decide_late_change"
    ids = {"entry_id": "LedgerEntry"}  # noqa: RUF012
    result_field = "late_change"
    late_change = Field(LateChange, description="变动。The change afterwards.")


MUTATIONS = [
    RequestPointsCredit,
    RequestPointsStrike,
    DecidePointsRequest,
    SubmitPointsAppeal,
    WithdrawPointsAppeal,
    DecidePointsAppeal,
    DraftScoringRules,
    ProposeScoringRules,
    DecideScoringRules,
    PublishPointsDraft,
    FreezePointsYear,
    RecordPerformanceTalk,
    DecideLateChange,
]
