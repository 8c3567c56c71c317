internal import Arrays
internal import Basics
internal import LayerKit

/// Operators that give the same elements in another order or number.
extension ONNXCall {
    /// Adds the node with the output of a reshape.
    private mutating func giveReshaped(_ x: Operand, _ shape: Shape) throws(LayerError) {
        var shape = shape
        // A model that was exported for one sample may put all axes into one.
        if x.shape.first == Batch.size, shape.count > 1, shape[0] == 1, Batch.isPart(of: shape[1]) {
            shape[0] = Batch.size
            shape[1] /= Batch.size
        }
        guard Count.elements(shape) == Count.elements(x.shape) else {
            throw LayerError("a tensor of shape \(Batch.text(x.shape)) cannot get the shape \(Batch.text(shape))")
        }
        give(.reshape, [x], shape, attributes: ["shape": .integers(shape)])
    }

    mutating func resolveReshape() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        switch op {
        case .flatten:
            let split = try integer("axis") ?? 1
            let at = split == rank ? rank : try axis(split, of: rank)
            try giveReshaped(x, [x.shape[..<at].elementCount, x.shape[at...].elementCount])
        case .squeeze:
            let stated = try integers(1, "axes")
            let axes = try (stated ?? x.shape.indices.filter { x.shape[$0] == 1 })
                .map { a throws(LayerError) in try axis(a, of: rank, "axes") }
            guard axes.allSatisfy({ x.shape[$0] == 1 }) else {
                throw LayerError("axes \(axes) of \(Batch.text(x.shape)) are not all of one element", attribute: "axes")
            }
            try giveReshaped(x, x.shape.indices.filter { !axes.contains($0) }.map { x.shape[$0] })
        case .unsqueeze:
            let stated = try integers(1, "axes") ?? []
            let axes = try stated.map { a throws(LayerError) in try axis(a, of: rank + stated.count, "axes") }
            guard Set(axes).count == axes.count else {
                throw LayerError("axes \(stated) name one twice", attribute: "axes")
            }
            var rest = x.shape[...]
            try giveReshaped(x, (0..<rank + axes.count).map { axes.contains($0) ? 1 : rest.removeFirst() })
        default:
            try giveReshaped(
                x,
                try ReshapeTarget(from: x.shape, isConstant: x.constant != nil).shape(
                    try integers(1, "shape") ?? [], keepsZero: try flag("allowzero")))
        }
    }

    mutating func resolveTranspose() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        let order = try integers("perm") ?? Array((0..<rank).reversed())
        guard order.sorted() == Array(0..<rank) else {
            throw LayerError("perm \(order) is no order of \(rank) axes", attribute: "perm")
        }
        give(.transpose, [x], order.map { x.shape[$0] }, attributes: ["perm": .integers(order)])
    }

    mutating func resolveSlice() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        guard let starts = try integers(1, "starts"), let ends = try integers(2, "ends") else {
            throw LayerError("Slice without starts and ends", attribute: "starts")
        }
        let axes = try integers(3, "axes") ?? Array(starts.indices)
        let steps = try integers(4, "steps") ?? starts.map { _ in 1 }
        guard ends.count == starts.count, axes.count == starts.count, steps.count == starts.count,
            steps.allSatisfy({ $0 != 0 && $0 > Int.min })
        else { throw LayerError("starts, ends, axes and steps of Slice do not belong together", attribute: "starts") }
        var cut = Cut(whole: x.shape)
        for (index, stated) in axes.enumerated() {
            let axis = try axis(stated, of: rank, "axes"), size = x.shape[axis], step = steps[index]
            let low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1
            func place(_ at: Int) -> Int { max(low, min(high, at < 0 ? Count.plus(max(at, -size - 1), size) : at)) }
            let begin = place(starts[index]), end = place(ends[index])
            cut.begins[axis] = begin
            cut.steps[axis] = step
            cut.counts[axis] = max(0, step > 0 ? Count.ratio(end - begin, step) : Count.ratio(begin - end, -step))
        }
        try give(cut, of: x)
    }

    /// Some of the elements along each axis.
    struct Cut {
        var begins: [Int]
        var steps: [Int]
        var counts: [Int]

        init(whole shape: Shape) {
            begins = shape.map { _ in 0 }
            steps = shape.map { _ in 1 }
            counts = shape
        }
    }

    private mutating func give(_ cut: Cut, of x: Operand, output: Int = 0) throws(LayerError) {
        guard x.constant != nil || !cut.counts.contains(0) else {
            throw LayerError("nothing is left of a tensor of shape \(Batch.text(x.shape))", attribute: "starts")
        }
        give(
            .slice, [x], cut.counts,
            attributes: [
                "starts": .integers(cut.begins), "steps": .integers(cut.steps), "counts": .integers(cut.counts),
            ], output: output)
    }

    mutating func resolveSplit() throws(LayerError) {
        let x = try operand(0), at = try axis(try integer("axis") ?? 0, of: x.shape.count)
        let parts = try integer("num_outputs") ?? node.outputs.count
        guard (1...InputLimit.network.elements).contains(parts) else { throw unsupported("num_outputs", parts) }
        // The last part may be smaller.
        let even = Count.ratio(x.shape[at], parts)
        let sizes =
            try integers(1, "split")
            ?? (0..<parts).map { min(even, x.shape[at] - $0 * even) }
        guard sizes.allSatisfy({ $0 > 0 && $0 <= x.shape[at] }), sizes.reduce(0, +) == x.shape[at],
            node.outputs.count <= sizes.count
        else {
            throw LayerError("parts of \(sizes) are not the \(x.shape[at]) elements of axis \(at)", attribute: "split")
        }
        var begin = 0
        for (index, size) in sizes.enumerated() {
            var cut = Cut(whole: x.shape)
            cut.begins[at] = begin
            cut.counts[at] = size
            try give(cut, of: x, output: index)
            begin += size
        }
    }

    /// A single index takes its axis away.
    mutating func resolveGather() throws(LayerError) {
        let x = try operand(0), at = try axis(try integer("axis") ?? 0, of: x.shape.count)
        let places = try operand(1)
        if let table = x.constant, places.constant == nil {
            guard table.shape.count == 2, at == 0 else {
                throw LayerError(
                    "a choice of trained numbers by what enters the network, but for rows of a table, is not supported",
                    attribute: "indices")
            }
            return give(.embedding, [places], places.shape + [table.shape[1]], tensors: ["table": table])
        }
        let size = x.shape[at], stated = places.shape
        let indices = (try integers(1, "indices") ?? []).map { $0 < 0 ? Count.plus($0, size) : $0 }
        guard !indices.isEmpty, indices.allSatisfy((0..<size).contains) else {
            throw LayerError("not all indices are places of axis \(at), of \(size) elements", attribute: "indices")
        }
        let front = Array(x.shape[..<at]), back = Array(x.shape[(at + 1)...])
        let attributes: [String: JSONValue] = ["axis": .int(at), "indices": .integers(indices)]
        let shape = front + [indices.count] + back
        if stated.count == 1 { return give(.gather, [x], shape, attributes: attributes) }
        let gathered = emit(.gather, "gathered", [x], shape, attributes: attributes)
        try giveReshaped(gathered, front + stated + back)
    }
}
