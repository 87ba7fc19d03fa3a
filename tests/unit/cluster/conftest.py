"""The overlays as kustomize builds them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.options import ROOT

Document = dict[str, Any]
OVERLAYS = sorted(path.name for path in (ROOT / "deploy/k8s/overlays").iterdir())
PODS = ("Deployment", "StatefulSet", "Job", "CronJob")


def kustomize(folder: Path) -> list[Document]:
    """What `kubectl kustomize` makes of a folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(shutil.which("kubectl", path=path)), "kustomize", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


class Built:
    """The objects of one overlay."""

    def __init__(self, overlay: str) -> None:
        self.overlay = overlay
        self.objects = kustomize(ROOT / "deploy/k8s/overlays" / overlay)

    def kind(self, *kinds: str) -> list[Document]:
        return [each for each in self.objects if each["kind"] in kinds]

    def names(self, kind: str) -> set[str]:
        return {each["metadata"]["name"] for each in self.kind(kind)}

    def one(self, kind: str, name: str) -> Document:
        [found] = [each for each in self.kind(kind) if each["metadata"]["name"] == name]
        return found

    def settings(self, name: str) -> dict[str, str]:
        """The data of a generated ConfigMap, whose name ends in a hash."""
        [found] = [
            e for e in self.kind("ConfigMap") if e["metadata"]["name"].startswith(f"{name}-")
        ]
        data: dict[str, str] = found["data"]
        return data

    def pods(self) -> Iterator[tuple[str, Document]]:
        """(name of the workload, its pod template)."""
        for each in self.kind(*PODS):
            spec = each["spec"]
            if each["kind"] == "CronJob":
                spec = spec["jobTemplate"]["spec"]
            yield each["metadata"]["name"], spec["template"]

    def containers(self) -> Iterator[tuple[str, Document, bool]]:
        """(workload/container, the container, whether it keeps running)."""
        for name, pod in self.pods():
            for kind in ("initContainers", "containers"):
                for each in pod["spec"].get(kind, ()):
                    stays = kind == "containers" or each.get("restartPolicy") == "Always"
                    yield f"{name}/{each['name']}", each, stays


@cache
def built_once(overlay: str) -> Built:
    return Built(overlay)


@pytest.fixture(params=OVERLAYS)
def built(request: pytest.FixtureRequest) -> Built:
    """Each overlay in turn."""
    return built_once(request.param)


@pytest.fixture
def production() -> Built:
    return built_once("production")
