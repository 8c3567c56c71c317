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
        var factors: [Part.Factor] = []
        for term in terms { factors = Self.merged(factors, parts[term.part].factors, term) }
        var low: Int64 = 0, high: Int64 = 0, zeros = 61
        for factor in factors {
            let values = parts[factor.input].interval
            let a = factor.value * values.low, b = factor.value * values.high
            low += min(a, b)
            high += max(a, b)
            zeros = min(zeros, factor.value.trailingZeroBitCount + values.zeros)
        }
        guard !factors.isEmpty, -IntegerInterval.limit <= low, high <= IntegerInterval.limit else { return nil }
        if low == 0, high == 0 { zeros = 0 }
        return Part(
            factors: factors, interval: IntegerInterval(low: low, high: high, zeros: zeros), depth: depth,
            hash: terms.reduce(0) { $0 &+ hash($1) })
    }

    @inline(__always)
    func hash(_ term: Term) -> UInt64 {
        let value = parts[term.part].hash &<< UInt64(truncatingIfNeeded: term.shift)
        return term.negative ? 0 &- value : value
    }

    private static func merged(_ a: [Part.Factor], _ b: [Part.Factor], _ term: Term) -> [Part.Factor] {
        var result: [Part.Factor] = []
        result.reserveCapacity(a.count + b.count)
        func scaled(_ factor: Part.Factor) -> Part.Factor {
            let value = factor.value << term.shift
            return Part.Factor(input: factor.input, value: term.negative ? -value : value)
        }
        var i = 0, j = 0
        while i < a.count || j < b.count {
            if j == b.count || (i < a.count && a[i].input < b[j].input) {
                result.append(a[i])
                i += 1
            } else if i == a.count || b[j].input < a[i].input {
                result.append(scaled(b[j]))
                j += 1
            } else {
                let sum = a[i].value + scaled(b[j]).value
                if sum != 0 { result.append(Part.Factor(input: a[i].input, value: sum)) }
                i += 1
                j += 1
            }
        }
        return result
    }
}
