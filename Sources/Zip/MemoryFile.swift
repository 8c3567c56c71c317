internal import CMinizip

/// Bytes that minizip takes for a file: nothing of an archive touches the disk.
final class MemoryFile {
    private(set) var bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    /// The functions by which minizip reaches this file. The file must outlive the archive that is opened with them.
    var functions: zlib_filefunc64_def {
        zlib_filefunc64_def(
            zopen64_file: { opaque, _, _ in opaque },
            zread_file: { _, stream, buffer, count in
                guard let file = MemoryFile.from(stream), let buffer else { return 0 }
                return uLong(file.read(UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))))
            },
            zwrite_file: { _, stream, buffer, count in
                guard let file = MemoryFile.from(stream), let buffer else { return 0 }
                return uLong(file.write(UnsafeRawBufferPointer(start: buffer, count: Int(count))))
            },
            ztell64_file: { _, stream in ZPOS64_T(MemoryFile.from(stream)?.at ?? 0) },
            zseek64_file: { _, stream, offset, origin in
                MemoryFile.from(stream)?.seek(offset, from: origin) == true ? 0 : -1
            },
            zclose_file: { _, _ in 0 },
            zerror_file: { _, _ in 0 },
            opaque: Unmanaged.passUnretained(self).toOpaque())
    }

    private static func from(_ stream: UnsafeMutableRawPointer?) -> MemoryFile? {
        stream.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
    }

    private func read(_ target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, bytes.count - at)
        guard count > 0 else { return 0 }
        bytes.withUnsafeBytes { source in
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[at..<at + count]))
        }
        at += count
        return count
    }

    private func write(_ source: UnsafeRawBufferPointer) -> Int {
        let known = min(source.count, bytes.count - at)
        bytes.replaceSubrange(at..<at + known, with: source)
        at += source.count
        return source.count
    }

    /// Whether there is such a place; places come from the archive itself and may be anything.
    private func seek(_ offset: ZPOS64_T, from origin: Int32) -> Bool {
        let base =
            switch origin {
            case ZLIB_FILEFUNC_SEEK_CUR: at
            case ZLIB_FILEFUNC_SEEK_END: bytes.count
            default: 0
            }
        guard let offset = Int(exactly: offset), offset <= bytes.count - base else { return false }
        at = base + offset
        return true
    }
}
