"""Organisations, sectors, terms and sessions, as the members service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import Date, DateTime, NodeType, labelled, loaded_by
from gateway.members.enums import OrganisationKind, OrganisationSide, TermState, UnitType

Row = dict[str, Any]


class Sector(ObjectType):
    """界别。A sector of the CPPCC."""

    code = String(required=True, description="代码，如 22。Two-digit code.")
    name = String(required=True, description="名称。Name in Chinese.")
    short_name = String(required=True, description="简称，如 民建。Short name in Chinese.")
    name_en = String(required=True, description="英文名称。Name in English.")


class Organisation(NodeType):
    """组织机构：党派团体、专委会、镇（街道）工委、界别活动小组、承办单位等。An organisation."""

    kind, kind_label = labelled(OrganisationKind, "类别。Kind.", "kind", required=True)
    name = String(required=True, description="名称。Name in Chinese.")
    short_name = String(description="简称。Short name in Chinese.")
    name_en = String(description="英文名称。Name in English.")
    code = String(
        description="党派代码，或承办单位复文字号用字。Party code, or word of reply numbers."
    )
    unit_type, unit_type_label = labelled(
        UnitType, "承办单位类别。What a handling unit is.", "unit_type"
    )
    joint_conference = Boolean(
        required=True,
        description="是否参加联席会议。Whether it takes part in the joint conference.",
    )
    sectors = List(NonNull(Sector), description="界别活动小组所含界别。Sectors of a sector group.")
    zone = String(description="区镇合一的开发区。Development zone that a town is one with.")
    parent = Field(lambda: Organisation, description="上级组织机构。Organisation above it.")
    side, side_label = labelled(
        OrganisationSide, "归口：党委或政府。Party or government; none for neither.", "side"
    )
    may_be_addressed = Boolean(
        required=True, description="可否作为收文单位。Whether documents may be sent to it."
    )
    may_be_supervised = Boolean(
        required=True, description="可否作为被监督单位。Whether it may be supervised."
    )
    may_handle = Boolean(
        required=True, description="可否承办提案。Whether it may be asked to handle proposals."
    )
    is_active = Boolean(required=True, description="是否存续。False after it ended or merged.")
    merged_into = Field(
        lambda: Organisation, description="并入的组织机构。Organisation that took over."
    )
    ended_on = DateTime(description="撤销时间。When it ended.")

    get_node = loaded_by("organisations")

    @staticmethod
    def resolve_sectors(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        return load_sectors(info, row["sectors"])

    @staticmethod
    def resolve_parent(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return load_organisation(info, row["parent"])

    @staticmethod
    def resolve_merged_into(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return load_organisation(info, row["merged_into"])


class Topic(NodeType):
    """主题目录中的领域或主题。An area or a topic of the taxonomy."""

    code = String(required=True, description="代码，如 WATER。Code.")
    name = String(required=True, description="名称。Name in Chinese.")
    parent = Field(lambda: Topic, description="所属领域，一级领域为空。Its area; none of an area.")
    valid_from = Date(required=True, description="启用日期。First day on which it may be chosen.")
    valid_to = Date(description="停用日期，自该日起不能再选。No more from this day on.")

    get_node = loaded_by("topics")

    @staticmethod
    def resolve_parent(row: Row, info: GraphQLResolveInfo) -> Awaitable[Row] | None:
        return info.context.loaders.topics.load(row["parent"]) if row["parent"] else None


class Topical:
    """The topics of a record, for its type to inherit."""

    coded_topics = List(
        NonNull(Topic), description="主题（按目录）。Its topics of the taxonomy, by codes."
    )

    @staticmethod
    def resolve_coded_topics(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        rows: Awaitable[list[Row]] = info.context.loaders.topics.load_many(
            row.get("topic_codes") or []
        )
        return rows


class Session(ObjectType):
    """一次全体会议。A plenary session of a term."""

    term = Int(required=True, description="届次。Number of the term.")
    no = Int(required=True, description="第几次会议。Number of the session.")
    opens_at = DateTime(
        required=True, description="大会提案开始征集。Plenary proposals are taken from here."
    )
    cut_off_at = DateTime(
        required=True, description="大会提案截止。Plenary proposals are taken until here."
    )
    plenary_from = DateTime(required=True, description="会议开始。Beginning of the plenary.")
    plenary_to = DateTime(required=True, description="会议结束。End of the plenary.")


class Term(NodeType):
    """届。A term of the CPPCC committee."""

    no = Int(required=True, description="届次，如 15。Number of the term.")
    state, state_label = labelled(TermState, "状态。State.", required=True)
    starts_on = DateTime(required=True, description="开始时间。Beginning.")
    ended_on = DateTime(description="结束时间。End.")
    sectors = List(NonNull(Sector), description="本届设置的界别。Sectors of this term.")
    sessions = List(
        NonNull(Session), required=True, description="各次会议。Sessions that are scheduled."
    )

    get_node = loaded_by("terms")

    @staticmethod
    def resolve_sectors(row: Row, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        return load_sectors(info, row["sector_set"])


def load_organisation(info: GraphQLResolveInfo, id: str | None) -> Awaitable[Row] | None:
    """One organisation by the request's loader; None for none."""
    if id is None:
        return None
    row: Awaitable[Row] = info.context.loaders.organisations.load(id)
    return row


def load_organisations(info: GraphQLResolveInfo, ids: list[str]) -> Awaitable[list[Row]]:
    rows: Awaitable[list[Row]] = info.context.loaders.organisations.load_many(ids)
    return rows


def load_sectors(info: GraphQLResolveInfo, codes: list[str]) -> Awaitable[list[Row]]:
    rows: Awaitable[list[Row]] = info.context.loaders.sectors.load_many(codes)
    return rows
