#!/usr/bin/env python3
"""The peer's half of the benchmark that happens inside one Python process.

    bench_peer_inside.py FOLDER X.npy

Converts the case in FOLDER, compiles it and predicts X; prints one JSON object with the CPU seconds (children included)
of `compile()` and of `predict()`, and the number of samples.
"""
import json
import resource
import sys
import tempfile

import numpy as np

import peer


def cpu():
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        total += usage.ru_utime + usage.ru_stime
    return total


def main():
    x = np.load(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        graph = peer.convert(sys.argv[1], scratch + "/prj")
        with peer.quiet():
            graph.write()  # the first write imports TensorFlow, which is not compiling
            start = cpu()
            graph.compile()
            compiled = cpu() - start
            graph.predict(x[:1])  # the first call reads the weights
            start = cpu()
            graph.predict(x)
            predicted = cpu() - start
    print(json.dumps({"compile": compiled, "predict": predicted, "samples": len(x)}))


if __name__ == "__main__":
    main()
