#!/bin/sh
# Resolves pyproject.toml into requirements.lock: hashes, no index addresses, Python 3.11.
set -eu
cd "$(dirname "$0")/../.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT INT TERM
python3 -m venv "$tools"
"$tools/bin/pip" install -qq --disable-pip-version-check uv
"$tools/bin/uv" pip compile pyproject.toml --group local --group dev --python-version 3.11 \
    --generate-hashes --no-header --no-emit-index-url --quiet --output-file requirements.lock
echo "requirements.lock is written; make run and make test install it."
