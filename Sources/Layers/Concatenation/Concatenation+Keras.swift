internal import LayerKit

extension Concatenation {
    static var kerasImports: [ImportRule] {
        ["Concatenate", "ops.Concatenate"].map { op in
            ImportRule(.keras, op, inputs: 1...4096) { site throws(LayerError) in
                try site.expectAttributes("axis")
                return Concatenation(axis: try site.axes("axis", default: [-1]).first ?? 0)
            }
        }
    }
}
