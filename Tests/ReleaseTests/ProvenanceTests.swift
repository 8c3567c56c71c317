@testable import Release
import Testing
import TestSupport

/// Releases read by a program of another language that shares nothing with ours.
@Suite struct ProvenanceTests {
    private let reader = "python3 '\(Repository.root)/Tests/ReleaseTests/check_release.py'"

    @Test func anIndependentReaderFindsAllAsPublished() async throws {
        let ground = try Playground()
        try await ground.vendorProject(as: "net", root: "opt/Xilinx", product: Playground.old)
        // Of everything, of a part, and with a name that only fits a record of its own.
        let long = String(repeating: "abcdefghi/", count: 28) + "in.npy"
        try await ground.works("mkdir -p 'net/\(long)' && rmdir 'net/\(long)' && cp net/input.npy 'net/\(long)'")
        let setting = "--set 'data.input=\(long)'"
        try await ground.works("$hlsbuild -C net -q optimize && $hlsbuild -C net -q release -o ../part.tar")
        try await ground.works(
            "$hlsbuild -C net -q csim vsynth export \(setting) && $hlsbuild -C net -q release \(setting) -o ../r.tar")
        for name in ["part.tar", "r.tar"] {
            let run = try await ground.sh("\(reader) \(name)")
            #expect(run.status == 0, "\(name): \(run.output)\(run.errors)")
        }
        try await mistakesAreFound(ground)
    }

    /// The reader is worth something only if it refuses what is wrong: whole archives whose statement is not right.
    private func mistakesAreFound(_ ground: Playground) async throws {
        let sound = try ReleaseArchive(verifying: ground.bytes("r.tar"))
        let statement = String(decoding: try #require(sound.files[Provenance.path]), as: UTF8.self)
        let digest = try #require(statement.firstRange(of: "\"sha256\" : \"")).upperBound
        let first = statement[digest]
        let changes: [(String, String)] = [
            ("\"sha256\" : \"\(first)", "\"sha256\" : \"\(first == "0" ? "1" : "0")"),
            ("\"sha256\" : \"\(first)", "\"sha256\" : \"\(first)0"), ("\"sha256\" :", "\"sha-256\" :"),
            ("in-toto.io/Statement/v1", "in-toto.io/Statement/v0.1"),
            ("slsa.dev/provenance/v1", "slsa.dev/provenance/v0.2"),
            ("\"buildType\"", "\"build_type\""), ("\"builder\"", "\"Builder\""), ("\"id\" : \"urn:", "\"id\" : \"a b:"),
            ("\"externalParameters\"", "\"parameters\""), ("\"subject\"", "\"subjects\""),
            ("\"name\" : \"README.md\"", "\"name\" : \"readme.md\""),
        ]
        for (old, new) in changes {
            var forged = sound
            let range = try #require(statement.firstRange(of: old), "\(old)")
            forged.files[Provenance.path] = Array(statement.replacingCharacters(in: range, with: new).utf8)
            try ground.write("forged.tar", forged.encoded())
            #expect(try await ground.sh("\(reader) forged.tar").status == 1, "\(old) as \(new)")
        }
        var changed = try ground.bytes("r.tar")
        changed[1500] ^= 1
        try ground.write("forged.tar", changed)
        #expect(try await ground.sh("\(reader) forged.tar").status != 0)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
