import Basics
import Testing
import TestSupport

@testable import Release
@testable import Releasing

/// Somebody changes one thing of a release, and the list of digests with it: `verify --rebuild` finds it every time. The
/// release is made again once, and everything that was tampered with is held against that.
@Suite struct AdversaryTests {
    private static let prepared = Task { try await Victim("csim") }

    private let victim: Victim

    init() async throws { victim = try await Self.prepared.value }

    /// The tampered release as it is, and with manifest, README and provenance made anew.
    private func disguises(_ tampered: ReleaseArchive, _ manifest: Manifest) throws -> [ReleaseArchive] {
        var described = tampered
        try described.describe(manifest)
        return [tampered, described]
    }

    @Test func theSoundReleaseIsSound() throws {
        let outcome = try victim.compare(victim.archive, victim.manifest)
        #expect(outcome.differences.isEmpty, "\(outcome.differences)")
        #expect(outcome.unchecked.isEmpty && outcome.equal == victim.archive.files.count)
        #expect(outcome.notes.map(\.message).allSatisfy { $0.contains("is not in the release, which says: ") })
        #expect(outcome.notes.count == 3)
    }

    @Test func everyFileChangedOrRemovedIsFound() throws {
        for path in victim.archive.paths {
            let bytes = try #require(victim.archive.files[path])
            let other = Array(bytes.dropLast()) + [(bytes.last ?? 0) ^ 1]
            for new in [other, nil] {
                var tampered = victim.archive
                tampered.files[path] = new
                // Where the description itself is what was changed, making it anew would undo the change.
                for archive in try disguises(tampered, victim.manifest) where archive.files[path] == new {
                    let found = try victim.compare(archive, victim.manifest).differences.map(\.message)
                    #expect(found.contains { $0.hasPrefix("'\(path)' ") }, "\(path), removed: \(new == nil): \(found)")
                }
            }
        }
    }

    @Test(arguments: [
        "build/write/firmware/extra.h", "build/csim/extra", "build/synth/verilog/extra.v", "build/other/extra",
        "build/extra", "build/reuse4/synth/extra", "emulator/extra.c", "project/extra.yml", "project/.hlsbuild/state",
        "project/build/extra", "templates/hls/extra.h", "templates/.hidden", "extra", "README", "manifest.json.old",
    ])
    func everyFileAddedIsFound(path: String) throws {
        var tampered = victim.archive
        tampered.files[path] = Array("extra\n".utf8)
        for archive in try disguises(tampered, victim.manifest) {
            let found = try victim.compare(archive, victim.manifest).differences.map(\.message)
            #expect(found.contains("'\(path)' is in the release and was not made again"), "\(found)")
        }
    }

    /// What a rebuild cannot prove is named in a note at the least, and in an error where only the manifest says so.
    @Test func everyFieldOfTheManifestIsFound() throws {
        let json = try JSONValue(parsing: victim.archive.files[Manifest.path] ?? [], name: Manifest.path)
        let mutations = Mutation.all(of: json)
        #expect(mutations.count > 120, "\(mutations.count)")
        let usual = try victim.compare(victim.archive, victim.manifest).notes
        var named: Set<String> = []
        for mutation in mutations {
            var tampered = victim.archive
            tampered.files[Manifest.path] = Array((mutation.value.pretty + "\n").utf8)
            // What cannot be read at all is refused before anything is built.
            guard let claimed = try? Manifest(tampered) else { continue }
            let bare = try victim.compare(tampered, claimed)
            #expect(!bare.differences.isEmpty, "\(mutation.name)")
            if claimed == victim.manifest { continue }
            var described = tampered
            try described.describe(claimed)
            let outcome = try victim.compare(described, claimed)
            if outcome.differences.isEmpty {
                #expect(outcome.notes != usual, "\(mutation.name)")
                named.insert(mutation.name.split(separator: ":")[0].filter { !$0.isNumber })
            }
        }
        // The whole list of what is but named.
        #expect(named == [".hlsbuild", ".stages..why", ".tools..name", ".tools..version", ".tools..sha"])
    }

    /// The same in another form.
    @Test func theFormOfTheManifestCounts() throws {
        let text = String(decoding: victim.archive.files[Manifest.path] ?? [], as: UTF8.self)
        for changed in [
            text + "\n", text.replacing(": ", with: ":"),
            text.replacing("{\n  \"format\"", with: "{\n  \"other\" : 1,\n  \"format\""),
            text.replacing("\"settings\" : [", with: "\"settings\" : [\"x\"],\n  \"settings\" : ["),
        ] where changed != text {
            var tampered = victim.archive
            tampered.files[Manifest.path] = Array(changed.utf8)
            guard let claimed = try? Manifest(tampered) else { continue }
            #expect(try !victim.compare(tampered, claimed).differences.isEmpty, "\(changed)")
        }
    }

    @Test func theFolderOfTheFilesCounts() throws {
        var tampered = victim.archive
        tampered.root = "other"
        #expect(try !victim.compare(tampered, victim.manifest).differences.isEmpty)
    }
}
