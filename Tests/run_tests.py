#!/usr/bin/env python3
"""Runs the tests, and lists the slowest, and what failed, before the runner's closing line: run_tests.py swift test [OPTION...]

Twice as many tests as there are cores run at once: some wait for a program. The exit status is the runner's.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

COUNT = 10
ISSUE = re.compile(r"✘ .* recorded an issue ")
CLOSING = re.compile(r"Test run with \d+ tests? .*after [\d.]+ seconds")


class Durations:
    """Seconds that each test ran for, all its cases together.

    The runner tells when the case of a test with arguments begins to run. Of the others it tells only when they began
    to wait for their turn: they are taken to run in the order in which they wait, each from the instant at which
    another ended that no case with arguments followed.
    """

    def __init__(self, lines, width):
        self.cases = {}
        self.seconds = {}
        turns = []
        waiting = {}
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue  # The last line of a run that was cut off.
            if event["kind"] != "event":
                if event["payload"]["kind"] == "function" and not event["payload"]["isParameterized"]:
                    waiting[event["payload"]["id"]] = None
                continue
            event = event["payload"]
            kind, name, now = event["kind"], event.get("testID"), event["instant"]["absolute"]
            if kind == "runStarted":
                turns = [now] * width
            elif kind == "testCaseStarted":
                self.cases[name] = self.cases.get(name, 0) + 1
                self.seconds[name] = self.seconds.get(name, 0) - now
                if turns:
                    turns.pop()
            elif kind == "testCaseEnded":
                self.seconds[name] += now
                turns.append(now)
            elif kind == "testStarted" and name in waiting:
                # In the order in which they wait.
                waiting[name] = waiting.pop(name)
            elif kind == "testEnded" and name in waiting:
                waiting[name] = now
                turns.append(now)
        for (name, end), turn in zip(waiting.items(), sorted(turns)):
            if end is not None:
                self.seconds[name] = max(0, end - turn)

    def report(self):
        slowest = sorted(self.seconds.items(), key=lambda item: -item[1])[:COUNT]
        lines = [f"The {len(slowest)} slowest of {len(self.seconds)} tests:"]
        for test, seconds in slowest:
            cases = f" ({self.cases[test]} cases)" if self.cases.get(test, 1) > 1 else ""
            lines.append(f"{seconds:8.1f} s  {test.rsplit('/', 1)[0]}{cases}")
        return "\n".join(lines)


def main(command):
    width = 2 * (os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/events"
        options = ["--experimental-maximum-parallelization-width", str(width), "--event-stream-output-path", path]
        with subprocess.Popen(command + options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace") as runner:
            failures, follows = [], False
            for line in runner.stdout:
                # What is said of an issue stands on the lines behind it.
                follows = bool(ISSUE.search(line)) or follows and line.startswith(("↳", "  "))
                if follows:
                    failures.append(line)
                if CLOSING.search(line) and os.path.exists(path):
                    with open(path, encoding="utf-8") as events:
                        print(Durations(events, width).report())
                    if failures:
                        print("What failed:\n" + "".join(failures), end="")
                print(line, end="", flush=True)
        return runner.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
