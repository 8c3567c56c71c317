import Options
import Synchronization
import TestSupport

@testable import HLSChecker

/// A written project as a compiler sees it.
struct CompiledProject {
    /// Texts by path.
    let files: [String: String]

    init(_ files: [String: String]) { self.files = files }

    /// What a simulation and a synthesis compile.
    var sources: [String] { files.keys.filter { $0.hasPrefix("firmware/") && $0.hasSuffix(".cpp") }.sorted() }

    /// All sources as one file.
    var unit: String { Self.unit(sources) }

    static func unit(_ sources: [String]) -> String { sources.map { "#include \"\($0)\"\n" }.joined() }

    /// A file and all files of the project that it includes, by path.
    func closure(of path: String) -> [String: String] {
        var found: [String: String] = [:]
        var waiting = [path]
        while let path = waiting.popLast() {
            guard found[path] == nil, let text = files[path] else { continue }
            found[path] = text
            let folder = path.split(separator: "/").dropLast()
            for name in Self.includes(of: text) {
                waiting.append(Self.resolved(folder + name.split(separator: "/")))
                waiting.append("firmware/ap_types/" + name)
            }
        }
        return found
    }

    /// What the text of a file includes between quotes; each text is read once.
    private static func includes(of text: String) -> [Substring] {
        known.withLock { known in
            if let names = known[text] { return names }
            let directive = "#include \""
            let names = text.split(separator: "\n").filter { $0.hasPrefix(directive) }.map {
                $0.dropFirst(directive.count).prefix { $0 != "\"" }
            }
            known[text] = names
            return names
        }
    }

    private static let known = Mutex<[String: [Substring]]>([:])

    private static func resolved(_ parts: some Sequence<Substring>) -> String {
        var kept: [Substring] = []
        for part in parts {
            if part == ".." { _ = kept.popLast() } else { kept.append(part) }
        }
        return kept.joined(separator: "/")
    }
}

/// The corpus for one target with what is to be compiled of it. The networks share most of their texts, and compilers
/// spend nearly all of their time on constants.
///
/// A source is left out of a project if it stands in another one word for word, with all that it includes. Constants
/// that another project has word for word keep the first of their numbers alone.
final class CompileCorpus: Sendable {
    /// Each folder holds a project: `all.cpp` is to be compiled, `name` says where it comes from.
    let scratch: Scratch
    let folderCount: Int
    /// Every text of the corpus that compilers read.
    let texts: Set<String>

    init(_ target: PragmaTable.Target) throws {
        scratch = try Scratch()
        var units: Set<[String: String]> = []
        var constants: Set<String> = []
        var count = 0
        var texts: Set<String> = []
        for (name, design) in try Corpus.all.get() {
            let project = CompiledProject(try Corpus.written(design, target))
            texts.formUnion(project.files.filter { $0.key.hasPrefix("firmware/") && !$0.key.hasSuffix(".txt") }.values)
            let closures = project.sources.map { ($0, project.closure(of: $0)) }.filter { units.insert($0.1).inserted }
            guard !closures.isEmpty else { continue }
            let folder = "\(count)/"
            count += 1
            var reached: [String: String] = [:]
            for (_, closure) in closures { reached.merge(closure) { text, _ in text } }
            for (path, text) in reached {
                let isKnown = path.hasPrefix("firmware/weights/") && !constants.insert(text).inserted
                try scratch.write(folder + path, isKnown ? Self.shortened(text) : text)
            }
            try scratch.write(folder + "all.cpp", CompiledProject.unit(closures.map(\.0)))
            try scratch.write(folder + "name", name)
        }
        folderCount = count
        self.texts = texts
    }

    /// Keeps the first number of each list, whose place and type are compiled all the same.
    private static func shortened(_ text: String) -> String {
        guard let open = text.firstRange(of: "= {"), let end = text.ranges(of: "};").last,
            let comma = text[open.upperBound..<end.lowerBound].firstIndex(of: ",")
        else { return text }
        // Of an array of two dimensions the first row is cut as well.
        let isNested = text[open.upperBound..<comma].contains("{")
        return String(text[..<comma] + (isNested ? "}\n" : "") + text[end.lowerBound...])
    }
}
