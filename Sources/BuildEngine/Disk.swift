internal import Basics
internal import Glibc
internal import Synchronization

/// Everything that the engine does to the file system, one method an operation, and all that it reads of it.
///
/// What is left to the kernel alone: locks, the seats that processes share, logs that are followed while they grow, and
/// the look at a quiet record before a build is begun.
///
/// Tests give a `fault` that is asked before every single operation: it can refuse (disk full) or break off in the
/// midst of a write, after which it refuses everything, as if the process had been killed at that instant.
final class Disk: Sendable {
    enum Operation: Hashable, Sendable {
        case create(String)
        case write(String, count: Int)
        case sync(String)
        case setMode(String)
        case rename(String, to: String)
        case remove(String)
        case makeDirectory(String)
    }

    /// Thrown by a fault: so many bytes are still written, then `error` is thrown.
    struct TornWrite: Error {
        var keep: Int
        var error: any Error
    }

    let medium: DiskMedium
    private let injected: (@Sendable (Operation) throws -> Void)?
    private let counter = Mutex(0)

    init(_ medium: DiskMedium = .machine, fault: (@Sendable (Operation) throws -> Void)? = nil) {
        self.medium = medium
        injected = fault
    }

    /// Whether other processes see this disk.
    var isShared: Bool {
        switch medium {
        case .machine: true
        case .standIn: false
        }
    }

    func fault(_ operation: Operation) throws { try injected?(operation) }

    /// A name that no other file of this or another process has.
    func uniqueName() -> String {
        let number = counter.withLock {
            $0 += 1
            return $0
        }
        return "\(getpid())-\(number)-\(Files.now())"
    }

    /// Makes the folder and all above it.
    func makeDirectories(_ path: String) throws {
        if status(path)?.kind == .directory { return }
        if let parent = PathText.parent(of: path) { try makeDirectories(parent) }
        try fault(.makeDirectory(path))
        if medium.mkdir(path) != 0, errno != EEXIST { throw FileError.last("create the folder", path) }
    }

    /// Writes a file that must not exist yet.
    func create(_ path: String, _ bytes: [UInt8], mode: UInt32, sync: Bool) throws {
        try fault(.create(path))
        let file = medium.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileError.last("create", path) }
        defer { medium.close(file) }
        try write(bytes, to: file, path)
        try fault(.setMode(path))
        guard medium.fchmod(file, mode_t(mode)) == 0 else { throw FileError.last("set the mode of", path) }
        if sync { try self.sync(file, path) }
    }

    /// Opens a file for appending and creates it if there is none.
    func openForAppending(_ path: String) throws -> Int32 {
        try fault(.create(path))
        let file = medium.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw FileError.last("write", path) }
        return file
    }

    func close(_ file: Int32) { medium.close(file) }

    func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        var count = bytes.count
        var torn: (any Error)?
        do { try fault(.write(path, count: count)) } catch let tear as TornWrite {
            count = min(max(0, tear.keep), count)
            torn = tear.error
        }
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < count {
                let step = medium.write(file, UnsafeRawBufferPointer(rebasing: buffer[done..<count]))
                if step < 0 {
                    if errno == EINTR { continue }
                    throw FileError.last("write", path)
                }
                done += step
            }
        }
        if let torn { throw torn }
    }

    func sync(_ file: Int32, _ path: String) throws {
        try fault(.sync(path))
        guard medium.fsync(file) == 0 else { throw FileError.last("write", path) }
    }

    func rename(_ path: String, to target: String) throws {
        try fault(.rename(path, to: target))
        guard medium.rename(path, target) == 0 else { throw FileError.last("rename to '\(target)'", path) }
    }

    /// Removes a file or a link, not a folder; it is no error if there is none.
    func remove(_ path: String) throws {
        try fault(.remove(path))
        if medium.unlink(path) != 0, errno != ENOENT, errno != ENOTDIR { throw FileError.last("remove", path) }
    }

    /// Removes an empty folder; whether it could.
    func removeEmptyDirectory(_ path: String) throws -> Bool {
        try fault(.remove(path))
        return medium.rmdir(path) == 0
    }

    /// Removes whatever is there. Links are removed, not followed.
    func removeTree(_ path: String) throws {
        guard let status = linkStatus(path) else { return }
        guard status.kind == .directory else { return try remove(path) }
        if status.mode & 0o700 != 0o700 { _ = medium.chmod(path, 0o700) }
        for name in try list(path) { try removeTree(path + "/" + name) }
        try fault(.remove(path))
        if medium.rmdir(path) == 0 { return }
        // What is still in it has names that no text can hold.
        if case .machine = medium, errno == ENOTEMPTY, Files.removeAll(path) { return }
        throw FileError.last("remove the folder", path)
    }

    func setMode(_ path: String, _ mode: UInt32) throws {
        try fault(.setMode(path))
        guard medium.chmod(path, mode_t(mode)) == 0 else { throw FileError.last("set the mode of", path) }
    }
}

extension Disk {
    /// Waits until the file's bytes are on the disk.
    func sync(path: String) throws {
        let file = medium.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError.last("write", path) }
        defer { medium.close(file) }
        try sync(file, path)
    }
}
