internal import Basics

/// One `--set KEY.KEY=VALUE`: an edit of the tree before anything is typed, so that it is checked as the file is.
enum Override {
    static func apply(_ text: String, to root: inout Node, _ format: ProjectFormat, _ diagnostics: inout [Diagnostic]) {
        let file = "--set \(Node.shortened(text))"
        func fail(_ message: String, _ column: Int, _ help: String) {
            diagnostics.append(
                .error(message, at: SourceLocation(file: file, line: 1, column: column), help: help))
        }
        let limit = InputLimit.setting
        guard text.utf8.count <= limit.bytes else {
            return fail(
                "its \(text.utf8.count) bytes are more than \(limit.name) may have (\(InputLimit.size(limit.bytes)))",
                1,
                "write it into the project file")
        }
        let form =
            "write KEY=VALUE, for example layers.fc1.reuse=4; quote a name that holds a dot: layers.\"a.b\".reuse=4"
        guard let (keys, valueColumn, valueText) = split(text) else {
            return fail("this is no setting", 1, form)
        }
        guard keys.count <= limit.elements else {
            return fail(
                "\(keys.count) keys, one within the other, are more than the \(limit.elements) that a project file has",
                1, form)
        }
        guard keys.allSatisfy({ !$0.text.isEmpty }) else { return fail("a key is empty", 1, form) }
        let value: Node
        do throws(DiagnosticError) {
            if valueText.allSatisfy(\.isWhitespace) {
                return fail("the value is missing", valueColumn, "write one behind the '='")
            }
            if let text = plain(valueText) {
                value = Node(.scalar(.init(text)), at: SourceLocation(file: file, line: 1, column: valueColumn))
            } else {
                var node = try YAML.parse(Array(valueText.utf8), file: file)
                node.shift(by: valueColumn - 1)
                value = node
            }
        } catch {
            let problem = error.diagnostics.first?.message ?? "it cannot be read"
            return fail("the value is no YAML: \(problem)", valueColumn, "write the value as in the project file")
        }
        let path = SettingPath.translated(keys, format, root).map {
            Node(.scalar(.init($0.text)), at: SourceLocation(file: file, line: 1, column: $0.column))
        }
        root.set(path[...], value, &diagnostics)
    }

    /// A value that begins as no YAML value on a line of its own can, as it stands: `>= 75%` is a limit, and not the
    /// beginning of a text of several lines. A shell has taken the quotes that it would have in a file.
    private static func plain(_ text: String) -> String? {
        let trimmed = text.drop { $0 == " " }
        guard let first = trimmed.unicodeScalars.first, [">", "|", "%", "@", "\u{60}"].contains(first),
            !text.utf8.contains(UInt8(ascii: "\n"))
        else { return nil }
        return String(trimmed)
    }

    /// A key and the column that it stands at.
    struct Key: Hashable {
        var text: String
        var column: Int
    }

    /// Keys up to the first `=` outside quotes, and the rest.
    private static func split(_ text: String) -> (keys: [Key], valueColumn: Int, value: String)? {
        var keys: [Key] = []
        var current = ""
        var begin = 1
        var quoted: Unicode.Scalar?
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if let quote = quoted {
                if scalar == quote { quoted = nil } else { current.unicodeScalars.append(scalar) }
                continue
            }
            switch scalar {
            case "\"", "'": quoted = scalar
            case ".":
                keys.append(Key(text: current, column: begin))
                current = ""
                begin = index + 2
            case "=":
                keys.append(Key(text: current, column: begin))
                var value = String.UnicodeScalarView()
                value.append(contentsOf: scalars[(index + 1)...])
                return (keys, index + 2, String(value))
            default: current.unicodeScalars.append(scalar)
            }
        }
        return nil
    }
}

extension Node {
    /// Moves all places of the first line to the right.
    fileprivate mutating func shift(by columns: Int) {
        if location.line == 1 { location.column += columns }
        switch content {
        case .scalar: return
        case .sequence(var items):
            for index in items.indices { items[index].shift(by: columns) }
            content = .sequence(items)
        case .mapping(var entries):
            for index in entries.indices {
                entries[index].key.shift(by: columns)
                entries[index].value.shift(by: columns)
            }
            content = .mapping(entries)
        }
    }

    /// Puts `value` under a path of keys, making the mappings on the way.
    ///
    /// - Parameter isOfLayers: the keys are names of layers, which are what they are; any other is compared without
    ///   regard to case.
    fileprivate mutating func set(
        _ path: ArraySlice<Node>, _ value: Node, isOfLayers: Bool = false, _ diagnostics: inout [Diagnostic]
    ) {
        guard let key = path.first, let name = key.text else { return }
        if isNull { content = .mapping([]) }
        guard case .mapping(var entries) = content else {
            diagnostics.append(
                .error(
                    "there is no '\(Node.shortened(name))' to set: the file has \(summary) here", at: key.location,
                    help: "set the whole value", notes: [.init("it is written here", at: location)]))
            return
        }
        let rest = path.dropFirst()
        // Settings of the command line stand for the line of the file: their place is the argument.
        let holdsLayers = SettingPath.holdsLayers.contains { name.isExactly($0) }
        let index = entries.firstIndex {
            isOfLayers ? $0.key.text == name : $0.key.text?.lowercased() == name.lowercased()
        }
        if let index {
            if rest.isEmpty {
                entries[index] = Entry(key: Node(entries[index].key.content, at: key.location), value: value)
            } else {
                entries[index].value.widen(name, for: rest.first?.text)
                entries[index].value.set(rest, value, isOfLayers: holdsLayers, &diagnostics)
            }
        } else if rest.isEmpty {
            entries.append(Entry(key: key, value: value))
        } else {
            var inner = Node(.mapping([]), at: key.location)
            inner.set(rest, value, isOfLayers: holdsLayers, &diagnostics)
            entries.append(Entry(key: key, value: inner))
        }
        content = .mapping(entries)
    }

    /// `precision: fixed<16,6>` is short for `precision: {default: fixed<16,6>}`, and so on: the long form, so that one
    /// part can be set.
    private mutating func widen(_ name: String, for part: String?) {
        guard text != nil, !isNull else { return }
        let long: [String: String] = ["precision": "default", "clock": "period"]
        guard let key = long[name.lowercased()] else { return }
        content = .mapping(
            key == part ? [] : [Entry(key: Node(.scalar(.init(key)), at: location), value: self)])
    }
}
