"""Refusals of identity that a client may meet."""

from __future__ import annotations

from gateway.manifests import manifests

# Of programs that operators run on the server.
OPERATORS = frozenset({"ADMIN_EXISTS", "DEMO_REFUSED", "OFFICE_EXISTS"})
ERROR_CODES = {
    code: text for code, text in manifests()["identity"]["codes"].items() if code not in OPERATORS
}
