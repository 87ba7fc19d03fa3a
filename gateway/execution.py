"""From the text of a document to an answer. Each text is parsed and validated once.

`Documents.prepare(text)` → `Document` (cached) → `.operation(name)` → `Operation` →
`execute(operation, variables, context)`. What belongs to an operation whatever its variables is
kept on `Operation`: the place for a compiled plan.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    ValidationRule,
    get_variable_values,
    specified_rules,
    validate,
)
from graphql.execution.subscribe import execute_subscription
from graphql.language.parser import Parser

from gateway import limits, metrics
from gateway.budgets import FREE, Purse, Rest, at_once
from gateway.errors import (
    BAD_REQUEST,
    PARSE_FAILED,
    VALIDATION_FAILED,
    RequestError,
)
from gateway.fields import Reader, RowExecutionContext
from gateway.slices import Pause, in_slices
from gateway.variables import refusal

MOST_DOCUMENTS = 1000
MOST_CACHED_CHARACTERS = 500_000  # of all texts; a tree takes about 90 bytes a character
MOST_VALIDATION_ERRORS = 20
MOST_KNOWN_COSTS = 100


class Operation:
    """One operation of a valid document, with all that does not depend on its variables."""

    __slots__ = (
        "_costs",
        "_page_variables",
        "counters",
        "document",
        "kind",
        "name",
        "node",
        "readers",
    )

    def __init__(self, document: Document, node: OperationDefinitionNode) -> None:
        self.document = document
        self.node = node
        self.kind: OperationType = node.operation
        self.name = node.name.value if node.name else None
        self._page_variables = limits.page_variables(document.node)
        self.readers: dict[tuple[Any, ...], Reader | None] = {}
        self._costs: dict[tuple[Any, ...], int] = {}
        self.counters = metrics.counters_of(
            node.operation.value, limits.root_fields(node, document.fragments)
        )

    def coerce(self, variables: Mapping[str, Any] | None) -> dict[str, Any]:
        """The variables as the schema types them; raises RequestError."""
        if not self.node.variable_definitions:
            return {}
        limits.check_values(variables or {})
        coerced = get_variable_values(
            self.document.schema,
            self.node.variable_definitions,
            dict(variables or {}),
            max_errors=MOST_VALIDATION_ERRORS,
            hide_suggestions=self.document.hide_suggestions,
        )
        if isinstance(coerced, list):
            schema, document = self.document.schema, self.document.node
            raise refusal(schema, document, self.node, variables or {}, coerced)
        return coerced

    def cost(self, variables: Mapping[str, Any]) -> int:
        """Fields of the largest answer, counted once for each set of pages; raises RequestError
        if that would be too large."""
        pages = tuple(variables.get(name) for name in self._page_variables)
        known = self._costs.get(pages)
        if known is not None:
            return known
        schema, fragments = self.document.schema, self.document.fragments
        cost = limits.check_cost(schema, self.node, fragments, variables)
        if len(self._costs) >= MOST_KNOWN_COSTS:
            self._costs.clear()
        self._costs[pages] = cost
        return cost


class Document:
    """A valid document."""

    def __init__(self, schema: GraphQLSchema, node: DocumentNode, hide_suggestions: bool) -> None:
        self.schema = schema
        self.node = node
        self.hide_suggestions = hide_suggestions
        self.fragments = limits.fragments_of(node)
        self._operations = [Operation(self, op) for op in limits.operations_of(node)]

    def operation(self, name: str | None = None) -> Operation:
        """Raises RequestError if there is none of this name, or several and no name."""
        found = [op for op in self._operations if name is None or op.name == name]
        if not found:
            raise RequestError.of(BAD_REQUEST, "没有这个名称的操作（operationName）")
        if len(found) > 1:
            raise RequestError.of(BAD_REQUEST, "文档中有多个操作，须给出 operationName")
        return found[0]


class Documents:
    """The documents seen lately, by their text; bounded in number and in size."""

    def __init__(self, schema: GraphQLSchema, *, production: bool) -> None:
        self.schema = schema
        self._hide_suggestions = production
        more = (NoSchemaIntrospectionCustomRule,) if production else ()
        self._rules = (*specified_rules, *more)
        self._known: OrderedDict[str, Document | RequestError] = OrderedDict()
        self._characters = 0

    def known(self, text: str) -> Document | None:
        """The document of a text that was seen lately; raises RequestError if it was refused."""
        known = self._known.get(text)
        if known is None:
            return None
        self._known.move_to_end(text)
        if isinstance(known, RequestError):
            raise known
        return known

    async def prepare(self, text: str, rest: Rest = at_once) -> Document:
        """The valid document of `text`, made in slices with `rest` between; raises RequestError,
        and the same one again."""
        limits.check_text(text)
        known = self.known(text)
        if known is not None:
            return known
        try:
            node = await in_slices(lambda pause: self._checked(text, pause), rest)
        except RequestError as refusal:
            self._remember(text, refusal.without_nodes())
            raise
        document = Document(self.schema, node, self._hide_suggestions)
        self._remember(text, document)
        return document

    def _checked(self, text: str, pause: Pause) -> DocumentNode:
        node = _parse(text, pause)
        limits.check_shape(node)
        errors = validate(
            self.schema,
            node,
            (_pausing(pause), *self._rules),
            max_errors=MOST_VALIDATION_ERRORS,
            hide_suggestions=self._hide_suggestions,
        )
        if errors:
            limits.check_aborted(errors[-1])
            raise RequestError.coded(errors, VALIDATION_FAILED)
        return node

    def _remember(self, text: str, found: Document | RequestError) -> None:
        self._known[text] = found
        self._characters += len(text)
        while len(self._known) > MOST_DOCUMENTS or self._characters > MOST_CACHED_CHARACTERS:
            forgotten, _ = self._known.popitem(last=False)
            self._characters -= len(forgotten)


class _PausingParser(Parser):
    """Pauses after each token."""

    def __init__(self, text: str, pause: Pause) -> None:
        super().__init__(
            text, max_lexical_tokens=limits.MOST_TOKENS, max_comments=limits.MOST_COMMENTS
        )
        self._pause = pause

    def advance_lexer(self) -> None:
        super().advance_lexer()
        self._pause()


def _pausing(pause: Pause) -> type[ValidationRule]:
    """A rule that allows everything, and pauses at each node of the walk that all rules share."""

    class Pausing(ValidationRule):
        def enter(self, *_: Any) -> None:
            pause()

    return Pausing


def _parse(text: str, pause: Pause) -> DocumentNode:
    try:
        return _PausingParser(text, pause).parse_document()
    except RecursionError:
        pass  # outside of this block, so that the refusal does not keep its frames
    except GraphQLSyntaxError as error:
        limits.check_aborted(error)
        raise RequestError.coded([error], PARSE_FAILED) from None
    limits.too_deep()


async def execute(
    operation: Operation,
    variables: Mapping[str, Any] | None,
    context: Any,
    purse: Purse = FREE,
) -> ExecutionResult:
    """Run the operation once; errors of fields are in the result.

    purse: pays before anything is done. Raises RequestError for wrong variables and for what is not
    executed at all.
    """
    coerced = await _paid(operation, variables, purse)
    return await _run(operation, coerced, context, None)


async def subscribe(
    operation: Operation,
    variables: Mapping[str, Any] | None,
    make_context: Callable[[], Any],
    purse: Purse = FREE,
) -> AsyncGenerator[ExecutionResult, None]:
    """A result for each event of a subscription, each under a context of its own.

    Raises RequestError for what is not executed at all, a refusal by the field itself included.
    """
    coerced = await _paid(operation, variables, purse)
    start = RowExecutionContext.start(operation, coerced, make_context())
    try:
        events = await execute_subscription(start)
    except GraphQLError as error:
        raise RequestError([error]) from None
    return _results(operation, coerced, make_context, events)


async def _paid(
    operation: Operation, variables: Mapping[str, Any] | None, purse: Purse
) -> dict[str, Any]:
    """The variables, typed. That costs what it takes, whether they are refused or not; many are
    typed in a lane, as texts that are not known are prepared."""
    if limits.more_values(variables or {}, limits.FEW_VALUES):
        async with purse.lane():
            coerced = operation.coerce(variables)
    else:
        started = time.perf_counter()
        try:
            coerced = operation.coerce(variables)
        finally:
            purse.spend(time.perf_counter() - started)
    purse.spend_fields(operation.cost(coerced))
    return coerced


async def _results(
    operation: Operation,
    coerced: dict[str, Any],
    make_context: Callable[[], Any],
    events: AsyncIterable[Any],
) -> AsyncGenerator[ExecutionResult, None]:
    try:
        async for event in events:
            yield await _run(operation, coerced, make_context(), event)
    finally:
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()


async def _run(
    operation: Operation, coerced: dict[str, Any], context: Any, root: Any
) -> ExecutionResult:
    run = RowExecutionContext.start(operation, coerced, context)
    errors = run.collected_errors
    try:
        data: Any = run.execute_operation(operation.node, root)
        if run.is_awaitable(data):
            data = await data
    except GraphQLError as error:
        errors.add(error, None)
        data = None
    return run.build_response(data, errors.errors)
