import Basics
import Glibc
import Synchronization

/// Folders that are gone when the tests are over.
enum Temporary {
    private static let counter = Atomic<Int>(0)

    /// All that this run makes lies in one folder.
    static let root: String = {
        var template = Array("/tmp/hlsbuild-acceptance-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return "/tmp" }
        atexit { Temporary.remove(Temporary.root) }
        return String(cString: made)
    }()

    static func folder(_ name: String) throws -> String {
        let path = Self.name(in: root, name)
        try Files.makeDirectories(path)
        return path
    }

    /// A path that nobody else uses.
    static func name(in folder: String, _ stem: String) -> String {
        "\(folder)/\(stem)-\(counter.add(1, ordering: .relaxed).newValue)"
    }

    static func remove(_ path: String) {
        guard path.hasPrefix("/tmp/"), let status = Files.linkStatus(path) else { return }
        if status.kind == .directory {
            for name in (try? Files.list(path)) ?? [] { remove(path + "/" + name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
