#!/bin/sh
# Asks PyPI which of the image's packages have known vulnerabilities. pip-audit lives in an
# environment of its own. Exit code 1: something was found; 2: pip-audit failed; 3: the data were
# out of reach.
# A finding that does not concern us is named here, each with its reason: --ignore-vuln ID
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}-audit

digest=$(sha256sum deploy/audit.lock | cut -d' ' -f1)
if [ "$(cat "$venv/.lock.sha256" 2>/dev/null)" != "$digest" ]; then
    echo "pip-audit: installing (a few seconds) …"
    python3 -m venv --clear "$venv"
    if ! "$venv/bin/pip" install -qq --disable-pip-version-check --require-hashes \
        -r deploy/audit.lock; then
        echo "Not known: pip-audit could not be installed; PyPI is out of reach." >&2
        exit 3
    fi
    echo "$digest" >"$venv/.lock.sha256"
fi

report=$(mktemp)
said=$(mktemp)
trap 'rm -f "$report" "$said"' EXIT INT TERM
code=0
"$venv/bin/pip-audit" --requirement deploy/requirements.lock --disable-pip --progress-spinner off \
    --vulnerability-service pypi --format json --output "$report" 2>"$said" || code=$?
if [ ! -s "$report" ]; then
    cat "$said" >&2
    echo "pip-audit itself failed (exit code $code)" >&2
    exit 2
fi
"$venv/bin/python" - "$report" <<'PYTHON'
import json
import sys

with open(sys.argv[1]) as file:
    parts = json.load(file)["dependencies"]
skipped = [part["name"] for part in parts if "skip_reason" in part]
for part in parts:
    for found in part.get("vulns", ()):
        fixed = ", ".join(found["fix_versions"]) or "no version"
        print(f"{part['name']} {part['version']}: {found['id']}, fixed in {fixed}")
if any(part.get("vulns") for part in parts):
    sys.exit(1)
if skipped:
    print(
        f"Not known: {len(skipped)} of {len(parts)} packages could not be looked up. PyPI's vulnerability"
        " data (https://pypi.org/pypi/NAME/VERSION/json) are out of reach from here: run"
        " make audit again from a machine that reaches them.",
        file=sys.stderr,
    )
    sys.exit(3)
print(f"{len(parts)} packages, no known vulnerability")
PYTHON
