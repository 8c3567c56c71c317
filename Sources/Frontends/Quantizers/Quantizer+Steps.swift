internal import Basics
internal import LayerKit

/// One op that a quantizer comes down to.
struct QuantizerStep: Hashable {
    var op: String
    var attributes: [String: JSONValue] = [:]
    var tensors: [String: ImportTensor] = [:]

    /// The word by which it is called in the name of a node.
    var word: String { op.parts(at: ".").last ?? op }

    /// The op as an object of a class.
    var json: JSONValue {
        .object([
            "class_name": .string(op),
            "config": .object(attributes.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }),
        ])
    }
}

extension Quantizer {
    /// The ops, one behind the other, whose result the quantizer is.
    ///
    /// - Throws: where the scale depends on the numbers that come in.
    func steps() throws(LayerError) -> [QuantizerStep] {
        switch self {
        case .bits(let quantizer): return [try quantizer.step()]
        case .relu(let quantizer): return quantizer.steps()
        case .binary(let zeroOne, let scale):
            return [
                QuantizerStep(
                    op: "quantizers.binary", attributes: ["zero_one": .bool(zeroOne)], tensors: try scale.tensors())
            ]
        case .ternary(let threshold, let scale, _):
            return [
                QuantizerStep(
                    op: "quantizers.ternary", attributes: ["threshold": .double(Double(threshold ?? 0.33))],
                    tensors: try scale.tensors())
            ]
        case .sigmoid(let bits, let symmetric, let real):
            let function =
                real
                ? QuantizerStep(op: "activations.sigmoid")
                : QuantizerStep(
                    op: "quantizers.hard_sigmoid", attributes: ["slope": .double(0.5), "shift": .double(0.5)])
            // The least value, where zero is none.
            let least = QuantizerStep.clip(low: 1 / Double(1 << bits), high: 1)
            let grid = QuantizerStep.fixed(bits: bits, fraction: bits, signed: false, symmetric: false)
            return [function] + (symmetric ? [least] : []) + [grid]
        case .tanh(let bits, let symmetric, let real):
            let function = real ? QuantizerStep(op: "activations.tanh") : .clip(low: -1, high: 1)
            return [function, .fixed(bits: bits, fraction: bits - 1, signed: true, symmetric: symmetric)]
        case .hardSwish(let quantizer, let shift, let bound):
            let function = QuantizerStep(
                op: "quantizers.hard_swish",
                attributes: ["shift": .double(Double(shift)), "bound": .double(Double(bound))])
            return [function, try quantizer.step()]
        case .powerOfTwo(let quantizer): return [quantizer.step]
        }
    }
}

extension QuantizerStep {
    /// Rounded to the nearest of the grid, half to even, and held within it.
    static func fixed(
        bits: Int, fraction: Int, signed: Bool, symmetric: Bool, tensors: [String: ImportTensor] = [:]
    ) -> QuantizerStep {
        let type =
            "\(signed ? "" : "u")fixed<\(bits),\(bits - fraction),RND_CONV,SAT\(symmetric && signed ? "_SYM" : "")>"
        return QuantizerStep(op: "quantizers.fixed", attributes: ["type": .string(type)], tensors: tensors)
    }

    static func clip(low: Double, high: Double) -> QuantizerStep {
        QuantizerStep(op: "quantizers.clip", attributes: ["low": .double(low), "high": .double(high)])
    }
}

extension QuantizerScale {
    fileprivate func tensors() throws(LayerError) -> [String: ImportTensor] {
        switch self {
        case .unstated: return [:]
        case .stated(let scale): return scale.singles.allSatisfy { $0 == 1 } ? [:] : ["scale": ImportTensor(scale)]
        case .automatic(let powerOfTwo):
            throw LayerError(
                "its option alpha is '\(powerOfTwo ? "auto_po2" : "auto")', by which the scale of an activation depends "
                    + "on the samples that are computed together", help: "state a number")
        }
    }
}

extension QuantizedBits {
    fileprivate func step() throws(LayerError) -> QuantizerStep {
        let tensors = try scale.tensors()
        if isSign {
            return QuantizerStep(op: "quantizers.binary", attributes: ["zero_one": .bool(false)], tensors: tensors)
        }
        return .fixed(
            bits: bits, fraction: bits - (keepsNegative ? 1 : 0) - integer, signed: keepsNegative, symmetric: symmetric,
            tensors: tensors)
    }
}

extension QuantizedReLU {
    /// Below zero with the slope, where there is one, down to the slope times the largest value's power of two.
    fileprivate func steps() -> [QuantizerStep] {
        var steps: [QuantizerStep] = []
        let top = Double(sign: .plus, exponent: integer, significand: 1)
        if slope > 0 {
            steps.append(QuantizerStep(op: "LeakyReLU", attributes: ["alpha": .double(Double(slope))]))
            // Of slope 1 the type itself ends there.
            if slope < 1 { steps.append(.clip(low: -top * Double(slope), high: top)) }
            steps.append(.fixed(bits: bits, fraction: bits - 1 - integer, signed: true, symmetric: false))
        } else {
            steps.append(.fixed(bits: bits, fraction: bits - integer, signed: false, symmetric: false))
        }
        // The bound need be no value of the grid.
        if let bound { steps.append(.clip(low: -top, high: Double(bound))) }
        return steps
    }
}

extension QuantizedPowerOfTwo {
    fileprivate var step: QuantizerStep {
        var attributes: [String: JSONValue] = [
            "least": .int(exponents.lowerBound), "most": .int(exponents.upperBound), "floor": .bool(floors),
            "quadratic_approximation": .bool(squares),
        ]
        attributes["max_value"] = maximum.map { .double(Double($0)) }
        attributes["negative_slope"] = slope.map { .double(Double($0)) }
        return QuantizerStep(op: "quantizers.power_of_two", attributes: attributes)
    }
}
