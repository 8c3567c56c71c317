internal import Arrays
internal import Basics
internal import LayerKit

/// Operators of powers, their sums and roots, as the simpler ones that they are made of.
extension ONNXCall {
    /// Every element's size to the power `p`.
    mutating func powers(_ x: Operand) throws(LayerError) -> Operand {
        let p = try power()
        if p == 2 { return raised(x, to: 2, "powers") }
        let sizes = emit(.abs, "sizes", [x], x.shape)
        return p == 1 ? sizes : raised(sizes, to: Double(p), "powers")
    }

    /// The root that belongs to `powers` gives the output.
    mutating func giveRoot(_ sum: Operand) throws(LayerError) {
        switch try power() {
        case 1: give(.identity, [sum], sum.shape)
        case 2: give(.sqrt, [sum], sum.shape)
        case let p: give(.pow, [sum], sum.shape, attributes: ["exponent": .double(1 / Double(p))])
        }
    }

    private func power() throws(LayerError) -> Int {
        let p = try integer("p") ?? 2
        guard (1...64).contains(p) else { throw unsupported("p", p, help: "1 to 64 are") }
        return p
    }

    mutating func scaled(_ x: Operand, by factor: Double, _ part: String) -> Operand {
        emit(.mul, part, [x, constant("\(part)_factor", Tensor([Float(factor)]))], x.shape)
    }

    private mutating func raised(_ x: Operand, to exponent: Double, _ part: String) -> Operand {
        emit(.pow, part, [x], x.shape, attributes: ["exponent": .double(exponent)])
    }

    private mutating func shifted(_ x: Operand, by offset: Double, _ part: String) -> Operand {
        emit(.add, part, [x, constant("\(part)_offset", Tensor([Float(offset)]))], x.shape)
    }

    mutating func resolveGlobalLpPool() throws(LayerError) {
        let x = try operand(0)
        guard x.shape.count > 2 else { throw LayerError("\(node.op) takes samples, channels and at least one axis") }
        let axes = Array(2..<x.shape.count), shape = x.shape.prefix(2) + axes.map { _ in 1 }
        let sum = emit(
            .reduceSum, "sum", [try powers(x)], Array(shape),
            attributes: ["axes": .integers(axes), "keepdims": .bool(true)])
        try giveRoot(sum)
    }

    /// `x / norm`, over one axis.
    mutating func resolveLpNormalization() throws(LayerError) {
        let x = try operand(0), at = try axis(try integer("axis") ?? -1, of: x.shape.count)
        let p = try integer("p") ?? 2
        guard p == 1 || p == 2 else { throw unsupported("p", p, help: "1 and 2 are") }
        var one = x.shape
        one[at] = 1
        let sum = emit(
            .reduceSum, "sum", [try powers(x)], one, attributes: ["axes": .integers([at]), "keepdims": .bool(true)])
        let norm = p == 1 ? sum : emit(.sqrt, "norm", [sum], one)
        give(.div, [x, norm], x.shape)
    }

    /// `(x - mean) / (deviation + 1e-9)`, over axes that may not be those of the samples.
    mutating func resolveMeanVariance() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        let axes = try (try integers("axes") ?? [0, 2, 3]).map { a throws(LayerError) in try axis(a, of: rank, "axes") }
        guard !axes.contains(0) else {
            throw unsupported("axes", axes, help: "leave the axis of the samples out: axes=[2, 3]")
        }
        give(.identity, [normalised(x, axes: axes.sorted(), epsilon: 1e-18)], x.shape)
    }

    /// `x / sqrt(mean(x^2) + epsilon)` over the axes from `axis` on, and a scale for each of their elements.
    mutating func resolveRootMeanSquare() throws(LayerError) {
        let x = try operand(0), at = try axis(try integer("axis") ?? -1, of: x.shape.count)
        let axes = Array(at..<x.shape.count), scale = try operand(1)
        let one = x.shape.indices.map { $0 < at ? x.shape[$0] : 1 }
        let mean = emit(
            .reduceMean, "mean", [raised(x, to: 2, "squares")], one,
            attributes: ["axes": .integers(axes), "keepdims": .bool(true)])
        let sum = shifted(mean, by: try number("epsilon", default: 1e-5), "sum")
        let even = emit(.div, "even", [x, emit(.sqrt, "root", [sum], one)], x.shape)
        guard try Self.broadcast([even, scale]) == x.shape else {
            throw LayerError("'scale' of shape \(scale.shape) for axes of \(Array(x.shape[at...]))", attribute: "scale")
        }
        give(.mul, [even, scale], x.shape)
    }

    /// `x / (bias + alpha / size sum(x^2))^beta`, the sum over the channels around one.
    mutating func resolveLocalResponse() throws(LayerError) {
        let x = try operand(0), size = try integer("size") ?? 0
        guard x.shape.count > 2, (1...InputLimit.network.elements).contains(size) else {
            throw LayerError("size \(size) of LRN for a shape of \(Batch.text(x.shape))", attribute: "size")
        }
        let before = (size - 1) / 2, after = size - 1 - before
        let squares = raised(x, to: 2, "squares")
        let sums = try summed(squares, axis: 1, "sums") { from, to in from >= to - before && from <= to + after }
        let share = scaled(sums, by: try number("alpha", default: 1e-4) / Double(size), "share")
        let base = shifted(share, by: try number("bias", default: 1), "base")
        give(.mul, [x, raised(base, to: -(try number("beta", default: 0.75)), "factor")], x.shape)
    }

    /// Sums of all elements up to each place of an axis.
    mutating func resolveCumulativeSum() throws(LayerError) {
        let x = try operand(0)
        guard let stated = try scalar(1, "axis"), let whole = Int(exactly: stated) else {
            throw LayerError("CumSum without an axis", attribute: "axis")
        }
        let at = try axis(whole, of: x.shape.count)
        let excludes = try flag("exclusive"), reverses = try flag("reverse")
        let sums = try summed(x, axis: at, "sums") { from, to in
            let way = reverses ? from - to : to - from
            return excludes ? way > 0 : way >= 0
        }
        give(.identity, [sums], x.shape)
    }

    /// Sums over an axis of the elements that `counts` says, by their place and that of the sum: a product with ones
    /// and zeros.
    private mutating func summed(
        _ x: Operand, axis: Int, _ part: String, _ counts: (_ from: Int, _ to: Int) -> Bool
    ) throws(LayerError) -> Operand {
        let rank = x.shape.count, size = x.shape[axis]
        guard !Batch.isPart(of: size) else { throw LayerError("it computes over the samples", attribute: "axis") }
        guard rank <= 10, Count.times(size, size) <= InputLimit.tensor.elements else {
            throw LayerError("\(node.op) over an axis of \(size) elements is too large", attribute: "axis")
        }
        let ones = (0..<size * size).map { counts($0 / size, $0 % size) ? Float(1) : 0 }
        guard let tensor = Tensor(shape: [size, size], values: ones) else { return x }
        var letters = (0..<rank).map { UInt8(97 + $0) }
        let left = String(decoding: letters, as: UTF8.self), own = UnicodeScalar(letters[axis])
        letters[axis] = UInt8(ascii: "z")
        let equation = "\(left),\(own)z->\(String(decoding: letters, as: UTF8.self))"
        return emit(
            .einsum, part, [x, constant("\(part)_places", tensor)], x.shape,
            attributes: ["equation": .string(equation)])
    }
}
