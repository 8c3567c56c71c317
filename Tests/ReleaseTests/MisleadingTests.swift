import Basics
import Testing
import TestSupport

@testable import Release
@testable import Releasing

/// Releases that try to mislead the rebuild itself: what it builds, from what, with what. Each is described anew, so
/// that nothing but the rebuild can tell.
@Suite(.serialized) struct MisleadingTests {
    private static let prepared = Task { try await Victim("write") }
    private static let firmware = "build/write/firmware/weights/hidden_weight.h"

    private let victim: Victim

    init() async throws { victim = try await Self.prepared.value }

    /// Differences that are found after a rebuild.
    private func found(_ change: (inout ReleaseArchive, inout Manifest) throws -> Void) async throws -> [String] {
        var archive = victim.archive, manifest = victim.manifest
        try change(&archive, &manifest)
        try archive.describe(manifest)
        return try await victim.rebuildAndCompare(archive).differences.map(\.message)
    }

    private func replaceFirmware(_ archive: inout ReleaseArchive) {
        archive.files[Self.firmware]?.append(32)
    }

    @Test func aStageThatIsNotStatedIsComparedAllTheSame() async throws {
        let unstated = try await found { archive, manifest in
            manifest.stages = []
            replaceFirmware(&archive)
        }
        #expect(unstated.contains { $0.hasPrefix("'\(Self.firmware)' was made differently") }, "\(unstated)")
        #expect(unstated.contains("manifest.json: stage 'write, present' was made and is not in the release"))
        let denied = try await found { archive, manifest in
            for index in manifest.stages.indices {
                manifest.stages[index] = .init(name: manifest.stages[index].name, present: false, why: "never built")
            }
            replaceFirmware(&archive)
        }
        #expect(denied.contains { $0.hasPrefix("'\(Self.firmware)' was made differently") }, "\(denied)")
    }

    @Test func aReleaseOfNothingIsNone() async throws {
        await #expect(throws: DiagnosticError.self) {
            try await found { archive, manifest in
                manifest.stages = []
                for path in archive.paths where path.hasPrefix("build/") { archive.files[path] = nil }
            }
        }
    }

    /// The stage exists on the road of this project and nothing can run it.
    @Test func aStageThatNothingRunsIsNotTakenForUnchecked() async throws {
        let open = try await found { archive, manifest in
            manifest.settings = ["backend=open"]
            archive.files["build/synth/verilog/minimal.v"] = Array("module minimal; endmodule\n".utf8)
        }
        #expect(open.contains { $0.hasPrefix("stage synth was not built again") }, "\(open)")
    }

    @Test func whatIsGivenDecidesWhatIsMade() async throws {
        let model = try await found { archive, _ in
            archive.files["project/model.h5"] = try Files.read(Repository.fixtures + "/cases/k2-mlp-batchnorm/model.h5")
        }
        #expect(!model.isEmpty)
        let project = try await found { archive, _ in
            let text = String(decoding: archive.files["project/hlsbuild.yml"] ?? [], as: UTF8.self)
            archive.files["project/hlsbuild.yml"] = Array(text.replacing("fixed<10,4>", with: "fixed<9,4>").utf8)
        }
        #expect(project.contains { $0.hasPrefix("'\(Self.firmware)' was made differently") }, "\(project)")
        let setting = try await found { _, manifest in manifest.settings = ["layers.hidden.precision.weight=fixed<9,4>"]
        }
        #expect(setting.contains { $0.hasPrefix("'\(Self.firmware)' was made differently") }, "\(setting)")
        let template = try await found { archive, _ in archive.files["templates/firmware/top.cpp"]?.append(10) }
        #expect(template.contains { $0.hasPrefix("'build/write/firmware/minimal.cpp' was made") }, "\(template)")
        for path in ["project/model.h5", "templates/firmware/top.cpp", "project/input.npy"] {
            #expect(try await !found { archive, _ in archive.files[path] = nil }.isEmpty, "\(path)")
        }
    }

    @Test func anotherProjectFileIsNotTheProject() async throws {
        let other = try await found { archive, manifest in
            archive.files["project/other.yml"] = archive.files["project/hlsbuild.yml"]
            manifest.projectFile = "project/other.yml"
        }
        #expect(other.contains("'project/hlsbuild.yml' is in the release and was not made again"), "\(other)")
        for path in [
            "hlsbuild.yml", "templates/hlsbuild.yml", "project/../hlsbuild.yml", "project/a/b.yml", "project/",
        ] {
            await #expect(throws: DiagnosticError.self, "\(path)") {
                try await found { archive, manifest in
                    manifest.projectFile = path
                    if Tar.wrong(with: path) == nil { archive.files[path] = archive.files["project/hlsbuild.yml"] }
                }
            }
        }
    }

    /// The notes of a build that was made elsewhere, with a result that is not one: they are not even unpacked.
    @Test func whatTheEngineKeepsIsNotTakenFromTheArchive() async throws {
        let kept = try FileTree.files(below: victim.ground.path + "/net/.hlsbuild")
        let smuggled = try await found { archive, _ in
            for (path, bytes) in kept where !path.hasSuffix("lock") {
                archive.files["project/.hlsbuild/" + path] = bytes
            }
            replaceFirmware(&archive)
        }
        #expect(smuggled.contains { $0.hasPrefix("'\(Self.firmware)' was made differently") }, "\(smuggled)")
        #expect(smuggled.filter { $0.hasPrefix("'project/.hlsbuild/") }.count >= kept.count - 1)
        for setting in [
            "model=.hlsbuild/store/model.h5", "data.input=/etc/hostname", "data.input=../../input.npy",
            "tools.cxx=/usr/bin/g++", "tools.vitis=/opt/Vitis/2024.2",
        ] {
            await #expect(throws: DiagnosticError.self, "\(setting)") {
                try await found { _, manifest in manifest.settings = [setting] }
            }
        }
    }

    /// What changes nothing is named: it may be what the release was made with.
    @Test func settingsWithoutEffectAreNamed() async throws {
        var archive = victim.archive, manifest = victim.manifest
        manifest.settings = ["clock=5 ns"]
        archive.files["templates/hls/nnet_utils/nnet_softmax.h"]?.append(10)
        try archive.describe(manifest)
        let outcome = try await victim.rebuildAndCompare(archive)
        #expect(outcome.differences.isEmpty, "\(outcome.differences)")
        let notes = outcome.notes.map(\.message)
        #expect(notes.contains("the release was made with the settings 'clock=5 ns'"))
        #expect(
            notes.contains { $0.hasSuffix("of this hlsbuild: templates/hls/nnet_utils/nnet_softmax.h") }, "\(notes)")
    }
}

/// A compiler that is not here, or is none.
@Suite struct OtherCompilerTests {
    @Test func theCSimulationIsComparedWithAnyCompiler() async throws {
        let victim = try await Victim("csim")
        var archive = victim.archive, manifest = victim.manifest
        manifest.settings = ["tools.cxx=no-such-compiler"]
        try archive.describe(manifest)
        let honest = try await victim.rebuildAndCompare(archive)
        #expect(honest.differences.isEmpty && honest.unchecked.isEmpty, "\(honest.differences)")
        archive.files["build/csim/outputs/xor.npy"]?.append(0)
        try archive.describe(manifest)
        let forged = try await victim.rebuildAndCompare(archive)
        #expect(forged.differences.contains { $0.message.hasPrefix("'build/csim/outputs/xor.npy' ") })
        manifest.settings = ["tools.cxx=false"]
        try archive.describe(manifest)
        let none = try await victim.rebuildAndCompare(archive)
        #expect(!none.differences.isEmpty && none.unchecked.isEmpty)
    }
}
