#!/usr/bin/env python3
"""Random models through the peer (hls4ml 1.3.0) and through hlsbuild: every output must be equal bit for bit.

    engines_equal.py [--count N] [--seed S] [--engines emulator,csim] [--hlsbuild BIN] [--keep DIR] [-j N]
    engines_equal.py --generate-only DIR [--count N] [--seed S] [-j N]

Draws models of dense and batch normalisation layers, activations, dropout, flatten and reshape with random precisions,
strategies, reuse factors and I/O types. Seeds that the peer cannot build are counted and skipped. A seed that differs
is printed, and its folder is kept under --keep with hlsbuild's answer (out_ENGINE_0.npy) beside the peer's (y_hls.npy).
--generate-only makes N reference cases in DIR and compares nothing; cases that are there already stay.
Exit status 1 when an output differs. Run it with the Python of the environment that setup.sh makes; a seed takes about
10 CPU seconds.
"""
import argparse
import concurrent.futures
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np


def generate(seed, folder):
    """Makes one case. Gives None, or why the peer has no answer for it."""
    import logging
    import warnings

    import cases

    warnings.simplefilter("ignore")
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    if (folder / "case.json").exists():
        return None
    shutil.rmtree(folder, ignore_errors=True)
    try:
        cases.make(seed, folder)
    except cases.NoReference as reason:
        return str(reason)
    return None


def compare(folder, hlsbuild, engine):
    """Runs one engine of hlsbuild on a case. Gives None where it equals the peer, else what is different."""
    import json

    wanted = json.loads((folder / "case.json").read_text())["files"]["y_hls"]
    command = [hlsbuild, "-f", "config.yml", "predict", "--engine", engine, "--input", "x.npy"]
    given = [f"out_{engine}_{index}.npy" for index in range(len(wanted))]
    for name in given:
        command += ["--output", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        return f"exit status {done.returncode}: {said[0] if said else 'without a word'}"
    for name, want in zip(given, wanted):
        got, want = (np.load(folder / n).astype(np.float32).ravel() for n in (name, want))
        if got.size != want.size:
            return f"{name}: {got.size} values, the peer gives {want.size}"
        if wrong := int(np.sum(got != want)):
            return f"{name}: {wrong} of {want.size} differ, at most by {np.max(np.abs(got - want)):.6g}"
    return None


def run(seed, args, root):
    """One seed: (seed, why it was skipped, list of differences)."""
    folder = root / f"random-{seed:05}"
    reason = generate(seed, folder)
    if reason or args.generate_only:
        return seed, reason, []
    differences = [(engine, text) for engine in args.engines if (text := compare(folder, args.hlsbuild, engine))]
    if not differences:
        shutil.rmtree(folder)
    return seed, None, differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--engines", type=lambda text: text.split(","), default=["emulator", "csim"])
    parser.add_argument("--hlsbuild", default=os.environ.get("HLSBUILD", ".build/release/hlsbuild"))
    parser.add_argument("--keep", type=pathlib.Path, help="where failing cases stay (default: a new folder)")
    parser.add_argument("--generate-only", type=pathlib.Path, metavar="DIR")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    args = parser.parse_args()
    root = args.generate_only or args.keep or pathlib.Path(tempfile.mkdtemp(prefix="engines-equal-"))
    root.mkdir(parents=True, exist_ok=True)
    if not args.generate_only:
        args.hlsbuild = str(pathlib.Path(args.hlsbuild).resolve(strict=True))

    seeds, made, skipped, failed = iter(range(args.seed, args.seed + 10 * args.count)), 0, 0, 0
    # Fresh processes: TensorFlow does not survive a fork, and a crash of the peer's library ends its own process only.
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(args.jobs, mp_context=context) as pool:
        waiting = {pool.submit(run, next(seeds), args, root) for _ in range(min(args.jobs, args.count))}
        while waiting:
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                seed, reason, differences = future.result()
                made, skipped, failed = made + (not reason), skipped + bool(reason), failed + bool(differences)
                text = f"no reference ({reason})" if reason else "; ".join(f"{e}: {t}" for e, t in differences)
                print(f"seed {seed:5}: {text or ('made' if args.generate_only else 'equal')}", flush=True)
                if made + len(waiting) < args.count and (seed := next(seeds, None)) is not None:
                    waiting.add(pool.submit(run, seed, args, root))
    verb = "made" if args.generate_only else "compared"
    print(f"{made} {verb}, {failed} failed, {skipped} without a reference" + (f"; see {root}" if failed else ""))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
