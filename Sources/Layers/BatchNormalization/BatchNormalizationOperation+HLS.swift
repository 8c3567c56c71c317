public import LayerKit
public import Streams

extension BatchNormalizationOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "normalize", header: "nnet_batchnorm",
                members: [
                    .size("n_in", site.input.count), .size("n_chan", channels),
                    .size("reuse_factor", reuse ?? 1), .constant("scale", scale.type), .constant("bias", bias.type),
                ],
                constants: [
                    .init("scale", scale, rowLength: 16, isTrained: true),
                    .init("bias", bias, rowLength: 16, isTrained: true),
                ], schedule: site.sharing(reuse)))
    }

    /// A product and a sum.
    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 20, interval: reuse ?? 1) }
}
