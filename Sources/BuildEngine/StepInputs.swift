internal import Basics

/// The inputs of one step: names, and bytes that are checked against the digest in the key whenever they are read.
public struct StepInputs: Sendable {
    private let artifacts: [String: Artifact]
    private let reader: @Sendable (Artifact) throws -> [UInt8]
    /// All names, sorted.
    public let names: [String]

    init(_ inputs: [StepInput], reader: @escaping @Sendable (Artifact) throws -> [UInt8]) {
        artifacts = Dictionary(inputs.map { ($0.name, $0.artifact) }, uniquingKeysWith: { first, _ in first })
        names = artifacts.keys.sorted()
        self.reader = reader
    }

    /// Inputs held in memory, for steps that are performed outside of a build.
    public init(files: [String: [UInt8]]) {
        let inputs = files.map { name, bytes in
            StepInput(name, Artifact(digest: Digest(of: bytes), size: bytes.count, origin: .source(path: name)))
        }
        self.init(inputs) { artifact in
            guard case .source(let path) = artifact.origin, let bytes = files[path] else { return [] }
            return bytes
        }
    }

    public func contains(_ name: String) -> Bool { artifacts[name] != nil }

    /// The names below a folder, sorted.
    public func names(under folder: String) -> [String] { names.filter { PathText.relative($0, to: folder) != nil } }

    /// What is known of the input without reading it.
    public subscript(name: String) -> Artifact? { artifacts[name] }

    /// The input's bytes. Throws if there is no such input, if the file changed after its digest had been taken, or if
    /// the store's copy is damaged.
    public func bytes(_ name: String) throws -> [UInt8] {
        guard let artifact = artifacts[name] else {
            throw DiagnosticError(
                .error(
                    "the step has no input '\(name)'",
                    help: "inputs: \(names.prefix(12).joined(separator: ", "))"))
        }
        return try reader(artifact)
    }

    /// The input's text; bytes that are not UTF-8 become replacement characters.
    public func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}
