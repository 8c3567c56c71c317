"""qkeras_models.py FOLDER [COUNT]: every quantizer of QKeras with its options, as an activation and of a kernel, and random
networks of its layers, each in a folder with inputs x_N.npy and what QKeras computes of its file, y_N.npy.
With qkeras==0.9.0, tensorflow-cpu==2.14.1, pyparsing==3.0.9, or with qkeras-v3==1.2.1 and TensorFlow for Keras 3.
"""

import itertools
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from qkeras import *  # noqa: F403  all that the package has
from qkeras.utils import quantized_model_from_json

I, SAMPLES = tf.keras.Input, 12
THREE = tf.keras.__version__.startswith("3")


def choices(**options):
    """Every way to choose one of each, as a call's text."""
    names = list(options)
    for chosen in itertools.product(*options.values()):
        yield ",".join(f"{name}={value!r}" for name, value in zip(names, chosen) if value != "unstated")


def quantizers():
    """Quantizers as text; those that are of use for weights alone behind a star."""
    none = "unstated"
    for bits, integer in [(6, 0), (4, 2), (3, 5), (5, -1), (8, -3), (1, 0), (2, 1), (16, 6)]:
        for options in choices(keep_negative=[none, False], symmetric=[none, 1], alpha=[none, 1, 0.3, 2.0], use_stochastic_rounding=[none, True]):
            if bits == 1 and "False" in options:
                continue
            yield f"quantized_bits({bits},{integer}{',' if options else ''}{options})"
        for alpha in ("'auto'", "'auto_po2'"):
            yield f"*quantized_bits({bits},{integer},alpha={alpha})"
            yield f"*quantized_bits({bits},{integer},1,alpha={alpha},qnoise_factor=1.0)"
    for bits, integer in [(6, 0), (8, 3), (4, 6), (5, -1), (2, 2), (1, 1)]:
        for options in choices(negative_slope=[none, 0.25, 0.5], relu_upper_bound=[none, 1.3, 4.0], is_quantized_clip=[none, False],
                               use_stochastic_rounding=[none, True]):
            if bits == 1 and "slope" in options:
                continue
            yield f"quantized_relu({bits},{integer}{',' if options else ''}{options})"
    for options in choices(use_01=[none, True], alpha=[none, 1, 0.7], use_stochastic_rounding=[none, True]):
        yield f"binary({options})"
    for options in choices(alpha=[none, 1, 0.7], threshold=[none, 0.2, 0.9], use_stochastic_rounding=[none, True]):
        yield f"ternary({options})"
    for alpha in ("'auto'", "'auto_po2'"):
        yield from (f"*binary(alpha={alpha})", f"*binary(True,alpha={alpha})", f"*ternary(alpha={alpha})",
                    f"*ternary(alpha={alpha},number_of_unrolls=2)", f"*stochastic_ternary(alpha={alpha})", f"*stochastic_binary(alpha={alpha})")
    yield from ("stochastic_binary()", "stochastic_binary(alpha=0.5)", "stochastic_ternary()", "stochastic_ternary(threshold=0.5)",
                "stochastic_ternary(alpha=1,temperature=4.0)")
    for options in choices(symmetric=[none, True], use_real_tanh=[none, True], use_stochastic_rounding=[none, True]):
        yield from (f"quantized_tanh({bits}{',' if options else ''}{options})" for bits in (8, 3, 1))
    for options in choices(symmetric=[none, True], use_real_sigmoid=[none, True], use_stochastic_rounding=[none, True]):
        yield from (f"quantized_sigmoid({bits}{',' if options else ''}{options})" for bits in (8, 3, 1))
    for bits in (8, 4, 3, 2):
        for options in choices(max_value=[none, 2, 0.5, 3], log2_rounding=[none, "floor"], use_stochastic_rounding=[none, True]):
            for name in ("quantized_po2", "quantized_relu_po2"):
                yield f"{name}({bits}{',' if options else ''}{options})"
        yield f"quantized_relu_po2({bits},negative_slope=0.5)"
    if THREE:
        for options in choices(keep_negative=[none, False], symmetric=[none, 0], alpha=[1, 1.0]):
            yield from (f"quantized_linear({bits},{integer},{options})" for bits, integer in ((8, 2), (4, 0), (3, 3)))
    for options in choices(relu_shift=[none, 2], relu_upper_bound=[none, 4], symmetric=[none, 1]):
        yield from (f"quantized_hswish({bits},{integer}{',' if options else ''}{options})" for bits, integer in ((8, 2), (4, 0)))


def written(folder, model, x):
    # What a file means is what QKeras makes of it: of quantized_relu it does not save is_quantized_clip.
    os.makedirs(folder)
    if THREE:
        model.save(os.path.join(folder, "model.keras"))
        reloaded = tf.keras.models.load_model(os.path.join(folder, "model.keras"))
    else:
        text = model.to_json()
        reloaded = quantized_model_from_json(text)
        reloaded.set_weights(model.get_weights())
        with open(os.path.join(folder, "model.json"), "w") as file:
            file.write(text)
        model.save_weights(os.path.join(folder, "weights.h5"))
    values = reloaded(x)
    np.save(os.path.join(folder, "x_00.npy"), x)
    for index, array in enumerate(values if isinstance(values, list) else [values]):
        np.save(os.path.join(folder, f"y_{index:02}.npy"), np.asarray(array))


def several(folder, draw, texts):
    """Quantizers as activations, as texts and as objects, and of kernels of several kinds."""
    # Numbers half-way between the values of the grid among them.
    x = np.concatenate([np.arange(-40, 40) / np.float32(32), draw.normal(0, 1.5, 32)]).astype("float32").reshape(-1, 4, 4)
    entry, outputs = I((4, 4)), []
    for text in texts:
        weights, text = text.startswith("*"), text.removeprefix("*")
        if not weights:
            outputs += [QActivation(text)(entry), QActivation(eval(text))(entry)]  # noqa: S307  the texts above
        outputs += [QDense(3, kernel_quantizer=text, bias_quantizer=None if weights else eval(text))(entry),
                    QConv1D(3, 2, kernel_quantizer=eval(text))(entry)]
    model = tf.keras.Model(entry, outputs)
    for variable in model.weights:
        variable.assign(draw.normal(0, 0.6, variable.shape))
    written(folder, model, x)


KERNELS = ["quantized_bits(4,0,alpha=1)", "quantized_bits(4,0)", "quantized_bits(6,1,alpha='auto')", "binary()", "ternary(alpha='auto_po2')",
           "quantized_po2(4)", "stochastic_ternary()", None]
BIASES = ["quantized_bits(8,3,alpha=1)", "quantized_po2(4)", None]
ACTIVATIONS = ["quantized_relu(6,2)", "quantized_bits(6,2,alpha=1)", "quantized_tanh(6)", "relu", "linear", "hard_tanh", "quantized_sigmoid(5)", None]


def network(folder, draw):
    """A random chain of layers."""
    k, b, a = (lambda options=options: options[draw.integers(len(options))] for options in (KERNELS, BIASES, ACTIVATIONS))
    def quantizer(text): return eval(text) if text and "(" in text and draw.uniform() < 0.5 else text
    def kernel(): return dict(kernel_quantizer=quantizer(k()), bias_quantizer=quantizer(b()), use_bias=bool(draw.uniform() < 0.8))
    def depth(): return dict(depthwise_quantizer=quantizer(k()), bias_quantizer=quantizer(b()), use_bias=bool(draw.uniform() < 0.8))
    pad = lambda: ("same", "valid")[draw.integers(2)]
    kind = draw.integers(3)
    entry = x = I(((6, 3), (6, 7, 3), (5,))[kind])
    for _ in range(draw.integers(1, 4)):
        step = draw.integers(6)
        if step == 0:
            x = QBatchNormalization()(x) if draw.uniform() < 0.5 else QBatchNormalization(
                gamma_quantizer=None, beta_quantizer="quantized_bits(8,3,alpha=1)", mean_quantizer=None, variance_quantizer=None)(x)
        elif step == 1:
            x = QActivation(quantizer(a() or "relu"))(x)
        elif kind == 2:
            x = QDense(int(draw.integers(2, 5)), activation=quantizer(a()), **kernel())(x)
        elif kind == 0:
            x = QConv1D(int(draw.integers(2, 5)), 2, padding=pad(), strides=int(draw.integers(1, 3)), activation=quantizer(a()), **kernel())(
                x) if step < 5 or x.shape[1] < 3 else QSeparableConv1D(
                    3, 2, depthwise_quantizer=quantizer(k()), pointwise_quantizer=quantizer(k()), bias_quantizer=quantizer(b()))(x)
        elif step == 2:
            x = QConv2D(3, 2, padding=pad(), activation=quantizer(a()), **kernel())(x)
        elif step == 3:
            x = QDepthwiseConv2D(2, padding=pad(), activation=quantizer(a()), **depth())(x)
        elif step == 4:
            x = QSeparableConv2D(3, 2, depthwise_quantizer=quantizer(k()), pointwise_quantizer=quantizer(k()), bias_quantizer=quantizer(b()),
                                 padding="same")(x)
        else:
            x = [lambda x: QAveragePooling2D(2, average_quantizer="quantized_bits(8,0,alpha=1)", activation="quantized_bits(6,2,alpha=1)")(x),
                 lambda x: QConv2DTranspose(2, 2, **kernel())(x)][draw.integers(2)](x)
        if min(x.shape[1:]) < 2:
            break
    if kind == 0 and draw.uniform() < 0.6:
        layer = [QSimpleRNN, QLSTM, QGRU][draw.integers(3)]
        state = {} if draw.uniform() < 0.5 else dict(state_quantizer="quantized_bits(8,3,alpha=1)")
        x = layer(3, activation=quantizer("quantized_tanh(6)"), kernel_quantizer=quantizer(k()), recurrent_quantizer=quantizer(k()),
                  bias_quantizer=quantizer(b()), return_sequences=bool(draw.uniform() < 0.5), **state)(x)
    if x is entry:
        x = QActivation("quantized_bits(6,2,alpha=1)")(x)
    model = tf.keras.Model(entry, x)
    for variable in model.weights:
        if variable.dtype == tf.float32 and variable.shape:
            variable.assign(draw.uniform(0.3, 1.6, variable.shape) if "variance" in variable.name or "gamma" in variable.name
                            else draw.normal(0, 0.6, variable.shape))
    written(folder, model, draw.normal(0, 1.2, (SAMPLES, *entry.shape[1:])).astype("float32"))


def main():
    folder, count = sys.argv[1], int((sys.argv[2:] + ["100"])[0])
    texts = list(quantizers())
    work = [(f"q{start:03}", texts[start:start + 10]) for start in range(0, len(texts), 10)] + [(f"n{index:03}", []) for index in range(count)]
    while work:
        name, chosen = work.pop(0)
        tf.keras.backend.clear_session()
        draw = np.random.default_rng(len(work))
        try:
            (several(os.path.join(folder, name), draw, chosen) if chosen else network(os.path.join(folder, name), draw))
            print(f"{name}: {' '.join(chosen)}", flush=True)
        except Exception as error:
            if len(chosen) > 1:
                work = [(f"{name}_{index}", [text]) for index, text in enumerate(chosen)] + work
            else:  # what the package cannot compute itself
                print(f"{name}: {chosen}: {type(error).__name__} {' '.join(str(error).split())[:200]}", flush=True)


if __name__ == "__main__":
    main()
