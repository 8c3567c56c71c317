internal import Basics

/// Something that can stand behind `--set`: a key with the `.` or `=` that goes on from it, or a whole setting.
public struct SettingWord: Hashable, Sendable {
    public let text: String
    public let help: String
}

extension ProjectFile {
    /// What a setting can be that begins with a text.
    ///
    /// - Parameter layers: gives the names of the model's layers; called only where one can stand.
    public static func settings(beginning text: String, layers: () -> [String]) -> [SettingWord] {
        let (keys, written, value) = split(text)
        var shape = Shape.object(ProjectFields.all.map(\.property))
        for key in keys {
            guard let member = shape.member(key) else { return [] }
            shape = member
        }
        let words: [SettingWord]
        if value == nil {
            words = shape.keys(named: keys == ["layers"] ? layers : { [] }).map {
                SettingWord(text: written + $0.text, help: $0.help)
            }
        } else {
            words = shape.words.map { SettingWord(text: written + $0, help: "") }
        }
        return words.filter { $0.text.begins(with: text) }
    }

    /// The keys that are complete, the text of them with what divides them, and the beginning of the value, if there is one.
    private static func split(_ text: String) -> (keys: [String], written: String, value: Substring?) {
        var keys: [String] = []
        var key = "", quote: Character?
        var end = text.startIndex
        for (index, letter) in zip(text.indices, text) {
            let next = text.index(after: index)
            if letter == quote {
                quote = nil
            } else if quote != nil {
                key.append(letter)
            } else if letter == "\"" || letter == "'" {
                quote = letter
            } else if letter == "." || letter == "=" {
                keys.append(key)
                key = ""
                end = next
                if letter == "=" { return (keys, String(text[..<end]), text[end...]) }
            } else {
                key.append(letter)
            }
        }
        return (keys, String(text[..<end]), nil)
    }
}

extension Shape {
    /// What may stand under a key.
    fileprivate func member(_ key: String) -> Shape? {
        switch self {
        case .object(let properties): properties.first { $0.name.isExactly(key) }?.shape
        case .named(let element): element
        case .either(let shapes): shapes.lazy.compactMap { $0.member(key) }.first
        case .text, .choice, .whole, .number, .boolean, .list, .anything: nil
        }
    }

    /// The keys of a mapping, each with what follows it: `.` for the keys below it, `=` for a value.
    fileprivate func keys(named names: () -> [String]) -> [SettingWord] {
        switch self {
        case .object(let properties):
            properties.flatMap { property in
                property.shape.marks.map { SettingWord(text: property.name + $0, help: property.doc) }
            }
        case .named: names().map { SettingWord(text: Self.quoted($0) + ".", help: "layer") }
        case .either(let shapes): shapes.flatMap { $0.keys(named: names) }
        case .text, .choice, .whole, .number, .boolean, .list, .anything: []
        }
    }

    /// What can follow a key of this shape.
    private var marks: [String] {
        switch self {
        case .object, .named: ["."]
        case .either(let shapes): Set(shapes.flatMap(\.marks)).sorted(by: >)
        case .text, .choice, .whole, .number, .boolean, .list, .anything: ["="]
        }
    }

    /// The values that are words.
    fileprivate var words: [String] {
        switch self {
        case .choice(let words): words
        case .boolean: ["true", "false"]
        case .either(let shapes): shapes.flatMap(\.words)
        case .text, .whole, .number, .list, .object, .named, .anything: []
        }
    }

    private static func quoted(_ name: String) -> String {
        name.unicodeScalars.contains { [".", "=", "\"", "'"].contains($0) } ? "\"\(name)\"" : name
    }
}
