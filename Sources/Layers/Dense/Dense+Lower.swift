public import Basics
import FixedPoint
public import LayerKit
import Options

extension Dense {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let strategy = site.option(\.strategy) ?? .latency
        let rules = site.rules
        let weight = rules.quantized(kernel, .weight, strategy)
        let bias = bias.map { rules.quantized($0, .bias, strategy) } ?? noBias
        var warnings: [Diagnostic] = []
        let reuse = try legalReuse(site, strategy, weightBits: weight.type.width, &warnings)
        // Loops of their own do not run at once.
        let isLoop = strategy == .resource && reuse > 1
        let parallelization = try site.parallelization(
            &warnings, onlyOne: isLoop ? "strategy resource works on one position after the other" : nil)

        var operation = DenseOperation(
            weight: weight, bias: bias, accum: nil, resultType: input.type, strategy: strategy, reuse: reuse,
            parallelization: parallelization, exactSum: false)
        let sum = sum(of: operation, site)
        if strategy == .distributedArithmetic {
            operation.adderSlack = site.option(\.adderSlack)
        } else {
            operation.accum = rules.accumulator(sum)
        }
        operation.resultType = rules.result(sum, fraction: operation.accum?.fraction ?? sum.fraction)
        operation.exactSum = operation.sumIsExact(input.type, sum.ranges)
        let ranges = operation.accum.map { sum.ranges.final.cast(to: $0) } ?? sum.ranges.final
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType), warnings: warnings)
    }

    /// Types are inferred from those that weights and biases are given, also where hls4ml does not quantise to them.
    private func sum(of operation: DenseOperation, _ site: LoweringSite) -> ProductSum {
        var sum = operation.sum(site.inputs[0].type, site.inputs[0].ranges)
        sum.weight = site.rules.trained(kernel.doubles, .weight)
        if let bias { sum.bias = site.rules.trained(bias.doubles, .bias) }
        return sum
    }

    /// What the firmware holds for a layer without biases: single zero bits.
    private var noBias: QuantizedTensor {
        QuantizedTensor(
            type: .int(1, signed: false), shape: [outputCount], raw: [Int64](repeating: 0, count: outputCount))
    }

    /// The reuse factor, checked against what the strategy can do.
    private func legalReuse(
        _ site: LoweringSite, _ strategy: Strategy, weightBits: Int, _ warnings: inout [Diagnostic]
    ) throws(DiagnosticError) -> Int {
        let wanted = site.option(\.reuse) ?? 1
        guard strategy == .resource || strategy == .unrolled else { return wanted }
        let legal = ReuseFactor.legal(inputs: inputCount, outputs: outputCount, weightBits: weightBits)
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
