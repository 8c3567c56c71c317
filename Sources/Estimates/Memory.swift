internal import Basics

/// What constants in memory cost.
public enum Memory {
    /// Below this many bits a table becomes logic.
    public static let smallest = 1024

    /// Blocks of 18 Kb of a memory of `depth` words: each block is 36 bits wide up to 512 words, and narrower where
    /// it is deeper.
    public static func blocks(depth: Int, bits: Int) -> Int {
        guard depth > 1, bits > 0, Count.times(depth, bits) > smallest else { return 0 }
        let shapes = [(512, 36), (1024, 18), (2048, 9), (4096, 4), (8192, 2), (16384, 1)]
        let (rows, width) = shapes.first { depth <= $0.0 } ?? (16384, 1)
        return Count.times(Count.ratio(bits, width), Count.ratio(depth, rows))
    }

    /// A table of `count` words of `bits` bits that `readers` look into in the same cycle; a block has two ports.
    public static func table(_ count: Int, bits: Int, readers: Int, interval: Int = 1) -> Estimate {
        let blocks = blocks(depth: count, bits: bits)
        guard blocks == 0 else { return Estimate(bram18: Count.times(blocks, Count.ratio(readers, 2 * interval))) }
        return Estimate(lut: Count.times(logic(depth: count, bits: bits), Count.ratio(readers, interval)))
    }

    /// LUTs of a memory of `depth` words for one reader: one LUT holds 64 entries of one bit.
    public static func logic(depth: Int, bits: Int) -> Int { Count.times(Count.ratio(depth, 64), bits) }

    /// Bits of a word of weights that differ from one word to another: what never changes is no memory. Lane after
    /// lane, `depth` weights each, as the kernels lay them out: one output behind the other.
    ///
    /// - Parameter weights: in units of their last place, all outputs of one input side by side.
    public static func changingBits(_ weights: [Int64], outputs: Int, depth: Int, width: Int) -> Int {
        guard depth > 0, outputs > 0 else { return 0 }
        let inputs = weights.count / outputs, lanes = Count.ratio(weights.count, depth)
        let step = inputs.quotientAndRemainder(dividingBy: depth)
        // Bits that are set somewhere in a lane, and bits that are not.
        var ones = [Int64](repeating: 0, count: lanes), zeros = ones
        // In the order in which the weights lie: going from output to output would be one look into memory for each.
        for input in 0..<inputs {
            var (lane, rest) = input.quotientAndRemainder(dividingBy: depth)
            for weight in weights[input * outputs..<(input + 1) * outputs] {
                ones[lane] |= weight
                zeros[lane] |= ~weight
                lane += step.quotient
                rest += step.remainder
                if rest >= depth {
                    rest -= depth
                    lane += 1
                }
            }
        }
        let mask: Int64 = width >= 64 ? -1 : (1 << Int64(max(0, width))) - 1
        return zip(ones, zeros).reduce(0) { $0 + ($1.0 & $1.1 & mask).nonzeroBitCount }
    }
}
