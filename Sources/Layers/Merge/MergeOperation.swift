public import FixedPoint
public import LayerKit

/// Two tensors element by element: `y = result(a op b)`, exact inside and cast once. Axes of one element go along with
/// any number, as NumPy broadcasts.
public struct MergeOperation: DesignOperation {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case add, subtract, multiply
        /// Half of the sum.
        case average
        case maximum, minimum
    }

    public var kind: Kind
    public var resultType: FixedType

    public init(_ kind: Kind, resultType: FixedType) {
        self.kind = kind
        self.resultType = resultType
    }

    public static let key = "merge"
    public static let kernels: Set<String> = ["merge"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary(kind.rawValue) }

    /// A signed type that holds both operands and what they become, exactly.
    public func exactType(_ a: FixedType, _ b: FixedType) -> FixedType {
        switch kind {
        case .multiply:
            return FixedType(width: a.width + b.width + 2, integer: a.integer + b.integer + 2)
        case .add, .subtract, .average, .maximum, .minimum:
            let integer = max(a.integer, b.integer) + 2, fraction = fraction(a, b)
            return FixedType(width: integer + fraction, integer: integer)
        }
    }

    /// The bits behind the point with which the result is exact.
    public func fraction(_ a: FixedType, _ b: FixedType) -> Int {
        switch kind {
        case .multiply: a.fraction + b.fraction
        case .average: max(a.fraction, b.fraction) + 1
        case .add, .subtract, .maximum, .minimum: max(a.fraction, b.fraction)
        }
    }

    public func wordBits(_ site: OperationSite) -> Int {
        exactType(site.inputs[0].type, site.inputs[1].type).bitsToCast(to: resultType)
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.output.count
        let places = site.inputs.map { Merge.places(of: $0.shape, in: site.output.shape) }
        let (a, b) = (site.inputs[0].type, site.inputs[1].type)
        let common = max(a.fraction, b.fraction)
        let lifts = kind == .multiply ? (W(0), W(0)) : (W(common - a.fraction), W(common - b.fraction))
        let cast = Cast<W>(fromFraction: fraction(a, b), to: resultType)
        let kind = kind
        return { inputs, outputs in
            let first = inputs[0], second = inputs[1], output = outputs[0]
            for index in 0..<count {
                let x = first[places[0]?[index] ?? index] << lifts.0
                let y = second[places[1]?[index] ?? index] << lifts.1
                output[index] = cast(Self.combine(x, y, kind))
            }
        }
    }

    @inline(__always)
    private static func combine<W: Word>(_ x: W, _ y: W, _ kind: Kind) -> W {
        switch kind {
        // Half of the sum is the sum in units of half the last place.
        case .add, .average: x &+ y
        case .subtract: x &- y
        case .multiply: x &* y
        case .maximum: max(x, y)
        case .minimum: min(x, y)
        }
    }
}
