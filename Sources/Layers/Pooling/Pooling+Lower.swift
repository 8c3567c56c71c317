public import Basics
internal import FixedPoint
public import LayerKit
internal import Options

extension Pooling {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let windows = (try? windows()) ?? []
        let input = site.inputs[0], plane = try site.plane(windows)
        var operation = PoolingOperation(
            kind: kind, windows: windows, countsPadding: countsPadding, accum: input.type,
            quotientFraction: input.type.fraction, floors: site.compat == .native, resultType: input.type)
        let bounds = seen(by: plane, input.ranges)
        switch kind {
        case .max: operation.resultType = site.rules.moved() ?? input.type.plain
        case .average: setTypes(&operation, site, plane, bounds)
        }
        var ranges = bounds
        if kind == .average {
            let all = Double(plane.taps)
            let sums = Ranges(low: bounds.low.map { min($0, $0 * all) }, high: bounds.high.map { max($0, $0 * all) })
            // A mean lies between its elements, unless their sum does not fit.
            if sums.overflow(operation.accum) {
                ranges = Ranges(of: operation.accum, count: bounds.low.count)
            } else {
                let step = operation.accum.step * (all + 1)
                ranges = Ranges(low: bounds.low.map { $0 - step }, high: bounds.high.map { $0 + step })
            }
        }
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType))
    }

    /// hls4ml sums in a type with room for all elements, and divides within it. Natively the sum is exact, and so is its
    /// quotient where that has an end; else it is rounded behind as many bits as the window's size has.
    private func setTypes(
        _ operation: inout PoolingOperation, _ site: LoweringSite, _ plane: Plane, _ bounds: Ranges
    ) {
        let input = site.inputs[0].type, rules = site.rules
        let growth = plane.taps <= 1 ? 0 : Int.bitWidth - (plane.taps - 1).leadingZeroBitCount
        switch site.compat {
        case .hls4ml:
            let inferred = FixedType(
                width: input.width + 2 * growth, integer: input.integer + growth, signed: input.signed)
            operation.accum = rules.stated(.accum) ?? inferred
            operation.resultType = rules.stated(.result) ?? input
            operation.quotientFraction = operation.accum.fraction
        case .native:
            let (low, high) = bounds.span, taps = Double(plane.taps)
            operation.accum =
                rules.stated(exactly: .accum)
                ?? .covering(min(0, low * taps), max(0, high * taps), fraction: input.fraction)
            let fraction = operation.accum.fraction
            let whole = FixedType.covering(low - input.step, high + input.step, fraction: 0).integer
            var result = FixedType.covering(
                low - input.step, high + input.step,
                fraction: min(fraction + growth, max(input.fraction, NativeTypes.resultWidth - whole)))
            if result.fraction < fraction + growth || plane.taps.nonzeroBitCount > 1 { result.rounding = .rnd }
            operation.resultType = rules.stated(.result) ?? result
            // One bit more than is kept decides how it is rounded.
            operation.quotientFraction = max(fraction + growth, operation.resultType.fraction + 1)
        }
    }

    /// Bounds of the elements that the window sees at each of its places.
    private func seen(by plane: Plane, _ input: Ranges) -> Ranges {
        let channels = plane.channels
        var seen = Ranges(low: [], high: [])
        for row in 0..<plane.outputHeight {
            for column in 0..<plane.outputWidth {
                let sources = plane.sources(row: row, column: column)
                let inside = sources.compactMap(\.self)
                for c in 0..<channels {
                    var low = inside.map { input.low[$0 + c] }, high = inside.map { input.high[$0 + c] }
                    if kind == .max {
                        seen.low.append(low.max() ?? 0)
                        seen.high.append(high.max() ?? 0)
                        continue
                    }
                    if countsPadding, inside.count < sources.count {
                        low.append(0)
                        high.append(0)
                    }
                    seen.low.append(low.min() ?? 0)
                    seen.high.append(high.max() ?? 0)
                }
            }
        }
        return seen
    }
}
