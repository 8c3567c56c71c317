"""An independent reader of releases: python3 check_release.py RELEASE.tar

Reads the archive with Python's own tarfile, json and hashlib, and holds it against what is published of the formats: POSIX
tar, sha256sum's lists, in-toto's Statement v1, SLSA's provenance v1. It shares nothing with the program that writes releases.
Prints what is wrong, a line each; exit status 1 if anything is.
"""

import hashlib
import json
import re
import sys
import tarfile

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//)?[^\s\"<>\\^`{|}]+\Z")
URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[^\s#?]+\Z")
# Length of each digest in hexadecimal digits.
ALGORITHMS = {"sha256": 64, "sha512": 128, "sha384": 96, "sha224": 56, "gitCommit": 40, "sha1": 40}
INPUTS = ("project/", "templates/")

faults = []


def check(holds, what):
    if not holds:
        faults.append(what)
    return holds


def read(path):
    """The files by their paths below the root."""
    files = {}
    with tarfile.open(path, "r:") as archive:
        members = archive.getmembers()
        roots = {member.name.split("/")[0] for member in members}
        check(len(roots) == 1, f"the files lie below {sorted(roots)}")
        names = [member.name for member in members]
        check(names[1:] == sorted(names[1:], key=lambda name: name.encode()), "the files are not sorted")
        check(len(set(names)) == len(names), "two files have one name")
        for member in members:
            name = member.name.partition("/")[2]
            check(member.isreg() and name, f"{member.name} is no file")
            stated = (member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode)
            check(stated == (0, 0, 0, "", "", 0o644), f"{name} tells of a machine: {stated}")
            files[name] = archive.extractfile(member).read() if member.isreg() else b""
    return files


def digest(data):
    return hashlib.sha256(data).hexdigest()


def check_sums(files):
    listed = {}
    for line in files.get("SHA256SUMS", b"").decode().splitlines():
        match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if check(match, f"SHA256SUMS has the line {line!r}"):
            listed[match[2]] = match[1]
    present = {name: digest(data) for name, data in files.items() if name != "SHA256SUMS"}
    check(listed == present, f"SHA256SUMS differs for {sorted(set(listed.items()) ^ set(present.items()))[:4]}")


def check_members(value, what, required, optional=()):
    if not check(isinstance(value, dict), f"{what} is no object"):
        return False
    for name in required:
        check(name in value, f"{what} has no {name}")
    for name in value:
        check(name in required or name in optional, f"{what} has {name}, which the format does not know")
    return all(name in value for name in required)


def check_resource(value, what):
    """A ResourceDescriptor."""
    members = ("name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations")
    if not check_members(value, what, (), members):
        return
    check(any(name in value for name in ("uri", "digest", "content")), f"{what} identifies nothing")
    if "uri" in value:
        check(isinstance(value["uri"], str) and URI.match(value["uri"]), f"{what}: {value['uri']!r} is no URI")
        if str(value["uri"]).startswith("urn:"):
            check(URN.match(value["uri"]), f"{what}: {value['uri']!r} is no URN")
    if "name" in value:
        check(isinstance(value["name"], str) and value["name"], f"{what} has an empty name")
    if "annotations" in value:
        check(isinstance(value["annotations"], dict), f"{what}: annotations are no object")
    digests = value.get("digest", {})
    if check(isinstance(digests, dict), f"{what}: digest is no object"):
        for algorithm, text in digests.items():
            check(algorithm in ALGORITHMS, f"{what}: there is no digest {algorithm}")
            pattern = "[0-9a-f]{%d}" % ALGORITHMS.get(algorithm, 64)
            check(isinstance(text, str) and re.fullmatch(pattern, text), f"{what}: {text!r} is no {algorithm}")


def check_uri(value, what):
    valid = isinstance(value, str) and URI.match(value) and (not value.startswith("urn:") or URN.match(value))
    check(valid, f"{what} {value!r} is no URI")


def check_provenance(files, manifest):
    statement = json.loads(files["provenance.json"])
    if not check_members(statement, "the statement", ("_type", "subject", "predicateType", "predicate")):
        return
    check(statement["_type"] == "https://in-toto.io/Statement/v1", f"_type is {statement['_type']!r}")
    check(statement["predicateType"] == "https://slsa.dev/provenance/v1", f"it predicates {statement['predicateType']!r}")
    predicate = statement["predicate"]
    if not check_members(predicate, "the predicate", ("buildDefinition", "runDetails")):
        return
    definition, run = predicate["buildDefinition"], predicate["runDetails"]
    if check_members(definition, "buildDefinition", ("buildType", "externalParameters"),
                     ("internalParameters", "resolvedDependencies")):
        check_uri(definition["buildType"], "buildType")
        check(isinstance(definition["externalParameters"], dict), "externalParameters is no object")
        check(isinstance(definition.get("internalParameters", {}), dict), "internalParameters is no object")
        check_dependencies(definition, files, manifest)
    if check_members(run, "runDetails", ("builder",), ("metadata", "byproducts")):
        builder = run["builder"]
        if check_members(builder, "builder", ("id",), ("builderDependencies", "version")):
            check_uri(builder["id"], "the builder's id")
            versions = builder.get("version", {})
            check(isinstance(versions, dict) and all(isinstance(text, str) for text in versions.values()),
                  "the builder's version is no map of text")
        metadata = run.get("metadata", {})
        check("startedOn" not in metadata and "finishedOn" not in metadata, "the statement tells a time")
    check_subjects(statement["subject"], files)


def check_subjects(subjects, files):
    if not check(isinstance(subjects, list) and subjects, "there is no subject"):
        return
    for index, subject in enumerate(subjects):
        check_resource(subject, f"subject {index}")
        check("digest" in subject and subject["digest"], f"subject {index} has no digest, and must")
    stated = {subject.get("name"): subject.get("digest", {}).get("sha256") for subject in subjects}
    made = {name: digest(data) for name, data in files.items()
            if not name.startswith(INPUTS) and name not in ("SHA256SUMS", "provenance.json")}
    check(stated == made, f"the subjects differ from the files: {sorted(set(stated.items()) ^ set(made.items()))[:4]}")


def check_dependencies(definition, files, manifest):
    dependencies = definition.get("resolvedDependencies", [])
    if not check(isinstance(dependencies, list), "resolvedDependencies is no list"):
        return
    for index, dependency in enumerate(dependencies):
        check_resource(dependency, f"dependency {index}")
    stated = {item.get("name"): item.get("digest", {}).get("sha256") for item in dependencies if "uri" not in item}
    given = {name: digest(data) for name, data in files.items() if name.startswith(INPUTS)}
    check(stated == given, f"the dependencies differ from the inputs: {sorted(set(stated.items()) ^ set(given.items()))[:4]}")
    tools = sorted((item["name"], item["digest"]["sha256"], item["annotations"]["stage"], item["annotations"]["version"])
                   for item in dependencies if "uri" in item)
    known = sorted((tool["name"], tool["sha256"], tool["stage"], tool["version"]) for tool in manifest["tools"])
    check(tools == known, f"the tools differ from the manifest's: {tools} and {known}")


def check_manifest(files):
    manifest = json.loads(files["manifest.json"])
    check(manifest["projectFile"] in files, "the project file is not there")
    for stage in manifest["stages"]:
        has = any(name.startswith(f"build/{stage['name']}/") for name in files)
        check(has == stage["present"], f"stage {stage['name']} is stated as present={stage['present']}")
        check(stage["present"] or stage.get("why"), f"stage {stage['name']} is missing, and it is not said why")
    for item in manifest["leftOut"]:
        check(item["path"] not in files and item["why"], f"{item['path']} is stated as left out")
    for tool in manifest["tools"]:
        check(tool["version"] and re.fullmatch("[0-9a-f]{64}", tool["sha256"]), f"tool {tool['name']} is not stated in full")
        # A digest of the name says nothing about the program.
        check(tool["sha256"] != digest(tool["name"].encode()), f"tool {tool['name']} has a digest of its name")
    return manifest


def main(path):
    files = read(path)
    check_sums(files)
    manifest = check_manifest(files)
    check_provenance(files, manifest)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{len(files)} files, {len(manifest['tools'])} tools: all as published")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
