"""Tests/Fixtures/hgq2.keras with hgq2_x.npy and hgq2_y.npy: a small network of HGQ 2, widths differing by element.

    hgq2_model.py FOLDER      with HGQ2==0.2.0, keras==3.15.1, jax
"""
import os
import pathlib
import sys
import zipfile

os.environ["KERAS_BACKEND"] = "jax"

import hgq
import keras
import numpy as np
from hgq.layers import (QAdd, QBatchNormDense, QConv1D, QDenseT, QEinsumDense, QMaxPooling1D, QMultiHeadAttention,
                        QMultiply, QSoftmax, QSum, Quantizer)
from hgq.config import QuantizerConfigScope

draw = np.random.default_rng(11)


def network():
    with QuantizerConfigScope(place="datalane", overflow_mode="WRAP"):
        x = keras.Input((6, 3), name="x")
        y = QConv1D(4, 2, padding="same", activation="relu", name="conv")(x)
        y = QMaxPooling1D(2, name="pool")(y)
        y = QAdd(name="residual")([y, QMultiHeadAttention(1, 2, name="attention")(y, y)])
        y = QEinsumDense("bnc,cd->bnd", (3, 4), bias_axes="d", activation="tanh", enable_oq=True, name="mix")(y)
        y = QSum(axes=1, scale=0.5, name="sum")(y)
        a = QBatchNormDense(3, activation="relu", name="normed")(y)
        b = QDenseT(3, n_hl=1, d_hl=2, name="tables")(y)
    with QuantizerConfigScope(place="datalane", overflow_mode="SAT"):
        y = QMultiply(name="product")([a, b])
        y = QSoftmax(name="softmax")(y)
        return keras.Model(x, Quantizer(place="datalane", name="rounded")(y))


def spread(model):
    """Widths and statistics as training leaves them: unlike each other."""
    for layer in model._flatten_layers():
        kind = type(layer).__name__
        if kind in ("FixedPointQuantizerKIF", "FixedPointQuantizerKBI"):
            bits = layer._f if kind.endswith("KIF") else layer._b
            bits.assign(np.clip(np.array(bits) + draw.normal(0, 1.2, bits.shape), 0, 10))
        for variable in layer._trainable_variables:
            if variable.name == "bias":
                variable.assign(draw.normal(0, 0.3, variable.shape))
        if kind == "QBatchNormDense":
            layer.moving_mean.assign(draw.normal(0, 0.3, layer.moving_mean.shape))
            layer.moving_variance.assign(draw.uniform(0.5, 1.5, layer.moving_variance.shape))


def main(folder):
    folder = pathlib.Path(folder)
    model = network()
    spread(model)
    hgq.utils.trace_minmax(model, draw.normal(0, 1.5, (64, 6, 3)).astype("float32"))
    x = draw.normal(0, 1.5, (24, 6, 3)).astype("float32")
    np.save(folder / "hgq2_x.npy", x)
    np.save(folder / "hgq2_y.npy", model.predict(x, verbose=0))
    model.save(folder / "stored.keras")
    with zipfile.ZipFile(folder / "stored.keras") as stored, \
            zipfile.ZipFile(folder / "hgq2.keras", "w", zipfile.ZIP_DEFLATED) as packed:
        for name in stored.namelist():
            packed.writestr(name, stored.read(name))
    (folder / "stored.keras").unlink()


main(sys.argv[1])
