internal import Glibc

extension Files {
    /// `count` bytes of a regular file from `offset`; nil where the file does not reach so far.
    ///
    /// No memory is taken before the file was seen to be long enough.
    public static func read(_ path: String, at offset: Int, count: Int) throws(FileError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .last("read", path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .last("read", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path, mode: status.st_mode) }
        let size = Int(status.st_size)
        guard offset >= 0, count >= 0, offset <= size, count <= size - offset else { return nil }
        guard AddressSpace.hasRoom(for: Count.times(count, 2)) else { throw .noRoom(path, for: count) }
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count])
                let got = pread(file, rest.baseAddress, rest.count, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = .last("read", path) }
                if got <= 0 { return }
                filled += got
            }
        }
        if let failure { throw failure }
        // It was cut while it was read.
        return bytes.count == count ? bytes : nil
    }
}
