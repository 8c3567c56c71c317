public import Estimates
import FixedPoint
public import LayerKit
import Options

extension CastOperation {
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let input = site.input.type
        switch resultType {
        case .uniform(let type): return site.elementwise(depth: 0, CastCost.cast(input, type, target), target)
        case .axis, .each:
            var result = site.elementwise(depth: 0, Estimate(), target)
            for place in 0..<site.parallel {
                let type = resultType.type(at: place, in: site.output.shape)
                result.occupy(CastCost.cast(input, type, target))
            }
            return result
        }
    }
}
