internal import FixedPoint
internal import Options

extension ProjectFile {
    /// The JSON Schema (draft 2020-12) of hlsbuild's project file, for editors: made from the declarations that the
    /// parser reads by, the same bytes every time.
    public static func schema() -> String {
        var writer = SchemaWriter()
        let root = writer.object(ProjectFields.all.map(\.property))
        var members: [(String, JSON)] = [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text("hlsbuild project file")),
        ]
        if case .object(let entries) = root { members += entries }
        members.append(("$defs", .object(writer.definitions.map { ($0.name, $0.json) })))
        return JSON.object(members).rendered() + "\n"
    }
}

/// Makes schemas of shapes; a shape that stands at several places is written once, under `$defs`.
struct SchemaWriter {
    private(set) var definitions: [(name: String, json: JSON)] = []

    mutating func object(_ properties: [Shape.Property]) -> JSON {
        var members: [(String, JSON)] = []
        for property in properties {
            var entries: [(String, JSON)] = []
            if case .object(let inner) = schema(property.shape) { entries = inner }
            entries.insert(("description", .text(property.doc)), at: 0)
            if let standard = property.standard { entries.append(("default", Self.standard(standard, property.shape))) }
            members.append((property.name, .object(entries)))
        }
        var result: [(String, JSON)] = [("type", .text("object")), ("properties", .object(members))]
        let required = properties.filter(\.required).map { JSON.text($0.name) }
        if !required.isEmpty { result.append(("required", .array(required))) }
        result.append(("additionalProperties", .raw("false")))
        return .object(result)
    }

    private mutating func schema(_ shape: Shape) -> JSON {
        if let name = Self.names[shape] { return reference(name, shape) }
        return written(shape)
    }

    private mutating func reference(_ name: String, _ shape: Shape) -> JSON {
        if !definitions.contains(where: { $0.name == name }) {
            definitions.append((name, .raw("null")))
            let json = written(shape)
            if let index = definitions.firstIndex(where: { $0.name == name }) { definitions[index].json = json }
        }
        return .object([("$ref", .text("#/$defs/\(name)"))])
    }

    private mutating func written(_ shape: Shape) -> JSON {
        switch shape {
        case .text(nil): return .object([("type", .text("string")), ("minLength", .raw("1"))])
        case .text(.some(let pattern)): return .object([("type", .text("string")), ("pattern", .text(pattern))])
        case .choice(let words): return .object([("enum", .array(words.map { .text($0) }))])
        case .whole(let min, let max):
            let top: [(String, JSON)] = max.map { [("maximum", .raw("\($0)"))] } ?? []
            return .object([("type", .text("integer")), ("minimum", .raw("\(min)"))] + top)
        case .number: return .object([("type", .text("number"))])
        case .boolean: return .object([("type", .text("boolean"))])
        case .list(let element):
            return .object([("type", .text("array")), ("items", schema(element)), ("minItems", .raw("1"))])
        case .either(let shapes): return .object([("anyOf", .array(shapes.map { schema($0) }))])
        case .object(let properties): return object(properties)
        case .named(let element):
            return .object([("type", .text("object")), ("additionalProperties", schema(element))])
        case .anything: return .object([])
        }
    }

    /// The default as the kind of value that the shape describes.
    private static func standard(_ text: String, _ shape: Shape) -> JSON {
        switch shape {
        case .whole, .number, .boolean: .raw(text)
        case .text, .choice, .list, .either, .object, .named, .anything: .text(text)
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
