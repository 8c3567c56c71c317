internal import Basics

/// Thrown in a dry run when a stage wants the bytes of something that has not been made.
struct OutputUnknown: Error {
    let artifact: Artifact
}

/// The bytes of artifacts, wherever they lie; always compared with the digest that the artifact states.
struct Blobs: Sendable {
    let paths: ProjectPaths
    let disk: Disk
    let store: ContentStore

    func read(_ artifact: Artifact) throws -> [UInt8] {
        guard let digest = artifact.digest else { throw OutputUnknown(artifact: artifact) }
        switch artifact.origin {
        case .step: return try store.read(digest)
        case .source(let path):
            let bytes = try disk.read(paths.absolute(path))
            guard Digest(of: bytes) == digest else { throw Self.changed(path) }
            return bytes
        }
    }

    /// Writes the artifact's bytes to a file that does not exist yet.
    func export(_ artifact: Artifact, to target: String, mode: UInt32) throws {
        guard let digest = artifact.digest else { throw OutputUnknown(artifact: artifact) }
        switch artifact.origin {
        case .step: try store.export(digest, to: target, mode: mode)
        case .source(let path):
            guard try disk.copy(paths.absolute(path), to: target, mode: mode) == digest else {
                try? disk.remove(target)
                throw Self.changed(path)
            }
        }
    }

    private static func changed(_ path: String) -> DiagnosticError {
        DiagnosticError(
            .error("'\(path)' changed while it was read", help: "run again when nothing writes to the file"))
    }
}
