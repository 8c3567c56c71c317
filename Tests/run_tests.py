#!/usr/bin/env python3
"""Runs the tests, and lists the slowest before the runner's closing line: run_tests.py swift test [OPTION...]

Twice as many tests as there are cores run at once: some wait for a program, and one that is not running takes no time
in the list. The exit status is the runner's.
"""

import collections
import json
import os
import re
import subprocess
import sys
import tempfile

COUNT = 10
CLOSING = re.compile(r"Test run with \d+ tests? .*after [\d.]+ seconds")


def durations(events):
    """Seconds of all cases of a test together, by the test's name; a line that was cut off counts for nothing."""
    started = {}
    seconds = collections.Counter()
    cases = collections.Counter()
    for line in events:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get("kind") != "event":
            continue
        event = event["payload"]
        name = event.get("testID", "").rsplit("/", 1)[0]
        case = (name, json.dumps(event.get("_testCase"), sort_keys=True))
        if event["kind"] == "testCaseStarted":
            started[case] = event["instant"]["absolute"]
        elif event["kind"] == "testCaseEnded" and case in started:
            seconds[name] += event["instant"]["absolute"] - started.pop(case)
            cases[name] += 1
    return seconds, cases


def slowest(path):
    with open(path, encoding="utf-8") as events:
        seconds, cases = durations(events)
    print(f"The {min(COUNT, len(seconds))} slowest of {len(seconds)} tests:")
    for name, time in seconds.most_common(COUNT):
        count = f" ({cases[name]} cases)" if cases[name] > 1 else ""
        print(f"{time:8.1f} s  {name}{count}")


def main(command):
    width = str(2 * (os.cpu_count() or 1))
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/events"
        options = ["--experimental-maximum-parallelization-width", width, "--event-stream-output-path", path]
        with subprocess.Popen(command + options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace") as runner:
            for line in runner.stdout:
                if CLOSING.search(line) and os.path.exists(path):
                    slowest(path)
                print(line, end="", flush=True)
        return runner.returncode


sys.exit(main(sys.argv[1:]))
