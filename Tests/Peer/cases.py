"""Reference cases: one folder per random model with the peer's answer in it.

A folder holds model.h5 (or model.json and model_weights.h5), config.yml, x.npy, y_float*.npy, y_hls*.npy, graph.json
(the peer's final graph: types and weights), trace.npz (values after every layer, first samples) and case.json (which
file is what).
"""
import hashlib
import json
import pathlib
import shutil

import numpy as np
import yaml

import peer
from random_models import Drawer

SAMPLES = 60
TRACED = 12


class NoReference(Exception):
    """The peer does not build this model, or its answer is none."""


def make(seed, folder):
    """Makes the case of `seed` in `folder`, which must not exist. Raises NoReference where the peer has no answer."""
    from tensorflow import keras

    keras.backend.clear_session()
    drawer = Drawer(seed)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    project = folder / "hls_prj"
    try:
        model = drawer.model()
        config = drawer.config(model)
        files = save(model, folder, config, separate=drawer.chance(0.2))
        x = drawer.inputs(model.input_shape[1:], SAMPLES)
        np.save(folder / "x.npy", x)
        graph, answer, trace = ask(folder, project, x)
        floats = listed(model.predict(x, verbose=0))
        check(graph, answer, x, floats)
        if trace is not None:
            np.savez_compressed(folder / "trace.npz", **trace)
        (folder / "graph.json").write_text(json.dumps(facts(graph, project), indent=1))
        write_case(folder, drawer, model, config, files, answer, floats)
    except Exception:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(project, ignore_errors=True)


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def save(model, folder, config, separate):
    """Saves the model as one file or as two, and the configuration that names them."""
    if separate:
        (folder / "model.json").write_text(model.to_json())
        model.save_weights(folder / "model_weights.h5")
        files = {"KerasJson": "model.json", "KerasH5": "model_weights.h5"}
    else:
        model.save(folder / "model.h5", include_optimizer=False, save_format="h5")
        files = {"KerasH5": "model.h5"}
    config.update(files)
    (folder / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    return files


def ask(folder, project, x):
    """The peer's final graph, its outputs and every layer's values for the first samples (None where it has none)."""
    try:
        graph = peer.convert(folder, project)
    except Exception as error:
        raise NoReference(f"conversion: {type(error).__name__}: {str(error)[:150]}") from error
    graph.config.trace_output = True
    for node in graph.get_layers():
        node.set_attr("trace", True)
    try:
        with peer.quiet():
            graph.compile()
    except Exception as error:
        raise NoReference(f"compilation: {type(error).__name__}: {str(error)[:150]}") from error
    answer = listed(graph.predict(x))
    if any(node.class_name == "Clone" for node in graph.get_layers()):
        return graph, answer, None  # the peer's trace() counts the copies twice and stops
    graph.compile = lambda: None  # trace() would compile what was just compiled
    with peer.quiet():
        _, trace = graph.trace(np.ascontiguousarray(x[:TRACED]))
    return graph, answer, trace


def check(graph, answer, x, floats):
    """Refuses answers that depend on the order of the samples, and a softmax that says the same of every one."""
    backwards = listed(graph.predict(np.ascontiguousarray(x[::-1])))
    for forward, backward in zip(answer, backwards):
        if not np.array_equal(forward, backward[::-1]):
            raise NoReference("the answer depends on the order of the samples")
    for node in graph.get_layers():
        if node.class_name == "Softmax":
            values = answer[min(len(answer) - 1, outputs_before(graph, node))]
            if len(np.unique(values.reshape(len(x), -1), axis=0)) < 3:
                raise NoReference("a softmax that gives one constant")
    if len(answer) != len(floats):
        raise NoReference("not as many outputs as the model has")


def outputs_before(graph, node):
    names = [variable.name for variable in graph.get_output_variables()]
    own = node.get_output_variable().name
    return names.index(own) if own in names else 0


def facts(graph, project):
    """What the peer decided: class, wiring, types and written weights of every node."""
    nodes = []
    for node in graph.get_layers():
        types, weights = {}, {}
        for key, value in node.attributes.items():
            if hasattr(value, "precision") and key.endswith("_t"):
                types[key] = str(value.precision)
        for key, value in node.weights.items():
            text = project / "firmware" / "weights" / f"{value.name}.txt"
            digest = hashlib.sha256(text.read_bytes()).hexdigest() if text.exists() else None
            weights[key] = {"shape": list(value.shape), "precision": str(value.type.precision), "txt_sha256": digest}
        scalars = {
            key: value for key, value in node.attributes.items() if isinstance(value, (int, float, str, bool))}
        variables = {
            variable.name: {"shape": list(variable.shape), "precision": str(variable.type.precision)}
            for variable in node.get_variables()}
        nodes.append({
            "name": node.name, "class": node.class_name, "inputs": list(node.inputs), "outputs": list(node.outputs),
            "variables": variables, "types": types, "weights": weights, "attributes": scalars})
    return {"nodes": nodes}


def write_case(folder, drawer, model, config, files, answer, floats):
    names = {}
    for key, arrays in (("y_hls", answer), ("y_float", floats)):
        names[key] = [f"{key}.npy"] if len(arrays) == 1 else [f"{key}_{i}.npy" for i in range(len(arrays))]
        for name, array in zip(names[key], arrays):
            np.save(folder / name, np.asarray(array, np.float32))
    layers = [
        {"name": layer.name, "class": layer.__class__.__name__, "output_shape": str(layer.output_shape)}
        for layer in model.layers]
    case = {
        "name": folder.name, "family": "random", "framework": "keras2", "hls4ml": "1.3.0", "seed": drawer.seed,
        "judge": "y_hls", "backend": config["Backend"], "io_type": config["IOType"],
        "files": {"model": files, "x": ["x.npy"], **names, "config": "config.yml", "graph": "graph.json"},
        "layers": layers, "exercises": sorted(drawer.exercises), "n_samples": SAMPLES, "trace_samples": TRACED,
    }
    if (folder / "trace.npz").exists():
        case["files"]["trace"] = "trace.npz"
    (folder / "case.json").write_text(json.dumps(case, indent=1))
