/// Improves a system in many small steps: some intermediate results are dissolved, the greedy search is run again with
/// scores that vary a little, and what is not dearer is kept (P. Shaw's large neighbourhood search).
struct Refinement {
    private(set) var best: SumSystem
    private var bits: Int
    private var work: Int
    private var weighing: Weighing

    /// In how many thousandths of the intermediate results are dissolved, by turns: many to leave a dead end, few
    /// to polish.
    private static let fractions: [UInt64] = [200, 50, 100, 200, 20]
    /// The variation of scores, in 256ths.
    private static let noises: [UInt64] = [32, 128, 64]

    init(_ system: SumSystem, _ bits: Int, _ weighing: Weighing, work: Int) {
        best = system
        self.bits = bits
        self.work = work
        self.weighing = weighing
    }

    /// - Parameter progress: hears how much work is left.
    mutating func run(_ progress: (Int) throws -> Void) rethrows {
        var step = 0
        while work > 0, best.rows.count > best.outputCount {
            step += 1
            if step % 16 == 0 { try progress(max(0, work)) }
            let random = Mixing.mixed(UInt64(step))
            weighing.seed = random
            weighing.noise = Self.noises[step % Self.noises.count]
            let fraction = Self.fractions[step % Self.fractions.count]
            work -= best.size
            guard let opened = best.inlining({ Mixing.mixed(random ^ UInt64($0)) % 1000 < fraction }) else { continue }
            var search = PatternSearch(opened, weighing, work: work)
            search.run()
            work = search.work
            guard var closed = search.system.inlining({ _ in false }) else { continue }
            let new = closed.countBits(&work)
            if new <= bits {
                best = closed
                bits = new
            }
        }
    }
}
