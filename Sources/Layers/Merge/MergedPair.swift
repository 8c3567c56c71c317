import FixedPoint
import LayerKit

/// Two tensors that are merged, and what is known of what they become.
struct MergedPair {
    let kind: MergeOperation.Kind
    let a: FixedType
    let b: FixedType
    let shape: Shape
    /// Bounds of the exact result.
    let ranges: Ranges

    /// Precondition: the shapes go along with each other.
    init(_ kind: MergeOperation.Kind, _ first: LoweringSite.Value, _ second: LoweringSite.Value) {
        self.kind = kind
        a = first.type
        b = second.type
        let shape = Merge.broadcast(first.shape, second.shape) ?? []
        self.shape = shape
        let places = [first, second].map { Merge.places(of: $0.shape, in: shape) }
        var ranges = Ranges(low: [], high: [])
        for index in 0..<shape.elementCount {
            let x = places[0]?[index] ?? index, y = places[1]?[index] ?? index
            let (low, high) = Self.bounds(
                kind, (first.ranges.low[x], first.ranges.high[x]), (second.ranges.low[y], second.ranges.high[y]))
            ranges.low.append(low)
            ranges.high.append(high)
        }
        self.ranges = ranges
    }

    private static func bounds(
        _ kind: MergeOperation.Kind, _ x: (low: Double, high: Double), _ y: (low: Double, high: Double)
    ) -> (Double, Double) {
        switch kind {
        case .add: return (x.low + y.low, x.high + y.high)
        case .average: return ((x.low + y.low) / 2, (x.high + y.high) / 2)
        case .subtract: return (x.low - y.high, x.high - y.low)
        case .multiply:
            let corners = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high]
            return (corners.min() ?? 0, corners.max() ?? 0)
        case .maximum: return (max(x.low, y.low), max(x.high, y.high))
        case .minimum: return (min(x.low, y.low), min(x.high, y.high))
        }
    }

    private var fraction: Int { MergeOperation(kind, resultType: a).fraction(a, b) }

    /// The narrowest type that holds every result exactly.
    var exactType: FixedType {
        let (low, high) = ranges.span
        return .covering(low, high, fraction: fraction)
    }

    func result(_ rules: any TypeRules) -> FixedType {
        rules.result(exact: ranges, fraction: fraction, byTypes: byTypes)
    }

    /// What hls4ml infers from the types of the operands, `hls4ml-features` 2.4: it gives an average the place of a sum.
    private var byTypes: FixedType {
        switch kind {
        case .multiply:
            return FixedType(
                width: a.width + b.width, integer: a.integer + b.integer, signed: a.signed || b.signed)
        case .add, .subtract, .average: return .union(a, b, signed: kind == .subtract, growth: 1)
        case .maximum, .minimum: return .union(a, b)
        }
    }
}
