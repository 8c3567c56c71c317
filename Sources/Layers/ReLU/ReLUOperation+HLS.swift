public import LayerKit
public import Streams

extension ReLUOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let size = HLSCall.Member.size("n_in", site.input.count)
        if let slope, slope.raw.count > 1 { return elementwise(slope, size, site) }
        let factor = slope.map { Constant(raw: $0.raw.first ?? 0, type: $0.type) }
        func call(_ kernel: String, _ parameters: [HLSCall.Parameter], flags: [HLSCall.Member] = []) -> HLSForm {
            let types = parameters.map { HLSCall.Member.constant($0.role, $0.constant.type) }
            return .call(
                HLSCall(
                    kernel, header: "nnet_activation", members: [size] + flags + types, parameters: parameters))
        }
        switch (maximum, threshold, factor) {
        case (nil, nil, nil): return call("relu", [])
        case (let top?, nil, nil) where top.raw > 0: return call("relu_max", [.init("max", top)])
        case (nil, nil, let factor?): return call("leaky_relu", [.init("alpha", factor)])
        case (nil, let limit?, nil) where !inclusive: return call("thresholded_relu", [.init("theta", limit)])
        default:
            guard inclusive || threshold == nil else {
                return .unsupported("an exclusive threshold together with a maximum or a slope")
            }
            return call(
                "relu_general",
                [
                    .init("max", maximum ?? .zero), .init("slope", factor ?? .zero),
                    .init("threshold", threshold ?? .zero),
                ], flags: [.flag("has_max", maximum != nil)])
        }
    }

    /// One slope for each element.
    private func elementwise(_ slope: QuantizedTensor, _ size: HLSCall.Member, _ site: OperationSite) -> HLSForm {
        guard maximum == nil, threshold == nil else {
            return .unsupported("one slope per element together with a maximum or a threshold")
        }
        return .call(
            HLSCall(
                "prelu", header: "nnet_activation",
                members: [
                    size, .size("n_alpha", slope.raw.count), .size("reuse_factor", reuse ?? 1),
                    .constant("alpha", slope.type),
                ],
                constants: [.init("alpha", slope, rowLength: 16, isTrained: true)], schedule: site.sharing(reuse)))
    }

    /// Comparisons; a slope is a product.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        site.elementwise(pipeline: slope == nil ? 8 : 20, interval: reuse ?? 1)
    }
}
