"""pytorch_equal.py EXPORTS [PROBE]: every network that pytorch_models.py exported, read and computed by ModelProbe, against
what PyTorch computed. Prints the largest difference relative to the largest value of each output, and fails beyond 1e-5."""

import os
import re
import subprocess
import sys

TOLERANCE = 1e-5


def worst(probe, folder):
    """The largest relative difference; nil with what was said where the network is not read."""
    files = sorted(os.listdir(folder))
    arrays = {kind: [os.path.join(folder, f) for f in files if f.startswith(kind)] for kind in ("x_", "y_")}
    command = [probe, os.path.join(folder, "model.pt2"), "--", *arrays["x_"], "=", *arrays["y_"]]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    text = result.stdout + result.stderr
    found = [(float(a), float(b)) for a, b in re.findall(r"worst (\S+) of (\S+)", text)]
    if result.returncode or "numbers for" in text or len(found) != len(arrays["y_"]):
        return None, text.strip()
    return max(a / b if b else a for a, b in found), ""


def main():
    exports = sys.argv[1]
    probe = sys.argv[2] if len(sys.argv) > 2 else ".build/debug/ModelProbe"
    wrong = count = 0
    for name in sorted(os.listdir(exports)):
        folder = os.path.join(exports, name)
        if not os.path.exists(os.path.join(folder, "model.pt2")):
            continue
        count += 1
        difference, text = worst(probe, folder)
        good = difference is not None and difference <= TOLERANCE
        wrong += not good
        print(f"{name:22s} {text if difference is None else f'{difference:.1e}'}{'' if good else '  <--'}")
    print(f"{count - wrong} of {count} networks equal within {TOLERANCE}")
    sys.exit(wrong > 0 or count == 0)


if __name__ == "__main__":
    main()
