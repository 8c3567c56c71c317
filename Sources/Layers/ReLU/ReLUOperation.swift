public import FixedPoint
public import LayerKit

/// ReLU and its relatives on integers: comparisons are exact; what passes is cast to the result; below the threshold the exact
/// product with the slope is.
public struct ReLUOperation: DesignOperation {
    public var resultType: FixedType
    /// An upper bound; compared exactly, then cast.
    public var maximum: Constant?
    /// Nil: 0, compared without a constant.
    public var threshold: Constant?
    /// Whether an element equal to the threshold passes.
    public var inclusive: Bool
    /// One value or one per element; nil: 0.
    public var slope: QuantizedTensor?
    /// How often one multiplier is used for the elements that come at once, where each has a slope of its own; nil: once.
    public var reuse: Int?

    public static let key = "relu"
    public static let kernels: Set<String> = [
        "relu", "relu_max", "relu_general", "leaky_relu", "prelu", "thresholded_relu",
    ]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("relu", reuse: reuse) }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type
        let low = FixedType(width: max(input.width, threshold?.type.width ?? 0), integer: input.integer)
        let types = [maximum?.type, threshold?.type].compactMap { $0 }
        let fraction = types.reduce(input.fraction) { max($0, $1.fraction) }
        let integer = types.reduce(input.integer) { max($0, $1.integer) } + 1
        let aligned = FixedType(width: integer + fraction, integer: integer)
        let scaled = slope.map {
            FixedType(width: aligned.width + $0.type.width, integer: aligned.integer + $0.type.integer)
        }
        return max(
            low.width + 1, max(aligned.bitsToCast(to: resultType), scaled?.bitsToCast(to: resultType) ?? 0))
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        let type = site.input.type
        let pass = Cast<W>(fromFraction: type.fraction, to: resultType)
        if maximum == nil, threshold == nil, slope == nil {
            // What is not positive is cast as zero, which is zero in every type.
            return { inputs, outputs in pass.apply(inputs[0], outputs[0], count: count, floor: 0) }
        }
        // Everything is compared at a common binary point.
        let fraction = max(
            type.fraction, maximum?.type.fraction ?? type.fraction, threshold?.type.fraction ?? type.fraction)
        let lift = W(fraction - type.fraction)
        func aligned(_ constant: Constant) -> W { W(constant.raw) << W(fraction - constant.type.fraction) }
        let limit = threshold.map(aligned) ?? 0
        let top = maximum.map { (aligned($0), Cast<W>(fromFraction: $0.type.fraction, to: resultType)(W($0.raw))) }
        let slopes = slope.map { $0.raw.map { W($0) } } ?? []
        let scaled = Cast<W>(fromFraction: fraction + (slope?.type.fraction ?? 0), to: resultType)
        let single = slopes.count == 1
        let inclusive = inclusive
        return { inputs, outputs in
            let input = inputs[0], output = outputs[0]
            for index in 0..<count {
                let x = input[index] << lift
                if let top, x >= top.0 {
                    output[index] = top.1
                } else if inclusive ? x >= limit : x > limit {
                    output[index] = pass(input[index])
                } else if slopes.isEmpty {
                    output[index] = 0
                } else {
                    output[index] = scaled((x &- limit) &* slopes[single ? 0 : index])
                }
            }
        }
    }
}
