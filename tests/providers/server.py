"""What the local providers have in common: a threaded HTTP server whose behaviour tests set."""

from __future__ import annotations

import json
import random
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    raw_query: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Provider(ABC):
    """`answer` is the protocol. Trouble is set from outside:

    failing: the share of calls that meet one of three fates: refused with 503 before anything was
    done, cut off before, or cut off after the effect. cut_after: how many of the next calls are
    carried out and not answered.
    """

    def __init__(self) -> None:
        self.failing = 0.0
        self.cut_after = 0
        self.calls: list[Request] = []
        self.chance = random.Random(2017)
        self.lock = threading.Lock()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                provider.serve(self)

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # A client that is killed resets its connections.
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Any:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        parts = urlsplit(handler.path)
        request = Request(
            handler.command,
            parts.path,
            parts.query,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in handler.headers.items()},
            body,
        )
        with self.lock:
            self.calls.append(request)
            fate = self._fate(request)
            if fate == "cut_before":
                answer = None
            elif fate == "busy":
                answer = (503, {"message": "busy"})
            else:
                answer = self.answer(request)
        if answer is None or fate == "cut_after":
            handler.close_connection = True
            return
        status, content = answer
        data = json.dumps(content, ensure_ascii=False).encode()
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _fate(self, request: Request) -> str | None:
        if not self.sends(request):
            return None
        if self.cut_after:
            self.cut_after -= 1
            return "cut_after"
        if self.chance.random() < self.failing:
            return self.chance.choice(["busy", "cut_before", "cut_after"])
        return None

    @abstractmethod
    def sends(self, request: Request) -> bool:
        """Whether it is a call that trouble is for."""

    @abstractmethod
    def answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        """Status and JSON object, as the provider would give them."""
