public import LayerKit

extension ScaleBiasOperation {
    public func hls(_ site: HLSSite) -> HLSForm {
        .call(
            HLSCall(
                "normalize", header: "nnet_batchnorm",
                members: [
                    .size("n_in", site.count()), .size("n_chan", channels), .type("scale_t", scale.type),
                    .type("bias_t", bias.type),
                ],
                constants: [
                    .init("scale", scale.type, scale.raw, rowLength: 16, isTrained: true),
                    .init("bias", bias.type, bias.raw, rowLength: 16, isTrained: true),
                ]))
    }
}
