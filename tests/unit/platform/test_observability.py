"""Alerts and dashboard name only metrics that there are, and leave no service out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from deploy.local import programs
from deploy.local.options import ROOT
from gateway import metrics as of_gateway
from shared import metrics

FOLDER = ROOT / "deploy" / "k8s" / "base" / "observability"
ALERTS = FOLDER / "alerts.yaml"
DASHBOARD = FOLDER / "dashboard.json"
TOOLS = ROOT / ".data" / "tools"  # kept between runs
OF_PROMETHEUS = {"up"}
SUFFIXES = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_count", "_sum"]}
WORDS = {"and", "or", "unless", "bool", "offset"}
GROUPING = re.compile(r"\b(by|without|on|ignoring)\s*\([^)]*\)")


def names(expression: str) -> set[str]:
    """The metrics that a PromQL expression reads."""
    bare = re.sub(r'"(\\.|[^"\\])*"', "", expression)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", bare)
    bare = GROUPING.sub("", bare)
    found = re.findall(r"\b([a-zA-Z_:][a-zA-Z0-9_:]*)\b(?!\s*\()", bare)
    return set(found) - WORDS


def exposed(registry: CollectorRegistry) -> set[str]:
    """The names of all series that a process may expose."""
    return {
        f"{family.name}{suffix}"
        for family in registry.collect()
        for suffix in SUFFIXES[family.type]
    }


@pytest.fixture(scope="module")
def known() -> set[str]:
    assert of_gateway.registry is metrics.registry
    return exposed(metrics.registry) | OF_PROMETHEUS


@pytest.fixture(scope="module")
def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.fixture(scope="module")
def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return found


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('sum by (a, b) (rate(x_total{c=~"y|z"}[5m])) > 0.5', {"x_total"}),
        ('absent(x{s="a"}) or absent(y)', {"x", "y"}),
        ("histogram_quantile(0.95, sum by (le) (rate(x_bucket[10m]))) > 1", {"x_bucket"}),
        ("a > 0.02 * b and c >= 5", {"a", "b", "c"}),
    ],
)
def test_the_names_of_an_expression(expression: str, expected: set[str]) -> None:
    assert names(expression) == expected


def test_alerts_name_metrics_that_there_are(alerts: list[dict[str, Any]], known: set[str]) -> None:
    for rule in alerts:
        assert names(rule["expr"]), rule["alert"]
        assert names(rule["expr"]) <= known, rule["alert"]


def test_panels_name_metrics_that_there_are(panels: list[dict[str, Any]], known: set[str]) -> None:
    for panel in panels:
        for target in panel["targets"]:
            assert names(target["expr"]), panel["title"]
            assert names(target["expr"]) <= known, panel["title"]


def test_each_of_our_metrics_is_shown(panels: list[dict[str, Any]]) -> None:
    shown = {
        name.removesuffix(suffix)
        for panel in panels
        for target in panel["targets"]
        for name in names(target["expr"])
        for suffix in ("_total", "_bucket", "_count")
    }
    own = {
        family.name
        for family in metrics.registry.collect()
        if not family.name.startswith("process_")
    }
    assert own <= shown


def test_an_alert_says_how_urgent_it_is_and_what_to_do(alerts: list[dict[str, Any]]) -> None:
    assert len({rule["alert"] for rule in alerts}) == len(alerts)
    for rule in alerts:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert set(rule["annotations"]) == {"summary", "action"}


@pytest.mark.parametrize("service", programs.services())
def test_every_service_is_missed_when_it_is_silent(
    alerts: list[dict[str, Any]], service: str
) -> None:
    expressions = {rule["alert"]: rule["expr"] for rule in alerts}
    assert f'absent(broker_connected{{service="{service}"}})' in expressions["ServiceMissing"]
    assert f'absent(outbox_age_seconds{{service="{service}"}})' in expressions["OutboxUnknown"]


def test_panels_do_not_overlap(panels: list[dict[str, Any]]) -> None:
    cells = [
        (x, y)
        for panel in panels
        for place in [panel["gridPos"]]
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
    assert len({panel["id"] for panel in panels}) == len(panels)


@pytest.fixture
def promtool() -> str:
    """Prometheus's own checker; on Debian out of its package, which is unpacked, not installed:
    its installation would start a server."""
    if found := shutil.which("promtool"):
        return found
    if shutil.which("apt-get") is None:
        pytest.skip("promtool is not installed, and this is no Debian")
    unpacked = TOOLS / "usr" / "bin" / "promtool"
    if not unpacked.exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        download = ["apt-get", "download", "-qq", "prometheus"]
        if subprocess.run(download, cwd=TOOLS, capture_output=True).returncode:
            pytest.skip("promtool is not installed, and Debian's packages are out of reach")
        [package] = TOOLS.glob("prometheus_*.deb")
        subprocess.run(["dpkg", "-x", package.name, "."], cwd=TOOLS, check=True)
        package.unlink()
    return str(unpacked)


def test_prometheus_itself_accepts_the_alerts(promtool: str) -> None:
    done = subprocess.run([promtool, "check", "rules", str(ALERTS)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
