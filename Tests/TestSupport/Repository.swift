internal import Basics
internal import Glibc

/// Where things lie in the repository, and the programs that are built from it.
package enum Repository {
    /// The top folder.
    package static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    package static let templates = root + "/Templates"
    /// Data files of the tests; `make_fixtures.py` there says how models were made.
    package static let fixtures = root + "/Tests/Fixtures"
    /// The jet tagger, a real network.
    package static let tagger = root + "/Projects/jet-tagger"

    /// A variable of the environment of the tests.
    package static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// A program of this package: it lies where the tests do, or above.
    package static func program(_ name: String) throws -> String {
        var folder = (try? FileLink.target(of: "/proc/self/exe")) ?? ""
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            let candidate = folder + "/" + name
            if let status = Files.status(candidate), status.kind == .file, status.isExecutable { return candidate }
        }
        throw TestFailure("\(name) is not built: swift build --product \(name)")
    }

    /// hlsbuild itself, or the one that HLSBUILD_BINARY names.
    package static var hlsbuild: String {
        get throws { try variable("HLSBUILD_BINARY") ?? program("hlsbuild") }
    }

    /// The first executable of this name on the search path of the tests.
    package static func installed(_ name: String) -> String? {
        (variable("PATH") ?? "").split(separator: ":").map { $0 + "/" + name }
            .first { access($0, X_OK) == 0 && Files.status($0)?.kind == .file }
    }

    /// The contents of the folder Templates by path.
    package static let templateFiles: [String: [UInt8]] = {
        (try? FileTree.files(below: templates)) ?? [:]
    }()
}

/// Why a test cannot go on.
package struct TestFailure: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}
