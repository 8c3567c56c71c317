internal import LayerKit

extension Merge {
    /// Classes `Add`, `Subtract`, ... and the functions of the same names.
    static var kerasImports: [ImportRule] {
        let many: [(String, Kind)] = [
            ("Add", .add), ("Multiply", .multiply), ("Average", .average), ("Maximum", .maximum), ("Minimum", .minimum),
        ]
        let two: [(String, Kind)] = [
            ("Subtract", .subtract), ("ops.Add", .add), ("ops.Subtract", .subtract), ("ops.Multiply", .multiply),
            ("ops.Divide", .divide), ("ops.TrueDivide", .divide), ("ops.Maximum", .maximum), ("ops.Minimum", .minimum),
        ]
        // More tensors than layers can be does no network have.
        return many.map { rule($0, $1, 1...4096) } + two.map { rule($0, $1, 2...2) }
    }

    private static func rule(_ op: String, _ kind: Kind, _ inputs: ClosedRange<Int>) -> ImportRule {
        ImportRule(.keras, op, inputs: inputs) { site throws(LayerError) in
            try site.expectAttributes()
            return Merge(kind)
        }
    }
}
