internal import Basics
internal import FixedPoint
internal import LayerKit

/// What quantizers of Keras' relatives come down to: the ops `quantizers.` that passes make of them, and HGQ's layer.
extension QuantizedActivation {
    /// `type` as in a project file; every element alike.
    static func fromFixed(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("type")
        guard let text = try site.text("type") else { throw site.missing("type") }
        let type: FixedType
        do throws(TypeSyntaxError) {
            type = try FixedType(inferred: text)
        } catch {
            throw LayerError(error.description, attribute: "type", help: error.help)
        }
        return QuantizedActivation(.fixed(.uniform(type)), scale: try site.scale())
    }

    /// A type for each element: `keep_negative`, `integers` (without the sign) and `fractions` lie along the last axes
    /// of what comes in.
    static func fromFixedEach(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("rounding", "overflow")
        let bits = try site.expectWeights(["keep_negative", "integers", "fractions"])
        return QuantizedActivation(
            .fixed(
                try site.types(signs: bits[0], integers: bits[1], fractions: bits[2], modes: ("rounding", "overflow"))))
    }

    /// Class `FixedPointQuantizer` of HGQ 1: `bits` and `integers` have the sign in them.
    static func fromFixedPointQuantizer(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("RND", "SAT", withoutEffect: ["shape", "overrides", "fusible"])
        let numbers = try site.expectWeights(["keep_negative", "bits", "integers"])
        let signs = numbers[0].singles, bits = numbers[1].singles, integers = numbers[2].singles
        guard signs.count == bits.count, signs.count == integers.count else {
            throw LayerError("'keep_negative', 'bits' and 'integers' are not of one shape", attribute: "bits")
        }
        // No bits at all: always zero.
        let inner = bits.indices.map { bits[$0] > 0 ? integers[$0] - signs[$0] : 0 }
        let fractions = bits.indices.map { bits[$0] > 0 ? bits[$0] - integers[$0] : 0 }
        let kept = bits.indices.map { bits[$0] > 0 ? signs[$0] : 0 }
        let shape = numbers[1].shape
        guard let k = Tensor(shape: shape, values: kept), let i = Tensor(shape: shape, values: inner),
            let f = Tensor(shape: shape, values: fractions)
        else { throw LayerError("'bits' is of no shape", attribute: "bits") }
        return QuantizedActivation(
            .fixed(try site.types(signs: k, integers: i, fractions: f, modes: ("RND", "SAT"))))
    }

    static func fromBinary(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("zero_one")
        return QuantizedActivation(
            .binary(zeroOne: try site.flag("zero_one", default: false)), scale: try site.scale())
    }

    static func fromTernary(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("threshold")
        return QuantizedActivation(
            .ternary(threshold: try site.required("threshold")), scale: try site.scale())
    }

    static func fromPowerOfTwo(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("least", "most", "max_value", "floor", "quadratic_approximation", "negative_slope")
        let ends = try (site.integers("least") ?? []) + (site.integers("most") ?? [])
        guard ends.count == 2, ends[0] <= ends[1], ends[0] >= -1024, ends[1] <= 1023 else {
            throw LayerError("exponents from \(ends) are none", attribute: "bits")
        }
        return QuantizedActivation(
            .powersOfTwo(
                PowerOfTwoGrid(
                    exponents: ends[0]...ends[1], maximum: try site.number("max_value"),
                    floors: try site.flag("floor", default: false),
                    squares: try site.flag("quadratic_approximation", default: false),
                    negatives: try site.number("negative_slope").map { .sloped($0) } ?? .signed)))
    }

    /// `steps`: ops as objects of a class, the last one a grid. What a recurrent layer computes inside itself.
    static func chain(_ site: ImportSite) throws(LayerError) -> QuantizedActivation {
        try site.expectAttributes("steps")
        var layers: [any ModelLayer] = []
        let steps = site.attributes["steps"]?.arrayValue ?? []
        for (index, step) in steps.enumerated() {
            guard let op = step["class_name"]?.stringValue else { throw site.wrong("steps", step, "an op") }
            // Numbers are those of the grid.
            let numbers = index == steps.count - 1 ? site.tensors : [:]
            layers.append(try KerasFunction.read(op, step["config"]?.fields ?? [:], site, numbers))
        }
        guard var grid = layers.popLast() as? QuantizedActivation else {
            throw LayerError("its activation is no quantizer alone", attribute: "activation")
        }
        grid.functions = layers.map { Layer($0) }
        return grid
    }

    static func clip(_ site: ImportSite) throws(LayerError) -> Unary {
        try site.expectAttributes("low", "high")
        return Unary(.clip(low: Double(try site.required("low")), high: Double(try site.required("high"))))
    }

    /// `x clip((x + shift) / bound, 0, 1)`.
    static func hardSwish(_ site: ImportSite) throws(LayerError) -> Unary {
        try site.expectAttributes("shift", "bound")
        let shift = Double(try site.required("shift")), bound = Double(try site.required("bound"))
        guard bound > 0 else { throw LayerError("a bound of \(bound) is none", attribute: "relu_upper_bound") }
        return Unary(.hardSwish(slope: 1 / bound, shift: shift / bound))
    }

    static func hardSigmoid(_ site: ImportSite) throws(LayerError) -> HardSigmoid {
        try site.expectAttributes("slope", "shift")
        return HardSigmoid(slope: try site.required("slope"), shift: try site.required("shift"))
    }
}

extension ImportSite {
    fileprivate func missing(_ name: String) -> LayerError { LayerError("'\(name)' is missing", attribute: name) }

    fileprivate func required(_ name: String) throws(LayerError) -> Float {
        guard let number = try number(name) else { throw missing(name) }
        return number
    }

    /// The numbers called `scale`, where there are any.
    fileprivate func scale() throws(LayerError) -> Tensor? {
        guard tensors["scale"] != nil else { return nil }
        return try expectWeights(["scale"])[0]
    }

    /// The types of the elements of what comes in.
    ///
    /// - Parameters:
    ///   - integers: bits before the binary point, the sign's not among them.
    ///   - modes: the attributes that state how values are rounded and bounded.
    fileprivate func types(
        signs: Tensor, integers: Tensor, fractions: Tensor, modes: (rounding: String, overflow: String)
    ) throws(LayerError) -> ElementTypes {
        let names = (try text(modes.rounding) ?? "TRN", try text(modes.overflow) ?? "WRAP")
        guard let rounding = Rounding(rawValue: names.0) else {
            throw wrong(modes.rounding, .string(names.0), Rounding.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let overflow = Overflow(rawValue: names.1) else {
            throw wrong(modes.overflow, .string(names.1), Overflow.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let k = signs.singles, i = integers.singles, f = fractions.singles
        var types: [FixedType] = []
        for index in i.indices {
            guard k.count == i.count, f.count == i.count, max(abs(i[index]), abs(f[index])) < 512 else {
                throw LayerError("\(k.count) signs, \(i.count) and \(f.count) numbers of bits are not those of types")
            }
            let integer = Int(i[index]) + (k[index] > 0 ? 1 : 0)
            let width = integer + Int(f[index])
            types.append(
                width <= 0
                    ? ElementTypes.none
                    : FixedType(
                        width: width, integer: integer, signed: k[index] > 0, rounding: rounding, overflow: overflow))
        }
        return try spread(types, integers.shape)
    }

    /// Types of this shape along the last axes of what comes in; axes of one element go along with any number.
    private func spread(_ types: [FixedType], _ shape: Shape) throws(LayerError) -> ElementTypes {
        guard let first = types.first else { throw LayerError("there are no numbers of bits") }
        if types.allSatisfy({ $0 == first }) { return .uniform(first) }
        // Behind a refusal nothing is known of what comes in, and nothing becomes of the layer.
        guard let input else { return .uniform(first) }
        // The axis of the samples may stand in front.
        let own = shape.count == input.count + 1 && shape[0] == 1 ? Array(shape.dropFirst()) : shape
        guard Merge.broadcast(own, input) == input else {
            throw LayerError("numbers of bits of shape \(shape) are not those of a tensor of shape \(input)")
        }
        let padded = [Int](repeating: 1, count: input.count - own.count) + own
        let many = padded.indices.filter { padded[$0] > 1 }
        if many.count == 1 { return .axis(many[0], types) }
        return .each((Merge.places(of: padded, in: input) ?? Array(types.indices)).map { types[$0] })
    }
}
