"""What `make run` was told by its environment, and the files of one data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# sockaddr_un holds 108 bytes; the folder is named in the message before supervisord would fail.
SOCKET_PATH_LIMIT = 107


class PlatformError(Exception):
    """Something the person at the keyboard has to mend; the message is one line and says how."""


@dataclass(frozen=True)
class Options:
    """The environment's wishes; `amqp_uri` and `mongo_uri` name servers that are not ours."""

    data_dir: Path
    amqp_uri: str | None = None
    mongo_uri: str | None = None

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"

    @property
    def keys(self) -> Path:
        return self.data_dir / "keys"

    @property
    def socket(self) -> Path:
        return self.data_dir / "supervisor.sock"

    @property
    def supervisor_config(self) -> Path:
        return self.data_dir / "supervisord.conf"

    @property
    def supervisor_pid(self) -> Path:
        return self.data_dir / "supervisord.pid"

    @property
    def ports(self) -> Path:
        return self.data_dir / "ports.json"

    @property
    def lock(self) -> Path:
        return self.data_dir / "lock"

    @property
    def environment(self) -> Path:
        return self.data_dir / "environment.json"


def read(environ: Mapping[str, str], root: Path = ROOT) -> Options:
    """Options from DATA_DIR, AMQP_URI and MONGO_URI; an empty value counts as absent."""
    data_dir = (root / (environ.get("DATA_DIR") or ".data")).resolve()
    options = Options(
        data_dir=data_dir,
        amqp_uri=environ.get("AMQP_URI") or None,
        mongo_uri=environ.get("MONGO_URI") or None,
    )
    if len(str(options.socket).encode()) > SOCKET_PATH_LIMIT:
        raise PlatformError(
            f"The path of {data_dir} is too long for a unix socket: "
            "give a shorter folder, for example DATA_DIR=/tmp/smart-cppcc make run"
        )
    return options
