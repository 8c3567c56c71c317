internal import Glibc

/// Which build of a program a file is: what tells one executable from another without reading it whole.
public enum ProgramIdentity {
    /// The build id that the linker wrote into an ELF executable, a digest of its content, in hexadecimal; nil for a
    /// file that has none.
    public static func buildID(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard let header = bytes(of: file, at: 0, count: 64), header.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
            return nil
        }
        // ELF64: offset of the program headers, size and number of them.
        let start = number(header, at: 32, size: 8), size = number(header, at: 54, size: 2)
        let count = number(header, at: 56, size: 2)
        guard size >= 56, count <= 64, let headers = bytes(of: file, at: start, count: size * count) else { return nil }
        for index in 0..<count where number(headers, at: index * size, size: 4) == 4 {  // PT_NOTE
            let offset = number(headers, at: index * size + 8, size: 8)
            let length = number(headers, at: index * size + 32, size: 8)
            guard length <= 1 << 16, let notes = bytes(of: file, at: offset, count: length) else { continue }
            if let id = buildID(in: notes) { return id }
        }
        return nil
    }

    /// A note is its name's length, its content's length and its kind, then both, each padded to four bytes.
    private static func buildID(in notes: [UInt8]) -> String? {
        var at = 0
        while at + 12 <= notes.count {
            let nameLength = number(notes, at: at, size: 4), length = number(notes, at: at + 4, size: 4)
            let name = at + 12, content = name + (nameLength + 3) / 4 * 4
            guard nameLength <= 1 << 12, length <= 1 << 12, content + length <= notes.count else { return nil }
            if number(notes, at: at + 8, size: 4) == 3, notes[name..<name + nameLength].elementsEqual("GNU\0".utf8) {
                return notes[content..<content + length].map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
            }
            at = content + (length + 3) / 4 * 4
        }
        return nil
    }

    /// A little-endian number; 0 beyond the end.
    private static func number(_ bytes: [UInt8], at offset: Int, size: Int) -> Int {
        guard offset >= 0, offset + size <= bytes.count else { return 0 }
        let value = bytes[offset..<offset + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(clamping: value)
    }

    private static func bytes(of file: Int32, at offset: Int, count: Int) -> [UInt8]? {
        guard offset >= 0, (0...(1 << 20)).contains(count) else { return nil }
        var buffer = [UInt8](repeating: 0, count: count)
        let read = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, off_t(offset)) }
        return read == count ? buffer : nil
    }
}
