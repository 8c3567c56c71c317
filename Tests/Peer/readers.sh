#!/bin/bash
# Makes (or completes) the scratch environment with the frameworks of today, whose readers `make bench` measures: Keras 3 on
# JAX, PyTorch for processors, ONNX. Nothing of it is part of the product.
#
#   readers.sh DIR      a virtual environment at DIR; a second call does nothing
set -euo pipefail

dir=${1:?usage: readers.sh DIR}
wanted="keras==3.15.1 jax==0.10.2 h5py==3.16.0 onnx==1.19.1 torch==2.15.0"
stamp=$dir/.readers-packages

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi
python=${PYTHON:-python3.11}
[ -x "$dir/bin/python" ] || "$python" -m venv "$dir"
# shellcheck disable=SC2086  # a list of words on purpose
"$dir/bin/pip" install --quiet --disable-pip-version-check $wanted
printf '%s' "$wanted" >"$stamp"
