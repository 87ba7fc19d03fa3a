"""Key and excellent proposals and plagiarism: enums and types."""

from __future__ import annotations

from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String

from gateway.base import Date, DateTime, label_field, labelled
from gateway.files.types import File, files_of
from gateway.identity.types import Role
from gateway.manifests import enum
from gateway.members.types import Member

KeyState = enum("KeyState")
LeaderRank = enum("LeaderRank")
PlagiarismState = enum("PlagiarismState")


class KeyLeader(ObjectType):
    """领办、督办领导。Who leads it."""

    name = String(required=True, description="姓名。Name.")
    rank, rank_label = labelled(LeaderRank, "领导类别。Rank.", "rank", required=True)
    member = Field(
        Member,
        resolver=lambda row, info: (
            info.context.loaders.members.load(row["member_id"]) if row["member_id"] else None
        ),
        description="是委员的，其委员资料。The member, where it is one.",
    )


class KeyMeeting(ObjectType):
    """督办会，限参与各方。A meeting that urges the handling."""

    held_on = Date(required=True, description="日期。Day.")
    people = String(required=True, description="参加人。Who took part.")
    minutes = String(required=True, description="纪要。Minutes.")
    files = List(
        NonNull(File),
        resolver=lambda row, info: files_of(info, row["files"]),
        description="附件。Files.",
    )


class KeyNomination(ObjectType):
    """推荐，限提案委和主席会议。A nomination."""

    role = String(required=True, description="推荐人身份。Role of who nominated.")
    role_label = label_field(Role, "role", "推荐人身份名称。Chinese label of the role.")
    reason = String(required=True, description="理由。Reason.")
    at = DateTime(required=True, description="时间。When.")


class KeyCase(ObjectType):
    """重点提案。A key proposal."""

    state, state_label = labelled(KeyState, "状态。State.", required=True)
    doc_no = String(description="主席会议决定文号。Number of the decision.")
    decided_on = Date(description="决定日期。Day of the decision.")
    leader = Field(KeyLeader, description="领办、督办领导。Who leads it.")
    nominations = List(NonNull(KeyNomination), description="推荐。Nominations.")
    meetings = List(NonNull(KeyMeeting), description="督办会。Meetings.")
    appraised_at = DateTime(description="评议时间。When appraised.")
    done_at = DateTime(description="办结时间。When done.")


class Award(ObjectType):
    """优秀提案。The award of a year."""

    year = Int(required=True, description="年度。Year.")
    doc_no = String(required=True, description="决定文号。Number of the decision.")
    decided_on = Date(required=True, description="决定日期。Day of the decision.")
    revoked_at = DateTime(description="撤销时间，有效的为空。When revoked; null while it stands.")
    reason = String(description="撤销理由。Why revoked.")


class Plagiarism(ObjectType):
    """抄袭认定，限提案人和提案委。A finding of plagiarism."""

    state, state_label = labelled(PlagiarismState, "状态。State.", required=True)
    source = String(required=True, description="抄袭来源。What it was taken from.")
    reason = String(required=True, description="反映内容。What was reported.")
    reported_at = DateTime(required=True, description="反映时间。When reported.")
    statement = String(description="提案人陈述。The author's word.")
    decision = String(description="认定意见。Reason of the decision.")
    decide_by = DateTime(description="决定期限。To be decided by.")
    appeal_by = DateTime(description="申诉期限。To be appealed by.")
    appeal = String(description="申诉理由。The appeal.")


class HonouredProposal:
    """Fields of a proposal that was singled out."""

    key = Field(KeyCase, description="重点提案，推荐阶段限提案委和主席会议。Key proposal.")
    is_key = Boolean(
        resolver=lambda row, _: is_key(row), description="是否重点提案。Whether a key proposal."
    )
    excellent = Field(Award, description="优秀提案。Award.")
    is_excellent = Boolean(
        resolver=lambda row, _: bool(row.get("excellent") and not row["excellent"]["revoked_at"]),
        description="是否优秀提案。Whether it has the award.",
    )
    plagiarism = Field(Plagiarism, description="抄袭认定，限提案人和提案委。Plagiarism.")


def is_key(row: dict[str, Any]) -> bool:
    key = row.get("key")
    return bool(key and key["state"] != "CANDIDATE")
