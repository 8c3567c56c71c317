#!/usr/bin/env python3
"""Reads vendor reports a second time, with other means than the product: the values the tests expect.

    independent_reading.py FOLDER                    print each path, and below it `TAB key TAB value` lines
    independent_reading.py FOLDER --compare CENSUS   compare with the product's readings (JSON lines of the census)

Keys are paths into the product's JSON (`clock.target_ns`); a value is a number, a word, or `null`. The tests compare
with the lines checked in beside the fixtures, so that they need no Python:

    independent_reading.py Tests/Fixtures/reports > Tests/Fixtures/reports/expected.tsv

XML is read as a tree and text by regular expressions over whole files; nothing here walks tables by their drawing.
"""
import gzip
import json
import os
import re
import sys
import xml.etree.ElementTree as tree

UNSET = {"", "-", "NA", "undef", "?", "x", "N/A", "4294967295"}


def integer(text):
    text = (text or "").strip()
    return None if text in UNSET else int(text)


def real(text):
    text = (text or "").strip()
    if text in UNSET or text == "inf":
        return None
    found = re.match(r"[<~]?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)", text)
    return float(found.group(1)) if found else None


def content(path):
    data = open(path, "rb").read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    data = data.replace(b"\r\n", b"\n")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


# --- csynth -----------------------------------------------------------------------------------------------------------

def csynth_xml(root):
    get = lambda path: (root.findtext(path) or "").strip()
    latency = "PerformanceEstimates/SummaryOfOverallLatency/"
    out = {
        "kind": "csynth",
        "version": get("ReportVersion/Version"),
        "part": get("UserAssignments/Part"),
        "top": get("UserAssignments/TopModelName"),
        "clock.target_ns": real(get("UserAssignments/TargetClockPeriod")),
        "clock.uncertainty_ns": real(get("UserAssignments/ClockUncertainty")),
        "clock.estimated_ns": real(get("PerformanceEstimates/SummaryOfTimingAnalysis/EstimatedClockPeriod")),
        "latency.best": integer(get(latency + "Best-caseLatency")),
        "latency.worst": integer(get(latency + "Worst-caseLatency")),
        "interval.min": integer(get(latency + "Interval-min")),
        "interval.max": integer(get(latency + "Interval-max")),
    }
    for group, key in (("Resources", "resources"), ("AvailableResources", "available")):
        area = root.find("AreaEstimates/" + group)
        for name in ("LUT", "FF", "DSP", "BRAM_18K", "URAM"):
            text = area.findtext(name) if area is not None else None
            if text is None and name == "DSP":
                text = area.findtext("DSP48E")
            out[f"{key}.{name}"] = integer(text)
    modules = root.findall("ModuleInformation/Module")
    for index, module in enumerate(modules):
        name = module.findtext("Name")
        out[f"module.{index}.name"] = name
        out[f"module.{index}.latency.worst"] = integer(
            module.findtext("PerformanceEstimates/SummaryOfOverallLatency/Worst-caseLatency"))
        for resource in ("LUT", "FF", "DSP"):
            out[f"module.{index}.resources.{resource}"] = integer(module.findtext("AreaEstimates/Resources/" + resource))
    loops = []

    def walk(element):
        for child in element:
            if child.find("TripCount") is not None:
                trip = child.find("TripCount")
                low, high = trip.findtext("range/min"), trip.findtext("range/max")
                loops.append((child.findtext("Name") or child.tag, integer(low or trip.text), integer(high or trip.text)))
                walk(child)

    own = {module.findtext("Name") for module in modules}
    if out["top"] not in own:
        for summary in root.findall("PerformanceEstimates/SummaryOfLoopLatency"):
            walk(summary)
    for module in modules:
        for summary in module.findall("PerformanceEstimates/SummaryOfLoopLatency"):
            walk(summary)
    for index, (name, low, high) in enumerate(loops):
        out[f"loop.{index}.name"] = name
        out[f"loop.{index}.trip_count.min"] = low
        out[f"loop.{index}.trip_count.max"] = high
    return out


def header(text):
    found = {}
    for key, name in (("version", "Version"), ("part", "Target device")):
        match = re.search(r"^ *\* " + name + r": +(\S+)", text, re.M)
        found[key] = match.group(1) if match else None
    return found


def module_rpt(text):
    out = {"kind": "csynth", **header(text), "top": re.search(r"HLS Report for '([^']+)'", text).group(1)}
    row = re.search(r"\|ap_clk\w* *\| *([\d.]+)(?: ns)? *\| *([\d.]+)(?: ns)? *\| *([\d.]+)(?: ns)? *\|", text)
    if row:
        for key, value in zip(("target", "estimated", "uncertainty"), row.groups()):
            out[f"clock.{key}_ns"] = real(value)
    block = re.search(r"\+ Latency.*?\n.*?\n(?: *[+|].*\n){4} *\|(.*)\|\n", text)
    cells = [cell.strip() for cell in block.group(1).split("|")]
    out["latency.best"], out["latency.worst"] = integer(cells[0]), integer(cells[1])
    out["interval.min"], out["interval.max"] = integer(cells[-3]), integer(cells[-2])
    area = text[text.index("== Utilization Estimates"):]
    names = [cell.strip() for cell in re.search(r"\| +Name +\|(.*)\|", area).group(1).split("|")]
    for line, key in (("Total", "resources"), ("Available", "available")):
        values = re.search(r"^ *\|" + line + r" +\|(.*)\|", area, re.M).group(1).split("|")
        for name, value in zip(names, values):
            out[f"{key}.{'DSP' if name == 'DSP48E' else name}"] = integer(value)
    return out


def summary_rpt(text):
    out = {"kind": "csynth", **header(text), "top": re.search(r"Report of '([^']+)'", text).group(1)}
    heads = re.search(r"\n *\|( *& Loops.*)\|\n", text).group(1).split("|")
    names = [head.strip() for head in heads]
    rows = re.findall(r"^ *\|( *[+o] .*)\|$", text.split("\n== ")[1], re.M)
    for index, row in enumerate(rows):
        cells = dict(zip(names, row.split("|")))
        label = cells["& Loops"].strip()
        out[f"row.{index}.name"] = label[1:].strip().rstrip("*")
        if index == 0:
            # `-` in the line of a module means that it uses none.
            for name, key in (("LUT", "LUT"), ("FF", "FF"), ("DSP", "DSP"), ("BRAM", "BRAM_18K"), ("URAM", "URAM")):
                cell = cells[name].strip()
                out[f"resources.{key}"] = 0 if cell == "-" else int(cell.split()[0])
    return out


# --- co-simulation and export -------------------------------------------------------------------------------------------

def cosim_rpt(text):
    out = {"kind": "cosim"}
    rows = re.findall(r"^\| *(VHDL|Verilog) *\| *(\w+) *\|(.*)\|$", text, re.M)
    rtl, status, rest = next((row for row in rows if row[1] != "NA"), rows[0])
    cells = [integer(cell) for cell in rest.split("|")]
    out["status"] = {"Pass": "pass", "Fail": "fail", "NA": "not_run"}[status]
    out["rtl"] = rtl
    for key, value in zip(("latency.min", "latency.avg", "latency.max", "interval.min", "interval.avg", "interval.max"), cells):
        out[key] = value
    out["total_cycles"] = cells[6] if len(cells) > 6 else None
    return out


def lat_rpt(text):
    values = {key: int(value) for key, value in re.findall(r'\$(\w+) = "(\d+)"', text)}
    return {
        "kind": "cosim", "latency.max": values["MAX_LATENCY"], "latency.min": values["MIN_LATENCY"],
        "latency.avg": values["AVER_LATENCY"], "interval.max": values["MAX_THROUGHPUT"] or None,
        "total_cycles": values.get("TOTAL_EXECUTE_TIME"),
    }


def transactions(text):
    rows = re.findall(r"^transaction +\d+: +(\w+) +(\w+)", text, re.M)
    latencies = [int(row[0]) for row in rows if row[0] != "x"]
    return {"kind": "cosim", "transactions": len(rows), "latency.min": min(latencies), "latency.max": max(latencies)}


def export_rpt(text):
    number = lambda name: (re.findall(r"^" + name + r": +(-?[\d.]+)", text, re.M) or [None])[0]
    out = {"kind": "export", "part": re.search(r"Device target: +(\S+)", text).group(1)}
    for name, key in (("LUT", "LUT"), ("FF", "FF"), ("DSP", "DSP"), ("BRAM", "BRAM_18K"), ("URAM", "URAM")):
        out["resources." + key] = integer(number(name))
    out["clock.target_ns"] = real(number("CP required"))
    out["clock.achieved_synthesis_ns"] = real(number("CP achieved post-synthesis"))
    out["clock.achieved_route_ns"] = real(number("CP achieved post-implementation"))
    out["timing_met"] = "Timing met" in text
    return out


def export_vitis(text):
    out = {"kind": "export", **header(text)}
    for name, key in (("LUT", "LUT"), ("FF", "FF"), ("DSP", "DSP"), ("BRAM", "BRAM_18K"), ("URAM", "URAM")):
        out["resources." + key] = int(re.search(r"^" + name + r": +(\d+)$", text, re.M).group(1))
    for name, key in (("Target", "target"), ("Post-Synthesis", "achieved_synthesis"), ("Post-Route", "achieved_route")):
        found = re.search(r"^\| " + name + r" +\| ([\d.]+)", text, re.M)
        out[f"clock.{key}_ns"] = real(found.group(1)) if found else None
    out["timing_met"] = re.search(r"\* Timing was (met|NOT met)", text).group(1) == "met"
    return out


def export_xml(root):
    get = lambda path: root.findtext(path)
    out = {"kind": "export", "clock.target_ns": real(get("TimingReport/TargetClockPeriod")),
           "clock.achieved_ns": real(get("TimingReport/AchievedClockPeriod")),
           "wns_ns": real(get("TimingReport/WNS_FINAL"))}
    for name, key in (("LUT", "LUT"), ("FF", "FF"), ("DSP", "DSP"), ("BRAM", "BRAM_18K"), ("URAM", "URAM")):
        out["resources." + key] = integer(get("AreaReport/Resources/" + name))
    return out


# --- Vivado -------------------------------------------------------------------------------------------------------------

def vivado_header(text):
    version = re.search(r"\| Tool Version +: Vivado v\.(\S+)", text)
    device = re.search(r"\| Device +: (\S+)", text)
    return {"version": version.group(1), "part": device.group(1)}


def site(text, *names):
    for name in names:
        for title in re.finditer(r"^\| +Site Type +\|(.*)\|$", text, re.M):
            heads = [head.strip() for head in title.group(1).split("|")]
            if "Used" not in heads:
                continue
            body = text[title.end():]
            # Two rules follow the title's line: one below it and the one that closes the table.
            rules = [rule.start() for rule in re.finditer(r"^\+[-+]+\+$", body, re.M)]
            found = re.search(r"^\| *" + re.escape(name) + r"\*? *\|(.*)\|$", body[:rules[1]], re.M)
            if found:
                return dict(zip(heads, [cell.strip() for cell in found.group(1).split("|")]))
    return {}


def utilization(text):
    out = {"kind": "utilization", **vivado_header(text)}
    if "Site Type" not in text:
        heads = [head.strip() for head in re.search(r"^\| +Instance .*$", text, re.M).group(0).strip("|").split("|")]
        first = text[text.index("| ", text.index("-+\n", text.index("  Instance  ")) + 3):].splitlines()[0]
        cells = dict(zip(heads, [cell.strip() for cell in first.strip("|").split("|")]))
        out["resources.LUT"], out["resources.FF"] = int(cells["Total LUTs"]), int(cells["FFs"])
        out["resources.BRAM_18K"] = 2 * int(cells["RAMB36"]) + int(cells["RAMB18"])
        return out
    for key, names in (("LUT", ("Slice LUTs", "CLB LUTs")), ("FF", ("Slice Registers", "CLB Registers")),
                       ("DSP", ("DSPs",)), ("URAM", ("URAM",))):
        row = site(text, *names)
        out["resources." + key] = integer(row.get("Used"))
        out["available." + key] = integer(row.get("Available"))
    tiles = site(text, "Block RAM Tile")
    out["bram_tiles"] = real(tiles.get("Used"))
    out["resources.BRAM_18K"] = None if not tiles else round(2 * float(tiles["Used"]))
    return out


def timing(text):
    out = {"kind": "timing", **vivado_header(text)}
    found = re.search(r"\n +WNS\(ns\).*TPWS Total Endpoints.*\n.*\n(.*)\n", text)
    if found:
        values = found.group(1).split()
        for key, index in (("wns_ns", 0), ("tns_ns", 1), ("whs_ns", 4), ("ths_ns", 5), ("wpws_ns", 8), ("tpws_ns", 9)):
            out[key] = real(values[index])
        out["timing_met"] = (True if "All user specified timing constraints are met." in text
                             else False if "Timing constraints are not met." in text else None)
    else:
        out["worst_path_slack_ns"] = min(float(value) for value in re.findall(r"^Slack.*?: +(-?[\d.]+)ns", text, re.M))
        out["timing_met"] = "(VIOLATED)" not in text
    return out


def power(text):
    out = {"kind": "power", **vivado_header(text)}
    for name, key in (("Total On-Chip Power (W)", "total_w"), ("Dynamic (W)", "dynamic_w"),
                      ("Device Static (W)", "static_w")):
        out[key] = real(re.search(r"^\| " + re.escape(name) + r" +\| *(\S+)", text, re.M).group(1))
    return out


# --- logs ---------------------------------------------------------------------------------------------------------------

def log(text):
    """Which coded errors a log holds; how the run ended is for the product to judge."""
    codes = []
    for line in re.split(r"[\r\n]+", text):
        if not line.startswith("#"):
            codes += re.findall(r"(?<!CRITICAL )ERROR: \[([^\]]+)\]", line)
    return {"kind": "log", "codes": " ".join(sorted(set(codes))) or None}


def reading(text):
    """What a report says, by key; nothing for a file that is no report."""
    head = text[:6000]
    if text.lstrip()[:9] == "<profile>":
        root = tree.fromstring(text)
        return csynth_xml(root) if root.find("UserAssignments") is not None else export_xml(root)
    if "HLS Report for '" in head:
        return module_rpt(text)
    if "== Synthesis Summary Report of" in head:
        return summary_rpt(text)
    if head.startswith("Report time "):
        return cosim_rpt(text)
    if "$MAX_LATENCY" in head:
        return lat_rpt(text)
    if "latency        interval" in head:
        return transactions(text)
    if "Implementation tool:" in head:
        return export_rpt(text)
    if re.search(r"^== Vivado (RTL Synthesis|Place & Route) Results", head, re.M):
        return export_vitis(text)
    command = re.search(r"^\| Command +: (report_\w+)", head, re.M)
    if command:
        readers = {"report_utilization": utilization, "report_timing_summary": timing, "report_timing": timing,
                   "report_power": power}
        reader = readers.get(command.group(1))
        return reader(text) if reader else {}
    if re.search(r"^(INFO|WARNING|ERROR): \[", text, re.M) and not head.lstrip().startswith(("<", "{")) \
            and "Steps log generated" not in head:
        return log(text)
    return {}


def spelled(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(float(value)) if isinstance(value, (int, float)) else value


def readings(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(root, name)
            if name in ("expected.tsv", "README.md", "INDEX.md"):
                continue
            yield os.path.relpath(path, folder), reading(content(path))


def lookup(report, key):
    """The product's value of a key; `module.3.x` is the fourth row of that kind."""
    parts = key.split(".")
    if parts[0] == "codes":
        return " ".join(sorted({cause["code"] for cause in report["causes"]
                                if cause["code"] and cause["severity"] == "error"})) or None
    if parts[0] in ("module", "loop", "row"):
        rows = [row for row in report["rows"] if parts[0] == "row" or row["kind"] == parts[0]]
        report, parts = rows[int(parts[1])], parts[2:]
    for part in parts:
        report = report[part]
    return report


def compare(folder, census):
    ours = {}
    for line in open(census):
        entry = json.loads(line)
        ours[entry["path"]] = entry
    files = values = 0
    wrong = []
    for path, expected in readings(folder):
        if not expected:
            continue
        files += 1
        for key, value in expected.items():
            values += 1
            try:
                got = spelled(lookup(ours[path]["report"], key))
            except (KeyError, IndexError):
                got = "missing"
            if got != spelled(value):
                wrong.append(f"{path}: {key} is {got}, expected {spelled(value)}")
    print("\n".join(wrong))
    print(f"{files} files, {values} values, {len(wrong)} differ")
    return 1 if wrong else 0


def main(arguments):
    if len(arguments) == 3 and arguments[1] == "--compare":
        return compare(arguments[0], arguments[2])
    for path, values in readings(arguments[0]):
        if values:
            print(path)
        for key, value in values.items():
            print("", key, spelled(value), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
