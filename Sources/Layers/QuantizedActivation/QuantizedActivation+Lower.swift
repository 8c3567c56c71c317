public import Basics
internal import FixedPoint
public import LayerKit
internal import Options

extension QuantizedActivation {
    /// A cast for a grid of fixed point, comparisons for the others.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        guard functions.isEmpty else { throw site.unwritten() }
        let input = site.inputs[0]
        if case .fixed(let types) = grid, scale == nil, self.input == nil {
            return Lowered(CastOperation(resultType: types), site, ranges: input.ranges.cast(to: types, input.shape))
        }
        if site.compat == .hls4ml, scale == nil, let affine = self.input { return peerThresholds(affine, site) }
        let factors = scale?.doubles ?? [1]
        let scales = self.input?.scale.doubles ?? [1], offsets = self.input?.bias.doubles ?? [0]
        guard let function = function(in: input.shape) else { throw site.unwritten() }
        let count = max(factors.count, scales.count, offsets.count)
        return try StepLowering(
            functions: (0..<count).map { c in
                let factor = factors[c % factors.count], scale = scales[c % scales.count]
                let offset = offsets[c % offsets.count]
                return { factor * function(scale * $0 + offset) }
            }, lines: nil
        ).lower(site)
    }

    /// As hls4ml compares: with thresholds that are rounded down to the input's last place, whatever the sign of the scale.
    private func peerThresholds(_ affine: Affine, _ site: LoweringSite) -> Lowered {
        let input = site.inputs[0].type, type = FixedType.int(2)
        func raw(_ value: Double) -> Int64 {
            Int64(clamping: input.plain.quantize((value / input.step).rounded(.down) * input.step))
        }
        var limits: [Int64] = [], values: [Int64] = [-1, 1]
        for (scale, bias) in zip(affine.scale.doubles, affine.bias.doubles) {
            switch grid {
            case .ternary(let threshold):
                values = [-1, 0, 1]
                // What equals a threshold is below it.
                let ends = [-Double(threshold), Double(threshold)].map { raw(($0 - bias) / scale) + 1 }
                limits += ends.sorted()
            case .binary, .fixed, .powersOfTwo: limits.append(raw(-bias / scale))
            }
        }
        let steps = values.count - 1, channels = limits.count / steps
        let limitType = FixedType(width: input.width + 1, integer: input.integer + 1, signed: true)
        let operation = ThresholdOperation(
            resultType: type, thresholds: QuantizedTensor(type: limitType, shape: [channels, steps], raw: limits),
            values: QuantizedTensor(type: type, shape: [1, steps + 1], raw: values))
        let ones = [Double](repeating: 1, count: site.outputs[0].elementCount)
        return Lowered(operation, site, ranges: Ranges(low: ones.map { -$0 }, high: ones))
    }

    /// What is done to one element where it is the same for all; nil where it is not, or not monotone.
    private func function(in shape: Shape) -> (@Sendable (Double) -> Double)? {
        switch grid {
        case .fixed(let types):
            guard case .uniform(let type) = types, type.overflow == .sat || type.overflow == .satSym else { return nil }
            return { [grid = FixedGrid(type)] in grid($0) }
        case .binary(let zeroOne): return { $0 < 0 ? (zeroOne ? 0 : -1) : 1 }
        case .ternary(let threshold):
            let limit = Double(threshold)
            return { abs($0) >= limit ? ($0 > 0 ? 1 : $0 < 0 ? -1 : 0) : 0 }
        case .powersOfTwo(let grid):
            if case .sloped(let slope) = grid.negatives, slope < 0 { return nil }
            return { grid($0) }
        }
    }
}
