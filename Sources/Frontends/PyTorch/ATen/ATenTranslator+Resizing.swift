internal import Arrays
internal import Basics
internal import LayerKit

/// Resizing by factors that are no whole numbers, or by cubic curves: a linear map along each axis.
extension ATenTranslator {
    /// How the places of a resized axis are made of those of its input.
    struct Resizing {
        var kind: Kind
        /// Whether the first and last places stay where they are.
        var corners = false
        /// How far the input goes for one step of the result, where the program states a factor; nil for the ratio of
        /// the sizes.
        var step: Double?

        enum Kind { case nearest, nearestExact, linear, cubic }

        private func step(_ size: Int, _ count: Int) -> Double {
            if corners { return count > 1 ? Double(size - 1) / Double(count - 1) : 0 }
            return step ?? Double(size) / Double(count)
        }

        /// The place that each place of the result shows. In single precision, as PyTorch finds it.
        func places(_ size: Int, _ count: Int) -> [Int] {
            let step = Float(step(size, count)), half: Float = kind == .nearestExact ? 0.5 : 0
            return (0..<count).map { max(0, min(size - 1, Int(((Float($0) + half) * step).rounded(.down)))) }
        }

        func map(_ size: Int, _ count: Int) throws(LayerError) -> LineMap {
            var map = try LineMap(inputs: size, outputs: count)
            let step = step(size, count)
            for output in 0..<count {
                var at = corners ? Double(output) * step : (Double(output) + 0.5) * step - 0.5
                if kind == .linear { at = max(0, at) }
                let first = Int(at.rounded(.down)), share = at - Double(first)
                let shares = kind == .linear ? [0, 1 - share, share, 0] : Self.cubic(share)
                for (index, share) in shares.enumerated() where share != 0 {
                    map.add(share, of: max(0, min(size - 1, first - 1 + index)), to: output)
                }
            }
            return map
        }

        /// The shares of the four places around, by the cubic of Keys with the slope that PyTorch has.
        private static func cubic(_ t: Double) -> [Double] {
            let a = -0.75
            func near(_ x: Double) -> Double { ((a + 2) * x - (a + 3)) * x * x + 1 }
            func far(_ x: Double) -> Double { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
            return [far(t + 1), near(t), near(1 - t), far(2 - t)]
        }
    }

    mutating func resize(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        ignore("output_size")
        let input = try ordered(try value(call.arguments["self"] == nil ? "input" : "self"))
        let axes = call.function.has("1") ? 1 : call.function.has("3") ? 3 : 2
        guard input.isPerSample, input.axes.count == axes + 2 else {
            throw LayerError("its input has not the samples, channels and \(axes) more axes that it takes")
        }
        let kind: Resizing.Kind =
            switch op {
            case .upsampleBicubic2d: .cubic
            case .upsampleLinear1d, .upsampleBilinear2d: .linear
            case .innerUpsampleNearestExact1d, .innerUpsampleNearestExact2d: .nearestExact
            default: .nearest
            }
        let corners = kind == .linear || kind == .cubic ? try flag("align_corners") : false
        let sizes = try outputSizes().suffix(axes).map { size throws(LayerError) -> Int in
            guard case .known(let known) = size else { throw LayerError("its size is not known") }
            return known
        }
        let own = input.axes.suffix(axes).map(ATenValue.size)
        let steps = try statedSteps(axes)
        let isWhole = zip(zip(own, sizes), steps).allSatisfy { pair, step in
            guard pair.0 > 0, pair.1 % pair.0 == 0 else { return false }
            return step.map { abs($0 * Double(pair.1) - Double(pair.0)) < 1e-9 * Double(pair.0) } ?? true
        }
        guard isWhole, kind == .nearest || kind == .linear, axes < 3, op != .upsampleLinear1d else {
            let resizings = steps.map { Resizing(kind: kind, corners: corners, step: $0) }
            return try resized(input, sizes, resizings)
        }
        let factors = zip(sizes, own).map { Float($0 / $1) }
        let scales = constantNode(Tensor([1, 1] + factors), for: "\(label.name)_scales")
        let attributes: [String: JSONValue] =
            kind == .linear
            ? [
                "mode": .string("linear"),
                "coordinate_transformation_mode": .string(corners ? "align_corners" : "half_pixel"),
            ]
            : [
                "mode": .string("nearest"), "coordinate_transformation_mode": .string("asymmetric"),
                "nearest_mode": .string("floor"),
            ]
        return try replacing(input, emitOne("Resize", [node(of: input), "", scales], attributes))
    }

    /// How far the input goes for one step of the result along each axis, where the program states a factor.
    private mutating func statedSteps(_ axes: Int) throws(LayerError) -> [Double?] {
        var factors: [Double?]
        if case .doubles(let stated) = argument("scale_factors") {
            factors = stated
        } else {
            let names = axes == 1 ? ["scales"] : ["scales_d", "scales_h", "scales_w"].suffix(axes)
            factors = try names.map { name throws(LayerError) in has(name) ? try real(name) : nil }
        }
        guard factors.count == axes || factors.isEmpty,
            factors.allSatisfy({ $0.map { (1e-6...1e6).contains($0) } ?? true })
        else { throw LayerError("its factors do not fit \(axes) axes", attribute: "scale_factors") }
        if factors.isEmpty { factors = [Double?](repeating: nil, count: axes) }
        return factors.map { $0.map { 1 / $0 } }
    }

    private mutating func resized(_ input: ATenValue, _ sizes: [Int], _ resizings: [Resizing]) throws(LayerError)
        -> ATenValue
    {
        var result = input
        let axes = sizes.indices.filter { result.size(result.dims.count - sizes.count + $0) != sizes[$0] }
        for index in axes {
            let dim = result.dims.count - sizes.count + index, resizing = resizings[index]
            let part = index == axes.last ? nil : "axis\(dim)"
            guard sizes[index] > 0, result.size(dim) > 0 else { throw LayerError("its result has no elements") }
            switch resizing.kind {
            case .nearest, .nearestExact:
                guard sizes[index] <= InputLimit.tensor.elements else { throw LayerError("its result is too large") }
                let places = resizing.places(result.size(dim), sizes[index])
                result = try gather(result, dim, Self.places(places), part: part)
            case .linear, .cubic:
                result = try along(result, dim, try resizing.map(result.size(dim), sizes[index]), part: part)
            }
        }
        return result
    }
}
