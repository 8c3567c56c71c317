internal import Basics
package import Glibc
internal import Synchronization

/// A folder of one test, removed with it; what is still there when the tests are over is removed then.
package final class Scratch: Sendable {
    /// Where folders are made.
    package enum Place: Sendable {
        case disk
        /// In memory where there is such a place: for tests that wait for the disk a great many times.
        case memory
    }

    package let path: String

    package init(_ place: Place = .disk) throws {
        path = Self.uniqueName(in: try (place == .memory ? Self.inMemory : Self.onDisk).get())
        try Files.makeDirectories(path)
    }

    deinit { FileTree.remove(path) }

    // MARK: Files by their path in the folder

    package func absolute(_ name: String) -> String { name.hasPrefix("/") ? name : path + "/" + name }

    package func exists(_ name: String) -> Bool { Files.linkStatus(absolute(name)) != nil }

    package func bytes(_ name: String) throws -> [UInt8] { try Files.read(absolute(name)) }

    /// The text of a file; empty where it cannot be read.
    package func text(_ name: String) -> String { (try? Files.text(absolute(name))) ?? "" }

    /// Writes a file, and the folders above it, into the file that is there if there is one.
    package func write(_ name: String, _ bytes: [UInt8], mode: mode_t? = nil) throws {
        let file = absolute(name)
        if let slash = file.lastIndex(of: "/") { try Files.makeDirectories(String(file[..<slash])) }
        // Programs that other tests start meanwhile must not hold it open.
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError.last("write", file) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw FileError.last("write", file) }
            rest = rest.dropFirst(max(0, count))
        }
        if let mode, fchmod(descriptor, mode) != 0 { throw FileError.last("set the mode of", file) }
    }

    package func write(_ name: String, _ text: String, mode: mode_t? = nil) throws {
        try write(name, Array(text.utf8), mode: mode)
    }

    package func makeDirectories(_ name: String) throws { try Files.makeDirectories(absolute(name)) }

    package func remove(_ name: String) { FileTree.remove(absolute(name)) }

    // MARK: One folder for all of them

    private static let onDisk = root("/tmp")
    private static let inMemory = access("/dev/shm", W_OK) == 0 ? root("/dev/shm") : onDisk
    private static let counter = Atomic<Int>(0)

    private static func root(_ parent: String) -> Result<String, FileError> {
        var template = Array("\(parent)/hlsbuild-tests-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return .failure(.last("make a folder in", parent)) }
        let path = String(cString: made)
        // Tests run programs that are not theirs to look into it.
        chmod(path, 0o755)
        roots.withLock { $0.append(path) }
        return .success(path)
    }

    private static let roots = {
        atexit { Scratch.removeRoots() }
        return Mutex<[String]>([])
    }()

    private static func removeRoots() { for path in roots.withLock(\.self) { FileTree.remove(path) } }

    /// A path that nobody else uses.
    private static func uniqueName(in folder: String) -> String {
        "\(folder)/\(counter.add(1, ordering: .relaxed).newValue)"
    }
}
