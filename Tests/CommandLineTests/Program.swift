import Basics
import TestSupport

/// The built executable, as a user runs it in a folder.
struct Program {
    var path: String
    var folder: Scratch

    init(in folder: Scratch) throws {
        path = try Repository.program("hlsbuild")
        self.folder = folder
    }

    func callAsFunction(_ arguments: String..., environment: [String: String] = [:]) async throws -> Ended {
        try await Self.run(path, arguments, in: folder.path, environment: environment)
    }

    /// Runs a program to its end.
    /// - Parameter output: where its standard output goes instead of being returned.
    static func run(
        _ path: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
        output: String? = nil
    ) async throws -> Ended {
        let variables = Command.plainEnvironment.merging(environment) { _, new in new }
        return try await Command(path, arguments, in: folder, environment: variables, output: output).run()
    }
}

/// The bytes of a file; nil where it cannot be read.
func contents(_ path: String) -> [UInt8]? { try? Files.read(path) }
