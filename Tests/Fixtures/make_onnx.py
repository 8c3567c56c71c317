"""Makes onnx/: small networks of ONNX and QONNX with the answers of onnxruntime and qonnx. The tests only read them.

Made with onnx 1.19, onnxruntime 1.32, qonnx 1.0, NumPy 2. Run: python make_onnx.py
"""

import os

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from qonnx.custom_op.general.intquant import int_quant

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "onnx")
rng = np.random.default_rng(3)
node = helper.make_node


def f(*shape):
    return rng.normal(size=shape).astype(np.float32)


def i(*values):
    return np.array(values, np.int64)


def save(name, nodes, constants, x, answers=None, outputs=("y",), opset=18, sizes=None):
    shape = ["N"] + list(x.shape[1:]) if sizes is None else sizes
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs],
        [numpy_helper.from_array(np.asarray(v), k) for k, v in constants.items()])
    domains = [helper.make_opsetid("", opset), helper.make_opsetid("qonnx.custom_op.general", 1)]
    model = helper.make_model(graph, opset_imports=domains, producer_name="make_onnx.py")
    model.ir_version = 9
    if answers is None:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        each = [session.run(list(outputs), {"x": sample[None]}) for sample in x]
        answers = [np.concatenate(parts) for parts in zip(*each)]
    onnx.save(model, os.path.join(here, name + ".onnx"))
    np.save(os.path.join(here, name + "_x.npy"), x)
    for index, y in enumerate(answers):
        np.save(os.path.join(here, f"{name}_y{index}.npy"), np.asarray(y, np.float32))


os.makedirs(here, exist_ok=True)
image, line, row = f(2, 4, 6, 5), f(2, 4, 9), f(3, 8)
# Windows: paddings of all kinds, strides, dilation, groups; channels first in the file.
save("windows", [
    node("Conv", ["x", "w", "b"], ["c"], auto_pad="SAME_UPPER", strides=[2, 1]), node("Relu", ["c"], ["r"]),
    node("Conv", ["r", "d"], ["e"], group=6, dilations=[1, 2], pads=[1, 0, 0, 1]),
    node("AveragePool", ["e"], ["p"], kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1, count_include_pad=1,
         pads=[0, 1, 0, 0]),
    node("ConvTranspose", ["p", "t"], ["u"], strides=[2, 2], output_padding=[1, 0], pads=[1, 0, 0, 0]),
    node("MaxPool", ["u"], ["y"], kernel_shape=[2, 1])],
    {"w": f(6, 4, 3, 3), "b": f(6), "d": f(6, 1, 2, 2), "t": f(6, 3, 3, 2)}, image)
# A vector of what channels-last layers give, before a dense layer, with factors for each element between.
save("flat", [
    node("Conv", ["x", "w"], ["c"], pads=[1, 1]), node("BatchNormalization", ["c", "s", "b", "m", "v"], ["n"]),
    node("Shape", ["n"], ["shape"]), node("Gather", ["shape", "zero"], ["count"], axis=0),
    node("Unsqueeze", ["count", "first"], ["row"]), node("Concat", ["row", "rest"], ["target"], axis=0),
    node("Reshape", ["n", "target"], ["f"]), node("Mul", ["f", "q"], ["g"]),
    node("Gemm", ["g", "k", "o"], ["y"], alpha=0.5, transB=1)],
    {"w": f(5, 4, 3), "s": f(5), "b": f(5), "m": f(5), "v": np.abs(f(5)), "zero": np.int64(0), "first": i(0),
     "rest": i(-1), "q": f(45), "k": f(3, 45), "o": f(3)}, line, sizes=[1, 4, 9])
# Elements in another order, and axes of all kinds.
save("moves", [
    node("Conv", ["x", "w"], ["c"]), node("Slice", ["c", "s", "e", "a", "st"], ["l"]),
    node("Pad", ["l", "p"], ["q"], mode="reflect"), node("Split", ["q", "h"], ["u", "v"], axis=1),
    node("Concat", ["v", "u"], ["z"], axis=1), node("Transpose", ["z"], ["t"], perm=[0, 1, 3, 2]),
    node("ReduceMax", ["t", "r"], ["n"], keepdims=0), node("Resize", ["t", "", "", "g"], ["k"], mode="linear"),
    node("Softmax", ["k"], ["y"], axis=1)],
    {"w": f(5, 4, 1, 1), "s": i(0, -1), "e": i(5, -(2 ** 63)), "a": i(1, 2), "st": i(1, -2),
     "p": i(0, 0, 0, 1, 0, 0, 0, 1), "h": i(2, 3), "r": i(1, 2), "g": i(1, 5, 9, 6)}, image, outputs=("y", "n"))
# Attention with two heads and a mask.
save("attention", [
    node("MatMul", ["x", "w"], ["q"]), node("Reshape", ["q", "t"], ["h"]),
    node("Transpose", ["h"], ["a"], perm=[0, 2, 1, 3]), node("Transpose", ["h"], ["b"], perm=[0, 2, 3, 1]),
    node("MatMul", ["a", "b"], ["s"]), node("Where", ["mask", "s", "low"], ["m"]), node("Softmax", ["m"], ["p"]),
    node("MatMul", ["p", "a"], ["o"]), node("Transpose", ["o"], ["v"], perm=[0, 2, 1, 3]),
    node("Reshape", ["v", "u"], ["z"]), node("LayerNormalization", ["z", "g", "e"], ["y"])],
    {"w": f(9, 6), "t": i(0, 0, 2, 3), "u": i(0, 0, 6), "mask": np.tril(np.ones((4, 4), bool)),
     "low": np.float32(-np.inf), "g": f(6), "e": f(6)}, line)
# Recurrent networks both ways, one behind the other.
save("sequences", [
    node("Transpose", ["x"], ["t"], perm=[1, 0, 2]),
    node("LSTM", ["t", "w", "r", "b"], ["a", "", "c"], hidden_size=3, direction="bidirectional"),
    node("Transpose", ["a"], ["d"], perm=[0, 2, 1, 3]), node("Reshape", ["d", "s"], ["e"]),
    node("GRU", ["e", "gw", "gr", "gb"], ["g"], hidden_size=2, linear_before_reset=1),
    node("Squeeze", ["g", "one"], ["h"]), node("Transpose", ["h"], ["y"], perm=[1, 0, 2]),
    node("Transpose", ["c"], ["z"], perm=[1, 0, 2])],
    {"w": f(2, 12, 9), "r": f(2, 12, 3), "b": f(2, 24), "s": i(0, 0, 6), "gw": f(1, 6, 6), "gr": f(1, 6, 2),
     "gb": f(1, 12), "one": i(1)}, line, outputs=("y", "z"))
# Quantised both ways: weights with a scale for each channel, activations with a zero point and narrower bounds.
save("quantised", [
    node("QuantizeLinear", ["x", "s", "z"], ["a"]), node("Clip", ["a", "lo", "hi"], ["b"]),
    node("DequantizeLinear", ["b", "s", "z"], ["c"]), node("DequantizeLinear", ["w", "ws", "wz"], ["d"], axis=0),
    node("Conv", ["c", "d"], ["y"])],
    {"s": np.float32(0.13), "z": np.int8(-3), "lo": np.int8(-8), "hi": np.int8(7),
     "w": rng.integers(-127, 127, (5, 4, 3)).astype(np.int8), "ws": np.abs(f(5)) / 100, "wz": np.zeros(5, np.int8)},
    line)
for mode, bits, narrow in [("ROUND", 4, 1), ("HALF_UP", 3, 0), ("FLOOR", 5, 0), ("UP", 4, 0)]:
    scale = (np.abs(f(1, 8)) + np.float32(0.01)).astype(np.float32)
    steps = np.concatenate([rng.integers(-30, 30, (6, 8)).astype(np.float32) / np.float32(2), f(4, 8)])
    x = (steps * scale).astype(np.float32)
    y = int_quant(x, scale, np.float32(1), np.float32(bits), 1, narrow, mode)
    save("quant_" + mode.lower(), [
        node("Quant", ["x", "s", "z", "b"], ["y"], domain="qonnx.custom_op.general", signed=1, narrow=narrow,
             rounding_mode=mode)], {"s": scale, "z": np.float32(1), "b": np.float32(bits)}, x, [y])
