public import LayerKit
public import Streams

extension ELUOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        // SELU scales its positive side, and its negative one in the table; ELU scales the table's entries.
        let parameter: HLSCall.Parameter
        switch (positive, negative) {
        case (let gain?, nil): parameter = .init("lambda", gain)
        case (nil, let factor): parameter = .init("alpha", factor ?? .one)
        case (.some, .some): return .unsupported("factors on both sides of an exponential unit")
        }
        return .call(
            HLSCall(
                positive == nil ? "elu" : "selu", header: "nnet_activation",
                members: [
                    .size("n_in", site.input.count), .size("table_size", table.raw.count),
                    .level("span_log2", rangeBits),
                    .constant("table", table.type), .constant(parameter.role, parameter.constant.type),
                ],
                constants: [.table("table", table)], parameters: [parameter]))
    }

    /// A product, a look-up and another product.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 32) }
}
