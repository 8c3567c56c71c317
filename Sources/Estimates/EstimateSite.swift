internal import Basics
internal import FixedPoint
internal import LayerKit
internal import Options

/// Where an operation stands: what comes in, how it travels, and for what is estimated.
struct EstimateSite {
    var io: IOType
    var input: FixedType
    var inputShape: Shape
    var outputShape: Shape
    var target: Target

    var count: Int { max(1, inputShape.elementCount) }
    /// Elements that pass together in a stream.
    var channels: Int { max(1, inputShape.last ?? 1) }
    var groups: Int { max(1, count / channels) }

    /// Elements that are worked on at the same time.
    var parallel: Int { io == .stream ? channels : count }

    /// A layer that does the same to each element.
    /// - Parameters:
    ///   - depth: cycles that one element takes.
    ///   - element: what one element occupies; its schedule is not looked at.
    func elementwise(depth: Int, _ element: Estimate) -> Estimate {
        var result = Estimate(latency: depth, interval: 1)
        if io == .stream { result = ElementwiseSchedule.stream(groups: groups, depth: depth, target) }
        result.occupy(element.copies(parallel))
        return result
    }

    /// A product with a constant.
    func product(_ constant: Int64, bits: Int) -> Estimate {
        switch Multiplier.digits(constant) {
        case 0, 1: return Estimate()
        case let digits:
            if Multiplier.needsBlock(constant, dataBits: bits) { return Estimate(dsp: 1) }
            return Estimate(
                lut: Count.times(digits - 1, Multiplier.adder(bits + Multiplier.bits(constant), target.tool)))
        }
    }
}
