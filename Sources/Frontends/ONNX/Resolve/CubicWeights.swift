internal import Arrays
internal import Basics
internal import LayerKit

/// What each element of an axis that a cubic Resize makes takes of each that comes in.
struct CubicWeights {
    var coordinates: String
    /// How far the curve bends: `cubic_coeff_a`.
    var bend: Double
    /// Whether elements beyond the ends are left out; otherwise the last ones stand there.
    var excludesOutside: Bool

    /// The weights as a matrix of shape (size, made), of an axis of `size` elements made `made` by a scale.
    func matrix(_ size: Int, _ made: Int, scale: Double) throws(LayerError) -> Tensor {
        guard size > 0, let count = Count.elements([size, made]), count <= InputLimit.tensor.elements else {
            throw LayerError("an axis of \(size) elements cannot become one of \(made)", attribute: "sizes")
        }
        var values = [Double](repeating: 0, count: count)
        for place in 0..<made {
            let at = try source(of: place, size, made, scale), first = at.rounded(.down)
            var shares = weights(at - first), taps = (0..<4).map { Int(first) - 1 + $0 }
            if excludesOutside {
                for (index, tap) in taps.enumerated() where !(0..<size).contains(tap) { shares[index] = 0 }
                let sum = shares.reduce(0, +)
                shares = shares.map { $0 / sum }
            }
            taps = taps.map { max(0, min(size - 1, $0)) }
            for (tap, share) in zip(taps, shares) { values[tap * made + place] += share }
        }
        guard let tensor = Tensor(shape: [size, made], values: values.map(Float.init)) else {
            throw LayerError("an axis of \(size) elements cannot become one of \(made)", attribute: "sizes")
        }
        return tensor
    }

    /// Where an element comes from.
    private func source(of place: Int, _ size: Int, _ made: Int, _ scale: Double) throws(LayerError) -> Double {
        let x = Double(place)
        switch coordinates {
        case "half_pixel": return (x + 0.5) / scale - 0.5
        case "pytorch_half_pixel": return made > 1 ? (x + 0.5) / scale - 0.5 : 0
        case "align_corners": return made > 1 ? x * Double(size - 1) / Double(made - 1) : 0
        case "asymmetric": return x / scale
        default:
            throw LayerError(
                "coordinate_transformation_mode '\(coordinates)' is not supported",
                attribute: "coordinate_transformation_mode",
                help: "align_corners, asymmetric, half_pixel, pytorch_half_pixel are")
        }
    }

    /// Those of the four elements around a place, which is so far behind the second.
    private func weights(_ t: Double) -> [Double] {
        func near(_ d: Double) -> Double { ((bend + 2) * d - (bend + 3)) * d * d + 1 }
        func far(_ d: Double) -> Double { ((bend * d - 5 * bend) * d + 8 * bend) * d - 4 * bend }
        return [far(t + 1), near(t), near(1 - t), far(2 - t)]
    }
}

extension ONNXCall {
    /// A product along each axis that gets another size.
    mutating func giveCubic(_ x: Operand, _ sizes: Shape, _ scales: [Double]?, _ mode: String) throws(LayerError) {
        let way = CubicWeights(
            coordinates: mode, bend: try number("cubic_coeff_a", default: -0.75),
            excludesOutside: try flag("exclude_outside"))
        guard sizes.count <= 10 else { throw LayerError("a tensor of \(sizes.count) axes") }
        let letters = sizes.indices.map { String(UnicodeScalar(UInt8(97 + $0))) }
        var y = x
        for axis in sizes.indices {
            let scale = scales?[axis] ?? Double(sizes[axis]) / Double(x.shape[axis])
            guard sizes[axis] != x.shape[axis] || scale != 1 else { continue }
            let weights = try way.matrix(x.shape[axis], sizes[axis], scale: scale)
            var shape = y.shape, result = letters
            shape[axis] = sizes[axis]
            result[axis] = "z"
            y = emit(
                .einsum, "axis\(axis)", [y, constant("weights\(axis)", weights)], shape,
                attributes: ["equation": .string("\(letters.joined()),\(letters[axis])z->\(result.joined())")])
        }
        give(.identity, [y], sizes)
    }
}
