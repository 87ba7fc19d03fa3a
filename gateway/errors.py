"""GraphQL errors as clients see them: a code and the correlation id, never a traceback.

| where it went wrong                 | `extensions.code`                              |
|-------------------------------------|------------------------------------------------|
| HTTP request is malformed           | BAD_REQUEST, METHOD_NOT_ALLOWED, …             |
| token is malformed, expired, forged | UNAUTHENTICATED (with status 401)              |
| document does not parse             | GRAPHQL_PARSE_FAILED                           |
| document does not fit the schema    | GRAPHQL_VALIDATION_FAILED                      |
| document asks for too much          | LIMIT_EXCEEDED, with `limit` and `most`        |
| client asks for too much in a time  | RATE_LIMITED, with `retryAfter` (status 429)   |
| variables or arguments are wrong    | INVALID_INPUT                                  |
| a service refused or did not answer | the AppError's own code                        |
| anything else                       | INTERNAL; the traceback is in the log          |
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError

from shared.errors import AppError, InvalidInput
from shared.logging import get_logger

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
RATE_LIMITED = "RATE_LIMITED"
BAD_REQUEST = "BAD_REQUEST"
METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"

FormattedError = dict[str, Any]
log = get_logger(__name__)


class RequestError(Exception):
    """A request that is not executed: there is no `data`, only errors."""

    def __init__(self, errors: Iterable[GraphQLError]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(error.message for error in self.errors))

    @classmethod
    def of(cls, code: str, message: str, **extensions: Any) -> RequestError:
        return cls([GraphQLError(message, extensions={"code": code, **extensions})])

    @classmethod
    def coded(cls, errors: Iterable[GraphQLError], code: str) -> RequestError:
        """These errors of graphql-core under `code`, unless they have one of their own."""
        listed = list(errors)
        for error in listed:
            error.extensions = {"code": code, **(error.extensions or {})}
        return cls(listed)

    def without_nodes(self) -> RequestError:
        """The same for keeping: without the tree of the document."""
        return RequestError(map(_without_nodes, self.errors))


def _without_nodes(error: GraphQLError) -> GraphQLError:
    return GraphQLError(
        error.message,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=error.extensions,
    )


def formatted(errors: Iterable[GraphQLError], correlation_id: str) -> list[FormattedError]:
    """The `errors` member of a response; unexpected ones are logged here."""
    return [_formatted(error, correlation_id) for error in errors]


def _formatted(error: GraphQLError, correlation_id: str) -> FormattedError:
    message, extensions = _shown(error, correlation_id)
    shown: FormattedError = {"message": message}
    if error.locations:
        shown["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    return {**shown, "extensions": {**extensions, "correlationId": correlation_id}}


def _shown(error: GraphQLError, correlation_id: str) -> tuple[str, dict[str, Any]]:
    """Message and extensions: by the error's own code, else by what caused it."""
    cause = _cause(error)
    if isinstance(cause, AppError):
        return cause.message, _extensions(cause)
    if error.extensions and "code" in error.extensions:
        return error.message, dict(error.extensions)
    # graphql-core blames a node of the document for wrong arguments, and none when a service's
    # value does not fit its type.
    if isinstance(cause, GraphQLError) and cause.nodes:
        return error.message, {"code": InvalidInput.code}
    log.error("resolver_failed", correlation_id=correlation_id, path=error.path, exc_info=cause)
    return AppError.message, {"code": AppError.code}


def _extensions(error: AppError) -> dict[str, Any]:
    """code; field and details where there are any; all items where there are several."""
    extensions: dict[str, Any] = {"code": error.code}
    if error.field:
        extensions["field"] = error.field
    if error.details:
        extensions["details"] = error.details
    if len(error.items) > 1:
        extensions["items"] = error.items
    return extensions


def _cause(error: Exception) -> Exception:
    """The exception that was raised in the first place."""
    while isinstance(error, GraphQLError) and error.original_error is not None:
        error = error.original_error
    return error
