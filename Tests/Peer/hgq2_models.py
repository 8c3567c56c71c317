"""hgq2_models.py FOLDER [ROUNDS]: a small network of every layer of HGQ 2 with its options, widths differing by element, each in
a folder with its inputs x_N.npy and what HGQ computes, y_N.npy.       With HGQ2==0.2.0, keras==3.15.1, jax.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "jax"

import hgq
import keras
import numpy as np
from hgq.config import QuantizerConfig, QuantizerConfigScope
from hgq.layers import *  # noqa: F403  all that the package has
from hgq.layers.attn.salt import QSALTAttention

I = keras.Input
SAMPLES = 16


def networks():
    """The networks by name: inputs' shapes, and the layers of their tensors."""
    steps, picture, volume = (6, 3), (6, 5, 3), (4, 4, 3, 2)
    functions = ("relu", "tanh", "sigmoid", "linear")
    yield "dense", [(5,)], lambda x: [QDense(3, activation=f)(x) for f in functions] + [
        QDense(4, use_bias=False, enable_oq=True)(x), QDense(4, enable_iq=False)(x), QBatchNormDense(3)(x),
        QBatchNormDense(3, scale=False, activation="relu", epsilon=0.01)(x)]
    yield "dense_steps", [steps], lambda x: [QDense(3)(x), QBatchNormDense(4, enable_oq=True)(x)]
    yield "einsum", [steps], lambda x: [
        QEinsumDense("bnc,cd->bnd", (6, 4), bias_axes="d")(x), QEinsumDense("bnc,nm->bmc", (4, 3), activation="relu")(x),
        QEinsumDense("...c,cd->...d", 4, bias_axes="d", enable_oq=True)(x),
        QEinsumDenseBatchnorm("bnc,cd->bnd", (6, 4), bias_axes="d")(x),
        QEinsumDenseBatchnorm("bnc,nm->bmc", (4, 3), bias_axes="m", scale=False)(x),
        QEinsumDenseBatchnorm("bnc,cd->bnd", (6, 2), bias_axes="d", center=False)(x)]
    yield "conv1d", [steps], lambda x: [
        QConv1D(3, 2, padding=p, strides=s, dilation_rate=d, activation=f, use_bias=b)(x) for p, s, d, f, b in [
            ("valid", 2, 1, "relu", True), ("same", 1, 2, None, False), ("valid", 1, 2, "tanh", True), ("same", 2, 1, None, True)]
    ] + [QConv1D(6, 2, groups=3)(x)]
    yield "conv2d", [picture], lambda x: [
        QConv2D(3, k, padding=p, strides=s, activation=f)(x) for k, p, s, f in [
            (2, "valid", 1, "relu"), ((3, 2), "same", 2, None), ((1, 2), "same", (2, 1), "sigmoid")]
    ] + [QConv2D(3, 2, groups=3, use_bias=False)(x), QConv2D(2, 2, data_format="channels_first")(x), QConv2D(2, 2, dilation_rate=2)(x)]
    yield "conv3d", [volume], lambda x: [QConv3D(3, 2, padding="same", activation="relu")(x), QConv3D(2, (1, 2, 2), strides=2)(x)]
    yield "pool1d", [steps], lambda x: [
        QMaxPooling1D(2)(x), QAveragePooling1D(2, padding="same")(x), QAveragePooling1D(3, strides=1, enable_oq=True)(x),
        QGlobalMaxPooling1D()(x), QGlobalAveragePooling1D(keepdims=True)(x)]
    yield "pool2d", [picture], lambda x: [
        QMaxPooling2D(2, padding="same")(x), QAveragePooling2D((2, 1))(x), QGlobalMaxPooling2D(keepdims=True)(x),
        QGlobalAveragePooling2D()(x)]
    yield "pool3d", [volume], lambda x: [
        QMaxPooling3D(2, padding="same")(x), QAveragePooling3D((2, 1, 2))(x), QGlobalMaxPooling3D()(x),
        QGlobalAveragePooling3D(keepdims=True)(x)]
    yield "norm", [steps], lambda x: [
        QBatchNormalization()(x), QBatchNormalization(scale=False)(x), QBatchNormalization(center=False, enable_oq=True)(x),
        QBatchNormalization(axis=1)(x)]
    yield "merges", [(5,), (5,), (5,)], lambda a, b, c: [
        QAdd()([a, b]), QAdd()([a, b, c]), QSubtract()([a, b]), QMultiply()([a, b]), QMultiply()([a, b, c]), QMaximum()([a, b, c]),
        QMinimum(enable_oq=True)([a, b]), QAveragePow2()([a, b, c]), QAveragePow2()([a, b]), QDot(axes=1)([a, b]),
        QEinsum("bi,bj->bij")([a, b])]
    yield "dots", [(4, 6), (6, 3), (4, 6)], lambda a, b, c: [
        QEinsum("bij,bjk->bik")([a, b]), QDot(axes=2)([a, c])]
    yield "sums", [(4, 6)], lambda x: [
        QSum(axes=[1])(x), QSum(axes=-1, scale=0.5, keepdims=True)(x), QMeanPow2(axes=[1, 2])(x), QMeanPow2(axes=2, keepdims=True)(x),
        QSum(axes=(1, 2))(x)]
    yield "functions", [(6,)], lambda x: [
        QUnaryFunctionLUT(f)(x) for f in ("tanh", "sigmoid", "exponential", "softplus")] + [
        QAffinedUnaryFunctionLUT("tanh")(x), QSoftmax()(x), QSoftmax(stable=False)(x), QUnaryFunctionLUT("gelu")(x)]
    yield "softmax_axes", [steps], lambda x: [QSoftmax(axis=1)(x), QSoftmax(axis=(1, 2))(x), QSoftmax(axis=-1, enable_oq=True)(x)]
    yield "quantizers", [steps], lambda x: [
        Quantizer(place="datalane")(x), Quantizer(QuantizerConfig("kbi", "datalane", round_mode="TRN"))(x),
        Quantizer(QuantizerConfig("kif", "datalane", overflow_mode="SAT_SYM", round_mode="RND_CONV"))(x),
        Quantizer(QuantizerConfig("kif", "datalane", overflow_mode="SAT", homogeneous_axis=(0, 1)))(x)]
    for name, layer in [
            ("rnn", lambda x: [QSimpleRNN(4)(x)]), ("rnn_steps", lambda x: [QSimpleRNN(3, return_sequences=True, activation="tanh")(x)]),
            ("rnn_back", lambda x: [QSimpleRNN(3, go_backwards=True, use_bias=False, enable_sq=True)(x)]),
            ("rnn_state", lambda x: list(QSimpleRNN(3, return_state=True, return_sequences=True)(x))),
            ("gru", lambda x: [QGRU(4)(x)]), ("gru_steps", lambda x: [QGRU(3, return_sequences=True, reset_after=False)(x)]),
            ("gru_functions", lambda x: [QGRU(3, activation="tanh", recurrent_activation="sigmoid")(x)]),
            ("gru_back", lambda x: [QGRU(3, go_backwards=True, use_bias=False)(x)]),
            ("gru_twice", lambda x: [QDense(2)(QGRU(3)(QGRU(3, return_sequences=True)(x)))]),
            ("gru_both", lambda x: [keras.layers.Bidirectional(QGRU(3))(x)]),
            ("gru_state", lambda x: list(QGRU(3, return_state=True)(x)))]:
        yield name, [steps], layer
    for fuse in ("none", "qkv", "kv"):
        yield f"attention_{fuse}", [(5, 6)], lambda x, fuse=fuse: [QMultiHeadAttention(2, 4, fuse=fuse)(x, x)]
    yield "attention_cross", [(5, 6), (5, 4)], lambda a, b: [
        QMultiHeadAttention(2, 4, value_dim=3, use_bias=False)(a, b), QMultiHeadAttention(1, 3, output_shape=4)(a, value=b)]
    yield "attention_iq", [(5, 6)], lambda x: [QMultiHeadAttention(2, 4, enable_iq=False)(x, x)]
    yield "attention_unstable", [(5, 6)], lambda x: [QMultiHeadAttention(2, 3, stable_softmax=False)(x, x)]
    yield "attention_causal", [(5, 6)], lambda x: [QMultiHeadAttention(2, 4)(x, x, use_causal_mask=True)]
    for share in (False, True):
        yield f"linformer_{share}", [(6, 5)], lambda x, share=share: [QLinformerAttention(2, 3, 4, share_kv_proj=share)(x, x)]
    salts = {"plain": {"conv_size": 0}, "conv": {}, "separate": {"separate_conv": True}, "share": {"share_kv_proj": True, "conv_size": 0},
             "clusters": {"cluster_k_proj": True, "cluster_v_proj": True, "conv_size": 0}, "k": {"cluster_k_proj": True, "conv_size": 1},
             "share_clusters": {"cluster_k_proj": True, "cluster_v_proj": True, "share_kv_proj": True}}
    for name, options in salts.items():
        yield f"salt_{name}", [(7, 5)], lambda x, o=options: [QSALTAttention(2, 3, 4, **o)(x, x)]
    yield "salt_even", [(6, 5)], lambda x: [QSALTAttention(2, 3, 4, cluster_k_proj=True, conv_size=0)(x, x)]
    yield "tables", [(4, 3)], lambda x: [
        QDenseT(5, n_hl=2, d_hl=3, batch_norm=True)(x), QDenseT(2, n_hl=0, activation="relu")(x), QDenseT(2, use_bias=False)(x)]
    yield "table_einsum", [(4, 3)], lambda x: [
        QEinsumDenseT("bnc,cf->bnf", (4, 2), bias_axes="f")(x), QEinsumDenseT("bnc,nm->bmc", (3, 3), n_hl=2, d_hl=2)(x),
        QEinsumDenseT("bnc,cf->bnf", (4, 2), bias_axes="f", batch_norm=True)(x)]
    yield "table_conv1d", [steps], lambda x: [QConvT1D(2, 2, padding="same")(x), QConvT1D(2, 3, strides=2, use_bias=False)(x)]
    yield "table_conv2d", [picture], lambda x: [QConvT2D(2, 2, strides=2, subnn_activation="tanh")(x)]
    yield "table_attention", [(5, 6)], lambda x: [QMultiHeadAttentionT(2, 3, d_hl=2)(x, x)]
    yield "table_attention_norm", [(5, 6)], lambda x: [QMultiHeadAttentionT(1, 3, d_hl=3, n_hl=2, batch_norm=True, use_bias=False)(x, x)]
    for mode in ("dense", "dense_t"):
        for share in (False, True):
            yield f"table_linformer_{mode}_{share}", [(6, 5)], lambda x, m=mode, s=share: [
                QLinformerAttentionT(2, 3, 4, lin_kv_proj_mode=m, share_kv_proj=s, d_hl=2)(x, x)]
    yield "mixer", [(6, 5)], lambda x: [QDense(3)(keras.layers.Flatten()(QAdd()([x, keras.layers.Permute((2, 1))(
        QBatchNormDense(6, activation="relu")(keras.layers.Permute((2, 1))(x)))])))]
    yield "spiking", [steps], lambda x: [QLIF(3)(x)]


def spread(model, draw):
    """Widths, offsets and statistics as training leaves them: unlike each other."""
    for layer in model._flatten_layers():
        kind = type(layer).__name__
        if kind in ("FixedPointQuantizerKIF", "FixedPointQuantizerKBI"):
            bits = layer._f if kind.endswith("KIF") else layer._b
            bits.assign(np.clip(np.array(bits) + draw.normal(0, 1.2, bits.shape), 0, 10))
        for variable in layer.variables:
            if variable.name in ("bias", "moving_mean", "beta", "bn_beta") and variable.shape:
                variable.assign(draw.normal(0, 0.3, variable.shape))
            if variable.name in ("moving_variance", "gamma", "bn_gamma"):
                variable.assign(draw.uniform(0.5, 1.5, variable.shape))


def main():
    folder, rounds = sys.argv[1], int((sys.argv[2:] + ["1"])[0])
    only = sys.argv[3:]
    for number in range(rounds):
        # Quantizers between layers wrap in one round, and are bounded in the next.
        overflow = ("WRAP", "SAT", "SAT_SYM")[number % 3]
        for name, shapes, layers in networks():
            if only and name not in only:
                continue
            draw = np.random.default_rng(100 * number + len(name))
            keras.backend.clear_session()
            try:
                with QuantizerConfigScope(place="datalane", overflow_mode=overflow):
                    entries = [I(shape, name=f"x{index}") for index, shape in enumerate(shapes)]
                    model = keras.Model(entries, layers(*entries))
                spread(model, draw)
                def samples(scale): return [draw.normal(0, scale, (SAMPLES, *shape)).astype("float32") for shape in shapes]
                given = samples(1.5)
                hgq.utils.trace_minmax(model, given if len(given) > 1 else given[0], verbose=False)
                inputs = samples(1.5)
                values = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
                place = os.path.join(folder, f"{name}_{number}")
                os.makedirs(place, exist_ok=True)
                model.save(os.path.join(place, "model.keras"))
            except Exception as error:  # what the package cannot build or save itself
                print(f"{name}: {type(error).__name__} {' '.join(str(error).split())[:300]}")
                continue
            for kind, arrays in (("x", inputs), ("y", values if isinstance(values, (list, tuple)) else [values])):
                for index, array in enumerate(arrays):
                    np.save(os.path.join(place, f"{kind}_{index:02d}.npy"), np.asarray(array))


if __name__ == "__main__":
    main()
