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

    static let entries = pragmaEntries + hlsEntries + simulationEntries + vivadoEntries + textEntries

    private static let byCode: [String: [Entry]] = {
        var table: [String: [Entry]] = [:]
        for entry in entries { table[entry.code ?? "", default: []].append(entry) }
        return table
    }()

    /// Of pragmas, what only words tell.
    private static let wordsOnly = pragmaEntries.filter { $0.code == nil }

    /// The entry of a message; nil where neither its code nor its group nor its words are known.
    static func entry(code: String?, text: String) -> Entry? {
        if let code {
            let code = normal(code)
            let dropped = wordsOnly.first { fits($0, text) }
            if let entry = first(code, text) ?? dropped ?? first(group(code) + "-*", text) { return entry }
        }
        return first("", text)
    }

    /// True for a warning that the catalogue names by its own code, or by words that are a warning's.
    static func isWarning(_ message: LogMessage) -> Bool {
        if let code = message.code, byCode[normal(code)]?.contains(where: { fits($0, message.text) }) == true {
            return true
        }
        return wordsOnly.contains { fits($0, message.text) }
            || message.code == nil && message.text == "Timing not met"
    }

    private static func fits(_ entry: Entry, _ text: String) -> Bool {
        entry.words.map { text.holds($0) } ?? true
    }

    private static func first(_ code: String, _ text: String) -> Entry? {
        byCode[code]?.first { fits($0, text) }
    }

    /// `COSIM-4` as `COSIM 212-4`.
    private static func normal(_ code: String) -> String {
        code.hasPrefix("COSIM-") ? "COSIM 212-" + code.dropFirst(6) : code
    }

    private static func group(_ code: String) -> String {
        code.lastIndex(of: "-").map { String(code[..<$0]) } ?? code
    }
}
