"""Commands: one mutation for each transition; a refusal is data, not an exception."""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterable, Mapping
from typing import Any, ClassVar

from graphene import ID, Field, InputObjectType, List, Mutation, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo, GraphQLSchema

from gateway import enums
from gateway.files.access import require_usable
from gateway.ids import localise, values_at
from shared.errors import AppError, Conflict, DomainError, InvalidInput, Item
from shared.ids import new_id
from shared.logging import get_logger

log = get_logger(__name__)


class UserError(ObjectType):
    """业务规则的拒绝，可直接显示给用户。A refusal that may be shown to the user as it is."""

    field = String(
        description="有问题的输入项，如 suggestions.0.text。Input field, if one is meant."
    )
    code = Field(
        lambda: enums.error_code_enum(),
        required=True,
        description="代码。Code; OTHER for one that this schema does not list.",
    )
    reason = String(
        required=True,
        description="服务给出的原始代码。The service's own code, also where `code` is OTHER.",
    )
    message = String(required=True, description="中文说明。Message in Chinese.")


class CommandMutation(Mutation):
    """Base of all mutations: `input` in, payload with `errors` out.

        class SubmitProposal(CommandMutation):
            \"\"\"提交提案。Submit a proposal.\"\"\"

            class Input:
                id = ID(required=True, description="提案编号。Id of the proposal.")

            service = "proposals"
            method = "submit_proposal"
            ids = {"id": "Proposal"}
            result_field = "proposal"
            proposal = Field(Proposal, description="提案。The proposal.")

    Ids of kind "File" in `ids` are held against the files before the call (gateway/files/access).
    `clientMutationId` and `commandId` join the input by themselves. DomainError, Conflict and
    InvalidInput naming a field become `errors`, and the output fields are null (so they are
    nullable); any other AppError is a top-level error with its code.
    """

    class Meta:
        abstract = True

    service: ClassVar[str]
    method: ClassVar[str]
    ids: ClassVar[Mapping[str, str]] = {}  # as for `localise`
    result_field: ClassVar[str | None] = None
    timeout: ClassVar[float | None] = None  # seconds; the client's default unless told
    holder: ClassVar[str | None] = None  # argument of the call: the record that will hold files

    @classmethod
    def __init_subclass_with_meta__(cls, name: str | None = None, **options: Any) -> None:
        base = (name or cls.__name__).removesuffix("Payload")
        inputs = getattr(cls, "Input", None)
        cls.Input = type(
            f"{base}Input",
            (InputObjectType, *([inputs] if inputs else [])),
            {
                **_COMMON_INPUT,
                "__doc__": f"{base} 的输入。Input of {base}.",
                "__module__": cls.__module__,
            },
        )
        super().__init_subclass_with_meta__(
            name=f"{base}Payload",
            arguments={"input": cls.Input(required=True, description="输入。Input.")},
            **options,
        )
        cls._meta.fields.update(
            {
                "errors": Field(
                    NonNull(List(NonNull(UserError))),
                    description="拒绝的原因，成功时为空。Refusals; empty on success.",
                ),
                "client_mutation_id": String(
                    description="原样返回。The clientMutationId of the input."
                ).mount_as(Field),
            }
        )

    @classmethod
    async def mutate(
        cls, root: Any, info: GraphQLResolveInfo, input: dict[str, Any]
    ) -> dict[str, Any]:
        client_mutation_id = input.pop("client_mutation_id", None)
        try:
            payload = await cls.mutate_and_get_payload(root, info, **input)
        except AppError as error:
            if not is_refusal(error):
                raise
            payload = {"errors": user_errors(error.items, info.schema)}
        return {"errors": [], **payload, "client_mutation_id": client_mutation_id}

    @classmethod
    async def mutate_and_get_payload(
        cls, root: Any, info: GraphQLResolveInfo, command_id: str | None = None, **input: Any
    ) -> dict[str, Any]:
        """The payload as a dict of output fields; raises AppError."""
        kwargs = cls.kwargs(**input)
        await cls._check_files(info, kwargs)
        service, kwargs["command_id"] = cls.place(kwargs), command_id_of(command_id)
        result = await info.context.call(service, cls.method, cls.timeout, **kwargs)
        return cls.payload(result)

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        """The call's arguments: the input, with local ids."""
        return localise(input, cls.ids)

    @classmethod
    def place(cls, kwargs: dict[str, Any]) -> str:
        """The service that is asked; what of the arguments only says so is taken out."""
        return cls.service

    @classmethod
    async def _check_files(cls, info: GraphQLResolveInfo, kwargs: Mapping[str, Any]) -> None:
        """Files may be named by who uploaded them, or where they are attached already."""
        named = {
            path: files
            for path, kind in cls.ids.items()
            if kind == "File" and (files := values_at(kwargs, path))
        }
        if named:
            holder = f"{cls.service}:{kwargs.get(cls.holder or '')}"
            context = info.context
            await require_usable(context.files.store, context.actor, holder, named)

    @classmethod
    def payload(cls, result: Any) -> dict[str, Any]:
        """The output fields: the result itself, or under `result_field`."""
        if cls.result_field is not None:
            return {cls.result_field: result}
        return dict(result or {})


def user_errors(items: Iterable[Item], schema: GraphQLSchema) -> list[dict[str, Any]]:
    """Rows of UserError for an AppError's items."""
    listed = enums.error_codes_of(schema)
    return [_user_error(item, listed) for item in items]


def is_refusal(error: AppError) -> bool:
    """Whether `error` is data of a payload rather than a top-level error."""
    if isinstance(error, InvalidInput):
        return any(item.get("field") for item in error.items)
    return isinstance(error, DomainError | Conflict)


_COMMON_INPUT = {
    "client_mutation_id": String(description="客户端标记，原样返回。Returned as it came (Relay)."),
    "command_id": ID(
        description=(
            "请求编号（UUID）。重复提交同一编号只执行一次。UUID of this command: the same one "
            "twice takes effect once; made by the gateway if absent."
        )
    ),
}


def _user_error(item: Item, listed: Container[str]) -> dict[str, Any]:
    code = item["code"]
    if code not in listed:
        log.warning("unlisted_error_code", code=code)
    return {**item, "code": code if code in listed else enums.OTHER, "reason": code}


def command_id_of(given: str | None) -> str:
    """The id of a command: the given one, or a new one; raises InvalidInput if it is no UUID."""
    if given is None:
        return new_id()
    try:
        return str(uuid.UUID(given))
    except ValueError:
        raise InvalidInput("请求编号须为 UUID", field="commandId") from None
