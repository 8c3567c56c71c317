import FixedPoint
import LayerKit
import Options

extension Lowered {
    /// A layer that only moves elements: the stated type, or every element's own.
    /// - Parameter offsets: `RearrangementOperation.offsets`.
    static func rearranging(_ offsets: [[Int]], _ site: LoweringSite) -> Lowered {
        let (operation, ranges) = RearrangementOperation.moving(site.inputs[0], offsets, site.rules.moved())
        return Lowered(operation, site, ranges: ranges)
    }
}

extension RearrangementOperation {
    /// Elements of a tensor moved, and bounds of them.
    static func moving(
        _ input: LoweringSite.Value, _ offsets: [[Int]], _ stated: FixedType? = nil
    ) -> (RearrangementOperation, Ranges) {
        let places = places(offsets)
        let ranges = Ranges(low: places.map { input.ranges.low[$0] }, high: places.map { input.ranges.high[$0] })
        guard let stated else {
            let types = input.spec.types.rearranged(offsets, from: input.shape)
            return (RearrangementOperation(offsets: offsets, resultType: types), ranges)
        }
        return (RearrangementOperation(offsets: offsets, resultType: .uniform(stated)), ranges.cast(to: stated))
    }
}
