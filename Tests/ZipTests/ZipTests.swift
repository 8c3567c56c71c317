import Basics
import Testing
import Zip

/// Archives written and read, and archives that lie.
@Suite struct ZipTests {
    private let files = [
        ZipEntry("a/b.txt", Array("hello\n".utf8)), ZipEntry("empty", []), ZipEntry("größe/ü", [0, 255, 10]),
    ]

    @Test func whatIsWrittenComesBack() throws {
        #expect(try ZipArchive.entries(ZipArchive.stored(files)) == files)
        #expect(try ZipArchive.entries(ZipArchive.stored([])) == [])
        let many = (0..<3000).map { ZipEntry("f/\($0 + 10_000)", Array("\($0)".utf8)) }
        #expect(try ZipArchive.entries(ZipArchive.stored(many)) == many)
        let large = [ZipEntry("large", [UInt8](repeating: 7, count: 5_000_000))]
        #expect(try ZipArchive.entries(ZipArchive.stored(large)) == large)
    }

    /// Byte for byte what the format says of stored files with the first date, whatever library writes it.
    @Test func theBytesFollowFromTheFilesAlone() throws {
        var plain = RawZip(
            files.map { entry in
                var file = RawZip.File(entry.path, entry.bytes)
                file.flags = 1 << 11
                return file
            })
        #expect(try ZipArchive.stored(files) == plain.bytes)
        plain.files.reverse()
        #expect(try ZipArchive.stored(files.reversed()) == plain.bytes)
        #expect(try ZipArchive.entries(plain.bytes) == files, "in the order of their paths")
    }

    @Test func checksums() {
        #expect(ZipChecksum.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(ZipChecksum.of([]) == 0)
    }

    @Test(arguments: [
        "", "/a", "../a", "a/../../b", "a//b", "./a", "a\\b", "a\nb", "a/.", "C:\\x", "a\u{0}b",
        // To Swift a slash or a backslash with a combining mark behind it is another character.
        "/\u{301}a", "../\u{301}a", "a/../../\u{301}b", "a/\u{301}/..", "C:\\\u{301}x",
    ])
    func pathsThatLeaveTheArchive(_ path: String) throws {
        #expect(throws: DiagnosticError.self) { try ZipArchive.stored([ZipEntry(path, [1])]) }
        #expect(throws: DiagnosticError.self) { try ZipArchive.entries(RawZip([.init(path, [1])]).bytes) }
    }

    @Test func repeatedPaths() throws {
        let twice = [ZipEntry("a", [1]), ZipEntry("a", [2])]
        #expect(throws: DiagnosticError.self) { try ZipArchive.stored(twice) }
        #expect(throws: DiagnosticError.self) {
            try ZipArchive.entries(RawZip(twice.map { .init($0.path, $0.bytes) }).bytes)
        }
    }

    @Test func foldersAreNoFiles() throws {
        let archive = RawZip([.init("a/", []), .init("a/b", [1])])
        #expect(try ZipArchive.entries(archive.bytes) == [ZipEntry("a/b", [1])])
        #expect(throws: DiagnosticError.self) { try ZipArchive.entries(RawZip([.init("../", [])]).bytes) }
    }

    private func refuses(_ what: Comment, _ change: (inout RawZip) -> Void) throws {
        var archive = RawZip([.init("one", Array("first".utf8)), .init("two", Array("second".utf8))])
        #expect(try ZipArchive.entries(archive.bytes).count == 2)
        change(&archive)
        #expect(throws: DiagnosticError.self, what) { try ZipArchive.entries(archive.bytes) }
    }

    @Test func lies() throws {
        try refuses("a wrong checksum") { $0.files[0].checksum ^= 1 }
        try refuses("more than there is") { $0.files[1].size += 1 }
        try refuses("less than there is") { $0.files[1].size -= 1 }
        try refuses("packed to four gibibytes") { $0.files[0].packedSize = 0xFFFF_FFF0 }
        try refuses("unpacked to four gibibytes") { $0.files[0].size = 0xFFFF_FFF0 }
        try refuses("an unknown method") { $0.files[0].method = 99 }
        try refuses("encrypted") { $0.files[0].flags = 1 }
        try refuses("another path in the local header") { $0.files[0].localPath = Array("elsewhere".utf8) }
        try refuses("a place behind the end") { $0.files[0].place = 1 << 30 }
        try refuses("the place of another") { $0.files[1].place = 0 }
        try refuses("no UTF-8") { $0.files[0].path = [0xC3, 0x28] }
        try refuses("more files than there are") { $0.count = 3 }
        try refuses("fewer files than there are") { $0.count = 1 }
        try refuses("deflated, and is not") { $0.files[0].method = 8 }
    }

    /// The two files share their bytes: alone each is sound.
    @Test func overlappingFiles() throws {
        var archive = RawZip([.init("one", Array("first".utf8)), .init("one", Array("first".utf8))])
        archive.files[1].path = Array("two".utf8)
        archive.files[1].localPath = Array("two".utf8)
        #expect(try ZipArchive.entries(archive.bytes).count == 2)
        // The first one takes in the second's header and content.
        let second = Array(archive.bytes[38..<38 + 38])
        archive.files[0].packedSize = 5 + second.count
        archive.files[0].size = 5 + second.count
        archive.files[0].checksum = RawZip.checksum(Array("first".utf8) + second)
        #expect(throws: DiagnosticError.self) { try ZipArchive.entries(archive.bytes) }
    }

    /// Sixty-four-bit sizes in an extra field, as large as numbers get.
    @Test func sixtyFourBits() throws {
        for value in [UInt64.max, UInt64(Int64.max), 1 << 40] {
            var file = RawZip.File("one", Array("first".utf8))
            file.size = 0xFFFF_FFFF
            file.packedSize = 0xFFFF_FFFF
            let word = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
            file.extra = [1, 0, 16, 0] + word + word
            #expect(throws: DiagnosticError.self) { try ZipArchive.entries(RawZip([file]).bytes) }
        }
    }

    @Test func limits() throws {
        let archive = try ZipArchive.stored([ZipEntry("a", [UInt8](repeating: 0, count: 1000))])
        #expect(try ZipArchive.entries(archive, limit: 1000).count == 1)
        #expect(throws: DiagnosticError.self) { try ZipArchive.entries(archive, limit: 999) }
        #expect(throws: DiagnosticError.self) {
            try ZipArchive.stored((0..<65_535).map { ZipEntry("\($0)", []) })
        }
    }

    @Test func cutAnywhere() throws {
        let archive = try ZipArchive.stored(files)
        for count in 0..<archive.count {
            #expect(throws: DiagnosticError.self, "\(count) bytes") {
                try ZipArchive.entries(Array(archive.prefix(count)))
            }
        }
    }

    /// Damage is an error or does not matter: it never ends the program, and never gives other contents.
    @Test func damageAnywhere() throws {
        let archive = try ZipArchive.stored(files)
        let contents = Set(files.map(\.bytes))
        var refused = 0
        for index in archive.indices {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var damaged = archive
                damaged[index] ^= change
                guard let entries = try? ZipArchive.entries(damaged) else {
                    refused += 1
                    continue
                }
                #expect(entries.allSatisfy { contents.contains($0.bytes) }, "byte \(index)")
            }
        }
        #expect(refused > archive.count)
    }

    @Test func noise() throws {
        var state: UInt64 = 1
        for _ in 0..<2000 {
            var bytes = try ZipArchive.stored(files)
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 24)
            }
            _ = try? ZipArchive.entries(bytes)
        }
    }
}
