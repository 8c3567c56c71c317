internal import Basics
internal import Glibc

/// Paths as a project file should have them.
enum RelativePath {
    /// The way from a folder to a file, both absolute. A file that shares no folder with it is named in full.
    static func from(_ folder: String, to file: String) -> String {
        let start = parts(resolved(folder))
        let end = parts(resolved(file))
        var common = 0
        while common < start.count, common < end.count - 1, start[common].isExactly(end[common]) {
            common += 1
        }
        guard common > 0 || start.isEmpty else { return file }
        let way = [String](repeating: "..", count: start.count - common) + end[common...]
        return way.joined(separator: "/")
    }

    /// The path without links and dots as far as it exists.
    private static func resolved(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            if let text = String(validatingCString: real) { return text }
        }
        guard let parent = PathText.parent(of: path) else { return path }
        return resolved(parent) + "/" + PathText.name(of: path)
    }

    private static func parts(_ path: String) -> [String] {
        PathText.parts(of: path).filter { !PathText.isHere($0) }
    }
}
