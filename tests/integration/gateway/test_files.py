"""Files by HTTP on the running platform: upload, and download of one's own."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx
import pytest

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from shared.ids import new_id
from tests.stack import Stack
from tests.unit.gateway.files.samples import DOCX, EXE, PDF, PNG

WRITER = Actor("account-writer", Role.MEMBER, {}, "p-1", "m-1")
OTHER = Actor("account-other", Role.PROPOSAL_DIRECTOR)
Headers = dict[str, str]
NONE: Headers = {}


def authorization(stack: Stack, actor: Actor) -> dict[str, str]:
    return {"Authorization": f"Bearer {stack.token(actor)}"}


def send(
    stack: Stack,
    content: Any = PDF,
    name: str = "附件.pdf",
    *,
    actor: Actor = WRITER,
    more: Headers = NONE,
) -> httpx.Response:
    return stack.http.post(
        "/files",
        files={"file": (name, content)},
        headers={**authorization(stack, actor), **more},
    )


def get(
    stack: Stack,
    file_id: str,
    actor: Actor = WRITER,
    *,
    method: str = "GET",
    more: Headers = NONE,
) -> httpx.Response:
    return stack.http.request(
        method, f"/files/{file_id}", headers={**authorization(stack, actor), **more}
    )


def code(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body.keys() == {"code", "message", "correlationId"}
    assert body["correlationId"] == answer.headers["x-correlation-id"]
    return answer.status_code, body["code"]


@pytest.fixture(scope="module")
def file_id(stack: Stack) -> str:
    return str(send(stack).json()["id"])


def test_an_upload_is_described(stack: Stack) -> None:
    answer = send(stack, DOCX, "情况说明.docx")
    body = answer.json()
    assert answer.status_code == 201
    assert local_id(body.pop("id"), "File")
    assert body == {
        "name": "情况说明.docx",
        "contentType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "size": len(DOCX),
        "sha256": hashlib.sha256(DOCX).hexdigest(),
    }


def test_the_uploader_gets_it_back_as_a_harmless_download(stack: Stack, file_id: str) -> None:
    answer = get(stack, file_id)
    assert (answer.status_code, answer.content) == (200, PDF)
    headers = answer.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"] == (
        "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E9%99%84%E4%BB%B6.pdf"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["etag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'


def test_head_has_the_headers_alone(stack: Stack, file_id: str) -> None:
    answer = get(stack, file_id, method="HEAD")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(PDF))


def test_a_known_file_is_not_sent_again(stack: Stack, file_id: str) -> None:
    known = {"If-None-Match": get(stack, file_id).headers["etag"]}
    answer = get(stack, file_id, more=known)
    assert (answer.status_code, answer.content) == (304, b"")
    assert get(stack, file_id, OTHER, more=known).status_code == 404


def test_a_large_file_comes_back_in_whole_and_in_parts(stack: Stack) -> None:
    content = PNG + hashlib.sha256(b"seed").digest() * 100_000
    file_id = send(stack, content, "图.png").json()["id"]
    assert get(stack, file_id).content == content
    part = get(stack, file_id, more={"Range": "bytes=300000-2999999"})
    assert (part.status_code, part.content) == (206, content[300_000:3_000_000])
    assert part.headers["content-range"] == f"bytes 300000-2999999/{len(content)}"
    beyond = get(stack, file_id, more={"Range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond.content) == (416, b"")
    assert beyond.headers["content-range"] == f"bytes */{len(content)}"


def test_nobody_else_sees_it_and_a_visitor_has_to_sign_in(stack: Stack, file_id: str) -> None:
    assert code(get(stack, file_id, OTHER)) == (404, "NOT_FOUND")
    visitor = stack.http.get(f"/files/{file_id}")
    assert code(visitor) == (401, "UNAUTHENTICATED")
    assert visitor.headers["www-authenticate"] == "Bearer"
    assert code(stack.http.post("/files", files={"file": PDF})) == (401, "UNAUTHENTICATED")
    expired = stack.http.get(f"/files/{file_id}", headers={"Authorization": "Bearer x.y.z"})
    assert code(expired) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    "path",
    [
        global_id("File", "b1c69ce1-be39-4d98-be5f-8239e7271172"),
        global_id("Proposal", "1"),
        global_id("File", '{"$ne": null}'),
        '{"$ne":null}',
        "[$gt]=",
        "",
        "..%2f..%2fetc",
        "%00",
        "政协",
    ],
)
def test_what_is_no_file_is_not_found(stack: Stack, path: str) -> None:
    assert code(get(stack, path)) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (EXE, "工资表.pdf", (415, "FILE_TYPE_REFUSED")),
        (b"", "空.pdf", (422, "FILE_EMPTY")),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    stack: Stack, content: bytes, name: str, expected: tuple[int, str]
) -> None:
    before = stack.db("files")["files"].count_documents({})
    assert code(send(stack, content, name)) == expected
    assert stack.db("files")["files"].count_documents({}) == before


def test_a_file_over_the_limit_is_refused_while_it_arrives(stack: Stack) -> None:
    def endless() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(25):
            yield b"%PDF-1.7" * (128 * 1024)

    before = stack.db("files")["files"].count_documents({})
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    headers = {**authorization(stack, WRITER), **kind}
    answer = stack.http.post("/files", content=endless(), headers=headers)
    assert code(answer) == (413, "FILE_TOO_LARGE")
    assert answer.json()["message"] == "文件不能超过20 MiB"
    assert stack.db("files")["files"].count_documents({}) == before


def test_a_request_that_is_no_form_is_refused(stack: Stack) -> None:
    answer = stack.http.post("/files", content=PDF, headers=authorization(stack, WRITER))
    assert code(answer) == (400, "INVALID_INPUT")
    other_method = stack.http.put("/files", headers=authorization(stack, WRITER))
    assert (other_method.status_code, other_method.headers["allow"]) == (405, "POST")


class TestSentAgain:
    def test_the_same_request_gives_the_first_result(self, stack: Stack) -> None:
        key = {"Idempotency-Key": new_id()}
        first = send(stack, more=key).json()
        assert send(stack, more=key).json() == first
        assert send(stack).json()["id"] != first["id"]
        assert send(stack, actor=OTHER, more=key).json()["id"] != first["id"]

    def test_another_content_under_the_same_key_is_refused(self, stack: Stack) -> None:
        key = {"Idempotency-Key": new_id()}
        send(stack, more=key)
        assert code(send(stack, DOCX, more=key)) == (422, "COMMAND_ID_REUSED")

    def test_a_key_is_plain_text(self, stack: Stack) -> None:
        answer = send(stack, more={"Idempotency-Key": '{"$gt": ""}'})
        assert code(answer) == (400, "INVALID_INPUT")
