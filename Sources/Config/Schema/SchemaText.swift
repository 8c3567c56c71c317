internal import Basics
internal import FixedPoint
internal import Options

extension ProjectFile {
    /// The JSON Schema (draft 2020-12) of hlsbuild's project file, for editors: made from the declarations that the
    /// parser reads by, the same bytes every time.
    public static func schema() -> String {
        var writer = SchemaWriter()
        let root = writer.object(ProjectFields.all.map(\.property))
        var members: [JSONValue.Member] = [
            JSONValue.Member("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            JSONValue.Member("title", .string("hlsbuild project file")),
        ]
        if case .object(let entries) = root { members += entries }
        members.append(
            JSONValue.Member("$defs", .object(writer.definitions.map { JSONValue.Member($0.name, $0.json) })))
        return JSONValue.object(members).pretty + "\n"
    }
}

/// Makes schemas of shapes; a shape that stands at several places is written once, under `$defs`.
struct SchemaWriter {
    private(set) var definitions: [(name: String, json: JSONValue)] = []

    mutating func object(_ properties: [Shape.Property]) -> JSONValue {
        var members: [JSONValue.Member] = []
        for property in properties {
            var entries: [JSONValue.Member] = []
            if case .object(let inner) = schema(property.shape) { entries = inner }
            entries.insert(JSONValue.Member("description", .string(property.doc)), at: 0)
            if let standard = property.standard {
                entries.append(JSONValue.Member("default", Self.standard(standard, property.shape)))
            }
            members.append(JSONValue.Member(property.name, .object(entries)))
        }
        var result: [JSONValue.Member] = [
            JSONValue.Member("type", .string("object")), JSONValue.Member("properties", .object(members)),
        ]
        let required = properties.filter(\.required).map { JSONValue.string($0.name) }
        if !required.isEmpty { result.append(JSONValue.Member("required", .array(required))) }
        result.append(JSONValue.Member("additionalProperties", .bool(false)))
        return .object(result)
    }

    private mutating func schema(_ shape: Shape) -> JSONValue {
        if let name = Self.names[shape] { return reference(name, shape) }
        return written(shape)
    }

    private mutating func reference(_ name: String, _ shape: Shape) -> JSONValue {
        if !definitions.contains(where: { $0.name == name }) {
            definitions.append((name, .null))
            let json = written(shape)
            if let index = definitions.firstIndex(where: { $0.name == name }) { definitions[index].json = json }
        }
        return .object([JSONValue.Member("$ref", .string("#/$defs/\(name)"))])
    }

    private mutating func written(_ shape: Shape) -> JSONValue {
        switch shape {
        case .text(nil):
            return .object([JSONValue.Member("type", .string("string")), JSONValue.Member("minLength", .int(1))])
        case .text(.some(let pattern)):
            return .object([JSONValue.Member("type", .string("string")), JSONValue.Member("pattern", .string(pattern))])
        case .choice(let words):
            // An editor proposes the words; capitals make no other word.
            let listed = JSONValue.object([JSONValue.Member("enum", .array(words.map { .string($0) }))])
            let anyCase = "^(" + words.map(Shape.inAnyCase).joined(separator: "|") + ")$"
            return .object([
                JSONValue.Member(
                    "anyOf",
                    .array([
                        listed,
                        .object([
                            JSONValue.Member("type", .string("string")), JSONValue.Member("pattern", .string(anyCase)),
                        ]),
                    ]))
            ])
        case .whole(let min, let max):
            let top: [JSONValue.Member] = max.map { [JSONValue.Member("maximum", .int($0))] } ?? []
            return .object(
                [JSONValue.Member("type", .string("integer")), JSONValue.Member("minimum", .int(min))] + top)
        case .number: return .object([JSONValue.Member("type", .string("number"))])
        case .boolean: return .object([JSONValue.Member("type", .string("boolean"))])
        case .list(let element):
            return .object([
                JSONValue.Member("type", .string("array")), JSONValue.Member("items", schema(element)),
                JSONValue.Member("minItems", .int(1)),
            ])
        case .either(let shapes): return .object([JSONValue.Member("anyOf", .array(shapes.map { schema($0) }))])
        case .object(let properties): return object(properties)
        case .named(let element):
            return .object([
                JSONValue.Member("type", .string("object")), JSONValue.Member("additionalProperties", schema(element)),
            ])
        case .anything: return .object([])
        }
    }

    /// The default as the kind of value that the shape describes.
    private static func standard(_ text: String, _ shape: Shape) -> JSONValue {
        switch shape {
        case .whole, .number, .boolean: (try? JSONValue(parsing: Array(text.utf8), name: "")) ?? .string(text)
        case .text, .choice, .list, .either, .object, .named, .anything: .string(text)
        }
    }

    /// Shapes with a name of their own.
    private static let names: [Shape: String] = [
        Kind<FixedType>.type.shape: "type",
        Kind<PrecisionChoice>.precision.shape: "type_or_auto",
        Kind<PrecisionDraft>.precisions(maximum: false).shape: "precision",
        LayerFields.layerKind.shape: "layer",
    ]
}
