internal import Arrays
internal import Basics
internal import LayerKit

/// Sums of products: with trained matrices, and of two tensors.
extension ATenTranslator {
    mutating func linear() throws(LayerError) -> ATenValue {
        let input = try value("input"), bias = try weight("bias")
        guard let kernel = try weight("weight") else { throw LayerError("it has no weights") }
        guard kernel.shape.count == 2 else {
            throw LayerError("its weights have shape \(kernel.shape), expected two axes", attribute: "weight")
        }
        return try affine(input, try kernel.transposed([1, 0]), bias)
    }

    /// The last axis by a matrix of inputs and outputs.
    private mutating func affine(_ input: ATenValue, _ matrix: Tensor, _ bias: Tensor?) throws(LayerError) -> ATenValue
    {
        let value = try lastAxis(input)
        if let known = try known(value, times: matrix, bias) { return known }
        let kernel = constantNode(matrix.inSinglePrecision, for: "\(label.name)_weight")
        let result: String
        if value.axes.count == 2, value.isPerSample {
            let offset = bias.map { [constantNode($0.inSinglePrecision, for: "\(label.name)_bias")] } ?? []
            result = emitOne("Gemm", [node(of: value), kernel] + offset)
        } else if let bias {
            let sum = emitOne("MatMul", [node(of: value), kernel])
            result = emitOne(
                "Add", [sum, constantNode(bias.inSinglePrecision, for: "\(label.name)_bias")], part: "bias")
        } else {
            result = emitOne("MatMul", [node(of: value), kernel])
        }
        return replacingLast(of: value, by: matrix.shape[1], result)
    }

    /// A value whose last dimension is the last of its stored axes, whatever stands before.
    private mutating func lastAxis(_ value: ATenValue) throws(LayerError) -> ATenValue {
        guard let last = value.dims.last, !last.contains(.batch) else {
            throw LayerError("it combines values of one sample with those of others")
        }
        if value.axes.last == last, last.count == 1 { return value }
        return try ordered(value)
    }

    /// What a product gives of a value whose last axis it sums over.
    private mutating func replacingLast(of value: ATenValue, by count: Int, _ name: String) -> ATenValue {
        let outputs = [atom(count)]
        return ATenValue(
            source: .node(name), axes: value.axes.dropLast() + [outputs], dims: value.dims.dropLast() + [outputs])
    }

    mutating func product() throws(LayerError) -> ATenValue {
        let left = try value("self")
        return try product(left, try value(call.arguments["vec"] != nil ? "vec" : secondOperand))
    }

    private var secondOperand: String {
        for name in ["other", "mat2", "tensor"] where call.arguments[name] != nil { return name }
        return "other"
    }

    /// The matrix product of PyTorch: over the last axis and the last but one, broadcast over the others.
    mutating func product(_ left: ATenValue, _ right: ATenValue, part: String? = nil) throws(LayerError) -> ATenValue {
        guard left.dims.count > 0, right.dims.count > 0 else {
            throw LayerError("it multiplies with a tensor without axes")
        }
        var left = left, right = right
        let isRow = left.dims.count == 1, isColumn = right.dims.count == 1
        if isRow { left.dims.insert([], at: 0) }
        if isColumn { right.dims.append([]) }
        right = try asMatrix(right, for: left)
        if right.dims.last?.contains(.batch) ?? false {
            // A matrix that is known, from the left.
            let matrix = try asMatrix(left, for: right)
            if !matrix.isPerSample, matrix.dims.count == 2, !isRow, !isColumn {
                let swapped = Array(0..<right.dims.count - 2) + [right.dims.count - 1, right.dims.count - 2]
                return try product(right.permuted(swapped), matrix.permuted([1, 0]), part: part).permuted(swapped)
            }
        }
        var result: ATenValue
        if !right.isPerSample, right.dims.count == 2 {
            let value = try lastAxis(left), matrix = try ordered(right)
            if let factors = matrix.constant, let known = try known(value, times: factors) {
                result = known
            } else {
                result = replacingLast(
                    of: value, by: ATenValue.size(right.dims[1]),
                    emitOne("MatMul", [node(of: value), node(of: matrix)], part: part))
            }
        } else {
            let aligned = try align(left, right, kept: 2)
            result = aligned.result(
                emitOne("MatMul", [node(of: aligned.left), node(of: aligned.right)], part: part))
            for size in [
                ATenValue.size(left.dims[left.dims.count - 2]), ATenValue.size(right.dims[right.dims.count - 1]),
            ] {
                let axis = [atom(size)]
                result.axes.append(axis)
                result.dims.append(axis)
            }
        }
        if isColumn { result.dims.removeLast() }
        if isRow { result.dims.remove(at: result.dims.count - 1 - (isColumn ? 0 : 1)) }
        return result
    }

    /// Matrices that are known and all the same as one, where what they are multiplied with says how many they are.
    private mutating func asMatrix(_ value: ATenValue, for other: ATenValue) throws(LayerError) -> ATenValue {
        var value = value
        while value.dims.count > 2, value.dims.count <= other.dims.count, !value.dims.joined().contains(.batch),
            let tensor = try numbers(of: value)
        {
            let size = tensor.shape[0], ours = other.dims[other.dims.count - value.dims.count]
            guard size > 0, size == 1 || (size == ATenValue.size(ours) && !ours.contains(.batch)) else { return value }
            let count = tensor.count / size, all = tensor.singles
            guard all.indices.allSatisfy({ all[$0] == all[$0 % count] }),
                let one = Tensor(shape: Array(tensor.shape.dropFirst()), values: Array(all[..<count]))
            else { return value }
            value = constant(one, label.name)
        }
        return value
    }

    mutating func productAndSum() throws(LayerError) -> ATenValue {
        try expect("alpha", 1)
        try expect("beta", 1)
        let names = call.arguments["mat1"] != nil ? ("mat1", "mat2") : ("batch1", "batch2")
        let offset = try value("self"), left = try value(names.0), right = try value(names.1)
        if let matrix = try? trained(right), matrix.shape.count == 2, let bias = try? trained(offset),
            bias.shape == [matrix.shape[1]]
        {
            return try affine(left, matrix, bias)
        }
        return try merge("Add", try product(left, right), offset, part: "sum")
    }

    /// The numbers of a value along its dimensions, where they are known.
    private mutating func trained(_ value: ATenValue) throws(LayerError) -> Tensor {
        guard value.constant != nil, let tensor = try ordered(value).constant else {
            throw LayerError("it is computed by the network")
        }
        return tensor.viewed(as: value.dims.map(ATenValue.size))
    }
}
