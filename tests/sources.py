"""What the sources of the tests say: their texts, and who calls what with which texts.

Names stand for the texts that they may hold: of constants, of `for` loops, of `parametrize`. What
nobody can tell stands as `UNKNOWN`; a parameter stands as itself, until its callers are known.
"""

from __future__ import annotations

import ast
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

QUERIES = Path(__file__).parents[1] / "docs" / "queries"
PARAMETER = "parameter__"
UNKNOWN = "__typename"  # fits where a part may stand: a selection, a type, a value
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


def read(files: Mapping[Path, str]) -> dict[Path, Module]:
    """Each file, of a folder, as a module; a constant of one may be another's import."""
    constants = _constants(files)
    return {file: _Reader(constants, folder).read(file) for file, folder in files.items()}


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
