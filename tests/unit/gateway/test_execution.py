"""Documents are parsed and validated once; operations run once."""

from __future__ import annotations

import asyncio
from asyncio import run
from typing import Any

import pytest
from graphql import build_schema

from gateway import execution
from gateway.errors import RequestError, formatted
from gateway.execution import Documents, execute
from gateway.slices import Pause
from shared.errors import DomainError, Unavailable
from tests.unit.gateway.sample import FakeRpc, ask, gateway, sample_api

SCHEMA = build_schema("type Query { a: String }")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed."""
    texts: list[str] = []
    original = execution._parse

    def parse(text: str, pause: Pause) -> Any:
        texts.append(text)
        return original(text, pause)

    monkeypatch.setattr(execution, "_parse", parse)
    return texts


def test_a_text_is_parsed_once(parsed: list[str]) -> None:
    documents = Documents(SCHEMA, production=False)
    assert run(documents.prepare("{ a }")) is run(documents.prepare("{ a }"))
    assert parsed == ["{ a }"]


def test_operations_of_one_text_share_its_document(parsed: list[str]) -> None:
    documents = Documents(SCHEMA, production=False)
    text = "query A { a } query B { a }"
    names = [run(documents.prepare(text)).operation(name).name for name in ("A", "B")]
    assert (names, parsed) == (["A", "B"], [text])


@pytest.mark.parametrize("text", ["{ b }", "{", "{ a(x: 1) }"])
def test_a_text_that_was_refused_is_refused_again_at_once(parsed: list[str], text: str) -> None:
    documents = Documents(SCHEMA, production=False)
    refusals = []
    for _ in range(2):
        with pytest.raises(RequestError) as caught:
            run(documents.prepare(text))
        refusals.append(formatted(caught.value.errors, "c"))
    assert refusals[0] == refusals[1]
    assert refusals[0][0]["locations"]
    assert parsed == [text]
    with pytest.raises(RequestError) as caught:
        documents.known(text)
    assert [error.nodes for error in caught.value.errors] == [None]  # the tree is let go


def test_the_least_used_text_is_forgotten(
    parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "MOST_DOCUMENTS", 2)
    documents = Documents(SCHEMA, production=False)
    for text in ("{ a }", "{ b: a }", "{ a }", "{ c: a }", "{ a }", "{ b: a }"):
        run(documents.prepare(text))
    assert parsed == ["{ a }", "{ b: a }", "{ c: a }", "{ b: a }"]


def test_the_cache_is_bounded_in_size(parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "MOST_CACHED_CHARACTERS", 12)
    documents = Documents(SCHEMA, production=False)
    for text in ("{ a }", "{ b: a }", "{ a }"):  # 5 and 8 characters
        run(documents.prepare(text))
    assert parsed == ["{ a }", "{ b: a }", "{ a }"]


def submit(alias: str, id: str = "UHJvcG9zYWw6MQ==") -> str:
    fields = "errors { code } proposal { title }"
    return f'{alias}: submitProposal(input: {{id: "{id}"}}) {{ {fields} }}'


def test_mutations_run_one_after_the_other_in_order() -> None:
    """The second is sent only when the first has been answered."""
    under_way: list[int] = []
    order: list[str] = []

    class Slow(FakeRpc):
        def send(self, service: str, method: str, body: bytes, **options: Any) -> Any:
            answer = super().send(service, method, body, **options)

            async def later() -> Any:
                under_way.append(1)
                assert len(under_way) == 1
                await asyncio.sleep(0)
                under_way.pop()
                return await answer

            return asyncio.ensure_future(later())

    def answer(id: str, command_id: str) -> dict[str, str]:
        order.append(id)
        return {"id": id, "title": id}

    rpc = Slow({"proposals.submit_proposal": answer})
    ids = {"a": "UHJvcG9zYWw6MQ==", "b": "UHJvcG9zYWw6Mg==", "c": "UHJvcG9zYWw6Mw=="}
    body = " ".join(submit(alias, id) for alias, id in ids.items())
    result = ask(gateway(rpc), f"mutation {{ {body} }}")
    assert order == ["1", "2", "3"]
    assert [result["data"][alias]["proposal"]["title"] for alias in ids] == ["1", "2", "3"]


def test_a_failed_mutation_is_formatted_and_never_run_again() -> None:
    rpc = FakeRpc({"proposals.submit_proposal": Unavailable()})
    result = ask(gateway(rpc), f"mutation {{ {submit('a')} }}")
    assert len(rpc.calls) == 1
    assert result["data"] == {"a": None}
    assert result["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"


def test_a_refused_mutation_lets_the_next_one_run() -> None:
    answers = iter([DomainError(code="COSIGN_LOCKED"), {"title": "t"}])
    rpc = FakeRpc({"proposals.submit_proposal": lambda **_: next(answers)})
    result = ask(gateway(rpc), f"mutation {{ {submit('a')} {submit('b')} }}")
    assert result == {
        "data": {
            "a": {"errors": [{"code": "COSIGN_LOCKED"}], "proposal": None},
            "b": {"errors": [], "proposal": {"title": "t"}},
        }
    }


def test_fields_of_a_query_are_asked_for_together() -> None:
    """All calls are sent before the first answer is waited for."""
    rpc = FakeRpc({"members.list_members": [], "proposals.proposal": None})
    document = run(
        Documents(sample_api().schema, production=False).prepare(
            "{ members { name } proposal(id: 1) { title } }"
        )
    )
    waiting: list[asyncio.Future[Any]] = []

    class Never(FakeRpc):
        def send(self, service: str, method: str, body: bytes, **options: Any) -> Any:
            super().send(service, method, body, **options)
            waiting.append(asyncio.get_running_loop().create_future())
            return waiting[-1]

    async def story() -> None:
        from gateway.context import Context

        context = Context(Never(rpc.answers))
        task = asyncio.ensure_future(execute(document.operation(), {}, context))
        while len(waiting) < 2:
            await asyncio.sleep(0)
        for future in waiting:
            future.set_result(None)
        assert (await task).data == {"members": None, "proposal": None}

    run(story())


def test_a_misuse_of_the_operation_name_is_a_request_error() -> None:
    documents = Documents(SCHEMA, production=False)
    document = run(documents.prepare("query A { a } query B { a }"))
    for name in (None, "C"):
        with pytest.raises(RequestError) as caught:
            document.operation(name)
        assert caught.value.errors[0].extensions == {"code": "BAD_REQUEST"}
