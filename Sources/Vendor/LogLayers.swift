internal import Basics
internal import Reports

/// The layers of a written project as the log of its synthesis knows them, and which of them a message is about.
struct LogLayers {
    /// Names of the layers' functions, from the sources that the tool says it reads.
    let names: [String]
    /// The top function, with whose name those of the functions begin.
    let top: String

    init(_ log: String) {
        var names: [String] = []
        var top = ""
        for line in log.split(whereSeparator: \.isNewline) where line.contains("firmware/") {
            for word in line.split(whereSeparator: { " '\"()".contains($0) }) {
                if let name = Self.layer(ofFile: word), !names.contains(name) { names.append(name) }
                if top.isEmpty { top = Self.top(ofFile: word) ?? "" }
            }
        }
        self.names = names
        self.top = top
    }

    /// The place in the project file of the layer that the message names: by the file it points at, else by the module
    /// or the function in quotes; empty where it names none.
    func subject(of cause: LogReport.Cause) -> [String] {
        if let name = cause.file.flatMap({ Self.layer(ofFile: Substring($0)) }) { return ["layers", name] }
        for text in Self.named(in: cause.text) {
            // `nnet::dense<ap_fixed<16, 6>, net_fc1_config>` as the name of a module.
            let words = text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") })
            let module = words.joined(separator: "_")
            if let layer = ReportAttribution.layer(of: module, among: names, top: top) { return ["layers", layer] }
        }
        return []
    }

    /// What stands in quotes, and what a dataflow message calls a process.
    private static func named(in text: String) -> [Substring] {
        // Every other piece stands in quotes.
        let pieces = text.split(separator: "'", omittingEmptySubsequences: false)
        let quoted = pieces.indices.filter { $0 % 2 == 1 }.map { pieces[$0] }
        let words = text.split(separator: " ")
        let processes = zip(words, words.dropFirst()).filter { $0.0.lowercased() == "process" }.map { $0.1 }
        return quoted + processes
    }

    /// `firmware/layers/fc1.cpp` and its kin.
    private static func layer(ofFile file: Substring) -> String? {
        let parts = PathText.parts(of: file)
        guard let name = parts.last, parts.dropLast().last?.isExactly("layers") == true else { return nil }
        let stem = stem(of: name)
        let layer = stem.rest(before: "_config") ?? stem
        return layer.isEmpty ? nil : layer
    }

    /// `firmware/net.cpp`.
    private static func top(ofFile file: Substring) -> String? {
        let parts = PathText.parts(of: file)
        guard let name = parts.last, parts.dropLast().last?.isExactly("firmware") == true,
            name.parts(at: ":")[0].ends(with: ".cpp")
        else { return nil }
        return stem(of: name)
    }

    /// Behind the name there may be the line.
    private static func stem(of name: String) -> String {
        String(decoding: name.utf8.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
}
