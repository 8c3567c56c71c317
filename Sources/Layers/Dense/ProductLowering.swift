import Basics
import FixedPoint
import LayerKit
import Options

/// How a sum of trained products becomes an operation: that of `Dense`, and of every layer which is one at each of its
/// positions.
struct ProductLowering {
    let site: LoweringSite
    /// Shape (inputs of a group, outputs of all groups).
    let kernel: Tensor
    let bias: Tensor?
    /// Outputs fall into groups that each see inputs of their own.
    var groups = 1
    /// What the types of its weights and biases are called.
    var roles: (weight: PrecisionRole, bias: PrecisionRole) = (.weight, .bias)
    /// The reuse factor that is asked for, and what states it; nil: the layer's own.
    var reuse: (factor: Int, attribute: String)?

    /// An operation, and bounds of its results.
    struct Result {
        var operation: DenseOperation
        var ranges: Ranges
        var warnings: [Diagnostic] = []
    }

    private var inputCount: Int { kernel.shape[0] }
    private var outputCount: Int { kernel.shape[1] }
    private var rules: any TypeRules { site.rules }
    private var isNative: Bool { site.compat == .native }

    /// - Parameters:
    ///   - ranges: bounds of the inputs: at each position those of one group behind those of the other.
    ///   - parallelization: how many positions are computed at once; told why there can be only one, and takes warnings.
    func lower(
        _ ranges: Ranges,
        parallelization: (_ warnings: inout [Diagnostic], _ onlyOne: String?) throws(DiagnosticError) -> Int
    ) throws(DiagnosticError) -> Result {
        let input = site.inputs[0].type
        let strategy = site.option(\.strategy) ?? .latency
        let weight = rules.quantized(kernel, roles.weight, strategy)
        try expectHeld(weight)
        // What is added to whole numbers of steps decides between them: it is as fine as can be.
        let isFine = isNative && kernel.isOnGrid
        let hasFineBias = isFine && rules.stated(roles.bias) == nil
        let bias =
            bias.map {
                hasFineBias ? rules.quantized(fine: $0, roles.bias) : rules.quantized($0, roles.bias, strategy)
            } ?? noBias
        var warnings: [Diagnostic] = []
        let reuse = try legalReuse(strategy, weightBits: weight.type.width, &warnings)
        // Loops of their own do not run at once.
        let isLoop = strategy == .resource && reuse > 1
        let atOnce = try parallelization(
            &warnings, isLoop ? "strategy resource works on one position after the other" : nil)

        var operation = DenseOperation(
            weight: weight, bias: bias, accum: nil, resultType: input, strategy: strategy, reuse: reuse,
            parallelization: atOnce, exactSum: false)
        var sum = sum(of: operation, input, ranges)
        sum.isFine = isFine
        if strategy == .distributedArithmetic {
            operation.adderSlack = site.option(\.adderSlack)
        } else {
            operation.accum = rules.accumulator(sum)
        }
        operation.resultType = rules.result(sum, fraction: operation.accum?.fraction ?? sum.fraction)
        operation.exactSum = operation.sumIsExact(input, sum.ranges)
        let final = operation.accum.map { sum.ranges.final.cast(to: $0) } ?? sum.ranges.final
        return Result(operation: operation, ranges: final.cast(to: operation.resultType), warnings: warnings)
    }

    /// hls4ml holds weights that were quantised with a scale without it, and multiplies behind the layer: in a type that is
    /// meant for that, the weights as trained would be other ones.
    private func expectHeld(_ weight: QuantizedTensor) throws(DiagnosticError) {
        guard !isNative, !weight.holds(kernel), FixedType.grid(of: kernel.doubles, width: 16) != nil else { return }
        let reach = kernel.doubles.reduce(0) { max($0, abs($1)) }
        throw site.error(
            "its weights were quantised, reach \(reach) and are not held by \(weight.type): hls4ml's type for them leaves "
                + "out a scale (alpha) that 'compat: hls4ml' does not multiply with behind the layer",
            attribute: "precision",
            help: "'compat: native' computes the layer as trained; so does a weight type that holds its weights")
    }

    /// Types are inferred from those that weights and biases are given, also where hls4ml does not quantise to them.
    private func sum(of operation: DenseOperation, _ input: FixedType, _ ranges: Ranges) -> ProductSum {
        var sum = operation.sum(input, ranges, groups: groups)
        sum.weight = isNative ? operation.weight.type : rules.trained(kernel.doubles, roles.weight)
        if let bias { sum.bias = isNative ? operation.bias.type : rules.trained(bias.doubles, roles.bias) }
        sum.isTrainedExactly = operation.weight.holds(kernel) && (bias.map { operation.bias.holds($0) } ?? true)
        return sum
    }

    /// What the firmware holds for a layer without biases: single zero bits.
    private var noBias: QuantizedTensor {
        QuantizedTensor(
            type: .int(1, signed: false), shape: [outputCount], raw: [Int64](repeating: 0, count: outputCount))
    }

    /// The reuse factor, checked against what the strategy can do.
    private func legalReuse(
        _ strategy: Strategy, weightBits: Int, _ warnings: inout [Diagnostic]
    ) throws(DiagnosticError) -> Int {
        let wanted = reuse?.factor ?? site.option(\.reuse) ?? 1, attribute = reuse?.attribute ?? "reuse"
        guard strategy == .resource || strategy == .unrolled else { return wanted }
        let outputs = outputCount / groups
        let legal = ReuseFactor.legal(inputs: inputCount, outputs: outputs, weightBits: weightBits)
        if legal.contains(wanted) { return wanted }
        let nearest = ReuseFactor.nearest(to: wanted, in: legal)
        let list = legal.map(String.init).joined(separator: ", ")
        let message =
            "\(attribute) \(wanted) is not possible for a \(inputCount) x \(outputs) layer with strategy "
            + "\(strategy.rawValue)"
        guard site.compat == .hls4ml else {
            throw site.error(message, attribute: attribute, help: "legal reuse factors are \(list)")
        }
        warnings.append(
            site.warning(
                "\(message); \(nearest) is taken, as hls4ml does", attribute: attribute,
                help: "legal reuse factors are \(list)"))
        return nearest
    }
}
