internal import Basics
internal import LayerKit

/// Numbers made of many elements.
extension ATenTranslator {
    mutating func reduce(_ op: String) throws(LayerError) -> ATenValue {
        ignore("dtype")
        let input = try value("self")
        let (dims, keeps) = try reducedDims(input)
        return try reduce(op, input, dims, keeps: keeps)
    }

    mutating func reducedDims(_ input: ATenValue) throws(LayerError) -> ([Int], Bool) {
        let stated = try sizes("dim") ?? []
        let isAlone = input.dims.isEmpty
        let dims = try (stated.isEmpty || isAlone ? Array(input.dims.indices) : stated).map {
            index throws(LayerError) in
            try input.dim(index)
        }
        return (dims, try flag("keepdim"))
    }

    mutating func reduce(
        _ op: String, _ input: ATenValue, _ dims: [Int], keeps: Bool, part: String? = nil
    ) throws(LayerError) -> ATenValue {
        let value = try ordered(input)
        var axes: [Int] = []
        for dim in dims where value.dims.indices.contains(dim) { axes.append(try axis(of: dim, in: value)) }
        guard !axes.isEmpty else { return value }
        let places = integers(axes, for: "\(label.name)_axes")
        let name = emitOne(op, [node(of: value), places], ["keepdims": .int(keeps ? 1 : 0)], part: part)
        var result = value
        result.source = .node(name)
        result.label = nil
        for (axis, dim) in zip(axes, dims) {
            result.axes[axis] = [atom(1)]
            result.dims[dim] = result.axes[axis]
        }
        if !keeps {
            result.axes = result.axes.indices.filter { !axes.contains($0) }.map { result.axes[$0] }
            result.dims = result.dims.indices.filter { !dims.contains($0) }.map { result.dims[$0] }
        }
        return result
    }

    mutating func logSumExp() throws(LayerError) -> ATenValue { try reduce("ReduceLogSumExp") }

    /// The sum of absolute values, or the root of the sum of squares.
    mutating func norm() throws(LayerError) -> ATenValue {
        let order = try real(call.function.begins(with: "linalg") ? "ord" : "p", default: 2)
        switch order {
        case 1: return try reduce("ReduceL1")
        case 2: return try reduce("ReduceL2")
        default: throw LayerError("the norm of order \(order) is not read", attribute: "ord", help: "1 and 2 are")
        }
    }

    /// The mean of the squares of what differs from the mean, over the number of elements less the correction; and
    /// the mean.
    mutating func variance(_ op: ATenOperator) throws(LayerError) -> [ATenValue] {
        let input = try value("self"), isRoot = op == .std || op == .stdMean
        var correction = try real("correction", default: 1)
        if call.arguments["unbiased"] != nil { correction = try flag("unbiased", default: true) ? 1 : 0 }
        let (dims, keeps) = try reducedDims(input)
        let count = Double(dims.reduce(1) { Count.times($0, input.size($1)) })
        guard count > correction else { throw LayerError("it divides by no elements", attribute: "correction") }
        var mean = try reduce("ReduceMean", input, dims, keeps: true, part: "mean")
        let difference = try merge("Sub", input, mean, part: "difference")
        let square = try merge("Mul", difference, difference, part: "square")
        let isLast = !isRoot && correction == 0
        var result = try reduce("ReduceMean", square, dims, keeps: keeps, part: isLast ? nil : "squares")
        if correction != 0 {
            result = try merge(
                "Mul", result, scalar(count / (count - correction)), part: isRoot ? "corrected" : nil)
        }
        if isRoot { result = try each("Sqrt", result) }
        if !keeps { mean.dims = mean.dims.indices.filter { !dims.contains($0) }.map { mean.dims[$0] } }
        return [result, mean]
    }
}
