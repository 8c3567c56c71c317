#!/bin/sh
# Random networks of Keras 2 and 3 and of QKeras with every quantizer, and every layer of HGQ 2 and PQuantML: what is read of
# them against what the frameworks compute. Keras 2 is that of setup.sh; the others lie in environments of their own under .cache.
# COUNT=20 makes that many random networks of each instead of 200, ROUNDS=1 those of HGQ 2 once instead of three times.
set -eu
cd "$(dirname "$0")/../.."
swift build --product ModelProbe
networks=.cache/keras-networks
count=${COUNT:-200}
failed=0

# environment NAME PACKAGE...: made once.
environment() {
    name=$1
    shift
    [ -e ".cache/$name/.ready" ] && return
    "${PYTHON:-python3.11}" -m venv ".cache/$name"
    ".cache/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
    touch ".cache/$name/.ready"
}

# compared ENVIRONMENT SCRIPT TOLERANCE ARGUMENT...: the networks of a script, all of them, whatever those before gave.
compared() {
    echo "$2 with $1:"
    folder=$networks/$1-$2 script=$2 tolerance=$3 python=.cache/$1/bin/python
    shift 3
    "$python" -W ignore "Tests/Peer/$script.py" "$folder" "$@" >/dev/null 2>&1
    python3 Tests/Peer/keras_equal.py "$folder" .build/debug/ModelProbe "$tolerance" || failed=1
}

environment keras3 HGQ2==0.2.0 pquant-ml==0.1.0 keras==3.15.1 jax tensorflow-cpu h5py numpy
environment qkeras qkeras==0.9.0 tensorflow-cpu==2.14.1 pyparsing==3.0.9 numpy==1.26.4 "setuptools<81"
environment qkeras3 qkeras-v3==1.2.1 keras==3.15.1 h5py numpy
rm -rf "$networks"
compared keras3 keras_models 1e-4 "$count"
compared peer keras_models 1e-4 "$count"
compared keras3 hgq2_models 1e-6 "${ROUNDS:-3}"
compared keras3 pquant_models 1e-6
compared qkeras qkeras_models 1e-5 "$count"
compared qkeras3 qkeras_models 1e-5 "$count"
exit $failed
