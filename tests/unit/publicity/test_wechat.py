"""The official account against a local server that speaks its interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from services.publicity.domain.outside import Outside as Refused
from services.publicity.providers.wechat import Articles, paragraphs
from shared.outside import Outside
from shared.wechat import OfficialAccount


class Server:
    """Answers by path, one after the other; keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.tokens = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                path = self.path.removeprefix("/cgi-bin/")
                outer.asked.append((path, body))
                answer = outer.answer(path.split("?")[0])
                said = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.http.serve_forever, daemon=True).start()

    def answer(self, path: str) -> Any:
        if planned := self.answers.get(path):
            return planned.pop(0)
        if path == "stable_token":
            self.tokens += 1
            return {"access_token": f"token-{self.tokens}", "expires_in": 7200}
        return {
            "draft/add": {"media_id": "media-1"},
            "freepublish/submit": {"publish_id": "job-1"},
        }[path]

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def account(server: Server, now: list[float] | None = None) -> Articles:
    port = server.http.server_address[1]
    clock = now or [0.0]
    outside = Outside(f"http://127.0.0.1:{port}")
    return Articles(OfficialAccount("wx1", "secret", outside, lambda: clock[0]), "cover-1")


def test_draft_submit_and_status_until_it_is_out(server: Server) -> None:
    own = account(server)
    going = {"publish_id": "job-1", "publish_status": 1}
    out = {"publish_status": 0, "article_detail": {"item": [{"article_url": "http://mp/1"}]}}
    server.answers["freepublish/get"] = [going, out]
    assert own.submit(own.add_draft("标题", "陆", "甲<b>\n\n乙")) == "job-1"
    assert [own.status("job-1").url, own.status("job-1").url] == [None, "http://mp/1"]
    assert server.tokens == 1
    [article] = server.asked[1][1]["articles"]
    assert article == {
        "title": "标题",
        "author": "陆",
        "content": "<p>甲&lt;b&gt;</p><p>乙</p>",
        "thumb_media_id": "cover-1",
    }


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_stale_token_is_renewed_once_and_the_request_sent_again(
    server: Server, code: int
) -> None:
    own = account(server)
    server.answers["draft/add"] = [{"errcode": code, "errmsg": "stale"}]
    assert own.add_draft("标题", "", "正文") == "media-1"
    assert server.paths() == [
        "stable_token",
        "draft/add?access_token=token-1",
        "stable_token",
        "draft/add?access_token=token-2",
    ]
    server.answers["draft/add"] = [{"errcode": code}, {"errcode": code}]
    with pytest.raises(Refused):
        own.add_draft("标题", "", "正文")


def test_a_token_is_kept_until_shortly_before_its_end(server: Server) -> None:
    now = [0.0]
    own = account(server, now)
    own.submit("media-1")
    now[0] = 7200 - 301
    own.submit("media-1")
    assert server.tokens == 1
    now[0] = 7200 - 299
    own.submit("media-1")
    assert server.tokens == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"errcode": 45009, "errmsg": "quota"}, "微信：公众号接口今日调用次数已用完（45009）"),
        ({"errcode": 45011}, "微信：公众号接口调用过于频繁（45011）"),
        ({"errcode": 99999}, "微信：接口返回错误（99999）"),
        (b"<html>", "微信服务器没有正常应答"),
        ([], "微信服务器没有正常应答"),
    ],
)
def test_what_it_refuses_is_said_in_chinese(server: Server, answer: Any, said: str) -> None:
    server.answers["freepublish/submit"] = [answer]
    with pytest.raises(Refused) as refused:
        account(server).submit("media-1")
    assert str(refused.value) == said


def test_a_job_that_wechat_refuses(server: Server) -> None:
    server.answers["freepublish/get"] = [{"publish_status": 4}]
    with pytest.raises(Refused, match="平台审核不通过（4）"):
        account(server).status("job-1")


def test_away_or_not_set_up(server: Server) -> None:
    with pytest.raises(Refused, match="公众号尚未配置"):
        Articles(None).submit("media-1")
    own = account(server)
    server.http.shutdown()
    server.http.server_close()
    with pytest.raises(Refused, match="没有正常应答"):
        own.submit("media-1")


def test_settings_of_the_account() -> None:
    account = {"WECHAT_APP_ID": "wx1", "WECHAT_SECRET": "s"}
    for off in ({}, account):
        with pytest.raises(Refused, match="公众号尚未配置"):
            Articles.configured(off).submit("media-1")
    with pytest.raises(SystemExit):
        Articles.configured({"WECHAT_COVER": "cover-1"})
    assert "'s'" not in repr(Articles.configured({**account, "WECHAT_COVER": "c"})._account)


def test_lines_and_paragraphs() -> None:
    assert paragraphs("甲\n乙\n \n丙") == "<p>甲<br>乙</p><p>丙</p>"
