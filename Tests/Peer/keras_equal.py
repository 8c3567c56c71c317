"""keras_equal.py FOLDER [PROBE] [TOLERANCE]: every network that keras_models.py or hgq2_models.py wrote, read and computed by
ModelProbe, against what the framework computed. Prints what differs and what is refused, and fails where numbers differ."""

import collections
import os
import re
import subprocess
import sys


def model_files(folder):
    for names in (["model.keras"], ["model.h5"], ["model.json", "model.weights.h5"], ["model.json", "weights.h5"]):
        paths = [os.path.join(folder, name) for name in names]
        if all(map(os.path.exists, paths)):
            return paths
    return None


def compared(probe, folder, paths):
    """The largest relative difference of each output; the errors instead where the network is not read."""
    files = sorted(os.listdir(folder))
    arrays = {kind: [os.path.join(folder, f) for f in files if f.startswith(kind)] for kind in ("x_", "y_")}
    command = [probe, *paths, "--", *arrays["x_"], "=", *arrays["y_"]]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        return None, ["no answer within two minutes"]
    text = result.stdout + result.stderr
    found = re.findall(r"^(\S+) +(?:(\d+ numbers for \d+) )?worst (\S+) of (\S+)", text, re.MULTILINE)
    if result.returncode or len(found) != len(arrays["y_"]):
        return None, re.findall(r"^error: (.*)$", text, re.MULTILINE) or [f"ended with {result.returncode}: {text[-300:]}"]
    return {name: float("inf") if count else float(a) / float(b) if float(b) else float(a) for name, count, a, b in found}, []


def main():
    folder = sys.argv[1]
    probe = sys.argv[2] if len(sys.argv) > 2 else ".build/debug/ModelProbe"
    tolerance = float(sys.argv[3]) if len(sys.argv) > 3 else 1e-4
    refused, wrong, equal = collections.Counter(), 0, 0
    for name in sorted(os.listdir(folder)):
        place = os.path.join(folder, name)
        paths = model_files(place)
        # Without what the framework computes of it, it could not be read again.
        if paths is None or not os.path.exists(os.path.join(place, "y_00.npy")):
            continue
        differences, errors = compared(probe, place, paths)
        if differences is None:
            # What is said of a layer, without its name.
            refused.update({re.sub(r"^layer '[^']*'", "layer", error) for error in errors})
            print(f"{name}  refused: {'; '.join(errors)}")
            continue
        far = {output: value for output, value in differences.items() if not value <= tolerance}
        wrong += bool(far)
        equal += not far
        if far:
            print(f"{name}  DIFFERS: " + ", ".join(f"{output} {value:.1e}" for output, value in far.items()))
    print(f"{equal} networks equal within {tolerance}, {wrong} differ; refusals:")
    for error, count in refused.most_common():
        print(f"  {count:4d}  {error}")
    sys.exit(wrong > 0 or equal == 0)


if __name__ == "__main__":
    main()
