internal import Basics
internal import Glibc

/// The right to write in one project, held by one build at a time.
///
/// The lock is the kernel's (`flock`): it is gone with the process that holds it, however that ends. The file's text
/// says who that is. A disk that no other process sees needs no lock.
final class ProjectLock: Sendable {
    /// Nil on a disk of this process alone.
    private let file: Int32?

    private init(file: Int32?) { self.file = file }

    deinit { release() }

    /// Waits for the lock. `waiting` is told once who holds it; cancelling the task ends the wait.
    static func acquire(
        _ paths: ProjectPaths, disk: Disk, waiting: @Sendable (LockHolder) -> Void
    ) async throws -> ProjectLock {
        var told = false
        while true {
            try Task.checkCancellation()
            if let lock = try attempt(paths, disk: disk) { return lock }
            if !told, let holder = holder(paths) {
                waiting(holder)
                told = true
            }
            try await Task.sleep(for: .milliseconds(25))
        }
    }

    /// Who holds the lock, if it is held.
    static func holder(_ paths: ProjectPaths) -> LockHolder? {
        let file = open(paths.lock, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard flock(file, LOCK_SH | LOCK_NB) != 0 else { return nil }
        let fields = ((try? Files.text(paths.lock, within: .state)) ?? "").split(separator: "\n").first.map {
            SealedLine.split($0)
        }
        guard let fields, fields.count == 3, let process = Int32(fields[0]), let since = Int64(fields[2]) else {
            return LockHolder(process: 0, host: "an unknown host", since: 0)
        }
        return LockHolder(process: process, host: fields[1], since: since)
    }

    private static func attempt(_ paths: ProjectPaths, disk: Disk) throws -> ProjectLock? {
        do { try disk.makeDirectories(paths.state) } catch let error as FileError { throw unwritable(paths, error) }
        guard disk.isShared else { return ProjectLock(file: nil) }
        let file = open(paths.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard file >= 0 else { throw unwritable(paths, .last("write", paths.lock)) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        // Whoever deleted `.hlsbuild` meanwhile left us with the lock of a file that nobody else will ever open.
        var status = stat()
        guard fstat(file, &status) == 0, Files.linkStatus(paths.lock)?.inode == UInt64(status.st_ino) else {
            close(file)
            return nil
        }
        var host = [CChar](repeating: 0, count: 256)
        gethostname(&host, host.count - 1)
        let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let text = SealedLine.join([String(getpid()), name, String(Files.now() / 1_000_000_000)]) + "\n"
        ftruncate(file, 0)
        _ = Array(text.utf8).withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
        return ProjectLock(file: file)
    }

    private func release() { if let file { close(file) } }

    private static func unwritable(_ paths: ProjectPaths, _ error: FileError) -> DiagnosticError {
        DiagnosticError(
            .error(
                "the project's folder cannot be written: \(error)",
                help: "hlsbuild keeps its results in '\(paths.state)' and '\(paths.outputs)'; "
                    + "copy the project to a folder of your own, or ask for the right to write there"))
    }
}
