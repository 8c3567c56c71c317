#!/bin/sh
# Random networks of Keras 3 and every layer of HGQ 2, and random networks of Keras 2: what is read of them against what the
# frameworks compute. HGQ 2 lies in an environment of its own under .cache; Keras 2 is that of setup.sh.
set -eu
cd "$(dirname "$0")/../.."
swift build --product ModelProbe
venv=.cache/hgq2
if [ ! -e "$venv/.ready" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q HGQ2==0.2.0 keras==3.15.1 jax h5py numpy
    touch "$venv/.ready"
fi
rm -rf .cache/keras-networks
"$venv/bin/python" -W ignore Tests/Peer/keras_models.py .cache/keras-networks/three 200 >/dev/null 2>&1
python3 Tests/Peer/keras_equal.py .cache/keras-networks/three
.cache/peer/bin/python -W ignore Tests/Peer/keras_models.py .cache/keras-networks/two 200 >/dev/null 2>&1
python3 Tests/Peer/keras_equal.py .cache/keras-networks/two
"$venv/bin/python" -W ignore Tests/Peer/hgq2_models.py .cache/keras-networks/hgq2 3 >/dev/null 2>&1
python3 Tests/Peer/keras_equal.py .cache/keras-networks/hgq2 .build/debug/ModelProbe 1e-6
