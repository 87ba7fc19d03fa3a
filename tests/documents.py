"""Which operations the tests send: GraphQL documents found in their sources, not in a run.

A document is a text of a test: written out, put together from parts with f-strings, `+` or `%`, or
a file of `docs/queries`. Helpers take the name of an operation (`run(actor, "fileProposal", …)`):
they are found as functions that put one of their parameters in the place of a root field; then each
text that a caller gives for it counts, also by way of a loop, of `parametrize`, of another helper.
A name that is worked out in any other way is not seen, and its operation counts as not sent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    parse,
)

from tests.sources import PARAMETER, Asked, Call, Function, Module, Texts, read

TESTS = Path(__file__).parent
REAL = ("e2e", "integration", "conformance", "demo", "faults")  # folders whose tests have a gateway
ASKED = ("Query", "Mutation", "Subscription", "Viewer")
QUOTED = re.compile(r"[`'](.*?)[`']", re.DOTALL)  # texts of a script


def asked_by(schema: GraphQLSchema, tests: Path = TESTS) -> dict[Asked, set[str]]:
    """Each root field and field of the viewer that a test asks for, with the files that do."""
    files = [file for folder in REAL for file in sorted((tests / folder).rglob("*.py"))]
    modules = read({file: file.relative_to(tests).parts[0] for file in files})
    found: dict[Asked, set[str]] = defaultdict(set)
    for script in sorted(tests.glob("conformance/*.mjs")):
        for text in QUOTED.findall(script.read_text()):
            for asked in _fields(schema, text):
                found[asked].add(str(script.relative_to(tests)))
    for file, module in modules.items():
        for text, function in module.texts:
            for kind, name in _fields(schema, text):
                if not name.startswith(PARAMETER):
                    found[kind, name].add(str(file.relative_to(tests)))
                elif function is not None:
                    function.helper_for.add((kind, name.removeprefix(PARAMETER)))
    _follow(modules, found, tests)
    return found


def _follow(modules: dict[Path, Module], found: dict[Asked, set[str]], tests: Path) -> None:
    """The names that helpers are called with; again while callers turn out to be helpers."""
    grows = True
    while grows:
        grows = False
        helpers: dict[tuple[str, str], list[Function]] = defaultdict(list)
        for module in modules.values():
            for function in module.functions:
                if function.helper_for:
                    helpers[function.folder, function.name].append(function)
        for file, module in modules.items():
            for call in module.calls:
                for helper in _meant(call, module, helpers):
                    for kind, parameter in helper.helper_for:
                        for text in _given(call, helper, parameter):
                            if not text.startswith(PARAMETER):
                                found[kind, text].add(str(file.relative_to(tests)))
                            elif call.caller is not None:
                                wanted = (kind, text.removeprefix(PARAMETER))
                                grows |= wanted not in call.caller.helper_for
                                call.caller.helper_for.add(wanted)


def _meant(
    call: Call, module: Module, helpers: dict[tuple[str, str], list[Function]]
) -> list[Function]:
    """The helpers that a call may mean: those of its own file, if it has any of that name."""
    called = helpers[call.folder, module.aliases.get(call.name, call.name)]
    if call.by_attribute:
        return [helper for helper in called if helper.is_method]
    own = [function for function in module.functions if function.name == call.name]
    return [helper for helper in called if helper in own] if own else called


def _given(call: Call, helper: Function, parameter: str) -> Texts:
    if parameter in call.named:
        return call.named[parameter]
    if parameter not in helper.parameters:
        return set()
    position = helper.parameters.index(parameter)
    if helper.is_method and call.by_attribute:
        position -= 1
    return call.positional[position] if 0 <= position < len(call.positional) else set()


def _fields(schema: GraphQLSchema, text: str) -> Iterator[Asked]:
    """Root fields and fields of the viewer in a document; nothing if it is none."""
    if "{" not in text:
        return
    try:
        document = parse(text)
    except GraphQLError:
        return
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            root = schema.get_root_type(node.operation)
            if root is not None:
                yield from _below(schema, root, node.selection_set, fragments)


def _below(
    schema: GraphQLSchema,
    owner: GraphQLObjectType | GraphQLInterfaceType,
    selections: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
) -> Iterator[Asked]:
    for node in selections.selections:
        if isinstance(node, FragmentSpreadNode):
            fragment = fragments.get(node.name.value)
            if fragment is not None:
                yield from _below(schema, owner, fragment.selection_set, fragments)
        elif isinstance(node, InlineFragmentNode):
            yield from _below(schema, owner, node.selection_set, fragments)
        elif isinstance(node, FieldNode):
            name = node.name.value
            if owner.name in ASKED and not name.startswith("__"):
                yield owner.name, name
            if name in owner.fields and node.selection_set:
                kind = get_named_type(owner.fields[name].type)
                if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
                    yield from _below(schema, kind, node.selection_set, fragments)
