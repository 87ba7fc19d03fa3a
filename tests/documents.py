"""Which operations the tests send: GraphQL documents found in their sources, not in a run.

A document is a text of a test: written out, put together from parts with f-strings, `+` or `%`, or
a file of `docs/queries`. Helpers take the name of an operation (`run(actor, "fileProposal", …)`):
they are found as functions that put one of their parameters in the place of a root field; then each
text that a caller gives for it counts, also by way of a loop, of `parametrize`, of another helper.
A name that is worked out in any other way is not seen, and its operation counts as not sent.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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

TESTS = Path(__file__).parent
QUERIES = TESTS.parent / "docs" / "queries"
REAL = ("e2e", "integration", "conformance", "faults")  # folders whose tests have a gateway
ASKED = ("Query", "Mutation", "Subscription", "Viewer")
QUOTED = re.compile(r"[`'](.*?)[`']", re.DOTALL)  # texts of a script
PARAMETER = "parameter__"
UNKNOWN = "__typename"  # stands where a part is not known: a selection, a type, a value
MOST = 200  # texts that one expression may stand for

Asked = tuple[str, str]  # type and field, such as ("Mutation", "fileProposal")
Texts = set[str]


@dataclass(eq=False)
class Function:
    """A function of the tests: its parameters, and the texts that its names stand for."""

    name: str
    folder: str  # helpers are for the tests of their folder: e2e's, integration's
    parameters: list[str]
    is_method: bool
    values: dict[str, Texts]
    helper_for: set[Asked] = field(default_factory=set)  # (type, parameter)


@dataclass
class Call:
    """A call by name, which may be one of a helper."""

    name: str
    folder: str
    positional: list[Texts]
    named: dict[str, Texts]
    caller: Function | None
    by_attribute: bool


@dataclass
class Module:
    """What one file holds."""

    texts: list[tuple[str, Function | None]] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)


def asked_by(schema: GraphQLSchema, tests: Path = TESTS) -> dict[Asked, set[str]]:
    """Each root field and field of the viewer that a test asks for, with the files that do."""
    files = [file for folder in REAL for file in sorted((tests / folder).rglob("*.py"))]
    constants = _constants(files)
    modules = {
        file: _Reader(constants, file.relative_to(tests).parts[0]).read(file) for file in files
    }
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


def _constants(files: Iterable[Path]) -> dict[str, Texts]:
    """Texts that modules name, such as `PROPOSAL`: one module's may be another's import."""
    known: dict[str, Texts] = {}
    for _ in range(2):  # a constant may be put together from others
        for file in files:
            own = dict(known)
            for node in ast.parse(file.read_text()).body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    name = node.targets[0].id
                    texts = _evaluate(node.value, own)
                    if texts and UNKNOWN not in texts:
                        own[name] = texts
                        known[name] = known.get(name, set()) | texts
    return {name: texts for name, texts in known.items() if len(texts) <= MOST}


def _evaluate(node: ast.expr | None, values: dict[str, Texts]) -> Texts:
    """The texts that an expression may stand for; `UNKNOWN` for a part that nobody knows."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return values.get(name, {UNKNOWN})
        case ast.JoinedStr(values=parts):
            return _joined([_evaluate(part, values) for part in parts])
        case ast.FormattedValue(value=inner):
            return _evaluate(inner, values)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _joined([_evaluate(left, values), _evaluate(right, values)])
        case ast.BinOp(op=ast.Mod(), left=left, right=right):
            return _filled(_evaluate(left, values), right, values)
        case ast.IfExp(body=one, orelse=other):
            return _evaluate(one, values) | _evaluate(other, values)
    return {UNKNOWN}


def _filled(texts: Texts, right: ast.expr, values: dict[str, Texts]) -> Texts:
    parts = right.elts if isinstance(right, ast.Tuple) else [right]
    found: Texts = set()
    for text in texts:
        pieces = text.split("%s")
        if len(pieces) == len(parts) + 1:
            woven: list[Texts] = [{pieces[0]}]
            for part, piece in zip(parts, pieces[1:], strict=True):
                woven += [_evaluate(part, values), {piece}]
            found |= _joined(woven)
    return found or {UNKNOWN}


def _joined(parts: list[Texts]) -> Texts:
    size = 1
    for part in parts:
        size *= len(part)
    if size > MOST:
        parts = [part if len(part) == 1 else {UNKNOWN} for part in parts]
    return {"".join(chosen) for chosen in itertools.product(*parts)}


class _Reader(ast.NodeVisitor):
    """Reads one file into a Module."""

    def __init__(self, constants: dict[str, Texts], folder: str) -> None:
        self._constants = constants
        self._folder = folder
        self._module = Module()
        self._scopes: list[Function] = []
        self._in_class = [False]

    def read(self, file: Path) -> Module:
        tree = ast.parse(file.read_text())
        own: dict[str, Texts] = {}
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if isinstance(node.value, ast.Attribute | ast.Name):
                    value = node.value
                    self._module.aliases[name] = (
                        value.attr if isinstance(value, ast.Attribute) else value.id
                    )
                texts = _evaluate(node.value, {**self._constants, **own})
                if texts != {UNKNOWN}:
                    own[name] = texts
        self._constants = {**self._constants, **own}
        self.visit(tree)
        return self._module

    # Scopes

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._in_class.append(True)
        self.generic_visit(node)
        self._in_class.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        arguments = node.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
        every = [*names, *(a.arg for a in arguments.kwonlyargs)]
        values = {name: {PARAMETER + name} for name in every}
        for parameter, texts in self._parametrized(node):
            values[parameter] = texts
        function = Function(node.name, self._folder, names, self._in_class[-1], values)
        self._module.functions.append(function)
        self._scopes.append(function)
        self._in_class.append(False)
        self.generic_visit(node)
        self._in_class.pop()
        self._scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def _parametrized(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef
    ) -> Iterator[tuple[str, Texts]]:
        for decorator in node.decorator_list:
            if (
                isinstance(decorator, ast.Call)
                and isinstance(decorator.func, ast.Attribute)
                and decorator.func.attr == "parametrize"
            ):
                yield from self._columns(decorator.args[0], decorator.args[1])

    def _columns(self, target: ast.expr, rows: ast.expr) -> Iterator[tuple[str, Texts]]:
        """Names of `parametrize` or of a `for`, each with the texts of its column."""
        if isinstance(target, ast.Constant):
            names = [name.strip() for name in str(target.value).split(",")]
        elif isinstance(target, ast.Tuple | ast.List):
            names = [
                str(e.value) if isinstance(e, ast.Constant) else getattr(e, "id", "")
                for e in target.elts
            ]
        else:
            names = [getattr(target, "id", "")]
        if isinstance(rows, ast.Dict):
            rows = ast.List(
                [ast.Tuple([k or v, v]) for k, v in zip(rows.keys, rows.values, strict=True)]
            )
        if not isinstance(rows, ast.Tuple | ast.List | ast.Set):
            return
        columns: dict[str, Texts] = defaultdict(set)
        for row in rows.elts:
            if isinstance(row, ast.Call) and getattr(row.func, "attr", "") == "param":
                row = ast.Tuple(list(row.args))
            cells = row.elts if isinstance(row, ast.Tuple) and len(names) > 1 else [row]
            for name, cell in zip(names, cells, strict=False):
                columns[name] |= self._evaluate(cell)
        yield from columns.items()

    def visit_For(self, node: ast.For) -> None:
        rows = node.iter
        if isinstance(rows, ast.Call) and getattr(rows.func, "attr", "") == "items":
            rows = rows.func.value  # type: ignore[attr-defined]
        for name, texts in self._columns(node.target, rows):
            self._learn(name, texts)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for name, texts in self._columns(node.target, node.iter):
            self._learn(name, texts)
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> None:
        for generator in node.generators:
            self.visit(generator)
        self.visit(node.elt)

    visit_GeneratorExp = visit_ListComp
    visit_SetComp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> None:
        for generator in node.generators:
            self.visit(generator)
        self.visit(node.key)
        self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if self._scopes and isinstance(node.targets[0], ast.Name):
            texts = self._evaluate(node.value)
            if texts != {UNKNOWN}:
                self._learn(node.targets[0].id, texts)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
            texts = _joined([self._evaluate(node.target), self._evaluate(node.value)])
            self._text(texts)
            self._learn(node.target.id, texts)
        self.generic_visit(node)

    def _learn(self, name: str, texts: Texts) -> None:
        if self._scopes and texts != {UNKNOWN}:
            values = self._scopes[-1].values
            values[name] = values.get(name, set()) | texts

    def _evaluate(self, node: ast.expr) -> Texts:
        values = dict(self._constants)
        for scope in self._scopes:
            values |= scope.values
        return _evaluate(node, values)

    # Texts and calls

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            text = node.value
            if text.endswith(".graphql") and (QUERIES / text).exists():
                text = (QUERIES / text).read_text()
            self._text({text})

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._text(self._evaluate(node))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self._text(self._evaluate(node))
        self.generic_visit(node)

    def _text(self, texts: Texts) -> None:
        scope = self._scopes[-1] if self._scopes else None
        self._module.texts += [(text, scope) for text in texts]

    def visit_Call(self, node: ast.Call) -> None:
        function, arguments = node.func, node.args
        if getattr(function, "id", "") == "partial" and arguments:
            function, arguments = arguments[0], arguments[1:]
        name = getattr(function, "attr", "") or getattr(function, "id", "")
        self._module.calls.append(
            Call(
                name,
                self._folder,
                [self._evaluate(argument) for argument in arguments],
                {k.arg: self._evaluate(k.value) for k in node.keywords if k.arg},
                self._scopes[-1] if self._scopes else None,
                isinstance(function, ast.Attribute),
            )
        )
        self.generic_visit(node)
