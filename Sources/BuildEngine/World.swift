public import Basics
internal import Glibc
internal import Synchronization

/// Everything that a build looks at outside of itself goes through here and is noted.
///
/// The notes are what makes a build with nothing to do cheap: if every file, absence and variable that the last build
/// looked at is as it was, the answer is as it was (`QuietCheck`). So nothing may be looked at by another way.
public final class World: Sendable {
    /// What was looked at.
    enum Subject: Hashable, Sendable {
        /// A path, through links.
        case target(ExactText)
        /// A path, the link itself if it is one.
        case entry(ExactText)
        case variable(ExactText)
        /// What is in the file that a path leads to, where its status does not tell.
        case content(ExactText)
    }

    /// What was seen.
    enum Sight: Hashable, Sendable {
        case nothing
        case file(FileStatus)
        case text(String)
        case digest(Digest)
    }

    private struct Notes {
        var seen: [Subject: Sight] = [:]
        /// Something looked different at two times: no later look can confirm both.
        var isContradictory = false
    }

    let paths: ProjectPaths
    let disk: Disk
    let digests: StatCache
    let clock: WallClock
    let trust: StatusTrust
    /// When this world was opened: only what was settled then can be confirmed by its status later.
    let opened: Int64
    private let variables: [String: String]
    private let notes = Mutex(Notes())

    /// - Parameters:
    ///   - folder: The project's folder, absolute or relative to the current one.
    ///   - environment: The environment variables; by default those of this process.
    public convenience init(folder: String, environment: [String: String]? = nil) {
        self.init(folder: folder, environment: environment, clock: .machine)
    }

    init(
        folder: String, environment: [String: String]?, clock: WallClock, disk: Disk = Disk(),
        trust: StatusTrust = .machine
    ) {
        self.disk = disk
        self.clock = clock
        self.trust = trust
        opened = clock.now()
        paths = ProjectPaths(folder: Self.absolute(folder))
        digests = StatCache(paths: paths, disk: disk, clock: clock, trust: trust)
        variables = environment ?? Self.processEnvironment()
    }

    /// The project's folder, absolute.
    public var folder: String { paths.folder }

    /// The folders that the engine alone writes to: the outputs of the stages, and its own notes. Absolute.
    public var ownFolders: [String] { [paths.outputs, paths.state] }

    /// Their names in the project's folder.
    public static let ownFolderNames = [ProjectPaths.outputFolder, ProjectPaths.stateFolder]

    /// A path of the project as an absolute path.
    public func absolute(_ path: String) -> String { paths.absolute(path) }

    /// The value of an environment variable; nil if it is not set.
    public func environment(_ name: String) -> String? {
        let value = variables[name]
        note(.variable(ExactText(name)), value.map(Sight.text) ?? .nothing)
        return value
    }

    /// An environment variable that may change without anything being rebuilt, such as a licence server.
    public func unnotedEnvironment(_ name: String) -> String? { variables[name] }

    /// The status of what a path leads to; nil if there is nothing.
    public func status(_ path: String) -> FileStatus? {
        let status = disk.status(paths.absolute(path))
        note(.target(ExactText(path)), status.map(Sight.file) ?? .nothing)
        return status
    }

    /// Whether a path leads to anything.
    public func exists(_ path: String) -> Bool { status(path) != nil }

    /// The names in a folder, sorted.
    public func list(_ path: String) throws(FileError) -> [String] {
        guard status(path) != nil else { throw FileError("list", path, code: ENOENT) }
        return try disk.list(paths.absolute(path))
    }

    /// A file's bytes.
    ///
    /// - Parameter limit: what is taken of a file of its kind.
    public func read(_ path: String, within limit: InputLimit = .other) throws(FileError) -> [UInt8] {
        let isTold = trust.holds(paths.absolute(path))
        _ = status(path)
        let bytes = try disk.read(paths.absolute(path), within: limit)
        _ = status(path)
        if !isTold { note(.content(ExactText(path)), .digest(Digest(of: bytes))) }
        return bytes
    }

    /// A file's text; bytes that are not UTF-8 become replacement characters.
    public func text(_ path: String) throws(FileError) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// A file of the user as an artifact. It is hashed only if it does not look as it did when it was hashed last.
    ///
    /// - Parameter limit: what is taken of a file of its kind; a larger one is refused by its size, unread.
    public func source(_ path: String, within limit: InputLimit? = nil) throws -> Artifact {
        try artifact(path, .edited, within: limit)
    }

    /// A program of this machine, or a file that belongs to one: it is installed as a whole and not written to in place,
    /// so its status is believed wherever it lies.
    public func program(_ path: String) throws -> Artifact { try artifact(path, .kept) }

    private func artifact(_ path: String, _ nature: StatCache.Nature, within limit: InputLimit? = nil) throws
        -> Artifact
    {
        let path = paths.relative(path)
        do {
            if let limit, let status = disk.status(paths.absolute(path)), status.kind == .file {
                try limit.check(size: Int(status.size), of: path)
            }
            let entry = try digests.digest(path, nature)
            note(.target(ExactText(path)), .file(entry.status))
            if !entry.isTold { note(.content(ExactText(path)), .digest(entry.digest)) }
            return Artifact(
                digest: entry.digest, size: Int(entry.status.size), isExecutable: entry.status.isExecutable,
                origin: .source(path: path))
        } catch {
            note(.target(ExactText(path)), .nothing)
            throw error
        }
    }

    /// Notes what was seen. Seeing two different things makes the notes worthless for a quiet record.
    func note(_ subject: Subject, _ sight: Sight) {
        notes.withLock { notes in
            if let before = notes.seen[subject], before != sight { notes.isContradictory = true }
            notes.seen[subject] = sight
        }
    }

    /// All that was looked at, in a stable order; nil if it contradicts itself.
    var observations: [(subject: Subject, sight: Sight)]? {
        notes.withLock { notes in
            guard !notes.isContradictory else { return nil }
            return notes.seen.map { ($0.key, $0.value) }.sorted { $0.0.sortKey < $1.0.sortKey }
        }
    }

    private static func absolute(_ folder: String) -> String {
        var path = folder
        if !PathText.isAbsolute(path) {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let current = getcwd(&buffer, buffer.count).map { String(cString: $0) } ?? ""
            path = path.isEmpty || path == "." ? current : current + "/" + path
        }
        while path.utf8.count > 1, let shorter = path.rest(before: "/") { path = shorter }
        return path
    }

    private static func processEnvironment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            entry += 1
            // A mended text would name another folder. In a list of folders that one leads nowhere, the others do.
            let isList = pair.begins(with: "PATH=") || pair.begins(with: "LD_LIBRARY_PATH=")
            guard isList || String(validatingCString: text) != nil else { continue }
            if let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
                variables[String(pair[..<equals])] = String(pair.utf8[pair.utf8.index(after: equals)...])
            }
        }
        return variables
    }
}

extension World.Subject {
    fileprivate var sortKey: String {
        switch self {
        case .target(let path): "t" + path.text
        case .entry(let path): "l" + path.text
        case .variable(let name): "v" + name.text
        // Last: what costs a reading is not looked at where something else has changed.
        case .content(let path): "w" + path.text
        }
    }
}
