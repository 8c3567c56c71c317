internal import Arrays
internal import Basics
internal import LayerKit

/// Operators of two tensors that are broadcast against each other.
extension ATenTranslator {
    /// A number as a tensor.
    mutating func scalar(_ value: Double) -> ATenValue {
        constant(Tensor(shape: [], values: [Float(value)]) ?? Tensor([]), "\(label.name)_value")
    }

    /// A tensor or a number.
    mutating func operand(_ name: String) throws(LayerError) -> ATenValue {
        if case .tensor = call.arguments[name] { return try value(name) }
        return scalar(try real(name))
    }

    mutating func merge(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let left = try operand("self"), right = try operand("other")
        switch op {
        case .add, .sub, .rsub:
            let factor = try real("alpha", default: 1)
            if op == .add, call.outputs[0].flatMap({ program.tensors[$0]?.element }) == .bool {
                return try merge("Max", left, right)
            }
            let (first, second) = op == .rsub ? (right, left) : (left, right)
            let name = op == .add ? "Add" : "Sub"
            if factor == 1 { return try merge(name, first, second) }
            if op == .rsub { return try merge(name, first, try merge("Mul", second, scalar(factor), part: "scaled")) }
            return try merge(name, first, try merge("Mul", second, scalar(factor), part: "scaled"))
        case .mul: return try merge("Mul", left, right)
        case .div, .trueDivide:
            guard has("rounding_mode") else { return try merge("Div", left, right) }
            let quotient = try merge("Div", left, right, part: "quotient")
            switch try text("rounding_mode", default: "") {
            case "floor": return try each("Floor", quotient)
            case "trunc": return try truncated(quotient)
            case let mode: throw LayerError("it rounds its quotient by '\(mode)'", attribute: "rounding_mode")
            }
        case .maximum, .fmax: return try merge("Max", left, right)
        case .minimum, .fmin: return try merge("Min", left, right)
        default: throw LayerError("\(call.spelling) is no operator of two tensors")
        }
    }

    /// `max` and `min` of two tensors, or of one along an axis.
    mutating func extreme(_ op: ATenOperator) throws(LayerError) -> [ATenValue] {
        if call.arguments["other"] != nil {
            return [try merge(op == .max ? "Max" : "Min", try value("self"), try value("other"))]
        }
        guard call.outputs.count > 1, let places = call.outputs[1], read.contains(places) else {
            let values = try reduce(op == .max ? "ReduceMax" : "ReduceMin")
            // Nobody reads the places.
            return [values, values]
        }
        let input = try value("self"), dim = try input.dim(try integer("dim")), keeps = try flag("keepdim")
        let values = try reduce(op == .max ? "ReduceMax" : "ReduceMin", input, [dim], keeps: true)
        let indices = try place(of: values, in: input, dim, keeps: keeps, part: "places")
        var shown = values
        if !keeps { shown.dims.remove(at: dim) }
        return [shown, indices]
    }

    mutating func merge(_ op: String, _ left: ATenValue, _ right: ATenValue, part: String? = nil) throws(LayerError)
        -> ATenValue
    {
        if op == "Add", left.constant == nil || right.constant == nil, left.isInfinite || right.isInfinite {
            return try merge(op, try finite(left), try finite(right), part: part)
        }
        if right.scalar != nil, right.dims.count <= left.dims.count {
            return try each(op, left, with: [node(of: bare(right))], part: part)
        }
        if left.scalar != nil, left.dims.count <= right.dims.count {
            var result = right
            result.source = .node(emitOne(op, [node(of: bare(left)), node(of: right)], part: part))
            return result
        }
        if left.isAlike(right) {
            var result = left
            result.source = .node(emitOne(op, [node(of: left), node(of: right)], part: part))
            return result
        }
        let aligned = try align(left, right)
        return aligned.result(emitOne(op, [node(of: aligned.left), node(of: aligned.right)], part: part))
    }

    /// A single number without axes.
    private func bare(_ value: ATenValue) -> ATenValue {
        var result = value
        result.axes = []
        return result
    }

    /// Two tensors, stored so that ONNX broadcasts them as the program does.
    struct Aligned {
        var left: ATenValue
        var right: ATenValue
        /// Of the result, the axes that are broadcast.
        var axes: [[Atom]]
        var dims: [[Atom]]

        func result(_ name: String) -> ATenValue { ATenValue(source: .node(name), axes: axes, dims: dims, label: nil) }
    }

    /// - Parameter kept: axes at the end that are not broadcast, and not in the result.
    mutating func align(_ left: ATenValue, _ right: ATenValue, kept: Int = 0) throws(LayerError) -> Aligned {
        var left = left, right = right
        if right.dims.first == [.batch], left.dims.count == right.dims.count { left = try sameForAll(left) }
        if left.dims.first == [.batch], left.dims.count == right.dims.count { right = try sameForAll(right) }
        var sides = [try ordered(left), try ordered(right)]
        let rank = max(left.dims.count, right.dims.count) - kept
        /// The dimension of a side that meets dimension `index` of the result.
        func dim(_ side: ATenValue, _ index: Int) -> [Atom]? {
            let own = index - (rank - (side.dims.count - kept))
            return own < 0 ? nil : side.dims[own]
        }
        let isPerSample = sides.contains(where: \.isPerSample)
        var axes: [[Atom]] = isPerSample ? [[.batch]] : []
        var dims: [[Atom]] = []
        var stored = sides.map { $0.isPerSample ? [[Atom.batch]] : [] }
        for index in 0..<rank {
            let found = sides.map { dim($0, index) }
            let batched = found.map { $0?.contains(.batch) ?? false }
            for (side, other) in [(0, 1), (1, 0)] where batched[side] && !batched[other] {
                let seen = sides[other].dims.contains { $0.contains(.batch) }
                guard ATenValue.size(found[other] ?? []) == 1, !seen else {
                    throw LayerError("it combines values of one sample with those of others")
                }
            }
            let isBatchAlone = found.contains([.batch])
            let sizes = found.map { ATenValue.size($0 ?? []) }
            if isBatchAlone {
                guard sizes == [1, 1] else { throw LayerError("it combines values of one sample with those of others") }
                dims.append([.batch])
                continue
            }
            let whole = atom(max(sizes[0], sizes[1]))
            if sizes.contains(0) { throw LayerError("it has a tensor without elements") }
            axes.append([whole])
            let merged = found.compactMap(\.self).filter { $0.contains(.batch) }
            guard Set(merged.map { $0.first == .batch }).count <= 1 else {
                throw LayerError("it combines values of one sample with those of others")
            }
            dims.append(ATenValue.dim(like: merged.first ?? [], [whole]))
            for side in sides.indices {
                if let atoms = found[side] {
                    stored[side].append(atoms.filter { !$0.isBatch })
                } else if sides[side].isPerSample {
                    stored[side].append([])
                }
            }
        }
        for side in sides.indices {
            for atoms in sides[side].dims.suffix(kept) {
                guard !atoms.contains(.batch) else {
                    throw LayerError("it combines values of one sample with those of others")
                }
                stored[side].append(atoms)
            }
            sides[side] = try store(sides[side], as: stored[side])
        }
        return Aligned(left: sides[0], right: sides[1], axes: axes, dims: dims)
    }

    /// The axis of a stored tensor in order that is a dimension of it.
    func axis(of dim: Int, in value: ATenValue) throws(LayerError) -> Int {
        guard value.dims.indices.contains(dim) else { throw LayerError("it has no axis \(dim)") }
        guard !value.dims[dim].contains(.batch), let axis = value.axes.firstIndex(of: value.dims[dim]) else {
            throw LayerError("it goes along the axis of the samples, which are computed one by one")
        }
        return axis
    }
}
