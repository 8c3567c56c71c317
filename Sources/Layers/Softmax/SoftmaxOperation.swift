public import FixedPoint
public import LayerKit

/// Softmax over the last axis, with tables. `top(v)` is the leading bits of v's raw word, as an unsigned number of as
/// many bits as the table's size has.
public struct SoftmaxOperation: DesignOperation {
    public var resultType: FixedType
    public var method: Method
    /// How many vectors are worked on at once where tensors pass as arrays; divides their number.
    public var parallelization = 1

    public static let key = "softmax"
    public static let kernels: Set<String> = [
        "softmax_stable", "softmax_scaled", "softmax_latency", "softmax_legacy", "softmax_argmax", "softmax_normalise",
        "softmax_normalise_scaled",
    ]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }

    public enum Method: Hashable, Sendable, Codable {
        /// `d_i = difference(max(x) - x_i)`, `e_i = accum(exp[top(d_i)])`, `s = invInput(tree sum of e)`,
        /// `y_i = result(e_i * inverse[top(s)])`.
        case stable(difference: FixedType, Tables)
        /// As stable, with reciprocals of the sum's digits and not of the sum, which many classes make large: `s = m 2^k`,
        /// 1 <= m < 2, `y_i = result(e_i * (inverse[the leading bits of m behind the point] >> k))`. The exponential of
        /// 0 is 1, so that no sum is less; `growth` is the largest k.
        case scaled(
            difference: FixedType, exp: QuantizedTensor, accum: FixedType, growth: Int, inverse: QuantizedTensor)
        /// As stable, without the maximum: `e_i = accum(exp[top(x_i)])`.
        case latency(Tables)
        /// `s_i = sum_j exp[clamp(trunc0((x_j - x_i) N / 16) + N / 2)]` in the table's type, 1 for j = i;
        /// `y_i = result(inverse[clamp(trunc0(s_i M / 64))])`. N, M: the sizes of the tables.
        case legacy(exp: QuantizedTensor, inverse: QuantizedTensor)
        /// 1 for the first maximum, 0 for the others.
        case argmax
    }

    public struct Tables: Hashable, Sendable, Codable {
        public var exp: QuantizedTensor
        public var accum: FixedType
        public var invInput: FixedType
        public var inverse: QuantizedTensor
    }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type
        switch method {
        case .stable(let difference, let tables):
            let wide = FixedType(width: input.width + 1, integer: input.integer + 1)
            return max(wide.bitsToCast(to: difference), wordBits(tables))
        case .scaled(let difference, let exp, let accum, _, let inverse):
            let wide = FixedType(width: input.width + 1, integer: input.integer + 1)
            return max(wide.bitsToCast(to: difference), wordBits(exp.type, accum, inverse.type))
        case .latency(let tables):
            return max(input.width + 1, wordBits(tables))
        case .legacy(let exp, let inverse):
            let index = input.width + 2 + TableOperation.log2Ceil(exp.raw.count)
            let sum = exp.type.width + 8 + TableOperation.log2Ceil(inverse.raw.count)
            return max(index, sum, exp.type.bitsToCast(to: exp.type) + 2, inverse.type.bitsToCast(to: resultType))
        case .argmax:
            return max(input.width + 1, FixedType.int(2).bitsToCast(to: resultType))
        }
    }

    private func wordBits(_ tables: Tables) -> Int {
        max(wordBits(tables.exp.type, tables.accum, tables.inverse.type), tables.accum.bitsToCast(to: tables.invInput))
    }

    private func wordBits(_ exp: FixedType, _ accum: FixedType, _ inverse: FixedType) -> Int {
        let product = FixedType(width: accum.width + inverse.width, integer: accum.integer + inverse.integer)
        return max(exp.bitsToCast(to: accum), accum.width + 3, product.bitsToCast(to: resultType))
    }
}
