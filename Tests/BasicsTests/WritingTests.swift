import Glibc
import Testing
import TestSupport

@testable import Basics

@Suite struct WritingTests {
    /// Hands on a folder that is removed afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let scratch = try Scratch()
        try body(scratch.path)
    }

    @Test func createNeverOverwrites() throws {
        try withFolder { folder in
            let file = folder + "/file"
            try Files.create(file, Array("first".utf8))
            let error = #expect(throws: FileError.self) { try Files.create(file, Array("second".utf8)) }
            #expect(error == FileError("create", file, code: EEXIST))
            #expect(try Files.text(file) == "first")
            let link = folder + "/link"
            try #require(symlink(folder + "/elsewhere", link) == 0)
            #expect(throws: FileError("create", link, code: EEXIST)) { try Files.create(link, [1]) }
            #expect(try Files.list(folder) == ["file", "link"])
        }
    }

    @Test func writeReplacesWhole() throws {
        try withFolder { folder in
            let file = folder + "/file"
            try Files.write(Array("a longer text".utf8), to: file)
            try Files.write([], to: file)
            #expect(try Files.read(file).isEmpty)
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
            try Files.write(bytes, to: file)
            #expect(try Files.read(file) == bytes)
            #expect(try Files.list(folder) == ["file"])
        }
    }

    /// A folder cannot be replaced by a file: nothing is left beside it.
    @Test func afterAFailureNothingIsLeft() throws {
        try withFolder { folder in
            let inner = folder + "/inner"
            try Files.makeDirectories(inner)
            defer { rmdir(inner) }
            #expect(throws: FileError("write", inner, code: EISDIR)) { try Files.write([1], to: inner) }
            #expect(try Files.list(folder) == ["inner"])
            #expect(throws: FileError("write", folder + "/no/file", code: ENOENT)) {
                try Files.write([1], to: folder + "/no/file")
            }
        }
    }
}
