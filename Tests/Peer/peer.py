#!/usr/bin/env python3
"""The peer, hls4ml, run on a folder with a config.yml: what it computes is what `compat: hls4ml` must give.

    peer.py FOLDER --output Y.npy [--input X.npy] [--scratch DIR]

FOLDER holds config.yml (hls4ml's own YAML form) and the model files that it names. The input defaults to FOLDER/x.npy.
Run it with the Python of the environment that setup.sh makes.
"""
import argparse
import contextlib
import os
import pathlib
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np


@contextlib.contextmanager
def quiet():
    """Sends standard output to /dev/null: the peer prints a page for every conversion."""
    with open(os.devnull, "w") as sink, contextlib.redirect_stdout(sink):
        yield


def read_config(folder):
    """The config.yml of `folder` as hls4ml wants it, its file names made absolute."""
    import yaml

    folder = pathlib.Path(folder)
    config = yaml.safe_load((folder / "config.yml").read_text())
    for key in ("KerasH5", "KerasJson"):
        if key in config:
            config[key] = str((folder / config[key]).resolve())
    return config


def convert(folder, project):
    """The hls4ml graph of `folder`, to be written to the folder `project`."""
    # Not convert_from_config: that one ignores KerasH5 and KerasJson.
    from hls4ml.converters.keras_v2_to_hls import keras_v2_to_hls

    config = read_config(folder)
    config["OutputDir"] = str(project)
    with quiet():
        return keras_v2_to_hls(config)


def predict(folder, inputs, project):
    """hls4ml's C simulation: converts, compiles (about 8 CPU seconds) and runs. Gives the list of outputs."""
    model = convert(folder, project)
    with quiet():
        model.compile()
        result = model.predict(inputs if len(inputs) > 1 else inputs[0])
    return model, list(result) if isinstance(result, (list, tuple)) else [result]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--input", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, help="keep the peer's project here")
    args = parser.parse_args()
    x = np.load(args.input or args.folder / "x.npy")
    with tempfile.TemporaryDirectory() as scratch:
        _, outputs = predict(args.folder, [x], args.scratch or pathlib.Path(scratch) / "prj")
    np.save(args.output, np.asarray(outputs[0], np.float32))


if __name__ == "__main__":
    sys.exit(main())
