internal import CZlib

/// A file of a zip archive.
public struct ZipEntry: Hashable, Sendable {
    /// Relative, its parts divided by slashes, none of them `..`.
    public var path: String
    public var bytes: [UInt8]

    public init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// The checksum of zip archives, CRC-32.
public enum ZipChecksum {
    public static func of(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: UInt8.self).baseAddress
            return UInt32(truncatingIfNeeded: crc32_z(crc32_z(0, nil, 0), start, buffer.count))
        }
    }
}
