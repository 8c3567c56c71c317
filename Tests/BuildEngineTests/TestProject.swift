import Basics
import Glibc

@testable import BuildEngine

/// A project folder of one test, removed with it.
final class TestProject: Sendable {
    let folder: String

    init() throws {
        // In memory where there is such a place: the tests wait for the disk a great many times.
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var name = Array("\(parent)/engine-test-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw FileError.last("create", "/tmp") }
        folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? Disk().removeTree(folder) }

    var paths: ProjectPaths { ProjectPaths(folder: folder) }

    func write(_ path: String, _ text: String) throws {
        let file = folder + "/" + path
        if let slash = file.lastIndex(of: "/") { try Disk().makeDirectories(String(file[..<slash])) }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw FileError.last("write", file) }
        defer { close(descriptor) }
        try Disk().write(Array(text.utf8), to: descriptor, file)
    }

    func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        let file = folder + "/" + path
        chmod(file, 0o644)
        let descriptor = open(file, O_WRONLY | O_TRUNC)
        guard descriptor >= 0 else { throw FileError.last("write", file) }
        defer { close(descriptor) }
        try Disk().write(bytes, to: descriptor, file)
    }

    func text(_ path: String) -> String? { try? Files.text(folder + "/" + path) }

    func exists(_ path: String) -> Bool { Files.linkStatus(folder + "/" + path) != nil }

    func remove(_ path: String) throws { try Disk().removeTree(folder + "/" + path) }

    func link(_ path: String, to target: String) throws {
        guard symlink(target, folder + "/" + path) == 0 else { throw FileError.last("link", path) }
    }

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
