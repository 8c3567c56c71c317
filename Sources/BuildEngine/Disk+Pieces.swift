internal import Basics
internal import Glibc

/// A file that is read piece by piece, as whoever takes it wants the next.
final class FilePieces {
    private enum Source {
        case file(Int32)
        /// What is left of a file that is in memory as it is.
        case bytes([UInt8]?)
    }

    private let path: String
    private var source: Source

    init(_ path: String, _ disk: Disk) throws(FileError) {
        self.path = path
        switch disk.medium {
        case .machine:
            let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard file >= 0 else { throw FileError.last("read", path) }
            source = .file(file)
        case .standIn(let files): source = .bytes(try files.read(path))
        }
    }

    deinit { if case .file(let file) = source { close(file) } }

    /// At most a mebibyte; nil at the end.
    func next() throws(FileError) -> [UInt8]? {
        switch source {
        case .file(let file): return try next(of: file)
        case .bytes(let bytes):
            source = .bytes(nil)
            return bytes
        }
    }

    private func next(of file: Int32) throws(FileError) -> [UInt8]? {
        while true {
            var count = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, length in
                count = Glibc.read(file, buffer.baseAddress, buffer.count)
                length = max(0, count)
            }
            if count > 0 { return piece }
            if count == 0 { return nil }
            if errno != EINTR { throw FileError.last("read", path) }
        }
    }
}

/// A file that does not exist yet and is written piece by piece.
final class NewFile {
    private let path: String
    private let disk: Disk
    private let file: Int32

    init(_ path: String, _ disk: Disk) throws {
        try disk.fault(.create(path))
        self.path = path
        self.disk = disk
        file = disk.medium.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileError.last("create", path) }
    }

    deinit { disk.close(file) }

    func write(_ bytes: [UInt8]) throws { try disk.write(bytes, to: file, path) }

    func finish(mode: UInt32, sync: Bool) throws {
        try disk.fault(.setMode(path))
        guard disk.medium.fchmod(file, mode_t(mode)) == 0 else { throw FileError.last("set the mode of", path) }
        if sync { try disk.sync(file, path) }
    }
}
