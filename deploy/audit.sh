#!/bin/sh
# Asks PyPI which of the image's packages have known vulnerabilities. pip-audit lives in an
# environment of its own. Exit code 1: something was found; 3: the data were out of reach.
# A finding that does not concern us is named here, each with its reason: --ignore-vuln ID
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}-audit

digest=$(sha256sum deploy/audit.lock | cut -d' ' -f1)
if [ "$(cat "$venv/.lock.sha256" 2>/dev/null)" != "$digest" ]; then
    echo "pip-audit: installing (a few seconds) …"
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install -qq --disable-pip-version-check --require-hashes -r deploy/audit.lock
    echo "$digest" >"$venv/.lock.sha256"
fi

report=$(mktemp)
trap 'rm -f "$report"' EXIT INT TERM
code=0
"$venv/bin/pip-audit" --requirement deploy/requirements.lock --disable-pip --progress-spinner off \
    --vulnerability-service pypi --format json --output "$report" 2>/dev/null || code=$?
"$venv/bin/python" - "$report" "$code" <<'PYTHON'
import json
import sys

path, code = sys.argv[1], int(sys.argv[2])
try:
    with open(path) as file:
        parts = json.load(file)["dependencies"]
except ValueError:
    parts = []
skipped = [part["name"] for part in parts if "skip_reason" in part]
for part in parts:
    for found in part.get("vulns", ()):
        fixed = ", ".join(found["fix_versions"]) or "no version"
        print(f"{part['name']} {part['version']}: {found['id']}, fixed in {fixed}")
if any(part.get("vulns") for part in parts):
    sys.exit(1)
if not parts or skipped:
    print(
        f"Not known: {len(skipped) or 'all'} packages could not be looked up. PyPI's vulnerability"
        " data (https://pypi.org/pypi/NAME/VERSION/json) are out of reach from here: run"
        " make audit again from a machine that reaches them.",
        file=sys.stderr,
    )
    sys.exit(3)
print(f"{len(parts)} packages, no known vulnerability")
sys.exit(code)
PYTHON
