#!/bin/sh
# What the tests need beside Python: Chromium for the browser tests, poppler-utils for reading PDF files.
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing for the tests."
    apt-get update -qq || true
    # shellcheck disable=SC2086 # two names are two arguments
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
echo "NOT INSTALLED:$missing. The tests that need it are skipped and say so. An administrator installs it with:" >&2
echo "    apt-get install --no-install-recommends$missing" >&2
