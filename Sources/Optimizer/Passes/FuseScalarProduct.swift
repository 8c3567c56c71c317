import LayerKit
import Layers
import Options

extension Pass {
    /// before: `multiply(a, b) -> sum over axes`; after: one einsum of a and b, where nothing else reads the products and
    /// no type is stated for them. Nothing is rounded in between, and no tensor of products exists.
    static let fuseScalarProduct = Pass("fuse-scalar-product") { model, options in
        model.rewritten { model, node in
            guard let sum = node.layer.as(Reduction.self), sum.kind == .sum, let tensor = node.inputs.first,
                let product = model[tensor.node], product.layer.as(Merge.self)?.kind == .multiply,
                product.inputs.count == 2, model.useCount(of: tensor) == 1, options.leavesProducts(of: product)
            else { return model }
            let shapes = product.inputs.map { model.shape(of: $0) }
            guard shapes[0] == shapes[1], shapes[0].count <= 26 else { return model }
            func letters(_ axes: [Int]) -> String {
                String(decoding: axes.map { UInt8(ascii: "a") + UInt8($0) }, as: UTF8.self)
            }
            let all = letters(Array(shapes[0].indices))
            let kept = letters(shapes[0].indices.filter { !sum.axes.contains($0) })
            return model.replacing(node.name, by: Einsum("\(all),\(all)->\(kept)"))
                .rewiring(node.name, to: product.inputs).dropping(product.name)
        }
    }
}

extension OptionTable {
    /// Whether no type is stated for what a layer gives, by its own name.
    fileprivate func leavesProducts(of node: Model.Node) -> Bool {
        precision(exactly: .result, layer: node.name, type: node.layer.definition.typeName) == nil
    }
}
