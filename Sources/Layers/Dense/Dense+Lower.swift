public import Basics
import FixedPoint
public import LayerKit
import Options

extension Dense {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let strategy = site.option(\.strategy) ?? .latency
        let weight = quantized(kernel, .weight, site, strategy)
        let bias = quantizedBias(site, strategy)
        var warnings: [Diagnostic] = []
        let reuse = try legalReuse(site, strategy, &warnings)

        var operation = DenseOperation(
            weight: weight, bias: bias, accum: nil, resultType: input.type, strategy: strategy, reuse: reuse,
            exactSum: false)
        let sums = operation.sumRanges(input.ranges)
        let inferred = site.compat == .hls4ml ? hls4mlType(operation, site) : nil
        switch site.compat {
        case .hls4ml: operation.accum = site.stated(.accum) ?? inferred
        case .native: operation.accum = site.stated(exactly: .accum) ?? operation.exactAccumulator(input.type, sums)
        }
        if strategy == .distributedArithmetic { operation.accum = nil }
        operation.resultType =
            site.stated(.result) ?? inferred ?? DenseOperation.nativeResult(sums, operation.accum?.fraction ?? 0)
        operation.exactSum = operation.sumIsExact(input.type, sums)
        let ranges = operation.accum.map { sums.final.cast(to: $0) } ?? sums.final
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType), warnings: warnings)
    }

    /// The trained numbers as the firmware holds them. hls4ml's distributed arithmetic takes them as they are: it does
    /// not look at the types of weights and biases.
    private func quantized(_ tensor: Tensor, _ role: PrecisionRole, _ site: LoweringSite, _ strategy: Strategy)
        -> QuantizedTensor
    {
        if site.compat == .hls4ml, strategy == .distributedArithmetic {
            return WeightQuantizer.quantize(tensor, as: .holding(tensor.doubles), compat: .native)
        }
        let type = site.stated(role) ?? inferredWeight(tensor, site)
        return WeightQuantizer.quantize(tensor, as: type, compat: site.compat)
    }

    /// hls4ml infers from the types it was told of, also where it does not quantise to them.
    private func hls4mlType(_ operation: DenseOperation, _ site: LoweringSite) -> FixedType {
        var stated = operation
        if operation.strategy == .distributedArithmetic {
            stated.weight.types = .uniform(site.stated(.weight) ?? site.options.modelDefault)
            if bias != nil { stated.bias.types = .uniform(site.stated(.bias) ?? site.options.modelDefault) }
        }
        return stated.hls4mlType(site.inputs[0].type, site.options.maximumPrecision)
    }

    /// A weight type for `auto`: hls4ml's model default; natively 16 bits, as many of them behind the point as the
    /// largest weight leaves.
    private func inferredWeight(_ tensor: Tensor, _ site: LoweringSite) -> FixedType {
        if site.compat == .hls4ml { return site.options.modelDefault }
        return FixedType.fittingWeights(tensor.doubles)
    }

    /// The bias as the firmware holds it; a layer without one holds single zero bits.
    private func quantizedBias(_ site: LoweringSite, _ strategy: Strategy) -> QuantizedTensor {
        guard let bias else {
            return QuantizedTensor(
                type: .int(1, signed: false), shape: [outputCount], raw: [Int64](repeating: 0, count: outputCount))
        }
        return quantized(bias, .bias, site, strategy)
    }

    /// The reuse factor, checked against what the strategy can do.
    private func legalReuse(_ site: LoweringSite, _ strategy: Strategy, _ warnings: inout [Diagnostic])
        throws(DiagnosticError) -> Int
    {
        let wanted = site.option(\.reuse) ?? 1
        guard strategy == .resource || strategy == .unrolled else { return wanted }
        let legal = ReuseFactor.legal(inputs: inputCount, outputs: outputCount)
        if legal.contains(wanted) { return wanted }
        let nearest = ReuseFactor.nearest(to: wanted, in: legal)
        let list = legal.map(String.init).joined(separator: ", ")
        let message =
            "reuse \(wanted) is not possible for a \(inputCount) x \(outputCount) layer with strategy "
            + "\(strategy.rawValue)"
        guard site.compat == .hls4ml else {
            throw site.error(message, attribute: "reuse", help: "legal reuse factors are \(list)")
        }
        warnings.append(
            site.warning(
                "\(message); \(nearest) is taken, as hls4ml does", attribute: "reuse",
                help: "legal reuse factors are \(list)"))
        return nearest
    }
}

/// Which reuse factors a time-multiplexed matrix product can have.
public enum ReuseFactor {
    /// All legal factors in ascending order: the multipliers, `ceil(n_in n_out / min(n_in, rf))`, must share out over
    /// the outputs (or the factor be at least `n_in`), a factor above `n_in` must be a multiple of it, and it must
    /// divide the number of products.
    public static func legal(inputs: Int, outputs: Int) -> [Int] {
        let products = inputs * outputs
        return divisors(of: products).filter { factor in
            let multipliers = (products + min(inputs, factor) - 1) / min(inputs, factor)
            return (multipliers % outputs == 0 || factor >= inputs) && (factor % inputs == 0 || factor < inputs)
        }
    }

    /// The legal factor nearest to one that is not; the smaller of two equally near.
    static func nearest(to wanted: Int, in legal: [Int]) -> Int {
        legal.min { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) } ?? 1
    }

    private static func divisors(of number: Int) -> [Int] {
        var low: [Int] = [], high: [Int] = []
        var candidate = 1
        while candidate <= number / candidate {
            if number % candidate == 0 {
                low.append(candidate)
                if candidate != number / candidate { high.append(number / candidate) }
            }
            candidate += 1
        }
        return low + high.reversed()
    }
}
