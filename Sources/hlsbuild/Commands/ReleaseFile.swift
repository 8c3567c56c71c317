import Basics
import BuildEngine
import Glibc
import Stages

/// The file that a release is written to: whole or not at all.
enum ReleaseFile {
    /// Says what stands against writing there before any work is done.
    static func check(_ path: String) throws {
        let folder = Workspace.split(path).folder
        guard let status = Files.status(folder), status.kind == .directory else {
            throw DiagnosticError(
                .error(
                    "cannot write '\(path)': there is no folder '\(folder)'", help: "make it, or name another with -o"))
        }
        if let kind = Files.status(path)?.kind, kind != .file {
            throw DiagnosticError(.error("cannot write '\(path)': it is no file", help: "name another with -o"))
        }
    }

    /// Writes the release, and removes what a release to the same file left that was killed while writing.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let (folder, name) = Workspace.split(path)
        for other in (try? Files.list(folder)) ?? [] where other.hasPrefix(name + ".part") {
            guard let process = Int32(other.dropFirst(name.utf8.count + ".part".utf8.count)), process > 0,
                ProcessMark(process) == nil
            else { continue }
            unlink(folder + "/" + other)
        }
        try Files.write(bytes, to: path)
    }
}
