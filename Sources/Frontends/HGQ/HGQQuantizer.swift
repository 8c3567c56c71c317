internal import Basics
internal import LayerKit

/// A quantizer of HGQ 2 with its trained widths: a sign, bits before and behind the binary point for each element.
struct HGQQuantizer {
    var signs: Tensor
    /// The sign's not among them.
    var integers: Tensor
    var fractions: Tensor
    var rounding: String
    var overflow: String
    /// What is computed before the rounding.
    var function: QuantizerStep?

    /// - Parameters:
    ///   - config: what Keras writes of a `QuantizerConfig`.
    ///   - variables: the quantizer's numbers in the order in which it makes them.
    /// - Returns: nil for a quantizer that does nothing.
    static func read(_ config: JSONValue, _ variables: [ImportTensor]) throws(LayerError) -> HGQQuantizer? {
        guard let options = config["config"], let kind = options["q_type"]?.stringValue else {
            throw LayerError("\(config.summary) is no configuration of a quantizer")
        }
        if kind == "dummy" { return nil }
        // The configurations of hard functions leave out what they are made of.
        let hard = HardFunction(rawValue: config["class_name"]?.stringValue ?? "")
        guard kind == "kif" || kind == "kbi" else {
            throw LayerError(
                "a quantizer of type '\(kind)' is not read", help: "the fixed-point ones, kif and kbi, are")
        }
        for name in ["scaler", "affine", "bw_mapper"] {
            guard let value = options[name], value != .null, !isDefaultMapper(value) else { continue }
            throw LayerError("a quantizer's option \(name) is \(value.summary), which is not honoured")
        }
        let overflow = hard == nil ? options["overflow_mode"]?.stringValue ?? "" : "SAT"
        let rounding = options["round_mode"]?.stringValue ?? ""
        guard ["WRAP", "SAT", "SAT_SYM"].contains(overflow) else {
            throw LayerError("a quantizer's option overflow_mode is '\(overflow)', expected WRAP, SAT or SAT_SYM")
        }
        // What is trained comes before what is not: of wrapping types the integer part follows from the data.
        let wraps = overflow == "WRAP"
        guard variables.count == (wraps ? 4 : 3) else {
            throw LayerError("a quantizer has \(variables.count) variables, expected \(wraps ? 4 : 3)")
        }
        let first = try whole(variables[0]), second = try whole(variables[1]), third = try whole(variables[2])
        let signs = wraps ? second : third
        let integers = wraps ? third : kind == "kif" ? first : second
        let size = wraps || kind == "kbi" ? first : second
        guard signs.shape == size.shape, integers.shape == size.shape else {
            throw LayerError("a quantizer's variables are not of one shape")
        }
        guard hard == nil || first.singles.allSatisfy({ $0 == hard?.integers }) else {
            throw LayerError("a quantizer of \(hard?.rawValue ?? "") has other integer bits than its function")
        }
        // Of kbi the size is that of both sides of the binary point.
        let i = integers.singles
        let fractions = kind == "kif" ? size.singles : zip(size.singles, i).map { $0 - $1 }
        var quantizer = HGQQuantizer(
            signs: signs, integers: integers,
            fractions: Tensor(shape: size.shape, values: fractions) ?? size,
            // Rounding by chance is for training.
            rounding: rounding.rest(behind: "S_") ?? rounding, overflow: overflow)
        if hard == .sigmoid { try quantizer.becomeHardSigmoid() }
        if options["is_weight"] == .bool(true), options["trainable"] != .bool(false), wraps,
            kind == "kif" || quantizer.rounding == "RND"
        {
            quantizer.unbind()
        }
        return quantizer
    }

    /// A grid that is a function: `clip(x, -1, 1)`, and `clip(x, -2, 2) / 4 + 1/2`.
    private enum HardFunction: String {
        case tanh = "HardTanhConfig"
        case sigmoid = "HardSigmoidConfig"

        var integers: Float { self == .tanh ? 0 : 1 }
    }

    private static func isDefaultMapper(_ value: JSONValue) -> Bool {
        value["class_name"]?.stringValue == "DefaultBitwidthMapper"
    }

    /// Widths are trained as numbers with fractions.
    private static func whole(_ tensor: ImportTensor) throws(LayerError) -> Tensor {
        let loaded = try tensor.load()
        return Tensor(shape: loaded.shape, values: loaded.singles.map { $0.rounded(.toNearestOrEven) }) ?? loaded
    }

    /// What is rounded between -2 and 2, over 4 and 1/2 more, is as well `x / 4 + 1/2` rounded between 0 and 1 with two
    /// bits more.
    private mutating func becomeHardSigmoid() throws(LayerError) {
        guard fractions.singles.allSatisfy({ $0 >= 0 }) else {
            throw LayerError("a hard sigmoid without bits behind the binary point is not read")
        }
        func filled(_ values: [Float]) -> Tensor { Tensor(shape: signs.shape, values: values) ?? signs }
        let zeros = [Float](repeating: 0, count: signs.count)
        signs = filled(zeros)
        integers = filled(zeros)
        fractions = filled(fractions.singles.map { $0 + 2 })
        function = QuantizerStep(
            op: "quantizers.hard_sigmoid", attributes: ["slope": .double(0.25), "shift": .double(0.5)])
    }

    /// Weights are only rounded where their type would wrap: it is one that they fit into.
    private mutating func unbind() {
        func filled(_ value: Float) -> Tensor {
            Tensor(shape: signs.shape, values: [Float](repeating: value, count: signs.count)) ?? signs
        }
        signs = filled(1)
        integers = filled(30)
        overflow = "SAT"
    }

    /// The ops that do to activations what the quantizer does.
    var steps: [QuantizerStep] { (function.map { [$0] } ?? []) + [step] }

    /// The last of them, which rounds.
    var step: QuantizerStep {
        QuantizerStep(
            op: "quantizers.fixed_each",
            attributes: ["rounding": .string(rounding), "overflow": .string(overflow)],
            tensors: [
                "keep_negative": ImportTensor(signs), "integers": ImportTensor(integers),
                "fractions": ImportTensor(fractions),
            ])
    }

    /// Trained numbers as the layer uses them.
    func quantized(_ numbers: Tensor) throws(LayerError) -> Tensor { try steps.applied(to: numbers) }
}
