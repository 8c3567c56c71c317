internal import Basics
internal import Synchronization

/// The store's copy of a content is not what it should be. It has been put aside, so that the next look misses it.
struct StoreDamage: Error, Hashable {
    let digest: Digest
}

/// Contents by digest, below `.hlsbuild/store`.
///
/// Files enter by a temporary file and a rename and are read-only. Whoever reads one hashes what he read; what does not
/// have its digest is moved to `.hlsbuild/quarantine` and is from then on simply not there.
final class ContentStore: Sendable {
    let paths: ProjectPaths
    let disk: Disk
    private let digests: StatCache
    private let warn: @Sendable (Diagnostic) -> Void
    /// In a dry run: what would have been written.
    private let memory = Mutex<[Digest: [UInt8]]>([:])
    let isInMemory: Bool

    init(
        paths: ProjectPaths, disk: Disk, digests: StatCache, inMemory: Bool,
        warn: @escaping @Sendable (Diagnostic) -> Void
    ) {
        self.paths = paths
        self.disk = disk
        self.digests = digests
        self.warn = warn
        isInMemory = inMemory
    }

    /// The path below the project's folder: one digit, then the others. Sixteen folders keep listings short; more would
    /// make the first build of a project spend its time on making folders.
    static func path(of digest: Digest) -> String {
        let hex = digest.hex
        return "\(ProjectPaths.stateFolder)/store/\(hex.prefix(1))/\(hex.dropFirst(1))"
    }

    /// Whether the content is there and sound. A file that looks as it did when it was hashed last is not read again.
    func contains(_ digest: Digest) -> Bool {
        if memory.withLock({ $0[digest] != nil }) { return true }
        let path = Self.path(of: digest)
        guard let status = disk.linkStatus(paths.absolute(path)) else { return false }
        if status.kind == .file, (try? digests.digest(path, .kept).digest) == digest { return true }
        quarantine(digest)
        return false
    }

    /// Adds bytes.
    /// - Parameter sync: Whether they must be on the disk when this returns: for results that are dear to make.
    func put(_ bytes: [UInt8], sync: Bool) throws -> Digest {
        let digest = Digest(of: bytes)
        if isInMemory {
            memory.withLock { $0[digest] = bytes }
            return digest
        }
        if contains(digest) { return digest }
        let path = paths.absolute(Self.path(of: digest))
        try disk.makeDirectories(PathText.parent(of: path) ?? paths.store)
        try disk.makeDirectories(paths.scratch)
        try disk.replace(path, bytes, mode: 0o444, sync: sync, scratch: paths.scratch)
        return digest
    }

    /// Adds a copy of a file. The copy is what is hashed, so whoever still writes to the file cannot harm the store.
    func put(file: String) throws -> (digest: Digest, size: Int) {
        try disk.makeDirectories(paths.scratch)
        let temporary = paths.scratch + "/" + disk.uniqueName()
        do {
            let digest = try disk.copy(file, to: temporary, mode: 0o444)
            let size = Int(disk.linkStatus(temporary)?.size ?? 0)
            if contains(digest) {
                try disk.remove(temporary)
                return (digest, size)
            }
            try disk.sync(path: temporary)
            let path = paths.absolute(Self.path(of: digest))
            try disk.makeDirectories(PathText.parent(of: path) ?? paths.store)
            try disk.rename(temporary, to: path)
            return (digest, size)
        } catch {
            try? disk.remove(temporary)
            throw error
        }
    }

    /// The content's bytes, hashed as they are read. Throws `StoreDamage` if they are not what they should be.
    func read(_ digest: Digest) throws -> [UInt8] {
        if let bytes = memory.withLock({ $0[digest] }) { return bytes }
        do throws(FileError) {
            let bytes = try disk.read(paths.absolute(Self.path(of: digest)))
            if Digest(of: bytes) == digest { return bytes }
        } catch {
            // What is larger than this process may read is not damaged.
            if error.hasNoRoom { throw error }
        }
        quarantine(digest)
        throw StoreDamage(digest: digest)
    }

    /// Copies the content to a file that does not exist yet; the copy is hashed.
    func export(_ digest: Digest, to target: String, mode: UInt32) throws {
        let path = paths.absolute(Self.path(of: digest))
        var copied: Digest?
        do { copied = try disk.copy(path, to: target, mode: mode) } catch let error as FileError
            where error.path == path
        {}
        if copied != digest {
            try? disk.remove(target)
            quarantine(digest)
            throw StoreDamage(digest: digest)
        }
    }

    /// Moves what has the digest's name out of the way and says so.
    func quarantine(_ digest: Digest) {
        let path = Self.path(of: digest)
        guard disk.linkStatus(paths.absolute(path)) != nil else { return }
        warn(
            .warning(
                "'\(path)' is damaged and is not used",
                help: "it is kept in \(ProjectPaths.stateFolder)/quarantine; if this happens again, check the disk"))
        guard !isInMemory else { return }
        try? disk.makeDirectories(paths.quarantine)
        try? disk.rename(paths.absolute(path), to: "\(paths.quarantine)/\(digest.hex).\(disk.uniqueName())")
    }
}
