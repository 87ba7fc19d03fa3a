"""Every command on affairs, annual plans, internal rules and training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from graphene import ID, Field, Float, InputObjectType, Int, List, NonNull, String

from gateway.base import CommandMutation, Date, DateTime
from gateway.office.affairs import Affair, InternalRule, StaffTraining, WorkPlan
from gateway.office.loaders import SERVICE
from gateway.office.paper_enums import AffairKind, DutyFunction
from shared.errors import InvalidInput

Ids = Mapping[str, str]
REASON = "理由。Reason."


class _Affair(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "affair"
    ids: ClassVar[Ids] = {"affair_id": "Affair"}
    affair = Field(Affair, description="事项。The affair afterwards.")


class _OfAffair:
    affair_id = ID(required=True, description="事项编号。Global id of the affair.")


class RaiseAffair(_Affair):
    """提出事项（任何登录者）。Ask something of an office."""

    class Input:
        kind = AffairKind(required=True, description="种类。Kind.")
        title = String(required=True, description="名称。Title.")
        content = String(required=True, description="内容。What is asked for.")
        office_id = ID(description="办理机构，默认办公室。Whose list; the general office's.")
        wanted_from = DateTime(description="需用开始时间。Wanted from.")
        wanted_until = DateTime(description="需用结束时间。Wanted until.")
        place = String(description="地点。Place.")
        people = Int(description="人数。Number of people.")

    method = "raise_affair"
    ids: ClassVar[Ids] = {"office_id": "Organisation"}


class AcceptAffair(_Affair):
    """受理（办理机构）。Take it from the shared list."""

    class Input(_OfAffair):
        pass

    method = "accept_affair"


class StartAffair(_Affair):
    """开始办理（办理机构）。Begin."""

    class Input(_OfAffair):
        pass

    method = "start_affair"


class RejectAffair(_Affair):
    """不予受理（办理机构）。Reject it."""

    class Input(_OfAffair):
        reason = String(required=True, description=REASON)

    method = "reject_affair"


class HandOverAffair(_Affair):
    """移交其他内设机构（办理机构）。Hand it over to another office."""

    class Input(_OfAffair):
        office_id = ID(required=True, description="移交给。Global id of the other office.")
        reason = String(required=True, description=REASON)

    method = "hand_over_affair"
    ids: ClassVar[Ids] = {"affair_id": "Affair", "office_id": "Organisation"}


class FinishAffair(_Affair):
    """办结（办理机构）。Done."""

    class Input(_OfAffair):
        result = String(required=True, description="办理结果。What came of it.")

    method = "finish_affair"


class RateAffair(_Affair):
    """评价（提出人）。Rate it, by whoever raised it."""

    class Input(_OfAffair):
        stars = Int(required=True, description="评分，1至5。From 1 to 5.")
        comment = String(description="评语。In words.")

    method = "rate_affair"


class _Plan(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "plan"
    ids: ClassVar[Ids] = {"plan_id": "WorkPlan"}
    plan = Field(WorkPlan, description="年度工作要点。The plan afterwards.")


class _OfPlan:
    plan_id = ID(required=True, description="工作要点编号。Global id of the plan.")


class PlanConditionInput(InputObjectType):
    """统计条件。A field of the event to narrow by."""

    field = String(required=True, description="字段。Field.")
    value = String(required=True, description="取值。Value.")


class PlanItemInput(InputObjectType):
    """年度任务。A task and the facts that count towards it."""

    code = String(required=True, description="任务代码。Code.")
    point = String(required=True, description="要点中的编号，如 5.1。Row of the plan.")
    phrase = String(required=True, description="任务，一般为要点原文。Words of the plan.")
    target = Int(required=True, description="目标数。How many are wanted.")
    duty = DutyFunction(required=True, description="职能。Function.")
    source = String(required=True, description="统计的服务。Service whose facts count.")
    event = String(required=True, description="统计的事件类型。Type of the event that counts.")
    where = List(NonNull(PlanConditionInput), description="统计条件。Conditions.")
    topics = List(NonNull(String), description="课题。Topics that are named.")


class DraftWorkPlan(_Plan):
    """起草年度工作要点，通过前可修改（办公室）。Write the year's plan."""

    class Input:
        year = Int(required=True, description="年度。Year.")
        title = String(required=True, description="标题。Title.")
        themes = List(NonNull(String), description="年度主题。Themes of the year.")
        items = List(NonNull(PlanItemInput), required=True, description="任务。Tasks.")

    method = "draft_plan"
    ids: ClassVar[Ids] = {}

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """Conditions as the service takes them: field → value."""
        local = super().kwargs(**input)
        items = [
            {**item, "where": {one["field"]: one["value"] for one in item.get("where") or ()}}
            for item in local["items"]
        ]
        return {**local, "items": items}


class AdoptWorkPlan(_Plan):
    """记录常委会议通过（办公室）。The Standing Committee has adopted it."""

    class Input(_OfPlan):
        meeting = String(required=True, description="通过的会议。The meeting.")
        on = Date(required=True, description="通过日期。When.")

    method = "adopt_plan"


class SendWorkPlan(_Plan):
    """报送区委（办公室）。Sent to the district Party committee."""

    class Input(_OfPlan):
        on = Date(description="报送日期，不详的不填。When, if known.")

    method = "send_plan"


class ForwardWorkPlan(_Plan):
    """记录区委批转（办公室）。The Party committee has forwarded it."""

    class Input(_OfPlan):
        forwarded_by = String(required=True, description="批转机关。Who forwarded it.")
        forwarded_on = Date(required=True, description="批转日期。The date on the notice.")
        printed_on = Date(required=True, description="印发日期。When it was printed.")
        notice_id = ID(description="批转通知（收文）。Global id of the cover notice.")

    method = "forward_plan"
    ids: ClassVar[Ids] = {"plan_id": "WorkPlan", "notice_id": "IncomingDocument"}


class ExecuteWorkPlan(_Plan):
    """开始执行（办公室）。Begin to carry it out."""

    class Input(_OfPlan):
        pass

    method = "execute_plan"


class ReviewWorkPlan(_Plan):
    """年度总结（主席会议成员）。The year's review."""

    class Input(_OfPlan):
        review = String(required=True, description="总结。The review.")

    method = "review_plan"


class _Rule(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "rule"
    ids: ClassVar[Ids] = {"rule_id": "InternalRule"}
    holder = "rule_id"
    rule = Field(InternalRule, description="制度。The rule afterwards.")


class PublishInternalRule(_Rule):
    """发布内部制度或其新版本（办公室）。Publish a rule, or its next version."""

    class Input:
        rule_id = ID(description="已有制度，发布新版本时填写。The rule that gets a new version.")
        title = String(required=True, description="名称。Title.")
        area = String(required=True, description="类别。What it is about.")
        text = String(required=True, description="正文。Text.")
        doc_no = String(required=True, description="发文字号。Official number.")
        valid_from = Date(required=True, description="施行日期。First day in force.")
        attachments = List(NonNull(ID), description="附件。Files.")

    method = "publish_rule"
    ids: ClassVar[Ids] = {"rule_id": "InternalRule", "attachments": "File"}


class RepealInternalRule(_Rule):
    """废止内部制度（办公室）。Repeal a rule."""

    class Input:
        rule_id = ID(required=True, description="制度编号。Global id of the rule.")
        on = Date(required=True, description="废止日期，自该日起不再有效。From this day on.")
        reason = String(required=True, description=REASON)

    method = "repeal_rule"


class _Training(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "training"
    training = Field(StaffTraining, description="培训记录。The record afterwards.")


class RecordStaffTraining(_Training):
    """登记机关干部培训（办公室）。Record a training of the staff."""

    class Input:
        title = String(required=True, description="培训名称。Title.")
        organiser = String(required=True, description="举办单位。Who held it.")
        begins_on = Date(required=True, description="开始日期。First day.")
        ends_on = Date(required=True, description="结束日期。Last day.")
        hours = Float(required=True, description="学时，可有半学时。Hours, halves allowed.")
        staff = List(NonNull(ID), required=True, description="参训人员账号。Accounts.")

    method = "record_training"
    ids: ClassVar[Ids] = {"staff": "Account"}

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """Hours as halves, which add up exactly; raises InvalidInput for a smaller part."""
        local = super().kwargs(**input)
        halves = local.pop("hours") * 2
        if halves != int(halves):
            raise InvalidInput("学时以半学时为单位", field="hours")
        return {**local, "half_hours": int(halves)}


class WithdrawStaffTraining(_Training):
    """撤销培训记录（办公室）。A wrong record does not count any more."""

    class Input:
        training_id = ID(required=True, description="记录编号。Global id of the record.")
        reason = String(required=True, description=REASON)

    method = "withdraw_training"
    ids: ClassVar[Ids] = {"training_id": "StaffTraining"}


AFFAIRS: list[Any] = [
    RaiseAffair,
    AcceptAffair,
    StartAffair,
    RejectAffair,
    HandOverAffair,
    FinishAffair,
    RateAffair,
    DraftWorkPlan,
    AdoptWorkPlan,
    SendWorkPlan,
    ForwardWorkPlan,
    ExecuteWorkPlan,
    ReviewWorkPlan,
    PublishInternalRule,
    RepealInternalRule,
    RecordStaffTraining,
    WithdrawStaffTraining,
]
