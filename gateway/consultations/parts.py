"""Parts that several types of consultations have."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, labelled, references
from gateway.consultations.enums import ConsultationLimit, ConsultationOpinionKind
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.members.organisations import Organisation
from gateway.members.types import Member

Row = dict[str, Any]


def members(key: str, description: str) -> Field:
    return references(Member, key, loader="members", description=description)


def organisations(key: str, description: str) -> Field:
    return references(Organisation, key, loader="organisations", description=description)


class ConsultationOpinion(ObjectType):
    """一条意见。An opinion of a report or a motion."""

    no = Int(required=True, description="序号。Number.")
    text = String(required=True, description="内容。Text.")
    kind, kind_label = labelled(ConsultationOpinionKind, "策、举、事。Kind.", "kind")
    unit = fields.organisation("unit", "unit_id", "建议办理单位。Unit that it is for.")
    authors = members("author_ids", "提出人。Whose it is.")


class ConsultationInstruction(ObjectType):
    """批示，记于成果档案。A leader's instruction, recorded in the adoption archive."""

    leader = String(required=True, description="批示领导。Leader.")
    level = String(required=True, description="层级代码。Code of the level.")
    at = DateTime(required=True, description="批示时间。When.")
    revoked = Boolean(required=True, description="是否已撤销。Whether it was revoked.")


class ConsultationFeedback(ObjectType):
    """采纳情况反馈。What became of it."""

    text = String(required=True, description="内容。Text.")
    document_no = String(required=True, description="文号。Document number.")
    given_on = DateTime(required=True, description="反馈时间。When.")
    files = List(NonNull(File), description="附件。Files.")

    @staticmethod
    def resolve_files(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row] | None]:
        return files_of(info, row["files"])


class ConsultationDue(ObjectType):
    """时限。A time limit."""

    about, about_label = labelled(ConsultationLimit, "事项。What is due.", "about", required=True)
    due_at = DateTime(required=True, description="期限。When it is due.")
    stopped_at = DateTime(description="完成时间。When it was done.")
    late = Boolean(required=True, description="是否已超期提醒。Whether an alarm has gone off.")
    void = Boolean(required=True, description="是否已不再适用。Whether it was given up.")
