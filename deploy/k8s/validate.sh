#!/bin/sh
# Builds each overlay, then asks the schemas of the supported Kubernetes versions, checkov, and the
# project's own tests of what is built. checkov lives in an environment of its own.
set -eu
cd "$(dirname "$0")/../.."
venv=${VENV:-.venv}
checkov=$venv-checkov
versions="1.34 1.35 1.36 1.37"
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT INT TERM

digest=$(sha256sum deploy/k8s/checkov.lock | cut -d' ' -f1)
if [ "$(cat "$checkov/.lock.sha256" 2>/dev/null)" != "$digest" ]; then
    echo "checkov: installing (about half a minute) …"
    python3 -m venv --clear "$checkov"
    "$checkov/bin/pip" install -qq --disable-pip-version-check --require-hashes \
        -r deploy/k8s/checkov.lock
    echo "$digest" >"$checkov/.lock.sha256"
fi

"$venv/bin/python" -m deploy.cluster.generate --check
for overlay in deploy/k8s/overlays/*/; do
    name=$(basename "$overlay")
    "$venv/bin/kubectl" kustomize "$overlay" >"$built/$name.yaml"
    for version in $versions; do
        "$venv/bin/kubernetes-validate" --strict --quiet -k "$version" "$built/$name.yaml"
    done
    "$checkov/bin/checkov" --config-file deploy/k8s/checkov.yaml --file "$built/$name.yaml"
    echo "$name: valid for Kubernetes $versions"
done
"$venv/bin/python" -m pytest -q tests/unit/cluster
