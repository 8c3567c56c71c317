import Basics
import Glibc
import FixedPoint
import LayerKit
import Layers
import Options

extension Pass {
    /// before: `dense(a_j q_ij, b)`, quantised with a scale a (alpha); after: `dense(q_ij, 0) -> bn(a_j, b)`: how hls4ml computes
    /// weights whose quantiser states a scale.
    ///
    /// A scale that was fitted to powers of two passes through a power-of-two quantiser of as many bits as hls4ml gives it, which
    /// need not hold its exponents; behind it the type is the model's default.
    static let applyAlpha = Pass(hls4ml: "apply-alpha") { model, node, options in
        guard let scale = node.quantizers[.kernel]?.scale, let product = node.layer.product, !product.isDepthwise,
            let columns = product.kernel.shape.last
        else { return model }
        let factors = (0..<columns).map { scale.factors.singles[$0 % scale.factors.count] }
        let kernel = product.kernel.singles.enumerated().map { 1 / factors[$0 % columns] * $1 }
        guard factors.allSatisfy({ $0 != 0 && $0.isFinite }),
            let whole = Tensor(shape: product.kernel.shape, values: kernel)
        else { return model }
        let zeros = [Float](repeating: 0, count: columns)
        let applied = scale.isPowerOfTwo ? peerPowers(factors) : factors
        var alpha = Model.Node(
            name: model.unusedName("\(node.name)_alpha"), inputs: [], shape: node.outputs[0],
            layer: BatchNormalization(Affine(scale: Tensor(applied), bias: product.bias ?? Tensor(zeros))))
        let typeName = node.layer.definition.typeName
        if product.bias != nil, case .type(let type)? = options.precision(.bias, layer: node.name, type: typeName) {
            alpha.types[.bias] = type
        } else if let type = node.quantizers[.bias]?.type {
            alpha.types[.bias] = type
        }
        if scale.isPowerOfTwo { alpha.types[.scale] = .holding(applied.map(Double.init)) }
        let result = model.replacing(node.name, by: product.with(whole, product.bias.map { _ in Tensor(zeros) }))
            .inserting(alpha, behind: node.name)
        return scale.isPowerOfTwo ? result.typing(alpha.name, as: options.modelDefault) : result
    }

    /// The powers of two that hls4ml's quantiser for them makes of scales: its bits are one more than the largest exponent, and at
    /// least two, one of which is the sign of the number and one that of the exponent.
    private static func peerPowers(_ scales: [Float]) -> [Float] {
        let exponents = scales.map { log2(Double(abs($0))) }
        let bits = max(2, Int(exponents.map(abs).max() ?? 0) + 1)
        let top = Double(sign: .plus, exponent: max(0, bits - 2), significand: 1)
        return zip(scales, exponents).map { scale, exponent in
            let held = min(max(exponent.rounded(.toNearestOrEven), -top), top - 1)
            return (scale < 0 ? -1 : 1) * Float(sign: .plus, exponent: Int(held), significand: 1)
        }
    }
}
