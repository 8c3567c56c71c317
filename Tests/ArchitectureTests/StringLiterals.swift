/// The texts of the string literals in a file of Swift: with `#` or without, of one line or of many, and those inside of
/// interpolations, which are read as the code they are. Comments are passed over. Literals of regular expressions are not
/// known: the sources have none.
struct StringLiterals {
    /// A stretch of a literal's text, as it is written, between its quotes and interpolations.
    struct Text: Equatable {
        /// The line it begins in; 1 is the first.
        let line: Int
        let text: String
    }

    private(set) var texts: [Text] = []
    private let source: [UInt8]
    private var at = 0
    private var line = 1

    init(in source: String) {
        self.source = Array(source.utf8)
        readCode(isInterpolation: false)
    }

    private func sees(_ word: String) -> Bool { source[at...].starts(with: word.utf8) }

    private mutating func pass(_ count: Int) {
        for byte in source[at...].prefix(count) where byte == UInt8(ascii: "\n") { line += 1 }
        at = min(at + count, source.count)
    }

    /// Reads to the end, or behind the parenthesis that ends an interpolation.
    private mutating func readCode(isInterpolation: Bool) {
        var depth = 0
        while at < source.count {
            let hashes = source[at...].prefix { $0 == UInt8(ascii: "#") }.count
            if sees("//") {
                pass(source[at...].prefix { $0 != UInt8(ascii: "\n") }.count)
            } else if sees("/*") {
                passComment()
            } else if source[(at + hashes)...].first == UInt8(ascii: "\"") {
                readLiteral(hashes: String(repeating: "#", count: hashes))
            } else if hashes > 0 {
                pass(hashes)
            } else if isInterpolation, sees(")"), depth == 0 {
                return pass(1)
            } else {
                if sees("(") { depth += 1 } else if sees(")") { depth -= 1 }
                pass(1)
            }
        }
    }

    /// Comments nest.
    private mutating func passComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                pass(2)
            } else if sees("*/") {
                depth -= 1
                pass(2)
            } else {
                pass(1)
            }
        } while depth > 0 && at < source.count
    }

    private mutating func readLiteral(hashes: String) {
        pass(hashes.utf8.count)
        let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
        let end = quotes + hashes, escape = "\\" + hashes
        pass(quotes.utf8.count)
        var start = (at: at, line: line)
        while at < source.count, !sees(end) {
            if sees(escape + "(") {
                keep(from: start)
                pass(escape.utf8.count + 1)
                readCode(isInterpolation: true)
                start = (at, line)
            } else {
                pass(sees(escape) ? escape.utf8.count + 1 : 1)
            }
        }
        keep(from: start)
        pass(end.utf8.count)
    }

    private mutating func keep(from start: (at: Int, line: Int)) {
        guard start.at < at else { return }
        texts.append(Text(line: start.line, text: String(decoding: source[start.at..<at], as: UTF8.self)))
    }
}
