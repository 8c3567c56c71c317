internal import Arrays
internal import Basics
internal import LayerKit

/// Attention, and what its masks leave out.
extension ATenTranslator {
    /// `softmax(q k^T scale + mask) v`.
    mutating func attention() throws(LayerError) -> ATenValue {
        try expect("dropout_p", 0)
        let query = try value("query")
        var key = try value("key"), values = try value("value")
        if try flag("enable_gqa") {
            key = try shared(key, by: query, part: "keys")
            values = try shared(values, by: query, part: "values")
        }
        guard query.dims.count >= 2, key.dims.count >= 2, values.dims.count >= 2 else {
            throw LayerError("its query, key or value has no axes for places and features")
        }
        let features = query.size(query.dims.count - 1)
        let scale = try real("scale", default: 1 / Double(features).squareRoot())
        let rank = key.dims.count
        let turned = key.permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
        var scores = try merge("Mul", try product(query, turned, part: "scores"), scalar(scale), part: "scaled")
        if try flag("is_causal") {
            let rows = query.size(query.dims.count - 2), columns = key.size(rank - 2)
            let mask = (0..<rows).flatMap { row in
                (0..<columns).map { $0 <= row ? Float(0) : Self.excluded }
            }
            scores = try masked(scores, Tensor(shape: [rows, columns], values: mask))
        } else if call.arguments["attn_mask"] ?? .none != .none {
            let mask = try value("attn_mask")
            if let known = try numbers(of: mask) {
                scores = try masked(scores, Self.additive(known))
                leavesOut = leavesOut || Self.additive(known)?.leavesOutRow ?? false
            } else if case .tensor(let name) = call.arguments["attn_mask"], program.tensors[name]?.element == .bool {
                let outside = try merge("Sub", mask, scalar(1), part: "outside")
                let excluded = try merge("Mul", outside, scalar(-Double(Self.excluded)), part: "excluded")
                scores = try merge("Add", scores, excluded, part: "masked")
                leavesOut = true
            } else {
                scores = try merge("Add", scores, mask, part: "masked")
            }
        } else {
            ignore("attn_mask")
        }
        let axis = scores.axes.count - 1
        let weights = try each("Softmax", scores, ["axis": .int(axis)], part: "weights")
        return try product(try safe(weights, of: scores, scores.dims.count - 1, part: "safe"), values)
    }

    /// Zeros where a softmax is over what is left out altogether, which PyTorch's attention gives there.
    mutating func safe(_ weights: ATenValue, of scores: ATenValue, _ dim: Int, part: String?) throws(LayerError)
        -> ATenValue
    {
        guard leavesOut else { return weights }
        let largest = try reduce("ReduceMax", scores, [dim], keeps: true, part: "largest")
        let above = try merge("Sub", largest, scalar(Double(Self.excluded) / 2), part: "above")
        let some = try each("Relu", try each("Sign", above, part: "above_sign"), part: "some")
        return try merge("Mul", weights, some, part: part)
    }

    /// Heads of keys or values that several heads of queries share, once for each of these.
    private mutating func shared(_ value: ATenValue, by query: ATenValue, part: String) throws(LayerError) -> ATenValue
    {
        let dim = value.dims.count - 3
        guard dim >= 0, query.dims.count == value.dims.count, !value.dims[dim].contains(.batch),
            query.size(dim) % max(value.size(dim), 1) == 0
        else { throw LayerError("its heads do not share keys evenly", attribute: "enable_gqa") }
        let times = query.size(dim) / max(value.size(dim), 1)
        if times == 1 { return value }
        return try gather(value, dim, Self.places((0..<query.size(dim)).map { $0 / times }), part: part)
    }

    /// As good as minus infinity: nothing is left of it behind the exponential.
    static let excluded: Float = -1e30

    private mutating func masked(_ scores: ATenValue, _ mask: Tensor?) throws(LayerError) -> ATenValue {
        guard let mask else { throw LayerError("its mask is no tensor", attribute: "attn_mask") }
        return try merge("Add", scores, constant(mask, "\(label.name)_mask"), part: "masked")
    }

    /// A mask as what is added: truth values say what takes part.
    private static func additive(_ mask: Tensor) -> Tensor? {
        if case .int64(let values) = mask.numbers {
            return Tensor(shape: mask.shape, values: values.map { $0 != 0 ? 0 : excluded })
        }
        return Tensor(shape: mask.shape, values: mask.singles.map { max($0, excluded) })
    }
}

extension Tensor {
    /// Whether some line along the last axis is left out altogether.
    fileprivate var leavesOutRow: Bool {
        let count = shape.last ?? 1, values = singles
        return count > 0
            && stride(from: 0, to: values.count, by: count).contains { row in
                values[row..<row + count].allSatisfy { $0 <= ATenTranslator.excluded / 2 }
            }
    }
}
