/// A zip file whose bytes follow from the names and bytes of its files alone.
enum ZipArchive {
    /// The files in the order given, stored as they are, with the earliest date that the format knows. Nil where sizes
    /// pass the format's limit of 4 GiB and 65 535 files.
    static func stored(_ files: [(path: String, bytes: [UInt8])]) -> [UInt8]? {
        let total = files.reduce(0) { $0 + $1.bytes.count + 2 * $1.path.utf8.count + 128 }
        guard total < Int(UInt32.max), files.count < Int(UInt16.max) else { return nil }
        var archive: [UInt8] = []
        archive.reserveCapacity(total)
        var directory: [UInt8] = []
        for file in files {
            let start = archive.count
            let header = header(file.path, file.bytes)
            archive += word(0x0403_4B50, 4) + header + Array(file.path.utf8) + file.bytes
            // Made on Unix; the file is readable for all.
            directory += word(0x0201_4B50, 4) + word(0x0314, 2) + header + word(0, 2) + word(0, 2) + word(0, 2)
            directory += word(0o100644 << 16, 4) + word(start, 4) + Array(file.path.utf8)
        }
        let start = archive.count
        archive += directory
        archive += word(0x0605_4B50, 4) + word(0, 2) + word(0, 2) + word(files.count, 2) + word(files.count, 2)
        archive += word(directory.count, 4) + word(start, 4) + word(0, 2)
        return archive
    }

    /// What the local and the central header have in common: version to length of the extra field.
    private static func header(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        // Flag 11: the name is UTF-8. The date is the first of January 1980.
        var fields = word(20, 2) + word(1 << 11, 2) + word(0, 2) + word(0, 2) + word(1 << 5 | 1, 2)
        fields += word(Int(CRC32.of(bytes)), 4) + word(bytes.count, 4) + word(bytes.count, 4)
        return fields + word(path.utf8.count, 2) + word(0, 2)
    }

    private static func word(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// The checksum of zip files.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
    }
}
