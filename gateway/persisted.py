"""Automatic persisted queries, the protocol of Apollo's clients.

A client sends the SHA-256 of a text alone; if this process does not know it, the client sends both
and it is kept. Texts are kept in memory, bounded: another replica, or this one after forgetting,
asks the client once more.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from gateway.errors import BAD_REQUEST, RequestError
from gateway.requests import Parameters

NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
NOT_FOUND_MESSAGE = "PersistedQueryNotFound"  # clients look for this text
VERSION = 1
MOST_TEXTS = 1000
MOST_CHARACTERS = 500_000  # of all texts


class PersistedQueries:
    """Texts by their hash; the one not used for longest is forgotten first."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._characters = 0

    def text_of(self, parameters: Parameters) -> str:
        """The document that is asked for; raises RequestError."""
        asked = (parameters.extensions or {}).get("persistedQuery")
        if asked is None:
            if parameters.query is None:
                raise RequestError.of(BAD_REQUEST, "缺少 query")
            return parameters.query
        digest = _digest(asked)
        if parameters.query is None:
            return self._known(digest)
        if hashlib.sha256(parameters.query.encode()).hexdigest() != digest:
            raise RequestError.of(BAD_REQUEST, "sha256Hash 与 query 不符")
        self._remember(digest, parameters.query)
        return parameters.query

    def _known(self, digest: str) -> str:
        text = self._texts.get(digest)
        if text is None:
            raise RequestError.of(NOT_FOUND, NOT_FOUND_MESSAGE)
        self._texts.move_to_end(digest)
        return text

    def _remember(self, digest: str, text: str) -> None:
        if digest in self._texts:
            self._texts.move_to_end(digest)
            return
        self._texts[digest] = text
        self._characters += len(text)
        while len(self._texts) > MOST_TEXTS or self._characters > MOST_CHARACTERS:
            _, forgotten = self._texts.popitem(last=False)
            self._characters -= len(forgotten)


def _digest(asked: object) -> str:
    if not isinstance(asked, dict) or asked.get("version") != VERSION:
        raise RequestError.of(BAD_REQUEST, "persistedQuery 的 version 须为 1")
    digest = asked.get("sha256Hash")
    if not isinstance(digest, str):
        raise RequestError.of(BAD_REQUEST, "persistedQuery 缺少 sha256Hash")
    return digest.lower()
