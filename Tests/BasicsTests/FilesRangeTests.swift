import Basics
import Foundation
import Testing

struct FilesRangeTests {
    @Test func aPieceOfAFileIsRead() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "piece-\(UUID().uuidString)").path
        try Data((0..<100).map { UInt8($0) }).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try Files.read(path, at: 10, count: 3) == [10, 11, 12])
        #expect(try Files.read(path, at: 0, count: 100)?.count == 100)
        #expect(try Files.read(path, at: 100, count: 0) == [])
        for (offset, count) in [(99, 2), (101, 0), (0, 101), (-1, 2), (1, -1), (.max, 1), (1, .max)] {
            #expect(try Files.read(path, at: offset, count: count) == nil)
        }
    }

    @Test func whatIsNoFileIsAnError() {
        #expect(throws: FileError.self) { try Files.read("/tmp", at: 0, count: 0) }
        #expect(throws: FileError.self) { try Files.read("/nowhere", at: 0, count: 0) }
    }
}
