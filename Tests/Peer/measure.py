"""Running processes and measuring them: CPU seconds with all children, and wall time."""
import os
import pathlib
import statistics
import tempfile
import time


class Failed(Exception):
    """A command that was to be measured did not do its work."""


class Run:
    """What one process cost, all its descendants that were waited for included.

    The peak is never below that of the measuring process itself (about 16 MiB): a spawned child starts with it.
    """

    def __init__(self, wall, usage):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak_mib = usage.ru_maxrss / 1024


def run(command, folder, environment=None):
    """Runs `command` (a list; the program with its path) in `folder` and waits for it."""
    here = os.getcwd()
    with tempfile.TemporaryFile() as output:
        os.chdir(folder)
        try:
            start = time.perf_counter()
            child = os.posix_spawn(
                command[0], command, environment or os.environ,
                file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, output.fileno(), 2)])
            _, status, usage = os.wait4(child, 0)
            wall = time.perf_counter() - start
        finally:
            os.chdir(here)
        if code := os.waitstatus_to_exitcode(status):
            output.seek(0)
            said = output.read().decode(errors="replace").strip().splitlines()[-12:]
            raise Failed("\n  ".join([f"{' '.join(map(str, command))}: exit status {code}", *said]))
    return Run(wall, usage)


def interleaved(count, ours, theirs):
    """`count` pairs of runs, the order within a pair alternating, so that both see the same load of the machine."""
    pairs = []
    for index in range(count):
        first, second = (ours, theirs) if index % 2 == 0 else (theirs, ours)
        one, two = first(), second()
        pairs.append((one, two) if index % 2 == 0 else (two, one))
    return pairs


class Comparison:
    """One line of the table: two series of figures, and by how much one has to beat the other (None: no bound)."""

    def __init__(self, what, unit, ours, theirs, bound, higher_is_better=False, at_most=False):
        self.what, self.unit = what, unit
        self.ours, self.theirs = ours, theirs
        self.bound, self.at_most = bound, at_most
        self.higher_is_better = higher_is_better

    @property
    def ratio(self):
        """At-most bounds compare ours to theirs; the others say how many times better ours is."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        if self.at_most or self.higher_is_better:
            return ours / theirs
        return theirs / ours

    def verdict(self):
        """The bound as text, and whether it is met; two empty cells for a line that is for information only."""
        if self.bound is None:
            return "", ""
        met = self.ratio <= self.bound if self.at_most else self.ratio >= self.bound
        return f"{'<=' if self.at_most else '>='} {self.bound:g}", "met" if met else "NOT MET"

    def row(self):
        return (
            self.what, figures(self.ours, self.unit), figures(self.theirs, self.unit), f"{self.ratio:.3g}",
            *self.verdict())


def figures(values, unit):
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.4g} ({low:.4g} to {high:.4g}) {unit}" if len(values) > 1 else f"{middle:.4g} {unit}"


def table(comparisons):
    """The comparisons as a Markdown table."""
    rows = [("what", "hlsbuild: median (range)", "the other: median (range)", "ratio", "bound", "")]
    rows += [comparison.row() for comparison in comparisons]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def files_below(folder):
    """Every file below a folder, sorted, relative to it."""
    folder = pathlib.Path(folder)
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
