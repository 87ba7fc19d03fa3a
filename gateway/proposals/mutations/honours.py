"""Key and excellent proposals, plagiarism."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from graphene import ID, Boolean, Int, List, NonNull, String

from gateway.base import Date
from gateway.proposals.honours import LeaderRank
from gateway.proposals.mutations.base import OnProposal, proposal_id


class Reasoned:
    id = proposal_id()
    reason = String(required=True, description="理由。Reason.")


class Decided:
    id = proposal_id()
    doc_no = String(required=True, description="决定文号。Number of the decision.")
    decided_on = Date(required=True, description="决定日期。Day of the decision.")


class NominateKey(OnProposal):
    """推荐重点提案。Nominate as a key proposal."""

    class Input(Reasoned):
        pass

    method = "nominate_key"


class SelectKey(OnProposal):
    """确定重点提案。Select as a key proposal, by the Chairpersons' Council."""

    class Input(Decided):
        pass

    method = "select_key"


class DeselectKey(OnProposal):
    """取消重点提案。Undo the selection, before it is led."""

    class Input(Reasoned):
        pass

    method = "deselect_key"


class NameKeyLeader(OnProposal):
    """确定领办、督办领导。Name who leads a key proposal."""

    class Input:
        id = proposal_id()
        name = String(required=True, description="姓名。Name.")
        rank = LeaderRank(required=True, description="领导类别。Rank.")
        member_id = ID(description="是委员的，其委员编号。The member, where it is one.")

    method = "name_key_leader"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "member_id": "Member"}


class RecordKeyMeeting(OnProposal):
    """登记督办会。Record a meeting that urges the handling."""

    class Input:
        id = proposal_id()
        held_on = Date(required=True, description="日期。Day.")
        people = String(required=True, description="参加人。Who took part.")
        minutes = String(required=True, description="纪要。Minutes.")
        files = List(NonNull(ID), description="附件编号。Files.")

    method = "record_key_meeting"
    ids: ClassVar[Mapping[str, str]] = {"id": "Proposal", "files": "File"}


class AppraiseKey(OnProposal):
    """登记重点提案办理评议。Record the appraisal of a key proposal."""

    class Input:
        id = proposal_id()
        note = String(required=True, description="评议情况。What came of it.")

    method = "appraise_key"


class FinishKey(OnProposal):
    """重点提案办结。The key proposal is done."""

    class Input:
        id = proposal_id()

    method = "finish_key"


class AwardExcellent(OnProposal):
    """评为优秀提案。Award as an excellent proposal of the year."""

    class Input(Decided):
        year = Int(required=True, description="年度。Year.")

    method = "award_excellent"


class RevokeAward(OnProposal):
    """撤销优秀提案。Revoke the award."""

    class Input(Reasoned):
        pass

    method = "revoke_award"


class ReportPlagiarism(OnProposal):
    """反映提案抄袭。Report plagiarism, with its source."""

    class Input(Reasoned):
        source = String(required=True, description="抄袭来源。What it was taken from.")

    method = "report_plagiarism"


class StateOnPlagiarism(OnProposal):
    """提案人陈述；认定后为申诉。The author's word; after a finding the appeal."""

    class Input:
        id = proposal_id()
        statement = String(required=True, description="陈述或申诉。Statement or appeal.")

    method = "state_on_plagiarism"


class DecidePlagiarism(OnProposal):
    """拟定抄袭认定意见。Propose a decision on plagiarism."""

    class Input(Reasoned):
        upheld = Boolean(required=True, description="是否认定。Whether it is plagiarism.")

    method = "decide_plagiarism"


class ConfirmPlagiarism(OnProposal):
    """由另一人确认抄袭认定意见。Confirm the decision, by another person."""

    class Input:
        id = proposal_id()
        confirmed = Boolean(required=True, description="是否确认。Whether it is confirmed.")

    method = "confirm_plagiarism"


HONOURS = [
    NominateKey,
    SelectKey,
    DeselectKey,
    NameKeyLeader,
    RecordKeyMeeting,
    AppraiseKey,
    FinishKey,
    AwardExcellent,
    RevokeAward,
    ReportPlagiarism,
    StateOnPlagiarism,
    DecidePlagiarism,
    ConfirmPlagiarism,
]
