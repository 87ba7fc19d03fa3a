"""Batches (decision 55): up to a hundred commands of one kind by one mutation.

A batch takes the inputs of its command in a list and answers with that command's payloads in the
same order. Each item is a command of its own, with its own id, right, result and refusal; the ids
that they are not given derive from that of the batch and their places, so that the whole may be
sent again, and carries on where it stopped.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from graphene import Field, InputField, List, NonNull
from graphql import GraphQLResolveInfo

from gateway.mutation import CommandMutation, command_id_of, user_errors
from shared.errors import AppError, InvalidInput, Unavailable
from shared.operations import MOST_ITEMS

Row = dict[str, Any]


class Results(Field):
    """A list whose length the limits of a request have to reckon with (gateway/limits)."""

    most_rows = MOST_ITEMS


class BatchMutation(CommandMutation):
    """Many of `single`."""

    class Meta:
        abstract = True

    single: ClassVar[type[CommandMutation]]

    @classmethod
    async def mutate_and_get_payload(
        cls, root: Any, info: GraphQLResolveInfo, command_id: str | None = None, **input: Any
    ) -> Row:
        items: list[Row] = input["items"]
        if not 1 <= len(items) <= MOST_ITEMS:
            raise InvalidInput(f"每次1至{MOST_ITEMS}项", field="items")
        whole = uuid.UUID(command_id_of(command_id))
        results: list[Row] = []
        away: Unavailable | None = None
        for place, item in enumerate(items):  # in their order: numbers are given in it
            try:
                if away is not None:  # nor would the others be answered
                    raise away
                own = item.get("command_id") or str(uuid.uuid5(whole, str(place)))
                results.append(await cls.single.mutate(root, info, {**item, "command_id": own}))
            except AppError as error:
                away = error if isinstance(error, Unavailable) else away
                tag = item.get("client_mutation_id")
                errors = user_errors(error.items, info.schema)
                results.append({"errors": errors, "client_mutation_id": tag})
        return {"results": results}


def batch_of(single: type[CommandMutation], name: str) -> type[BatchMutation]:
    """The batch of a command, as clients call it."""
    called = name[0].upper() + name[1:]
    one = single._meta.name.removesuffix("Payload")
    items = InputField(
        NonNull(List(NonNull(single.Input))),
        description=f"逐项输入，1至{MOST_ITEMS}项，依次执行。Inputs of {one}, 1 to {MOST_ITEMS}.",
    )
    text = " ".join((single.__doc__ or "").split()).split("。", 1)[0]
    return type(
        called,
        (BatchMutation,),
        {
            "__doc__": f"批量：{text}，每项各有结果。{one} for many, each with its own result.",
            "Input": type("Input", (), {"items": items}),
            "single": single,
            "results": Results(
                List(NonNull(single)),
                description="每项的结果，次序同输入。The result of each, in the order of items.",
            ),
        },
    )
