"""A small API over a fake way to the services, and a client that speaks HTTP to it in-process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import orjson
from graphene import (
    ID,
    Argument,
    Boolean,
    Field,
    Float,
    Int,
    List,
    NonNull,
    ObjectType,
    Schema,
    String,
)
from graphql import GraphQLResolveInfo, GraphQLSchema

from gateway import enums, manifests, schema
from gateway.app import Gateway
from gateway.base import (
    CommandMutation,
    DateTime,
    FromRow,
    Node,
    asked,
    connection,
    label_field,
    labelled_enum,
    paged,
    reference,
    resolve_page,
)
from gateway.context import Context
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import NotFound, Unauthenticated
from shared.settings import read

State = labelled_enum(
    "SampleState", {"DRAFT": ("草稿", "Draft"), "FILED": ("已立案", "Filed")}, "状态。State."
)


class Member(ObjectType):
    """委员。Member."""

    class Meta:
        interfaces = (Node,)

    name = String(description="姓名。Name.")


class Proposal(ObjectType):
    """提案。Proposal."""

    class Meta:
        interfaces = (Node,)

    title = String(required=True, description="题目。Title.")
    number = Int(description="案号。Case number.")
    weight = Float(description="权重。Weight.")
    key = Boolean(description="是否重点。Whether it is a key proposal.")
    state = Field(State, description="状态。State.")
    state_label = label_field(State)
    submitted_at = DateTime(description="提交时间。When it was submitted.")
    words = Field(
        Int, resolver=FromRow(lambda row: len(row["title"])), description="字数。Characters."
    )
    tags = List(NonNull(String), description="标签。Tags.")
    proposer = reference(
        Member,
        "proposer",
        key="proposer_id",
        loader="members",
        fields=sorted,
        description="提案人。Proposer.",
    )
    seconds = paged(lambda: similar(), "同类提案。Similar ones.")

    @staticmethod
    async def resolve_seconds(row: Any, info: GraphQLResolveInfo, **page: Any) -> Any:
        return await resolve_page(info, "proposals", "list_proposals", **page)

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> Any:
        return await info.context.call("proposals", "proposal", id=id)


ProposalConnection = connection(Proposal)


def similar() -> type[ObjectType]:
    return ProposalConnection


class Queries:
    proposals = paged(
        ProposalConnection,
        "提案列表。Proposals.",
        state=Argument(State, description="状态。State."),
        order_by=Argument(State, description="排序。Order."),
    )
    proposal = Field(
        Proposal,
        id=ID(required=True, description="编号。Id."),
        description="一件提案。A proposal.",
    )
    members = List(Member, description="委员。Members.")
    echo = String(text=String(required=True, description="文字。Text."), description="回声。Echo.")
    broken = String(description="总是出错。Always fails.")
    required = String(required=True, description="出错时整个结果为空。Nulls the whole answer.")

    @staticmethod
    async def resolve_proposals(
        _root: Any, info: GraphQLResolveInfo, state: Any = None, **page: Any
    ) -> Any:
        filter = {"state": state.value} if state else {}
        return await resolve_page(info, "proposals", "list_proposals", filter=filter, **page)

    @staticmethod
    async def resolve_proposal(_root: Any, info: GraphQLResolveInfo, id: str) -> Any:
        fields = sorted(asked(info))
        return await info.context.call("proposals", "proposal", id=id, fields=fields)

    @staticmethod
    async def resolve_members(_root: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.call("members", "list_members")

    @staticmethod
    def resolve_echo(_root: Any, _info: GraphQLResolveInfo, text: str) -> str:
        return text

    @staticmethod
    def resolve_broken(_root: Any, _info: GraphQLResolveInfo) -> str:
        raise RuntimeError("the secret of the database")

    @staticmethod
    def resolve_required(_root: Any, _info: GraphQLResolveInfo) -> str:
        raise NotFound


class SubmitProposal(CommandMutation):
    """提交提案。Submit a proposal."""

    class Input:
        id = ID(required=True, description="提案编号。Id of the proposal.")
        cosigners = List(NonNull(ID), description="联名人。Co-signers.")

    service = "proposals"
    method = "submit_proposal"
    ids = {"id": "Proposal", "cosigners": "Member"}  # noqa: RUF012
    result_field = "proposal"
    proposal = Field(Proposal, description="提案。The proposal.")


async def load_members(context: Context, ids: Any, **narrowed: Any) -> list[Any]:
    rows = await context.call("members", "members_by_ids", ids=list(ids), **narrowed)
    by_id = {row["id"]: row for row in rows}
    return [by_id.get(id) for id in ids]


def sample_api() -> schema.Api:
    [(_, kernel)] = manifests.codes({"kernel"})
    enums.declare_error_codes({**kernel, "COSIGN_LOCKED": "立案后不能撤回联名。Too late."})
    built: GraphQLSchema = Schema(
        query=type("Query", (Queries, schema.RootQuery, ObjectType), {"__doc__": "查询。Query."}),
        mutation=type(
            "Mutation",
            (ObjectType,),
            {"__doc__": "操作。Mutation.", "submit_proposal": SubmitProposal.Field()},
        ),
    ).graphql_schema
    schema.finish(built)
    return schema.Api(built, {"members": load_members})


class FakeRpc:
    """Answers calls from a table: (service, method) → result, exception, or function of kwargs."""

    def __init__(self, answers: dict[str, Any] | None = None) -> None:
        self.answers = answers or {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.sent: list[dict[str, Any]] = []
        self.in_flight = 0
        self.connected = self.takes_calls = True
        self.started = self.closed = False

    def start(self) -> None:
        self.started = True

    async def close(self) -> None:
        self.closed = True

    def send(self, service: str, method: str, body: bytes, **options: Any) -> asyncio.Future[Any]:
        kwargs = orjson.loads(body)["kwargs"]
        self.calls.append((f"{service}.{method}", kwargs))
        self.sent.append(options)
        answer = self.answers[f"{service}.{method}"]
        if callable(answer):
            answer = answer(**kwargs)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
        return future


# Without a session: nothing is asked of identity beside what a test asks for.
MEMBER = Actor("acc-1", Role.MEMBER, {"sector": "22"}, "p-1", "m-15-0088", token="good")


class FakeVerifier:
    def verify(self, token: str) -> Actor:
        if token == "good":
            return MEMBER
        if token == "service":
            return Actor("service:members", Role.SYSTEM, token=token)
        raise Unauthenticated("登录已失效，请重新登录")


def gateway(
    rpc: FakeRpc | None = None,
    *,
    environment: str = "test",
    api: schema.Api | None = None,
    services: tuple[str, ...] = (),
    keys: Path = Path("/nowhere"),
    share: str = "0",
) -> Gateway:
    """share: of the loop that one client may take; a busy machine's seconds are no test's."""
    return Gateway(
        read({"ENVIRONMENT": environment, "KEYS_DIR": str(keys), "CLIENT_SHARE": share}),
        api=api or sample_api(),
        rpc=rpc or FakeRpc(),
        verifier=FakeVerifier(),
        services=services,
    )


def request(app: Any, method: str, path: str = "/graphql", **options: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            return await client.request(method, path, **options)

    return asyncio.run(run())


def ask(
    app: Any, query: str, variables: dict[str, Any] | None = None, **headers: str
) -> dict[str, Any]:
    """The response object of a POST."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"query": query, "variables": variables}
    answer: dict[str, Any] = request(app, "POST", json=body, headers=named).json()
    return answer


def with_context(
    rpc: FakeRpc,
    use: Callable[[Context], Coroutine[Any, Any, Any]],
    actor: Actor = PUBLIC_ACTOR,
    **options: Any,
) -> Any:
    """The result of `use(context)` inside an event loop."""

    async def run() -> Any:
        return await use(Context(rpc, actor, "c1", {"members": load_members}, **options))

    return asyncio.run(run())
