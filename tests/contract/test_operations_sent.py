"""Every operation of the schema is sent by a test that has a gateway; `tests.documents` finds them.

An operation that is listed here has no such test yet: write one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import GraphQLObjectType, build_schema

from gateway import schema_export
from tests import documents
from tests.documents import ASKED, Asked

SCHEMA = build_schema(schema_export.FILE.read_text())


@pytest.fixture(scope="module")
def found() -> dict[Asked, set[str]]:
    return documents.asked_by(SCHEMA)


@pytest.mark.parametrize("kind", ASKED)
def test_every_operation_is_sent(found: dict[Asked, set[str]], kind: str) -> None:
    owner = SCHEMA.type_map[kind]
    assert isinstance(owner, GraphQLObjectType)
    assert sorted(name for name in owner.fields if (kind, name) not in found) == []


SOURCES = {
    "written out": 'def test_x(): ask("{ viewer { todos { totalCount } } }")',
    "from parts": """
        PARTS = "todos { totalCount }"
        def test_x(): ask(f"{{ viewer {{ {PARTS} }} }}")
    """,
    "with +=": 'def test_x():\n  q = "{ viewer { todos "\n  q += "{ totalCount } } }"\n  ask(q)',
    "with %": 'def test_x(): ask("{ viewer { %s { totalCount } } }" % "todos")',
    "by a fragment": 'Q = "{ viewer { ...F } } fragment F on Viewer { todos { totalCount } }"',
    "by a helper": """
        def seen(actor, field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def test_x(): seen(LU, "todos")
    """,
    "by a helper's keyword": """
        def seen(actor, *, field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def test_x(): seen(LU, field="todos")
    """,
    "by a method": """
        class Story:
            def seen(self, field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def test_x(story): story.seen("todos")
    """,
    "by a method under another name": """
        class Story:
            def seen(self, field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        look = Story.seen
        def test_x(story): look(story, "todos")
    """,
    "by a helper of a helper": """
        def seen(field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def looked(what): return eventually(lambda: seen(what))
        def test_x(): looked("todos")
    """,
    "by partial": """
        def seen(field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def test_x(): eventually(partial(seen, "todos"))
    """,
    "in a loop": """
        def seen(field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def test_x():
            for number, field in ((1, "todos"), (2, "notifications")): seen(field)
    """,
    "by parametrize": """
        def seen(field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        @pytest.mark.parametrize(("field", "count"), [pytest.param("todos", 1), ("other", 2)])
        def test_x(field, count): seen(field)
    """,
}
OTHERS = {
    "a name that is worked out": """
        def seen(field): return ask(f"{{ viewer {{ {field} {{ totalCount }} }} }}")
        def test_x(): seen(name_of(3))
    """,
    "a selection, not a document": 'SHOWN = "viewer { todos { totalCount } }"',
    "a helper's other argument": """
        def seen(field, shown): return ask(f"{{ viewer {{ {field} {{ {shown} }} }} }}")
        def test_x(): seen("notifications", "todos")
    """,
}


def sources(folder: Path, text: str) -> Path:
    (folder / "e2e").mkdir()
    lines = text.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    (folder / "e2e" / "test_x.py").write_text("\n".join(line[indent:] for line in lines))
    return folder


@pytest.mark.parametrize("text", SOURCES.values(), ids=list(SOURCES))
def test_a_document_is_found_however_it_is_written(tmp_path: Path, text: str) -> None:
    asked = documents.asked_by(SCHEMA, sources(tmp_path, text))
    assert asked["Viewer", "todos"] == {"e2e/test_x.py"}


@pytest.mark.parametrize("text", OTHERS.values(), ids=list(OTHERS))
def test_what_nobody_can_tell_does_not_count(tmp_path: Path, text: str) -> None:
    assert ("Viewer", "todos") not in documents.asked_by(SCHEMA, sources(tmp_path, text))
