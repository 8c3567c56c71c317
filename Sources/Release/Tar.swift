public import Basics

/// The archive's container: POSIX ustar, uncompressed.
///
/// Own code, where a library would do for reading: no common library promises the same bytes from version to version,
/// and that promise is what a release is for. For the same reason nothing is compressed: zlib and its replacements give
/// different bytes for the same input. Everything in a header that could tell one machine, user or time from another is
/// fixed: owner 0, modification time 0, mode 0644, no folders, entries in the order given.
public enum Tar {
    /// One regular file.
    public struct Entry: Sendable {
        public var path: String
        public var bytes: [UInt8]

        public init(_ path: String, _ bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    static let block = 512
    /// The largest size that a header has room for: 8 GiB - 1.
    private static let largest = 0o77_777_777_777

    /// What a file of so many bytes takes in an archive, with a header; the record of a long name comes on top.
    static func room(for size: Int) -> Int { block + (size + block - 1) / block * block }

    /// The archive as bytes. Throws where a file is too large for the format.
    public static func encode(_ entries: [Entry]) throws(DiagnosticError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(2 * block) { $0 + $1.bytes.count + 2 * block })
        for entry in entries {
            guard entry.bytes.count <= largest else {
                throw DiagnosticError(.error("'\(entry.path)' is too large for a release: more than 8 GiB"))
            }
            append(entry, to: &bytes)
        }
        bytes += [UInt8](repeating: 0, count: 2 * block)
        return bytes
    }

    private static func append(_ entry: Entry, to bytes: inout [UInt8]) {
        let name = Array(entry.path.utf8)
        if let (prefix, rest) = split(name) {
            bytes += header(prefix, rest, size: entry.bytes.count, kind: UInt8(ascii: "0"))
        } else {
            // POSIX's own way for names beyond 255 bytes: a record before the file.
            let record = record("path", name)
            let label = Array("PaxHeaders/\(Digest(of: name).short)".utf8)
            bytes += header([], label, size: record.count, kind: UInt8(ascii: "x"))
            bytes += record
            pad(&bytes)
            bytes += header([], Array(name.prefix(100)), size: entry.bytes.count, kind: UInt8(ascii: "0"))
        }
        bytes += entry.bytes
        pad(&bytes)
    }

    /// The name as the header's two fields; nil if it does not fit.
    private static func split(_ name: [UInt8]) -> (prefix: [UInt8], rest: [UInt8])? {
        if name.count <= 100 { return ([], name) }
        let slash = UInt8(ascii: "/")
        for index in name.indices where name[index] == slash && index <= 155 && name.count - index - 1 <= 100 {
            if index > 0, index + 1 < name.count { return (Array(name[..<index]), Array(name[(index + 1)...])) }
        }
        return nil
    }

    private static func header(_ prefix: [UInt8], _ name: [UInt8], size: Int, kind: UInt8) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ bytes: [UInt8], at offset: Int) {
            header.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        func octal(_ value: Int, _ digits: Int) -> [UInt8] {
            let text = String(value, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8)
        }
        put(name, at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        header[156] = kind
        put(Array("ustar".utf8) + [0] + Array("00".utf8), at: 257)
        put(octal(0, 7), at: 329)
        put(octal(0, 7), at: 337)
        put(prefix, at: 345)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + [0, UInt8(ascii: " ")], at: 148)
        return header
    }

    /// `length key=value\n`, the length counting itself.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length += 1 }
        return Array(String(length).utf8) + rest
    }

    private static func pad(_ bytes: inout [UInt8]) {
        let over = bytes.count % block
        if over > 0 { bytes += [UInt8](repeating: 0, count: block - over) }
    }
}
