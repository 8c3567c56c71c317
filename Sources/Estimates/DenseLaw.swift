internal import Basics

/// What a matrix product costs by its shape, whatever its weights are. Fitted to synthesis reports; `Calibration` says
/// how well.
public struct DenseLaw {
    var inputs: Int
    var outputs: Int
    var reuse: Int
    /// Products that are left when zeros are gone.
    public var nonZero: Int
    var dataBits: Int
    var weightBits: Int
    var accumBits: Int
    /// Bits of the two sides of a product with the sign that a multiplier gives each of them.
    var factors: (data: Int, weight: Int)
    /// Whether inputs wait in registers while a loop works on them.
    var holdsInputs: Bool

    public init(
        inputs: Int, outputs: Int, reuse: Int = 1, nonZero: Int, dataBits: Int, weightBits: Int, accumBits: Int,
        factors: (data: Int, weight: Int)? = nil, holdsInputs: Bool = true
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.reuse = reuse
        self.nonZero = nonZero
        self.dataBits = dataBits
        self.weightBits = weightBits
        self.accumBits = accumBits
        self.factors = factors ?? (dataBits, weightBits)
        self.holdsInputs = holdsInputs
    }

    /// Multipliers that work at once.
    var multipliers: Int { Count.ratio(Count.times(inputs, outputs), max(1, reuse)) }

    /// Every weight a constant in the logic. Without the blocks: those depend on the weights.
    public func unrolled(_ target: Target) -> Estimate {
        // From reports at 5 ns: UltraScale+ one cycle for 16 to 64 inputs; 7 series 4 to 11, without a rule.
        let delay = target.family == .series7 ? 35.0 : 10
        let latency = target.cycles(delay, least: 1)
        return Estimate(
            latency: latency, interval: 1, lut: Count.times(nonZero, Multiplier.adder(accumBits, target.tool)),
            ff: registers(of: nonZero, stages: latency + 1, target))
    }

    /// Straight-line code whose multipliers are shared by `reuse` cycles.
    /// - Parameter products: how many need a multiplier; the others are additions alone. Nil: all.
    public func shared(_ target: Target, products: Int? = nil) -> Estimate {
        let scale = Double(accumBits) / 16
        let multipliers = products.map { Count.ratio($0, max(1, reuse)) } ?? multipliers
        let additions = products.map { max(0, nonZero - $0) } ?? 0
        return Estimate(
            latency: reuse + (multipliers > 8 ? 2 : 1), interval: reuse,
            lut: Count.plus(
                Count.rounded(Double(multipliers) * 124 * scale),
                Count.times(additions, Multiplier.adder(accumBits, target.tool))),
            ff: Count.plus(
                Count.rounded(Double(multipliers) * 159 * scale), registers(of: additions, stages: 2, target)),
            dsp: blocks(multipliers, target))
    }

    private func blocks(_ count: Int, _ target: Target) -> Int {
        Multiplier.blocks(factors.data, factors.weight, count: count, target.family)
    }

    /// What the additions of a pipeline of so many stages keep from one to the next.
    private func registers(of additions: Int, stages: Int, _ target: Target) -> Int {
        Count.rounded(Double(additions) * Double(stages) * (target.tool == .vivado ? 1.05 : 2.7))
    }

    /// A loop of `reuse` steps over words of weights in memory.
    /// - Parameters:
    ///   - wordBits: bits of a word that is read in one step.
    ///   - rewinds: whether the next call's first step follows the last one of this call.
    ///   - inBlocks: whether the words lie in block RAM; else they are logic.
    public func loop(_ target: Target, wordBits: Int, rewinds: Bool, inBlocks: Bool) -> Estimate {
        let dsp = blocks(multipliers, target)
        // Reading, multiplying and adding once, and what stands before and behind a loop that does not rewind.
        let depth = (dsp == 0 ? 1 : max(dataBits, weightBits) > 18 ? 8 : 5) + (rewinds ? 0 : 3)
        let latency = Count.plus(reuse, depth)
        let memory = inBlocks ? Memory.blocks(depth: reuse, bits: wordBits) : 0
        let logic = inBlocks ? 0 : Memory.logic(depth: reuse, bits: wordBits)
        let held =
            holdsInputs ? Count.plus(Count.times(inputs, dataBits), Count.times(outputs, accumBits)) : 0
        let sums = holdsInputs ? 0 : Count.times(min(outputs, multipliers), accumBits)
        let perMultiplier = Double(accumBits) * (dsp > 0 ? 3.2 : 1)
        return Estimate(
            latency: latency, interval: rewinds ? reuse : latency,
            lut: Count.plus(
                Count.plus(350, held), Count.plus(logic, Count.times(multipliers, 28 + 4 * accumBits))),
            ff: Count.plus(
                60, Count.plus(held, Count.plus(sums, Count.rounded(Double(multipliers) * perMultiplier)))),
            dsp: dsp, bram18: memory)
    }
}
