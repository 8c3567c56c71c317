#!/bin/bash
# Makes (or completes) the scratch environment that holds the peers, hls4ml and ninja, and the Keras that writes models.
# Nothing of it is part of the product: only `make peer` and `make bench` use it.
#
#   setup.sh DIR      a Python 3.11 virtual environment at DIR; a second call does nothing
set -euo pipefail

dir=${1:?usage: setup.sh DIR}
# setuptools stays below 81 because the peer still imports pkg_resources.
wanted="hls4ml==1.3.0 tensorflow-cpu==2.14.1 numpy==1.26.4 h5py==3.16.0 setuptools<81 ninja==1.13.0"
stamp=$dir/.peer-packages

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi
python=${PYTHON:-python3.11}
if ! command -v "$python" >/dev/null; then
    echo "setup.sh: $python not found; TensorFlow 2.14 needs Python 3.9 to 3.11 (name one with PYTHON=...)" >&2
    exit 3
fi
[ -x "$dir/bin/python" ] || "$python" -m venv "$dir"
# shellcheck disable=SC2086  # a list of words on purpose
"$dir/bin/pip" install --quiet --disable-pip-version-check $wanted
"$dir/bin/python" -c 'import hls4ml; assert hls4ml.__version__.startswith("1.3.0"), hls4ml.__version__'
printf '%s' "$wanted" >"$stamp"
