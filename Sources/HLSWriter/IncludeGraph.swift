/// Which file includes which, read from the files themselves.
struct IncludeGraph {
    /// Folders that a compiler is told to look in (`-I`).
    static let searchPath = ["firmware/ap_types"]

    private let files: [String: [UInt8]]

    init(_ files: [String: [UInt8]]) { self.files = files }

    /// Everything a file includes, itself not among it, in alphabetical order. What is not in the project (the
    /// compiler's own headers) is left out.
    func closure(of path: String) -> [String] {
        var seen: Set<String> = [path]
        var pending = [path]
        while let next = pending.popLast() {
            for included in includes(next) where seen.insert(included).inserted { pending.append(included) }
        }
        seen.remove(path)
        return seen.sorted()
    }

    private func includes(_ path: String) -> [String] {
        guard let bytes = files[path] else { return [] }
        let folder = path.split(separator: "/").dropLast().map(String.init)
        return Self.names(bytes).compactMap { name in
            let candidates = [Self.joined(folder, name)] + Self.searchPath.map { Self.joined([$0], name) }
            return candidates.first { files[$0] != nil }
        }
    }

    /// The names behind `#include`, with white space wherever a compiler takes it.
    static func names(_ bytes: [UInt8]) -> [String] {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let directive = Array("include".utf8)
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let start = line.drop(while: isBlank)
            guard start.first == UInt8(ascii: "#") else { return nil }
            let word = start.dropFirst().drop(while: isBlank)
            guard word.starts(with: directive) else { return nil }
            let rest = word.dropFirst(directive.count)
            guard let open = rest.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "<") }) else {
                return nil
            }
            let name = rest[(open + 1)...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ">") }
            return String(decoding: name, as: UTF8.self)
        }
    }

    /// What a file includes by a path that leads out of the project: what lies there could change unnoticed.
    static func foreignNames(in bytes: [UInt8], at path: String) -> [String] {
        let depth = path.split(separator: "/").count - 1
        return names(bytes).filter { name in
            if name.hasPrefix("/") { return true }
            var level = depth
            for part in name.split(separator: "/") where part != "." {
                level += part == ".." ? -1 : 1
                if level < 0 { return true }
            }
            return false
        }
    }

    /// A path below a folder, with `..` resolved.
    static func joined(_ folder: [String], _ name: String) -> String {
        var parts = folder
        for part in name.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}
