internal import Glibc

/// Reading files and asking about them. Writing is not here: what writes says how it survives being killed.
public enum Files {
    /// Nanoseconds since 1970 by this machine's clock.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    /// The status of what the path leads to through symbolic links; nil if there is nothing.
    public static func status(_ path: String) -> FileStatus? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileStatus(status)
    }

    /// The status of the path itself, of the link if it is one; nil if there is nothing.
    public static func linkStatus(_ path: String) -> FileStatus? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return FileStatus(status)
    }

    /// All bytes of a regular file.
    ///
    /// - Parameter limit: what is taken of a file of its kind; a larger one is refused by its size, unread.
    public static func read(_ path: String, within limit: InputLimit = .other) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var grown: FileError?
        try stream(path) { size throws(FileError) in
            try limit.check(size: size, of: path)
            // Once more, for those who make something of the bytes.
            guard AddressSpace.hasRoom(for: Count.times(size, 2)) else { throw .noRoom(path, for: size) }
            bytes.reserveCapacity(size)
        } _: { piece in
            // It may grow while it is read.
            if grown == nil, piece.count > limit.bytes - bytes.count {
                grown = FileError("read", path, tooLarge: "it is larger than \(limit.name) may be, and grows")
            }
            if grown == nil { bytes.append(contentsOf: piece) }
        }
        if let grown { throw grown }
        return bytes
    }

    /// All bytes of a regular file; nil if there is none.
    public static func readIfPresent(_ path: String, within limit: InputLimit = .other) throws(FileError) -> [UInt8]? {
        do {
            return try read(path, within: limit)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// The text of a file; bytes that are not UTF-8 become replacement characters.
    public static func text(_ path: String, within limit: InputLimit = .other) throws(FileError) -> String {
        String(decoding: try read(path, within: limit), as: UTF8.self)
    }

    /// The digest of a file's bytes and their number, read in pieces.
    public static func digest(_ path: String) throws(FileError) -> (digest: Digest, size: Int) {
        var hasher = DigestHasher()
        var size = 0
        try stream(path) {
            hasher.update($0)
            size += $0.count
        }
        return (hasher.finish(), size)
    }

    /// Hands the file's bytes to `body` in pieces of at most a mebibyte.
    ///
    /// - Parameter prepare: is told the file's size before anything is read of it.
    public static func stream(
        _ path: String, _ prepare: (Int) throws(FileError) -> Void = { _ in },
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(FileError) {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .last("read", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .last("read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path, mode: status.st_mode) }
        try prepare(Int(status.st_size))
        let piece = min(1 << 20, max(4096, Int(status.st_size) + 1))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(file, buffer.baseAddress, piece)
            if count < 0 {
                if errno == EINTR { continue }
                throw .last("read", path)
            }
            if count == 0 { return }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`. A name that is not UTF-8, which no text could
    /// lead to, is left out.
    public static func list(_ path: String) throws(FileError) -> [String] {
        guard let folder = opendir(path) else { throw .last("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, !PathText.isHere(name), !PathText.isUp(name) { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
