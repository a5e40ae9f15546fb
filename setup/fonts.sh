#!/bin/sh
# Cuts the static weights of the Chinese fonts for documents; takes half a minute once for each FUNDGUARD_HOME.
set -eu
cd "$(dirname "$0")/.."
fonts=${FUNDGUARD_FONTS:-${FUNDGUARD_HOME:-.fundguard}/fonts}
[ -d "$fonts" ] || echo "Preparing the fonts of documents (half a minute, once)."
exec .venv/bin/python -m casework.documents.fonts "$fonts"
