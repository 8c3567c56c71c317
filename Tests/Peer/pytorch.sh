#!/bin/sh
# Exports networks with two versions of PyTorch, the oldest form of archives and the newest, and compares what is read of
# them with what PyTorch computes. Each version lies in an environment of its own under .cache.
set -eu
cd "$(dirname "$0")/../.."
swift build --product ModelProbe
for version in 2.5.1 newest; do
    venv=.cache/pytorch-$version
    if [ ! -e "$venv/.ready" ]; then
        python3 -m venv "$venv"
        if [ "$version" = newest ]; then package=torch; else package="torch==$version"; fi
        "$venv/bin/pip" install -q "$package" numpy
        touch "$venv/.ready"
    fi
    rm -rf "$venv/exports"
    "$venv/bin/python" -W ignore Tests/Peer/pytorch_models.py "$venv/exports"
    python3 Tests/Peer/pytorch_equal.py "$venv/exports"
done
