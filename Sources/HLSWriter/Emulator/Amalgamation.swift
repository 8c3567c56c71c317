import Basics

/// Sources of C++ and all that they include as one text, each file once, in the order in which a compiler meets it.
///
/// Every file of the written project guards itself against being read twice, so that leaving out all but the first
/// inclusion changes nothing.
struct Amalgamation {
    /// The text without any `#include`.
    private(set) var text = ""
    /// The compiler's own headers that the files ask for.
    private(set) var system: Set<String> = []

    private let files: [String: [UInt8]]
    private var seen: Set<String> = []

    init(_ sources: [String], of files: [String: [UInt8]]) {
        self.files = files
        for source in sources { add(source) }
    }

    private mutating func add(_ path: String) {
        guard seen.insert(path).inserted, let bytes = files[path] else { return }
        text += "// ---- \(path)\n"
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if let name = IncludeGraph.names(Array(line)).first {
                if let inner = resolve(name, from: path) { add(inner) } else { system.insert(name) }
            } else if !Self.isPragma(line) {
                text += String(decoding: line, as: UTF8.self) + "\n"
            }
        }
    }

    /// As a compiler looks for it: beside the file, then in the folders that it is told.
    private func resolve(_ name: String, from path: String) -> String? {
        let folder = PathText.parts(of: path).dropLast()
        let candidates =
            [IncludeGraph.joined(Array(folder), name)] + IncludeGraph.searchPath.map { IncludeGraph.joined([$0], name) }
        return candidates.first { files[$0] != nil }
    }

    /// Pragmas for a synthesis tool: other compilers warn about each.
    private static func isPragma(_ line: ArraySlice<UInt8>) -> Bool {
        line.drop { $0 == UInt8(ascii: " ") }.starts(with: "#pragma HLS".utf8)
    }
}
