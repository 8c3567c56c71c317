#!/usr/bin/env python3
"""hlsbuild against hls4ml 1.3.0 and ninja on the jet tagger, and against the readers of Keras, ONNX and PyTorch, in one run,
as ratios.

    bench.py [--hlsbuild BIN] [--project DIR] [--templates DIR] [--only convert,null,graph,compile,predict,read] [--quick]

Times are CPU seconds of whole processes with their children, the two sides run in turns, except for the build with
nothing to do, where wall time counts. Medians, with the range in brackets. Exit status 0 unless something could not be
run. Run it with the Python of the environment that setup.sh makes; `read` makes one more, with the frameworks of today
(readers.sh). Takes about ten CPU minutes; --quick a third of it.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import ninja_graph
from measure import Comparison, Failed, interleaved, run, table
from reading import reading

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PARTS = ("convert", "null", "graph", "compile", "predict", "read")
STAGES = 10_000


class Bench:
    """The two contestants, a scratch folder and how often to measure."""

    def __init__(self, args, scratch):
        self.hlsbuild = str(args.hlsbuild.resolve(strict=True))
        self.probe = args.probe
        self.python = sys.executable
        self.project = args.project.resolve(strict=True)
        self.templates = args.templates
        self.scratch = pathlib.Path(scratch)
        self.quick = args.quick
        self.count = 0
        self.environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
        self.peer_case = self.make_peer_case()

    def fresh(self):
        """A new copy of the project, nothing built in it."""
        self.count += 1
        folder = self.scratch / f"project{self.count}"
        shutil.copytree(self.project, folder, ignore=shutil.ignore_patterns("build", ".hlsbuild", "train.py", "*.md"))
        return folder

    def make_peer_case(self):
        """The same model and the same types, as the peer's YAML."""
        import yaml

        ours = yaml.safe_load((self.project / "hlsbuild.yml").read_text())
        layers = {}
        for name, options in ours["layers"].items():
            layers[name] = {"Precision": dict(options["precision"])}
            if "accum" in options["precision"]:  # the peer splits a linear activation off every dense layer
                layers[name + "_linear"] = {"Precision": {"result": options["precision"]["result"]}}
        theirs = {
            "OutputDir": "prj", "ProjectName": "myproject", "Backend": "Vitis", "Part": ours["part"], "ClockPeriod": 5,
            "IOType": "io_parallel",
            "HLSConfig": {
                "Model": {"Precision": {"default": ours["precision"]}, "ReuseFactor": 1, "Strategy": "Latency"},
                "LayerName": layers},
        }
        folder = self.scratch / "peer"
        folder.mkdir()
        shutil.copy(self.project / "model.h5", folder)
        # `hls4ml convert` reads KerasModel only; the Python functions below take KerasH5.
        (folder / "config.yml").write_text(yaml.safe_dump({**theirs, "KerasH5": "model.h5"}))
        (folder / "convert.yml").write_text(yaml.safe_dump({**theirs, "KerasModel": "model.h5"}))
        return folder

    def inputs(self, count):
        """The project's jets, repeated to `count` samples."""
        path = self.scratch / f"input{count}.npy"
        code = "import sys, numpy as n; n.save(sys.argv[2], n.resize(n.load(sys.argv[1]), (int(sys.argv[3]), 16)))"
        run([self.python, "-c", code, str(self.project / "input.npy"), str(path), str(count)], self.scratch)
        return path

    # -- the parts ------------------------------------------------------------------------------------------

    def convert(self):
        """Parse, optimize and write from nothing, against `hls4ml convert`."""
        tool = str(pathlib.Path(self.python).parent / "hls4ml")

        def theirs():
            # Moved aside, not removed: ext4 searches long for a free inode while many were freed a moment ago, which
            # whoever makes files next would pay for.
            project = self.peer_case / "prj"
            if project.exists():
                project.rename(self.peer_case / f"old{len(os.listdir(self.peer_case))}")
            usage = run([self.python, tool, "convert", "-c", "convert.yml"], self.peer_case, self.environment)
            if not (project / "firmware" / "myproject.cpp").exists():
                raise Failed("hls4ml convert wrote no project")
            return usage

        pairs = interleaved(3 if self.quick else 7, lambda: run([self.hlsbuild, "write"], self.fresh()), theirs)
        ours, others = ([r.cpu for r in side] for side in zip(*pairs))
        memory = [max(r.peak_mib for r in side) for side in zip(*pairs)]
        print(f"peak memory: hlsbuild write {memory[0]:.0f} MiB, hls4ml convert {memory[1]:.0f} MiB")
        return [Comparison("parse + optimize + write, CPU (hls4ml convert)", "s", ours, others, 50)]

    def ninja(self):
        """The ninja of this environment, else one that is installed."""
        beside = pathlib.Path(self.python).parent / "ninja"
        ninja = str(beside) if beside.exists() else shutil.which("ninja")
        if not ninja:
            raise Failed("ninja is not installed: setup.sh installs it")
        return ninja

    def graph(self):
        """The engine alone on 10,000 stages with nothing to do, against ninja on as many edges and the same files."""
        if not self.probe.exists():
            raise Failed(f"there is no {self.probe}: `swift build -c release --product EngineProbe` builds it")
        probe, ninja = str(self.probe.resolve()), self.ninja()
        folder = self.scratch / "graph"
        folder.mkdir()
        (folder / "source.txt").write_text("one\n")
        command = [probe, "graph", ".", str(STAGES)]
        run(command, folder)
        copy = self.scratch / "graph-ninja"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".hlsbuild"))
        files, edges = ninja_graph.write_points(copy, STAGES)
        run([ninja], copy)
        said = subprocess.run([ninja], cwd=copy, capture_output=True, text=True, check=True).stdout
        if "no work to do" not in said:
            raise Failed(f"ninja still finds work: {said}")
        print(f"ninja's graph of points: {files} files, {edges} edges")
        # The first build after that writes down what it looked at.
        walk = run(command, folder)
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
        if "nothing to do" not in said:
            raise Failed(f"the graph is built again: {said}")
        pairs = interleaved(10 if self.quick else 40, lambda: run(command, folder), lambda: run([ninja], copy))
        walks = [run([*command, "walk"], folder) for _ in range(3)]
        memory = [max(r.peak_mib for r in side) for side in (*zip(*pairs), [walk, *walks])]
        print("peak memory: nothing to do {:.0f} MiB, ninja {:.0f} MiB; all stages gone over {:.0f} MiB".format(*memory))
        walls = [[1e3 * r.wall for r in side] for side in zip(*pairs)]
        cpus = [[1e3 * r.cpu for r in side] for side in zip(*pairs)]
        return [
            Comparison(f"{STAGES} stages, nothing to do, wall (ninja)", "ms", *walls, 1, at_most=True),
            Comparison(f"{STAGES} stages, nothing to do, CPU (ninja)", "ms", *cpus, None, at_most=True),
            Comparison(f"{STAGES} stages, all gone over, wall (ninja)", "ms", [1e3 * r.wall for r in walks], walls[1],
                       None, at_most=True),
            Comparison(f"{STAGES} stages, all gone over, peak memory (the bar)", "MiB", [memory[2]], [150], 1,
                       at_most=True),
        ]

    def null(self):
        """A build with nothing to do, against ninja with nothing to do on the same files."""
        ninja = self.ninja()
        folder = self.fresh()
        run([self.hlsbuild, "csim"], folder)
        copy = self.scratch / "ninja"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".hlsbuild"))
        files, edges = ninja_graph.write(copy, self.templates)
        run([ninja], copy)
        said = subprocess.run([ninja], cwd=copy, capture_output=True, text=True, check=True).stdout
        if "no work to do" not in said:
            raise Failed(f"ninja still finds work: {said}")
        print(f"ninja's graph: {files} files, {edges} edges")
        run([self.hlsbuild, "csim"], folder)
        pairs = interleaved(
            30 if self.quick else 100, lambda: run([self.hlsbuild, "csim"], folder), lambda: run([ninja], copy))
        walls = [[1e3 * r.wall for r in side] for side in zip(*pairs)]
        cpus = [[1e3 * r.cpu for r in side] for side in zip(*pairs)]
        return [
            Comparison("nothing to do, wall (ninja)", "ms", *walls, 1.5, at_most=True),
            Comparison("nothing to do, CPU (ninja)", "ms", *cpus, None, at_most=True),
        ]

    def compile(self):
        """csim on a project that is written but never was compiled, against the peer's `compile()`."""
        inside = []

        def ours():
            folder = self.fresh()
            run([self.hlsbuild, "write"], folder)
            return run([self.hlsbuild, "csim"], folder)

        def theirs():
            inside.append(self.inside(self.inputs(1000)))
            return inside[-1]

        pairs = interleaved(2 if self.quick else 5, ours, theirs)
        return [Comparison(
            "csim compile and run of 1000 jets, CPU (hls4ml compile())", "s", [a.cpu for a, _ in pairs],
            [b["compile"] for _, b in pairs], 5)]

    def predict(self):
        """Samples per CPU second: the whole process of ours, only the call of the peer's."""
        many, few = 500_000, 20_000
        folder, large, small = self.fresh(), self.inputs(many), self.inputs(few)
        command = [self.hlsbuild, "predict", "--engine", "emulator", "--input", str(large), "--output", "y.npy"]
        run(command, folder)
        pairs = interleaved(2 if self.quick else 5, lambda: run(command, folder), lambda: self.inside(small))
        return [Comparison(
            "emulator, samples per CPU second (hls4ml predict())", "/s", [many / a.cpu for a, _ in pairs],
            [few / b["predict"] for _, b in pairs], 20, higher_is_better=True)]

    def read(self):
        """Models read with all their weights, against their frameworks."""
        return reading(self.hlsbuild, self.python, self.scratch, self.quick)

    def inside(self, samples):
        """The peer's compile and predict, measured by itself."""
        done = subprocess.run(
            [self.python, str(HERE / "bench_peer_inside.py"), str(self.peer_case), str(samples)],
            capture_output=True, text=True, env=self.environment)
        if done.returncode:
            raise Failed(f"bench_peer_inside.py: {done.stderr.strip()[-500:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--hlsbuild", type=pathlib.Path, default=os.environ.get("HLSBUILD", str(ROOT / ".build/release/hlsbuild")))
    parser.add_argument(
        "--probe", type=pathlib.Path, default=os.environ.get("PROBE", str(ROOT / ".build/release/EngineProbe")),
        help="the program that builds the graph of 10,000 stages")
    parser.add_argument("--project", type=pathlib.Path, default=ROOT / "Projects" / "jet-tagger")
    parser.add_argument(
        "--templates", type=pathlib.Path, help="a folder of files that ninja's graph has as inputs of `write`, too")
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    if unknown := [part for part in args.only if part not in PARTS]:
        parser.error(f"no part {unknown[0]}; there are {', '.join(PARTS)}")
    rows, failed = [], False
    with tempfile.TemporaryDirectory(prefix="hlsbuild-bench-") as scratch:
        bench = Bench(args, scratch)
        for part in args.only:
            try:
                rows += getattr(bench, part)()
            except Failed as error:
                failed = True
                print(f"{part}: could not be measured\n  {error}", file=sys.stderr)
    load = os.getloadavg()[0]
    print(f"load average at the end: {load:.1f} on {os.cpu_count()} processors")
    print(table(rows))
    return failed


if __name__ == "__main__":
    sys.exit(main())
