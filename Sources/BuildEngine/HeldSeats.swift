internal import Glibc
internal import Synchronization

/// What a running command has taken of pools that processes share; free again when this is released, and when the
/// process ends, however it does.
final class HeldSeats: Sendable {
    /// Open, locked files, one for each claim.
    private let files: Mutex<[Int32]>

    init(_ files: [Int32]) { self.files = Mutex(files) }

    deinit { release() }

    /// Notes whose process group works with the seats: while that lives they stay taken, also when this process has been
    /// killed, since then the licence is still out and the memory still full.
    func note(leader: Int32) {
        guard let mark = ProcessMark(leader) else { return }
        let text = Array((mark.text + "\n").utf8)
        files.withLock { files in
            for file in files { _ = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } }
        }
    }

    /// Gives the seats back. The command must have ended with all of its group.
    func release() {
        files.withLock { files in
            for file in files {
                ftruncate(file, 0)
                // Closing alone would not do: a process that was forked a moment ago may hold the file as well.
                flock(file, LOCK_UN)
                close(file)
            }
            files = []
        }
    }
}
