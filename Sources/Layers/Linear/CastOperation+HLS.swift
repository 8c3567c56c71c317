import FixedPoint
public import LayerKit
import Options
public import Streams

extension CastOperation {
    public func hls(_ site: OperationSite) -> HLSForm {
        let size = HLSCall.Member.size("n_in", site.input.count)
        switch resultType {
        case .uniform: return .call(HLSCall("linear", header: "nnet_activation", members: [size]))
        case .axis, .each:
            let types = period(site)
            return .call(
                HLSCall(
                    "cast_elements", header: "nnet_cast",
                    members: [size, .size("n_types", types.count), .casts(types, result: resultType.storage)]))
        }
    }

    /// The types of as many elements as it takes for them to repeat: one group of channels, where the types differ by
    /// channel; else the whole tensor.
    private func period(_ site: OperationSite) -> [FixedType] {
        let shape = site.output.shape
        if case .axis(let axis, let types) = resultType, axis == shape.count - 1 { return types }
        return resultType.all(in: shape)
    }

    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 8) }
}
