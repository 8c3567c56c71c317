public import FixedPoint
public import LayerKit

/// `y = result(x * scale + bias)` per channel of the last axis, the product and the sum being exact.
public struct BatchNormalizationOperation: DesignOperation {
    public var scale: QuantizedTensor
    public var bias: QuantizedTensor
    public var resultType: FixedType
    /// How often one multiplier is used for the elements that come at once; nil: once.
    public var reuse: Int?

    public static let key = "batchNormalization"
    public static let kernels: Set<String> = ["normalize", "normalize_binary_tanh", "normalize_ternary_tanh"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary {
        OperationSummary("batch normalization", weight: scale.types, bias: bias.types, reuse: reuse)
    }

    public var channels: Int { scale.raw.count }

    /// The exact type of `x * scale + bias`.
    public func exactType(_ input: FixedType) -> FixedType {
        let fraction = max(input.fraction + scale.type.fraction, bias.type.fraction)
        let integer = max(input.integer + scale.type.integer, bias.type.integer) + 2
        return FixedType(width: integer + fraction, integer: integer)
    }

    public func wordBits(_ site: OperationSite) -> Int { exactType(site.input.type).bitsToCast(to: resultType) }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count, channels = max(1, channels)
        let product = site.input.type.fraction + scale.type.fraction
        let fraction = max(product, bias.type.fraction)
        let lift = W(fraction - product)
        let factors = scale.raw.map { W($0) }
        let offsets = bias.raw.map { W($0) << W(fraction - bias.type.fraction) }
        let cast = Cast<W>(fromFraction: fraction, to: resultType)
        return { inputs, outputs in
            let input = inputs[0], output = outputs[0]
            for index in 0..<count {
                let c = index % channels
                output[index] = cast((input[index] &* factors[c]) << lift &+ offsets[c])
            }
        }
    }
}
