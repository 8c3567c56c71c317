internal import Basics

// The general kinds: texts, numbers, choices, lists, mappings.

extension Kind where Value == String {
    /// Any text that is not empty; a number or truth value is read as it is spelt.
    static func text(_ what: String) -> Kind<String> {
        Kind(.text()) { node, reading in
            guard let text = node.text, !text.isEmpty else {
                reading.mismatch(what, node, help: "write a text that is not empty")
                return nil
            }
            return text
        }
    }

    /// The path of a file, as written.
    static var path: Kind<String> { path("the path of a file") }

    /// A path, or a name that is looked for. A control character in it, which YAML can escape, would pass through every
    /// tool's command line, and no release could hold the file.
    static func path(_ what: String) -> Kind<String> {
        let text = text(what)
        return Kind(text.shape) { node, reading in
            guard let path = text.read(node, &reading) else { return nil }
            guard !path.hasControlCharacter else {
                reading.error("'\(path)' has a control character in it", at: node, help: "rename the file or folder")
                return nil
            }
            return path
        }
    }
}

extension Kind where Value == Int {
    /// No device has so much of anything; sums and products of such numbers can be counted.
    private static var countLimit: Int { 1 << 30 }

    static func whole(_ min: Int = 1, max: Int? = nil) -> Kind<Int> {
        let range = max.map { "between \(min) and \($0)" } ?? "of at least \(min)"
        return Kind(.whole(min: min, max: max)) { node, reading in
            guard let text = node.plainText else {
                let unquoted = node.text.flatMap { Int($0) }.map { "write \($0) without quotes" }
                reading.mismatch("a whole number", node, help: unquoted ?? "write one \(range)")
                return nil
            }
            // 1e9 and 1_000_000 are whole numbers too, as other readers of YAML take them.
            let number = Ratio(decimal: text.filter { $0 != "_" })
            guard let number, number.denominator == 1 else {
                reading.mismatch("a whole number", node, help: "write one \(range)")
                return nil
            }
            let most = max ?? countLimit
            guard number.numerator >= min, number.numerator <= most else {
                reading.error(
                    "\(Node.shortened(text)) is not possible here", at: node,
                    help: "write a whole number "
                        + (max != nil || number.numerator < min ? range : "of at most \(most)"))
                return nil
            }
            return number.numerator
        }
    }
}

extension Kind where Value == Bool {
    static var truth: Kind<Bool> {
        Kind(.boolean) { node, reading in
            switch node.plainText?.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default:
                reading.mismatch("true or false", node, help: "write true or false, without quotes")
                return nil
            }
        }
    }
}

extension Kind where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the enumeration's values, by its raw value.
    static func choice(_ what: String) -> Kind<Value> {
        choice(what, Value.allCases.map { ($0.rawValue, $0) })
    }
}

extension Kind where Value: Sendable {
    /// One of these words, in any case of letters.
    static func choice(_ what: String, _ words: [(String, Value)]) -> Kind<Value> {
        Kind(.choice(words.map(\.0))) { node, reading in
            let legal = words.map(\.0)
            guard let text = node.text else {
                reading.mismatch(what, node, help: "write one of \(legal.joined(separator: ", "))")
                return nil
            }
            if let found = words.first(where: { $0.0.lowercased() == text.lowercased() }) { return found.1 }
            let near = Spelling.nearest(to: text, in: legal).map { "did you mean '\($0)'? " } ?? ""
            reading.error(
                "'\(Node.shortened(text))' is not \(what)", at: node,
                help: "\(near)\(near.isEmpty ? "write one of" : "legal are") \(legal.joined(separator: ", "))")
            return nil
        }
    }

    /// One value, or a list of them.
    static func oneOrMore<Element>(_ element: Kind<Element>, _ what: String) -> Kind<[Element]>
    where Value == [Element] {
        Kind(.either([element.shape, .list(element.shape)])) { node, reading in
            guard let items = node.items else { return element.read(node, &reading).map { [$0] } }
            if items.isEmpty {
                reading.error("an empty list of \(what)", at: node, help: "leave the key out")
                return nil
            }
            return items.compactMap { element.read($0, &reading) }
        }
    }
}

extension Kind {
    /// A mapping with exactly the keys of `fields`.
    ///
    /// - Parameter elsewhere: keys that belong to another place, with the help that says where.
    static func mapping(
        _ what: String, _ fields: [Field<Value>], elsewhere: [String: String] = [:],
        _ empty: @escaping @Sendable () -> Value
    ) -> Kind<Value> {
        Kind(.object(fields.map(\.property))) { node, reading in
            guard let entries = node.entries else {
                reading.mismatch(
                    "\(what) as a mapping of keys to values", node,
                    help: "its keys are \(fields.map(\.name).joined(separator: ", "))")
                return nil
            }
            var value = empty()
            entries.read(fields, what, at: node, into: &value, &reading, elsewhere: elsewhere)
            return value
        }
    }

    /// A mapping from names that are not the project file's own.
    ///
    /// - Parameter folded: they are compared without regard to case.
    static func named<Element>(_ what: String, _ element: Kind<Element>, folded: Bool) -> Kind<[String: Element]>
    where Value == [String: Element] {
        Kind(.named(element.shape)) { node, reading in
            guard let entries = node.entries else {
                reading.mismatch(
                    "a mapping from the name of \(what) to its settings", node, help: "write 'name: {key: value}'")
                return nil
            }
            var result: [String: Element] = [:]
            var first: [String: SourceLocation] = [:]
            for entry in entries {
                let name = entry.key.text ?? ""
                let key = folded ? name.lowercased() : name
                if let earlier = first[key] {
                    reading.error(
                        "'\(Node.shortened(name))' names \(what) that is named above with other capitals",
                        at: entry.key,
                        help: "keep one of the two", notes: [.init("the first is here", at: earlier)])
                    continue
                }
                first[key] = entry.key.location
                reading.entering([name], entry) { reading in
                    result[name] = element.read(entry.value, &reading)
                }
            }
            return result
        }
    }
}

extension Kind where Value == Node {
    /// Whatever was written, unread.
    static var anything: Kind<Node> { Kind(.anything) { node, _ in node } }
}
