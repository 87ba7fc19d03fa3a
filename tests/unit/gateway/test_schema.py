"""The schema of all packages: described throughout, and written down as it is."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphene import ObjectType, Schema, String
from graphql import GraphQLSchema, build_schema, graphql_sync, is_specified_scalar_type

import gateway as gateway_package
from gateway import schema, schema_export
from tests.unit.gateway.sample import ask, gateway, sample_api

# Chinese first, then English: "题目。Title."
DESCRIPTION = re.compile(r"[^。]*[\u4e00-\u9fff].*。\s*[\"'(`A-Za-z0-9].*[A-Za-z]", re.DOTALL)
ROOT = Path(__file__).parents[3]


def described(built: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Everything that has to have a description, by its place."""
    for kind in built.type_map.values():
        if kind.name.startswith("__") or is_specified_scalar_type(kind):
            continue
        yield kind.name, kind.description
        for name, value in getattr(kind, "values", {}).items():
            yield f"{kind.name}.{name}", value.description
        for name, field in getattr(kind, "fields", {}).items():
            yield f"{kind.name}.{name}", field.description
            for argument, definition in getattr(field, "args", {}).items():
                yield f"{kind.name}.{name}({argument})", definition.description


def undescribed(built: GraphQLSchema) -> list[str]:
    return [place for place, text in described(built) if not DESCRIPTION.match(text or "")]


def test_everything_is_described_in_chinese_and_english() -> None:
    assert undescribed(schema.build().schema) == []


def test_what_the_base_adds_is_described() -> None:
    assert undescribed(sample_api().schema) == []


def test_the_lint_finds_each_kind_of_place() -> None:
    built = build_schema(
        """
        "查询。Query." type Query { a(b: Int): E }
        "英文在前 Only." enum E { "English. 中文。" X }
        "输入。Input." input I { "字段。Field." a: Int b: Int }
        scalar S
        """
    )
    assert undescribed(built) == [
        "Query.a",
        "Query.a(b)",
        "E",
        "E.X",
        "I.b",
        "S",
    ]


def test_a_field_that_needs_a_service_is_nullable() -> None:
    """Root fields are resolved by services; none may null its neighbours."""
    built = schema.build().schema
    roots = [kind for kind in (built.query_type, built.mutation_type) if kind]
    assert [
        f"{kind.name}.{name}"
        for kind in roots
        for name, field in kind.fields.items()
        if str(field.type).endswith("!")
    ] == []


def test_schema_graphql_is_what_the_code_says() -> None:
    written = schema_export.FILE.read_text()
    assert schema_export.difference(written, schema_export.text_of(schema.build().schema)) == ""


def test_the_written_schema_does_not_depend_on_the_process() -> None:
    command = (
        "from gateway import schema, schema_export;"
        "print(schema_export.text_of(schema.build().schema), end='')"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


class TestExport:
    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(schema_export, "FILE", tmp_path / "schema.graphql")
        monkeypatch.setattr(schema, "build", sample_api)

    def run(self, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
        monkeypatch.setattr(sys, "argv", ["schema_export", *arguments])
        schema_export.main()

    def test_writes_what_the_check_then_accepts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run(monkeypatch)
        self.run(monkeypatch, "--check")
        assert "submitProposal" in schema_export.FILE.read_text()

    def test_the_check_shows_a_difference(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.run(monkeypatch)
        text = schema_export.FILE.read_text()
        schema_export.FILE.write_text(text.replace("  echo(", "  ohce("))
        with pytest.raises(SystemExit) as ended:
            self.run(monkeypatch, "--check")
        assert ended.value.code == 1
        assert "-  ohce(" in capsys.readouterr().err

    def test_the_check_fails_without_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(SystemExit):
            self.run(monkeypatch, "--check")


PACKAGES = {
    "people/__init__.py": """
        ERROR_CODES = {"X": "甲。Rule X."}
        """,
    "people/types.py": """
        from graphene import ObjectType, String
        from gateway.base import Node
        class Member(ObjectType):
            '''委员。Member.'''
            class Meta:
                interfaces = (Node,)
            name = String(description="姓名。Name.")
        TYPES = [Member]
        """,
    "people/queries.py": """
        from graphene import Field, String
        from gateway.people.types import Member
        class MemberQuery:
            member = Field(Member, description="委员。Member.")
        class MemberViewer:
            name = String(description="姓名。Name.")
        QUERIES, VIEWER = [MemberQuery], [MemberViewer]
        """,
    "people/mutations.py": """
        from graphene import String
        from gateway.base import CommandMutation
        class ResignMember(CommandMutation):
            '''辞职。Resign.'''
            service, method = "members", "resign_member"
        MUTATIONS = [ResignMember]
        """,
    "people/loaders.py": """
        async def load(context, ids):
            return ids
        LOADERS = {"members": load}
        """,
    "points/__init__.py": """
        from graphene import String
        class Score:
            score = String(description="积分。Score.")
        class Unread:
            unread = String(description="未读。Unread.")
        MEMBER_MIXINS, VIEWER, NOBODY_MIXINS = [Score], [Unread], [Score]
        async def load(context, ids):
            return ids
        LOADERS = {"scores": load}
        """,
    "no_package/types.py": "raise RuntimeError",
}


HEADER = """
from graphene import Field, InputObjectType, ObjectType, String
from gateway.base import CommandMutation, labelled_enum
"""
TWICE = {
    "enum": """
Way = labelled_enum("Way", {"PACKAGE": ("方式", "Way")}, "方式。Way.")
class Q:
    PACKAGE = Field(Way)
QUERIES = [Q]
""",
    "object type": """
class Way(ObjectType):
    PACKAGE = String()
class Q:
    PACKAGE = Field(Way)
QUERIES = [Q]
""",
    "input type": """
class Way(InputObjectType):
    PACKAGE = String()
class Q:
    PACKAGE = String(way=Way())
QUERIES = [Q]
""",
    "input type that is an enum elsewhere": """
if "PACKAGE" == "one":
    Way = labelled_enum("Way", {"PACKAGE": ("方式", "Way")}, "方式。Way.")
else:
    class Way(InputObjectType):
        PACKAGE = String()
class Q:
    PACKAGE = Field(Way) if "PACKAGE" == "one" else String(way=Way())
QUERIES = [Q]
""",
    "error code": """
ERROR_CODES = {"Way": "PACKAGE。PACKAGE."}
""",
    "loader": """
LOADERS = {"Way": len}
""",
    "mutation": """
class Way(CommandMutation):
    service, method = "PACKAGE", "record_Way"
MUTATIONS = [Way]
""",
    "query": """
class Q:
    Way = String()
QUERIES = [Q]
""",
}


class TestPackages:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """In the place of the gateway's folder."""
        monkeypatch.setattr(gateway_package, "__path__", [str(tmp_path)])
        for name in [n for n in sys.modules if n.count(".") and n.startswith("gateway.")]:
            if getattr(sys.modules[name], "__path__", None) or name.count(".") > 1:
                monkeypatch.delitem(sys.modules, name)
        return tmp_path

    @pytest.mark.usefixtures("folder")
    def test_with_none_typename_still_answers(self) -> None:
        built = schema.build()
        assert graphql_sync(built.schema, "{ __typename }").data == {"__typename": "Query"}
        assert built.schema.mutation_type is None
        assert built.loaders == {}

    def test_they_are_found_by_their_folders(self, folder: Path) -> None:
        for name, text in PACKAGES.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(textwrap.dedent(text))
        built = schema.build()
        types: Any = built.schema.type_map
        assert list(types["Query"].fields) == ["node", "viewer", "member"]
        assert list(types["Mutation"].fields) == ["resignMember"]
        assert list(types["Viewer"].fields) == ["unread", "name"]
        assert list(types["Member"].fields) == ["id", "name", "score"]
        assert "X" in types["ErrorCode"].values
        assert set(built.loaders) == {"members", "scores"}
        assert undescribed(built.schema) == []

    @pytest.mark.parametrize("kind", sorted(TWICE))
    def test_two_of_one_name_are_refused_with_both_places(self, folder: Path, kind: str) -> None:
        for name in ("one", "two"):
            (folder / name).mkdir()
            text = HEADER + TWICE[kind].replace("PACKAGE", name)
            (folder / name / "__init__.py").write_text(text)
        with pytest.raises(ValueError, match=r"(?i)way.*gateway\.one.*gateway\.two"):
            schema.build()

    def test_a_type_that_two_packages_use_is_one(self, folder: Path) -> None:
        (folder / "one").mkdir()
        (folder / "one" / "__init__.py").write_text(HEADER + TWICE["enum"])
        (folder / "two").mkdir()
        (folder / "two" / "__init__.py").write_text(
            HEADER + "from gateway.one import Way\nclass Q:\n    two = Field(Way)\nQUERIES = [Q]\n"
        )
        assert "Way" in schema.build().schema.type_map

    def test_the_codes_of_the_kernel_are_taken(self, folder: Path) -> None:
        (folder / "one").mkdir()
        (folder / "one" / "__init__.py").write_text("ERROR_CODES = {'CONFLICT': '冲突。Clash.'}")
        with pytest.raises(ValueError, match=r"CONFLICT.*gateway\.kernel.*gateway\.one"):
            schema.build()


def test_the_viewer_is_the_actor() -> None:
    class Account:
        role = String(description="角色。Role.")

    query = type("Query", (schema._viewer_query([Account]), ObjectType), {})
    built = Schema(query=query).graphql_schema
    schema.finish(built)
    app = gateway(api=schema.Api(built, {}))
    assert ask(app, "{ viewer { role } }", authorization="Bearer good") == {
        "data": {"viewer": {"role": "MEMBER"}}
    }
    visitor = ask(app, "{ viewer { role } }")
    assert visitor["data"] == {"viewer": None}
    assert visitor["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
