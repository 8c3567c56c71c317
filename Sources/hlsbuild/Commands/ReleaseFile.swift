import Basics
import BuildEngine
import Glibc
import Stages

/// The file that a release is written to: whole or not at all.
enum ReleaseFile {
    /// Says what stands against writing there before any work is done.
    static func check(_ path: String) throws {
        let folder = PathText.split(path).folder
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
        let (folder, name) = PathText.split(path)
        let unfinished = Files.unfinishedName(of: name)
        for other in (try? Files.list(folder)) ?? [] {
            guard let process = other.rest(behind: unfinished).flatMap({ Int32($0) }), process > 0,
                ProcessMark(process) == nil
            else { continue }
            unlink(folder + "/" + other)
        }
        try Files.write(bytes, to: path)
    }
}
