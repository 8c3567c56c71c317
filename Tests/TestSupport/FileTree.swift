internal import Basics
internal import Glibc

/// Whole folders at once.
package enum FileTree {
    /// The paths of all regular files below a folder, relative to it, sorted.
    package static func paths(below folder: String) throws -> [String] {
        var found: [String] = []
        func visit(_ inner: String) throws {
            for name in try Files.list(folder + inner) {
                switch Files.linkStatus(folder + inner + "/" + name)?.kind {
                case .directory: try visit(inner + "/" + name)
                case .file: found.append(String((inner + "/" + name).dropFirst()))
                case .link, .other, nil: break
                }
            }
        }
        try visit("")
        return found.sorted()
    }

    /// All regular files below a folder: relative path to content.
    package static func files(below folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try paths(below: folder) { files[path] = try Files.read(folder + "/" + path) }
        return files
    }

    /// Removes whatever is there. Links are removed, not followed; folders that nobody may write are opened first.
    package static func remove(_ path: String) {
        guard let status = Files.linkStatus(path) else { return }
        guard status.kind == .directory else {
            unlink(path)
            return
        }
        if status.mode & 0o700 != 0o700 { chmod(path, 0o700) }
        for name in (try? Files.list(path)) ?? [] { remove(path + "/" + name) }
        rmdir(path)
    }
}

/// Symbolic links.
package enum FileLink {
    package static func target(of path: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink(path, &buffer, buffer.count)
        guard count >= 0 else { throw FileError.last("read", path) }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Where a path leads to in the end.
    package static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    package static func make(_ path: String, to target: String) throws {
        guard symlink(target, path) == 0 else { throw FileError.last("link", path) }
    }
}
