internal import FixedPoint
internal import Options

extension ProjectFile {
    /// The JSON Schema (draft 2020-12) of hlsbuild's project file, for editors: made from the declarations that the
    /// parser reads by, the same bytes every time.
    public static func schema() -> String {
        var writer = SchemaWriter()
        let root = writer.object(ProjectFields.all.map(\.property))
        var members: [JSON.Member] = [
            JSON.Member("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            JSON.Member("title", .text("hlsbuild project file")),
        ]
        if case .object(let entries) = root { members += entries }
        members.append(JSON.Member("$defs", .object(writer.definitions.map { JSON.Member($0.name, $0.json) })))
        return JSON.object(members).rendered() + "\n"
    }
}

/// Makes schemas of shapes; a shape that stands at several places is written once, under `$defs`.
struct SchemaWriter {
    private(set) var definitions: [(name: String, json: JSON)] = []

    mutating func object(_ properties: [Shape.Property]) -> JSON {
        var members: [JSON.Member] = []
        for property in properties {
            var entries: [JSON.Member] = []
            if case .object(let inner) = schema(property.shape) { entries = inner }
            entries.insert(JSON.Member("description", .text(property.doc)), at: 0)
            if let standard = property.standard {
                entries.append(JSON.Member("default", Self.standard(standard, property.shape)))
            }
            members.append(JSON.Member(property.name, .object(entries)))
        }
        var result: [JSON.Member] = [JSON.Member("type", .text("object")), JSON.Member("properties", .object(members))]
        let required = properties.filter(\.required).map { JSON.text($0.name) }
        if !required.isEmpty { result.append(JSON.Member("required", .array(required))) }
        result.append(JSON.Member("additionalProperties", .raw("false")))
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
        return .object([JSON.Member("$ref", .text("#/$defs/\(name)"))])
    }

    private mutating func written(_ shape: Shape) -> JSON {
        switch shape {
        case .text(nil): return .object([JSON.Member("type", .text("string")), JSON.Member("minLength", .raw("1"))])
        case .text(.some(let pattern)):
            return .object([JSON.Member("type", .text("string")), JSON.Member("pattern", .text(pattern))])
        case .choice(let words): return .object([JSON.Member("enum", .array(words.map { .text($0) }))])
        case .whole(let min, let max):
            let top: [JSON.Member] = max.map { [JSON.Member("maximum", .raw("\($0)"))] } ?? []
            return .object([JSON.Member("type", .text("integer")), JSON.Member("minimum", .raw("\(min)"))] + top)
        case .number: return .object([JSON.Member("type", .text("number"))])
        case .boolean: return .object([JSON.Member("type", .text("boolean"))])
        case .list(let element):
            return .object([
                JSON.Member("type", .text("array")), JSON.Member("items", schema(element)),
                JSON.Member("minItems", .raw("1")),
            ])
        case .either(let shapes): return .object([JSON.Member("anyOf", .array(shapes.map { schema($0) }))])
        case .object(let properties): return object(properties)
        case .named(let element):
            return .object([JSON.Member("type", .text("object")), JSON.Member("additionalProperties", schema(element))])
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
