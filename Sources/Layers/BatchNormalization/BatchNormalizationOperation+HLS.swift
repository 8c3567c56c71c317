public import LayerKit
public import Streams

extension BatchNormalizationOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "normalize", header: "nnet_batchnorm",
                members: [
                    .size("n_in", site.input.count), .size("n_chan", channels), .type("scale_t", scale.type),
                    .type("bias_t", bias.type),
                ],
                constants: [
                    .init("scale", scale, rowLength: 16, isTrained: true),
                    .init("bias", bias, rowLength: 16, isTrained: true),
                ]))
    }

    /// A product and a sum.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 20) }
}
