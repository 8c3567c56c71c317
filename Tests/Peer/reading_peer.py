#!/usr/bin/env python3
"""The frameworks' own readers, each a process of its own, and the models that they are measured on.

    reading_peer.py make KIND FOLDER WIDTH     writes a network of two dense layers, WIDTH inputs and units in the first
    reading_peer.py read KIND FILE [WEIGHTS]   reads it as its framework does and says how many weights there are

KIND: keras2 (.h5), keras3 (.keras), parts (.json and .weights.h5), onnx, exported (.pt2) or pickled (.pt).
"""
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
OUTPUTS = 10


def keras_network(width):
    import keras

    return keras.Sequential([
        keras.layers.Input((width,)), keras.layers.Dense(width, activation="relu"), keras.layers.Dense(OUTPUTS)])


def torch_network(width):
    import torch

    return torch.nn.Sequential(
        torch.nn.Linear(width, width), torch.nn.ReLU(), torch.nn.Linear(width, OUTPUTS)).eval()


def onnx_network(width):
    import numpy
    from onnx import helper, numpy_helper

    dice = numpy.random.default_rng(1)
    tensors, nodes = [], []
    # As PyTorch exports them: kernels transposed.
    for name, source, target, units in (("fc1", "x", "a", width), ("fc2", "r", "y", OUTPUTS)):
        kernel = (dice.standard_normal((units, width)) / width ** 0.5).astype("f4")
        tensors += [numpy_helper.from_array(kernel, name + ".weight"),
                    numpy_helper.from_array(numpy.zeros(units, "f4"), name + ".bias")]
        nodes.append(helper.make_node("Gemm", [source, name + ".weight", name + ".bias"], [target], name, transB=1))
    nodes.insert(1, helper.make_node("Relu", ["a"], ["r"], "relu"))
    ends = [helper.make_tensor_value_info(name, 1, ["N", size]) for name, size in (("x", width), ("y", OUTPUTS))]
    graph = helper.make_graph(nodes, "network", ends[:1], ends[1:], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def make(kind, folder, width):
    if kind == "keras2":
        keras_network(width).save(f"{folder}/model.h5")
    elif kind == "keras3":
        keras_network(width).save(f"{folder}/model.keras")
    elif kind == "parts":
        network = keras_network(width)
        with open(f"{folder}/model.json", "w") as file:
            file.write(network.to_json())
        network.save_weights(f"{folder}/model.weights.h5")
    elif kind == "onnx":
        import onnx

        onnx.save(onnx_network(width), f"{folder}/model.onnx")
    elif kind == "exported":
        import torch

        batch = torch.export.Dim("batch")
        program = torch.export.export(torch_network(width), (torch.zeros(2, width),), dynamic_shapes=({0: batch},))
        torch.export.save(program, f"{folder}/model.pt2")
    else:
        import torch

        torch.save(torch_network(width), f"{folder}/model.pt")


def read(kind, files):
    if kind in ("keras2", "keras3"):
        import keras

        return keras.models.load_model(files[0], compile=False).count_params()
    if kind == "parts":
        import keras

        with open(files[0]) as file:
            network = keras.models.model_from_json(file.read())
        network.load_weights(files[1])
        return network.count_params()
    if kind == "onnx":
        import onnx

        model = onnx.shape_inference.infer_shapes(onnx.load(files[0]))
        return sum(onnx.numpy_helper.to_array(tensor).size for tensor in model.graph.initializer)
    import torch

    if kind == "exported":
        return sum(tensor.numel() for tensor in torch.export.load(files[0]).state_dict.values())
    return sum(tensor.numel() for tensor in torch.load(files[0], weights_only=False).parameters())


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        print(read(sys.argv[2], sys.argv[3:]))
