internal import LayerKit
internal import Layers

/// What the rooms of the catalogue read, by format and op.
enum ImportRules {
    /// The ops of a format that are read, in the order of the catalogue, and then those that expand to them.
    static func ops(of format: ImportFormat) -> [String] {
        let read = Catalog.rules.filter { $0.key.format == format }.map(\.key.op)
        let expanded = ImportExpansion.all.filter { $0.format == format }.flatMap { $0.ops.sorted() }
        return read + expanded.filter { Catalog.rule(ImportKey(format, $0)) == nil }
    }
}

extension ImportFormat {
    /// Why an op is not read, in the words of its format.
    func refusal(of op: String) -> LayerError {
        switch self {
        case .keras: KerasRefusal.unknown(op, known: ImportRules.ops(of: self))
        case .onnx: ONNXRefusal.unknown(op)
        }
    }
}
