/// Paths as text, taken apart by bytes: to Swift a slash with an accent after it is another character than a slash, to
/// the file system it is not.
enum PathText {
    private static let slash = UInt8(ascii: "/")

    /// Everything before the last slash; nil if there is none but perhaps at the start.
    static func parent(of path: String) -> String? {
        guard let end = path.utf8.lastIndex(of: slash), end != path.utf8.startIndex else { return nil }
        return String(path[..<end])
    }

    /// The folders on the way to a relative path, outermost first, without the path itself.
    static func folders(above path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == slash }.map { String(path[..<$0]) }
    }

    static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

    /// The path relative to a folder that it lies below; nil if it does not.
    static func relative(_ path: String, to folder: String) -> String? {
        guard path.utf8.count > folder.utf8.count + 1, path.utf8.starts(with: folder.utf8) else { return nil }
        let rest = path.utf8.dropFirst(folder.utf8.count)
        guard rest.first == slash else { return nil }
        return String(Substring(rest.dropFirst()))
    }

    /// Whether a path is relative and stays below where it starts: no `..`, no empty part, no NUL.
    static func isContained(_ path: String) -> Bool {
        !path.isEmpty && !path.utf8.contains(0)
            && path.utf8.split(separator: slash, omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
    }
}
