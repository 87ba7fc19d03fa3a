"""The roster and the master data."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from graphene import ID, Argument, Boolean, Field, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.base import asked, local_id, localise, paged, resolve_page
from gateway.manifests import enum, input_type
from gateway.members.enums import OrganisationKind
from gateway.members.fields import row_fields
from gateway.members.loaders import SERVICE
from gateway.members.organisations import Organisation
from gateway.members.types import Member, MemberConnection

Row = dict[str, Any]
MemberFilter = input_type("MemberFilter")
OrganisationFilter = input_type("OrganisationFilter")
GROUPS = {"sector_group": "Organisation", "committee": "Organisation", "town": "Organisation"}


class MembersQuery:
    member = Field(
        Member,
        id=Argument(ID, required=True, description="委员编号。Global id."),
        description="委员。A member; null if there is none that the viewer may see.",
    )
    members = paged(
        MemberConnection,
        "委员名册。The roster, as far as the viewer may see it.",
        filter=Argument(MemberFilter, description="筛选条件。Filter."),
        order_by=Argument(
            enum("MemberOrder"), default_value="MEMBER_NO", description="顺序。Order of the list."
        ),
    )
    organisations = Field(
        List(NonNull(Organisation)),
        kind=Argument(
            OrganisationKind, description="类别，默认全部。Of this kind; all if not told."
        ),
        filter=Argument(OrganisationFilter, description="筛选条件。Filter."),
        include_ended=Boolean(
            default_value=False, description="含已撤销的。Those that ended, too."
        ),
        description="组织机构。Organisations, in the committee's order.",
    )

    @staticmethod
    async def resolve_member(_root: Any, info: GraphQLResolveInfo, id: str) -> Row | None:
        return await find_member(info, local_id(id, "Member", "id"))

    @staticmethod
    def resolve_members(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int,
        order_by: Any,
        after: str | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Awaitable[Row]:
        return resolve_page(
            info,
            SERVICE,
            "list_members",
            filter=localise(filter or {}, GROUPS),
            order_by=order_by,
            first=first,
            after=after,
            fields=row_fields(asked(info, "edges", "node")),
        )

    @staticmethod
    def resolve_organisations(
        _root: Any,
        info: GraphQLResolveInfo,
        include_ended: bool,
        kind: Any = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Awaitable[list[Row]]:
        kinds = [kind.value] if kind else None
        rows: Awaitable[list[Row]] = info.context.call(
            SERVICE,
            "organisations",
            kinds=kinds,
            include_ended=include_ended,
            filter=localise(filter or {}, {"parent": "Organisation"}),
        )
        return rows


class MembersViewer:
    member = Field(Member, description="本人的委员资料。The viewer's own current membership.")
    memberships = List(
        NonNull(Member),
        required=True,
        description="本人历届委员资格，近的在前。The viewer's memberships, the latest first.",
    )

    @staticmethod
    async def resolve_member(viewer: Row, info: GraphQLResolveInfo) -> Row | None:
        id = viewer["member_id"]
        return await find_member(info, id) if id else None

    @staticmethod
    async def resolve_memberships(viewer: Row, info: GraphQLResolveInfo) -> list[Row]:
        ids = list(viewer["memberships"])
        found = {row["id"]: row for row in await _find_members(info, ids)} if ids else {}
        return [found[id] for id in ids if id in found]


async def find_member(info: GraphQLResolveInfo, id: str) -> Row | None:
    """The member's row with the fields asked for; None if the viewer may not know of it."""
    return next(iter(await _find_members(info, [id])), None)


async def _find_members(info: GraphQLResolveInfo, ids: list[str]) -> list[Row]:
    rows: list[Row] = await info.context.call(
        SERVICE, "members_by_ids", ids=ids, fields=row_fields(asked(info))
    )
    return rows


QUERIES = [MembersQuery]
VIEWER = [MembersViewer]
