"""Relay connections over the services' keyset pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from graphene import Argument, Boolean, Field, Int, List, NonNull, ObjectType, String
from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
)

from gateway.references import Reference, embed
from shared.errors import InvalidInput

DEFAULT_PAGE = 20
LARGEST_PAGE = 100
ATTRIBUTE = "attribute"  # key in GraphQLField.extensions: graphene's attribute name

Page = dict[str, Any]


class PageInfo(ObjectType):
    """分页信息。Where a page stands in its list."""

    has_next_page = Boolean(required=True, description="是否还有下一页。Whether more rows follow.")
    has_previous_page = Boolean(
        required=True, description="是否从列表中间开始。Whether rows come before."
    )
    start_cursor = String(description="本页首条的游标。Cursor of the first row.")
    end_cursor = String(description="本页末条的游标。Cursor of the last row.")


@cache
def connection(node_type: type[ObjectType], name: str | None = None) -> type[ObjectType]:
    """The one connection type of `node_type`: edges, pageInfo, totalCount.

    name: of the rows, "Proposal" → ProposalConnection, ProposalEdge; the type's own unless told.
    """
    base, module = name or node_type._meta.name, node_type.__module__
    edge = type(
        f"{base}Edge",
        (ObjectType,),
        {
            "__doc__": "列表中的一条。A row of the list and its cursor.",
            "__module__": module,
            "node": Field(node_type, description="内容。The row."),
            "cursor": String(required=True, description="游标。Opaque cursor of the row."),
        },
    )
    return type(
        f"{base}Connection",
        (ObjectType,),
        {
            "__doc__": "分页列表。A page of a list.",
            "__module__": module,
            "edges": Field(
                NonNull(List(NonNull(edge))), description="本页各条。The rows of this page."
            ),
            "page_info": Field(PageInfo, required=True, description="分页信息。Page information."),
            "total_count": Int(
                description="总条数，单独查询。Number of rows in the whole list; a call of its own."
            ),
            "resolve_total_count": _resolve_total_count,
        },
    )


def paged(
    connection_type: type[ObjectType] | Callable[[], type[ObjectType]],
    description: str,
    **options: Any,
) -> Field:
    """A list field with the arguments `first` and `after`; further ones as for graphene.Field."""
    return Field(
        connection_type,
        description=description,
        first=Argument(
            Int,
            default_value=DEFAULT_PAGE,
            description=f"条数，至多{LARGEST_PAGE}。Number of rows, at most {LARGEST_PAGE}.",
        ),
        after=String(description="从此游标之后开始。Begin after this cursor."),
        **options,
    )


async def resolve_page(
    info: GraphQLResolveInfo,
    service: str,
    method: str,
    *,
    filter: Mapping[str, Any] | None = None,
    order_by: Any = None,
    first: int | None = DEFAULT_PAGE,
    after: str | None = None,
    count: str | None = None,
    fields: Sequence[str] | None = None,
    **kwargs: Any,
) -> Page:
    """A page of `service.method`, the source of a connection type.

    count: the method of `totalCount`, called only where that is asked for; `list_proposals` →
    `count_proposals` unless told. fields: those of a row that are needed. kwargs go along to both.
    Raises InvalidInput for a page size beyond 1–100, and what the service raises.
    """
    size = page_size(first)
    question = kwargs if filter is None else {**kwargs, "filter": dict(filter)}
    counting = count or f"count_{method.removeprefix('list_')}"
    total = partial(info.context.call, service, counting, **question)
    if asked(info) <= {"total_count"}:
        return {"edges": [], "page_info": {}, "_total": total}
    if order_by is not None:
        question = {**question, "order_by": getattr(order_by, "value", order_by)}
    if fields is not None:
        question = {**question, "fields": fields}
    answer = await info.context.call(service, method, **question, first=size, after=after)
    rows = answer["rows"]
    await embed(info.context, rows, _references(info))
    return as_page(rows, answer["has_next"], after, total)


def page_size(first: int | None) -> int:
    """The number of rows of a page; raises InvalidInput for one beyond 1–100."""
    size = DEFAULT_PAGE if first is None else first
    if not 1 <= size <= LARGEST_PAGE:
        raise InvalidInput(f"每页条数应为1至{LARGEST_PAGE}", field="first")
    return size


def as_page(
    rows: Sequence[dict[str, Any]],
    has_next: bool,
    after: str | None,
    total: Callable[[], Awaitable[int]],
) -> Page:
    """The source of a connection type: rows with "cursor"; `total` is called if asked for."""
    return {
        "edges": [{"node": row, "cursor": row["cursor"]} for row in rows],
        "page_info": {
            "has_next_page": has_next,
            "has_previous_page": after is not None,
            "start_cursor": rows[0]["cursor"] if rows else None,
            "end_cursor": rows[-1]["cursor"] if rows else None,
        },
        "_total": total,
    }


def asked(info: GraphQLResolveInfo, *path: str) -> frozenset[str]:
    """The attribute names selected below this field: `asked(info, "edges", "node")`.

    snake_case, as in rows; fields under @skip and @include count as asked. So a resolver can ask
    a service for the fields needed only, and make one batched call where the selection shows it.
    """
    return frozenset(_attribute(kind, node) for kind, node in _selected(info, path))


_Selection = tuple[GraphQLNamedType, SelectionSetNode | None]


def _selected(
    info: GraphQLResolveInfo, path: tuple[str, ...]
) -> Iterator[tuple[GraphQLObjectType, FieldNode]]:
    """The field nodes below this field on `path`, with the types that they are selected on."""
    selections = [(get_named_type(info.return_type), n.selection_set) for n in info.field_nodes]
    for step in path:
        selections = [
            (get_named_type(kind.fields[node.name.value].type), node.selection_set)
            for kind, node in _fields(info, selections)
            if _attribute(kind, node) == step
        ]
    return _fields(info, selections)


def _references(info: GraphQLResolveInfo) -> dict[Reference, frozenset[str]]:
    """The references that the selection shows on the rows of a page, with what it asks of each."""
    resolvers = dict.fromkeys(
        kind.fields[node.name.value].resolve for kind, node in _selected(info, ("edges", "node"))
    )
    return {
        resolve: asked(info, "edges", "node", resolve.name)
        for resolve in resolvers
        if isinstance(resolve, Reference)
    }


def _fields(
    info: GraphQLResolveInfo, selections: list[_Selection]
) -> Iterator[tuple[Any, FieldNode]]:
    """The field nodes of `selections` with the type that each is selected on."""
    for kind, selection_set in selections:
        for selection in selection_set.selections if selection_set else ():
            if isinstance(selection, FieldNode):
                if not selection.name.value.startswith("__"):
                    yield kind, selection
                continue
            if isinstance(selection, FragmentSpreadNode):
                fragment: Any = info.fragments[selection.name.value]
            elif isinstance(selection, InlineFragmentNode):
                fragment = selection
            condition = fragment.type_condition
            inner = info.schema.get_type(condition.name.value) if condition else kind
            yield from _fields(info, [(inner or kind, fragment.selection_set)])


def _attribute(kind: GraphQLObjectType, node: FieldNode) -> str:
    name: str = kind.fields[node.name.value].extensions.get(ATTRIBUTE, node.name.value)
    return name


def _resolve_total_count(page: Page, _info: GraphQLResolveInfo) -> Any:
    return page["_total"]()
