"""The total of every list is that of its rows, for every role."""

from __future__ import annotations

import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, build_schema, get_named_type

from gateway import schema_export
from shared.actor import Role
from tests.attacks.test_absurd_values import actor
from tests.stack import Stack

SCHEMA = build_schema(schema_export.FILE.read_text())
PAGE = "totalCount edges { cursor } pageInfo { hasNextPage endCursor }"


# To read it is an entry, so it grows while it is counted.
GROWING = {"audit"}


def lists() -> list[str]:
    """The connections of the root that need no argument."""
    root = SCHEMA.query_type
    assert root is not None
    return [
        name
        for name, field in root.fields.items()
        if isinstance(kind := get_named_type(field.type), GraphQLObjectType)
        and kind.name.endswith("Connection")
        and not any(isinstance(given.type, GraphQLNonNull) for given in field.args.values())
        and name not in GROWING
    ]


def test_the_lists_are_found() -> None:
    assert len(lists()) > 35


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_the_total_is_that_of_the_rows(stack: Stack, role: Role) -> None:
    token = stack.token(actor(role))
    differing, answered = {}, 0
    for start in range(0, len(lists()), 20):
        asked = " ".join(f"{name}(first: 100) {{ {PAGE} }}" for name in lists()[start : start + 20])
        answer = stack.graphql(f"{{ {asked} }}", token=token)
        codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
        assert codes <= {"FORBIDDEN", "UNAUTHENTICATED"}, answer["errors"]
        for name, found in answer["data"].items():
            if found is None:
                continue
            answered += 1
            rows = len(found["edges"])
            more = found["pageInfo"]["hasNextPage"]
            if not (found["totalCount"] > rows if more else found["totalCount"] == rows):
                differing[name] = (found["totalCount"], rows)
    assert differing == {}
    assert answered > 2
