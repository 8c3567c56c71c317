import Basics
internal import Glibc

/// Which file includes which, read from the files themselves.
struct IncludeGraph {
    /// Folders that a compiler is told to look in (`-I`).
    static let searchPath = ["firmware/ap_types"]

    /// By file that has any: those that it names itself.
    private let included: [String: [String]]

    /// Every file is read once, however many sources it is a part of.
    init(_ files: [String: [UInt8]]) {
        included = files.reduce(into: [:]) { included, file in
            let folder = PathText.parts(of: file.key).dropLast()
            let paths = Self.names(file.value).compactMap { name in
                let candidates = [Self.joined(Array(folder), name)] + Self.searchPath.map { Self.joined([$0], name) }
                return candidates.first { files[$0] != nil }
            }
            if !paths.isEmpty { included[file.key] = paths }
        }
    }

    /// Everything a file includes, itself not among it, in alphabetical order. What is not in the project (the
    /// compiler's own headers) is left out.
    func closure(of path: String) -> [String] {
        var seen: Set<String> = [path]
        var pending = [path]
        while let next = pending.popLast() {
            for path in included[next] ?? [] where seen.insert(path).inserted { pending.append(path) }
        }
        seen.remove(path)
        return seen.sorted()
    }

    /// The names behind `#include`, with white space wherever a compiler takes it.
    static func names(_ bytes: [UInt8]) -> [String] {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let directive = Array("include".utf8)
        return lines(bytes).compactMap { line in
            let word = line.dropFirst().drop(while: isBlank)
            guard word.starts(with: directive) else { return nil }
            let rest = word.dropFirst(directive.count)
            guard let open = rest.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "<") }) else {
                return nil
            }
            let name = rest[(open + 1)...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ">") }
            return String(decoding: name, as: UTF8.self)
        }
    }

    /// The lines that begin with `#`, from there on. What is written are mostly numbers, and these are passed over by the
    /// library's search, which takes many bytes at once.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        var at = 0
        while let mark = position(of: UInt8(ascii: "#"), in: bytes, from: at) {
            let before = bytes[..<mark].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            if before == nil || before == UInt8(ascii: "\n") {
                found.append(bytes[mark...].prefix { $0 != UInt8(ascii: "\n") })
            }
            at = mark + 1
        }
        return found
    }

    private static func position(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { all in
            guard start < all.count, let base = all.baseAddress,
                let found = memchr(base + start, Int32(byte), all.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// What a file includes by a path that leads out of the project: what lies there could change unnoticed.
    static func foreignNames(in bytes: [UInt8], at path: String) -> [String] {
        let depth = PathText.parts(of: path).count - 1
        return names(bytes).filter { PathText.leaves($0, depth: depth) }
    }

    /// A path below a folder, with `..` resolved.
    static func joined(_ folder: [String], _ name: String) -> String {
        var parts = folder
        for part in PathText.parts(of: name) where !PathText.isHere(part) {
            if PathText.isUp(part) { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
