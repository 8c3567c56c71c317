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

    /// The text with `NUL folder N NUL` for every folder of the list that it names: no text that is handed to a program
    /// or comes from a file name can hold that itself. The longest folder that fits counts.
    static func replacing(_ folders: [String], in text: String) -> String {
        let folders = folders.enumerated().sorted { $0.element.utf8.count > $1.element.utf8.count }
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            let found = folders.first { _, folder in
                !folder.isEmpty && rest.starts(with: folder.utf8)
                    && !isOfName(rest.dropFirst(folder.utf8.count).first)
            }
            if let found, !isOfName(result.last) {
                result += "\0folder \(found.offset)\0".utf8
                rest = rest.dropFirst(found.element.utf8.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a byte goes on with the name before it.
    private static func isOfName(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return switch byte {
        case 48...57, 65...90, 97...122, 128...255, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// Whether a path is relative and stays below where it starts: no `..`, no empty part, no NUL.
    static func isContained(_ path: String) -> Bool {
        !path.isEmpty && !path.utf8.contains(0)
            && path.utf8.split(separator: slash, omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
    }
}
