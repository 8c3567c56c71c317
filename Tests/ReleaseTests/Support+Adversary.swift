import Basics
import BuildEngine
import TestSupport
import ToolRunner

@testable import Release
@testable import Releasing

extension ReleaseArchive {
    /// Gives it the manifest, and all that describes a release made anew of what it holds now: what a careful adversary
    /// does after any change. The list of digests follows from the files in any case.
    mutating func describe(_ manifest: Manifest) throws {
        files[Manifest.path] = try manifest.encoded()
        files[ReleaseReadme.path] = Array(ReleaseReadme.text(manifest).utf8)
        files[Provenance.path] = nil
        files[Provenance.path] = try Provenance(of: self, manifest, inputs: ReleaseFiles.inputs).encoded()
    }
}

/// A release, and the same made again once: to be compared with many others that were tampered with.
struct Victim {
    let ground: Playground
    let archive: ReleaseArchive
    let manifest: Manifest
    let rebuilt: RebuiltRelease

    /// - Parameter stages: which are built.
    init(_ stages: String) async throws {
        ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q \(stages) && $hlsbuild -C net release -o ../r.tar")
        archive = try ReleaseArchive(verifying: ground.bytes("r.tar"))
        manifest = try Manifest(archive)
        guard let rebuilt = try await Self.rebuild(archive, manifest).rebuilt() else {
            throw TestFailure("the rebuild was interrupted")
        }
        self.rebuilt = rebuilt
    }

    private static func rebuild(_ archive: ReleaseArchive, _ manifest: Manifest) -> Rebuild {
        Rebuild(
            archive, manifest, hlsbuild: manifest.hlsbuild, runner: LocalRunner(), reporter: SilentReporter(), jobs: 2)
    }

    /// What is found in a release that was tampered with, against what was rebuilt of the sound one.
    func compare(_ tampered: ReleaseArchive, _ claimed: Manifest) throws -> Rebuild.Outcome {
        try ReleaseComparison(
            archive: tampered, claimed: claimed, rebuilt: rebuilt, hlsbuild: manifest.hlsbuild
        ).outcome()
    }

    /// The same with a rebuild of its own, for what a rebuild depends on.
    func rebuildAndCompare(_ tampered: ReleaseArchive) async throws -> Rebuild.Outcome {
        let read = try ReleaseArchive(verifying: tampered.encoded())
        return try await Self.rebuild(read, Manifest(read)).run()
    }
}

/// A change of a JSON text at one place.
struct Mutation {
    /// Where and what, for messages: `tools.0.version: changed`.
    var name: String
    var value: JSONValue

    /// Every member and element changed, removed and added, one at a time.
    static func all(of value: JSONValue, at path: String = "") -> [Mutation] {
        func here(_ what: String, _ value: JSONValue) -> Mutation { Mutation(name: "\(path): \(what)", value: value) }
        switch value {
        case .object(let members):
            var found = [here("member added", .object(members + [.init("added", .string("x"))]))]
            for (index, member) in members.enumerated() {
                var without = members
                without.remove(at: index)
                found.append(Mutation(name: "\(path).\(member.name): removed", value: .object(without)))
                for inner in all(of: member.value, at: "\(path).\(member.name)") {
                    var changed = members
                    changed[index].value = inner.value
                    found.append(Mutation(name: inner.name, value: .object(changed)))
                }
            }
            return found
        case .array(let items):
            var found = [here("text added", .array(items + [.string("x")]))]
            for (index, item) in items.enumerated() {
                var without = items
                without.remove(at: index)
                found.append(here("\(index) removed", .array(without)))
                found.append(here("\(index) doubled", .array(items + [item])))
                for inner in all(of: item, at: "\(path).\(index)") {
                    var changed = items
                    changed[index] = inner.value
                    found.append(Mutation(name: inner.name, value: .array(changed)))
                }
            }
            if items.count > 1 { found.append(here("turned round", .array(items.reversed()))) }
            return found
        case .string(let text):
            let first = text.first == "0" ? "1" : "0"
            return [
                here("longer", .string(text + "x")), here("empty", .string("")),
                here("other", .string(first + text.dropFirst())),
            ]
        case .bool(let flag): return [here("turned", .bool(!flag)), here("no flag", .string("true"))]
        case .int, .double, .null: return [here("other", .string("x"))]
        }
    }
}
