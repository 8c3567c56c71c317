/// What a pattern is worth: which of them becomes an intermediate result first.
struct Weighing: Hashable {
    /// What a level between both terms takes off, in bits.
    var imbalance = 0
    /// By how many parts in 256 a score is varied, and with which numbers: 0 is the search that looks ahead nowhere.
    var noise: UInt64 = 0
    var seed: UInt64 = 0

    /// More is better: what all uses but the first save, in quarters of bits of carry chain. Zero: out of bounds.
    func score(_ pattern: Pattern, _ count: Int, _ system: SumSystem) -> Int64 {
        guard let (a, b) = system.operands(pattern), let sum = a.adding(pattern.subtracts ? b.negated : b) else {
            return 0
        }
        var bits = AdderCost.bits(a, b, subtract: pattern.subtracts, sum)
        if pattern.subtracts { bits = min(bits, AdderCost.bits(b, a, subtract: true, sum.negated)) }
        let first = system.parts[pattern.first], second = system.parts[pattern.second]
        // Of what is free, the more frequent is still better.
        var score = 256 * ((count - 1) * (4 * bits + 1) - 4 * imbalance * abs(first.depth - second.depth))
        if noise > 0, score > 0 {
            let identity = first.hash &* 3 &+ second.hash &* 5 &+ UInt64(truncatingIfNeeded: pattern.shift)
            score += score / 256 * Int(Mixing.mixed(seed ^ identity) % (noise + 1))
        }
        return Int64(max(score, 1))
    }

    /// Whether `second - first` takes fewer bits than `first - second`.
    func prefersTurned(_ pattern: Pattern, _ system: SumSystem) -> Bool {
        guard let (a, b) = system.operands(pattern), let sum = a.adding(b.negated) else { return false }
        return AdderCost.bits(b, a, subtract: true, sum.negated) < AdderCost.bits(a, b, subtract: true, sum)
    }
}
