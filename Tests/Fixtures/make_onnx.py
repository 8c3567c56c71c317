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


def save(name, nodes, constants, x, answers=None, outputs=("y",), opset=18, sizes=None, functions=()):
    shape = ["N"] + list(x.shape[1:]) if sizes is None else sizes
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs],
        [numpy_helper.from_array(np.asarray(v), k) for k, v in constants.items()])
    domains = [helper.make_opsetid("", opset), helper.make_opsetid("qonnx.custom_op.general", 1)]
    if functions:
        domains.append(helper.make_opsetid("own", 1))
    model = helper.make_model(graph, opset_imports=domains, producer_name="make_onnx.py", functions=functions)
    model.ir_version = 9
    if answers is None:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        each = [session.run(list(outputs), {"x": sample[None]}) for sample in x]
        answers = [np.concatenate(parts) for parts in zip(*each)]
    onnx.save(model, os.path.join(here, name + ".onnx"))
    if answers:
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
# Attention of many heads as PyTorch exports it for one sample: heads and samples are one axis, the places come first.
save("heads", [
    node("Transpose", ["x"], ["t"], perm=[1, 0, 2]), node("Reshape", ["t", "flat"], ["f"]),
    node("Gemm", ["f", "w", "b"], ["g"]), node("Reshape", ["g", "whole"], ["h"]),
    node("Split", ["h"], ["q", "k", "v"], axis=2, num_outputs=3),
    *[node("Reshape", [p, "heads"], [p + "h"]) for p in "qkv"],
    *[node("Transpose", [p + "h"], [p + "t"], perm=[1, 0, 2]) for p in "qv"],
    node("Transpose", ["kh"], ["kt"], perm=[1, 2, 0]), node("MatMul", ["qt", "kt"], ["s"]), node("Add", ["s", "mask"], ["m"]),
    node("Softmax", ["m"], ["a"], axis=-1), node("MatMul", ["a", "vt"], ["o"]), node("Transpose", ["o"], ["u"], perm=[1, 0, 2]),
    node("Reshape", ["u", "rows"], ["r"]), node("Gemm", ["r", "e"], ["z"]), node("Reshape", ["z", "whole"], ["l"]),
    node("Transpose", ["l"], ["y"], perm=[1, 0, 2])],
    {"w": f(6, 18), "b": f(18), "flat": i(5, 6), "whole": i(5, 1, -1), "heads": i(5, 2, 3), "rows": i(5, 6), "e": f(6, 6),
     "mask": np.where(np.tril(np.ones((5, 5), bool)), 0, -np.inf).astype(np.float32)}, f(3, 5, 6))
# Places that constants choose, constants beside what enters, truths that depend on it, and curves between the elements.
save("choices", [
    node("Transpose", ["x"], ["t"], perm=[1, 2, 0]), node("GatherND", ["t", "pairs"], ["g"]),
    node("Transpose", ["g"], ["p"], perm=[1, 0]), node("ScatterND", ["t", "rows", "news"], ["s"]),
    node("Transpose", ["s"], ["u"], perm=[2, 0, 1]), node("ScatterElements", ["u", "at", "x0"], ["e"], axis=2),
    node("Slice", ["x", "zero", "one", "two"], ["x0"]), node("Trilu", ["e"], ["l"], upper=0),
    node("Concat", ["start", "l", "end"], ["c"], axis=1), node("Greater", ["c", "half"], ["above"]), node("Not", ["above"], ["n"]),
    node("LessOrEqual", ["c", "low"], ["below"]), node("Or", ["n", "below"], ["o"]), node("Where", ["o", "zeros", "c"], ["w"]),
    node("Cast", ["c"], ["whole"], to=TensorProto.INT64), node("Cast", ["whole"], ["real"], to=TensorProto.FLOAT),
    node("Equal", ["real", "none"], ["same"]), node("Where", ["same", "c", "real"], ["v"]), node("Add", ["w", "v"], ["both"]),
    node("Unsqueeze", ["both", "one"], ["image"]), node("Resize", ["image", "", "", "sizes"], ["y"], mode="cubic")],
    {"pairs": i(0, 3, 4, -1, 2, 2).reshape(3, 2), "rows": i(1, 3).reshape(2, 1), "news": f(2, 4, 1),
     "at": np.full((1, 5, 1), 2), "zero": i(0), "one": i(1), "two": i(2), "start": f(1, 1, 4), "end": f(1, 2, 4),
     "half": np.float32(0.5), "low": np.float32(-1), "zeros": np.float32(0), "none": np.float32(0), "sizes": i(1, 1, 11, 6)},
    f(3, 5, 4), outputs=("y", "p"))
# Windows over three axes.
save("volumes", [
    node("Conv", ["x", "w", "b"], ["c"], pads=[1, 0, 0, 0, 1, 0]), node("Relu", ["c"], ["r"]),
    node("MaxPool", ["r"], ["m"], kernel_shape=[2, 2, 1], strides=[1, 2, 1]),
    node("AveragePool", ["m"], ["y"], kernel_shape=[1, 1, 2])], {"w": f(3, 2, 2, 2, 2), "b": f(3)}, f(2, 2, 3, 5, 4))
# Operators of whole numbers, as onnxruntime's quantize_static writes them: what moves numbers stands between them.
scales = {"xs": np.float32(0.04), "xz": np.uint8(120), "ys": np.float32(0.25), "yz": np.uint8(131), "zs": np.float32(0.5),
          "zz": np.uint8(100)}
save("integers", [
    node("QuantizeLinear", ["x", "xs", "xz"], ["q"]),
    node("QLinearConv", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz", "b"], ["c"]),
    node("MaxPool", ["c"], ["m"], kernel_shape=[2], strides=[2]), node("Reshape", ["m", "flat"], ["r"]),
    node("QLinearMatMul", ["r", "ys", "yz", "k", "ks", "kz", "zs", "zz"], ["o"]),
    node("DequantizeLinear", ["o", "zs", "zz"], ["y"])],
    {**scales, "w": rng.integers(-60, 60, (3, 4, 2)).astype(np.int8), "ws": np.array([0.01, 0.02, 0.015], np.float32),
     "wz": np.zeros(3, np.int8), "b": rng.integers(-900, 900, 3).astype(np.int32), "flat": i(1, 12),
     "k": rng.integers(-60, 60, (12, 5)).astype(np.int8), "ks": np.float32(0.02), "kz": np.int8(0)}, line)
# Thresholds of FINN are counted.
thresholds = (np.arange(7) * 0.5 + rng.normal(size=(4, 1))).astype(np.float32)
save("thresholds", [
    node("MultiThreshold", ["x", "t"], ["y"], domain="qonnx.custom_op.general", out_dtype="UINT3", out_scale=0.5, out_bias=-1.0)],
    {"t": thresholds}, line, [(line[:, :, None] >= thresholds[:, :, None]).sum(2) * 0.5 - 1])
# Functions of the model's own, one in the other, with an attribute that the caller states and one that it leaves out.
slope, bound = (onnx.AttributeProto(name=n, ref_attr_name=r, type=onnx.AttributeProto.FLOAT)
                for n, r in [("alpha", "slope"), ("alpha", "bound")])
leaky, elu = node("LeakyRelu", ["t"], ["u"]), node("Elu", ["c"], ["b"])
leaky.attribute.append(slope)
elu.attribute.append(bound)
own = [helper.make_opsetid("", 18), helper.make_opsetid("own", 1)]
half = helper.make_function(
    "own", "Half", ["a"], ["b"], [node("Constant", [], ["h"], value_float=0.5), node("Mul", ["a", "h"], ["c"]), elu], own, [],
    [helper.make_attribute("bound", 0.75)])
block = helper.make_function(
    "own", "Block", ["a", "w"], ["b"], [node("MatMul", ["a", "w"], ["t"]), leaky, node("Half", ["u"], ["b"], domain="own")], own,
    ["slope"])
save("functions", [
    node("Block", ["x", "v"], ["h"], name="first", domain="own", slope=0.25),
    node("Block", ["h", "w"], ["y"], name="second", domain="own", slope=0.5)], {"v": f(8, 5), "w": f(5, 3)}, row,
    functions=[half, block])
# Functions that call each other in a circle, and such as call two of the next for many times.
circle = [helper.make_function("own", a, ["a"], ["b"], [node(b, ["a"], ["b"], domain="own")], own)
          for a, b in [("Here", "There"), ("There", "Here")]]
save("circle", [node("Here", ["x"], ["y"], domain="own")], {}, row, [], functions=circle)
many = [helper.make_function("own", "F0", ["a"], ["b"], [node("Relu", ["a"], ["b"])], own)] + [
    helper.make_function("own", f"F{k}", ["a"], ["b"], [
        node(f"F{k - 1}", ["a"], ["t"], domain="own"), node(f"F{k - 1}", ["t"], ["b"], domain="own")], own)
    for k in range(1, 24)]
save("many", [node("F23", ["x"], ["y"], domain="own")], {}, row, [], functions=many)
