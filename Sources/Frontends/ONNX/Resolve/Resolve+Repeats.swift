internal import Basics
internal import LayerKit

/// A tensor several times along its axes.
extension ONNXCall {
    mutating func resolveExpand() throws(LayerError) {
        let x = try operand(0)
        guard let wanted = try integers(1, "shape") else { throw LayerError("Expand without a shape") }
        let rank = max(wanted.count, x.shape.count)
        let from = [Int](repeating: 1, count: rank - x.shape.count) + x.shape
        let to = [Int](repeating: 1, count: rank - wanted.count) + wanted
        guard zip(from, to).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 || ($0 == Batch.size && $1 > 0) }) else {
            throw LayerError("a tensor of \(Batch.text(x.shape)) cannot get \(Batch.text(wanted))", attribute: "shape")
        }
        // Along the samples everything is the same anyway.
        let repeats = zip(from, to).map { size, wanted in
            size == 1 && wanted > 1 && !Batch.isPart(of: wanted) ? wanted : 1
        }
        try giveRepeated(x, from, repeats)
    }

    mutating func resolveTile() throws(LayerError) {
        let x = try operand(0)
        guard let repeats = try integers(1, "repeats"), repeats.count == x.shape.count,
            repeats.allSatisfy({ (1...InputLimit.tensor.elements).contains($0) })
        else { throw LayerError("'repeats' of Tile do not fit its input", attribute: "repeats") }
        try giveRepeated(x, x.shape, repeats.map { Batch.isPart(of: $0) ? 1 : $0 })
    }

    /// A tensor under a shape with axes of one element added in front, and then several times along axes.
    private mutating func giveRepeated(_ x: Operand, _ shape: Shape, _ repeats: [Int]) throws(LayerError) {
        var x = x
        if shape != x.shape { x = emit(.reshape, "shaped", [x], shape, attributes: ["shape": .integers(shape)]) }
        for axis in shape.indices where repeats[axis] > 1 {
            guard !Batch.isPart(of: x.shape[axis]) else {
                throw LayerError("it computes over the samples", attribute: "repeats")
            }
            var wider = x.shape
            wider[axis] = Count.times(wider[axis], repeats[axis])
            guard let count = Count.elements(wider.filter { !Batch.isPart(of: $0) }),
                count <= InputLimit.tensor.elements
            else { throw LayerError("a tensor of \(Batch.text(wider)) is too large") }
            let places = (0..<wider[axis]).map { $0 % x.shape[axis] }
            x = emit(
                .gather, "axis\(axis)", [x], wider, attributes: ["axis": .int(axis), "indices": .integers(places)])
        }
        give(.identity, [x], x.shape)
    }
}
