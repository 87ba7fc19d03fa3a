"""The roster and the master data."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from graphene import ID, Argument, Boolean, Field, InputObjectType, Int, List, NonNull, String
from graphql import GraphQLResolveInfo

from gateway.base import asked, local_id, localise, paged, resolve_page
from gateway.members.enums import MemberOrder, MemberPost, MemberState, OrganisationKind
from gateway.members.fields import row_fields
from gateway.members.loaders import SERVICE
from gateway.members.organisations import Organisation, Sector, Session, Term
from gateway.members.reviews import ReviewsQuery
from gateway.members.types import Member, MemberConnection

Row = dict[str, Any]


class MemberFilter(InputObjectType):
    """委员列表的筛选条件。Which members to list; all conditions must hold."""

    term = Int(description="届次，默认本届。Of this term; the current one unless told.")
    sector = String(description="界别代码，如 22。Of this sector, by its code.")
    sector_group = ID(description="界别活动小组编号。Of this sector group.")
    committee = ID(description="专委会编号。Of this special committee.")
    town = ID(description="镇（街道）工委编号。Of this town working committee.")
    party = String(description="党派代码，如 04。Of this party, by its code.")
    post = MemberPost(description="职务。Holding this post.")
    states = List(
        NonNull(MemberState), description="状态，默认在任。In one of these; in office unless told."
    )
    text = String(
        description="姓名（可为一部分）、单位、职务、特长。Words of name, unit, title, skills."
    )
    change_pending = Boolean(
        description="有待确认的资料变更，限办公室。With a pending profile change; for the office."
    )


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
            MemberOrder, default_value="MEMBER_NO", description="顺序。Order of the list."
        ),
    )
    organisations = Field(
        List(NonNull(Organisation)),
        kind=Argument(
            OrganisationKind, description="类别，默认全部。Of this kind; all if not told."
        ),
        include_ended=Boolean(
            default_value=False, description="含已撤销的。Those that ended, too."
        ),
        description="组织机构。Organisations, in the committee's order.",
    )
    sectors = Field(
        List(NonNull(Sector)),
        term=Int(description="届次，默认本届。Of this term; the current one unless told."),
        description="界别。Sectors of a term.",
    )
    terms = Field(List(NonNull(Term)), description="历届，新的在前。All terms, the latest first.")
    current_term = Field(Term, description="本届。The current term.")
    current_session = Field(
        Session, description="最近开放的会议。Session whose window has opened last."
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
        _root: Any, info: GraphQLResolveInfo, include_ended: bool, kind: Any = None
    ) -> Awaitable[list[Row]]:
        kinds = [kind.value] if kind else None
        rows: Awaitable[list[Row]] = info.context.call(
            SERVICE, "organisations", kinds=kinds, include_ended=include_ended
        )
        return rows

    @staticmethod
    def resolve_sectors(
        _root: Any, info: GraphQLResolveInfo, term: int | None = None
    ) -> Awaitable[list[Row]]:
        rows: Awaitable[list[Row]] = info.context.call(SERVICE, "sectors", term=term)
        return rows

    @staticmethod
    def resolve_terms(_root: Any, info: GraphQLResolveInfo) -> Awaitable[list[Row]]:
        rows: Awaitable[list[Row]] = info.context.call(SERVICE, "list_terms")
        return rows

    @staticmethod
    def resolve_current_term(_root: Any, info: GraphQLResolveInfo) -> Awaitable[Row | None]:
        row: Awaitable[Row | None] = info.context.call(SERVICE, "current_term")
        return row

    @staticmethod
    def resolve_current_session(_root: Any, info: GraphQLResolveInfo) -> Awaitable[Row | None]:
        row: Awaitable[Row | None] = info.context.call(SERVICE, "current_session")
        return row


class MembersViewer:
    member = Field(Member, description="本人的委员资料。The viewer's own current membership.")

    @staticmethod
    async def resolve_member(viewer: Row, info: GraphQLResolveInfo) -> Row | None:
        id = viewer["member_id"]
        return await find_member(info, id) if id else None


async def find_member(info: GraphQLResolveInfo, id: str) -> Row | None:
    """The member's row with the fields asked for; None if the viewer may not know of it."""
    rows: list[Row] = await info.context.call(
        SERVICE, "members_by_ids", ids=[id], fields=row_fields(asked(info))
    )
    return rows[0] if rows else None


QUERIES = [MembersQuery, ReviewsQuery]
VIEWER = [MembersViewer]
