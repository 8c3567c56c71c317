import FoundationEssentials
import Glibc
import Testing

/// The top of the repository.
let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

/// A folder for one test, removed at its end, and the program run in it.
final class Playground {
    struct Run {
        var status: Int32
        var output: String
        var errors: String
    }

    let path: String
    let program: String

    init() throws {
        var name = Array("/tmp/hlsbuild-release-XXXXXX".utf8CString)
        try #require(mkdtemp(&name) != nil)
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(path, 0o755)
        program = try Self.built()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The executable lies where the tests do, or above.
    private static func built() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let parts = tests.split(separator: "/")
        let candidates = parts.indices.reversed().map { "/" + parts[..<$0].joined(separator: "/") + "/hlsbuild" }
        return try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0) && Self.isFile($0) },
            "the executable is not built")
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// A copy of a project of the repository, without what was built in it.
    func project(_ source: String = "Templates/projects/minimal", as name: String) throws {
        let target = path + "/" + name
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(repository)/\(source)")
        where !["build", ".hlsbuild"].contains(file) {
            try FileManager.default.copyItem(atPath: "\(repository)/\(source)/\(file)", toPath: "\(target)/\(file)")
        }
    }

    /// Runs a line of shell in the folder; `$hlsbuild` is the program.
    @discardableResult
    func sh(_ script: String) throws -> Run {
        let (out, err) = (path + "/.out", path + "/.err")
        for file in [out, err] { unlink(file) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT, 0o600)
        let line: [String] = ["/bin/sh", "-c", "cd '\(path)' && " + script]
        let words = line.map { strdup($0) } + [nil]
        let stated: [String] = [
            "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C", "hlsbuild=\(program)",
            "HLSBUILD_SEATS=\(path)/seats",
        ]
        let variables = stated.map { strdup($0) } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var child = pid_t()
        let started = posix_spawn(&child, "/bin/sh", &actions, nil, words, variables)
        try #require(started == 0)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
        return Run(status: code, output: try text(".out"), errors: try text(".err"))
    }

    /// The same, for what must succeed.
    @discardableResult
    func works(_ script: String) throws -> Run {
        let run = try sh(script)
        try #require(run.status == 0, "\(script): \(run.output)\(run.errors)")
        return run
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path + "/" + name)))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
    }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func exists(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }
}
