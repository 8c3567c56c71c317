"""Tests/Fixtures/quantizers.json: what QKeras 0.9.0 makes of numbers, quantizer by quantizer.

    qkeras_quantizers.py > ../Fixtures/quantizers.json      with qkeras==0.9.0, tensorflow-cpu==2.14.1, pyparsing==3.0.9

Each entry has the quantizer as text, its role (activation, kernel, bias), the numbers x with their shape, and y. A kernel's
scale that is not stated is computed as by 'auto_po2', as the layers of QKeras ask for. QKeras takes x away from its result
and adds it again in single precision, which shows in the last places of y.
"""
import json
import sys

import numpy as np
import tensorflow as tf
from qkeras.quantizers import get_quantizer

ACTIVATIONS = [
    "quantized_bits(6,0,alpha=1)", "quantized_bits(4,0,1)", "quantized_bits(7, 2)",
    "quantized_bits(5,1,keep_negative=False)", "quantized_bits(4,1,0,alpha=0.3)", "quantized_bits(1,0,alpha=1)",
    "quantized_bits()", "quantized_bits(bits=3,integer=2,symmetric=True)",
    "quantized_relu(6)", "quantized_relu(8,3)", "quantized_relu(6,2,negative_slope=0.25)", "quantized_relu(4,1,0,0.5)",
    "quantized_relu(6,3,is_quantized_clip=False,relu_upper_bound=1.3)", "quantized_relu(5,2,relu_upper_bound=1.3)",
    "binary", "binary(alpha=1)", "binary(use_01=True)", "binary(alpha=0.7)", "stochastic_binary(alpha=1)",
    "ternary", "ternary(alpha=1,threshold=0.4)", "ternary(threshold=0.2,alpha=2)", "stochastic_ternary(threshold=0.5)",
    "quantized_tanh(6)", "quantized_tanh(5,0,1)", "quantized_tanh(5,use_real_tanh=True)",
    "quantized_sigmoid(6)", "quantized_sigmoid(4,True)", "quantized_sigmoid(5,use_real_sigmoid=True)",
    "quantized_po2(4)", "quantized_po2(4,1)", "quantized_po2(5,4,quadratic_approximation=True)",
    "quantized_po2(4,2,log2_rounding='floor')", "quantized_relu_po2(4)", "quantized_relu_po2(3,2,0.25)",
    "quantized_relu_po2(6,quadratic_approximation=True)",
]

WEIGHTS = [
    "quantized_bits(4,0,alpha='auto')", "quantized_bits(5,1,alpha='auto_po2')", "quantized_bits(3,0)",
    "quantized_bits(6,1,alpha='auto_po2',scale_axis=0)", "quantized_bits(4,0,1,alpha=1.0)", "binary", "binary(alpha='auto')",
    "binary(use_01=True,alpha='auto_po2')", "ternary", "ternary(alpha='auto',number_of_unrolls=3)",
    "ternary(alpha=1,threshold=0.2)", "stochastic_ternary(alpha='auto')", "quantized_po2(4,1)",
]


def computed(text, x, kernel):
    quantizer = get_quantizer(text)
    if kernel and hasattr(quantizer, "_set_trainable_parameter"):
        quantizer._set_trainable_parameter()
    return np.asarray(quantizer(tf.constant(x)), dtype=np.float32)


def entry(text, role, x):
    if "quadratic" in text:
        # The root of such a number lies half-way between two powers: what QKeras takes depends on how many numbers are
        # computed at once.
        x = x[np.log2(np.maximum(np.abs(x), 1e-30)) % 2 != 1]
    y = computed(text, x, role == "kernel")
    return {"quantizer": text, "role": role, "shape": list(x.shape),
            "x": [float(v) for v in x.ravel()], "y": [float(v) for v in y.ravel()]}


def main():
    draw = np.random.default_rng(5)
    grid = np.arange(-9, 9) / np.float32(16)
    x = np.concatenate([grid, draw.normal(0, 1.5, 22), [0, -0.0, 3.75, -3.75, 100, -100, 1e-8, 0.33, 0.4, 0.5]])
    entries = [entry(text, "activation", x.astype(np.float32)) for text in ACTIVATIONS]
    kernel = draw.normal(0, 0.4, (3, 2, 4)).astype(np.float32)
    kernel[..., 3] = 0
    bias = draw.normal(0, 0.4, 6).astype(np.float32)
    for text in WEIGHTS:
        entries.append(entry(text, "kernel", kernel))
        entries.append(entry(text, "bias", bias))
    sys.stdout.write("[\n" + ",\n".join(json.dumps(e) for e in entries) + "\n]\n")


main()
