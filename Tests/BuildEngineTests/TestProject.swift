import Basics
import Glibc
import TestSupport

@testable import BuildEngine

/// A project folder of one test, removed with it.
final class TestProject: Sendable {
    private let scratch: Scratch
    var folder: String { scratch.path }

    init() throws { scratch = try Scratch(.memory) }

    var paths: ProjectPaths { ProjectPaths(folder: folder) }

    func write(_ path: String, _ text: String) throws { try scratch.write(path, text) }

    func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        chmod(folder + "/" + path, 0o644)
        try scratch.write(path, bytes)
    }

    func text(_ path: String) -> String? { try? Files.text(folder + "/" + path) }

    func exists(_ path: String) -> Bool { scratch.exists(path) }

    func remove(_ path: String) throws { scratch.remove(path) }

    func link(_ path: String, to target: String) throws { try FileLink.make(folder + "/" + path, to: target) }

    /// All regular files below a folder of the project with their texts.
    func tree(_ path: String) throws -> [String: String] {
        var found: [String: String] = [:]
        func visit(_ inner: String) throws {
            for name in (try? Files.list(folder + "/" + inner)) ?? [] {
                let file = inner + "/" + name
                switch Files.linkStatus(folder + "/" + file)?.kind {
                case .directory: try visit(file)
                case .file: found[file] = text(file)
                default: break
                }
            }
        }
        try visit(path)
        return found
    }

    /// Lets the clock step beyond the time stamps of what was written last, as it has when a person builds again.
    func settle() async throws { try await Task.sleep(for: .milliseconds(60)) }
}
