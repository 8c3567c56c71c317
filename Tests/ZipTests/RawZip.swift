/// Archives written by hand, so that every field can lie.
struct RawZip {
    struct File {
        var path: [UInt8]
        /// As it lies in the archive.
        var packed: [UInt8]
        var method = 0
        var flags = 0
        var checksum: UInt32
        var packedSize: Int
        var size: Int
        /// Where the directory says that it lies; nil: where it does.
        var place: Int?
        /// The path in the local header; nil: the same.
        var localPath: [UInt8]?
        var extra: [UInt8] = []

        init(_ path: String, _ bytes: [UInt8]) {
            self.path = Array(path.utf8)
            packed = bytes
            checksum = RawZip.checksum(bytes)
            packedSize = bytes.count
            size = bytes.count
        }
    }

    var files: [File]
    /// What the end says of the number of files; nil: the truth.
    var count: Int?
    var comment: [UInt8] = []

    init(_ files: [File]) { self.files = files }

    var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let place = file.place ?? archive.count
            let local = file.localPath ?? file.path
            archive += word(0x0403_4B50, 4) + head(file, local.count) + word(0, 2) + local + file.packed
            directory += word(0x0201_4B50, 4) + word(0x0314, 2) + head(file, file.path.count)
            directory += word(file.extra.count, 2) + word(0, 2) + word(0, 2) + word(0, 2)
            directory += word(0o100644 << 16, 4) + word(place, 4) + file.path + file.extra
        }
        let number = count ?? files.count
        let end =
            word(0x0605_4B50, 4) + word(0, 4) + word(number, 2) + word(number, 2) + word(directory.count, 4)
            + word(archive.count, 4) + word(comment.count, 2) + comment
        return archive + directory + end
    }

    private func head(_ file: File, _ nameLength: Int) -> [UInt8] {
        word(20, 2) + word(file.flags, 2) + word(file.method, 2) + word(0, 2) + word(0x21, 2)
            + word(Int(file.checksum), 4) + word(file.packedSize, 4) + word(file.size, 4) + word(nameLength, 2)
    }

    private func word(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Bit by bit, as the definition has it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { value, byte in
            (0..<8).reduce(value ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
        }
    }
}
