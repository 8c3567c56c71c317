public import LayerKit
import Options

extension SoftmaxOperation {
    public var summary: OperationSummary {
        switch method {
        case .stable(_, let tables): tables.summary("softmax (stable)")
        case .scaled(_, let exp, let accum, _, let inverse):
            OperationSummary(
                "softmax (stable)", accum: accum,
                tables: [.init(.expTable, exp.type), .init(.invTable, inverse.type)])
        case .latency(let tables): tables.summary("softmax (latency)")
        case .legacy(let exp, let inverse):
            OperationSummary(
                "softmax (legacy)", tables: [.init(.expTable, exp.type), .init(.invTable, inverse.type)])
        case .argmax: OperationSummary("softmax (argmax)")
        }
    }
}

extension SoftmaxOperation.Tables {
    fileprivate func summary(_ kind: String) -> OperationSummary {
        OperationSummary(
            kind, accum: accum,
            tables: [.init(.expTable, exp.type), .init(.invInp, invInput), .init(.invTable, inverse.type)])
    }
}
