#!/bin/sh
# Installs what a fresh Debian 12 machine lacks: Debian packages, then the Python environment from
# requirements.lock, with the dictionary's files in it. Does nothing, fast, when both are there.
# `--quiet` prints only what is done; `--tests` is quiet too, and wants Node.js for the conformance
# tests.
set -eu

cd "$(dirname "$0")/../.."
venv=${VENV:-.venv}
stamp=$venv/.requirements.sha256
purpose=${1:-}

say() { [ -n "$purpose" ] || echo "$1"; }
fail() { echo "$1" >&2; exit 1; }

# A Python that fits requires-python; Debian 12's own is 3.11.
find_python() {
    for candidate in python3.11 python3.12 python3; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' \
            2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

has_library() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -q "$1 "; }
has_rabbitmq() { [ -e /usr/lib/rabbitmq/bin/rabbitmq-server ] || command -v rabbitmq-server >/dev/null; }

has_font() { [ -e "${FONT_FILE:-/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf}" ]; }

missing_packages() {
    python=$(find_python)
    if [ ! -x "$venv/bin/python" ]; then
        [ -n "$python" ] || echo python3 python3-venv
        [ -z "$python" ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    fi
    [ -n "${AMQP_URI:-}" ] || has_rabbitmq || echo rabbitmq-server
    [ -n "${MONGO_URI:-}" ] || has_library libcurl.so.4 || echo libcurl4
    has_font || echo fonts-lxgw-wenkai
    [ "$purpose" != --tests ] || command -v npm >/dev/null || echo nodejs npm
}

# apt would start a system-wide RabbitMQ; while policy-rc.d forbids it, packages only unpack.
install_packages() {
    command -v apt-get >/dev/null || fail "Missing: $*. Install them by hand, then run this again."
    root=
    if [ "$(id -u)" != 0 ]; then
        root=sudo
        command -v sudo >/dev/null ||
            fail "Missing: $*. Neither root nor sudo here: have an administrator run: apt-get install $*"
        sudo -v || fail "Missing: $*. sudo is refused: have an administrator run: apt-get install $*"
    fi
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | $root tee "$policy" >/dev/null
        $root chmod 755 "$policy"
        # shellcheck disable=SC2064 # the values of now are wanted
        trap "$root rm -f $policy" EXIT INT TERM
    fi
    log=$(mktemp)
    if ! { $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        fail "apt-get could not install: $*. The full output: $log"
    fi
    rm -f "$log"
}

install_python() {
    if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        "$(find_python)" -m venv --clear "$venv" || fail "python -m venv $venv failed; see above."
    fi
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes \
        -r requirements.lock || fail "pip could not install requirements.lock; see above, then run this again."
    "$venv/bin/python" -m shared.words.build || fail "The dictionary could not be made; see above."
    echo "$digest" >"$stamp"
}

# shellcheck disable=SC2046 # words are wanted
set -- $(missing_packages)
if [ $# -gt 0 ]; then
    echo "1/6 Debian packages: installing $* …"
    install_packages "$@"
else
    say "1/6 Debian packages: ready"
fi

digest=$(cat requirements.lock shared/words/build.py shared/words/dictionary.py | sha256sum |
    cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && "$venv/bin/python" -c '' 2>/dev/null; then
    say "2/6 Python environment: ready"
else
    echo "2/6 Python environment: installing requirements.lock into $venv (about a minute) …"
    install_python
fi
