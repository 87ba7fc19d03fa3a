#!/bin/sh
# Resolves pyproject.toml into four lock files with hashes and no index addresses, Python 3.11:
# requirements.lock (development), deploy/requirements.lock (the image: no mongod, no tools, the
# same versions), deploy/k8s/checkov.lock and deploy/audit.lock (tools that pin
# too much to share an environment).
set -eu
cd "$(dirname "$0")/../.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT INT TERM
python3 -m venv "$tools"
"$tools/bin/pip" install -qq --disable-pip-version-check uv

lock() {
    file=$1
    shift
    "$tools/bin/uv" pip compile "$@" --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --quiet --output-file "$file"
}

lock requirements.lock pyproject.toml --group local --group dev
lock deploy/requirements.lock pyproject.toml --constraint requirements.lock
lock deploy/k8s/checkov.lock --group checkov
lock deploy/audit.lock --group audit
echo "The lock files are written; make run, make test and make k8s-validate install them."
