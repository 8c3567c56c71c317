public import Basics
import FixedPoint
public import LayerKit
public import Options

/// `x^2`, element by element.
public struct Square: ModelLayer {
    public init() {}

    public static let key = "square"
    public static var operations: [any DesignOperation.Type] { [SquareOperation.self] }

    public static var imports: [ImportRule] { [ImportRule(.keras, "Square", is: Square())] }

    public var typeName: String { "Square" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        [inputs.first ?? []]
    }

    public func evaluateFloat(_ inputs: [[Double]], _ shapes: [Shape]) -> [[Double]] {
        [inputs[0].map { $0 * $0 }]
    }

    public func absorbing(_ affine: Affine) -> Square? { nil }

    /// A result as fine as what comes in, that holds every square.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let ranges = Self.ranges(input.ranges)
        var inferred = FixedType.covering(
            ranges.span.low, ranges.span.high, fraction: input.type.fraction)
        inferred.rounding = .rnd
        let operation = SquareOperation(resultType: site.rules.result(inferred: inferred))
        return Lowered(operation, site, ranges: ranges.cast(to: operation.resultType))
    }

    /// Bounds of the squares of numbers with these bounds.
    private static func ranges(_ input: Ranges) -> Ranges {
        let bounds = zip(input.low, input.high).map { low, high in
            let ends = (low * low, high * high)
            return (low: low <= 0 && high >= 0 ? 0 : min(ends.0, ends.1), high: max(ends.0, ends.1))
        }
        return Ranges(low: bounds.map(\.low), high: bounds.map(\.high))
    }
}
