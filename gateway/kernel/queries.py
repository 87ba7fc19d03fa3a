"""`audit`: the trails of all services and of the gateway as one list (decision 51)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graphene import Argument
from graphql import GraphQLObjectType, GraphQLResolveInfo
from marshmallow import ValidationError
from pymongo.errors import PyMongoError

from gateway.base import global_id, localise, paged
from gateway.derived import EVERYWHERE, service_named
from gateway.ids import split_global_id
from gateway.kernel.types import AuditConnection
from gateway.manifests import input_type, manifests
from gateway.paging import Page, as_page, asked, page_size
from shared.actor import Role
from shared.errors import InvalidInput, Unavailable
from shared.schemas import When

Row = dict[str, Any]
OWN = "gateway"  # the trail of exports and downloads, which no service keeps
BOUNDS = {"since": "$gte", "until": "$lt"}


class AuditQuery:
    """Who did, was refused or looked at what."""

    audit = paged(
        AuditConnection,
        "审计记录，新的在前，不含内容；查阅本身也留痕。办公室和主席会议成员看不到他人的登录。"
        "The audit of all services, the newest first, without content; reading it is an entry "
        "itself. The office and the leaders see no sign-ins of others.",
        filter=Argument(input_type("AuditFilter"), description="筛选条件。Filter."),
    )

    @staticmethod
    async def resolve_audit(
        _root: Any,
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
        filter: Mapping[str, Any] | None = None,
    ) -> Page:
        size, wanted = page_size(first), _local(filter or {})
        asking = _asked(wanted)

        async def total() -> int:
            return sum(await asyncio.gather(*(_count(info, name, wanted) for name in asking)))

        if asked(info) <= {"total_count"}:
            return {"edges": [], "page_info": {}, "_total": total}
        pages = await asyncio.gather(*(_page(info, name, wanted, size, after) for name in asking))
        rows = sorted((row for page in pages for row in page["rows"]), key=_moment, reverse=True)
        more = len(rows) > size or any(page["has_next"] for page in pages)
        return as_page([_shown(info, row) for row in rows[:size]], more, after, total)


def _local(filter: Mapping[str, Any]) -> Row:
    """A subject may be any record: its type only tells how its id is read."""
    wanted = localise(filter, {"account_id": "Account"})
    wanted = {name: getattr(value, "value", value) for name, value in wanted.items()}
    if wanted.get("subject"):
        wanted["subject"] = (split_global_id(wanted["subject"]) or ("", wanted["subject"]))[1]
    return wanted


def _asked(wanted: Row) -> list[str]:
    """A service that is away is no reason to show the rest as if it were all."""
    if (name := wanted.get("service")) in (None, ""):
        return [*sorted(manifests().keys() - {EVERYWHERE}), OWN]
    return [name if name == OWN else service_named(name)]


async def _page(
    info: GraphQLResolveInfo, service: str, wanted: Row, first: int, after: str | None
) -> Row:
    if service == OWN:
        trail, query = await _own(info, "read_audit", wanted)
        try:
            page: Row = await trail.page(query, first, after)
        except PyMongoError as error:
            raise Unavailable from error
    else:
        page = await info.context.call(
            service, "list_audit", filter=wanted, first=first, after=after
        )
    return {**page, "rows": [{**row, "service": service} for row in page["rows"]]}


async def _count(info: GraphQLResolveInfo, service: str, wanted: Row) -> int:
    if service != OWN:
        found: int = await info.context.call(service, "count_audit", filter=wanted)
        return found
    trail, query = await _own(info, "count_audit", wanted)
    try:
        return int(await trail.count(query))
    except PyMongoError as error:
        raise Unavailable from error


async def _own(info: GraphQLResolveInfo, action: str, wanted: Row) -> tuple[Any, Row]:
    """The gateway's trail and the query of it, for who may read those of the services."""
    context = info.context
    may = manifests()[EVERYWHERE]["operations"]["list_audit"]["roles"]
    context.actor.require(*map(Role, may))
    trail = context.files.store.trail
    try:
        await trail.looked(context.actor, context.correlation_id, action)
    except PyMongoError as error:
        raise Unavailable from error
    query = {
        key: value
        for key, value in wanted.items()
        if key not in ("service", *BOUNDS) and value not in (None, "")
    }
    bounds = {name: _bound(name, wanted[name]) for name in BOUNDS if wanted.get(name)}
    span = {operator: bounds[name] for name, operator in BOUNDS.items() if name in bounds}
    return trail, ({**query, "at": span} if span else query)


def _bound(name: str, given: str) -> datetime:
    """As the services take it; raises InvalidInput."""
    try:
        return When().deserialize(given)
    except ValidationError as error:
        raise InvalidInput(str(error.messages[0]), field=name) from None


def _moment(row: Row) -> tuple[datetime, str]:
    at = row["at"]
    return (at if isinstance(at, datetime) else datetime.fromisoformat(at)), str(row["id"])


def _shown(info: GraphQLResolveInfo, row: Row) -> Row:
    said = _operation(row)
    kind = info.schema.get_type(row.get("of") or "")
    node = isinstance(kind, GraphQLObjectType) and any(i.name == "Node" for i in kind.interfaces)
    subject = global_id(kind.name, row["subject"]) if node and kind and row["subject"] else None
    label = said["text"].partition("。")[0] if said else None
    return {**row, "subject": subject, "action_label": label}


def _operation(row: Row) -> Row | None:
    for name in (row["service"], EVERYWHERE):
        said: Row | None = manifests().get(name, {}).get("operations", {}).get(row["action"])
        if said is not None:
            return said
    return None


QUERIES = [AuditQuery]
