"""What one request may ask for. Every limit is checked before anything is executed.

Depth, aliases and directives are read off the syntax tree before validation, so that validation
itself meets no monsters. Page sizes and cost need the schema and the variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NoReturn

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from gateway.errors import LIMIT_EXCEEDED, RequestError
from gateway.paging import LARGEST_PAGE
from shared.errors import InvalidInput

MOST_DEPTH = 12  # fields inside fields
MOST_ALIASES = 30
MOST_DIRECTIVES = 30
MOST_CHARACTERS = 20_000
MOST_TOKENS = 2000
MOST_FIELDS = 400  # in the document; validation takes about 0.1 ms for each
MOST_COMMENTS = 200
MOST_BODY_BYTES = 256 * 1024
MOST_VALUES = 3_000  # in the variables; typing them takes up to 0.003 ms for each
FEW_VALUES = 200  # so many are typed at once; more wait for their turn
MOST_COST = 20_000  # fields in the answer, if every page is full
# Fields of one name are compared pairwise in validation: 2,000 units are about 3 ms, and the
# library would go on to 500,000.
MOST_COMPARISONS = 2_000
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = MOST_COMPARISONS

PAGE_ARGUMENT = "first"
MOST_ROWS = "most_rows"  # extension of a field that answers up to so many rows without pages
# Each of them tries a secret, and computes a slow hash: one of them in a request.
TRIES_OF_SECRETS = frozenset(
    {
        "beginSecondFactor",
        "changePassword",
        "completeSignIn",
        "confirmSecondFactor",
        "dropSecondFactor",
        "redeemResetCode",
        "refresh",
        "renewRecoveryCodes",
        "signIn",
    }
)
# graphql-core limits introspection by a rule of its own.
INTROSPECTION = frozenset({"__schema", "__type"})


def check_text(text: str) -> None:
    """Raises RequestError for a text that is too long to be read at all."""
    if len(text) > MOST_CHARACTERS:
        _exceeded("characters", MOST_CHARACTERS, f"查询语句不能超过{MOST_CHARACTERS}个字符")


def check_values(variables: Mapping[str, Any]) -> None:
    """Raises RequestError for more values than any input needs, before one of them is typed."""
    if more_values(variables, MOST_VALUES):
        _exceeded("values", MOST_VALUES, f"变量中的值不能超过{MOST_VALUES}个")


def more_values(variables: Mapping[str, Any], most: int) -> bool:
    """Whether these, read from JSON, hold more values than `most`; looks no further than that."""
    left: list[Any] = [variables]
    found = 0
    while left and found <= most:
        value = left.pop()
        found += len(value)
        inner = islice(value.values() if type(value) is dict else value, most)
        left += [one for one in inner if type(one) is dict or type(one) is list]
    return found > most


def check_shape(document: DocumentNode) -> None:
    """Raises RequestError for too many fields, aliases, directives or tries of a secret, or fields
    nested too deeply."""
    counts = _count(document)
    if counts.fields > MOST_FIELDS:
        _exceeded("fields", MOST_FIELDS, f"查询语句不能超过{MOST_FIELDS}个字段")
    if counts.tries > 1:
        _exceeded("tries", 1, "一次请求只能登录或验证一次密码")
    if counts.aliases > MOST_ALIASES:
        _exceeded("aliases", MOST_ALIASES, f"别名不能超过{MOST_ALIASES}个")
    if counts.directives > MOST_DIRECTIVES:
        _exceeded("directives", MOST_DIRECTIVES, f"指令不能超过{MOST_DIRECTIVES}个")
    if _depth(document) > MOST_DEPTH:
        too_deep()


def check_cost(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
) -> int:
    """Fields of the answer, if every page is full.

    Raises RequestError for a page beyond 100 rows or an answer beyond MOST_COST fields.

    The document must be valid.
    """
    kind = schema.get_root_type(operation.operation)
    if kind is None:
        return 0
    try:
        cost = _Costs(schema, fragments, variables).of(kind, operation.selection_set)
    except RecursionError:
        too_deep()
    if cost > MOST_COST:
        _exceeded("cost", MOST_COST, f"查询结果不能超过{MOST_COST}项，请减少每页条数或字段")
    return cost


def page_variables(document: DocumentNode) -> tuple[str, ...]:
    """The variables that decide the cost: those used as page sizes."""
    names: dict[str, None] = {}
    for node in _selections(document):
        for argument in node.arguments if isinstance(node, FieldNode) else ():
            if argument.name.value == PAGE_ARGUMENT and isinstance(argument.value, VariableNode):
                names[argument.value.name.value] = None
    return tuple(names)


def operations_of(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


def root_fields(
    node: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> set[str]:
    """The names of the fields that an operation asks the root type for, fragments included."""
    found: set[str] = set()
    unseen = dict(fragments)  # each is looked at once, however often it is spread
    waiting = [node.selection_set]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                found.add(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                waiting.append(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode):
                fragment = unseen.pop(selection.name.value, None)
                if fragment is not None:
                    waiting.append(fragment.selection_set)
    return found


def too_deep() -> NoReturn:
    _exceeded("depth", MOST_DEPTH, f"查询嵌套不能超过{MOST_DEPTH}层")


def check_aborted(error: GraphQLError) -> None:
    """Raises RequestError for an error by which the library itself gave up on a document."""
    if "nested too deeply" in error.message:
        too_deep()
    if error.message.endswith("Parsing aborted."):
        _exceeded("tokens", MOST_TOKENS, f"查询语句不能超过{MOST_TOKENS}个词元")
    if error.message == "Validation aborted.":
        _exceeded("comparisons", MOST_COMPARISONS, "查询中重复的字段过多")


def _exceeded(limit: str, most: int, message: str) -> NoReturn:
    raise RequestError.of(LIMIT_EXCEEDED, message, limit=limit, most=most)


@dataclass
class _Counts:
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    tries: int = 0


def _count(document: DocumentNode) -> _Counts:
    counts = _Counts()
    for definition in document.definitions:
        counts.directives += len(getattr(definition, "directives", ()))
    for node in _selections(document):
        counts.directives += len(node.directives)
        if isinstance(node, FieldNode):
            counts.fields += 1
            counts.aliases += node.alias is not None
            counts.tries += node.name.value in TRIES_OF_SECRETS
    return counts


def _selections(document: DocumentNode) -> list[SelectionNode]:
    """All selections of the document, each once."""
    found: list[SelectionNode] = []
    waiting = [getattr(definition, "selection_set", None) for definition in document.definitions]
    while waiting:
        selection_set = waiting.pop()
        for selection in selection_set.selections if selection_set else ():
            found.append(selection)
            waiting.append(getattr(selection, "selection_set", None))
    return found


def _depth(document: DocumentNode) -> int:
    depths = _Depths(document)
    try:
        return max((depths.of(operation) for operation in operations_of(document)), default=0)
    except RecursionError:  # a chain of hundreds of fragments
        return MOST_DEPTH + 1


class _Depths:
    """Depth of selections; that of each fragment is computed once."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = fragments_of(document)
        self._known: dict[str, int] = {}

    def of(self, node: Any) -> int:
        selection_set: SelectionSetNode | None = node.selection_set
        return (
            max(map(self._selection, selection_set.selections), default=0) if selection_set else 0
        )

    def _selection(self, selection: SelectionNode) -> int:
        if isinstance(selection, FragmentSpreadNode):
            return self._fragment(selection.name.value)
        if isinstance(selection, FieldNode):
            return 1 if selection.name.value in INTROSPECTION else 1 + self.of(selection)
        return self.of(selection)

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            self._known[name] = 0  # a cycle, which validation refuses, ends here
            fragment = self._fragments.get(name)
            self._known[name] = self.of(fragment) if fragment else 0
        return self._known[name]


@dataclass
class _Costs:
    """Fields of the answer below a selection; that of each fragment is computed once."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    known: dict[str, int] = field(default_factory=dict)

    def of(self, kind: Any, selection_set: SelectionSetNode | None) -> int:
        if selection_set is None:
            return 0
        return sum(self._selection(kind, selection) for selection in selection_set.selections)

    def _selection(self, kind: Any, selection: Any) -> int:
        if isinstance(selection, FragmentSpreadNode):
            return self._fragment(selection.name.value)
        if not isinstance(selection, FieldNode):
            condition = selection.type_condition
            inner = self.schema.get_type(condition.name.value) if condition else kind
            return self.of(inner, selection.selection_set)
        if selection.name.value.startswith("__"):
            return 1
        definition = kind.fields[selection.name.value]
        below = self.of(get_named_type(definition.type), selection.selection_set)
        return 1 + self._rows(definition, selection) * below

    def _fragment(self, name: str) -> int:
        if name not in self.known:
            fragment = self.fragments[name]
            kind = self.schema.get_type(fragment.type_condition.name.value)
            self.known[name] = self.of(kind, fragment.selection_set)
        return self.known[name]

    def _rows(self, definition: Any, node: FieldNode) -> int:
        """The page size that the field asks for, the most that a batch may answer; else 1."""
        argument = definition.args.get(PAGE_ARGUMENT)
        if argument is None:
            return int(definition.extensions.get(MOST_ROWS, 1))
        size = self._asked(node)
        if size is None:
            size = argument.default_value
        if not isinstance(size, int):
            return LARGEST_PAGE
        if not 1 <= size <= LARGEST_PAGE:
            raise RequestError.of(
                InvalidInput.code, f"每页条数应为1至{LARGEST_PAGE}", field=PAGE_ARGUMENT
            )
        return size

    def _asked(self, node: FieldNode) -> int | None:
        for argument in node.arguments:
            if argument.name.value == PAGE_ARGUMENT:
                if isinstance(argument.value, VariableNode):
                    return self.variables.get(argument.value.name.value)
                if isinstance(argument.value, IntValueNode):
                    return int(argument.value.value)
        return None
