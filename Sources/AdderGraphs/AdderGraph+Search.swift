/// How hard adder graphs are searched for.
public struct AdderSearch: Hashable, Sendable {
    /// How many adders one after the other, beyond the fewest that the largest output can do with.
    public var slack: Int
    /// Bounds the time: steps of some tens of nanoseconds each, such as changes of one count. The same number gives the
    /// same graph on every machine. What is not done by then is summed without sharing.
    public var work: Int

    /// `work`: nil for what has shown to pay, by the size of the task, and at most some seconds.
    public init(slack: Int = 0, work: Int? = nil) {
        self.slack = slack
        self.work = work ?? .max
    }
}

extension AdderGraph {
    /// A cheap graph for a product with constants: few bits of carry chain, within a depth.
    ///
    /// Three searches one after the other. First, outputs may be computed from each other where their columns are alike
    /// (`ColumnTree`); then, time and again, the pair of terms that saves most is summed once for all (`PatternSearch`),
    /// with several weights, of which the cheapest outcome stays; last, parts of it are dissolved and searched again
    /// (`Refinement`). What remains of each sum is added up by the width of its terms (`ReductionTree`).
    /// - Parameter progress: hears now and then how many steps of how many are done; what it throws ends the search.
    public init(
        _ product: ConstantProduct, _ search: AdderSearch = AdderSearch(),
        progress: (_ done: Int, _ all: Int) throws -> Void = { _, _ in }
    ) throws {
        guard product.isNarrow else { throw Failure.overflow }
        let inputs = product.inputs
        let product = product.withoutConstantInputs
        let plain = SumSystem(product, bound: 0)
        let least = plain.rows.reduce(0) { max($0, TreeDepth.fewest(plain.load($1))) }
        let bound = min(TreeDepth.limit, least + min(TreeDepth.limit, max(0, search.slack)))
        let unshared = try GraphAssembly.graph(SumSystem(product, bound: bound), inputs)
        let starts = Start.all(product, bound: bound)
        let all = min(search.work, Start.usefulWork(plain))
        var work = all
        try progress(0, all)
        guard let start = Start.best(starts, work: &work) else {
            self = unshared
            return
        }
        var refinement = Refinement(start.system, start.bits, start.weighing, work: work)
        try refinement.run { try progress(all - $0, all) }
        let shared = try GraphAssembly.graph(refinement.best, inputs)
        self = shared.lutCount < unshared.lutCount ? shared : unshared
    }
}

extension ConstantProduct {
    /// Inputs that have one value only are no inputs: they are put into the biases, and their weights are zero.
    fileprivate var withoutConstantInputs: ConstantProduct {
        var result = self
        for (input, values) in inputs.enumerated() where values.low == values.high {
            for output in 0..<outputCount {
                result.biases[output] += values.low * weight(input, output)
                result.weights[input * outputCount + output] = 0
            }
        }
        return result
    }
}

/// A system that the greedy search begins with, and how it weighs.
private struct Start {
    var system: SumSystem
    var weighing: Weighing
    var bits = Int.max

    static func all(_ product: ConstantProduct, bound: Int) -> [Start] {
        var systems = [SumSystem(product, bound: bound)]
        for longest in [2, 4] {
            let tree = ColumnTree(product, longest: longest)
            if tree.isFlat { break }
            if let system = SumSystem(product, tree, bound: bound) { systems.append(system) }
        }
        return systems.flatMap { system in
            [0, 4].map { Start(system: system, weighing: Weighing(imbalance: $0)) }
        }
    }

    /// The cheapest outcome. The starts have a third of the work among them, or one of them has it all.
    static func best(_ starts: [Start], work: inout Int) -> Start? {
        let share = work / 3
        var left = share
        var best: Start?
        for start in starts where left > 0 {
            var search = PatternSearch(start.system, start.weighing, work: left)
            search.run()
            left = search.work
            guard var system = search.system.inlining({ _ in false }) else { continue }
            let bits = system.countBits(&left)
            if bits < best?.bits ?? .max { best = Start(system: system, weighing: start.weighing, bits: bits) }
        }
        work -= share - left
        return best
    }

    /// From here on more work changes little.
    static func usefulWork(_ system: SumSystem) -> Int {
        let pairs = system.rows.reduce(0) { $0 + $1.terms.count * $1.terms.count }
        return min(200 * pairs, 30_000_000)
    }
}
