internal import Basics

/// What C synthesis is expected to report of a layer or a design, before it has run: an estimate, never a measurement.
///
/// How far such numbers were off where both are known stands in `Calibration.stated`.
public struct Estimate: Hashable, Sendable {
    /// Clock cycles from the first element coming in to the last one going out.
    public var latency: Int
    /// Clock cycles between two samples.
    public var interval: Int
    /// Clock cycles from the first element coming in to the first one going out: where a stream's reader may begin.
    public var fill: Int
    public var lut: Int
    public var ff: Int
    public var dsp: Int
    /// Blocks of 18 Kb.
    public var bram18: Int

    public init(
        latency: Int = 0, interval: Int = 1, fill: Int? = nil, lut: Int = 0, ff: Int = 0, dsp: Int = 0, bram18: Int = 0
    ) {
        self.latency = latency
        self.interval = interval
        self.fill = fill ?? latency
        self.lut = lut
        self.ff = ff
        self.dsp = dsp
        self.bram18 = bram18
    }

    /// The same hardware several times over, side by side.
    public func copies(_ count: Int) -> Estimate {
        var result = self
        result.lut = Count.times(lut, count)
        result.ff = Count.times(ff, count)
        result.dsp = Count.times(dsp, count)
        result.bram18 = Count.times(bram18, count)
        return result
    }

    /// The same hardware used in turns, the steps of one pipelined loop of a function on arrays. The tensors move through
    /// registers of their own, of so many bits.
    public func inTurns(_ turns: Int, bits: Int) -> Estimate {
        guard turns > 1 else { return self }
        var result = self
        // The loop begins, and its last step passes through the pipeline.
        result.latency = Count.plus(Count.times(turns, interval), latency + 2)
        result.interval = result.latency
        result.fill = result.latency
        result.ff = Count.plus(ff, bits)
        return result
    }

    /// Takes over what another part of the same layer occupies; the schedule stays.
    public mutating func occupy(_ other: Estimate) {
        lut = Count.plus(lut, other.lut)
        ff = Count.plus(ff, other.ff)
        dsp = Count.plus(dsp, other.dsp)
        bram18 = Count.plus(bram18, other.bram18)
    }
}
