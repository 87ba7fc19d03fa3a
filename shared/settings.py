"""Process settings, read once from the environment. Committee settings live in the database
(`shared/persistence/settings.py`, decision 11)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MIB = 1024 * 1024
# gc.set_threshold: a request makes hundreds of objects and no cycles, so looks seldom find one.
COLLECTOR = (20_000, 50, 100)


class SettingsError(SystemExit):
    """An environment variable that cannot be used; ends the process with one clear line."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r} is not usable: {wanted}")


# Of providers outside, which the services that speak to them read; empty: that provider is off.
PROVIDERS = (
    "WECHAT_URL",
    "WECHAT_APP_ID",
    "WECHAT_SECRET",
    "WECHAT_COVER",
    "WECHAT_TEMPLATE",
    "WECHAT_DIGEST_TEMPLATE",
    "WECHAT_PAGE",
    "WECHAT_BINDING_PAGE",
    "WECHAT_TOKEN",
    "WECHAT_AES_KEY",
    "SMS_URL",
    "SMS_KEY_ID",
    "SMS_KEY_SECRET",
    "SMS_SIGN_NAME",
    "SMS_TEMPLATE",
    "SMS_CALLBACK_KEY",
    "SEND_DELAYS",
    "SEND_LEASE",
)


@dataclass(frozen=True)
class Settings:
    amqp_uri: str
    mongo_uri: str
    environment: str  # development | test | production
    keys_dir: Path  # jwks.json with all public keys, <issuer>.pem private keys
    db_prefix: str  # database name = prefix + service
    gateway_host: str
    gateway_port: int
    log_level: str
    retry_delays: tuple[float, ...]  # seconds before each delayed try of an event handler
    largest_file: int  # bytes of one upload
    largest_export: int  # proposals in one document
    scan_seconds: float  # between two looks for what is due
    probe_port: int | None  # of /healthz, /readyz and /metrics; None: nothing listens
    proxies: int  # of our own before the gateway, each of which appends to X-Forwarded-For
    client_share: float  # of the gateway's event loop that one client may take; 0: no limit
    clamd_uri: str | None  # tcp://host:port of the virus scanner; None: files are not scanned

    @property
    def production(self) -> bool:
        return self.environment == "production"


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(name, text, "a number is wanted") from None


def _port(name: str, text: str) -> int | None:
    if text and not (text.isdecimal() and 0 < int(text) < 65536):
        raise SettingsError(name, text, "a port number is wanted")
    return int(text) if text else None


def _address(name: str, text: str) -> str | None:
    if text and not re.fullmatch(r"tcp://[^/:\s]+:\d{1,5}", text):
        raise SettingsError(name, text, "tcp://host:port is wanted")
    return text or None


def given_together(environ: Mapping[str, str], *names: str) -> tuple[str, ...] | None:
    """The values of settings that are nothing without each other; None where none is given.

    Raises SettingsError, naming the first that lacks.
    """
    values = tuple(environ.get(name, "").strip() for name in names)
    if not any(values):
        return None
    for name, value in zip(names, values, strict=True):
        if not value:
            raise SettingsError(name, "", f"wanted together with {', '.join(names)}")
    return values


def seconds(environ: Mapping[str, str], name: str, default: str) -> tuple[float, ...]:
    """Numbers divided by commas; raises SettingsError."""
    return tuple(_number(name, each) for each in (environ.get(name) or default).split(","))


def read(environ: Mapping[str, str]) -> Settings:
    """Settings from `environ`; raises SettingsError for a value that makes no sense."""
    environment = environ.get("ENVIRONMENT", "development")
    if environment not in {"development", "test", "production"}:
        raise SettingsError("ENVIRONMENT", environment, "development, test or production")
    delays = environ.get("RETRY_DELAYS", "1,5,30,120,600").split(",")
    return Settings(
        amqp_uri=environ.get("AMQP_URI", "amqp://guest:guest@127.0.0.1:5672/"),
        mongo_uri=environ.get("MONGO_URI", "mongodb://127.0.0.1:27017/?replicaSet=rs0"),
        environment=environment,
        keys_dir=Path(environ.get("KEYS_DIR", ".data/keys")),
        db_prefix=environ.get("DB_PREFIX", ""),
        gateway_host=environ.get("GATEWAY_HOST", "127.0.0.1"),
        gateway_port=int(_number("GATEWAY_PORT", environ.get("GATEWAY_PORT", "8000"))),
        log_level=environ.get("LOG_LEVEL", "INFO").upper(),
        retry_delays=tuple(_number("RETRY_DELAYS", delay) for delay in delays),
        largest_file=int(_number("LARGEST_FILE", environ.get("LARGEST_FILE", str(20 * MIB)))),
        largest_export=int(_number("LARGEST_EXPORT", environ.get("LARGEST_EXPORT", "500"))),
        scan_seconds=_number(
            "SCAN_SECONDS",
            environ.get("SCAN_SECONDS", "2" if environment == "test" else "10"),
        ),
        probe_port=_port("PROBE_PORT", environ.get("PROBE_PORT", "")),
        proxies=int(_number("PROXIES", environ.get("PROXIES", "0"))),
        client_share=_number("CLIENT_SHARE", environ.get("CLIENT_SHARE", "0.25")),
        clamd_uri=_address("CLAMD_URI", environ.get("CLAMD_URI", "")),
    )


@cache
def load() -> Settings:
    """The settings of this process."""
    return read(os.environ)
