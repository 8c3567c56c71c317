import Basics
@testable import Release
import Testing

/// The container: what is written comes back, and nothing else is accepted.
@Suite struct TarTests {
    private static let small = ReleaseArchive(
        root: "net", files: ["a.txt": Array("one\n".utf8), "folder/b.bin": [0, 1, 2, 255], "empty": []])

    @Test func whatIsWrittenComesBack() throws {
        let bytes = try Self.small.encoded()
        let read = try ReleaseArchive(verifying: bytes)
        #expect(read.root == "net")
        #expect(read.files == Self.small.files)
        #expect(bytes.count % Tar.block == 0)
    }

    @Test func namesOfAnyLengthComeBack() throws {
        for length in [1, 99, 100, 101, 150, 155, 156, 200, 255, 256, 257, 1000, 5000] {
            let folders = String(repeating: "abcdefghi/", count: length / 10)
            for path in [String(repeating: "n", count: length), folders + "file", "ü/" + folders + "é.npy"] {
                let entries = try Tar.decode(Tar.encode([.init("net/" + path, [7]), .init("net/z", [8])]))
                #expect(entries.map(\.path) == ["net/" + path, "net/z"])
                #expect(entries.map(\.bytes) == [[7], [8]])
            }
        }
    }

    /// A release that nobody could verify is none; it is refused before it takes memory.
    @Test func whatVerifyWouldNotReadIsNotReleased() {
        let shared = [UInt8](repeating: 0, count: 32 << 20)
        let files = (0..<32).map { ("data\($0).npy", shared) } + [("model.h5", shared + [1])]
        let error = #expect(throws: DiagnosticError.self) {
            try ReleaseArchive(root: "net", files: Dictionary(uniqueKeysWithValues: files)).encoded()
        }
        #expect(error?.description.contains("more than 'hlsbuild verify' reads (1073741824)") == true)
        #expect(error?.description.contains("'model.h5' with 33554433 bytes") == true)
    }

    @Test func everyChangedByteIsFound() throws {
        let bytes = try Self.small.encoded()
        for index in bytes.indices {
            for change: UInt8 in [0x01, 0x80] {
                var changed = bytes
                changed[index] ^= change
                #expect(throws: DiagnosticError.self, "byte \(index)") { try ReleaseArchive(verifying: changed) }
            }
        }
    }

    @Test func everyCutAndEveryTailIsFound() throws {
        let bytes = try Self.small.encoded()
        for count in 0..<bytes.count {
            #expect(throws: DiagnosticError.self, "\(count) bytes") {
                try ReleaseArchive(verifying: Array(bytes.prefix(count)))
            }
        }
        for tail in [[0], [1], [UInt8](repeating: 0, count: 512), [UInt8](repeating: 0, count: 10_240), bytes] {
            #expect(throws: DiagnosticError.self) { try ReleaseArchive(verifying: bytes + tail) }
        }
    }

    @Test(arguments: [
        "/etc/passwd", "../x", "net/../x", "net/./x", "net//x", "net/", "net/a\nb", "net/a\\b", "", "..",
        // To Swift a slash, a backslash or a line end with a combining mark behind it is another character.
        "net/../\u{301}x", "../\u{301}x", "/\u{301}etc/passwd", "net/./\u{301}x", "net/a\\\u{301}b", "net/a\n\u{301}b",
    ])
    func hostileNamesAreRefused(_ path: String) throws {
        #expect(throws: DiagnosticError.self) { try Tar.decode(Tar.encode([.init(path, [1])])) }
        #expect(throws: DiagnosticError.self) {
            _ = try ReleaseArchive(root: "net", files: [path + "/../" + path: [1]]).encoded()
        }
    }

    @Test func linksFoldersAndDevicesAreRefused() throws {
        for kind in "123456gxLK" {
            var bytes = try Tar.encode([.init("net/SHA256SUMS", [])])
            let code = try #require(kind.asciiValue)
            // The checksum goes with the kind, so that the kind alone is what is wrong.
            let sum = bytes[..<512].enumerated().reduce(0) {
                $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
            }
            let text = "0" + String(sum - 48 + Int(code), radix: 8)
            bytes[156] = code
            bytes.replaceSubrange(148..<148 + 6, with: Array(text.utf8.suffix(6)))
            #expect(throws: DiagnosticError.self, "kind \(kind)") { try Tar.decode(bytes) }
        }
    }

    @Test func twoFilesOfOneNameAreRefused() throws {
        let bytes = try Tar.encode([.init("net/a", [1]), .init("net/a", [1])])
        #expect(throws: DiagnosticError.self) { try Tar.decode(bytes) }
    }

    @Test func theListOfDigestsCoversExactlyTheFiles() throws {
        let entries = try Tar.decode(Self.small.encoded())
        func refused(_ entries: [Tar.Entry]) throws {
            let bytes = try Tar.encode(entries)
            #expect(throws: DiagnosticError.self) { try ReleaseArchive(verifying: bytes) }
        }
        try refused(entries + [.init("net/zzz", [1])])
        try refused(entries + [.init("other/zzz", [1])])
        try refused(Array(entries.dropLast()))
        try refused([entries[0]] + entries.dropFirst().reversed())
        try refused(Array(entries.dropFirst()))
        var list = entries
        list[0].bytes += Array("\n".utf8)
        try refused(list)
        list[0].bytes = Array("no digest\n".utf8)
        try refused(list)
    }

    /// Sizes are the reader's only way to jump: none may lead it out of the file or around in circles.
    @Test func hostileSizesAreRefused() throws {
        for size in ["77777777777", "00000000001", "0000000000 ", "-0000000001", "zzzzzzzzzzz", "\u{0}0000000000"] {
            var bytes = try Tar.encode([.init("net/a", [])])
            bytes.replaceSubrange(124..<135, with: Array(size.utf8))
            #expect(throws: DiagnosticError.self, "\(size)") { try Tar.decode(bytes) }
        }
    }
}
