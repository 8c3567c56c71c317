internal import Basics

/// How the files of a release came to be, in the form that supply-chain tools read: an in-toto Statement, version 1,
/// with a SLSA provenance predicate, version 1. Times and invocations are optional there and left out: they would make
/// two releases of the same inputs differ.
public struct Provenance: Encodable, Sendable {
    /// A file and its digest.
    struct Subject: Encodable, Sendable {
        var name: String
        var digest: SHA256
    }

    struct SHA256: Encodable, Sendable { var sha256: String }

    /// A file that was given, by its path in the release, or a tool.
    struct Dependency: Encodable, Sendable {
        var uri: String?
        var name: String
        var digest: SHA256
        var annotations: [String: String]?
    }

    struct External: Encodable, Sendable {
        var projectFile: String
        var settings: [String]
        var stages: [String]
    }

    struct Definition: Encodable, Sendable {
        var buildType: String
        var externalParameters: External
        var internalParameters: [String: String]
        var resolvedDependencies: [Dependency]
    }

    struct Builder: Encodable, Sendable {
        var id: String
        var version: [String: String]
    }

    struct Run: Encodable, Sendable { var builder: Builder }

    struct Predicate: Encodable, Sendable {
        var buildDefinition: Definition
        var runDetails: Run
    }

    /// The member names of the format.
    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }

    let type = "https://in-toto.io/Statement/v1"
    var subject: [Subject]
    let predicateType = "https://slsa.dev/provenance/v1"
    var predicate: Predicate

    /// Its name in the release.
    public static let path = "provenance.json"

    /// - Parameter archive: the release without the statement: what lies in `inputs` was given, the rest was made.
    public init(of archive: ReleaseArchive, _ manifest: Manifest, inputs: [String]) {
        func isInput(_ path: String) -> Bool { inputs.contains { path.begins(with: $0 + "/") } }
        func digest(_ path: String) -> SHA256 { SHA256(sha256: Digest(of: archive.files[path] ?? []).hex) }
        subject = archive.paths.filter { !isInput($0) }.map { Subject(name: $0, digest: digest($0)) }
        let files = archive.paths.filter(isInput).map { Dependency(name: $0, digest: digest($0)) }
        let tools = manifest.tools.map { tool in
            Dependency(
                uri: "urn:hlsbuild:tool:" + Self.encoded(tool.name), name: tool.name,
                digest: SHA256(sha256: tool.sha256),
                annotations: ["stage": tool.stage, "version": tool.version])
        }
        predicate = Predicate(
            buildDefinition: Definition(
                buildType: "urn:hlsbuild:release:1",
                externalParameters: External(
                    projectFile: manifest.projectFile, settings: manifest.settings,
                    stages: manifest.stages.filter(\.present).map(\.name)),
                internalParameters: [:], resolvedDependencies: files + tools),
            runDetails: Run(builder: Builder(id: "urn:hlsbuild:builder", version: ["hlsbuild": manifest.hlsbuild])))
    }

    /// A name as a part of a URN: what may not stand there as a percent sign and two digits.
    private static func encoded(_ name: String) -> String {
        name.utf8.map { byte in
            let isPlain =
                byte < 128 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            if isPlain || "-._~+".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    public func encoded() throws -> [UInt8] { try JSONText.encode(self) }
}
