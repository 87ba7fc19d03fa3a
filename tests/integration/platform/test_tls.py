"""A broker behind TLS, as one outside the cluster is: reached by its name, and by no other."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from deploy.local.options import ROOT
from deploy.local.ports import free_ports
from deploy.local.programs import Program
from tests.metrics import Probed
from tests.processes import Process, stop_all
from tests.stack import Servers
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(180)
COMMANDS = {"members": ("members",), "relay": ("relay", "members"), "gateway": ("gateway",)}


def certify(folder: Path, host: str) -> Path:
    """A certificate for `host` that is its own authority, and its key; the folder of both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "broker.crt").write_bytes(made.public_bytes(Encoding.PEM))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "broker.key").write_bytes(pem)
    return folder


class Secured:
    """Servers whose broker speaks TLS too, and processes that reach it so."""

    def __init__(self, folder: Path, memory: Path) -> None:
        self.servers = Servers(folder, memory)
        self.folder = certify(folder, "localhost")
        [self.port] = free_ports(1)
        with (self.servers.data / "rabbitmq" / "rabbitmq.conf").open("a") as config:
            config.write(
                f"listeners.ssl.1 = 127.0.0.1:{self.port}\n"
                f"ssl_options.cacertfile = {folder}/broker.crt\n"
                f"ssl_options.certfile = {folder}/broker.crt\n"
                f"ssl_options.keyfile = {folder}/broker.key\n"
                "ssl_options.verify = verify_none\n"
            )
        self.keys = folder / "keys"
        command = [sys.executable, "-m", "shared.keys", "--dir", str(self.keys)]
        subprocess.run([*command, "members", "gateway"], cwd=ROOT, check=True)

    def process(self, name: str, host: str) -> tuple[Process, Probed]:
        [port] = free_ports(1)
        environment = {
            "AMQP_URI": f"amqps://guest:guest@{host}:{self.port}/",
            "SSL_CERT_FILE": f"{self.folder}/broker.crt",
            "MONGO_URI": self.servers.mongo_uri,
            "DB_PREFIX": f"{host}-".replace(".", "-"),
            "KEYS_DIR": str(self.keys),
            "GATEWAY_PORT": str(port),
            "PROBE_PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        }
        program = Program(
            f"{name}-{host}",
            (sys.executable, "-m", "deploy.entry", *COMMANDS[name]),
            environment,
            ROOT,
        )
        probed = Probed(port)
        return Process(program, self.folder, partial(is_ready, probed)), probed


def is_ready(probed: Probed) -> bool:
    return probed.status("/readyz") == 200


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory, memory: Path) -> Iterator[Secured]:
    made = Secured(tmp_path_factory.mktemp("tls"), memory)
    try:
        made.servers.start()
        yield made
    finally:
        made.servers.end()


def test_every_kind_of_process_reaches_a_broker_whose_certificate_names_it(
    secured: Secured,
) -> None:
    processes = [secured.process(name, "localhost")[0] for name in COMMANDS]
    try:
        for process in processes:
            process.launch()
        for process in processes:
            process.wait_until_healthy()
    finally:
        stop_all(processes)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_certificate_of_another_host_is_refused(secured: Secured, name: str) -> None:
    process, probed = secured.process(name, "127.0.0.1")
    process.launch()
    try:
        eventually(lambda: "127.0.0.1" in process.tail() and "mismatch" in process.tail(), 30)
        assert probed.checks("/readyz")["broker"] is False
    finally:
        process.stop()
