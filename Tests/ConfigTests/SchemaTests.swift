import Basics
import Config
import Testing

/// The schema is read with the product's own YAML reader (JSON is YAML) and applied by a small validator: what the
/// parser accepts the schema must accept, and the other way round.
@Suite struct SchemaTests {
    private let schema: Node

    init() throws { schema = try YAML.parse(Array(ProjectFile.schema().utf8), file: "schema") }

    private func accepts(_ text: String) throws -> Bool {
        try SchemaValidator(root: schema).accepts(try YAML.parse(Array(text.utf8), file: "p.yml"), schema)
    }

    @Test func itIsTheSameEveryTime() {
        #expect(ProjectFile.schema() == ProjectFile.schema())
        #expect(ProjectFile.schema().hasPrefix("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"))
        #expect(ProjectFile.schema().hasSuffix("\n}\n"))
    }

    @Test func everyKeyIsDescribed() {
        func check(_ node: Node) {
            for entry in node["properties"]?.entries ?? [] {
                #expect(entry.value["description"]?.text?.isEmpty == false, "\(entry.key.text ?? "")")
            }
            for entry in node.entries ?? [] { check(entry.value) }
            for item in node.items ?? [] { check(item) }
        }
        check(schema)
        #expect(schema["required"]?.items?.map(\.text) == ["project", "model", "part"])
    }

    @Test(arguments: [
        goodProject, minimal(""), minimal("clock: 200 MHz\nprecision: auto"),
        minimal("model: {architecture: a.json, weights: b.h5}").split(separator: "\n").filter { $0 != "model: m.h5" }
            .joined(separator: "\n"),
        minimal("data: {input: x.npy, expected: [a, b], tolerance: 0.5}"),
        minimal("precision: ap_ufixed<8, 2, AP_RND>"),
        minimal("strategy: Latency\nio: STREAM\nbackend: Vitis\nprecision: Auto\ncompat: Native"),
        minimal("clock: 5 NS\ndata: {input: a, expected: b, tolerance: Exact}"),
        minimal("clock: 200 mhz\nexpect: {latency: '<= 1 cycle', power: '<= 3 w', interval: '<= 9 Cycles'}"),
        minimal("skip: true\nexpect: {lut: '<= 50 %', power: '<= 3 W', slack: '>= 0'}"),
    ])
    func whatIsRightIsAccepted(text: String) throws {
        #expect(said(about: text) == "")
        #expect(try accepts(text))
    }

    @Test(arguments: [
        "reuse: 0", "reuse: four", "reuze: 1", "io: serial", "layers: {a: {reuze: 1}}", "layers: [a]", "clock: 5",
        "clock: {uncertainty: 10%}", "precision: fixd<3>", "precision: {wieght: auto}", "data: {tolerance: near}",
        "expect: {dsp: many}", "expect: {dps: 3}", "skip: 1", "part: 'x y'",
    ])
    func whatIsWrongIsRefused(line: String) throws {
        #expect(said(about: minimal(line)).contains("error: "))
        let text = line.hasPrefix("part") ? "project: p\nmodel: m\n\(line)\n" : minimal(line)
        #expect(try !accepts(text))
    }
}

/// As much of JSON Schema as the product's schema uses.
private struct SchemaValidator {
    var root: Node

    func accepts(_ value: Node, _ schema: Node) throws -> Bool {
        if let name = schema["$ref"]?.text?.split(separator: "/").last, let target = root["$defs"]?[String(name)] {
            return try accepts(value, target)
        }
        if let choices = schema["anyOf"]?.items {
            guard try choices.contains(where: { try accepts(value, $0) }) else { return false }
        }
        if let words = schema["enum"]?.items, !words.contains(where: { $0.text == value.text }) { return false }
        if let type = schema["type"]?.text, !isOf(type, value) { return false }
        if let text = schema["pattern"]?.text, let written = value.text {
            guard try Regex(text).firstMatch(in: written) != nil else { return false }
        }
        if let text = schema["minimum"]?.text, let least = Ratio(decimal: text) {
            guard let number = value.plainText.flatMap({ Ratio(decimal: $0) }), number >= least else { return false }
        }
        if let items = schema["items"], let elements = value.items {
            guard try elements.allSatisfy({ try accepts($0, items) }) else { return false }
        }
        return try acceptsMembers(value, schema)
    }

    private func acceptsMembers(_ value: Node, _ schema: Node) throws -> Bool {
        guard let entries = value.entries else { return true }
        for name in schema["required"]?.items ?? [] where value[name.text ?? ""] == nil { return false }
        for entry in entries {
            if let member = schema["properties"]?[entry.key.text ?? ""] {
                guard try accepts(entry.value, member) else { return false }
            } else if let other = schema["additionalProperties"] {
                if other.text == "false" { return false }
                guard try accepts(entry.value, other) else { return false }
            }
        }
        return true
    }

    private func isOf(_ type: String, _ value: Node) -> Bool {
        let number = value.plainText.flatMap { Ratio(decimal: $0) }
        switch type {
        case "object": return value.entries != nil
        case "array": return value.items != nil
        case "integer": return number?.denominator == 1
        case "number": return number != nil
        case "boolean": return value.plainText == "true" || value.plainText == "false"
        default: return value.text != nil && number == nil && value.plainText != "true"
        }
    }
}
