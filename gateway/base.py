"""What every `gateway/<name>/` package builds on.

A package is picked up by its folder alone (`schema.py`). It may hold, each in the module named or
in `__init__.py`:

    types.py      TYPES     object types that nothing else refers to (found by `node(id)` only)
    queries.py    QUERIES   classes whose fields join the root Query
                  VIEWER    classes whose fields join the Viewer (the signed-in account)
    mutations.py  MUTATIONS CommandMutation classes; `SubmitProposal` becomes `submitProposal`
    loaders.py    LOADERS   {"members": async batch(context, ids) -> rows aligned with ids}
    __init__.py   ERROR_CODES  {"COSIGN_LOCKED": "立案后不能撤回联名。…", …} of refusals
                  MEMBER_MIXINS  classes whose fields join another package's type, here Member

Four rules hold for every type:

- A name stands once: of types, enums, inputs, root fields and refusals alike (`once.py`).
- A field that needs a service is nullable (no `required=True`): when the service is away, only
  that field is null and has an error; all others answer.
- A source is the service's row as it came, a plain dict. Graphene's attribute names are the
  row's snake_case keys, so that leaf fields need no resolver and stay on the fast path.
- Every type, field, argument and enum value has a description: `"中文。English."`
"""

from __future__ import annotations

from gateway.enums import label_field, labelled, labelled_enum, labels_of
from gateway.ids import Node, NodeType, by_id, global_id, loaded_by, local_id, localise, node_of
from gateway.mutation import CommandMutation, UserError
from gateway.paging import (
    DEFAULT_PAGE,
    LARGEST_PAGE,
    PageInfo,
    asked,
    connection,
    paged,
    resolve_page,
)
from gateway.references import reference, references
from gateway.rows import FromRow
from gateway.scalars import Date, DateTime, Json

__all__ = [
    "DEFAULT_PAGE",
    "LARGEST_PAGE",
    "CommandMutation",
    "Date",
    "DateTime",
    "FromRow",
    "Json",
    "Node",
    "NodeType",
    "PageInfo",
    "UserError",
    "asked",
    "by_id",
    "connection",
    "global_id",
    "label_field",
    "labelled",
    "labelled_enum",
    "labels_of",
    "loaded_by",
    "local_id",
    "localise",
    "node_of",
    "paged",
    "reference",
    "references",
    "resolve_page",
]
