internal import Basics
import FixedPoint
import LayerKit

/// A monotone function of few values for each channel, as an operation that decides as the function does for every
/// number that can come in.
struct StepLowering {
    /// One for all elements, one for each place of the last axis, or one for each element.
    var functions: [@Sendable (Double) -> Double]
    /// The straight line that the steps of each function follow, and how they are rounded to it; nil: they follow none.
    var lines: (each: [(factor: Double, offset: Double)], rounding: FixedPoint.Rounding)?

    /// Up to so many thresholds are less than a product.
    private static let fewSteps = 3
    /// Comparisons that are put in place of a product.
    private static let mostSteps = 255
    private static let mostChanges = 1 << 17

    func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        var tables: [StepTable] = []
        for channel in functions.indices {
            guard let table = table(of: channel, site.inputs[0]) else {
                throw site.error("it has more than \(Self.mostChanges) steps over what comes in")
            }
            tables.append(table)
        }
        let most = tables.map(\.changes.count).max() ?? 0
        let values = tables.flatMap(\.values)
        guard let type = Self.type(of: values) else {
            throw site.error(
                "its values are multiples of no power of two, which no fixed-point type holds exactly")
        }
        let ranges = ranges(tables, site.outputs[0])
        if most > Self.fewSteps, let product = product(tables, type, site) {
            return Lowered(product, site, ranges: ranges)
        }
        guard most <= Self.mostSteps else {
            throw site.error(
                "no product decides between its \(most) steps as it does itself, and they are too many to compare with")
        }
        return Lowered(thresholds(tables, type, site.inputs[0].type), site, ranges: ranges)
    }

    private func table(of channel: Int, _ input: LoweringSite.Value) -> StepTable? {
        let type = input.type, count = functions.count
        let places = stride(from: channel, to: max(input.ranges.low.count, channel + 1), by: count)
        let lows = places.compactMap { input.ranges.low.indices.contains($0) ? input.ranges.low[$0] : nil }
        let highs = places.compactMap { input.ranges.high.indices.contains($0) ? input.ranges.high[$0] : nil }
        let low = max(type.minimum, lows.min() ?? type.minimum), high = min(type.maximum, highs.max() ?? type.maximum)
        let function = functions[channel], step = type.step
        // A bound may lie between two numbers.
        let first = Int64(clamping: max(type.rawMin, Int128((low / step).rounded(.down))))
        let last = Int64(clamping: min(type.rawMax, Int128((high / step).rounded(.up))))
        return StepTable(from: min(first, last), to: max(first, last), limit: Self.mostChanges) {
            function(Double($0) * step)
        }
    }

    /// The narrowest type that holds every value; nil where they have no common power of two that leaves few bits.
    private static func type(of values: [Double]) -> FixedType? {
        let others = values.filter { $0 != 0 }
        let fraction = others.map { $0.significandWidth - Int($0.exponent) }.max() ?? 0
        let type = FixedType.covering(values.min() ?? 0, values.max() ?? 0, fraction: fraction)
        return type.width <= 62 ? type : nil
    }

    private func ranges(_ tables: [StepTable], _ shape: Shape) -> Ranges {
        let ends = tables.map { ($0.first, $0.changes.last?.value ?? $0.first) }
        let places = 0..<shape.elementCount
        return Ranges(
            low: places.map { min(ends[$0 % ends.count].0, ends[$0 % ends.count].1) },
            high: places.map { max(ends[$0 % ends.count].0, ends[$0 % ends.count].1) })
    }

    /// `result(x factor + offset)` with as few bits of the factor as decide every step right; nil where none do.
    private func product(
        _ tables: [StepTable], _ type: FixedType, _ site: LoweringSite
    ) -> BatchNormalizationOperation? {
        let input = site.inputs[0].type, channels = site.inputs[0].shape.last ?? 1
        guard let lines, functions.count == 1 || functions.count == channels else { return nil }
        let factors = lines.each.map(\.factor), offsets = lines.each.map(\.offset)
        let values = tables.flatMap(\.values)
        var result = type
        result.rounding = lines.rounding
        result.overflow = type.signed && values.min() == -(values.max() ?? 0) ? .satSym : .sat
        // From where an error of the factor moves a step by less than a quarter, for the largest number.
        let reach = tables.map { Double(max($0.low.magnitude, $0.high.magnitude)) * input.step }.max() ?? 0
        let largest = factors.map(abs).max() ?? 0
        guard reach > 0, largest > 0, reach.isFinite, largest.isFinite else { return nil }
        let least = Int(reach.exponent) + result.fraction - 6
        let exact = factors.map { $0.significandWidth - Int($0.exponent) }.max() ?? 0
        let places = [exact].filter { $0 + Int(largest.exponent) < 24 } + Array(least...(least + 48))
        for bits in places {
            let scale = Self.numbers(factors, fraction: bits)
            let bias = Self.numbers(offsets, fraction: bits + input.fraction)
            guard let scale, let bias else { return nil }
            let cast = Cast<Int128>(fromFraction: bits + input.fraction, to: result)
            let agrees = tables.indices.allSatisfy { c in
                let factor = Int128(scale.raw[c]), offset = Int128(bias.raw[c])
                return tables[c].isSame { result.value(cast(Int128($0) * factor + offset)) }
            }
            guard agrees else { continue }
            return BatchNormalizationOperation(
                scale: Self.repeated(scale, channels), bias: Self.repeated(bias, channels), resultType: result)
        }
        return nil
    }

    /// Numbers to the nearest at a binary point; nil where a word does not hold them.
    private static func numbers(_ values: [Double], fraction: Int) -> QuantizedTensor? {
        let unit = Double(sign: .plus, exponent: fraction, significand: 1)
        let scaled = values.map { ($0 * unit).rounded(.toNearestOrEven) }
        guard scaled.allSatisfy({ abs($0) < 0x1p61 }) else { return nil }
        let step = 1 / unit
        let low = (scaled.min() ?? 0) * step, high = (scaled.max() ?? 0) * step
        let type = FixedType.covering(low, high, fraction: fraction)
        return QuantizedTensor(type: type, shape: [values.count], raw: scaled.map { Int64($0) })
    }

    private static func repeated(_ tensor: QuantizedTensor, _ count: Int) -> QuantizedTensor {
        guard tensor.raw.count == 1 else { return tensor }
        return QuantizedTensor(
            type: tensor.type, shape: [count], raw: [Int64](repeating: tensor.raw[0], count: count))
    }

    /// Comparisons with each number at which something changes.
    private func thresholds(_ tables: [StepTable], _ type: FixedType, _ input: FixedType) -> ThresholdOperation {
        let steps = max(1, tables.map(\.changes.count).max() ?? 1)
        var limits: [Int64] = [], rows: [[Int64]] = []
        for table in tables {
            // What is never reached stands behind the last change.
            let never = (table.changes.last?.at ?? table.high) + (table.changes.isEmpty ? 1 : 0)
            let missing = steps - table.changes.count
            limits += table.changes.map(\.at) + [Int64](repeating: never, count: missing)
            let last = table.changes.last?.value ?? table.first
            rows.append(
                (table.values + [Double](repeating: last, count: missing)).map { Int64(clamping: type.quantize($0)) })
        }
        let isOne = rows.allSatisfy { $0 == rows[0] }
        let step = input.step
        let limitType = FixedType.covering(
            Double(limits.min() ?? 0) * step, Double(limits.max() ?? 0) * step, fraction: input.fraction)
        return ThresholdOperation(
            resultType: type, thresholds: QuantizedTensor(type: limitType, shape: [tables.count, steps], raw: limits),
            values: QuantizedTensor(
                type: type, shape: [isOne ? 1 : rows.count, steps + 1], raw: isOne ? rows[0] : Array(rows.joined())))
    }
}
