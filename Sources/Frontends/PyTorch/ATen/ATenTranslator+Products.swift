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
        var result: ATenValue
        if !right.isPerSample, right.dims.count == 2 {
            let value = try lastAxis(left), matrix = try ordered(right)
            result = replacingLast(
                of: value, by: ATenValue.size(right.dims[1]),
                emitOne("MatMul", [node(of: value), node(of: matrix)], part: part))
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

    mutating func einsum() throws(LayerError) -> ATenValue {
        ignore("path")
        let operands = try list("tensors")
        let equation = try EinsumEquation(try text("equation", default: ""), ranks: operands.map(\.dims.count))
        var terms: [String] = [], inputs: [String] = []
        var batch: Character?
        var sizes: [Character: Int] = [:]
        for (operand, letters) in zip(operands, equation.inputs) {
            let value = try ordered(operand)
            var term = ""
            for (letter, dim) in zip(letters, value.dims) {
                guard dim.contains(.batch) else {
                    sizes[letter] = max(sizes[letter] ?? 1, ATenValue.size(dim))
                    term.append(letter)
                    continue
                }
                guard dim == [.batch], batch == nil || batch == letter else {
                    throw LayerError("it combines values of one sample with those of others")
                }
                batch = letter
            }
            terms.append(value.isPerSample ? "\u{0}" + term : term)
            inputs.append(node(of: value))
        }
        let isPerSample = terms.contains { $0.begins(with: "\u{0}") }
        // A batch of one that the program did away with has no letter.
        let first = batch ?? equation.unused
        guard batch == nil || (equation.output.contains(first) && !terms.contains { $0.contains(first) }) else {
            throw LayerError("it sums over the samples, which are computed one by one")
        }
        let axes = equation.output.filter { $0 != first }.map { letter in [atom(sizes[letter] ?? 1)] }
        var next = 0
        let dims = equation.output.map { letter -> [Atom] in
            if letter == first { return [.batch] }
            next += 1
            return axes[next - 1]
        }
        let left = terms.map { $0.begins(with: "\u{0}") ? "\(first)\($0.dropFirst())" : $0 }.joined(separator: ",")
        let output = (isPerSample ? "\(first)" : "") + String(equation.output.filter { $0 != first })
        let name = emitOne("Einsum", inputs, ["equation": .string("\(left)->\(output)")])
        return ATenValue(source: .node(name), axes: (isPerSample ? [[.batch]] : []) + axes, dims: dims)
    }

    /// `softmax(q k^T scale + mask) v`.
    mutating func attention() throws(LayerError) -> ATenValue {
        try expect("dropout_p", 0)
        guard try !flag("enable_gqa") else {
            throw LayerError("groups of heads that share keys are not read", attribute: "enable_gqa")
        }
        let query = try value("query"), key = try value("key"), values = try value("value")
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
            if let known = try? trained(mask) {
                scores = try masked(scores, Self.additive(known))
            } else {
                scores = try merge("Add", scores, mask, part: "masked")
            }
        } else {
            ignore("attn_mask")
        }
        let axis = scores.axes.count - 1
        let weights = try each("Softmax", scores, ["axis": .int(axis)], part: "weights")
        return try product(weights, values)
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

/// An equation of einsum with every axis spelt out.
struct EinsumEquation {
    var inputs: [[Character]] = []
    var output: [Character] = []

    /// - Parameter ranks: how many axes each operand has, which three dots stand for in part.
    init(_ text: String, ranks: [Int]) throws(LayerError) {
        let wrong = LayerError("its equation '\(text)' is not read", attribute: "equation")
        let bare = text.filter { $0 != " " }
        let sides = bare.split(separator: "->", omittingEmptySubsequences: false)
        let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard sides.count <= 2, terms.count == ranks.count else { throw wrong }
        let letters = Set(bare)
        let free = "ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba".filter { !letters.contains($0) }
        let longest = zip(terms, ranks).map { term, rank in rank - term.filter { $0 != "." }.count }.max() ?? 0
        guard longest >= 0, longest < free.count else { throw wrong }
        let dotted = Array(free.prefix(longest))
        func spelt(_ term: String, _ count: Int) throws(LayerError) -> [Character] {
            let parts = term.split(separator: "...", maxSplits: 1, omittingEmptySubsequences: false)
            let result = parts.count == 2 ? parts[0] + dotted.suffix(count) + parts[1] : Substring(term)
            guard result.allSatisfy({ $0.isASCII && $0.isLetter }) else { throw wrong }
            return Array(result)
        }
        for (term, rank) in zip(terms, ranks) {
            let own = try spelt(term, rank - term.filter { $0 != "." }.count)
            guard own.count == rank else { throw wrong }
            inputs.append(own)
        }
        if sides.count == 2 {
            output = try spelt(String(sides[1]), longest)
        } else {
            // Without an arrow: what stands once, in the order of the alphabet.
            let all = inputs.flatMap { $0 }
            let once = Set(all).filter { letter in all.count { $0 == letter } == 1 }
            output = dotted.filter { all.contains($0) } + once.filter { !dotted.contains($0) }.sorted()
        }
    }

    /// A letter that stands nowhere in it.
    var unused: Character {
        let used = Set(inputs.flatMap { $0 })
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ".first { !used.contains($0) } ?? "a"
    }
}
