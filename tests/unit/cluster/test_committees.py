"""Another committee is another overlay: one namespace of its own, nothing shared (province.md)."""

from __future__ import annotations

import shutil
from pathlib import Path

from deploy.local.options import ROOT
from tests.unit.cluster.conftest import kustomize

OTHER = "cppcc-kunshan"


def test_a_second_committee_lives_in_a_namespace_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy/k8s", tmp_path / "k8s")
    overlays = tmp_path / "k8s/overlays"
    shutil.copytree(overlays / "production", overlays / OTHER)
    own = overlays / OTHER / "kustomization.yaml"
    own.write_text(own.read_text().replace("namespace: smart-cppcc", f"namespace: {OTHER}"))
    first, second = kustomize(overlays / "production"), kustomize(overlays / OTHER)

    def placed(objects: list[dict[str, object]], namespace: str) -> list[tuple[str, str]]:
        found = []
        for each in objects:
            metadata = each["metadata"]
            assert isinstance(metadata, dict)
            kind, name = str(each["kind"]), str(metadata["name"])
            if kind == "Namespace":
                assert name == namespace
            else:
                assert metadata["namespace"] == namespace, (kind, name)
                found.append((kind, name))
        return sorted(found)

    assert placed(first, "smart-cppcc") == placed(second, OTHER)
    addresses = str([each for each in second if each["kind"] != "Namespace"])
    assert "smart-cppcc.svc" not in addresses
