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
            let types = resultType.repeating(in: site.output.shape)
            return .call(
                HLSCall(
                    "cast_elements", header: "nnet_cast",
                    members: [size, .size("n_types", types.places.count), .casts(types, result: resultType.storage)]))
        }
    }

    public func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 8) }
}
