import Basics

/// The command line brought into the one form that the quiet check and the argument parser read: the verb first, every
/// option spelt out with its value.
///
/// People write `hlsbuild -f x.yml predict ...`, `hlsbuild csim -j4` and `hlsbuild -qk --file=x.yml`; options may stand
/// anywhere, the verb `build` may be left out, `-B` takes a stage or nothing, and `log STAGE -f` without a file follows.
struct CommandLineForm: Equatable {
    /// One word of the form.
    enum Word: Equatable {
        /// An option without a value, or one that only the argument parser knows: handed on as it is written.
        case option(String)
        /// A long name and its value.
        case valued(String, String)
        /// A stage, a file, anything that is no option.
        case plain(String)
    }

    /// What is wrong with a command line before its options are looked at one by one.
    enum Mistake: Error, Equatable {
        /// The option as it is written.
        case missingValue(String)
    }

    /// Empty where only help, the version or completions are asked for.
    private(set) var verb = ""
    private(set) var words: [Word] = []

    private let given: [String]
    let verbs: [String]
    let stages: [String]
    private var next = 0

    init(_ given: [String], verbs: [String], stages: [String]) throws(Mistake) {
        self.given = given
        self.verbs = verbs
        self.stages = stages
        if given.contains(where: Self.isForParser) {
            words = given.map { .option($0) }
            return
        }
        while next < given.count {
            let word = given[next]
            next += 1
            if word == "--" {
                if verb.isEmpty { verb = "build" }
                words += given[next...].map { .plain($0) }
                break
            }
            if word.utf8.first != UInt8(ascii: "-") || word == "-" {
                takePlain(word)
            } else if word.begins(with: "--") {
                try takeLong(word)
            } else {
                try takeShort(word)
            }
        }
        if verb.isEmpty, !words.contains(where: Self.asksForRoot) { verb = "build" }
    }

    /// States the project file where the command line states none.
    mutating func name(projectFile path: String) { words.insert(.valued("file", path), at: 0) }

    /// What the argument parser is handed.
    var arguments: [String] {
        var result = verb.isEmpty ? [] : [verb]
        var isAfterOptions = false
        for word in words {
            switch word {
            case .option(let text): result.append(text)
            case .valued(let name, let value):
                // The parser looks for a '=' among characters: one with a combining mark behind it is none.
                let isSplit = "=\(value)".first == "="
                result += isSplit ? ["--\(name)=\(value)"] : ["--\(name)", value]
            case .plain(let text):
                // A word that looks like an option stood behind `--`.
                if !isAfterOptions, text != "-", text.begins(with: "-") {
                    result.append("--")
                    isAfterOptions = true
                }
                result.append(text)
            }
        }
        return result
    }

    // MARK: words

    private mutating func takePlain(_ word: String) {
        if verb.isEmpty {
            if verbs.contains(word) {
                verb = word
                return
            }
            // The first word that is no option and no verb: a stage, so the verb is `build`.
            verb = "build"
        }
        words.append(.plain(word))
    }

    private mutating func takeLong(_ word: String) throws(Mistake) {
        let name: String
        var value: String?
        let bytes = word.utf8.dropFirst(2)
        if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
            name = String(decoding: bytes[..<equals], as: UTF8.self)
            value = String(decoding: bytes[bytes.index(after: equals)...], as: UTF8.self)
        } else {
            name = String(decoding: bytes, as: UTF8.self)
        }
        if name == "force" {
            takeForce(value)
        } else if value == nil, Self.flags[verb]?.contains(name) ?? false {
            words.append(.option(word))
        } else if Self.valued.keys.contains(name) {
            let taken = if let value { value } else { try takeValue(of: word) }
            words.append(.valued(name, taken))
        } else {
            words.append(.option(word))
        }
    }

    /// A word of short options: `-q`, `-qk`, `-j4`, `-j 4`, `-qf x.yml`.
    private mutating func takeShort(_ word: String) throws(Mistake) {
        // A letter may be followed by a value that begins with a combining mark.
        var rest = word.unicodeScalars.dropFirst()
        while let letter = rest.popFirst().map(Character.init) {
            if letter == "f", rest.isEmpty, verb == "log", lacksValue {
                words.append(.option("--follow"))
                return
            }
            if let name = Self.long(letter) {
                let value = rest.isEmpty ? try takeValue(of: "-\(letter)") : String(rest)
                words.append(.valued(name, value))
                return
            }
            if letter == "B" {
                takeForce(rest.isEmpty ? nil : String(rest))
                return
            }
            words.append(.option("-\(letter)"))
        }
    }

    /// Whether no value can come: nothing does, or another option. `log STAGE -f` then follows the log, as `tail -f` does,
    /// while `log STAGE -f FILE` names the project file.
    private var lacksValue: Bool {
        next >= given.count || (given[next] != "-" && given[next].begins(with: "-"))
    }

    /// `-B` and `--force`, with a stage or without.
    private mutating func takeForce(_ stage: String?) {
        guard verb.isEmpty || verb == "build" else {
            words.append(.option("--force"))
            return
        }
        if let stage {
            words.append(.valued("force-stage", stage))
        } else if next < given.count, stages.contains(given[next]) {
            words.append(.valued("force-stage", given[next]))
            next += 1
        } else {
            words.append(.option("--force-all"))
        }
    }

    private mutating func takeValue(of option: String) throws(Mistake) -> String {
        if lacksValue { throw .missingValue(option) }
        next += 1
        return given[next - 1]
    }

    // MARK: options

    /// The options of all commands that are followed by a value, so that the value is not taken for a verb: long names,
    /// and the letter of those that have one. A list, because asking the parser costs more than a build with nothing to
    /// do; a test compares the two.
    static let valued: [String: Character?] = [
        "file": "f", "directory": "C", "jobs": "j", "output": "o", "set": nil, "force-stage": nil, "input": nil,
        "engine": nil, "layout": nil, "trace": nil, "format": nil, "model": nil, "weights": nil, "from": nil,
        "template": nil, "read": nil, "keep-days": nil, "timings": nil,
    ]

    /// Options of a command that take no value though another's of the same name does: behind the verb only.
    static let flags: [String: Set<String>] = ["graph": ["model"]]

    private static func long(_ letter: Character) -> String? { valued.first { $0.value == letter }?.key }

    /// Completion scripts and what they call back: not for people, and not for us.
    private static func isForParser(_ word: String) -> Bool {
        word.begins(with: "---") || word.begins(with: "--generate-completion-script")
            || word == "--experimental-dump-help"
    }

    private static func asksForRoot(_ word: Word) -> Bool {
        switch word {
        case .option("-h"), .option("--help"), .option("--help-hidden"), .option("--version"): true
        case .option, .valued, .plain: false
        }
    }
}
