import FixedPoint
public import LayerKit
public import Streams
import Options

extension SoftmaxOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let classes = site.input.channels
        let slices = site.input.count / classes
        let sizes: [HLSCall.Member] = [.size("n_in", classes), .size("n_elements", slices)]
        // A stream's kernel takes all elements of the stream; an array's takes one vector.
        let calls = site.io == .stream ? 1 : slices
        func call(_ kernel: String, _ members: [HLSCall.Member], _ tables: [HLSCall.ConstantArray]) -> HLSForm {
            .call(
                HLSCall(
                    kernel, header: "nnet_softmax", members: sizes + members, constants: tables, calls: calls,
                    together: site.io == .stream ? 1 : parallelization))
        }
        switch method {
        case .stable(let difference, let tables):
            let tables = tables.reachable(by: difference).narrowed(classes)
            return call("softmax_stable", [.type("inp_norm_t", difference)] + tables.members, tables.arrays)
        case .scaled(let difference, let exp, let accum, let growth, let inverse):
            let exp = exp.reachable(bits: difference.width)
            return call(
                "softmax_scaled",
                [
                    .type("inp_norm_t", difference), .size("exp_table_size", exp.raw.count),
                    .size("inv_table_size", inverse.raw.count), .constant("exp_table", exp.type),
                    .type("accum_t", accum), .level("sum_growth", growth), .constant("inv_table", inverse.type),
                ],
                [.table("exp_table", exp), .table("inv_table", inverse)])
        case .latency(let tables):
            let tables = tables.reachable(by: site.input.type)
            return call("softmax_latency", tables.members, tables.arrays)
        case .legacy(let exp, let inverse):
            guard exp.type == inverse.type else { return .unsupported("tables of two types in a legacy softmax") }
            return call(
                "softmax_legacy",
                [
                    .size("exp_table_size", exp.raw.count), .size("inv_table_size", inverse.raw.count),
                    .constant("table", exp.type), .type("sum_t", exp.type),
                ],
                [.table("exp_table", exp), .table("inv_table", inverse)])
        case .argmax:
            return call("softmax_argmax", [], [])
        }
    }

    /// Trees over the classes, two look-ups and a product.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let levels = Int.bitWidth - site.input.channels.leadingZeroBitCount
        return site.elementwise(pipeline: 32 + 4 * levels)
    }
}

extension SoftmaxOperation.Tables {
    fileprivate var members: [HLSCall.Member] {
        [
            .size("exp_table_size", exp.raw.count), .size("inv_table_size", inverse.raw.count),
            .constant("exp_table", exp.type), .type("accum_t", accum), .type("inv_inp_t", invInput),
            .constant("inv_table", inverse.type),
        ]
    }

    fileprivate var arrays: [HLSCall.ConstantArray] { [.table("exp_table", exp), .table("inv_table", inverse)] }
}
