internal import Arrays
internal import Basics
internal import LayerKit

/// Elements chosen, or replaced, at places that are constants.
extension ONNXCall {
    /// Rows at several indices each: those of one axis that stands for all axes of the indices.
    mutating func resolveGatherND() throws(LayerError) {
        let x = try operand(0)
        let (places, front, lead) = try places(of: x, batch: try integer("batch_dims") ?? 0)
        let rest = Array(x.shape.dropFirst(lead))
        let flat = reshaped(x, [x.shape.prefix(lead).elementCount] + rest, "flat")
        let rows = emit(
            .gather, "rows", [flat], [places.count] + rest,
            attributes: ["axis": .int(0), "indices": .integers(places)])
        give(.reshape, [rows], front + rest, attributes: ["shape": .integers(front + rest)])
    }

    /// The last update of a place is what is there, everything else stays.
    mutating func resolveScatterND() throws(LayerError) {
        let x = try operand(0), updates = try operand(2)
        let (places, front, lead) = try places(of: x, batch: 0)
        let rest = Array(x.shape.dropFirst(lead)), size = x.shape.prefix(lead).elementCount
        try expectReplacing()
        guard updates.shape.count == front.count + rest.count, Array(updates.shape.prefix(front.count)) == front else {
            throw LayerError("updates of \(Batch.text(updates.shape)) for \(front) places", attribute: "updates")
        }
        let flat = reshaped(x, [size] + rest, "flat")
        let news = reshaped(updates, [places.count] + updates.shape.dropFirst(front.count), "news")
        try giveReplaced(flat, news, 0, places, x.shape)
    }

    /// Indices along one axis that are the same all along the others.
    mutating func resolveElements() throws(LayerError) {
        let x = try operand(0), at = try axis(try integer("axis") ?? 0, of: x.shape.count), size = x.shape[at]
        let indices = try required(1, "indices").load(), steps = Strides.steps(of: indices.shape)
        guard indices.shape.count == x.shape.count, indices.count > 0, size != Batch.size else {
            throw LayerError("indices of shape \(indices.shape) for \(Batch.text(x.shape))", attribute: "indices")
        }
        let values = (try integers(1, "indices") ?? []).map { $0 < 0 ? $0 + size : $0 }
        let along = (0..<indices.shape[at]).map { values[$0 * steps[at]] }
        let isWhole = x.shape.indices.allSatisfy {
            $0 == at || indices.shape[$0] == x.shape[$0] || (x.shape[$0] == Batch.size && indices.shape[$0] == 1)
        }
        guard isWhole, values.allSatisfy((0..<size).contains),
            values.indices.allSatisfy({ values[$0] == along[$0 / steps[at] % indices.shape[at]] })
        else {
            throw LayerError(
                "indices that are different along axes other than \(at) are not supported", attribute: "indices")
        }
        guard op == .scatterElements else {
            var shape = x.shape
            shape[at] = along.count
            return give(.gather, [x], shape, attributes: ["axis": .int(at), "indices": .integers(along)])
        }
        try expectReplacing()
        try giveReplaced(x, try operand(2), at, along, x.shape)
    }

    private func expectReplacing() throws(LayerError) {
        let reduction = try text("reduction", default: "none")
        guard reduction == "none" else { throw unsupported("reduction", reduction, help: "none is") }
    }

    /// A tensor with news in place of some elements along an axis, under a shape.
    private mutating func giveReplaced(
        _ x: Operand, _ news: Operand, _ at: Int, _ places: [Int], _ shape: Shape
    ) throws(LayerError) {
        let size = x.shape[at]
        guard news.shape.count == x.shape.count, news.shape[at] == places.count else {
            throw LayerError("updates of \(Batch.text(news.shape)) for \(places.count) places", attribute: "updates")
        }
        var sources = Array(0..<size)
        for (index, place) in places.enumerated() { sources[place] = size + index }
        let both = try emitJoined([x, news], at)
        let replaced = emit(
            .gather, "replaced", [both], x.shape, attributes: ["axis": .int(at), "indices": .integers(sources)])
        give(.reshape, [replaced], shape, attributes: ["shape": .integers(shape)])
    }

    /// A constant stays one.
    private mutating func reshaped(_ x: Operand, _ shape: Shape, _ part: String) -> Operand {
        guard shape != x.shape else { return x }
        if let loaded = try? x.constant?.load().reshaped(shape) { return constant(part, loaded) }
        return emit(.reshape, part, [x], shape, attributes: ["shape": .integers(shape)])
    }

    /// Places along the leading axes as if they were one, what axes the indices have, and how many are led through.
    private func places(
        of x: Operand, batch: Int
    ) throws(LayerError) -> (places: [Int], front: Shape, lead: Int) {
        guard batch == 0 else { throw unsupported("batch_dims", batch, help: "0 is") }
        let indices = try required(1, "indices").load()
        guard let lead = indices.shape.last, lead > 0, lead <= x.shape.count, indices.count > 0 else {
            throw LayerError("indices of shape \(indices.shape) for \(Batch.text(x.shape))", attribute: "indices")
        }
        guard !x.shape.prefix(lead).contains(where: Batch.isPart) else {
            throw LayerError("it chooses among samples", attribute: "indices")
        }
        let steps = Strides.steps(of: Array(x.shape.prefix(lead)))
        let values = try integers(1, "indices") ?? []
        var places: [Int] = []
        for row in 0..<values.count / lead {
            var place = 0
            for axis in 0..<lead {
                let stated = values[row * lead + axis], index = stated < 0 ? stated + x.shape[axis] : stated
                guard (0..<x.shape[axis]).contains(index) else {
                    throw LayerError("index \(stated) is no place of axis \(axis)", attribute: "indices")
                }
                place += index * steps[axis]
            }
            places.append(place)
        }
        return (places, Array(indices.shape.dropLast()), lead)
    }
}
