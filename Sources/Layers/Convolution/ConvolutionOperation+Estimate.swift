internal import Basics
public import Estimates
internal import FixedPoint
public import LayerKit
internal import Options

extension ConvolutionOperation {
    /// The product of one place as often as there are places at once, and what holds the window.
    public func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        let plane = plane(site)
        var one = product(of: 0).estimate(vectors(site), target).copies(groups)
        let bits = site.input.type.width
        switch site.io {
        case .parallel:
            let count = atOnce(plane), together = count.rows * count.columns
            let turns = plane.positions / together
            let registers = Count.plus(Count.times(plane.paddedCount, bits), site.output.bits)
            if product.isLoop, turns > 1 {
                one.latency = Count.times(one.latency, turns)
                one.interval = one.latency
                one.ff = Count.plus(one.ff, registers)
                return one
            }
            return one.copies(together).inTurns(turns, bits: registers)
        case .stream:
            // The window's registers, and the rows of pixels that it still has to see.
            one.ff = Count.plus(one.ff, Count.times(plane.windowElements, bits))
            let pixels = plane.paddedHeight * plane.paddedWidth
            var result = ElementwiseSchedule.stream(
                groups: pixels, depth: one.latency, interval: interval, target)
            if product.isLoop {
                let cycles = Count.plus(pixels, Count.times(plane.positions, one.latency + 1))
                result = Estimate(latency: cycles, interval: cycles, fill: cycles / max(1, plane.outputHeight))
            }
            result.occupy(one)
            result.occupy(plane.lines(bits: bits))
            return result
        }
    }
}
