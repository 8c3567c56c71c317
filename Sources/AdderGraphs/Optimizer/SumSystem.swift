/// Sums over shared parts, still without an order of additions: what the search for shared parts changes.
struct SumSystem {
    /// The inputs, then the intermediate results.
    var parts: [Part]
    /// The outputs, then the definitions of the intermediate results in the order of parts.
    var rows: [Row]
    let inputCount: Int
    let outputCount: Int

    /// Every output as the digits of its weights, at most `bound` deep.
    init(_ product: ConstantProduct, bound: Int) {
        parts = product.inputs.indices.map { Part(input: $0, product.inputs[$0]) }
        inputCount = product.inputs.count
        outputCount = product.outputCount
        rows = (0..<product.outputCount).map { output in
            let column = product.inputs.indices.map { product.weight($0, output) }
            return Row(terms: Self.digits(column), bound: bound, constant: product.biases[output])
        }
    }

    /// Multiples of the inputs as their digits.
    static func digits(_ weights: [Int64]) -> [Term] {
        weights.enumerated().flatMap { input, weight in
            SignedDigits.canonical(weight).map { Term(part: input, shift: $0.shift, negative: $0.negative) }
        }
    }

    /// The sum of `2^depth` over all that a row adds.
    func load(_ row: Row) -> Int {
        row.terms.reduce(row.constant == 0 && !row.isNegative ? 0 : 1) { $0 + 1 << parts[$1.part].depth }
    }

    /// What the tree of a row adds up.
    func items(_ row: Row) -> [ReductionTree.Item] {
        var items = row.terms.compactMap { term -> ReductionTree.Item? in
            let part = parts[term.part]
            return part.interval.shifted(left: term.shift).map {
                ReductionTree.Item($0, depth: part.depth, negative: term.negative)
            }
        }
        if row.constant != 0 || row.isNegative {
            items.append(.init(IntegerInterval(row.constant), depth: 0, negative: false))
        }
        return items
    }

    /// Bits of carry chain of all trees.
    mutating func countBits(_ work: inout Int) -> Int {
        var total = 0
        for index in rows.indices {
            if let bits = rows[index].bits {
                total += bits
                continue
            }
            work -= rows[index].terms.count * rows[index].terms.count
            let bits = ReductionTree(items(rows[index]), bound: rows[index].bound, widthWeight: 2).bits
            rows[index].bits = bits
            total += bits
        }
        return total
    }

    /// How many terms all sums have.
    var size: Int { rows.reduce(0) { $0 + $1.terms.count } }

    /// The two terms of a pattern, the lower one unshifted.
    func terms(_ pattern: Pattern) -> (Term, Term) {
        (
            Term(part: pattern.first, shift: max(0, -pattern.shift), negative: false),
            Term(part: pattern.second, shift: max(0, pattern.shift), negative: pattern.subtracts)
        )
    }

    /// The intervals of both terms of a pattern, shifted. Nil where one of them is out of bounds.
    func operands(_ pattern: Pattern) -> (IntegerInterval, IntegerInterval)? {
        guard let a = parts[pattern.first].interval.shifted(left: max(0, -pattern.shift)),
            let b = parts[pattern.second].interval.shifted(left: max(0, pattern.shift))
        else { return nil }
        return (a, b)
    }

    /// The exact sum of some terms, as a part that is not yet among the others.
    func part(_ terms: [Term], depth: Int) -> Part? {
        var multiples = Multiples()
        for term in terms {
            guard
                let sum = Multiples(
                    multiples, 0, parts[term.part].multiples, term.shift, subtract: term.negative)
            else { return nil }
            multiples = sum
        }
        guard !multiples.factors.isEmpty, let interval = multiples.interval({ parts[$0].interval }) else { return nil }
        return Part(
            multiples: multiples, interval: interval, depth: depth, hash: terms.reduce(0) { $0 &+ hash($1) })
    }

    @inline(__always)
    func hash(_ term: Term) -> UInt64 {
        let value = parts[term.part].hash &<< UInt64(truncatingIfNeeded: term.shift)
        return term.negative ? 0 &- value : value
    }
}
