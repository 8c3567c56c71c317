internal import Basics
internal import LayerKit

/// Elements around a tensor.
extension ONNXCall {
    mutating func resolvePad() throws(LayerError) {
        var x = try operand(0)
        let rank = x.shape.count, mode = try text("mode", default: "constant")
        let stated = try integers(1, "pads") ?? []
        let axes = try (try integers(3, "axes") ?? Array(0..<rank)).map { a throws(LayerError) in
            try axis(a, of: rank, "axes")
        }
        let limit = InputLimit.tensor.elements
        guard stated.count == 2 * axes.count, stated.allSatisfy({ (-limit...limit).contains($0) }) else {
            throw LayerError("pads \(stated) do not fit \(axes.count) axes", attribute: "pads")
        }
        var before = x.shape.map { _ in 0 }, after = before
        for (index, axis) in axes.enumerated() {
            before[axis] = stated[index]
            after[axis] = stated[index + axes.count]
        }
        let sizes = x.shape.indices.map { x.shape[$0] + before[$0] + after[$0] }
        guard sizes.allSatisfy({ $0 > 0 }) else { throw LayerError("pads \(stated) leave nothing", attribute: "pads") }
        if mode != "constant" { return try giveMirrored(x, before, sizes, mode) }
        if before.contains(where: { $0 < 0 }) || after.contains(where: { $0 < 0 }) {
            var cut = Cut(whole: x.shape)
            for axis in 0..<rank {
                cut.begins[axis] = max(0, -before[axis])
                cut.counts[axis] = x.shape[axis] + min(0, before[axis]) + min(0, after[axis])
            }
            x = emit(
                .slice, "cut", [x], cut.counts,
                attributes: [
                    "starts": .integers(cut.begins), "steps": .integers(cut.steps), "counts": .integers(cut.counts),
                ])
        }
        let value = try scalar(2, "value") ?? 0
        give(
            .pad, [x], sizes,
            attributes: [
                "pads": .integers(before.map { max(0, $0) } + after.map { max(0, $0) }), "value": .double(value),
            ])
    }

    /// Elements of the tensor itself around it: of every axis the places in another order.
    private mutating func giveMirrored(
        _ x: Operand, _ before: [Int], _ sizes: [Int], _ mode: String
    ) throws(LayerError) {
        var x = x
        for axis in x.shape.indices where sizes[axis] != x.shape[axis] || before[axis] != 0 {
            let n = x.shape[axis]
            guard sizes[axis] <= InputLimit.tensor.elements else { throw LayerError("an axis of \(sizes[axis])") }
            var places: [Int] = []
            for out in 0..<sizes[axis] {
                let at = out - before[axis]
                switch mode {
                case "edge": places.append(max(0, min(n - 1, at)))
                case "wrap": places.append(((at % n) + n) % n)
                case "reflect":
                    let period = max(1, 2 * (n - 1)), way = ((at % period) + period) % period
                    places.append(way < n ? way : period - way)
                default: throw unsupported("mode", mode, help: "constant, edge, reflect and wrap are")
                }
            }
            var shape = x.shape
            shape[axis] = sizes[axis]
            x = emit(
                .gather, "axis\(axis)", [x], shape, attributes: ["axis": .int(axis), "indices": .integers(places)])
        }
        give(.identity, [x], x.shape)
    }
}
