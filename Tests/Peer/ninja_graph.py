"""A ninja graph over the very files of a built hlsbuild project, to compare what a build with nothing to do costs."""
import pathlib

from measure import files_below

STAGES = ("parse", "optimize", "write", "csim")


def escaped(path):
    return str(path).replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


def write_points(folder, count, length=10):
    """Writes build.ninja for `count` edges in rows of `length`, with the files of EngineProbe's graph of that size.

    Gives (files, edges).
    """
    lines = ["rule stage", "  command = touch $out", ""]
    for number in range(count):
        point, place = divmod(number, length)
        before = f"build/p{point}/s{place - 1}/out" if place else "source.txt"
        lines.append(f"build build/p{point}/s{place}/out: stage {before}")
    (pathlib.Path(folder) / "build.ninja").write_text("\n".join(lines) + "\n")
    return count + 1, count


def write(project, templates):
    """Writes build.ninja into a copy of a built project: an edge for each stage, with that stage's files.

    Commands only touch their outputs; they run once, so that ninja has a log of them. Gives (files, edges).
    """
    project = pathlib.Path(project)
    outputs = {stage: [pathlib.Path("build") / stage / f for f in files_below(project / "build" / stage)]
               for stage in STAGES}
    extra = [pathlib.Path(templates) / f for f in files_below(templates)] if templates else []
    inputs = {
        "parse": ["hlsbuild.yml", "model.h5"],
        "optimize": ["hlsbuild.yml", *outputs["parse"]],
        "write": ["hlsbuild.yml", *outputs["optimize"], *extra],
        "csim": ["hlsbuild.yml", "input.npy", "expected.npy", *outputs["write"]],
    }
    lines = ["rule stage", "  command = touch $out", ""]
    edges = 0
    for stage in STAGES:
        if outputs[stage]:
            edges += 1
            made, read = (" ".join(map(escaped, group[stage])) for group in (outputs, inputs))
            lines.append(f"build {made}: stage {read}")
    (project / "build.ninja").write_text("\n".join(lines) + "\n")
    files = set(sum(outputs.values(), [])) | {pathlib.Path(f) for group in inputs.values() for f in group}
    return len(files), edges
