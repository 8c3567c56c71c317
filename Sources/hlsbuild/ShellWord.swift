/// Words for a line that a person copies into a shell.
enum ShellWord {
    /// The text as one word: as it is where every shell takes it so, else in quotes.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "_-./=+,@%:".utf8.contains(byte)
            }
        }
        if isPlain, !text.isEmpty { return text }
        return "'" + text.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}

extension ShellWord {
    /// The words of a line as far as it has been written, without their quotes; the last is the one at its end, which is
    /// empty behind a space. Nothing is expanded.
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isWithin = false
        var quote: Unicode.Scalar?
        var rest = line.unicodeScalars.makeIterator()
        while let scalar = rest.next() {
            if scalar == "\\", quote != "'" {
                if let next = rest.next() { word.unicodeScalars.append(next) }
                isWithin = true
            } else if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
                isWithin = true
            } else if quote == nil, scalar == " " || scalar == "\t" {
                if isWithin { words.append(word) }
                word = ""
                isWithin = false
            } else {
                word.unicodeScalars.append(scalar)
                isWithin = true
            }
        }
        return words + [word]
    }
}
