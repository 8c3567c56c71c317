public import FixedPoint
public import LayerKit

/// `y = result(clip(slope * x + shift, 0, 1))`, the product and the sum being exact.
public struct HardSigmoidOperation: DesignOperation {
    public var resultType: FixedType
    public var slope: Constant
    public var shift: Constant

    public static let key = "hardSigmoid"
    public static let kernels: Set<String> = ["hard_sigmoid"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("hard sigmoid") }

    /// Exact type of `slope * x + shift`.
    public func exactType(_ input: FixedType) -> FixedType {
        let fraction = max(input.fraction + slope.type.fraction, shift.type.fraction)
        let integer = max(input.integer + slope.type.integer, shift.type.integer, 1) + 2
        return FixedType(width: integer + fraction, integer: integer)
    }

    public func wordBits(_ site: OperationSite) -> Int { exactType(site.input.type).bitsToCast(to: resultType) }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        let product = site.input.type.fraction + slope.type.fraction
        let fraction = max(product, shift.type.fraction, 0)
        let lift = W(fraction - product)
        let factor = W(slope.raw), offset = W(shift.raw) << W(fraction - shift.type.fraction)
        let one = W(1) << W(fraction)
        let cast = Cast<W>(fromFraction: fraction, to: resultType)
        return { inputs, outputs in
            let input = inputs[0], output = outputs[0]
            for index in 0..<count {
                output[index] = cast(max(0, min(one, (input[index] &* factor) << lift &+ offset)))
            }
        }
    }
}
