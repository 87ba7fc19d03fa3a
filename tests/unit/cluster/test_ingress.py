"""What the public reaches through the ingress: all that the gateway serves it, and nothing else."""

from __future__ import annotations

import inspect
import re

import pytest

from gateway import app, pages
from gateway.files import http as files
from gateway.notifications import callbacks
from gateway.office import calendar
from tests.unit.cluster.conftest import Built, built_once
from tests.unit.gateway.sample import gateway

# By an example of each.
PUBLIC = {
    "/graphql": app.GRAPHQL,
    "/files": files.UPLOAD,
    "/files/RmlsZTox": files.DOWNLOAD,
    "/calendar/token.ics": calendar.PREFIX,
    "/callbacks/wechat": callbacks.WECHAT,
    "/callbacks/sms": callbacks.SMS,
}
# Probes, metrics and names of services are for operators; nobody outside checks our tokens.
PRIVATE = {"/healthz", "/readyz", "/services", "/metrics", "/.well-known/jwks.json"}


@pytest.fixture(params=["production", "external"])
def built(request: pytest.FixtureRequest) -> Built:
    """Each overlay with an ingress; that of one machine has none."""
    return built_once(request.param)


def routed(built: Built, path: str) -> bool:
    [rule] = built.one("Ingress", "gateway")["spec"]["rules"]
    return any(_covers(each["path"], each["pathType"], path) for each in rule["http"]["paths"])


def _covers(given: str, kind: str, path: str) -> bool:
    """As Kubernetes defines it: prefixes go by whole elements of the path."""
    if kind == "Exact":
        return path == given
    assert kind == "Prefix"
    return path == given or path.startswith(given.rstrip("/") + "/")


@pytest.mark.parametrize("path", PUBLIC)
def test_what_the_gateway_serves_the_public_is_routed(built: Built, path: str) -> None:
    assert routed(built, path)


@pytest.mark.parametrize(
    "path", [*sorted(PRIVATE), "/", f"{pages.PREFIX}index.html", "/graphql/x", "/filesystem"]
)
def test_nothing_else_is_routed(built: Built, path: str) -> None:
    assert not routed(built, path)


def test_every_path_of_the_gateway_is_one_or_the_other() -> None:
    """A new page has to say which."""
    served = set(vars(gateway())["_pages"])
    assert served == PRIVATE
    source = inspect.getsource(app.Gateway.__call__) + inspect.getsource(app.Gateway._page)
    asked = set(re.findall(r"GRAPHQL|\w+\.serves|pages\.PREFIX|self\._pages", source))
    assert asked == {
        "GRAPHQL",
        "callbacks.serves",
        "calendar.serves",
        "files.serves",
        "pages.PREFIX",
        "self._pages",
    }
    assert all(path.startswith(prefix) for path, prefix in PUBLIC.items())
