public import Basics
import FixedPoint
internal import Glibc
public import LayerKit
import Options

extension ELU {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        var warnings: [Diagnostic] = []
        let type = site.rules.table(low: -2, high: 0)
        let positive: Constant?, negative: Constant?
        switch self {
        case .elu(let alpha):
            positive = nil
            negative = Constant(Double(alpha), as: site.rules.constant(Double(alpha)))
        case .selu:
            positive = Constant(Self.seluLambda, as: site.rules.gain(input: input.type, io: site.io))
            negative = nil
        }
        let drop = negative?.value ?? 1
        let size = try site.tableSize()
        let table: QuantizedTensor, rangeBits: Int
        // Places behind the point of a result that nobody stated.
        var fraction = max(input.type.fraction, 10)
        switch site.compat {
        case .hls4ml:
            table = TableOperation.quantized(peerEntries(size), as: type)
            rangeBits = 3
        case .native:
            let stated = site.rules.stated(.result), gain = max(abs(drop), 0x1p-40)
            let found = FunctionTable(
                below(input), as: type, size: site.option(\.tableSize).map { _ in size },
                step: (stated?.step ?? exp2(-Double(fraction))) / gain)
            table = found.table
            rangeBits = TableOperation.log2Ceil(found.bins.count) + found.bins.stepBits
            fraction = found.places(atMost: fraction, gain: gain)
            if let stated { warnings += found.warning(stated, site, gain: gain).map { [$0] } ?? [] }
        }
        let ranges = ranges(of: input, gain: positive?.value ?? 1, below: table.values.map { $0 * drop })
        var inferred = FixedType.covering(ranges.span.low, ranges.span.high + 1e-9, fraction: fraction)
        inferred.rounding = .rnd
        let operation = ELUOperation(
            resultType: site.rules.result(inferred: inferred), table: table, rangeBits: rangeBits, positive: positive,
            negative: negative)
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType), warnings: warnings)
    }

    private func ranges(of input: LoweringSite.Value, gain: Double, below: [Double]) -> Ranges {
        let bottom = max(below.min() ?? -1, -1e300), top = below.max() ?? 0
        let bounds = zip(input.ranges.low, input.ranges.high).map { low, high in
            switch (low >= 0, high >= 0) {
            case (true, _): (low: low * gain, high: high * gain)
            case (false, true): (low: min(bottom, 0), high: max(high * gain, top))
            case (false, false): (low: bottom, high: top)
            }
        }
        return Ranges(low: bounds.map(\.low), high: bounds.map(\.high))
    }

    /// What the table holds, as a function of -x, over all that can come in.
    private func below(_ input: LoweringSite.Value) -> BinnedFunction {
        let factor: Double
        switch self {
        case .elu: factor = 1
        case .selu: factor = Self.seluLambda * Self.seluAlpha
        }
        let step = input.type.step, lowest = max(input.type.minimum, input.ranges.span.low)
        return BinnedFunction(
            low: step, high: max(step, -lowest), step: step, beginsAtZero: true
        ) { factor * expm1(-$0) }
    }

    /// Entry i of the peer's table is the function of -8 i / size, in single precision where it computes in it: entries
    /// are compared bit for bit.
    private func peerEntries(_ size: Int) -> [Double] {
        (0..<size).map { index -> Double in
            let x = Float(-8.0 * Double(index) / Double(Float(size)))
            let shrunk = Double(expf(x)) - 1
            switch self {
            case .elu: return Double(Float(shrunk))
            case .selu: return Double(Float(Self.seluLambda * (Self.seluAlpha * shrunk)))
            }
        }
    }
}
