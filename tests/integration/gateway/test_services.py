"""The gateway in front of real nameko services."""

from __future__ import annotations

from shared.actor import Actor, Role
from tests.stack import Stack
from tests.waiting import eventually

SETTINGS = "query($service: String!) { settings(service: $service) { key value } __typename }"
OFFICER = Actor("account-office", Role.OFFICE)


def test_all_services_are_ready(stack: Stack) -> None:
    eventually(lambda: stack.http.get("/services").status_code == 200)
    answer = stack.http.get("/services")
    assert answer.json() == {"ok": True, "services": dict.fromkeys(stack.services, "ok")}
    # The gateway answers before it follows the events: it is ready a moment later.
    eventually(lambda: stack.http.get("/readyz").status_code == 200)
    ready = {"broker": True, "consumers": True, "database": True}
    assert stack.http.get("/readyz").json() == {"ok": True, "checks": ready}


def test_a_read_goes_through_to_the_service_and_back(stack: Stack) -> None:
    service = stack.services[0]
    answer = stack.graphql(SETTINGS, {"service": service}, stack.token(OFFICER))
    expected = stack.call(service, "settings", OFFICER)
    assert answer["data"]["settings"] == [
        {"key": row["key"], "value": row["value"]} for row in expected
    ]


def test_the_service_itself_decides_who_may_read(stack: Stack) -> None:
    answer = stack.graphql(SETTINGS, {"service": stack.services[0]})
    assert answer["data"] == {"settings": None, "__typename": "Query"}
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert answer["errors"][0]["message"] == "请先登录"


def test_a_service_that_there_is_not_is_invalid_input(stack: Stack) -> None:
    for name in ("nope", "kernel", "office.settings", ""):
        answer = stack.graphql(SETTINGS, {"service": name}, stack.token(OFFICER))
        [error] = answer["errors"]
        assert (error["extensions"]["code"], error["extensions"]["field"]) == (
            "INVALID_INPUT",
            "service",
        )
        assert error["message"] == "没有这项服务"


def test_a_stopped_service_is_named_and_the_others_answer(stack: Stack) -> None:
    gone, *others = stack.services
    token = stack.token(OFFICER)
    stack.stop(gone)
    try:
        fields = [f'{name}: settings(service: "{name}") {{ key }}' for name in stack.services]
        answer = stack.graphql(f"{{ {' '.join(fields)} }}", token=token)
        assert answer["data"][gone] is None
        assert all(isinstance(answer["data"][name], list) for name in others)
        assert [error["path"] for error in answer["errors"]] == [[gone]]
        assert answer["errors"][0]["extensions"]["code"] == "DEADLINE_EXCEEDED"
        report = stack.http.get("/services")
        assert report.status_code == 503
        assert report.json()["services"][gone] == "DEADLINE_EXCEEDED"
        assert stack.http.get("/readyz").status_code == 200
    finally:
        stack.start(gone)
    eventually(lambda: stack.http.get("/services").status_code == 200)


def test_the_public_keys_are_those_that_tokens_are_signed_with(stack: Stack) -> None:
    keys = stack.http.get("/.well-known/jwks.json").json()["keys"]
    assert "identity" in {key["iss"] for key in keys}
    assert all("d" not in key for key in keys)
