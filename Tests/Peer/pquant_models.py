"""pquant_models.py FOLDER: small networks of PQuantML's layers with its options, each in a folder with its inputs x_N.npy and what
the package computes of the file that it saved, y_N.npy.       With pquant-ml==0.1.0, HGQ2==0.2.0, keras==3.15.1, TensorFlow.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import pquant
from pquant.activations import PQActivation, PQSoftmax
from pquant.layers import (PQAvgPool1d, PQAvgPool2d, PQBatchNormalization, PQConv1d, PQConv2d, PQDense, PQDepthwiseConv2d,
                           PQMultiheadAttention, PQSeparableConv2d)

SAMPLES = 16
draw = np.random.default_rng(3)


def config(method="pdp", **stated):
    """The package's own standard of a way of pruning, with what is stated changed, wherever it stands."""
    result = {"pdp": pquant.pdp_config, "dst": pquant.dst_config, "cs": pquant.cs_config, "wanda": pquant.wanda_config,
              "autosparse": pquant.autosparse_config, "activation_pruning": pquant.ap_config, "mdmm": pquant.mdmm_config}[method]()
    result.quantization_parameters.default_data_keep_negatives = 1.0
    result.quantization_parameters.default_data_integer_bits = 2.0
    for name, value in stated.items():
        for part in (result.quantization_parameters, result.pruning_parameters, result.training_parameters):
            if hasattr(part, name):
                setattr(part, name, value)
    return result


def networks():
    """The networks by name: how they are configured, inputs' shapes, and the layers of their tensors."""
    steps, picture = (6, 3), (6, 5, 3)
    c = lambda **k: config(enable_pruning=False, **k)
    dense = lambda c: lambda x: [PQDense(c, 4, quantize_output=True)(x), PQDense(c, 3, use_bias=False, quantize_input=False)(x),
                                 PQDense(c, 3, weight_quant_bits=(1, 0, 3), in_quant_bits=(0, 1, 4), bias_quant_bits=(1, 1, 2))(x)]
    yield "dense", c(), [(5,)], dense
    yield "dense_wrap", c(overflow_mode_parameters="WRAP", overflow_mode_data="WRAP", round_mode="TRN"), [(5,)], dense
    yield "dense_symmetric", c(overflow_mode_parameters="SAT_SYM", overflow_mode_data="SAT_SYM", round_mode="RND_CONV"), [(5,)], dense
    yield "dense_steps", c(), [steps], dense
    yield "dense_float", c(enable_quantization=False), [(5,)], dense
    for granularity in ("per_channel", "per_weight"):
        yield "dense_" + granularity, c(granularity=granularity, dynamic_data_quantization=True), [(5,)], dense
    for granularity in ("per_tensor", "per_weight"):
        yield "dense_hgq_" + granularity, c(granularity=granularity, use_high_granularity_quantization=True), [(5,)], dense
    yield "dense_hgq_wrap", c(use_high_granularity_quantization=True, overflow_mode_parameters="WRAP", overflow_mode_data="WRAP",
                              granularity="per_weight"), [(5,)], dense
    conv1d = lambda c: lambda x: [
        PQConv1d(c, 4, 2, padding=p, strides=s, dilation_rate=d, use_bias=b, quantize_output=o)(x) for p, s, d, b, o in [
            ("valid", 1, 1, True, True), ("same", 2, 1, False, False), ("valid", 1, 2, True, False)]] + [PQConv1d(c, 6, 2, groups=3)(x)]
    conv2d = lambda c: lambda x: [
        PQConv2d(c, 4, 2, padding="same", strides=2, use_bias=True, quantize_output=True)(x), PQConv2d(c, 3, (1, 2), groups=3)(x),
        PQConv2d(c, 2, 2, dilation_rate=2)(x)]
    depthwise = lambda c: lambda x: [PQDepthwiseConv2d(c, 2, padding="same", quantize_output=True)(x),
                                     PQDepthwiseConv2d(c, (2, 3), depth_multiplier=2, use_bias=False)(x)]
    separable = lambda c: lambda x: [
        PQSeparableConv2d(c, 4, 2, quantize_output=True, data_format="channels_last")(x),
        PQSeparableConv2d(c, 3, (2, 3), padding="same", depth_multiplier=2, use_bias=False, data_format="channels_last")(x)]
    norm = lambda c: lambda x: [PQBatchNormalization(c)(x), PQBatchNormalization(c, scale=False, epsilon=0.01)(x),
                                PQBatchNormalization(c, center=False, quantize_input=False)(x),
                                PQBatchNormalization(c, quantize_parameters=False)(x)]
    active = lambda c: lambda x: [PQActivation(c, f, quantize_output=o)(x) for f in ("relu", "tanh", "hard_tanh") for o in (False, True)] + [
        PQActivation(c, "relu", quantize_input=False, quantize_output=True, out_quant_bits=(0, 1, 3))(x)]
    softmax = lambda c: lambda x: [
        PQSoftmax(c)(x), PQSoftmax(c, axis=1, stable=False, quantize_output=True)(x),
        PQSoftmax(c, input_scaler=0.5, quantize_input=False, exp_in_quant_bits=(0, 2, 4), inv_out_quant_bits=(0, 1, 6))(x)]
    pool1d = lambda c: lambda x: [PQAvgPool1d(c, 2)(x), PQAvgPool1d(c, 3, strides=1, padding="same", quantize_output=True)(x)]
    pool2d = lambda c: lambda x: [PQAvgPool2d(c, 2)(x), PQAvgPool2d(c, (2, 1), padding="same", quantize_output=True, quantize_input=False)(x)]
    attention = lambda c: lambda x: [PQMultiheadAttention(c, 4, 2, quantize_output=True)(x)[0], PQMultiheadAttention(c, 4, 1, bias=False)([x, x])[0]]
    kinds = dict(conv1d=(steps, conv1d), conv2d=(picture, conv2d), depthwise=(picture, depthwise), separable=(picture, separable),
                 norm=(steps, norm), active=(steps, active), softmax=(steps, softmax), pool1d=(steps, pool1d), pool2d=(picture, pool2d),
                 attention=(steps, attention))
    for name, (shape, layers) in kinds.items():
        yield name, c(), [shape], layers
        yield name + "_hgq", c(use_high_granularity_quantization=True, granularity="per_weight"), [shape], layers
        if name.startswith(("conv", "depth", "sep", "norm")):
            yield name + "_channel", c(granularity="per_channel"), [shape], layers
            yield name + "_weight", c(granularity="per_weight"), [shape], layers
    yield "active_multiplied", c(use_relu_multiplier=True), [steps], active
    for method in ("pdp", "dst", "cs", "wanda", "autosparse", "activation_pruning", "mdmm"):
        for first in (False, True):
            both = config(method, pruning_first=first)
            yield f"pruned_{method}_{first}", both, [(5,)], dense
            if first:
                yield f"pruned_conv_{method}", both, [picture], conv2d
                yield f"pruned_depthwise_{method}", both, [picture], depthwise


def spread(model):
    """Numbers, widths and statistics as training leaves them: unlike each other."""
    for layer in model._flatten_layers():
        kind = type(layer).__name__
        if kind == "FixedPointQuantizerKIF" and layer.built:
            layer._f.assign(np.clip(np.array(layer._f) + draw.normal(0, 1.2, layer._f.shape), 0, 10))
        for variable in layer._trainable_variables + layer._non_trainable_variables:
            name = variable.name
            if name in ("bias", "beta", "moving_mean"):
                variable.assign(draw.normal(0, 0.3, variable.shape))
            if name in ("gamma", "moving_variance"):
                variable.assign(draw.uniform(0.5, 1.5, variable.shape))
        if kind == "PQActivation" and hasattr(layer, "multiplier"):
            layer.multiplier.assign([-1.6])


def pruned(model):
    """Masks as pruning leaves them."""
    for layer in model._flatten_layers():
        if hasattr(layer, "mask") and hasattr(layer.mask, "assign"):
            layer.mask.assign((draw.uniform(size=layer.mask.shape) < 0.6).astype("float32"))


def stages(model, is_pruned):
    """The model as it is in training, and when it is finished."""
    yield "early", model
    for layer in model._flatten_layers():
        if hasattr(layer, "post_pre_train_function"):
            layer.post_pre_train_function()
    if is_pruned:
        pruned(model)
        yield "training", model
        for layer in model._flatten_layers():
            if type(layer).__name__.startswith("PQ") and hasattr(layer, "pre_finetune_function"):
                layer.pre_finetune_function()
        yield "tuning", model
    yield "final", pquant.apply_final_compression(model)


def main(folder):
    for name, configured, shapes, layers in networks():
        try:
            ins = [keras.Input(shape) for shape in shapes]
            model = keras.Model(ins, layers(configured)(*ins))
            x = [draw.normal(0, 1.5, (SAMPLES, *shape)).astype("float32") for shape in shapes]
            spread(model)
            model(x, training=True)
            for stage, model in stages(model, name.startswith("pruned")):
                at = os.path.join(folder, f"{name}_{stage}")
                os.makedirs(at)
                model.save(os.path.join(at, "model.keras"))
                loaded = keras.models.load_model(os.path.join(at, "model.keras"))
                for number, data in enumerate(x):
                    np.save(os.path.join(at, f"x_{number:02}.npy"), data)
                outputs = loaded(x, training=False)
                outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
                before = model(x, training=False)
                before = list(before) if isinstance(before, (list, tuple)) else [before]
                for number, (data, old) in enumerate(zip(outputs, before)):
                    np.save(os.path.join(at, f"y_{number:02}.npy"), np.asarray(data))
                    if np.abs(np.asarray(data) - np.asarray(old)).max() > 1e-6:
                        print(f"{name}_{stage} output {number}: the package computes something else of what it saved", file=sys.stderr)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {str(error)[:300]}", file=sys.stderr)


main(sys.argv[1])
