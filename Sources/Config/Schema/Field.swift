internal import Basics

/// One key of a mapping: its name, what it means, and how its value reaches `Target`.
///
/// The lists of fields are the only declaration of the project file: the parser, the schema, did-you-mean and the
/// translation of `--set` all derive from them.
struct Field<Target>: Sendable {
    var name: String
    var doc: String
    var shape: Shape
    /// The value that is meant where none is written, as it would be written.
    var standard: String?
    var required: Bool
    /// The native keys that diagnostics name this value by.
    var path: [String]
    var read: @Sendable (Node.Entry, inout Reading, inout Target) -> Void

    /// A key whose value is stored as it is.
    init<Value>(
        _ name: String, _ kind: Kind<Value>, into target: any WritableKeyPath<Target, Value?> & Sendable,
        default standard: String? = nil, required: Bool = false, path: [String]? = nil, _ doc: String
    ) {
        self.init(name, kind, default: standard, required: required, path: path, doc) { value, _, _, draft in
            draft[keyPath: target] = value
        }
    }

    /// A key whose value is handed to `store` with its node.
    init<Value>(
        _ name: String, _ kind: Kind<Value>, default standard: String? = nil, required: Bool = false,
        path: [String]? = nil, _ doc: String,
        store: @escaping @Sendable (Value, Node, inout Reading, inout Target) -> Void
    ) {
        self.name = name
        self.doc = doc
        self.shape = kind.shape
        self.standard = standard
        self.required = required
        self.path = path ?? [name]
        self.read = { entry, reading, target in
            guard let value = kind.read(entry.value, &reading) else { return }
            store(value, entry.value, &reading, &target)
        }
    }

    var property: Shape.Property {
        Shape.Property(name: name, doc: doc, shape: shape, standard: standard, required: required)
    }
}

extension [Node.Entry] {
    /// Reads every entry by the field of its name, and says what is unknown and what is missing. hls4ml takes keys that
    /// it does not know without a word, so in its files they have no effect, which is a warning.
    ///
    /// - Parameters:
    ///   - what: what the mapping describes, for messages: `a layer`.
    ///   - elsewhere: keys that belong to another place, with the help that says where.
    func read<Target>(
        _ fields: [Field<Target>], _ what: String, at node: Node, into target: inout Target, _ reading: inout Reading,
        elsewhere: [String: String] = [:]
    ) {
        for entry in self {
            let name = entry.key.text ?? ""
            guard let field = fields.first(where: { $0.name == name }) else {
                if reading.mayIgnore(entry.key) {
                    reading.ignore(name, what, at: entry.key) { elsewhere[name] ?? Self.help(name, fields, what) }
                    continue
                }
                // Help with thousands of them would be read by nobody.
                let help = reading.diagnostics.count < [Diagnostic].errorLimit ? Self.help(name, fields, what) : nil
                reading.error(
                    "\(what) has no key '\(Node.shortened(name))'", at: entry.key, help: elsewhere[name] ?? help)
                continue
            }
            if entry.value.isNull {
                // hls4ml itself writes null for what is not set.
                if reading.format == .hls4ml { continue }
                reading.error(
                    "'\(name)' has no value", at: entry.key, help: "write a value, or leave the key out")
                continue
            }
            reading.entering(field.path, entry) { field.read(entry, &$0, &target) }
        }
        for field in fields where field.required && !contains(where: { $0.key.text == field.name }) {
            reading.error("the key '\(field.name)' is missing", at: node, help: "\(field.name): \(field.doc)")
        }
    }

    /// What was meant by a key that there is not.
    private static func help<Target>(_ name: String, _ fields: [Field<Target>], _ what: String) -> String {
        let names = fields.map(\.name)
        return Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
            ?? "\(what) has the keys \(names.joined(separator: ", "))"
    }
}
