internal import LayerKit

extension Transposition {
    static var kerasImports: [ImportRule] {
        [
            ImportRule(.keras, "Permute") { site throws(LayerError) in
                try site.expectAttributes("dims")
                // Counted from 1, the batch being 0.
                return Transposition((try site.integers("dims") ?? []).map { $0 &- 1 })
            }
        ]
    }
}
