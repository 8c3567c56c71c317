import Basics
import Glibc
import Testing

/// The built executable, as a user runs it.
struct Program {
    /// What a run came to.
    struct Run: Equatable {
        var status: Int32
        var output: String
        var errors: String
    }

    var path: String
    /// The folder it is run in.
    var folder: Scratch

    init(in folder: Scratch) throws {
        path = try Self.built()
        self.folder = folder
    }

    func callAsFunction(_ arguments: String..., environment: [String: String] = [:]) throws -> Run {
        try Self.run(path, arguments, in: folder.path, environment: environment)
    }

    /// The executable lies where the tests do, or above.
    static func built() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self), bytes.count) }
                ?? 0
        }
        let parts = String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: "/")
        let candidates = (1..<max(2, parts.count)).reversed().map {
            "/" + parts[..<min($0, parts.count)].joined(separator: "/") + "/hlsbuild"
        }
        return try #require(candidates.first { access($0, X_OK) == 0 && !isFolder($0) }, "the executable is not built")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Runs a program to its end.
    /// - Parameter output: where its standard output goes instead of being returned.
    static func run(
        _ path: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
        output: String? = nil
    ) throws -> Run {
        let scratch = try Scratch()
        let captured = scratch.path + "/out"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output ?? captured, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, scratch.path + "/err", O_WRONLY | O_CREAT, 0o600)
        // Signals that the thread of a test does not take would be kept from the program, too.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C"]
        variables.merge(environment) { _, new in new }
        var child = pid_t()
        // `env` is there to change the folder.
        let result = withStrings(["env", "-C", folder, path] + arguments) { words in
            withStrings(variables.map { $0.key + "=" + $0.value }) { environment in
                posix_spawn(&child, "/usr/bin/env", &actions, &attributes, words, environment)
            }
        }
        try #require(result == 0, "cannot start \(path)")
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        // Killed by a signal: as a shell says it.
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
        return Run(
            status: code, output: output == nil ? scratch.text("out") : "", errors: scratch.text("err"))
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

/// A folder for one test, removed at its end.
final class Scratch {
    let path: String

    init() throws {
        var name = Array("/tmp/hlsbuild-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&name) != nil)
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.removeTree(path) }

    private static func removeTree(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name == "." || name == ".." { continue }
                // Only folders of our own: a link is removed, not followed.
                let inner = path + "/" + name
                if unlink(inner) != 0 { removeTree(inner) }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    func text(_ name: String) -> String { String(decoding: Self.bytes(path + "/" + name) ?? [], as: UTF8.self) }

    func write(_ name: String, _ text: String) throws {
        let file = try #require(fopen(path + "/" + name, "w"))
        fputs(text, file)
        fclose(file)
    }

    func exists(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    static func bytes(_ path: String) -> [UInt8]? { try? Files.read(path) }
}

/// The top of the repository.
let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
