import Glibc
import Release
import Testing
import TestSupport

/// `verify` finds what is wrong, and `release` writes its file whole or not at all.
@Suite struct VerifyTests {
    @Test func damageIsFound() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works(
            "$hlsbuild -C net -q write && $hlsbuild -C net release -o ../r.tar && $hlsbuild verify r.tar")
        let sound = try ground.bytes("r.tar")
        // One byte of each block in turn would take minutes; these lie in headers, contents, padding and the end.
        for index in [0, 156, 160, 512, 40_000, sound.count / 2, sound.count - 600, sound.count - 1] {
            var damaged = sound
            damaged[index] ^= 1
            try ground.write("d.tar", damaged)
            let run = try await ground.sh("$hlsbuild verify d.tar")
            #expect(run.status == 1, "byte \(index)")
            #expect(run.errors.contains("error: "), "byte \(index)")
        }
        for (bytes, word) in [
            (Array(sound.prefix(sound.count / 3)), "ends at byte"), ([], "empty"),
            (sound + [0], "behind its end"), (Array("hello\n".utf8), "ends at byte"),
            ([UInt8](repeating: 65, count: 5000), "no header"), ([0x1F, 0x8B, 8], "compressed"),
        ] {
            try ground.write("d.tar", bytes)
            let run = try await ground.sh("$hlsbuild verify d.tar")
            #expect(run.status == 1)
            #expect(run.errors.contains(word), "\(run.errors)")
        }
        #expect(try await ground.sh("$hlsbuild verify nothing.tar").status == 1)
        #expect(try await ground.sh("$hlsbuild verify .").status == 1)
    }

    /// Somebody who changes a file and all digests with it gets past the digests, not past the rebuild.
    @Test func aRebuildFindsForgery() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q write && $hlsbuild -C net release -o ../r.tar")
        var archive = try ReleaseArchive(verifying: ground.bytes("r.tar"))
        let path = "build/write/firmware/weights/hidden_weight.h"
        let source = String(decoding: try #require(archive.files[path]), as: UTF8.self)
        archive.files[path] = Array(source.replacing("= {", with: "= { ").utf8)
        archive.files["build/write/extra.txt"] = [1]
        archive.files["emulator/vectors.txt"] = nil
        try ground.write("forged.tar", archive.encoded())
        try await ground.works("$hlsbuild verify forged.tar")
        let run = try await ground.sh("$hlsbuild verify forged.tar --rebuild")
        #expect(run.status == 1)
        for part in [path, "build/write/extra.txt", "emulator/vectors.txt"] { #expect(run.errors.contains(part)) }

        // A stage whose tool is not here stays open, which is said and has a status, and all else is compared.
        archive = try ReleaseArchive(verifying: ground.bytes("r.tar"))
        var manifest = try Manifest(archive)
        let synth = try #require(manifest.stages.firstIndex { $0.name == "synth" })
        manifest.stages[synth] = Manifest.Stage(name: "synth", present: true, why: nil)
        archive.files["build/synth/verilog/minimal.v"] = Array("module minimal; endmodule\n".utf8)
        try archive.describe(manifest)
        try ground.write("with.tar", archive.encoded())
        let partial = try await ground.sh("$hlsbuild verify with.tar --rebuild")
        #expect(partial.status == 4, "\(partial.errors)")
        #expect(partial.errors.contains("warning: stage synth was not built again, and its 1 files not compared"))
        #expect(partial.output.contains("not built again, for want of their tools: synth\n"))
        let json = try await ground.works("$hlsbuild verify with.tar --rebuild --allow-missing-tools --json")
        #expect(json.output.contains("\"ok\": true") && json.output.contains("[\"build/synth/verilog/minimal.v\"]"))
        archive.files[path]?.append(32)
        try ground.write("with.tar", archive.encoded())
        #expect(try await ground.sh("$hlsbuild verify with.tar --rebuild --allow-missing-tools").status == 1)
    }

    @Test func anotherVersionIsANoteAndAnotherFormAnError() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q optimize && $hlsbuild -C net release -o ../r.tar")
        let archive = try ReleaseArchive(verifying: ground.bytes("r.tar"))
        var manifest = try Manifest(archive)
        var other = archive
        manifest.hlsbuild = "0.0.9"
        try other.describe(manifest)
        try ground.write("other.tar", other.encoded())
        let run = try await ground.works("$hlsbuild verify other.tar --rebuild --json")
        #expect(run.errors.contains("made by hlsbuild 0.0.9"))
        manifest.format = "hlsbuild-release 9"
        other.files[Manifest.path] = try manifest.encoded()
        try ground.write("other.tar", other.encoded())
        let refused = try await ground.sh("$hlsbuild verify other.tar")
        #expect(refused.status == 1 && refused.errors.contains("hlsbuild-release 9"))
        manifest.format = Manifest.format
        manifest.projectFile = "../../etc/passwd"
        other.files[Manifest.path] = try manifest.encoded()
        try ground.write("other.tar", other.encoded())
        #expect(try await ground.sh("$hlsbuild verify other.tar --rebuild").status == 1)
        for text in ["", "{", "[]", String(repeating: "[", count: 100_000), "{\"format\": 1}"] {
            other.files[Manifest.path] = Array(text.utf8)
            try ground.write("other.tar", other.encoded())
            #expect(try await ground.sh("$hlsbuild verify other.tar").status == 1)
        }
    }

    @Test func theFileIsReplacedWholeOrNotAtAll() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q optimize")
        let missing = try await ground.sh("$hlsbuild -C net release -o no/such/r.tar")
        #expect(missing.status == 2)
        #expect(missing.errors.contains("no/such"))
        #expect(try await ground.sh("$hlsbuild -C net release -o .").status == 2)
        // Who has the old file open keeps it whole.
        try ground.write("r.tar", "old\n")
        let run = try await ground.works("exec 3< r.tar; $hlsbuild -C net -q release -o ../r.tar && cat <&3")
        #expect(run.output == "old\n")
        try await ground.works("$hlsbuild verify r.tar && test \"$(ls net r.tar | grep -c part)\" = 0")
        // A disk without room: the old file stays.
        let full = try await ground.sh(
            "ulimit -f 8; trap '' XFSZ; $hlsbuild -C net -q release -o ../r.tar; s=$?; exit $s")
        #expect(full.status != 0)
        try await ground.works("$hlsbuild verify r.tar")
    }

    /// Without a rebuild, what a release states of its stages is held against the files that it has.
    @Test func whatIsStatedOfStagesIsTrueOfTheFiles() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q write && $hlsbuild -C net release -o ../r.tar")
        let sound = try ReleaseArchive(verifying: ground.bytes("r.tar")), manifest = try Manifest(sound)
        #expect(manifest.contradictions(in: sound).isEmpty)
        let changes: [(String, (inout ReleaseArchive, inout Manifest) -> Void)] = [
            ("stage 'write' is missing, and files of it are there", { $1.stages[2].present = false }),
            ("stage 'synth' is present, and nothing of it is", { $1.stages[4].present = true }),
            ("'build/write' is there, and manifest.json states no such stage", { $1.stages.remove(at: 2) }),
            ("'build/other' is there", { archive, _ in archive.files["build/other/x"] = [1] }),
            ("states the stage 'parse' twice", { $1.stages.append($1.stages[0]) }),
            (
                "stage 'csim' is missing, and files of it are there",
                { $1.leftOut.append(.init(path: "build/csim/net_csim", why: "a program")) }
            ),
        ]
        for (message, change) in changes {
            var archive = sound, claimed = manifest
            change(&archive, &claimed)
            try archive.describe(claimed)
            try ground.write("changed.tar", archive.encoded())
            let run = try await ground.sh("$hlsbuild verify changed.tar")
            #expect(run.status == 1 && run.errors.contains(message), "\(message): \(run.errors)")
        }
    }
}
