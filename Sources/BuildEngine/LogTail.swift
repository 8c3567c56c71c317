internal import Basics
internal import Glibc

/// A piece of what the command of a step printed.
public struct LogPiece: Hashable, Sendable {
    public let label: String
    /// Whether the log begins here: the command has just been started, or started anew.
    public let isStart: Bool
    /// As it was printed: a piece may end within a line or within a character.
    public let bytes: [UInt8]

    public init(label: String, isStart: Bool, bytes: [UInt8]) {
        self.label = label
        self.isStart = isStart
        self.bytes = bytes
    }
}

/// The logs of a stage, read as they grow.
struct LogTail {
    private let folder: String
    private var logs: [LabelName: OpenLog] = [:]

    /// - Parameter folder: the folder of the stage's logs, which need not be there yet.
    init(folder: String) { self.folder = folder }

    /// Passes over the logs that were written last before a time.
    /// - Parameter time: seconds since 1970.
    /// - Returns: the labels of the other logs.
    mutating func skip(before time: Int64) -> Set<String> {
        var current: Set<String> = []
        for name in names() {
            guard let log = OpenLog(path(name)) else { continue }
            if log.status.modified / 1_000_000_000 < time {
                log.skip()
                logs[name] = log
            } else {
                current.insert(name.label)
            }
        }
        return current
    }

    /// Hands on all that was printed since the last time.
    mutating func drain(_ onPiece: (LogPiece) throws -> Void) throws {
        for name in Set(names()).union(logs.keys).sorted(by: { $0.label < $1.label }) {
            let label = name.label
            if let log = logs[name] {
                // Also when another has taken its place: these are its last words.
                while let bytes = log.next() {
                    try Task.checkCancellation()
                    try onPiece(LogPiece(label: label, isStart: false, bytes: bytes))
                }
                if Files.status(path(name))?.inode == log.status.inode { continue }
            }
            guard let log = OpenLog(path(name)) else { continue }
            logs[name] = log
            try onPiece(LogPiece(label: label, isStart: true, bytes: log.next() ?? []))
            while let bytes = log.next() {
                try Task.checkCancellation()
                try onPiece(LogPiece(label: label, isStart: false, bytes: bytes))
            }
        }
    }

    private func names() -> [LabelName] {
        ((try? Files.list(folder)) ?? []).compactMap { $0.rest(before: ".log").map(LabelName.init(found:)) }
    }

    private func path(_ name: LabelName) -> String { folder + "/" + name.text + ".log" }
}

/// A log that is being read. While it is open no other file can get its inode number, so the number tells whether
/// another file has taken its place.
private final class OpenLog {
    let status: FileStatus
    private let file: Int32

    /// Nil if there is no such file (any more).
    init?(_ path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            close(file)
            return nil
        }
        self.file = file
        self.status = FileStatus(status)
    }

    deinit { close(file) }

    func skip() { lseek(file, 0, SEEK_END) }

    /// What comes next, at most 64 KiB; nil if that is nothing yet.
    func next() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}
