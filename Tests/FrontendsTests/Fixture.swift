import Basics
import Testing
import TestSupport

@testable import Frontends

/// A small data file of `Tests/Fixtures`; `make_fixtures.py` there says how each was made.
func fixture(_ name: String) throws -> [UInt8] {
    try #require(contents(fixturePath(name)), "fixture \(name)")
}

func fixturePath(_ name: String) -> String { Repository.fixtures + "/" + name }

/// The bytes of a file; nil where it cannot be read.
func contents(_ path: String) -> [UInt8]? { try? Files.read(path) }

/// A fixture as a model file.
func modelFile(_ name: String) throws -> ModelFiles.File { ModelFiles.File(name: name, bytes: try fixture(name)) }
