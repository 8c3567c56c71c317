public import Basics

/// A file as the engine knows it: its content's digest, and where it comes from.
public struct Artifact: Hashable, Sendable {
    public enum Origin: Hashable, Sendable {
        /// A file of the user, relative to the project's folder or absolute.
        case source(path: String)
        /// An output of a step.
        case step(stage: StageIdentity, label: String, path: String)
    }

    /// The content; nil only in a dry run, for the output of a command that has not been run.
    public let digest: Digest?
    /// Bytes; zero while the content is unknown.
    public let size: Int
    public let isExecutable: Bool
    public let origin: Origin

    public init(digest: Digest?, size: Int, isExecutable: Bool = false, origin: Origin) {
        self.digest = digest
        self.size = size
        self.isExecutable = isExecutable
        self.origin = origin
    }

    /// Whether the content is known; it always is outside of a dry run.
    public var isKnown: Bool { digest != nil }
}

/// An artifact under the name by which a step sees it: the relative path in a command's folder.
public struct StepInput: Hashable, Sendable {
    public let name: String
    public let artifact: Artifact

    public init(_ name: String, _ artifact: Artifact) {
        self.name = name
        self.artifact = artifact
    }
}
