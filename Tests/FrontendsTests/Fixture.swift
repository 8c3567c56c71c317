import Basics
import Testing

@testable import Frontends

/// A small data file of `Tests/Fixtures`; `make_fixtures.py` there says how each was made.
func fixture(_ name: String, testFile: String = #filePath) throws -> [UInt8] {
    let folder = testFile.split(separator: "/").dropLast(2).joined(separator: "/")
    return try #require(contents("/\(folder)/Fixtures/\(name)"), "fixture \(name)")
}

/// The bytes of a file; nil where it cannot be read.
func contents(_ path: String) -> [UInt8]? { try? Files.read(path) }

/// A fixture as a model file.
func modelFile(_ name: String) throws -> ModelFiles.File { ModelFiles.File(name: name, bytes: try fixture(name)) }
