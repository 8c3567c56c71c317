internal import Arrays
internal import Basics
internal import LayerKit

/// One step of a recurrent network, as the products, sums and functions that it is: a loop over steps is unrolled by
/// torch.export.
extension ATenTranslator {
    /// The sums of all gates: of trained numbers with the input, or with the state, which may be known.
    private struct Gates {
        var sums: ATenValue
        let units: Int
    }

    private mutating func gates(
        _ value: ATenValue, _ kind: String, _ count: Int, _ part: String
    ) throws(LayerError) -> Gates {
        let bias = try weight("b_\(kind)")
        guard let kernel = try weight("w_\(kind)"), kernel.shape.count == 2, kernel.shape[0] % count == 0 else {
            throw LayerError("it has no weights", attribute: "w_\(kind)")
        }
        let rows = kernel.shape[0], columns = kernel.shape[1], units = rows / count
        let value = try ordered(try sameForAll(value))
        guard bias == nil || bias?.count == rows else { throw LayerError("its bias has \(bias?.count ?? 0) numbers") }
        if let known = value.constant {
            guard known.count == columns else {
                throw LayerError("its state has \(known.count) numbers", attribute: "hx")
            }
            let x = known.doubles, w = kernel.doubles
            var sums = bias?.doubles ?? [Double](repeating: 0, count: rows)
            for row in 0..<rows { for column in 0..<columns { sums[row] += w[row * columns + column] * x[column] } }
            return Gates(sums: constant(Tensor(sums.map(Float.init)), "\(label.name)_\(part)"), units: units)
        }
        guard value.isPerSample, value.axes.count == 2, value.size(value.dims.count - 1) == columns else {
            throw LayerError("it takes samples of \(columns) numbers", attribute: kind == "ih" ? "input" : "hx")
        }
        let matrix = constantNode(
            try kernel.transposed([1, 0]).inSinglePrecision, for: "\(label.name)_\(part)_weight")
        let offset = bias.map { [constantNode($0.inSinglePrecision, for: "\(label.name)_\(part)_bias")] } ?? []
        let name = emitOne("Gemm", [node(of: value), matrix] + offset, part: part)
        let outputs = [atom(rows)]
        return Gates(
            sums: ATenValue(
                source: .node(name), axes: value.axes.dropLast() + [outputs], dims: value.dims.dropLast() + [outputs]),
            units: units)
    }

    private mutating func gate(_ gates: Gates, _ index: Int, _ name: String) throws(LayerError) -> ATenValue {
        let begin = index * gates.units
        if let known = gates.sums.constant {
            return constant(Tensor(Array(known.singles[begin..<begin + gates.units])), "\(label.name)_\(name)")
        }
        return try part(
            of: gates.sums, gates.sums.dims.count - 1, from: begin, count: gates.units, step: 1, name: name)
    }

    private mutating func sum(_ x: Gates, _ h: Gates, _ index: Int, _ name: String) throws(LayerError) -> ATenValue {
        try merge(
            "Add", try gate(x, index, "\(name)_input"), try gate(h, index, "\(name)_state"), part: "\(name)_sum")
    }

    mutating func plainCell(_ function: String) throws(LayerError) -> ATenValue {
        let x = try gates(try value("input"), "ih", 1, "input"), h = try gates(try value("hx"), "hh", 1, "state")
        return try each(function, try merge("Add", x.sums, h.sums, part: "sum"))
    }

    /// `n + z (h - n)`, `n = tanh(x_n + r h_n)`.
    mutating func gruCell() throws(LayerError) -> ATenValue {
        let state = try value("hx")
        let x = try gates(try value("input"), "ih", 3, "input"), h = try gates(state, "hh", 3, "state")
        let r = try each("Sigmoid", try sum(x, h, 0, "reset"), part: "reset")
        let z = try each("Sigmoid", try sum(x, h, 1, "update"), part: "update")
        let own = try merge("Mul", r, try gate(h, 2, "new_state"), part: "new_reset")
        let total = try merge("Add", try gate(x, 2, "new_input"), own, part: "new_sum")
        let n = try each("Tanh", total, part: "new")
        let difference = try merge("Sub", try ordered(state), n, part: "difference")
        return try merge("Add", n, try merge("Mul", z, difference, part: "kept"))
    }

    /// Gates input, forget, cell, output: `c' = f c + i g`, `h' = o tanh(c')`.
    mutating func lstmCell() throws(LayerError) -> [ATenValue] {
        let states = try list("hx")
        guard states.count == 2 else { throw LayerError("it has \(states.count) states", attribute: "hx") }
        let x = try gates(try value("input"), "ih", 4, "input"), h = try gates(states[0], "hh", 4, "state")
        let i = try each("Sigmoid", try sum(x, h, 0, "in"), part: "in")
        let f = try each("Sigmoid", try sum(x, h, 1, "forget"), part: "forget")
        let g = try each("Tanh", try sum(x, h, 2, "cell"), part: "cell")
        let o = try each("Sigmoid", try sum(x, h, 3, "out"), part: "out")
        let kept = try merge("Mul", f, try ordered(states[1]), part: "kept")
        let c = try merge("Add", kept, try merge("Mul", i, g, part: "taken"), part: "memory")
        let hidden = try merge("Mul", o, try each("Tanh", c, part: "shown"))
        return [hidden, c]
    }
}
