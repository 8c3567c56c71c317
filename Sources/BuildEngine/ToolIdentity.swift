public import Basics

/// A program that was found on this machine, and what tells it from any other version of it.
///
/// As a part of a step's settings it becomes part of the key: replacing the program, in place or by another `PATH`,
/// makes new actions of all that run it.
public struct ToolIdentity: Hashable, Sendable, Encodable {
    /// The name it was looked up by.
    public let name: String
    /// Where it was found, absolute; relative for a program among the command's own inputs.
    public let path: String
    /// What it answered when asked for its version; empty if it was not asked.
    public let version: String
    /// The digest of the executable, or of it and the files that belong to it.
    public let digest: Digest

    public init(name: String, path: String, version: String, digest: Digest) {
        self.name = name
        self.path = path
        self.version = version
        self.digest = digest
    }

    /// A program that an earlier step made, which a command takes as its input `name` and runs.
    public init(input name: String, _ artifact: Artifact) {
        self.init(name: name, path: name, version: "", digest: artifact.digest ?? Digest(of: ""))
    }

    private enum CodingKeys: String, CodingKey { case name, path, version, digest }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(path, forKey: .path)
        try container.encode(version, forKey: .version)
        try container.encode(digest.hex, forKey: .digest)
    }
}
