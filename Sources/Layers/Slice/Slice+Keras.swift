internal import LayerKit

extension Slice {
    static var kerasImports: [ImportRule] {
        let cropping = [1, 2, 3].map { rank in
            ImportRule(.keras, "Cropping\(rank)D") { site throws(LayerError) in
                try site.expectAttributes("cropping", "data_format")
                try site.expectChannelsLast()
                let margins = try site.kerasMargins("cropping", rank)
                guard let shape = site.input, shape.count == rank + 1 else {
                    return Slice(begins: [], steps: [], counts: [])
                }
                let counts = zip(shape, margins).map { $0 - $1.before - $1.after }
                guard counts.allSatisfy({ $0 > 0 }) else {
                    throw LayerError("nothing is left of an input of shape \(shape)", attribute: "cropping")
                }
                return Slice(
                    begins: margins.map(\.before) + [0], steps: shape.map { _ in 1 }, counts: counts + shape.suffix(1))
            }
        }
        return cropping
            + [
                ImportRule(.keras, "ops.Flip") { site throws(LayerError) in
                    try site.expectAttributes("axis")
                    let shape = site.input ?? []
                    let axes = try site.axes("axis", default: Array(1..<shape.count + 1))
                    return Slice(
                        begins: shape.indices.map { axes.contains($0) ? shape[$0] - 1 : 0 },
                        steps: shape.indices.map { axes.contains($0) ? -1 : 1 }, counts: shape)
                }
            ]
    }
}
