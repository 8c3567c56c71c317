import Basics

/// A command line as far as it has been written, read for what can come next.
struct WrittenLine {
    /// The command; nil where none has been written yet.
    private(set) var verb: String?
    /// How many arguments stand behind the command; for a build, stages.
    private(set) var arguments = 0
    /// The option whose value comes next.
    private(set) var pending: CommandTable.Option?
    /// Values of options by their long names, the last of each.
    private(set) var values: [String: String] = [:]
    private(set) var isBehindOptions = false

    init(_ words: [String], in table: CommandTable) {
        for word in words {
            if let option = pending {
                pending = nil
                // -B is followed by a stage or by nothing.
                if !option.mayLackValue || option.value.holds(word) {
                    values[option.long] = word
                    continue
                }
            }
            if isBehindOptions || word == "-" || !word.begins(with: "-") {
                takePlain(word, table)
            } else if word == "--" {
                isBehindOptions = true
            } else if word.begins(with: "--") {
                takeLong(word, table)
            } else {
                takeShort(word, table)
            }
        }
    }

    private mutating func takePlain(_ word: String, _ table: CommandTable) {
        if verb == nil, !isBehindOptions, table[word] != nil {
            verb = word
        } else {
            verb = verb ?? "build"
            arguments += 1
        }
    }

    private mutating func takeLong(_ word: String, _ table: CommandTable) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let option = table.option(long: String(parts.first ?? ""), of: verb), option.valueName != nil else {
            return
        }
        if parts.count > 1 { values[option.long] = String(parts[1]) } else { pending = option }
    }

    /// Letters, of which the first that has a value takes the rest of the word.
    private mutating func takeShort(_ word: String, _ table: CommandTable) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = table.option(letter: letter, of: verb), option.valueName != nil else { continue }
            if letters.isEmpty { pending = option } else { values[option.long] = String(letters) }
            return
        }
    }
}

extension CommandTable.Option {
    /// Whether it can stand without its value.
    var mayLackValue: Bool { long == "force" }
}

extension CommandTable.Value {
    fileprivate func holds(_ word: String) -> Bool {
        if case .word(let words) = self { words.contains(word) } else { true }
    }
}

extension CommandTable {
    /// The option of a command, or of any before the command is written.
    func option(long: String, of verb: String?) -> Option? { options(of: verb).first { $0.long.isExactly(long) } }

    func option(letter: Character, of verb: String?) -> Option? { options(of: verb).first { $0.letter == letter } }

    private func options(of verb: String?) -> [Option] {
        verb.flatMap { self[$0]?.options } ?? (self["build"]?.options ?? []) + commands.flatMap(\.options)
    }
}
