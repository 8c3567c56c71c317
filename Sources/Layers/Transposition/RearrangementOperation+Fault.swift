internal import Basics
import FixedPoint
public import LayerKit

extension RearrangementOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard shape == site.output.shape else { return "gives shape \(site.output.shape), not \(shape)" }
        let low = offsets.reduce(0) { Count.plus($0, $1.min() ?? 0) }
        let high = offsets.reduce(0) { Count.plus($0, $1.max() ?? 0) }
        let areSmall = offsets.allSatisfy { $0.allSatisfy { $0.magnitude < 1 << 40 } }
        guard areSmall, low >= 0, high < site.input.count else {
            return "reads beyond the \(site.input.count) elements that come in"
        }
        if case .uniform = resultType { return nil }
        guard resultType == site.input.types.rearranged(offsets, from: site.input.shape) else {
            return "has results whose types are not those of what comes in"
        }
        return nil
    }
}

extension ElementTypes {
    /// The types of elements that keep their own in another order.
    func rearranged(_ offsets: [[Int]], from shape: Shape) -> ElementTypes {
        if case .uniform = self { return self }
        let all = all(in: shape)
        return .each(RearrangementOperation.places(offsets).map { all[$0] })
    }
}
