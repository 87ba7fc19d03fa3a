"""Refusals of the proposals service: one code, one Chinese message, the rule it stands for."""

from __future__ import annotations

from datetime import datetime

from shared.days import SHANGHAI
from shared.errors import DomainError, NotInState


class WrongState(NotInState):
    """Not in this state of the proposal."""

    code = "PROPOSAL_WRONG_STATE"
    message = "提案当前状态不能进行此操作"


class StaleDraft(DomainError):
    """The draft was changed on another device."""

    code = "STALE_DRAFT"
    message = "草稿已在其他设备上修改，请先载入最新内容"


class TooManyDrafts(DomainError):
    """As many drafts as one may keep."""

    code = "TOO_MANY_DRAFTS"
    message = "草稿过多，请先提交或放弃一些草稿"


class TitleForm(DomainError):
    """The title does not have the form of V1."""

    code = "V1_TITLE_FORM"
    message = "案由应写作“关于……的建议”或“关于……的提案”，8至60个字"

    @classmethod
    def within(cls, least: int, most: int) -> TitleForm:
        text = f"案由应写作“关于……的建议”或“关于……的提案”，{least}至{most}个字"
        return cls(text, field="title", details={"least": least, "most": most})


class OneMatter(DomainError):
    """One matter per proposal has to be confirmed (V2)."""

    code = "V2_ONE_MATTER"
    message = "一事一案：请先确认本提案只反映一件事"


class Incomplete(DomainError):
    """Situation, analysis, suggestions or category is missing (V3)."""

    code = "V3_INCOMPLETE"
    message = "请填写情况、分析，并至少提出一条具体建议"


class TooManySuggestions(DomainError):
    """Too many suggestions (V3)."""

    code = "V3_TOO_MANY_SUGGESTIONS"
    message = "建议条目过多"


class TooLong(DomainError):
    """The body is too long (V4)."""

    code = "V4_TOO_LONG"
    message = "正文超过规定字数"


class NotActive(DomainError):
    """A proposer is no active member (V5)."""

    code = "V5_NOT_ACTIVE"
    message = "提案人须为本届在任委员"


class TooFewCosigners(DomainError):
    """No confirmed co-signer (V6)."""

    code = "V6_TOO_FEW_COSIGNERS"
    message = "联名提案至少需要一名联名人确认；也可改为个人提案提交"


class PlenaryOnly(DomainError):
    """During the plenary only (V7)."""

    code = "V7_PLENARY_ONLY"
    message = "界别、小组提案只能在全体会议期间由召集人签署提交"


class NotSealed(DomainError):
    """The organisation's head has not confirmed (V8)."""

    code = "V8_NOT_SEALED"
    message = "集体提案须先由单位负责人盖章确认"


class CosignClosed(DomainError):
    """Co-signing is closed (V9)."""

    code = "V9_COSIGN_CLOSED"
    message = "联名征集已经截止"


class NotDeclared(DomainError):
    """The declaration is missing (V11)."""

    code = "V11_NOT_DECLARED"
    message = "请声明内容不涉及国家秘密和他人个人信息"


class Classified(DomainError):
    """Classified matter is refused (V11)."""

    code = "V11_CLASSIFIED"
    message = "涉密内容不得进入本系统，请按保密规定另行提交"


class CosignLocked(DomainError):
    """A co-signature is locked after filing."""

    code = "COSIGN_LOCKED"
    message = "立案后不能撤回联名"


class NoInvitation(DomainError):
    """No invitation to answer."""

    code = "NO_INVITATION"
    message = "没有需要您处理的联名邀请"


class CannotInvite(DomainError):
    """This member cannot be invited."""

    code = "CANNOT_INVITE"
    message = "不能邀请该委员联名"


class NotJoint(DomainError):
    """Not a joint proposal."""

    code = "NOT_JOINT"
    message = "只有联名提案可以邀请联名人"


class ShortfallOpen(DomainError):
    """The first proposer has to decide on the shortfall (decision 22)."""

    code = "SHORTFALL_OPEN"
    message = "联名人数不足，正等待第一提案人决定"


class ShortfallLate(DomainError):
    """The first proposer's time to decide is over (decision 22)."""

    code = "SHORTFALL_LATE"
    message = "已超过决定期限，提案将退回修改"


class ResubmitLate(DomainError):
    """Returned, and the time to submit again is over (decision 41)."""

    code = "RESUBMIT_LATE"
    message = "已超过退回后重新提交的期限，提案将作撤案处理"


class NoShortfall(DomainError):
    """No shortfall to decide."""

    code = "NO_SHORTFALL"
    message = "没有需要决定的联名人数不足事项"


class UnitsMissing(DomainError):
    """The suggested units are missing (T6)."""

    code = "UNITS_MISSING"
    message = "请先填写审查意见承办单位"


class ReasonMissing(DomainError):
    """A reason is needed."""

    code = "REASON_MISSING"
    message = "请填写理由"


class WithdrawalOpen(DomainError):
    """A withdrawal request is open."""

    code = "WITHDRAWAL_OPEN"
    message = "撤案申请正在等待决定"


class NoWithdrawal(DomainError):
    """No withdrawal request to decide."""

    code = "NO_WITHDRAWAL"
    message = "没有待决定的撤案申请"


class EntryNotConfirmed(DomainError):
    """The member, or the organisation's head, has not confirmed the entry (decision 18)."""

    code = "ENTRY_NOT_CONFIRMED"
    message = "代录的提案须由委员本人或单位负责人确认"


class AuthorUnfit(DomainError):
    """A named author of a collective proposal is not of that organisation (B4)."""

    code = "AUTHOR_UNFIT"
    message = "执笔人须是本组织的委员"


class NotNamed(DomainError):
    """Not named as an author."""

    code = "NOT_NAMED"
    message = "您未被列为该提案的执笔人"


class NamingAnswered(DomainError):
    """The same answer was given already."""

    code = "NAMING_ANSWERED"
    message = "您已作过同样的答复"


class OtherSide(DomainError):
    """The main unit is on the other side: its supervising office acts (decision 45)."""

    code = "OTHER_SIDE"
    message = "该提案的主办单位属另一归口，由另一督办机关办理"


class UnitMayNotHandle(DomainError):
    """The directory says that it is not asked to handle proposals (decision 57)."""

    code = "UNIT_MAY_NOT_HANDLE"
    message = "该单位不承办提案"


class UnitInBeing(DomainError):
    """Only the shares of a dissolved unit are given to another in this way."""

    code = "UNIT_IN_BEING"
    message = "该单位仍存续，请按退办程序调整"


class NoEntry(DomainError):
    """No entry to confirm."""

    code = "NO_ENTRY"
    message = "没有需要确认的代录提案"


class NoSeal(DomainError):
    """Nothing to seal."""

    code = "NO_SEAL"
    message = "没有需要盖章确认的提案"


class OpennessReason(DomainError):
    """A reason for not being public is needed."""

    code = "OPENNESS_REASON_MISSING"
    message = "不公开的提案须写明理由"


class NoSession(DomainError):
    """No session is scheduled."""

    code = "NO_SESSION"
    message = "本届会议尚未排定，暂不能提交"


class CounterInUse(DomainError):
    """The series is in use (decision 12)."""

    code = "COUNTER_IN_USE"
    message = "编号已经启用，不能再设定起始号"


class PlanUnfit(DomainError):
    """The units do not fit the mode (T10)."""

    code = "PLAN_UNFIT"
    message = "承办单位与交办方式不符：独办一家；主办一家、会办至少一家；分办至少两家"


class UnitUnknown(DomainError):
    """No such handling unit in being."""

    code = "UNIT_UNKNOWN"
    message = "承办单位不存在或已停用"


class NoPlan(DomainError):
    """No assignment to decide on (T10)."""

    code = "NO_ASSIGNMENT_PLAN"
    message = "没有待决定的交办方案"


class NoAssignment(DomainError):
    """The unit has no share in this proposal."""

    code = "NO_ASSIGNMENT"
    message = "该单位没有承办本提案"


class WrongAssignmentState(NotInState):
    """Not in this state of the assignment."""

    code = "ASSIGNMENT_WRONG_STATE"
    message = "承办件当前状态不能进行此操作"


class ProposerActs(DomainError):
    """A proposer acts for the unit (V15)."""

    code = "V15_PROPOSER_ACTS"
    message = "提案人不能以承办单位身份办理同一提案"


class NoContact(DomainError):
    """No such contact record of a unit."""

    code = "NO_CONTACT_RECORD"
    message = "没有这条联系记录"


class ContactMissing(DomainError):
    """No contact with the proposer yet (V16)."""

    code = "V16_CONTACT_MISSING"
    message = "答复前须与提案人至少联系一次，并记录联系情况"


class FutureContact(DomainError):
    """The contact lies in the future."""

    code = "CONTACT_IN_FUTURE"
    message = "联系日期不能晚于今天"


class ShareDone(DomainError):
    """The unit's share is done, or was handed back."""

    code = "SHARE_DONE"
    message = "该单位的承办件已办结，无须催办"


class NotCoHandling(DomainError):
    """Only a co-handling unit gives an opinion."""

    code = "NOT_CO_HANDLING"
    message = "只有会办单位提交会办意见"


class NotReplying(DomainError):
    """A co-handling unit gives no reply."""

    code = "NOT_REPLYING"
    message = "会办单位不直接答复提案人，请提交会办意见"


class NoReply(DomainError):
    """No draft of a reply yet."""

    code = "NO_REPLY"
    message = "还没有答复稿"


class ReplyIncomplete(DomainError):
    """The reply is incomplete."""

    code = "REPLY_INCOMPLETE"
    message = "答复内容不完整"


class DocNoForm(DomainError):
    """The reply number does not have its form (decision 13)."""

    code = "DOC_NO_FORM"
    message = "复文字号应写作“吴水提复〔2017〕5号”"


class DocNoTaken(DomainError):
    """The unit has used this number this year (decision 13)."""

    code = "DOC_NO_TAKEN"
    message = "该复文字号本单位本年度已使用"


class AnswersUnfit(DomainError):
    """The answers do not fit the suggestions."""

    code = "ANSWERS_UNFIT"
    message = "建议采纳情况与提案的建议条目不对应"


class AnswersMissing(DomainError):
    """A suggestion is not answered."""

    code = "ANSWERS_MISSING"
    message = "请逐条答复建议的采纳情况"


class ProofMissing(DomainError):
    """Class A needs proof (V17)."""

    code = "V17_PROOF_MISSING"
    message = "A类（已解决或基本解决）须附证明材料"


class CommitmentMissing(DomainError):
    """Class B needs a commitment with a date to come (V17)."""

    code = "V17_COMMITMENT_MISSING"
    message = "B类（正在解决或列入计划）须至少有一项写明完成日期的承诺"


class ReplyReasonMissing(DomainError):
    """Class C and D need a reason (V17)."""

    code = "V17_REASON_MISSING"
    message = "C类、D类（留作参考）须写明理由"


class LeaderInCharge(DomainError):
    """The leader in charge has to sign (V18)."""

    code = "V18_LEADER_IN_CHARGE"
    message = "集体提案的答复须由分管领导签发"


class NotSignedOff(DomainError):
    """It was not sent up for signature (V19)."""

    code = "V19_NOT_SIGNED_OFF"
    message = "答复须先送单位负责人签发"


class NotChecked(DomainError):
    """It has not passed the check (V19)."""

    code = "V19_NOT_CHECKED"
    message = "答复须经督查部门审核通过后才能送达"


class NotTheEvaluator(DomainError):
    """Only the proposers evaluate (V20)."""

    code = "V20_NOT_THE_EVALUATOR"
    message = "只有提案人可以评价答复"


class NothingToEvaluate(DomainError):
    """No reply to evaluate now (V20)."""

    code = "V20_NOTHING_TO_EVALUATE"
    message = "目前没有可以评价的答复"


class EvaluationLate(DomainError):
    """The time to evaluate is over; what was written is kept as a supplementary opinion (DL7)."""

    code = "DL7_EVALUATION_LATE"
    message = "评价期限已过，不再计入评价；所写意见已作为补充意见留存，由提案委研究"


class NoSupplement(DomainError):
    """No supplementary opinion waits (decision 63)."""

    code = "NO_SUPPLEMENT"
    message = "没有待研究的补充意见"


class EvaluationSent(DomainError):
    """The evaluation was sent and is final (V20)."""

    code = "V20_EVALUATION_SENT"
    message = "评价已经提交，不能更改"


class EvaluationIncomplete(DomainError):
    """The evaluation is incomplete (V20)."""

    code = "EVALUATION_INCOMPLETE"
    message = "评价内容不完整"


class EvaluationReasonMissing(DomainError):
    """Dissatisfied needs a reason (V20)."""

    code = "EVALUATION_REASON_MISSING"
    message = "评价为不满意的，请写明理由"


class LetterOnly(DomainError):
    """A personal matter may only become a letter (V14, NF07)."""

    code = "NF07_LETTER_ONLY"
    message = "为本人或亲属解决个人问题的，只能转委员来信"


class AppealLate(DomainError):
    """The time for an appeal is over (decision 28)."""

    code = "APPEAL_LATE"
    message = "已超过申请复议的期限"


class AppealOpen(DomainError):
    """An appeal was made already (decision 28)."""

    code = "APPEAL_MADE"
    message = "已经申请过复议"


class NoAppeal(DomainError):
    """No appeal to decide on (decision 28)."""

    code = "NO_APPEAL"
    message = "没有待决定的复议申请"


class SecondPerson(DomainError):
    """Another person has to confirm (decision 28)."""

    code = "SECOND_PERSON"
    message = "须由另一人确认，不能由作出决定的人自己确认"


class UnitBound(DomainError):
    """The unit is bound and cannot hand it back (decision 25)."""

    code = "UNIT_BOUND"
    message = "该单位已确定承办，不能再申请退办"


class ReturnLate(DomainError):
    """The time for handing it back is over (DL3)."""

    code = "RETURN_LATE"
    message = "已超过签收期限，不能再申请退办"


class NoReturnRequest(DomainError):
    """No request to hand back to decide on."""

    code = "NO_RETURN_REQUEST"
    message = "没有待决定的退办申请"


class NewUnitMissing(DomainError):
    """A new unit has to be named."""

    code = "NEW_UNIT_MISSING"
    message = "同意退办的，须指定新的承办单位"


class DisputeOpen(DomainError):
    """A dispute: a district leader decides (decision 25)."""

    code = "DISPUTE_OPEN"
    message = "第二次退办已形成争议，须由区领导裁定"


class NoDispute(DomainError):
    """No dispute to decide on (decision 25)."""

    code = "NO_DISPUTE"
    message = "没有待裁定的承办争议"


class ExtensionLate(DomainError):
    """Ask for more time before it is due (DL6)."""

    code = "DL6_EXTENSION_LATE"
    message = "延期须在答复期限届满前申请"


class ExtensionTooLong(DomainError):
    """Beyond the longest time (DL6)."""

    code = "DL6_EXTENSION_TOO_LONG"
    message = "延期后的期限应晚于原期限，且不超过最长办理期限"

    @classmethod
    def beyond(cls, latest: datetime) -> ExtensionTooLong:
        day = latest.astimezone(SHANGHAI)
        named = f"{day.year}年{day.month}月{day.day}日"
        text = f"延期后的期限应晚于原期限，最迟可延至{named}"
        return cls(text, field="until", details={"latest": day.date().isoformat()})


class ExtensionOpen(DomainError):
    """A request for more time is open (DL6)."""

    code = "EXTENSION_OPEN"
    message = "延期申请正在审批，不能重复申请"


class NoExtension(DomainError):
    """No request for more time to decide on (DL6)."""

    code = "NO_EXTENSION_REQUEST"
    message = "没有待审批的延期申请"


class NoCommitment(DomainError):
    """No such promise (decision 26)."""

    code = "NO_COMMITMENT"
    message = "没有这项承诺"


class NotUnkept(DomainError):
    """Not an unkept, unsettled promise (decision 26)."""

    code = "COMMITMENT_NOT_UNKEPT"
    message = "只有未兑现或已变更、尚未了结的承诺可以重定期限或了结"


class NotClaimed(DomainError):
    """Not a claim that waits for the committee (decision 42)."""

    code = "COMMITMENT_NOT_CLAIMED"
    message = "只有承办单位报告已兑现、尚待核实的承诺可以认定"


class OutcomeMissing(DomainError):
    """What became of a promise is not said (decision 26)."""

    code = "OUTCOME_MISSING"
    message = "请逐项报告到期承诺的兑现情况"


class CommitmentsOpen(DomainError):
    """A promise is not settled (T23)."""

    code = "COMMITMENTS_OPEN"
    message = "还有未了结的承诺，不能归档"


class CarriedOver(DomainError):
    """It was carried over this year (T22)."""

    code = "CARRIED_OVER"
    message = "本年度已结转办理过一次"


class MediationMissing(DomainError):
    """A mediation has to come first (T20)."""

    code = "MEDIATION_MISSING"
    message = "须先召开三方面商会并形成记录，才能办结"


class CloseKindUnfit(DomainError):
    """It cannot be closed this way (T20)."""

    code = "CLOSE_KIND_UNFIT"
    message = "提请督办的提案只能正常办结或保留意见办结"


class LeadUnfit(DomainError):
    """It cannot lead this case (T7, decision 24)."""

    code = "LEAD_UNFIT"
    message = "主案须为同届、已立案且未交办的另一件提案"


class LeadsOthers(DomainError):
    """It leads others; name another lead first (decision 24)."""

    code = "LEADS_OTHERS"
    message = "本提案是并案的主案，须先另行指定主案"


class FollowsLead(DomainError):
    """It follows its lead; act on the lead (decision 24)."""

    code = "FOLLOWS_LEAD"
    message = "并案提案随主案办理，请在主案上操作"


class FollowersOpen(DomainError):
    """Not all that is merged into it has ended (decision 24)."""

    code = "FOLLOWERS_OPEN"
    message = "并入的提案尚未全部办结，主案不能归档"


class ThemeUnfit(DomainError):
    """Not among the themes of the year's work plan."""

    code = "THEME_UNFIT"
    message = "年度主题不在当年工作要点内"


class GuideEmpty(DomainError):
    """The guide has no topics yet."""

    code = "GUIDE_EMPTY"
    message = "选题指南还没有内容"


class GuidePublished(DomainError):
    """Nothing has changed since it was published."""

    code = "GUIDE_PUBLISHED"
    message = "选题指南没有改动，不必再次发布"


class NotNominated(DomainError):
    """Not nominated as a key proposal."""

    code = "NOT_NOMINATED"
    message = "该提案还没有被推荐为重点提案"


class Nominated(DomainError):
    """Nominated by this account already."""

    code = "NOMINATED"
    message = "您已推荐过该提案"


class KeyWrongState(NotInState):
    """Not in this state of a key proposal."""

    code = "KEY_WRONG_STATE"
    message = "重点提案当前状态不能进行此操作"


class AwardGiven(DomainError):
    """It has the award."""

    code = "AWARD_GIVEN"
    message = "该提案已评为优秀提案"


class NoAward(DomainError):
    """It has no award."""

    code = "NO_AWARD"
    message = "该提案没有被评为优秀提案"


class Plagiarised(DomainError):
    """Plagiarism was found (G4)."""

    code = "PLAGIARISED"
    message = "已认定抄袭的提案不能评选重点提案或优秀提案"


class PlagiarismReported(DomainError):
    """Plagiarism is looked into or was found (G4)."""

    code = "PLAGIARISM_REPORTED"
    message = "该提案的抄袭问题正在处理或已认定"


class NoPlagiarism(DomainError):
    """No plagiarism to decide on (G4)."""

    code = "NO_PLAGIARISM"
    message = "没有待处理的抄袭问题"


def require_reason(text: str, field: str = "reason") -> None:
    """Raises ReasonMissing for a blank text."""
    if not text.strip():
        raise ReasonMissing(field=field)
