"""Reading models, against the frameworks that wrote them: a part of bench.py.

Both sides are whole processes that read a model with all its weights: ours is `hlsbuild init --model`, which writes a
project file with the layers that it found, theirs is the framework's own loader (reading_peer.py). Each model is a small
one and one of 50 MB, made for it.
"""
import os
import pathlib
import subprocess

from measure import Comparison, Failed, interleaved, run

HERE = pathlib.Path(__file__).resolve().parent
WIDTHS = {"small": 16, "50 MB": 3600}
# What the bench allows of memory for each byte of weights.
MEMORY = 2.5
KINDS = {
    "keras2": ("Keras 2 .h5 (load_model)", ["model.h5"]),
    "keras3": ("Keras 3 .keras (load_model)", ["model.keras"]),
    "parts": ("Keras 3 .json and .weights.h5 (load_weights)", ["model.json", "model.weights.h5"]),
    "onnx": ("ONNX (onnx.load, infer_shapes)", ["model.onnx"]),
    "exported": ("PyTorch .pt2 (torch.export.load)", ["model.pt2"]),
    "pickled": ("PyTorch .pt (torch.load)", ["model.pt"]),
}


def environment():
    """The Python with the frameworks of today."""
    found = os.environ.get("READERS_PYTHON")
    if found:
        return found
    folder = HERE.parent.parent / ".cache" / "readers"
    done = subprocess.run([str(HERE / "readers.sh"), str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"readers.sh: {done.stderr.strip()[-500:]}")
    return str(folder / "bin" / "python")


def reading(hlsbuild, peer, scratch, quick):
    """The comparisons, all formats, small and large. The Python `peer` has Keras 2."""
    today = environment()
    script = str(HERE / "reading_peer.py")
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    rows = []
    for kind, (title, names) in KINDS.items():
        python = peer if kind == "keras2" else today
        for size, width in WIDTHS.items():
            folder = scratch / "reading" / f"{kind}-{width}"
            folder.mkdir(parents=True)
            run([python, script, "make", kind, str(folder), str(width)], folder, quiet)
            files = [str(folder / name) for name in names]
            words = ["--model", files[0], *(["--weights", files[1]] if len(files) > 1 else [])]

            def ours():
                project = folder / f"project{len(os.listdir(folder))}"
                return run([hlsbuild, "init", str(project), *words], folder)

            def theirs():
                return run([python, script, "read", kind, *files], folder, quiet)

            theirs()
            pairs = interleaved(2 if quick else 5, ours, theirs)
            cpus = [[r.cpu for r in side] for side in zip(*pairs)]
            walls = [[r.wall for r in side] for side in zip(*pairs)]
            new = [Comparison(f"read {title}, {size}, CPU", "s", *cpus, None),
                   Comparison(f"read {title}, {size}, wall", "s", *walls, None)]
            rows += new
            # Frameworks take long to start: whoever waits sees how far it is, and keeps what there is.
            for row in new:
                print(" | ".join(row.row()), flush=True)
            if width < 1000:
                continue
            weights = 4 * (width * width + width + width * 10 + 10) / 2 ** 20
            peaks = [max(r.peak_mib for r in side) for side in zip(*pairs)]
            print(f"peak memory, {title}, {size}: hlsbuild {peaks[0]:.0f} MiB, the framework {peaks[1]:.0f} MiB",
                  flush=True)
            rows.append(Comparison(
                f"read {title}, {size}, peak memory (its weights)", "MiB", [peaks[0]], [weights], MEMORY, at_most=True))
            for path in files:
                os.remove(path)
    return rows
