import Basics
import BuildReports

extension ModelRow {
    /// Layers in columns: name, kind, shape, parameters, types, and what each reads where that is not the layer before.
    static func table(_ rows: [ModelRow]) -> TextTable {
        let cells = rows.enumerated().map { index, row in
            let before = index > 0 ? [rows[index - 1].name] : []
            return [
                row.name, row.kind, row.shapes.map(shapeText).joined(separator: ", "),
                row.parameters > 0 ? String(row.parameters) : "", row.weight ?? "", row.result ?? "",
                row.inputs == before ? "" : row.inputs.joined(separator: ", "),
            ]
        }
        return TextTable(
            header: ["layer", "kind", "shape", "parameters", "weight", "result", "reads"], rows: cells)
    }

    /// `28x28x1`; a scalar is `1`.
    static func shapeText(_ shape: [Int]) -> String {
        shape.isEmpty ? "1" : shape.map(String.init).joined(separator: "x")
    }

    var json: JSONValue {
        .object([
            "name": .string(name), "kind": .string(kind), "inputs": .array(inputs.map(JSONValue.string)),
            "shapes": .array(shapes.map { .array($0.map(JSONValue.int)) }), "parameters": .int(parameters),
            "weight": weight.map(JSONValue.string) ?? .null, "result": result.map(JSONValue.string) ?? .null,
        ])
    }
}
