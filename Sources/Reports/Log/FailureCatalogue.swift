/// What is known of the tools' messages, as data: one entry says what kind of trouble a message is and what helps.
///
/// A code is a whole code (`HLS 200-627`) or a group (`HLS 207-*`); an entry may ask for words of the text besides.
/// The first entry that fits counts, so an entry with words stands before the one without. Codes are as the tools
/// print them; those of a co-simulation's own log lack the group's number (`COSIM-4` for `COSIM 212-4`).
struct FailureCatalogue {
    struct Entry {
        var code: String?
        var words: String?
        var failure: FailureClass
        var help: String

        init(_ code: String?, _ words: String?, _ failure: FailureClass, _ help: String) {
            self.code = code
            self.words = words
            self.failure = failure
            self.help = help
        }
    }

    static let entries = hlsEntries + simulationEntries + vivadoEntries + textEntries

    private static let byCode: [String: [Entry]] = {
        var table: [String: [Entry]] = [:]
        for entry in entries { table[entry.code ?? "", default: []].append(entry) }
        return table
    }()

    /// The entry of a message; nil where neither its code nor its group nor its words are known.
    static func entry(code: String?, text: String) -> Entry? {
        if let code {
            let code = normal(code)
            if let entry = first(code, text) ?? first(group(code) + "-*", text) { return entry }
        }
        return first("", text)
    }

    static func hasEntry(_ code: String) -> Bool { byCode[normal(code)] != nil }

    private static func first(_ code: String, _ text: String) -> Entry? {
        byCode[code]?.first { entry in entry.words.map { text.contains($0) } ?? true }
    }

    /// `COSIM-4` as `COSIM 212-4`.
    private static func normal(_ code: String) -> String {
        code.hasPrefix("COSIM-") ? "COSIM 212-" + code.dropFirst(6) : code
    }

    private static func group(_ code: String) -> String {
        code.lastIndex(of: "-").map { String(code[..<$0]) } ?? code
    }
}
