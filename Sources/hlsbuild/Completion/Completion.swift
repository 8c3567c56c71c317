import Basics
import Config
import Stages
import Steps

/// What can stand where the cursor is.
struct Completion {
    /// Something that can be written, and what it means.
    struct Candidate: Hashable {
        var text: String
        var help = ""
    }

    enum Answer: Hashable {
        case words([Candidate])
        /// A file with one of these endings, or with any, whose name begins behind a part of the word.
        case file(behind: String, endings: [String])
        case folder(behind: String)
    }

    private let table: CommandTable
    private let line: WrittenLine
    /// What has been written of the word at the cursor.
    private let word: String

    /// - Parameter words: behind the program's name, up to and with the one at the cursor, which may be empty.
    init(_ words: [String], in table: CommandTable) {
        self.table = table
        word = words.last ?? ""
        line = WrittenLine(words.dropLast(), in: table)
    }

    var answer: Answer {
        if let option = line.pending {
            let value = answer(option.value)
            guard option.mayLackValue, case .words(let values) = value else { return value }
            return .words(values + (line.verb == nil ? fitting(commands) : []))
        }
        if !line.isBehindOptions, word.begins(with: "-") { return options }
        guard let verb = line.verb else { return .words(fitting(stages + commands)) }
        let arguments = table[verb]?.arguments ?? []
        let next = line.arguments < arguments.count ? arguments[line.arguments] : arguments.last { $0.isRepeating }
        return next.map { answer($0.value) } ?? .words([])
    }

    /// Options, or the value behind an option's `=`.
    private var options: Answer {
        if word.begins(with: "--"), let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) {
            let name = String(word[..<equals])
            guard let option = table.option(long: String(name.dropFirst(2)), of: line.verb), option.valueName != nil
            else { return .words([]) }
            return answer(option.value, behind: name + "=")
        }
        let all = table[line.verb ?? "build"]?.options ?? []
        let long = all.map { Candidate(text: "--" + $0.long, help: $0.help) }
        let letters = all.compactMap { option in
            option.letter.map { Candidate(text: "-\($0)", help: option.help) }
        }
        return .words(fitting(word == "-" ? long + letters : long + letters.filter { $0.text == word }))
    }

    private func answer(_ value: CommandTable.Value, behind prefix: String = "") -> Answer {
        switch value {
        case .anything: .words([])
        case .word(let words): .words(fitting(words.map { Candidate(text: prefix + $0) }))
        case .file(let endings): .file(behind: prefix, endings: endings)
        case .folder: .folder(behind: prefix)
        case .command: .words(fitting(commands))
        case .setting: .words(settings(behind: prefix))
        }
    }

    private func settings(behind prefix: String) -> [Candidate] {
        let words = ProjectFile.settings(beginning: word.rest(behind: prefix) ?? "") { layers }
        return fitting(words.map { Candidate(text: prefix + $0.text, help: $0.help) })
    }

    /// The names of the layers of the project that the line is about; none where there is none, or its model cannot be read.
    private var layers: [String] {
        let folder = line.values["directory"].map { $0 + "/" } ?? ""
        let file = line.values["file"] ?? ProjectSearch.above(folder) ?? ProjectSearch.name
        let path = PathText.isAbsolute(file) ? file : folder + file
        return (try? Workspace(file: path, overrides: []))?.layerNames ?? []
    }

    private var stages: [Candidate] {
        StageName.allCases.map { Candidate(text: $0.rawValue, help: "stage: " + $0.help) }
    }

    private var commands: [Candidate] { table.commands.map { Candidate(text: $0.name, help: $0.help) } }

    private func fitting(_ candidates: [Candidate]) -> [Candidate] { candidates.filter { $0.text.begins(with: word) } }
}

extension StageName {
    /// What the stage does, for a list of stages.
    var help: String {
        switch self {
        case .parse: "Read the trained model."
        case .optimize: "State the fixed-point type of every value."
        case .write: "Write the C++ project."
        case .csim: "Compile the C++, run it on the project's data and compare."
        case .synth: "C++ to register transfer level."
        case .vsynth: "Register transfer level to gates."
        case .export: "Package the result as an IP block."
        }
    }
}
