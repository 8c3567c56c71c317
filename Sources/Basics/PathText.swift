/// Paths as text, taken apart by bytes: to Swift a slash with an accent after it is another character than a slash, to
/// the file system it is not.
public enum PathText {
    private static let slash = UInt8(ascii: "/")

    /// Everything before the last slash; nil if there is none but perhaps at the start.
    public static func parent(of path: String) -> String? {
        guard let end = path.utf8.lastIndex(of: slash), end != path.utf8.startIndex else { return nil }
        return String(path[..<end])
    }

    /// Everything behind the last slash; the whole path if there is none.
    public static func name(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: slash) else { return path }
        return String(decoding: path.utf8[path.utf8.index(after: slash)...], as: UTF8.self)
    }

    /// The folder that a path lies in, and its name there: `.` for a path without a slash.
    public static func split(_ path: String) -> (folder: String, name: String) {
        guard let end = path.utf8.lastIndex(of: slash) else { return (".", path) }
        return (end == path.utf8.startIndex ? "/" : String(path[..<end]), name(of: path))
    }

    /// The names on the way, without empty ones: neither a slash at an end nor two in a row mean anything.
    public static func parts(of path: some StringProtocol) -> [String] {
        path.utf8.split(separator: slash).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The path without empty parts and single dots, which mean nothing; it loses the slash at its start.
    public static func plain(_ path: some StringProtocol) -> String {
        parts(of: path).filter { !isHere($0) }.joined(separator: "/")
    }

    /// Whether a part of a path stays where it is.
    public static func isHere(_ part: some StringProtocol) -> Bool { part.isExactly(".") }

    /// Whether a part of a path leads to the folder above.
    public static func isUp(_ part: some StringProtocol) -> Bool { part.isExactly("..") }

    /// Whether a path leads out of the folder `depth` folders above the one that it starts from, be it for a while.
    public static func leaves(_ path: some StringProtocol, depth: Int = 0) -> Bool {
        if path.utf8.first == slash { return true }
        var depth = depth
        for part in parts(of: path) where !isHere(part) {
            depth += isUp(part) ? -1 : 1
            if depth < 0 { return true }
        }
        return false
    }

    /// What stands behind the last dot of a path's name, in lower case; the whole name if there is no dot.
    public static func ending(of path: String) -> String { name(of: path).parts(at: ".").last?.lowercased() ?? "" }

    /// The folders on the way to a relative path, outermost first, without the path itself.
    public static func folders(above path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == slash }.map { String(path[..<$0]) }
    }

    public static func isAbsolute(_ path: some StringProtocol) -> Bool { path.utf8.first == slash }

    /// The path relative to a folder that it lies below; nil if it does not.
    public static func relative(_ path: String, to folder: String) -> String? {
        guard path.utf8.count > folder.utf8.count + 1, path.utf8.starts(with: folder.utf8) else { return nil }
        let rest = path.utf8.dropFirst(folder.utf8.count)
        guard rest.first == slash else { return nil }
        return String(Substring(rest.dropFirst()))
    }

    /// Whether a path is relative and stays below where it starts: no `..`, no empty part, no NUL.
    public static func isContained(_ path: String) -> Bool {
        do throws(PathName.Fault) {
            _ = try PathName(path)
            return true
        } catch {
            switch error {
            case .isOdd, .isTooLong: return true
            case .isEmpty, .isNotUTF8, .isAbsolute, .isNotPlain, .hasNUL: return false
            }
        }
    }
}
