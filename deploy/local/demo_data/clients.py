"""The two ways in that the demo uses: GraphQL as any client, and one RPC as the system."""

from __future__ import annotations

import contextlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import orjson
import pika
from pika.exceptions import AMQPError

from shared.actor import Actor, Role, TokenSigner
from shared.errors import AppError, DeadlineExceeded, from_wire
from shared.ids import new_id
from shared.messaging import topology, wire
from shared.settings import Settings

ISSUER = "demo"
TOKEN_SECONDS = 60
REPLY_TO = "amq.rabbitmq.reply-to"
COMMANDS = UUID("5e5f4ad4-7b53-5f6f-9e57-2b2f0b1c2017")  # namespace of the demo's command ids
PATIENCE_SECONDS, WAIT_SECONDS = 120.0, 1.0  # a machine may be busy with other work
# Sending again is safe: each command has its id.
TRANSIENT = frozenset({"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED", "CONFLICT"})


class DemoError(Exception):
    """The demo data could not be loaded; the message says what was refused, and why."""


class Gateway:
    """A GraphQL client."""

    def __init__(self, process: Settings) -> None:
        host = "127.0.0.1" if process.gateway_host == "0.0.0.0" else process.gateway_host
        self._url = f"http://{host}:{process.gateway_port}/graphql"
        self._token: str | None = None
        self._signed_in_as: tuple[str, str, str] | None = None

    def sign_in(self, login: str, password: str, role: str) -> None:
        """Act as this account from now on."""
        payload = self.ask(
            """mutation($input: SignInInput!) { signIn(input: $input) {
                accessToken errors { message } } }""",
            input={"login": login, "password": password, "role": role},
        )["signIn"]
        _check(payload, f"signIn {login}")
        self._token, self._signed_in_as = payload["accessToken"], (login, password, role)

    def ask(self, document: str, **variables: Any) -> Any:
        """The data of an answer; asked again while a service is away, then DemoError.

        Signs in again when its token has run out: a load may take longer than that lives.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._post({"query": document, "variables": variables})
            errors = answer.get("errors")
            if not errors:
                return answer["data"]
            code = errors[0].get("extensions", {}).get("code")
            if code == "UNAUTHENTICATED" and self._token and self._signed_in_as:
                self._token = None  # so that a second refusal is told
                self.sign_in(*self._signed_in_as)
            elif code in TRANSIENT and time.monotonic() < deadline:
                time.sleep(WAIT_SECONDS)
            else:
                raise DemoError(f"{errors[0]['message']} ({errors[0].get('path')})")

    def do(self, mutation: str, input: Mapping[str, Any], fields: str = "") -> Any:
        """The payload of a mutation; its command id follows from what it says, so that the same
        command sent again gives the first result. Raises DemoError for a refusal."""
        content = json.dumps([mutation, input], ensure_ascii=False, sort_keys=True)
        given = {**input, "commandId": str(uuid5(COMMANDS, content))}
        kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
        document = f"""mutation($input: {kind}) {{ {mutation}(input: $input) {{
            {fields} errors {{ field code message }} }} }}"""
        payload = self.ask(document, input=given)[mutation]
        _check(payload, content)
        return payload

    def _post(self, body: Mapping[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._url, orjson.dumps(body), headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return orjson.loads(response.read())
        except urllib.error.HTTPError as error:
            with contextlib.suppress(orjson.JSONDecodeError):
                return orjson.loads(error.read())
            raise DemoError(f"{self._url}: HTTP {error.code}") from None
        except OSError as error:
            raise DemoError(f"{self._url}: {error}") from None


def rpc(process: Settings, service: str, method: str, timeout: float, **kwargs: Any) -> Any:
    """The result of an RPC in the role SYSTEM, signed with the demo's own key.

    Raises DemoError for what the service refuses, and when it does not answer.
    """
    actor = Actor(f"service:{ISSUER}", Role.SYSTEM)
    token = TokenSigner.load(process.keys_dir, ISSUER).sign(actor.claims(), TOKEN_SECONDS)
    try:
        return _call(process, f"{service}.{method}", token, timeout, kwargs)
    except (AppError, AMQPError, OSError) as error:
        raise DemoError(f"{service}.{method}: {error}") from None


def _call(
    process: Settings, key: str, token: str, timeout: float, kwargs: Mapping[str, Any]
) -> Any:
    body, headers, expiration = wire.request(
        kwargs, token=token, correlation_id=new_id(), timeout=timeout
    )
    replies: list[bytes] = []
    connection = pika.BlockingConnection(pika.URLParameters(process.amqp_uri))
    with contextlib.closing(connection):
        channel = connection.channel()
        channel.confirm_delivery()
        channel.basic_consume(
            REPLY_TO, lambda _c, _m, _p, reply: replies.append(reply), auto_ack=True
        )
        properties = pika.BasicProperties(
            content_type="application/json",
            reply_to=REPLY_TO,
            correlation_id=new_id(),
            expiration=expiration,
            headers=headers,
        )
        channel.basic_publish(topology.RPC_EXCHANGE, key, body, properties, mandatory=True)
        deadline = time.monotonic() + timeout
        while not replies:
            if time.monotonic() > deadline:
                raise DeadlineExceeded
            connection.process_data_events(0.1)
    answer = orjson.loads(replies[0])
    if answer["error"]:
        raise from_wire(answer["error"])
    return answer["result"]


def _check(payload: Mapping[str, Any], what: str) -> None:
    if payload["errors"]:
        raise DemoError(f"{what}: {payload['errors'][0]['message']}")
