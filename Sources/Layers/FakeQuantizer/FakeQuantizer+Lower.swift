public import Basics
internal import FixedPoint
public import LayerKit

extension FakeQuantizer {
    /// A cast where the grid is that of a type; else a product or comparisons that decide every step as the quantiser
    /// does.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let input = site.inputs[0]
        if let types = castTypes(in: input.shape) {
            return Lowered(CastOperation(resultType: types), site, ranges: input.ranges.cast(to: types, input.shape))
        }
        let channels = channels(in: input.shape)
        return try StepLowering(
            functions: channels.map { channel in { channel($0) } },
            lines: rounding.mode.map { (channels.map(\.line), $0) }
        ).lower(site)
    }
}

extension Ranges {
    /// Bounds after each element was cast to its own type.
    func cast(to types: ElementTypes, _ shape: Shape) -> Ranges {
        if case .uniform(let type) = types { return cast(to: type) }
        var result = self
        for place in low.indices {
            let type = types.type(at: place, in: shape)
            let one = Ranges(low: [low[place]], high: [high[place]])
            let own = type.width == 0 ? Ranges(low: [0], high: [0]) : one.cast(to: type)
            result.low[place] = own.low[0]
            result.high[place] = own.high[0]
        }
        return result
    }
}
