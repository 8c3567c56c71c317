internal import Arrays
internal import Basics
internal import LayerKit

/// Products of matrices.
extension ONNXCall {
    /// `alpha A' B' + beta C`. With trained B and C: `x B + C`, B of shape (inputs, outputs).
    mutating func resolveGemm() throws(LayerError) {
        let a = try operand(0), b = try operand(1)
        let alpha = Float(try number("alpha", default: 1)), beta = Float(try number("beta", default: 1))
        let turnA = try flag("transA"), turnB = try flag("transB")
        guard a.shape.count == 2, b.shape.count == 2 else {
            throw LayerError("Gemm takes two matrices, not \(Batch.text(a.shape)) and \(Batch.text(b.shape))")
        }
        guard !turnA, a.constant == nil, let trained = b.constant else {
            return try giveProducts(a, b, (turnA, turnB), alpha: alpha, beta: beta)
        }
        let kernel = try scaled(turnB ? try Self.turned(trained) : trained, by: alpha)
        guard kernel.shape[0] == a.shape[1] else {
            throw LayerError(
                "\(a.shape[1]) values enter, but the weights are for \(kernel.shape[0])", attribute: "B")
        }
        let outputs = kernel.shape[1]
        var tensors = ["B": kernel]
        if let bias = try tensor(2, "C") { tensors["C"] = try Self.row(try scaled(bias, by: beta), outputs) }
        give(.gemm, [a], [a.shape[0], outputs], tensors: tensors)
    }

    /// Gemm of tensors that are not trained: a product, a factor, a sum.
    private mutating func giveProducts(
        _ a: Operand, _ b: Operand, _ turned: (Bool, Bool), alpha: Float, beta: Float
    ) throws(LayerError) {
        let left = turned.0 ? "ki" : "ik", right = turned.1 ? "jk" : "kj"
        let rows = a.shape[turned.0 ? 1 : 0], columns = b.shape[turned.1 ? 0 : 1]
        guard a.shape[turned.0 ? 0 : 1] == b.shape[turned.1 ? 1 : 0] else {
            throw LayerError("matrices of \(Batch.text(a.shape)) and \(Batch.text(b.shape)) have no product")
        }
        let shape = [rows, columns]
        var y = emit(
            .einsum, "product", [a, b], shape, attributes: ["equation": .string("\(left),\(right)->ij")])
        if alpha != 1 { y = emit(.mul, "alpha", [y, constant("factor", Tensor([alpha]))], shape) }
        guard has(2) else { return give(.identity, [y], shape) }
        var c = try operand(2)
        if beta != 1 { c = emit(.mul, "beta", [c, constant("share", Tensor([beta]))], c.shape) }
        give(.add, [y, c], try Self.broadcast([y, c]))
    }

    private func scaled(_ tensor: ImportTensor, by factor: Float) throws(LayerError) -> ImportTensor {
        guard factor != 1 else { return tensor }
        let loaded = try tensor.load()
        return ImportTensor(Tensor(shape: loaded.shape, values: loaded.singles.map { $0 * factor }) ?? loaded)
    }

    static func turned(_ tensor: ImportTensor) throws(LayerError) -> ImportTensor {
        ImportTensor(try tensor.load().transposed([1, 0]), storedAs: tensor.element)
    }

    /// A bias for each output, from whatever shape goes along with a row of them.
    static func row(_ tensor: ImportTensor, _ count: Int) throws(LayerError) -> ImportTensor {
        let loaded = try tensor.load()
        guard loaded.count == 1 || (loaded.count == count && loaded.shape.last == count) else {
            throw LayerError("a bias of shape \(loaded.shape) for \(count) outputs", attribute: "C")
        }
        if loaded.count == count { return ImportTensor(try loaded.reshaped([count])) }
        return ImportTensor(Tensor([Float](repeating: loaded.singles[0], count: count)))
    }

    mutating func resolveMatMul() throws(LayerError) {
        let a = try operand(0), b = try operand(1)
        guard !a.shape.isEmpty, !b.shape.isEmpty else { throw LayerError("MatMul takes no scalars") }
        if let trained = b.constant, trained.shape.count == 2, a.constant == nil, a.shape.count >= 2 {
            guard trained.shape[0] == a.shape[a.shape.count - 1] else {
                throw LayerError(
                    "\(a.shape[a.shape.count - 1]) values enter, but the weights are for \(trained.shape[0])",
                    attribute: "B")
            }
            return give(.gemm, [a], a.shape.dropLast() + [trained.shape[1]], tensors: ["B": trained])
        }
        guard a.shape.count >= 2, b.shape.count >= 2 else {
            throw LayerError(
                "MatMul of \(Batch.text(a.shape)) and \(Batch.text(b.shape)) is not supported",
                help: "at least two axes each are")
        }
        try giveMatrixProduct(a, b)
    }

    /// Batched matrices: axes in front go along with each other from the back; an axis of one element goes along with
    /// any.
    private mutating func giveMatrixProduct(_ a: Operand, _ b: Operand) throws(LayerError) {
        let rank = max(a.shape.count, b.shape.count)
        guard rank <= 10 else { throw LayerError("matrices of \(rank) axes") }
        let letters = (0..<rank - 2).map { String(UnicodeScalar(UInt8(97 + $0))) }
        // Axes of one element that stand for all of the other operand's are left out of the equation.
        func part(_ operand: Operand, _ other: Operand, _ end: String) -> (Operand, String) {
            let lead = operand.shape.dropLast(2), own = letters.suffix(lead.count)
            let against =
                [Int](repeating: 1, count: max(0, lead.count - (other.shape.count - 2)))
                + other.shape.dropLast(2).suffix(lead.count)
            var kept: [Int] = [], names = ""
            for (index, letter) in own.enumerated() where !(lead[index] == 1 && against[index] != 1) {
                kept.append(index)
                names += letter
            }
            var result = operand
            if kept.count < lead.count {
                let shape = kept.map { operand.shape[$0] } + operand.shape.suffix(2)
                result = emit(
                    .reshape, "matrices_\(end)", [operand], shape, attributes: ["shape": .integers(shape)])
            }
            return (result, names + end)
        }
        let shape =
            try Self.broadcast([
                Operand(value: "", shape: Array(a.shape.dropLast(2))),
                Operand(value: "", shape: Array(b.shape.dropLast(2))),
            ]) + [a.shape[a.shape.count - 2], b.shape[b.shape.count - 1]]
        guard a.shape[a.shape.count - 1] == b.shape[b.shape.count - 2] else {
            throw LayerError("matrices of \(Batch.text(a.shape)) and \(Batch.text(b.shape)) have no product")
        }
        let left = part(a, b, "yk"), right = part(b, a, "kz")
        give(
            .einsum, [left.0, right.0], shape,
            attributes: ["equation": .string("\(left.1),\(right.1)->\(letters.joined())yz")])
    }

    mutating func resolveEinsum() throws(LayerError) {
        let stated = try text("equation", default: "")
        let equation = try EinsumNotation.full(stated.substituting(" ", with: ""), ranks: all.map(\.shape.count))
        let bytes = Array(equation.utf8)
        guard
            bytes.allSatisfy({ $0 == 44 || $0 == 45 || $0 == 62 || (65...90).contains($0) || (97...122).contains($0) }),
            let arrow = bytes.firstIndex(of: 45), arrow + 1 < bytes.count, bytes[arrow + 1] == 62
        else {
            throw LayerError(
                "the equation '\(stated)' of Einsum is not supported", attribute: "equation",
                help: "letters for every axis and an arrow are: abc,cd->abd")
        }
        let operands = String(decoding: bytes[..<arrow], as: UTF8.self).parts(at: ",")
        let result = Array(bytes[(arrow + 2)...])
        guard operands.count == all.count, (1...2).contains(operands.count) else {
            throw LayerError(
                "an Einsum of \(operands.count) operands is not supported", attribute: "equation",
                help: "one or two are")
        }
        var sizes: [UInt8: Int] = [:]
        for (letters, operand) in zip(operands, all) {
            guard letters.utf8.count == operand.shape.count, Set(letters.utf8).count == operand.shape.count else {
                throw LayerError(
                    "'\(letters)' does not name the axes of \(Batch.text(operand.shape))", attribute: "equation")
            }
            for (letter, size) in zip(letters.utf8, operand.shape) {
                guard sizes.updateValue(size, forKey: letter) ?? size == size else {
                    throw LayerError("an axis of '\(equation)' has two sizes", attribute: "equation")
                }
            }
        }
        guard Set(result).count == result.count, result.allSatisfy({ sizes[$0] != nil }) else {
            throw LayerError("the result of '\(equation)' has an axis twice, or one of its own", attribute: "equation")
        }
        let shape = result.map { sizes[$0] ?? 1 }
        if operands.count == 1 { return giveOrdered(Array(operands[0].utf8), result, shape) }
        give(
            .einsum, all, shape,
            attributes: [
                "equation": .string(
                    "\(operands.joined(separator: ","))->\(String(decoding: result, as: UTF8.self))")
            ])
    }

    /// One operand: axes that the result has not are summed, the others ordered.
    private mutating func giveOrdered(_ letters: [UInt8], _ result: [UInt8], _ shape: Shape) {
        guard var x = all.first else { return }
        let summed = letters.indices.filter { !result.contains(letters[$0]) }
        let left = letters.filter { result.contains($0) }
        if !summed.isEmpty {
            x = emit(
                .reduceSum, "sum", [x], letters.indices.filter { !summed.contains($0) }.map { x.shape[$0] },
                attributes: ["axes": .integers(summed), "keepdims": .bool(false)])
        }
        give(.transpose, [x], shape, attributes: ["perm": .integers(result.map { left.firstIndex(of: $0) ?? 0 })])
    }
}
