"""pack_pytorch.py EXPORTS LABEL NAME...: makes fixtures of networks that Tests/Peer/pytorch_models.py exported to EXPORTS,
as pytorch/NAME-LABEL.pt2 with a few samples beside it.

The archives are compressed and leave out what no reader reads: sample inputs and where in whose code a call stood."""

import io
import json
import os
import sys
import zipfile

import numpy

SAMPLES = 3
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch")


def packed(path):
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            if "sample_inputs" in name or "example_inputs" in name or "serialization_id" in name:
                continue
            content = old.read(name)
            if name.endswith("models/model.json") or name.endswith("exported_program.json"):
                program = json.loads(content)
                for node in program["graph_module"]["graph"]["nodes"]:
                    node["metadata"] = {k: v for k, v in node["metadata"].items() if k == "nn_module_stack"}
                program["graph_module"]["module_call_graph"] = []
                program["guards_code"] = []
                content = json.dumps(program, separators=(",", ":")).encode()
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main():
    exports, label, names = sys.argv[1], sys.argv[2], sys.argv[3:]
    os.makedirs(FOLDER, exist_ok=True)
    for name in names:
        base = os.path.join(FOLDER, f"{name}-{label}")
        with open(base + ".pt2", "wb") as file:
            file.write(packed(os.path.join(exports, name, "model.pt2")))
        for array in sorted(os.listdir(os.path.join(exports, name))):
            if array.endswith(".npy"):
                numbers = numpy.load(os.path.join(exports, name, array))
                numpy.save(f"{base}.{array.removesuffix('.npy')}.npy", numbers[:SAMPLES])


if __name__ == "__main__":
    main()
