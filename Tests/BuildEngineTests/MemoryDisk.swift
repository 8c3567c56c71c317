import Basics
import Glibc
import Synchronization

@testable import BuildEngine

/// A disk of one test, in memory, with a clock of its own and a log of everything that was done to it.
///
/// It has no links and minds no permissions: tests that need them are on the machine's disk.
final class MemoryDisk: StandInFiles {
    fileprivate struct State: Sendable {
        var files: MemoryFiles
        var log: [MemoryFiles.Change] = []
        var open: [Int32: UInt64] = [:]
        var lastOpened: Int32 = 1_000_000
    }

    private let state: Mutex<State>

    /// - Parameter step: nanoseconds that a change takes.
    init(step: Int64 = 1000) {
        var files = MemoryFiles(step: step)
        // What the engine notes of the program that runs it.
        for folder in ["/proc", "/proc/self"] { files.apply(.makeFolder(folder)) }
        files.apply(.makeFile("/proc/self/exe", mode: 0o755))
        state = Mutex(State(files: files))
    }

    /// A disk as it was at an instant.
    init(_ files: MemoryFiles) { state = Mutex(State(files: files)) }

    var files: MemoryFiles { state.withLock(\.files) }

    /// What was done since the disk was made, in order.
    var log: [MemoryFiles.Change] { state.withLock(\.log) }

    func pass(_ nanoseconds: Int64) { state.withLock { $0.files.pass(nanoseconds) } }

    // MARK: Reading

    func status(_ path: String) -> FileStatus? { state.withLock { $0.files.status(path) } }

    func linkStatus(_ path: String) -> FileStatus? { status(path) }

    func read(_ path: String) throws(FileError) -> [UInt8] {
        guard let bytes = state.withLock({ $0.files.bytes(path) }) else { throw .last("read", path) }
        return bytes
    }

    func list(_ path: String) throws(FileError) -> [String] {
        guard let names = state.withLock({ $0.files.names(path) }) else { throw .last("list", path) }
        return names
    }

    // MARK: Changing

    func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
        state.withLock { state in
            if flags & O_CREAT != 0, flags & O_EXCL != 0 || state.files.find(path) == nil {
                guard state.apply(.makeFile(path, mode: UInt32(mode))) else { return -1 }
            }
            guard let number = state.files.find(path) else { return -1 }
            state.lastOpened += 1
            state.open[state.lastOpened] = number
            return state.lastOpened
        }
    }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        let bytes = Array(bytes)
        return change(file) { .append($0, bytes) } == 0 ? bytes.count : -1
    }

    func fsync(_ file: Int32) -> Int32 { change(file) { .sync($0) } }

    func fchmod(_ file: Int32, _ mode: mode_t) -> Int32 { change(file) { .setMode($0, UInt32(mode)) } }

    func close(_ file: Int32) { state.withLock { $0.open[file] = nil } }

    func chmod(_ path: String, _ mode: mode_t) -> Int32 {
        state.withLock { state in
            state.files.find(path).map { state.apply(.setMode($0, UInt32(mode))) } == true ? 0 : -1
        }
    }

    func mkdir(_ path: String) -> Int32 { change(.makeFolder(path)) }

    func rename(_ path: String, _ target: String) -> Int32 { change(.rename(path, target)) }

    func unlink(_ path: String) -> Int32 { change(.remove(path)) }

    func rmdir(_ path: String) -> Int32 { change(.remove(path)) }

    private func change(_ change: MemoryFiles.Change) -> Int32 {
        state.withLock { $0.apply(change) } ? 0 : -1
    }

    private func change(_ file: Int32, _ change: (UInt64) -> MemoryFiles.Change) -> Int32 {
        state.withLock { state in
            guard let number = state.open[file] else {
                errno = EBADF
                return -1
            }
            return state.apply(change(number)) ? 0 : -1
        }
    }
}

extension MemoryDisk.State {
    /// Notes what was done, not what was refused.
    fileprivate mutating func apply(_ change: MemoryFiles.Change) -> Bool {
        guard files.apply(change) else { return false }
        log.append(change)
        return true
    }
}
