internal import Basics
public import BuildEngine
internal import Glibc

/// Finds programs in `PATH` and identifies them.
///
/// Every place that is looked at is noted by the world, also those where nothing was: a program that appears earlier in
/// the path, or at all, is noticed by the next build.
public struct ToolFinder: Sendable {
    private let world: World
    private let versions: Memo
    private let groups = ProcessGroups()

    public init(world: World) {
        self.world = world
        versions = Memo("tools", of: world)
    }

    /// How to ask a program for its version.
    public struct VersionQuery: Sendable {
        public var arguments: [String]
        /// How many of the lines that it prints make up the version; empty lines do not count.
        public var lines: Int
        public var timeout: Duration

        public init(_ arguments: [String] = ["--version"], lines: Int = 1, timeout: Duration = .seconds(60)) {
            self.arguments = arguments
            self.lines = lines
            self.timeout = timeout
        }
    }

    /// The program of that name; nil if there is none.
    ///
    /// - Parameters:
    ///   - name: A name to look up in `PATH`, or a path with a slash, relative to the project's folder or absolute.
    ///   - version: How to ask for the version; nil: do not ask. It is asked once for every digest of the executable.
    ///   - companions: Files whose content belongs to the program's identity, relative to the folder it is in.
    ///   - folders: Where the program is installed, the innermost folder first: scripts that name these folders are
    ///     the same program elsewhere.
    /// - Throws: `DiagnosticError` if the program is there and cannot be read or started.
    public func find(
        _ name: String, version: VersionQuery? = VersionQuery(), companions: [String] = [], folders: [String] = []
    ) async throws -> ToolIdentity? {
        guard let path = locate(name) else { return nil }
        let digest = try identify(path, companions, folders)
        let text = if let version { try await ask(path, digest, version) } else { "" }
        return ToolIdentity(name: name, path: world.absolute(path), version: text, digest: digest)
    }

    /// Where the program is: the first regular file of that name in `PATH` that may be executed.
    public func locate(_ name: String) -> String? {
        if name.has("/") { return isProgram(name) ? name : nil }
        let folders = (world.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").parts(at: ":")
        return folders.filter(PathText.isAbsolute).map { "\($0)/\(name)" }.first(where: isProgram)
    }

    private func isProgram(_ path: String) -> Bool {
        guard let status = world.status(path) else { return false }
        return status.kind == .file && status.isExecutable
    }

    private func identify(_ path: String, _ companions: [String], _ folders: [String]) throws -> Digest {
        guard let digest = try digest(of: path, folders) else { return Digest(of: path) }
        if companions.isEmpty { return digest }
        let folder = PathText.split(path).folder
        var hasher = DigestHasher()
        hasher.update(field: digest.hex)
        for companion in companions {
            let file = folder + "/" + companion
            hasher.update(field: companion)
            hasher.update(field: world.exists(file) ? try self.digest(of: file, folders)?.hex ?? "" : "")
        }
        return hasher.finish()
    }

    /// The largest file that is taken for a script.
    private static let longestScript = 1 << 16

    /// The digest of a file; of a script that names the folders, without their names.
    private func digest(of path: String, _ folders: [String]) throws -> Digest? {
        let source = try world.program(path)
        guard source.size <= Self.longestScript, !folders.isEmpty else { return source.digest }
        let text = try world.read(path)
        let plain = folders.enumerated().reduce(text) { text, folder in
            text.replacing(Array(folder.element.utf8), with: Array("{folder \(folder.offset)}".utf8))
        }
        return plain == text ? source.digest : Digest(of: plain)
    }

    private func ask(_ path: String, _ digest: Digest, _ query: VersionQuery) async throws -> String {
        let key = Digest(of: ([path, digest.hex, String(query.lines)] + query.arguments).joined(separator: "\u{0}"))
        if let known = versions.text(for: key) { return known }
        let file = try Self.temporaryFile()
        defer { close(file) }
        var environment = ["LC_ALL": "C", "PATH": world.unnotedEnvironment("PATH") ?? "/usr/bin:/bin"]
        for name in ["HOME", "LD_LIBRARY_PATH"] { environment[name] = world.unnotedEnvironment(name) }
        let child = ChildProcess(
            executable: world.absolute(path), arguments: query.arguments, environment: environment,
            workingDirectory: "/", timeout: query.timeout, grace: .milliseconds(500))
        let termination = try await child.run(output: file, groups: groups)
        let text = Self.lines(of: file, count: query.lines)
        guard termination == .exited(0) || !text.isEmpty else {
            throw DiagnosticError(
                .error(
                    "'\(path)' does not tell its version: \(query.arguments.joined(separator: " ")) ended with "
                        + "\(termination) and printed nothing"))
        }
        versions.keep(text, for: key)
        return text
    }

    /// A file without a name: unlike a pipe, it makes nobody wait for a grandchild that keeps it open.
    private static func temporaryFile() throws -> Int32 {
        var name = Array("/tmp/hlsbuild-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw DiagnosticError(FileError.last("create a file in", "/tmp").diagnostic) }
        unlink(name)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }

    private static func lines(of file: Int32, count: Int) -> String {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let length = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        var splitter = LineSplitter()
        var lines = splitter.add(buffer[..<max(0, length)])
        if let last = splitter.finish() { lines.append(last) }
        return lines.filter { $0.contains { !$0.isWhitespace } }.prefix(count).joined(separator: "\n")
    }
}
