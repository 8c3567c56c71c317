public import Basics
import FixedPoint
public import LayerKit
import Options

extension BatchNormalization {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        let affine = affine
        func quantized(_ tensor: Tensor, _ role: PrecisionRole) -> QuantizedTensor {
            let inferred =
                site.compat == .hls4ml ? site.options.modelDefault : FixedType.fittingWeights(tensor.doubles)
            return WeightQuantizer.quantize(tensor, as: site.stated(role) ?? inferred, compat: site.compat)
        }
        var operation = BatchNormalizationOperation(
            scale: quantized(affine.scale, .scale), bias: quantized(affine.bias, .bias), resultType: input.type)
        let exact = operation.ranges(input.ranges)
        let inferred: FixedType
        switch site.compat {
        case .hls4ml: inferred = operation.hls4mlType(input.type, site.options.maximumPrecision)
        case .native:
            inferred = DenseOperation.nativeResult(
                SumRanges(partial: exact, final: exact), operation.exactType(input.type).fraction)
        }
        operation.resultType = site.stated(.result) ?? inferred
        return Lowered(operation, site, ranges: exact.cast(to: operation.resultType))
    }
}

extension BatchNormalizationOperation {
    /// Bounds of `x * scale + bias`.
    func ranges(_ input: Ranges) -> Ranges {
        var result = input
        let factors = scale.values, offsets = bias.values
        for index in input.low.indices {
            let c = index % max(1, channels)
            let p = input.low[index] * factors[c], q = input.high[index] * factors[c]
            result.low[index] = min(p, q) + offsets[c]
            result.high[index] = max(p, q) + offsets[c]
        }
        return result
    }

    /// hls4ml's inferred result type, `hls4ml-features` 2.4.
    func hls4mlType(_ input: FixedType, _ maximum: FixedType?) -> FixedType {
        let signed = scale.type.signed || input.signed
        let product = input.integer + scale.type.integer
        var integer =
            max(
                product + (bias.type.signed && !signed ? 1 : 0),
                bias.type.integer + (signed && !bias.type.signed ? 1 : 0)
            ) + 1
        var width = integer + max(input.width + scale.type.width - product, bias.type.fraction)
        if let maximum {
            width = min(width, maximum.width)
            integer = min(integer, maximum.integer)
        }
        return FixedType(width: width, integer: integer, signed: signed || bias.type.signed)
    }
}
