extension JSONValue {
    /// Reads the text of a file. Of keys that occur twice in an object the last counts, as in Python.
    ///
    /// Python's `NaN`, `Infinity` and `-Infinity` are numbers too. An error says at which line and column of the file
    /// called `name` the text is no JSON.
    ///
    /// - Parameter limit: what is taken; more is refused before memory is taken for it.
    public init(parsing bytes: [UInt8], name: String, within limit: InputLimit = .modelJSON) throws(DiagnosticError) {
        guard bytes.count <= limit.bytes else {
            throw DiagnosticError(
                .error(
                    "\(bytes.count) bytes are more than \(limit.name) may have (\(InputLimit.size(limit.bytes)))",
                    at: SourceLocation(file: name, line: 1, column: 1)))
        }
        var parser = JSONParser(bytes, within: limit)
        do throws(JSONParser.Failure) {
            self = try parser.document()
        } catch {
            let before = bytes.prefix(error.offset)
            let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let location = SourceLocation(
                file: name, line: before.count { $0 == 0x0A } + 1,
                // Bytes that continue a character do not count.
                column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1)
            throw DiagnosticError(.error("not valid JSON: \(error.message)", at: location))
        }
    }

    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var arrayValue: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    public var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The members by name, of an object.
    public var fields: [String: JSONValue]? {
        members.map { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }) }
    }

    /// The value as a whole number; nil where it is none. `3.0` is one.
    public var integerValue: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// The value as a number, finite or not; a whole number beyond 2^53 is rounded.
    public var numberValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// A member of an object; nil for anything else.
    public subscript(name: String) -> JSONValue? { members?.last { $0.name.isExactly(name) }?.value }

    /// What the value is, in words, for messages: `'relu'`, `[1, 2]`, `a list of 9 values`, `an object 'Policy'`.
    public var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .double(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
        case .string(let value): "'\(Self.shortened(value))'"
        case .array(let values):
            values.count <= 8
                ? Self.shortened("[\(values.map(\.summary).joined(separator: ", "))]")
                : "a list of \(values.count) values"
        case .object: (self["class_name"]?.stringValue).map { "an object '\(Self.shortened($0))'" } ?? "an object"
        }
    }

    /// As much of a text as a message needs.
    private static func shortened(_ text: String) -> String {
        text.shortened(to: 100, beyond: 400)
    }
}
