"""What a service process owns: database, clock, settings, tokens, audit, and the RPC client."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from eventlet.semaphore import Semaphore
from nameko.extensions import SharedExtension

from shared import settings
from shared.actor import ServiceTokens, TokenSigner, TokenVerifier
from shared.calendar import WorkCalendar
from shared.clock import Clock
from shared.contracts.deciding import DECISIONS
from shared.messaging import signatures, topology
from shared.messaging.client import RpcClient
from shared.messaging.events import dump
from shared.persistence import Audit, Database, EndedSessions, SettingsStore, connect
from shared.persistence.database import Document, decide_by
from shared.persistence.settings import DECIDING


@dataclass(frozen=True)
class Platform:
    """Handed to a service's `build`; one for each process."""

    service: str
    environment: settings.Settings
    database: Database
    clock: Clock
    calendar: WorkCalendar
    settings: SettingsStore
    audit: Audit
    ended_sessions: EndedSessions
    rpc: RpcClient
    verifier: TokenVerifier
    signer: TokenSigner


class PlatformExtension(SharedExtension):
    """Makes the Platform once, whoever asks first."""

    client = RpcClient()

    def __init__(self) -> None:
        self._lock = Semaphore()
        self._made: Platform | None = None

    def get(self) -> Platform:
        """The process's Platform."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> Platform:
        return make(self.container.service_name, self.client)


def instance_of(container: Any) -> Any:
    """A service object whose dependencies are bound once, for all calls and events.

    For what runs when every extension has been set up.
    """
    instance = container.service_cls()
    for dependency in container.dependencies:
        setattr(instance, dependency.attr_name, dependency.get_dependency(None))
    return instance


def make(service: str, client: RpcClient) -> Platform:
    """The Platform of `service`; `client` works once it is bound to a running container."""
    process = settings.load()
    mongo = connect(process)
    database = Database(mongo, service, process)
    signer = TokenSigner.load(process.keys_dir, service)
    client.tokens = ServiceTokens(signer)
    kept = SettingsStore(database)
    if service in DECISIONS:
        kept.declare([DECIDING])
        database.decide_by = lambda at: decide_by(at, kept.get(DECIDING.key, at))
    database.tell = partial(_tell, client, signer, topology.events_exchange(service).name)
    return Platform(
        service=service,
        environment=process,
        database=database,
        clock=Clock(mongo, process),
        calendar=WorkCalendar(),
        settings=kept,
        audit=Audit(database),
        ended_sessions=EndedSessions(database),
        rpc=client,
        verifier=TokenVerifier(process.keys_dir / "jwks.json"),
        signer=signer,
    )


def _tell(client: RpcClient, signer: TokenSigner, exchange: str, event: Document) -> None:
    body = dump(event)
    headers = {signatures.HEADER: signatures.sign(signer, signatures.Kind.EVENT, body)}
    client.link.tell(exchange, event["type"], body, headers)
