#!/bin/sh
# Makes .venv with every package of requirements/development.txt, each checked by its hash.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-}
for candidate in python3.11 python3.12 python3.13 python3; do
    [ -n "$python" ] || ! command -v "$candidate" >/dev/null || python=$candidate
done
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3 ..." >&2
    exit 1
fi

if [ ! -x .venv/bin/python ]; then
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "Installing $package, which this Debian lacks."
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
        else
            echo "This Python cannot make a virtual environment. Ask an administrator for: apt-get install $package" >&2
            exit 1
        fi
    fi
    echo "Making the virtual environment in .venv."
    rm -rf .venv
    "$python" -m venv .venv
fi

echo "Installing Python packages."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
# uv takes seconds; pip takes longer but knows more kinds of proxies and mirrors. Both trust the machine's certificates.
.venv/bin/uv pip install --quiet --system-certs --python .venv/bin/python --require-hashes -r requirements/development.txt ||
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
