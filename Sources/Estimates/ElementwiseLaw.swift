internal import Basics

/// What ReLU costs by its types: the layer of which most reports are known.
public struct ReLULaw {
    var dataBits: Int
    var resultBits: Int
    var resultSigned: Bool

    public init(dataBits: Int, resultBits: Int, resultSigned: Bool) {
        self.dataBits = dataBits
        self.resultBits = resultBits
        self.resultSigned = resultSigned
    }

    /// One element of an array.
    public func element(_ target: Target) -> Estimate {
        // To an unsigned type each bit is masked by the sign; else a comparison and a choice.
        guard resultSigned else { return Estimate(lut: resultBits) }
        let comparison = target.tool == .vivado ? 0.75 : 1.375
        return Estimate(lut: resultBits + Count.rounded(comparison * Double(dataBits)))
    }

    /// `channels` elements in each of `groups` cycles.
    public func stream(channels: Int, groups: Int, _ target: Target) -> Estimate {
        let bits = Double(Count.times(channels, dataBits))
        var estimate = ElementwiseSchedule.stream(groups: groups, depth: 0, target)
        switch target.tool {
        case .vivado:
            estimate.lut = Count.rounded(125 + 2.2 * bits)
            estimate.ff = Count.rounded(76 + 2.03 * bits)
        case .vitis:
            estimate.lut = Count.rounded(80 + 2.4 * bits)
            estimate.ff = 10
        }
        return estimate
    }
}

/// When the elements of a tensor leave a layer that works on each of them alone.
public enum ElementwiseSchedule {
    /// A loop that takes one group in each `interval` cycles; a single group has no loop, and its function is pipelined.
    /// `depth`: cycles that one group spends computing.
    public static func stream(groups: Int, depth: Int, interval: Int = 1, _ target: Target) -> Estimate {
        // The older tool counts the loop's ends, and does not overlap two samples.
        let ends = target.tool == .vivado ? 4 : 1
        let cycles = Count.times(groups, interval)
        let latency = Count.plus(cycles, ends + depth)
        let overlaps = groups == 1 || target.tool == .vitis
        return Estimate(latency: latency, interval: overlaps ? cycles : latency, fill: ends + depth)
    }
}
