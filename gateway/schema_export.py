"""`python -m gateway.schema_export` writes schema.graphql; `--check` exits 1 on a difference."""

from __future__ import annotations

import argparse
import sys
from difflib import unified_diff
from pathlib import Path

from graphql import GraphQLSchema, build_schema, lexicographic_sort_schema, print_schema

from gateway import schema

FILE = Path(__file__).parent / "schema.graphql"


def text_of(built: GraphQLSchema) -> str:
    """The SDL, sorted, so that it does not depend on the order of packages."""
    # Sorted after printing: graphene's enum types, which know their default values, get lost there.
    return print_schema(lexicographic_sort_schema(build_schema(print_schema(built)))) + "\n"


def difference(written: str, wanted: str) -> str:
    """A unified diff; empty if they are the same."""
    return "\n".join(
        unified_diff(
            written.splitlines(), wanted.splitlines(), FILE.name, "the code's schema", lineterm=""
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    wanted = text_of(schema.build().schema)
    if not parser.parse_args().check:
        FILE.write_text(wanted)
        return
    differs = difference(FILE.read_text() if FILE.exists() else "", wanted)
    if differs:
        print(differs, "\nschema.graphql is not what the code says: make schema", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
