internal import LayerKit

extension Reduction {
    static var kerasImports: [ImportRule] {
        let pooling: [ImportRule] = [
            (1, Kind.maximum), (2, .maximum), (3, .maximum), (1, .mean), (2, .mean), (3, .mean),
        ].map { rank, kind in
            let op = "Global" + (kind == .maximum ? "Max" : "Average") + "Pooling\(rank)D"
            return ImportRule(.keras, op) { site throws(LayerError) in
                try site.expectAttributes("data_format", "keepdims")
                try site.expectChannelsLast()
                return Reduction(
                    kind, axes: Array(0..<rank), keepsAxes: try site.flag("keepdims", default: false))
            }
        }
        let functions: [(String, Kind)] = [
            ("Mean", .mean), ("Sum", .sum), ("Prod", .product), ("Max", .maximum), ("Min", .minimum),
        ]
        return pooling
            + functions.map { op, kind in
                ImportRule(.keras, "ops.\(op)") { site throws(LayerError) in
                    try site.expectAttributes("axis", "keepdims")
                    return Reduction(
                        kind, axes: try site.axes("axis", default: []),
                        keepsAxes: try site.flag("keepdims", default: false))
                }
            }
    }
}
